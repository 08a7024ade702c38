"""`helpline directory`: is it right, what does it cover, and how does it get in and out."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

import click

from bot.catalogue import FILE, Catalogue, StaleEditError, as_it_is
from bot.cli_words import say_json
from bot.clock import today, wall_clock
from bot.folders import make_folder
from bot.resources import read_reviewer
from bot.reviewed import holds_name
from bot.settings import read_settings
from bot.whole_file import put_in_place
from directory import checking, hsds, importing, sheet
from directory.edits import Edit
from directory.load import BrokenDirectoryError, load
from directory.models import Directory, Service
from directory.provision import KINDS, coverage
from directory.table import COLUMNS, to_row
from flows.redaction_notes import Reviewer

WHO = "terminalen"
"""In whose name the command changes the directory."""

WRONG_USE = 2

TABLE = "services.csv"
STANDARD = "services.hsds.json"


@click.group()
def directory() -> None:
    """Where else to find help: the services, with what people changed in them."""


@directory.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Look whether the directory is whole, dated and unbroken; exit status 1 if not."""
    try:
        found = _read()
    except BrokenDirectoryError as error:
        print(error)
        context.exit(1)
    wrong = checking.faults(found, today())
    for sentence in wrong:
        print(sentence)
    if not wrong:
        print(f"{_counted(found)}: whole, dated and unbroken.")
    print(f"{len(checking.tasks(found, today()))} tasks wait in the work list at the desk.")
    context.exit(1 if wrong else 0)


@directory.command("coverage")
@click.option("--json", "in_json", is_flag=True, help="One JSON document.")
def coverage_(*, in_json: bool) -> None:
    """Count the municipalities of each county by what they have."""
    answer = coverage(_read())
    if in_json:
        say_json(answer)
        return
    for county in answer["counties"]:
        counts = ", ".join(f"{kind} {county[kind]}" for kind in KINDS if county[kind])
        print(f"{county['name']} ({county['municipalities']}): {counts}")


@directory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.pass_context
def import_(context: click.Context, file: Path, *, dry_run: bool) -> None:
    """Add and change services as a table (CSV) or HSDS (JSON) says; all of it or nothing."""
    before = _read()
    found = importing.read(_data(file), before, today(), is_name=_is_name)
    for sentence in found.faults:
        print(sentence, file=sys.stderr)
    if found.faults:
        context.exit(WRONG_USE)
    edits = importing.difference(before, found.services)
    for line in _in_words(edits):
        print(line)
    if not dry_run and edits:
        _apply(edits)


@directory.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write all services as a table (CSV) and the living ones as HSDS (JSON).

    Files of these names from an export before are replaced; no others are touched.
    """
    found = _read()
    standard = json.dumps(hsds.as_list(found), ensure_ascii=False, indent=2)
    _write(folder / TABLE, sheet.written(found.services.values()))
    _write(folder / STANDARD, f"{standard}\n")


def _apply(edits: tuple[Edit, ...]) -> None:
    try:
        batch = asyncio.run(_change(edits))
    except StaleEditError as error:
        raise click.ClickException(str(error)) from None
    print(f"Done, as change {batch}. A coordinator can undo it at /desk/directory/changes.")


async def _change(edits: tuple[Edit, ...]) -> int:
    make_folder(read_settings().data_dir)
    async with _catalogue() as catalogue:
        return await catalogue.change(edits, who=WHO, why="imported", at=wall_clock())


@asynccontextmanager
async def _catalogue() -> AsyncIterator[Catalogue]:
    catalogue = await Catalogue.open(read_settings().data_dir / FILE, load())
    try:
        yield catalogue
    finally:
        await catalogue.close()


def _read() -> Directory:
    return asyncio.run(as_it_is(read_settings().data_dir))


def _is_name(asked: str) -> bool:
    return holds_name(asked, _reviewer())


@cache
def _reviewer() -> Reviewer:
    """Whoever reads names in a file, which few files make necessary."""
    return read_reviewer()


def _counted(found: Directory) -> str:
    return (
        f"{len(found.living_services())} services, {len(found.municipalities)} municipalities, "
        f"{len(found.counties)} counties"
    )


def _data(file: Path) -> bytes:
    """Read no more than tells that a file is too large."""
    try:
        with file.open("rb") as opened:
            return opened.read(importing.MOST_BYTES + 1)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from None


def _write(file: Path, text: str) -> None:
    with put_in_place(file) as part:
        part.write_text(text, encoding="utf-8", newline="")
    print(file)


def _in_words(edits: Iterable[Edit]) -> Iterator[str]:
    """Say what changes: `+` is new, `~` is another than before, with the fields that differ."""
    edits = tuple(edits)
    for edit in edits:
        match edit:
            case Edit(before=None, after=Service() as after):
                yield f"+ {after.id}  {after.name}"
            case Edit(before=Service() as before, after=Service() as after):
                yield f"~ {after.id}  {after.name}"
                yield from _fields(before, after)
    if not edits:
        yield "Nothing changes: the directory says all that already."


def _fields(before: Service, after: Service) -> Iterator[str]:
    old, new = to_row(before), to_row(after)
    for column in COLUMNS:
        if old[column] != new[column]:
            yield f"    {column}: {old[column] or '-'} -> {new[column] or '-'}"
