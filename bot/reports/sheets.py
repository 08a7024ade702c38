"""A report as the sheets of a workbook: one for each subject, in the order of the page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.reports import comparing, flat
from bot.reports.charts import DAY_NAMES, clock, open_days, span_of_day
from bot.reports.page import COURSE, WHO, Context, of_all, text, weeks_of
from bot.reports.tables import CHOSEN, GroupView, Table, group_names, group_view, of_months
from bot.reports.words import ABOUT_WEEKS, INVENTED, LEVELS, READING
from bot.workbook import Cell
from flows.comparison import per_opening_day
from flows.record_export import codebook_rows
from flows.report import Report, Share
from flows.swedish import period_in_words
from flows.week import Week

HIDDEN = "dolt"
EMPTY_IS_HIDDEN = "På bladet Siffror är ett tal som är dolt, eller som inte räknas, en tom cell."

Row: TypeAlias = Sequence[Cell]

_WORDS, _NUMBER, _TEXT = 34, 13, 100
"""How wide columns are, in characters."""
_ANSWERS: Row = (
    "Fråga",
    "Svar",
    "Antal",
    "Av",
    "Andel, %",
    "Vet ej",
    "Inte frågat",
    "Vet ej eller inte frågat",
)
_OTHERS = "Ställs inte"
_OF_ANSWERS = (46, 46, *(_NUMBER,) * 7)
_OF_FLAT = (20, 30, 20, 40, 24, 40, *(_NUMBER,) * 8, _TEXT)
_EACH = ("antal", "av", "andel, %")
"""What stands of each channel."""

_SHEET_OF_WEEK = {"arrived": "Veckan, hörde av sig", "knocked": "Veckan, stängt"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows under a head that names the columns, and how wide those are in characters."""

    name: str
    rows: Sequence[Row]
    widths: Sequence[int]


def sheets(report: Report, context: Context) -> list[Sheet]:
    """Give the sheets in their order; the last two are for programs."""
    form = context.form
    groups = [group_view(report, form, code) for code in group_names(report, form)]
    chosen = [group for group in groups if group.code == CHOSEN]
    others = [group for group in groups if group.code != CHOSEN and not group.is_hidden]
    of_quarters = weeks_of(report, context)
    return [
        Sheet("Rapport", list(_about(report, context)), (_TEXT,)),
        Sheet("I korthet", list(_in_short(report, context)), (_WORDS, *(_NUMBER,) * 3)),
        Sheet("Månader", list(_months(report)), (_WORDS, _NUMBER, _NUMBER)),
        *_beside(report, context),
        _answers("Vilka", of_all(report, context, WHO)),
        *(_group(group, "Har använt våld") for group in chosen),
        _answers("Län", of_all(report, context, ("county",))),
        _answers("Väg, väntan och samtal", of_all(report, context, COURSE)),
        *_channels(context),
        *(_week(kind, week, of_quarters) for kind, week in context.weeks.items()),
        *([_counts("Sökningar", context.look_ups)] if context.look_ups else []),
        *([_groups(others)] if others else []),
        Sheet("Siffror", list(flat.rows(report, context)), _OF_FLAT),
        Sheet("Kodbok", [list(row) for row in codebook_rows(form)], (24, 46, 30, 60)),
    ]


def _about(report: Report, context: Context) -> Iterator[Row]:
    yield (f"Rapport {period_in_words(report.first, report.last)} – {context.line}",)
    yield (LEVELS[report.level],)
    if context.invented:
        yield (INVENTED,)
    for paragraph in text(report, context).split("\n\n"):
        yield (paragraph,)
    for sentence in (*READING[report.level], EMPTY_IS_HIDDEN):
        yield (sentence,)


def _in_short(report: Report, context: Context) -> Iterator[Row]:
    yield "Uppgift", "Tal", "Av", "Andel, %"
    yield "Kontakter", _shown(report.contacts), None, None
    months, days, used = len(report.per_month), context.opening_days, report.groups[CHOSEN]
    if (a_month := comparing.a_month(report)) is not None:
        yield f"I månaden, i {months} månader", a_month, None, None
    if (a_day := per_opening_day(report.contacts, days=days)) is not None:
        yield f"Per öppen dag, på {days} dagar", a_day, None, None
    yield "Har använt våld", _shown(used.n), report.contacts, used.share


def _months(report: Report) -> Iterator[Row]:
    yield "Månad", "Antal", "Av"
    for row in of_months(report.per_month, report.contacts).rows:
        yield row.label, _shown(row.n), report.contacts


