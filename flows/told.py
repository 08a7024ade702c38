"""What follows from the figures that an internal report shows, so that a reader can add them up.

A nought is said where it follows from the other figures of its row: "hidden" in its place would
only suggest that somebody was there. Those whom a question was not for are counted, since together
with the base and those without an answer they make up the group. All of it is worked out from the
report as it may be shown, so it tells no more than that; a public one is rounded, and nothing
follows from it. The noughts are put into the report itself, so that every way of showing it has
the same ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flows.bands import NOT_ASKED, UNKNOWN
from flows.contact_form import Form, Question, relevant
from flows.counting import SHARES, ShareRule, members
from flows.hiding import FEW
from flows.relations import ALL, NO_ROLE, ROLE, endings_without_role
from flows.report import Cell, Group, MeanAge, MonthCount, QuestionTable, Report, Share

OUTCOME = "outcome"

_TALKED = "completed"
"""How a contact went that has a role."""


def told(report: Report, form: Form) -> Report:
    """Give an internal report with the noughts that follow from it, and a public one as it is."""
    if report.level != "internal":
        return report
    counts = told_parts(report.contacts, (each.n for each in report.per_month))
    months = [MonthCount(each.month, n) for each, n in zip(report.per_month, counts, strict=True)]
    reader = Reader.of(replace(report, per_month=tuple(months)), form).with_sizes()
    return replace(reader.report, groups={name: reader.group(name) for name in report.groups})


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Those without an answer, and those whom the question was not for; None is hidden.

    `together` is both kinds without an answer, where neither may be told alone.
    """

    unknown: int | None
    not_asked: int | None
    together: int | None = None
    others: int | None = None

    @property
    def missing(self) -> int | None:
        """All who gave no answer, where that is told."""
        if self.unknown is None or self.not_asked is None:
            return self.together
        return self.unknown + self.not_asked


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who has a report and knows of whom its form asks what.

    `asked` holds the questions by role, and under the empty role those of who had none.
    """

    report: Report
    form: Form
    asked: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, report: Report, form: Form) -> "Reader":
        roles, endings = form.by_name[ROLE].known, endings_without_role(form, OUTCOME)
        asked = {role: relevant(form, {OUTCOME: _TALKED, ROLE: role}) for role in roles}
        of_nobody = [relevant(form, {OUTCOME: ending}) for ending in endings]
        return cls(report, form, {**asked, NO_ROLE: frozenset().union(*of_nobody)})

    def with_sizes(self) -> "Reader":
        """Say of which groups nobody was, as the table of roles does."""
        roles, share = self._answers(ROLE), None if self.report.contacts is None else 0
        if ROLE in self.report.groups[ALL].questions:
            missing = self.unanswered(ALL, ROLE)
            roles |= {UNKNOWN: missing.unknown, NOT_ASKED: missing.not_asked}
        sized = {
            name: replace(self.report.groups[name], n=0, share=share)
            for name, who in members(self.form).items()
            if name in self.report.groups and all(roles.get(role) == 0 for role in who)
        }
        return replace(self, report=replace(self.report, groups={**self.report.groups, **sized}))

    def group(self, name: str) -> Group:
        """Give a group with the noughts of its tables, and what those mean for its figures."""
        group = self.report.groups[name]
        tables = {question: self._table(name, question) for question in group.questions}
        shares = {
            share: _told_share(getattr(group, share), rule, tables.get(rule.question))
            for share, rule in SHARES.items()
        }
        is_ageless = "age" in tables and tables["age"].base == 0
        mean_age = MeanAge(None, 0) if is_ageless else group.mean_age
        return Group(group.n, group.share, tables, mean_age, **shares)

    def _table(self, group: str, name: str) -> QuestionTable:
        counted, concerned = self.report.groups[group].questions[name], self._concerned(group, name)
        if concerned is None:
            return _with_noughts(self.form.by_name[name], counted)
        if counted.base is None and (counted.unknown or 0) + (counted.not_asked or 0) == concerned:
            return _of_nobody(counted)
        missing = of_concerned(counted, concerned)
        known = replace(counted, unknown=missing.unknown, not_asked=missing.not_asked)
        return _with_noughts(self.form.by_name[name], known)

    def unanswered(self, group: str, name: str) -> Unanswered:
        """Tell what the figures of a question in a group say of those without an answer."""
        counted = self.report.groups[group].questions[name]
        concerned = self._concerned(group, name) if self.report.level == "internal" else None
        if concerned is None:
            return Unanswered(counted.unknown, counted.not_asked)
        found, n = of_concerned(counted, concerned), self.report.groups[group].n
        if n is None or counted.base is None or found.missing is None:
            return found
        return replace(found, others=n - counted.base - found.missing)

    def _concerned(self, group: str, name: str) -> int | None:
        """Work out of how many in a group the form asks a question; None where that is hidden."""
        if self.report.groups[group].n == 0:
            return 0
        if not {each.question for each in self.form.by_name[name].relevant} <= {OUTCOME, ROLE}:
            return None
        everybody = members(self.form)[group] if group != ALL else self.asked
        if all(name in self.asked[who] for who in everybody):
            return self.report.groups[group].n
        return self._of_all(name) if group == ALL else None

    def _of_all(self, name: str) -> int | None:
        """Add up the roles that are asked, or take everybody else from all."""
        is_asked = {who for who, names in self.asked.items() if name in names}
        if NO_ROLE in is_asked:
            return None
        others = _added([*self._roles(self.asked.keys() - is_asked - {NO_ROLE}), *self._endings()])
        if self.report.contacts is None or others is None:
            return _added(self._roles(is_asked))
        return self.report.contacts - others

    def _roles(self, some: Iterable[str]) -> Iterator[int | None]:
        told = self._answers(ROLE)
        for role in some:
            group = self.report.groups.get(role)
            yield told.get(role) if group is None or group.n is None else group.n

    def _endings(self) -> Iterator[int | None]:
        told = self._answers(OUTCOME)
        return (told.get(code) for code in endings_without_role(self.form, OUTCOME))

    def _answers(self, name: str) -> dict[str, int | None]:
        """Give the answers of everybody to a question, with the noughts that follow."""
        table = self.report.groups[ALL].questions.get(name)
        cells = told_answers(self.form.by_name[name], table) if table else {}
        return {code: cell.n for code, cell in cells.items()}


def of_concerned(counted: QuestionTable, concerned: int) -> Unanswered:
    """Tell of those without an answer where a question concerned so many: a nought, and no few."""
    unknown, not_asked = counted.unknown, counted.not_asked
    if counted.base is None or (unknown is not None and not_asked is not None):
        return Unanswered(unknown, not_asked)
    rest = concerned - counted.base - (unknown or 0) - (not_asked or 0)
    if rest == 0:
        return Unanswered(unknown or 0, not_asked or 0)
    is_told = unknown is None and not_asked is None and rest >= FEW
    return Unanswered(unknown, not_asked, rest if is_told else None)


def told_answers(question: Question, counted: QuestionTable) -> Mapping[str, Cell]:
    """Give the answers, with the noughts that follow where those that are shown are the base."""
    shown = [cell.n for cell in counted.answers.values() if cell.n is not None]
    if question.has_several or not counted.base or sum(shown) != counted.base:
        return counted.answers
    return {code: Cell(0, 0) if cell.n is None else cell for code, cell in counted.answers.items()}


def _with_noughts(question: Question, counted: QuestionTable) -> QuestionTable:
    return replace(counted, answers=told_answers(question, counted))


def _of_nobody(counted: QuestionTable) -> QuestionTable:
    """Give the table of a question that nobody in a group answered."""
    noughts = dict.fromkeys(counted.answers, Cell(0, None))
    return QuestionTable(0, counted.unknown or 0, counted.not_asked or 0, noughts)


def _told_share(share: Share, rule: ShareRule, counted: QuestionTable | None) -> Share:
    """Give a share, which is nought where each answer that counts for it is."""
    if share.n is not None or counted is None or counted.base is None:
        return share
    parts = [cell.n for code, cell in counted.answers.items() if rule.holds({code})]
    if any(n != 0 for n in parts):
        return share
    return Share(0, counted.base, 0 if counted.base else None)


def told_parts(total: int | None, parts: Iterable[int | None]) -> list[int | None]:
    """Give parts of a total, with the noughts that follow where those that are shown make it up."""
    parts = list(parts)
    is_made_up = bool(total) and sum(n or 0 for n in parts) == total
    return [0 if n is None and is_made_up else n for n in parts]


def _added(some: Iterable[int | None]) -> int | None:
    total = 0
    for n in some:
        if n is None:
            return None
        total += n
    return total
