"""A report as tables with the form's words in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.reports.words import BY_YEAR, NO_ANSWERS, NOBODY, NOT_TALKED, OTHERS
from flows.bands import labels
from flows.comparison import A_YEAR
from flows.helped import HELPED, Helped, helped
from flows.hiding import Sum, concealed
from flows.questions import Form, Question
from flows.report import Cell, Group, MeanAge, MonthCount, Report, Share
from flows.swedish import month_in_words
from flows.told import OUTCOME, Reader, told_parts

ALL = "all"
CHOSEN = "used_violence"
"""The group whose answers are shown unless another one is asked for."""

_NAMES: Mapping[str, str] = {
    ALL: "Alla kontakter",
    CHOSEN: "De som har använt våld",
    "primary_group": "De som har använt våld eller är rädda för att göra det",
}
_TWIN = "uses_violence"
"""The role that is the same group as the chosen one."""

LEADING: tuple[str, ...] = (
    "gender",
    "age",
    "children",
    "born_in_sweden",
    "violence",
    "severe",
    "exposed_person",
    "other_problem",
    "sought_help",
    "earlier_contact",
    "referred_to",
    "child_concern",
    "reason",
)
"""The questions about a group that come first; the others follow in the form's order."""

OF_ALL: tuple[str, ...] = (
    "heard_via",
    "county",
    "channel",
    "outcome",
    "wait_minutes",
    "talk_minutes",
    "helped",
)
"""The questions that have sections of their own, counted among all contacts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer; None is hidden. `bar` is its length in percent of the longest."""

    code: str
    label: str
    n: int | None
    percent: int | None
    bar: int


