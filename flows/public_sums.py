"""What adds up in the tables of a public report, and so could give a hidden count away.

A reader knows the form, and so knows that a base is its answers added together, that those who
were asked one question are those who gave some answers to another, and that with several answers
no answer is given by more than the base.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flows.bands import MISSING, NOT_ASKED, UNKNOWN
from flows.columns import PERIOD, Columns, Mask
from flows.contact_form import Condition, Form, Question
from flows.counting import SHARES, Counted, counted, members, statistical
from flows.hiding import Sum
from flows.silent_channels import CHANNEL, answering_channels

BASE = "base"
KNOWN = "known"
"""Those whose answer is known; never printed as such."""

CONTACTS = "contacts"
ROLE = "role"

ASKED = "asked"
SLACK = "rest of "
"""How the lines begin that only say by how much a part is smaller than its whole."""


class Line(NamedTuple):
    """Which count: of what part of the records, in which table, in which line of it."""

    part: str
    table: str
    line: str


@dataclass(frozen=True, slots=True)
class Book:
    """Counts and what they add up to; a reader sees only the lines that are printed."""

    part: str
    counts: Mapping[Line, int]
    sums: tuple[Sum[Line], ...]
    printed: frozenset[Line]
    complements: frozenset[Line]
    """Those in a base who did not give an answer that others gave; never printed."""


def answer(part: str, table: str, code: str) -> Line:
    """Name the line of an answer; its code may be spelled like another line."""
    return Line(part, table, f"={code}")


def cell(part: str, table: str, code: str) -> Line:
    """Name the line of an answer or of one of the two that say that there is none."""
    return Line(part, table, code) if code in MISSING else answer(part, table, code)


def share(part: str, name: str) -> Line:
    """Name the line of a share, which may be that of an answer."""
    rule = SHARES[name]
    if rule.among and len(rule.among) == 1:
        return answer(part, rule.question, next(iter(rule.among)))
    return Line(part, rule.question, name)


def book(
    form: Form,
    columns: Columns,
    part: str,
    *,
    few: int,
    within: Mask | None = None,
    by_month: Mapping[str, int] | None = None,
) -> Book:
    """Count the tables of all or some of the records, as the part named so.

    Those without an answer are counted into the base that is printed where they are under `few`:
    next to a base without them, they could be told from how many were asked. In a part of the
    records that is compared with the rest, it is all of them or none.
    """
    n = columns.n if within is None else int(within.sum())
    writer = _Writer(form, part, n, few, is_compared=within is not None)
    for question in statistical(form):
        writer.write(question, counted(form, columns, question.name, within))
    for question in statistical(form):
        writer.link(question)
        if question.can_be_empty and not question.relevant:
            writer.measure(question.name, answering_channels(columns, question.name, within))
    for name, roles in members(form).items():
        writer.gather(name, roles)
    writer.divide(by_month or {})
    return writer.book()


def contacts(part: str) -> Line:
    """Name the line of all contacts."""
    return Line(part, CONTACTS, CONTACTS)


def month(part: str, name: str) -> Line:
    """Name the line of a month, as 2026-11."""
    return Line(part, PERIOD, name)


def group(part: str, name: str) -> Line:
    """Name the line of a group of several roles."""
    return Line(part, ROLE, name)


class _Writer:
    """Writes one book, question by question."""

    def __init__(self, form: Form, part: str, n: int, few: int, *, is_compared: bool) -> None:
        self._form = form
        self._part = part
        self._few = few
        self._is_compared = is_compared
        self._counts = {contacts(part): n}
        self._printed = set(self._counts)
        self._complements: set[Line] = set()
        self._sums: list[Sum[Line]] = []

    def book(self) -> Book:
        # Older forms asked fewer questions: what does not hold, nobody can reckon with.
        holding = [each for each in dict.fromkeys(self._sums) if self._holds(each)]
        printed, complements = frozenset(self._printed), frozenset(self._complements)
        return Book(self._part, self._counts, nested(holding), printed, complements)

    def write(self, question: Question, table: Counted) -> None:
        """Write the lines of one table and what adds up within it."""
        name = question.name
        self._counts[self._line(name, KNOWN)] = table.base
        missing = {UNKNOWN: table.unknown, NOT_ASKED: table.not_asked}
        lines = {
            self._line(name, code): missing[code] for code in MISSING if code in question.known
        }
        lines |= {self._answer(name, code): n for code, n in table.answers.items()}
        lines |= {share(self._part, each): n for each, n in table.shares.items()}
        self._counts |= lines
        self._printed |= lines.keys()
        self._bases(question)
        if question.has_several:
            self._several(question, table)
        else:
            self._one(question, table)

    def _bases(self, question: Question) -> None:
        """Say who were asked, and who of them is in the base that is printed."""
        name = question.name
        missing = [self._line(name, code) for code in MISSING if code in question.known]
        few = [line for line in missing if self._counts[line] < self._few]
        if self._is_compared and len(few) < len(missing):
            few = []
        base = self._counting(self._line(name, BASE), [self._line(name, KNOWN), *few])
        self._printed.add(base)
        self._add(base, [self._line(name, KNOWN), *few])
        asked = self._asked(question)
        everybody = [base, *(line for line in missing if line not in few)]
        self._counts.setdefault(asked, sum(self._counts[line] for line in everybody))
        self._add(asked, everybody)

    def link(self, question: Question) -> None:
        """Say which answers to an earlier question make this one relevant."""
        if len(question.relevant) != 1:
            return
        condition = question.relevant[0]
        earlier = self._form.by_name[condition.question]
        if earlier.type != "one" or not earlier.statistics:
            return
        inside = [code.code for code in earlier.codes if condition.holds(code.code)]
        outside = [code.code for code in earlier.codes if not condition.holds(code.code)]
        missing = [cell(self._part, earlier.name, code) for code in inside if code in MISSING]
        answers = [cell(self._part, earlier.name, code) for code in inside if code not in MISSING]
        asked = self._asked(question)
        known = self._counting(self._line(earlier.name, f"known of {asked.line}"), answers)
        self._add(known, answers)
        self._add(asked, [known, *missing])
        excluded = [cell(self._part, earlier.name, code) for code in outside]
        self._add(self._asked(earlier), [asked, *excluded])

    def measure(self, name: str, channels: Iterable[str]) -> None:
        """Say that everybody on some channels was measured, and nobody on the others."""
        self._add(self._line(name, KNOWN), [cell(self._part, CHANNEL, code) for code in channels])

    def gather(self, name: str, roles: Collection[str]) -> None:
        """Write the line of a group of several roles."""
        cells = [cell(self._part, ROLE, role) for role in sorted(roles)]
        if len(cells) > 1 and self._counts.keys() >= set(cells):
            line = self._counting(group(self._part, name), cells)
            self._printed.add(line)
            self._add(line, cells)

    def divide(self, by_month: Mapping[str, int]) -> None:
        """Write the lines of the months."""
        lines = {month(self._part, name): n for name, n in by_month.items()}
        self._counts |= lines
        self._printed |= lines.keys()
        self._add(contacts(self._part), list(lines))

    def _one(self, question: Question, table: Counted) -> None:
        name = question.name
        self._add(self._line(name, KNOWN), [self._answer(name, code) for code in table.answers])
        for each in table.shares:
            among = sorted(SHARES[each].among or ())
            if len(among) > 1:
                self._add(share(self._part, each), [self._answer(name, code) for code in among])

    def _several(self, question: Question, table: Counted) -> None:
        name = question.name
        base = self._line(name, KNOWN)
        answers = {code: self._answer(name, code) for code in table.answers}
        self._complements |= {self._within(base, each) for each in answers.values()}
        alone = {code.code for code in question.codes if code.alone} & answers.keys()
        others = self._counting(self._line(name, "others"), [base], [answers[c] for c in alone])
        self._add(base, [others, *(answers[code] for code in alone)])
        self._cover(others, [line for code, line in answers.items() if code not in alone])
        for each in table.shares:
            line, rule = share(self._part, each), SHARES[each]
            self._within(others, line)
            if rule.among is not None:
                self._cover(line, [answers[code] for code in sorted(rule.among)])
            elif rule.without == alone:
                self._add(others, [line])

    def _cover(self, whole: Line, parts: Sequence[Line]) -> None:
        """Say that each of the parts lies within the whole, and that together they cover it."""
        for each in parts:
            self._within(whole, each)
        together = self._counting(self._line(whole.table, f"{SLACK}all {whole.line}"), parts)
        self._add(together, parts)
        self._within(together, whole)

    def _within(self, whole: Line, part: Line) -> Line:
        """Say that the part is not larger than the whole; give the line of the rest."""
        start = "" if whole.line == KNOWN else SLACK
        rest = self._line(whole.table, f"{start}{whole.line} without {part.line}")
        self._add(whole, [part, self._counting(rest, [whole], [part])])
        return rest

    def _counting(self, line: Line, plus: Sequence[Line], minus: Sequence[Line] = ()) -> Line:
        """Write a line that is not printed."""
        size = sum(self._counts[each] for each in plus)
        self._counts[line] = size - sum(self._counts[each] for each in minus)
        return line

    def _asked(self, question: Question) -> Line:
        """Name those who were asked, the same for all questions with the same conditions."""
        if not question.relevant:
            return contacts(self._part)
        return self._line(ASKED, "; ".join(_written(each) for each in question.relevant))

    def _line(self, table: str, line: str) -> Line:
        return Line(self._part, table, line)

    def _answer(self, table: str, code: str) -> Line:
        return answer(self._part, table, code)

    def _add(self, total: Line, parts: Sequence[Line]) -> None:
        if parts:
            self._sums.append(Sum(total, tuple(parts)))

    def _holds(self, one: Sum[Line]) -> bool:
        members = [self._counts[each] for each in one.members]
        return min(members) >= 0 and members[0] == sum(members[1:])


def nested(sums: Sequence[Sum[Line]]) -> tuple[Sum[Line], ...]:
    """Write sums that lie within larger ones as parts of them, so that no part stands in two."""
    by_size = sorted(sums, key=lambda each: -len(each.parts))
    by_first: dict[Line, list[Sum[Line]]] = {}
    for each in by_size:
        by_first.setdefault(each.parts[0], []).append(each)
    return tuple(_shortened(each, by_first) for each in by_size)


def _shortened(one: Sum[Line], by_first: Mapping[Line, Sequence[Sum[Line]]]) -> Sum[Line]:
    parts = list(one.parts)
    inner = [each for part in one.parts for each in by_first.get(part, ())]
    for each in sorted(inner, key=lambda each: -len(each.parts)):
        within = set(each.parts)
        if len(within) > 1 and each.total != one.total and within < set(parts):
            parts = [each.total, *(part for part in parts if part not in within)]
    return Sum(one.total, tuple(parts))


def _written(condition: Condition) -> str:
    among = "any" if condition.among is None else "|".join(sorted(condition.among))
    return f"{condition.question} in {among} not in {'|'.join(sorted(condition.not_in))}"