def _beside(report: Report, context: Context) -> Iterator[Sheet]:
    found = comparing.periods(report, context.earlier)
    if len(found) > 1:
        told = [(each.name, _shown(each.n), *_change(each)) for each in found]
        head = ("Period", "Antal", "Ändring hit, %", "Ändring i ord")
        yield Sheet("Andra perioder", [head, *told], (_WORDS * 2, _NUMBER, 16, _WORDS))
    lines = comparing.lines(report, context.reference) if context.reference else []
    if lines:
        head = ("Linje", "I månaden", "Invånare", "Per 100 000")
        per = [(each.name, each.per_month, each.inhabitants, each.per_100_000) for each in lines]
        yield Sheet("Per 100 000 invånare", [head, *per], (_WORDS * 2, *(_NUMBER,) * 3))


def _change(row: comparing.PeriodRow) -> tuple[Cell, Cell]:
    if row.change is None:
        return None, None
    return row.change.least if row.change.is_exact else None, row.change.in_short()


def _answers(name: str, tables: Iterable[Table]) -> Sheet:
    rows = [row for table in tables for row in _of_table(table)]
    return Sheet(name, [(*_ANSWERS, _OTHERS), *rows], _OF_ANSWERS)


def _group(group: GroupView, name: str) -> Sheet:
    return Sheet(name, [_ANSWERS, *_of_group(group)], _OF_ANSWERS)


def _groups(groups: Iterable[GroupView]) -> Sheet:
    rows = [(group.name, *row) for group in groups for row in _of_group(group)]
    return Sheet("Grupp för grupp", [("Grupp", *_ANSWERS, _OTHERS), *rows], (_WORDS, *_OF_ANSWERS))


def _of_group(group: GroupView) -> Iterator[Row]:
    mean = group.mean_age
    yield "Kontakter", None, _shown(group.n), None, group.share
    if group.is_hidden:
        yield (group.no_answers,)
        return
    yield "Medelålder, år", None, None if mean.n == 0 else _shown(mean.value), mean.n
    for each in group.figures:
        share = each.share
        yield each.label, None, _shown(share.n), share.base, share.percent
    for table in (*group.leading, *group.others):
        yield from _of_table(table)


def _of_table(table: Table) -> Iterator[Row]:
    beside = [_shown(table.unknown), _shown(table.not_asked), _together(table)]
    if table.others:
        beside.append(_shown(table.others[1]))
    for row in table.rows:
        yield table.title, row.label, _shown(row.n), _shown(table.base), row.percent, *beside


def _together(table: Table) -> Cell:
    """Give one number for both kinds without an answer; nothing where one of them is shown."""
    is_hidden = table.unknown is None and table.not_asked is None
    return _shown(table.together) if is_hidden else None


def _channels(context: Context) -> Iterator[Sheet]:
    found = comparing.channels(context.form, context.channels)
    if found is None:
        return
    head = ["Fråga", "Svar", *(f"{name}, {what}" for name in found.names for what in _EACH)]
    sizes: list[Cell] = [each for n in found.sizes for each in (_shown(n), None, None)]
    rows = [
        [part.title, row.label, *(cell for share in row.shares for cell in _cells(share))]
        for part in found.parts
        for row in part.rows
    ]
    widths = (46, 46, *(18,) * (len(head) - 2))
    yield Sheet("Kontaktvägar", [head, ["Kontakter", None, *sizes], *rows], widths)


def _cells(share: Share) -> tuple[Cell, ...]:
    return _shown(share.n), share.base, share.percent


def _week(kind: str, week: Week, of_quarters: str) -> Sheet:
    days = open_days(week)
    rows = [
        (
            clock(week, hour),
            *(_hour(week, day, hour) for day in days),
            _shown(week.hours[hour]),
        )
        for hour in span_of_day(week)
    ]
    total = ("Alla", *(_shown(week.days[day]) for day in days), _shown(week.total))
    head = ("Timme", *(DAY_NAMES[day] for day in days), "alla")
    about = (" ".join(filter(None, [ABOUT_WEEKS[kind], of_quarters])),)
    widths = (_NUMBER, *(_NUMBER,) * (len(days) + 1))
    return Sheet(_SHEET_OF_WEEK[kind], [head, *rows, total, (), about], widths)


def _hour(week: Week, day: int, hour: int) -> Cell:
    is_within = day * week.a_day + hour in week.within
    return _shown(week.cells[day][hour]) if is_within else None


def _counts(name: str, table: Table) -> Sheet:
    rows = [(row.label, _shown(row.n), _shown(table.base)) for row in table.rows]
    return Sheet(name, [("Län", "Antal", "Av"), *rows], (_WORDS, _NUMBER, _NUMBER))


def _shown(n: float | None) -> Cell:
    return HIDDEN if n is None else n
