"""A report as tables with the form's words in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.reports.words import BY_YEAR, NO_ANSWERS
from flows.bands import labels
from flows.comparison import A_YEAR
from flows.helped import HELPED, Helped, helped
from flows.hiding import Sum, concealed
from flows.questions import Form
from flows.report import Group, Level, MeanAge, MonthCount, QuestionTable, Report, Share
from flows.swedish import month_in_words

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
    """The answers to one question, and how many did not know or were not asked."""

    name: str
    title: str
    base: int | None
    unknown: int | None
    not_asked: int | None
    rows: Sequence[Row]
    has_several: bool = False
    helped: Helped | None = None
    """Whether it helped, of those who answered; only of that question."""

    @property
    def is_hidden(self) -> bool:
        """Nothing of it may be shown."""
        return self.base is None and all(row.n is None for row in self.rows)


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
        return all(table.is_hidden for table in (*self.leading, *self.others))


def group_names(report: Report, form: Form) -> dict[str, str]:
    """Name the groups to choose among, in the order of the report."""
    roles = {code.code: code.sv for code in form.by_name["role"].codes}
    named = {**_NAMES, **roles}
    return {code: named[code] for code in report.groups if code != _TWIN}


def group_view(report: Report, form: Form, code: str) -> GroupView:
    group = report.groups[code]
    names = [name for name in LEADING if name in group.questions]
    rest = [name for name in group.questions if name not in LEADING]
    return GroupView(
        code,
        group_names(report, form).get(code, code),
        group.n,
        group.share,
        group.mean_age,
        _figures(group),
        [table(form, group, name, report.level) for name in names],
        [table(form, group, name, report.level) for name in rest],
        _no_answers(report, code),
    )


def _no_answers(report: Report, code: str) -> str:
    is_quarter = len(report.per_month) < A_YEAR
    is_by_year = report.level == "public" and is_quarter and code in {CHOSEN, _TWIN}
    return BY_YEAR if is_by_year else NO_ANSWERS[report.level]


def table(form: Form, group: Group, name: str, level: Level) -> Table:
    """Lay out one question of a group; an answer that the form no longer has keeps its code."""
    asked, counted = form.by_name[name], group.questions[name]
    called = labels(asked)
    return Table(
        name=name,
        title=asked.label.sv,
        base=counted.base,
        unknown=counted.unknown,
        not_asked=counted.not_asked,
        rows=_rows(counted, called),
        has_several=asked.has_several,
        helped=helped(counted, level) if name == HELPED else None,
    )


def of_months(months: Iterable[MonthCount], total: int | None) -> Table:
    """Lay out the contacts of each month."""
    months = tuple(months)
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
    shown = {code: None if code in hidden else n for code, n in parts.items()}
    longest = max((n or 0 for n in shown.values()), default=0) or 1
    rows = [
        Row(code, counts[code][0], n, None, 100 * (n or 0) // longest) for code, n in shown.items()
    ]
    base = None if ALL in hidden else total
    return Table("look_ups", "Sökningar efter hjälp per län", base, None, None, rows)


def _rows(counted: QuestionTable, called: Mapping[str, str]) -> list[Row]:
    longest = max((cell.n or 0 for cell in counted.answers.values()), default=0) or 1
    return [
        Row(code, called.get(code, code), cell.n, cell.percent, 100 * (cell.n or 0) // longest)
        for code, cell in counted.answers.items()
    ]


def _figures(group: Group) -> list[Figure]:
    return [
        Figure("Har eller väntar barn", group.has_children),
        Figure("Har aldrig sökt hjälp för våldet", group.never_sought_help),
        Figure("Hänvisade till behandling", group.referred_to_treatment),
        Figure("Hänvisade någonstans", group.referred_anywhere),
    ]
