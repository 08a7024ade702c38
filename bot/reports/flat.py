"""A report as one long table for programs: a row for every number, with its words beside it."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from bot.reports import comparing
from bot.reports.charts import DAY_NAMES, clock
from bot.reports.page import Context, text, weeks_of
from bot.reports.tables import GroupView, Table, group_names, group_view, of_months
from bot.reports.words import INVENTED, LEVELS, READING, WEEKS
from bot.workbook import Cell
from flows.comparison import per_opening_day
from flows.data_package import data_package
from flows.report import Report
from flows.swedish import period_in_words
from flows.week import Week

COLUMNS = {
    "group": ("string", "Vilka det gäller, som kod"),
    "group_label": ("string", "Vilka det gäller"),
    "table": ("string", "Tabell, som kod"),
    "table_label": ("string", "Tabell"),
    "code": ("string", "Svar, som kod"),
    "label": ("string", "Svar"),
    "n": ("integer", "Antal; tomt när det är dolt"),
    "percent": ("number", "Andel av base, eller ändring, i procent"),
    "base": ("integer", "Vad antalet eller medeltalet är räknat på"),
    "unknown": ("integer", "Så många som inte visste"),
    "not_asked": ("integer", "Så många som inte blev frågade"),
    "together": ("integer", "Båda dessa tillsammans, där inget av dem får visas för sig"),
    "others": ("integer", "Så många kontakter som frågan inte är till för"),
    "mean": ("number", "Medeltal"),
    "text": ("string", "Det som sägs i ord"),
}
"""The columns in their order: what they hold. A number that is hidden is an empty cell."""

_NUMBERS = tuple(COLUMNS)[6:]
"""The columns after the words for group, table and answer."""

_CONTACTS = ("all", "Alla kontakter")

_NO_ANSWER = (None, None)

_Row: TypeAlias = tuple[Cell, ...]


def rows(report: Report, context: Context) -> Iterator[_Row]:
    """Give every number of the report and of what stands beside it, first the columns' names."""
    yield tuple(COLUMNS)
    yield from _means(report, context)
    yield from _periods(report, context)
    yield from _lines(report, context)
    yield from _table(_CONTACTS, of_months(report.per_month, report.contacts))
    for code in group_names(report, context.form):
        yield from _group(group_view(report, context.form, code))
    yield from _channels(context)
    for kind, week in context.weeks.items():
        title = " ".join(filter(None, [f"{WEEKS[kind]}.", weeks_of(report, context)]))
        yield from _week((f"week_{kind}", title), week)
    if context.look_ups:
        yield from _table(("look_ups", "Sökningar efter hjälp"), context.look_ups)
    for number, paragraph in enumerate(text(report, context).split("\n\n"), start=1):
        yield _row(_CONTACTS, ("text", "Rapporten i ord"), (f"{number}", ""), text=paragraph)


def description(report: Report, context: Context, path: str) -> dict[str, Any]:
    """Describe the table in `path` as a Frictionless Data Package."""
    fields = [
        {"name": name, "type": type_, "title": title} for name, (type_, title) in COLUMNS.items()
    ]
    about = {
        "name": f"report-{report.first}-{report.last}",
        "title": f"Rapport {period_in_words(report.first, report.last)}",
        "description": " ".join(
            [LEVELS[report.level], *READING[report.level], *[INVENTED] * context.invented]
        ),
    }
    schema = {"fields": fields, "missingValues": [""]}
    return data_package(about, resource="report", path=path, schema=schema)


def _means(report: Report, context: Context) -> Iterator[_Row]:
    table = ("means", "Medeltal")
    if (a_month := comparing.a_month(report)) is not None:
        months = len(report.per_month)
        yield _row(_CONTACTS, table, ("month", "I månaden"), base=months, mean=a_month)
    days = context.opening_days
    if (a_day := per_opening_day(report.contacts, days=days)) is not None:
        yield _row(_CONTACTS, table, ("opening_day", "Per öppen dag"), base=days, mean=a_day)


def _periods(report: Report, context: Context) -> Iterator[_Row]:
    """An exact change is a percentage; one of rounded counts only has words."""
    for each in comparing.periods(report, context.earlier)[1:]:
        percent = each.change.least if each.change and each.change.is_exact else None
        words = f"{each.change.in_words()} då" if each.change else None
        answer = (f"{each.first}/{each.last}", each.name)
        table = ("change", "Ändring sedan en annan period")
        yield _row(_CONTACTS, table, answer, n=each.n, percent=percent, text=words)


def _lines(report: Report, context: Context) -> Iterator[_Row]:
    if context.reference is None:
        return
    for number, each in enumerate(comparing.lines(report, context.reference)):
        answer = (f"line_{number}" if number else "this", each.name)
        month = ("line_month", "Kontakter i månaden, bredvid andra linjer")
        yield _row(_CONTACTS, month, answer, mean=each.per_month)
        inhabitants = ("line_100000", "Kontakter i månaden per 100 000 invånare")
        base, mean = each.inhabitants, each.per_100_000
        yield _row(_CONTACTS, inhabitants, answer, base=base, mean=mean)


def _group(view: GroupView) -> Iterator[_Row]:
    group, mean = (view.code, view.name), view.mean_age
    yield _row(group, ("contacts", "Kontakter"), n=view.n, percent=view.share)
    yield _row(group, ("mean_age", "Medelålder"), base=mean.n, mean=mean.value)
    for each in view.figures:
        share = each.share
        numbers = {"n": share.n, "percent": share.percent, "base": share.base}
        yield _row(group, ("share", each.label), _NO_ANSWER, **numbers)
    for table in (*view.leading, *view.others):
        yield from _table(group, table)


def _table(group: tuple[str, str], table: Table) -> Iterator[_Row]:
    of = {
        "base": table.base,
        "unknown": table.unknown,
        "not_asked": table.not_asked,
        "together": table.together,
    }
    if table.others:
        of["others"] = table.others[1]
    for row in table.rows:
        answer = (row.code, row.label)
        yield _row(group, (table.name, table.title), answer, n=row.n, percent=row.percent, **of)


def _channels(context: Context) -> Iterator[_Row]:
    found = comparing.channels(context.form, context.channels)
    if found is None:
        return
    groups = [
        (f"channel_{code}", name) for code, name in zip(found.codes, found.names, strict=True)
    ]
    for group, size in zip(groups, found.sizes, strict=True):
        yield _row(group, ("contacts", "Kontakter"), n=size)
    for part in found.parts:
        for row in part.rows:
            for group, share in zip(groups, row.shares, strict=True):
                numbers = {"n": share.n, "percent": share.percent, "base": share.base}
                yield _row(group, (part.name, part.title), (row.code, row.label), **numbers)


def _week(table: tuple[str, str], week: Week) -> Iterator[_Row]:
    group = ("hours", "Räknade för sig")
    for at in sorted(week.within):
        day, of_day = divmod(at, week.a_day)
        begins, _ = week.clock(of_day)
        answer = (f"{day + 1}-{begins:02}", f"{DAY_NAMES[day]} {clock(week, of_day)}")
        yield _row(group, table, answer, n=week.cells[day][of_day], base=week.total)


def _row(
    group: tuple[str, str],
    table: tuple[str, str],
    answer: tuple[str | None, str | None] = _NO_ANSWER,
    **numbers: Cell,
) -> _Row:
    return (*group, *table, *answer, *(numbers.get(column) for column in _NUMBERS))
