"""The standing report: a report told in Swedish, ready to send (pure).

What the release rules hide is never guessed at. It is named at the end, so that nobody takes
silence for nought.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from flows import prose_words as words
from flows.bands import MISSING, labels
from flows.counting import months
from flows.helped import BETTER, HELPED, helped
from flows.questions import Form
from flows.report import Cell, Group, QuestionTable, Report, Share
from flows.swedish import about, fraction, listed, number, period_in_words, sentence

MOST_NAMED = 3
"""How many answers to a question are named, the most frequent first."""

_NOTHING = Share(None, None, None)
_NO_NAME = frozenset({"none", "other", "no_answer", *MISSING})
"""Answers that are never among the most frequent ones that are named."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the contacts are held against; None is not known or hidden."""

    per_opening_day: float | None = None
    changes: Sequence[tuple[str, float]] = ()
    """Earlier periods by name, "samma tid året före", and how many percent more came since."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One subject and its sentence, which is empty when it is hidden."""

    subject: str
    sentence: str


def prose(report: Report, form: Form, beside: Beside | None = None) -> str:
    """Tell a report in paragraphs with an empty line between; every share with what it is of."""
    if report.contacts is None:
        return words.TOO_FEW.format(within=_within(report))
    teller = _Teller(report, form)
    used, everybody = list(teller.those_who_used_violence()), list(teller.everybody())
    paragraphs = (
        [teller.how_many(beside or Beside()), _changes(beside or Beside())],
        [teller.who(), teller.others()],
        [_opening(used), *(told.sentence for told in used)],
        [told.sentence for told in everybody],
        [_unsaid((*used, *everybody)), words.READING, _rounded(report)],
    )
    return "\n\n".join(filter(None, (" ".join(filter(None, each)) for each in paragraphs)))


def _within(report: Report) -> str:
    span = period_in_words(report.first, report.last)
    is_plain = report.first == report.last or span.isdecimal()
    return f"Under {span}" if is_plain else f"Under perioden {span}"


@dataclass(frozen=True, slots=True)
class _Teller:
    report: Report
    form: Form

    def how_many(self, beside: Beside) -> str:
        n = self.report.contacts or 0
        length = len(months(self.report.first, self.report.last))
        means = [f"{about(n / length)} i månaden"] if length > 1 else []
        if beside.per_opening_day is not None:
            means.append(f"{number(beside.per_opening_day)} per öppen dag")
        came = f"{_within(self.report)} kom det in {number(n)} kontakter"
        return f"{', '.join([came, ' eller '.join(means)])}." if means else f"{came}."

    def who(self) -> str:
        used = self.report.groups["used_violence"]
        if used.n is None:
            return words.USED_VIOLENCE_HIDDEN
        said = self._said(Share(used.n, self.report.contacts, used.share))
        is_number = said[0].isdecimal()  # which does not look well first in a sentence
        told = words.OF_CONTACTS if is_number else words.USED_VIOLENCE
        return sentence(told.format(said))

    def others(self) -> str:
        cells = {
            role: Cell(group.n, group.share)
            for role, group in self.report.groups.items()
            if role in self.form.by_name["role"].known and role != "uses_violence"
        }
        most, table = _most(cells), self.report.groups["all"].questions.get("role")
        if table is None or len(most) < 2:  # noqa: PLR2004 - one alone is no list
            return ""
        return self._told("role", table, words.OTHERS, most, of=" av alla kontakter")

    def those_who_used_violence(self) -> Iterator[_Told]:
        group = self.report.groups["used_violence"]
        if group.n is None:
            return
        yield _Told("könsfördelningen", _genders(group))
        yield _Told("medelåldern", _mean_age(group))
        yield self._shared("barn", group.has_children, words.CHILDREN)
        yield self._shared("tidigare hjälp", group.never_sought_help, words.NEVER_SOUGHT)
        yield self._listed("slag av våld", group, "violence", words.VIOLENCE)
        partner, child = (_cell(group, "exposed_person", code) for code in ("partner", "child"))
        yield self._shared("våld mot partner", partner, words.PARTNER)
        yield self._shared("våld mot barn", child, words.CHILD)
        yield self._listed("andra svårigheter", group, "other_problem", words.PROBLEMS)
        yield from self._referred(group.referred_to_treatment, group.referred_anywhere)

    def everybody(self) -> Iterator[_Told]:
        group = self.report.groups["all"]
        yield self._listed("hur de hittade hit", group, "heard_via", words.HEARD)
        yield self._listed("län", group, "county", words.COUNTIES)
        waited = _cell(group, "wait_minutes", "0-4")
        yield self._shared("väntetid", waited, words.WAITED)
        left = _cell(group, "outcome", "left_queue")
        yield self._shared("hur många som lämnade kön", left, words.LEFT_QUEUE)
        yield self._helped(group)

    def _referred(self, treatment: Share, anywhere: Share) -> Iterator[_Told]:
        """Say a number once that is the same for both."""
        yield self._shared("hänvisning till behandling", treatment, words.TO_TREATMENT)
        if anywhere.n is None or anywhere != treatment:
            yield self._shared("hänvisning över huvud taget", anywhere, words.ANYWHERE)

    def _helped(self, group: Group) -> _Told:
        """Tell it of those who answered, where how many did not is shown."""
        subject, table = "hur det kändes efter samtalet", group.questions.get(HELPED)
        answered = helped(table, self.report.level) if table else None
        if answered is None:
            return self._shared(subject, _cell(group, HELPED, BETTER), words.HELPED_WITH_SILENT)
        said = self._said(answered.better)
        return _Told(subject, words.HELPED.format(said, silent=number(answered.silent)))

    def _shared(self, subject: str, share: Share, told: str) -> _Told:
        if share.n is None or share.base is None:
            return _Told(subject, "")
        return _Told(subject, told.format(self._said(share)))

    def _listed(self, subject: str, group: Group, question: str, told: words.Most) -> _Told:
        table = group.questions.get(question)
        if table is None or table.base is None:
            return _Told(subject, "")
        most, of = _most(table.answers), f" av {number(table.base)}"
        return _Told(subject, self._told(question, table, told, most, of=of) if most else "")

    def _told(
        self,
        question: str,
        table: QuestionTable,
        told: words.Most,
        most: Mapping[str, Cell],
        *,
        of: str,
    ) -> str:
        """Name the most frequent answers; the first says what they are `of`."""
        named = [
            f"{self._name(question, code)} ({_often(cell)}{'' if place else of})"
            for place, (code, cell) in enumerate(most.items())
        ]
        least = min(cell.n or 0 for cell in most.values())
        is_sure = self._is_sure(question, table, least)
        return (told.of_all if is_sure else told.of_shown).format(listed(named))

    def _is_sure(self, question: str, table: QuestionTable, least: int) -> bool:
        """Tell whether nothing that is hidden can be more frequent than the `least` that is named.

        Where one answer is given, the hidden ones share what the shown ones leave of the base;
        rounded numbers and several answers tell nothing of them.
        """
        hidden = [code for code, cell in table.answers.items() if cell.n is None]
        if _NO_NAME.issuperset(hidden):
            return True
        if self.form.by_name[question].has_several or self.report.level == "public":
            return False
        rest = (table.base or inf) - sum(cell.n or 0 for cell in table.answers.values())
        return rest < least

    def _name(self, question: str, code: str) -> str:
        asked = self.form.by_name[question]
        label = labels(asked).get(code, code)
        quoted = label if asked.codes_from else f"”{label}”"
        return words.WITHIN.get(question, {}).get(code, quoted)

    def _said(self, share: Share) -> str:
        """Say a share in words and exactly: "knappt hälften (46 procent, 153 av 331)"."""
        exactly = f"{number(share.n or 0)} av {number(share.base or 0)}"
        if share.percent is None:
            return exactly
        percent = f"{share.percent} procent"
        is_whole = self.report.level == "internal" and share.n == share.base
        if is_whole:
            return f"alla ({exactly})"
        told = fraction(share.percent)
        return f"{told} ({exactly})" if told == percent else f"{told} ({percent}, {exactly})"


