"""`helpline records export`: all records as files, to be kept close or to move the house."""

import asyncio
import sys
from pathlib import Path

import click

from bot.cli_words import counted
from bot.record_files import NEEDS_EXTRA, write_all, write_notes, write_statistical
from bot.resources import read_form
from bot.stores import open_records

EVER = ("0000-00", "9999-99")
"""All months."""


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write all records as CSV, XLSX, and for SPSS and Stata; notes in a file of their own.

    The records are exact: keep them as close as the data folder. Files of these names from an
    export before are replaced; no others are touched.
    """
    records, notes, invented = asyncio.run(_read())
    form = read_form()
    try:
        for path in write_all(folder, form, records):
            print(path)
        print(write_notes(folder, notes))
        for path in write_statistical(folder, form, records):
            print(path)
    except ImportError:
        print(NEEDS_EXTRA, file=sys.stderr)
    print(f"{counted(len(records), 'record')}, {counted(len(notes), 'note')}.", file=sys.stderr)
    if invented:
        print(f"{counted(invented, 'record')} of them are invented.", file=sys.stderr)


async def _read() -> tuple[list[dict[str, str]], list[str], int]:
    first, last = EVER
    async with open_records() as store:
        return (
            await store.records(first=first, last=last),
            await store.notes(first=first, last=last),
            await store.invented_count(),
        )
