"""`helpline records report`: what is known of whole closed months, for those who may see it."""

import asyncio
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import click

from bot.cli_few import about
from bot.cli_words import counted
from bot.clock import wall_clock
from bot.releases import NotReleasedError, public_report
from bot.reports.files import document, package, page_file, table, workbook
from bot.reports.gathered import Sources, gathered
from bot.reports.page import Context
from bot.sources import open_sources
from bot.whole_file import refuse_odd
from bot.workbook import write_bytes
from flows.internal_report import internal
from flows.periods import open_month, quarter_with
from flows.report import LEVELS, Level, Report
from flows.told import told

FORMATS: Mapping[str, Callable[[Report, Context], bytes]] = {
    "html": page_file,
    "xlsx": workbook,
    "csv": table,
}
"""Besides json, which holds the report and nothing of what stands beside it."""

JSON = "json"
PACKED = ".zip"
"""How the name of a file ends that holds the table together with its description."""

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@click.command()
@click.option("--from", "first", required=True, metavar="YYYY-MM", help="The first month.")
@click.option("--to", "last", required=True, metavar="YYYY-MM", help="The last month.")
@click.option("--level", required=True, type=click.Choice(LEVELS), help="Who may read it.")
@click.option(
    "--format", "form", type=click.Choice([JSON, *FORMATS]), default=JSON, show_default=True
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it.")
def report(first: str, last: str, level: str, form: str, out: Path | None) -> None:
    """Report on whole closed months; a public report is of a calendar quarter or year.

    A public report that is asked for the first time is locked for good, a year with its quarters.

    A table (csv) that is written to a name ending in .zip has a datapackage.json beside it.
    """
    _refuse_odd_months(first, last)
    if form == "xlsx" and out is None:
        raise click.UsageError("A workbook needs a file: give --out.")
    if out:
        refuse_odd(out)
    is_packed = form == "csv" and out is not None and out.suffix.lower() == PACKED
    make = package if is_packed else FORMATS.get(form)
    made, invented = asyncio.run(_made(first, last, cast("Level", level), make))
    if invented:
        print(f"{counted(invented, 'record')} in the store are invented.", file=sys.stderr)
    if out:
        write_bytes(out, made)
    else:
        print(made.decode())


def _refuse_odd_months(first: str, last: str) -> None:
    for name, month in (("--from", first), ("--to", last)):
        if not _MONTH.fullmatch(month):
            raise click.UsageError(f"{name} must be a year and a month, such as 2026-01.")
    if first > last:
        raise click.UsageError("The month given with --from is after the one given with --to.")


async def _made(
    first: str, last: str, level: Level, make: Callable[[Report, Context], bytes] | None
) -> tuple[bytes, int]:
    """Make the file, a document unless told how; gives it with how many records are invented."""
    async with open_sources() as sources:
        find = _public if level == "public" else _internal
        found = await find(sources, first, last)
        made = make(found, await gathered(sources, found)) if make else document(found)
        return made, await sources.records.invented_count()


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
            f"Of these months {about(waiting)} forms cannot be counted before being published: "
            "run helpline records publish, or choose other months."
        )
    await _refuse_before_records(sources, first, this_month)
    columns = await sources.records.columns(first, last)
    return told(internal(sources.form, columns, first=first, last=last), sources.form)


async def _refuse_before_records(sources: Sources, first: str, this_month: str) -> None:
    """Refuse months before the first records, which would be told as if nobody had come.

    From the quarter of the first ones on there may be a report: in which of its months they came
    is nobody's business.
    """
    earliest, _ = await sources.records.first_and_last(before=this_month)
    if not earliest:
        raise click.ClickException("There are no records yet of months that are closed.")
    if first < (begin := quarter_with(earliest).months[0]):
        raise click.ClickException(
            f"There are no records from before {begin}: give months from {begin} on."
        )