def _most(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """Choose the most frequent answers that are shown and have a name, the first first."""
    shown = {code: cell for code, cell in cells.items() if cell.n and code not in _NO_NAME}
    return dict(sorted(shown.items(), key=lambda each: -(each[1].n or 0))[:MOST_NAMED])


def _opening(told: Sequence[_Told]) -> str:
    """Say whom the paragraph is about when its first sentence, which does, is hidden."""
    is_needed = any(each.sentence for each in told) and not told[0].sentence
    return words.ABOUT_THEM if is_needed else ""


def _changes(beside: Beside) -> str:
    changes = [f"{_changed(percent)} under {name}" for name, percent in beside.changes]
    return f"Det är {listed(changes)}." if changes else ""


def _changed(percent: float) -> str:
    if percent == 0:
        return "lika många som"
    return f"{number(abs(percent))} procent {'fler' if percent > 0 else 'färre'} än"


def _genders(group: Group) -> str:
    men, women = (_cell(group, "gender", code) for code in ("man", "woman"))
    if men.n is None or women.n is None or men.base is None:
        return ""
    return words.GENDER.format(
        men=f"{_often(Cell(men.n, men.percent))} män",
        women=f"{_often(Cell(women.n, women.percent))} kvinnor",
        base=number(men.base),
    )


def _mean_age(group: Group) -> str:
    mean = group.mean_age
    if mean.value is None or mean.n is None:
        return ""
    return words.MEAN_AGE.format(value=number(mean.value), n=number(mean.n))


def _often(cell: Cell) -> str:
    return number(cell.n or 0) if cell.percent is None else f"{cell.percent} procent"


def _cell(group: Group, question: str, code: str) -> Share:
    """Take one answer as a share; all hidden when the question has no such answer."""
    table = group.questions.get(question)
    if table is None or code not in table.answers:
        return _NOTHING
    return Share(table.answers[code].n, table.base, table.answers[code].percent)


def _unsaid(told: Iterable[_Told]) -> str:
    hidden = [each.subject for each in told if not each.sentence]
    return words.UNSAID.format(listed(hidden)) if hidden else ""


def _rounded(report: Report) -> str:
    return words.ROUNDED if report.level == "public" else ""
