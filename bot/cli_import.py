"""`helpline records import`: older records, from a table with the codebook's columns."""

import asyncio
import hashlib
import secrets
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TypeVar

import click

from bot.catalogue import as_it_is
from bot.cli_words import counted
from bot.clock import wall_clock
from bot.imported_notes import NoteReader
from bot.record_file import FileError, lines
from bot.resources import read_form, read_reviewer
from bot.settings import read_settings
from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from bot.stores import open_records
from directory.finder import service
from directory.models import Directory
from flows.codebook import columns
from flows.periods import Quarter, open_month, quarter_with
from flows.record_import import RecordImport, Tally
from flows.record_sheet import SheetError, rows
from flows.records import ContactRecord

PROGRESS_EVERY = 10_000
"""Rows between two signs that a long file is being read."""

WRONG_USE = 2

Row = TypeVar("Row")


class _FaultyError(Exception):
    """Some rows are wrong; the tally says which."""


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be added.")
@click.option("--again", is_flag=True, help="Also a file that was imported before.")
@click.pass_context
def import_(context: click.Context, file: Path, *, dry_run: bool, again: bool) -> None:
    """Add records of closed months from a table (CSV) with the codebook's columns.

    All of it or nothing. They are published at once, in no order that tells anything.
    """
    if not file.is_file():
        # It is read twice, and what came out of a pipe is gone.
        raise click.ClickException(f"{file} is not an ordinary file: save the table in one first.")
    reading, notes = _new_import(), NoteReader(read_reviewer)
    try:
        with file.open("rb") as opened:
            work = _import(opened, reading, notes, is_new=not again, is_kept=not dry_run)
            released = asyncio.run(work)
    except OSError as error:
        raise click.ClickException(f"{file.name} cannot be read: {error.strerror}.") from None
    except _FaultyError:
        _complain(file, _faults(reading.tally))
        context.exit(WRONG_USE)
    except (FileError, SheetError) as error:
        _complain(file, error.args)
        context.exit(WRONG_USE)
    summary = _summary(reading.tally, is_kept=not dry_run)
    for sentence in (*summary, *notes.summary(is_kept=not dry_run), *map(_stays, released)):
        print(sentence)


@dataclass(frozen=True, slots=True)
class _Services:
    """The ids that a record may name as a service."""

    directory: Directory

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and service(self.directory, id) is not None


def _new_import() -> RecordImport:
    services = _Services(asyncio.run(as_it_is(read_settings().data_dir)))
    return RecordImport(read_form(), this_month=open_month(wall_clock()), services=services)


async def _import(
    file: BufferedReader,
    reading: RecordImport,
    notes: NoteReader,
    *,
    is_new: bool,
    is_kept: bool,
) -> list[Quarter]:
    """Read the whole file, and keep its records if nothing is wrong in it.

    Gives those of their quarters whose public report was made before.
    """
    digest = hashlib.file_digest(file, "sha256").digest()
    file.seek(0)
    async with open_records() as store, _open_releases() as releases:
        if is_new:
            await _refuse_known(store, digest)
        found = notes.passing(_faultless(reading, rows(lines(file), columns(read_form()))))
        if not is_kept:
            for _ in found:
                pass
        elif not await store.import_records(found, ids=_new_id, digest=digest, is_new=is_new):
            await _refuse_known(store, digest)
        found_in = sorted({quarter_with(month) for month in reading.tally.months})
        return [each for each in found_in if await releases.released(*_ends(each))]


@asynccontextmanager
async def _open_releases() -> AsyncIterator[ReleasesStore]:
    store = await ReleasesStore.open(read_settings().data_dir / "releases.db")
    try:
        yield store
    finally:
        await store.close()


def _ends(quarter: Quarter) -> tuple[str, str]:
    return quarter.months[0], quarter.months[-1]


def _stays(quarter: Quarter) -> str:
    first, last = _ends(quarter)
    return f"The public report of {first} to {last} stays as it was released."


async def _refuse_known(store: RecordsStore, digest: bytes) -> None:
    if before := await store.imported_before(digest):
        raise FileError(
            f"The same file was imported before and gave {counted(before, 'record')}: "
            "give --again if they are to be added once more."
        )


def _new_id() -> bytes:
    return secrets.token_bytes(16)


def _faultless(
    reading: RecordImport, found: Iterable[tuple[int, list[str]]]
) -> Iterator[ContactRecord]:
    """Give the records; raise at the end when a row was wrong, which is before any is kept."""
    yield from reading.records(_with_progress(found))
    if reading.tally.faulty:
        raise _FaultyError
    if not reading.tally.months:
        raise SheetError("The file has no rows under its first line.")


def _with_progress(found: Iterable[Row]) -> Iterator[Row]:
    for number, row in enumerate(found, start=1):
        yield row
        if number % PROGRESS_EVERY == 0:
            print(f"{number} rows read", file=sys.stderr)


def _complain(file: Path, sentences: Iterable[str]) -> None:
    print(f"{file.name} was not imported, and nothing was changed.", file=sys.stderr)
    for sentence in sentences:
        print(sentence, file=sys.stderr)


def _faults(tally: Tally) -> Iterator[str]:
    yield from map(str, tally.faults)
    if (more := tally.faulty - len(tally.faults)) > 0:
        yield f"… and {more} more."


def _summary(tally: Tally, *, is_kept: bool) -> Iterator[str]:
    """Say what was added, and everything that was read otherwise than it was written."""
    months = sorted(tally.months)
    span = f"{months[0]} to {months[-1]}" if len(months) > 1 else months[0]
    verb = "added" if is_kept else "found without fault; nothing was changed"
    yield f"{counted(tally.months.total(), 'record')} of {span}: {verb}."
    for counter, what in (
        (tally.restored, "Zeros that a spreadsheet ate were given back"),
        (tally.not_asked, "Empty answers to relevant questions were read as not_asked"),
        (tally.left_empty, "Empty minutes stay empty"),
        (tally.located, "The county was read from the municipality"),
    ):
        if counter.total():
            yield f"{what} in {counted(counter.total(), 'cell')}: {_by_column(counter)}."


def _by_column(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {n}" for name, n in counter.items() if n)
