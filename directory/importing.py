"""Reads a file of services that somebody made or changed: a table, or HSDS as JSON (pure).

Entries that the file does not name are left alone. A file with any fault changes nothing.
"""

from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.checking import takes_last_line
from directory.edits import Edit, applied
from directory.importing_document import from_document
from directory.importing_faults import SAVE_AS, IsName, UnreadableFileError
from directory.importing_table import from_table
from directory.models import Directory, Service

MOST_BYTES = 5_000_000
"""Of a file; the whole directory takes a tenth of it."""

MOST_FAULTS = 100
"""Faults that are listed; the others are counted."""

SIZE = f"Den får ha högst {MOST_BYTES // 1_000_000} megabyte."
"""Of a file, in words."""

LAST_LINE = (
    "Filen tar den sista nationella linjen för några av dem som söker; minst en ska stå kvar, "
    "så att alla får ett svar."
)
"""Said of a file as a whole, when each of its rows may be right."""

_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK"


@dataclass(frozen=True, slots=True)
class Import:
    """What a file holds; with faults, in Swedish and one sentence each, no services."""

    services: tuple[Service, ...]
    faults: tuple[str, ...] = ()


def read(data: bytes, directory: Directory, today: date, *, is_name: IsName) -> Import:
    """Read and check a file; nothing in it is opened, fetched or calculated.

    `is_name` tells of whom somebody asked whether that may be a person's name.
    """
    try:
        text = _decoded(data)
        is_document = text.lstrip().startswith(("[", "{"))
        reading = from_document if is_document else from_table
        services, faults = reading(text, directory, today, is_name)
        if not faults and takes_last_line(
            directory, applied(directory, difference(directory, services))
        ):
            faults = [LAST_LINE]
    except UnreadableFileError as error:
        services, faults = [], list(error.args)
    return Import((), _listed(faults)) if faults else Import(tuple(services))


def difference(directory: Directory, services: Iterable[Service]) -> tuple[Edit, ...]:
    """The edits that bring the directory to these services; none where nothing changes."""
    edits = (Edit(directory.services.get(service.id), service) for service in services)
    return tuple(edit for edit in edits if edit.before != edit.after)


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise UnreadableFileError(f"Filen är för stor. {SIZE}")
    if data.startswith(_ZIP):
        raise UnreadableFileError(
            f"Filen är en Excelfil eller en zip-fil, inte en tabell; {SAVE_AS}"
        )
    if data.startswith(_OTHER_ENCODINGS) or b"\0" in data:
        raise UnreadableFileError(f"Filen är inte skriven i UTF-8; {SAVE_AS}")
    if not data.removeprefix(BOM_UTF8).strip():
        raise UnreadableFileError("Filen är tom.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence = f"Rad {line}: här finns en bokstav som inte är skriven i UTF-8; {SAVE_AS}"
        raise UnreadableFileError(sentence) from None


def _listed(faults: list[str]) -> tuple[str, ...]:
    more = len(faults) - MOST_FAULTS
    return (*faults[:MOST_FAULTS], *((f"… och {more} till.",) if more > 0 else ()))