@dataclass(frozen=True, slots=True)
class Table:
    """The answers to one question, and how many did not know or were not asked.

    `together` is both of those where neither may be told alone. `others` are those whom the
    question is not for: who they are, and how many, None where that is hidden.
    """

    name: str
    title: str
    base: int | None
    unknown: int | None
    not_asked: int | None
    rows: Sequence[Row]
    has_several: bool = False
    together: int | None = None
    others: tuple[str, int | None] | None = None
    helped: Helped | None = None
    """Whether it helped, of those who answered; only of that question."""

    @property
    def is_hidden(self) -> bool:
        """Nothing of it may be shown."""
        return self.base is None and all(row.n is None for row in self.rows)

    @property
    def has_answers(self) -> bool:
        """Something of it may be shown, and somebody answered."""
        return not self.is_hidden and self.base != 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One share in words."""

    label: str
    share: Share


@dataclass(frozen=True, slots=True)
class GroupView:
    """One group of the report with its figures, its leading tables and the rest of them."""

    code: str
    name: str
    n: int | None
    share: int | None
    mean_age: MeanAge
    figures: Sequence[Figure]
    leading: Sequence[Table]
    others: Sequence[Table]
    no_answers: str
    """What is said when nothing of its tables may be shown."""

    @property
    def is_hidden(self) -> bool:
        """Nobody is in it, or nothing of its tables may be shown."""
        return self.n == 0 or all(table.is_hidden for table in (*self.leading, *self.others))

    @property
    def has_figures(self) -> bool:
        """Some of its figures may be shown."""
        known = [self.mean_age.value, *(each.share.n for each in self.figures)]
        return self.n != 0 and any(n is not None for n in known)


def group_names(report: Report, form: Form) -> dict[str, str]:
    """Name the groups to choose among, in the order of the report."""
    roles = {code.code: code.sv for code in form.by_name["role"].codes}
    named = {**_NAMES, **roles}
    return {code: named[code] for code in report.groups if code != _TWIN}


def groups_to_choose(report: Report, form: Form) -> dict[str, str]:
    """Name the groups that can be looked at; nothing where there is no choice.

    A public report has answers of few groups, and of a quarter only those of all.
    """
    named = group_names(report, form)
    if report.level == "public":
        named = {code: name for code, name in named.items() if _has_answers(report.groups[code])}
    return named if len(named) > 1 else {}


def _has_answers(group: Group) -> bool:
    tables = group.questions.values()
    return any(cell.n is not None for table in tables for cell in table.answers.values())


def group_view(report: Report, form: Form, code: str) -> GroupView:
    group, reader = report.groups[code], Reader.of(report, form)
    names = [name for name in LEADING if name in group.questions]
    rest = [name for name in group.questions if name not in LEADING]
    return GroupView(
        code,
        group_names(report, form).get(code, code),
        group.n,
        group.share,
        group.mean_age,
        _figures(group),
        [table(reader, code, name) for name in names],
        [table(reader, code, name) for name in rest],
        _no_answers(report, code),
    )


def _no_answers(report: Report, code: str) -> str:
    is_quarter = len(report.per_month) < A_YEAR
    is_by_year = report.level == "public" and is_quarter and code in {CHOSEN, _TWIN}
    if report.groups[code].n == 0:
        return NOBODY
    return BY_YEAR if is_by_year else NO_ANSWERS[report.level]


def table(reader: Reader, group: str, name: str) -> Table:
    """Lay out one question of a group; an answer that the form no longer has keeps its code."""
    asked, level = reader.form.by_name[name], reader.report.level
    counted = reader.report.groups[group].questions[name]
    missing = reader.unanswered(group, name)
    return Table(
        name=name,
        title=asked.in_reports.sv,
        base=counted.base,
        unknown=missing.unknown,
        not_asked=missing.not_asked,
        rows=_rows(counted.answers, labels(asked)),
        has_several=asked.has_several,
        together=missing.together,
        others=_others(asked, missing.others) if group == ALL and level == "internal" else None,
        helped=helped(counted, level) if name == HELPED else None,
    )


def _others(asked: Question, n: int | None) -> tuple[str, int | None] | None:
    """Say whom a question is not for; nothing where it is for everybody."""
    if not asked.relevant or n == 0:
        return None
    is_of_talks = {each.question for each in asked.relevant} == {OUTCOME}
    return NOT_TALKED if is_of_talks else OTHERS, n


def of_months(months: Sequence[MonthCount], total: int | None) -> Table:
    """Lay out the contacts of each month."""
    longest = max((each.n or 0 for each in months), default=0) or 1
    rows = [
        Row(each.month, month_in_words(each.month), each.n, None, 100 * (each.n or 0) // longest)
        for each in months
    ]
    return Table("months", "Kontakter per månad", total, None, None, rows)


def of_look_ups(counts: Mapping[str, tuple[str, int]]) -> Table:
    """Lay out how often help was looked up: name and count of each county by its code."""
    parts = {code: n for code, (_, n) in counts.items()}
    total = sum(parts.values())
    hidden = concealed({**parts, ALL: total}, [Sum(ALL, tuple(parts))])
    base = None if ALL in hidden else total
    shown = told_parts(base, (None if code in hidden else n for code, n in parts.items()))
    longest = max((n or 0 for n in shown), default=0) or 1
    rows = [
        Row(code, name, n, None, 100 * (n or 0) // longest)
        for (code, (name, _)), n in zip(counts.items(), shown, strict=True)
    ]
    return Table("look_ups", "Sökningar efter hjälp per län", base, None, None, rows)


def _rows(cells: Mapping[str, Cell], called: Mapping[str, str]) -> list[Row]:
    longest = max((cell.n or 0 for cell in cells.values()), default=0) or 1
    return [
        Row(code, called.get(code, code), cell.n, cell.percent, 100 * (cell.n or 0) // longest)
        for code, cell in cells.items()
    ]


def _figures(group: Group) -> list[Figure]:
    return [
        Figure("Har eller väntar barn", group.has_children),
        Figure("Har aldrig sökt hjälp för våldet", group.never_sought_help),
        Figure("Hänvisade till behandling", group.referred_to_treatment),
        Figure("Hänvisade någonstans", group.referred_anywhere),
    ]
