"""`helpline records report`: what is known of whole closed months, for those who may see it."""

import asyncio
import csv
import io
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import click

from bot.cli_words import counted
from bot.clock import wall_clock
from bot.releases import NotReleasedError, public_report
from bot.reports.gathered import Sources, gathered
from bot.reports.page import html
from bot.reports.sheets import rows, sheets
from bot.stores import open_sources
from bot.workbook import BYTE_ORDER_MARK, ExportError, write_text, write_workbook
from flows.internal_report import internal
from flows.periods import open_month
from flows.record_export import DELIMITER
from flows.report import LEVELS, Level, Report, as_json

FORMATS = ("json", "html", "xlsx", "csv")

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class _Made:
    """A report with all that its files need."""

    report: Report
    sources: Sources
    invented: int
    page: str = ""


@click.command()
@click.option("--from", "first", required=True, metavar="YYYY-MM", help="The first month.")
@click.option("--to", "last", required=True, metavar="YYYY-MM", help="The last month.")
@click.option("--level", required=True, type=click.Choice(LEVELS), help="Who may read it.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
def report(first: str, last: str, level: str, form: str, out: Path | None) -> None:
    """Report on whole closed months; a public report is of a calendar quarter or year."""
    _refuse_odd_months(first, last)
    if form == "xlsx" and out is None:
        raise click.UsageError("A workbook needs a file: give --out.")
    made = asyncio.run(_made(first, last, cast("Level", level), with_page=form == "html"))
    if made.invented:
        print(f"{counted(made.invented, 'record')} in the store are invented.", file=sys.stderr)
    try:
        _write(made, form, out)
    except ExportError as error:
        raise click.ClickException(str(error)) from None


def _refuse_odd_months(first: str, last: str) -> None:
    for name, month in (("--from", first), ("--to", last)):
        if not _MONTH.fullmatch(month):
            raise click.UsageError(f"{name} must be a year and a month, such as 2026-01.")
    if first > last:
        raise click.UsageError("The month given with --from is after the one given with --to.")


async def _made(first: str, last: str, level: Level, *, with_page: bool) -> _Made:
    async with open_sources() as sources:
        find = _public if level == "public" else _internal
        found = await find(sources, first, last)
        invented = await sources.records.invented_count()
        page = html(found, await gathered(sources, found)) if with_page else ""
        return _Made(found, sources, invented, page)


async def _public(sources: Sources, first: str, last: str) -> Report:
    now = wall_clock()
    try:
        return await public_report(
            sources.records, sources.releases, sources.form, first=first, last=last, now=now
        )
    except NotReleasedError as error:
        raise click.ClickException(str(error)) from None


async def _internal(sources: Sources, first: str, last: str) -> Report:
    this_month = open_month(wall_clock())
    if last >= this_month:
        raise click.ClickException(
            f"{last} is not closed yet: a report is of months before {this_month}."
        )
    if waiting := await sources.records.waiting_count(first=first, last=last):
        raise click.ClickException(
            f"Of these months {counted(waiting, 'form')} cannot be counted before being published: "
            "run helpline records publish, or choose other months."
        )
    columns = await sources.records.columns(first, last)
    return internal(sources.form, columns, first=first, last=last)


def _write(made: _Made, form: str, out: Path | None) -> None:
    if form == "xlsx" and out:
        filled = sheets(made.report, made.sources.form, invented=made.invented > 0)
        write_workbook(out, filled)
    elif out:
        write_text(out, _text(made, form))
    else:
        print(_text(made, form))


def _text(made: _Made, form: str) -> str:
    if form == "html":
        return made.page
    if form == "json":
        return json.dumps(as_json(made.report), ensure_ascii=False)
    table = io.StringIO(newline="")
    lines = csv.writer(table, delimiter=DELIMITER, lineterminator="\n")
    lines.writerows(rows(made.report, made.sources.form))
    return BYTE_ORDER_MARK + table.getvalue()
