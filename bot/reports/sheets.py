"""A report as one long table for spreadsheets: a row for every number, with its words beside it."""

from collections.abc import Iterator, Mapping

from bot.reports.tables import GroupView, Table, group_names, group_view, of_months
from bot.reports.words import LEVELS, READING
from bot.workbook import Cell, Rows
from flows.questions import Form
from flows.record_export import codebook_rows
from flows.report import Report
from flows.swedish import period_in_words

HEAD = (
    *("group", "group_label", "table", "table_label", "code", "label"),
    *("n", "percent", "base", "unknown", "not_asked", "mean"),
)
"""The columns; a number that is hidden is an empty cell."""

EMPTY_IS_HIDDEN = "En tom cell bland talen är ett tal som är dolt, eller som inte räknas där."
INVENTED = "Påhittade uppgifter. Statistiken här beskriver inga riktiga kontakter."

_CONTACTS = ("all", "Alla kontakter")


def sheets(report: Report, form: Form, *, invented: bool) -> Mapping[str, Rows]:
    """Give the sheets of a workbook by their names."""
    return {
        "Rapport": list(_about(report, invented=invented)),
        "Siffror": rows(report, form),
        "Kodbok": codebook_rows(form),
    }


def rows(report: Report, form: Form) -> Iterator[tuple[Cell, ...]]:
    """Give every number of the report, first the names of the columns."""
    yield HEAD
    months = of_months(report.per_month, report.contacts)
    yield from _table(_CONTACTS, months)
    for code in group_names(report, form):
        yield from _group(group_view(report, form, code))


def _about(report: Report, *, invented: bool) -> Iterator[tuple[Cell, ...]]:
    yield (f"Rapport {period_in_words(report.first, report.last)}",)
    yield (LEVELS[report.level],)
    if invented:
        yield (INVENTED,)
    for sentence in (EMPTY_IS_HIDDEN, *READING[report.level]):
        yield (sentence,)


def _group(view: GroupView) -> Iterator[tuple[Cell, ...]]:
    group, mean = (view.code, view.name), view.mean_age
    yield _row(group, "contacts", "Kontakter", n=view.n, percent=view.share)
    yield _row(group, "mean_age", "Medelålder", n=mean.n, mean=mean.value)
    for each in view.figures:
        share = each.share
        yield _row(group, "share", each.label, n=share.n, percent=share.percent, base=share.base)
    for table in (*view.leading, *view.others):
        yield from _table(group, table)


def _table(group: tuple[str, str], table: Table) -> Iterator[tuple[Cell, ...]]:
    for row in table.rows:
        yield (
            *(*group, table.name, table.title, row.code, row.label),
            *(row.n, row.percent, table.base, table.unknown, table.not_asked, None),
        )


def _row(
    group: tuple[str, str], name: str, label: str, **numbers: float | None
) -> tuple[Cell, ...]:
    counted = (numbers.get(column) for column in HEAD[6:])
    return (*group, name, label, None, None, *counted)
