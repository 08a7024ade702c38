"""Reads a file of services that somebody made or changed: a table, or HSDS as JSON (pure).

A table has the columns of `directory.table`, in any order, parted by comma or semicolon. A column
that is missing keeps what the directory has for that id; an empty cell empties the field. Entries
that the file does not name are left alone. A file with any fault changes nothing.
"""

import csv
import io
import json
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import isfinite
from typing import Any, TypeAlias

from pydantic import ValidationError

from directory import hsds
from directory.edits import Edit
from directory.models import Directory, Service
from directory.rules import MEANING, Fault, misplaced, named, shown, unreadable, unsound
from directory.sheet import FORMULA
from directory.table import COLUMNS, JOINER, from_row, to_row

MOST_BYTES = 5_000_000
"""Of a file; the whole directory takes a tenth of it."""

MOST_ROWS = 5_000
"""Services of a file."""

MOST_FAULTS = 100
"""Faults that are listed; the others are counted."""

MOST_DEPTH = 20
"""Levels of a JSON document; HSDS needs half of them."""

DIGITS = {"municipality_codes": 4, "county_codes": 2}
"""Of the codes in a column: a spreadsheet drops the zeros before a number that stands alone."""

MOST_DIGITS = 18
"""Of a whole number in a JSON document."""

REQUIRED = tuple(name for name, field in Service.model_fields.items() if field.is_required())
"""Columns that every table must have."""

SIZE = f"Den får ha högst {MOST_BYTES // 1_000_000} megabyte."
"""Of a file, in words."""

_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK"
_VAST = "Filen har för många nivåer för att vara HSDS."
_SAVE_AS = "spara den som ”CSV UTF-8” och försök igen."

Row: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Import:
    """What a file holds; with faults, in Swedish and one sentence each, no services."""

    services: tuple[Service, ...]
    faults: tuple[str, ...] = ()


class _UnreadableError(Exception):
    """The file as a whole cannot be used; each argument is a sentence that says why."""


def read(data: bytes, directory: Directory, today: date) -> Import:
    """Read and check a file; nothing in it is opened, fetched or calculated."""
    try:
        text = _decoded(data)
        is_json = text.lstrip().startswith(("[", "{"))
        services, faults = (_from_json if is_json else _from_table)(text, directory, today)
    except _UnreadableError as error:
        services, faults = [], list(error.args)
    return Import((), _listed(faults)) if faults else Import(tuple(services))


def difference(directory: Directory, services: Iterable[Service]) -> tuple[Edit, ...]:
    """The edits that bring the directory to these services; none where nothing changes."""
    edits = (Edit(directory.services.get(service.id), service) for service in services)
    return tuple(edit for edit in edits if edit.before != edit.after)


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise _UnreadableError(f"Filen är för stor. {SIZE}")
    if data.startswith(_ZIP):
        raise _UnreadableError(f"Filen är en Excelfil eller en zip-fil, inte en tabell; {_SAVE_AS}")
    if data.startswith(_OTHER_ENCODINGS) or b"\0" in data:
        raise _UnreadableError(f"Filen är inte skriven i UTF-8; {_SAVE_AS}")
    if not data.removeprefix(BOM_UTF8).strip():
        raise _UnreadableError("Filen är tom.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        sentence = f"Rad {line}: här finns en bokstav som inte är skriven i UTF-8; {_SAVE_AS}"
        raise _UnreadableError(sentence) from None


def _listed(faults: list[str]) -> tuple[str, ...]:
    more = len(faults) - MOST_FAULTS
    return (*faults[:MOST_FAULTS], *((f"… och {more} till.",) if more > 0 else ()))


def _from_table(text: str, directory: Directory, today: date) -> tuple[list[Service], list[str]]:
    records = _records(text)
    columns = _columns(next(records, (1, []))[1])
    rows = _few(records)
    if not rows:
        raise _UnreadableError("Filen har inga rader under rubrikerna.")
    services: list[Service] = []
    faults: list[str] = []
    first_line: dict[str, int] = {}
    for line, cells in rows:
        found, wrong = _service(columns, cells, directory, today)
        faults += (_at(line, fault) for fault in wrong)
        if found and (first := first_line.setdefault(found.id, line)) != line:
            faults.append(_at(line, ("id", f"{found.id} står redan på rad {first}.")))
        services += [found] if found else []
    return services, faults


def _at(line: int, fault: Fault) -> str:
    column, sentence = fault
    return f"Rad {line}, kolumnen {column}: {sentence}" if column else f"Rad {line}: {sentence}"


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank, with the line on which it begins."""
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        sentence = (
            f"Rad {line} går inte att läsa: ett citattecken saknas eller en cell är för lång."
        )
        raise _UnreadableError(sentence) from None


def _few(records: Iterator[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    found = list(islice(records, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise _UnreadableError(f"Filen har fler än {MOST_ROWS} rader; dela upp den.")
    return found


def _columns(header: list[str]) -> list[str]:
    columns = [cell.strip() for cell in header]
    counts = Counter(columns)
    faults = [
        *(f"Kolumnen ”{shown(name)}” känns inte igen." for name in counts if name not in COLUMNS),
        *(f"Kolumnen {shown(name)} finns {n} gånger." for name, n in counts.items() if n > 1),
        *(f"Kolumnen {name} saknas." for name in REQUIRED if name not in counts),
    ]
    if faults:
        raise _UnreadableError(*faults, f"På rad 1 kan de här namnen stå: {', '.join(COLUMNS)}.")
    return columns


def _service(
    columns: list[str], cells: list[str], directory: Directory, today: date
) -> tuple[Service | None, list[Fault]]:
    if len(cells) != len(columns):
        return None, [("", f"har {len(cells)} celler, men rad 1 har {len(columns)}.")]
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    faults = [*unreadable(row), *_calculated(row), *_misdated(row)]
    if faults:
        return None, faults
    row = {column: _whole_codes(column, _as_text(cell)) for column, cell in row.items()}
    known = directory.services.get(row["id"])
    try:
        service = from_row({**(to_row(known) if known else {}), **row})
    except ValidationError as error:
        return None, _meanings(error)
    return service, [*misplaced(service, directory), *unsound(service, today)]


def _calculated(row: Row) -> Iterator[Fault]:
    for column, cell in row.items():
        if cell.startswith(FORMULA) and not (column == "phones" and cell.startswith("+")):
            yield column, f"börjar med {cell[0]} som en formel; sätt ' före, så läses det som text."


def _misdated(row: Row) -> Iterator[Fault]:
    """A date in any other form: the model would also take a number for one."""
    cell = row.get("checked", "")
    try:
        is_plain = not cell or date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        is_plain = False
    if not is_plain:
        yield "checked", MEANING["checked"]


def _as_text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _whole_codes(column: str, cell: str) -> str:
    """Give codes the zeros back that a spreadsheet took for nothing: 180 is 0180."""
    digits = DIGITS.get(column, 0)
    parts = cell.split(JOINER)
    return JOINER.join(part.zfill(digits) if part.isdecimal() else part for part in parts)


def _meanings(error: ValidationError) -> list[Fault]:
    """One fault a column, be it that several of its values are wrong."""
    wrong = {str(each["loc"][0]) for each in error.errors(include_url=False, include_input=False)}
    return [(column, MEANING[column]) for column in COLUMNS if column in wrong]


def _from_json(text: str, directory: Directory, today: date) -> tuple[list[Service], list[str]]:
    found, faults = hsds.read(_document(text), directory)
    if not (found or faults):
        raise _UnreadableError("Filen har inga tjänster.")
    services = [_with_whom(each, directory) for each in found]
    unfit = (
        (each.id, fault)
        for each in services
        for fault in (*misplaced(each, directory), *unsound(each, today))
    )
    return services, [*faults, *_together(unfit)]


def _with_whom(service: Service, directory: Directory) -> Service:
    """Keep whom somebody asked, which what we publish leaves out, while it is the same check."""
    known = directory.services.get(service.id)
    if service.checked_with or known is None or known.checked != service.checked:
        return service
    return service.model_copy(update={"checked_with": known.checked_with})


def _together(faults: Iterable[tuple[str, Fault]]) -> Iterator[str]:
    """Say what is wrong in the same way with several services once."""
    ids: dict[Fault, list[str]] = {}
    for id, fault in faults:
        ids.setdefault(fault, []).append(id)
    for (column, sentence), alike in ids.items():
        yield f"{named(alike)}, {column}: {sentence}"


def _document(text: str) -> Any:
    """Parse JSON of some depth, with finite numbers and whole characters."""
    try:
        document = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
        _refuse_vast(document)
        json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise _UnreadableError(f"Rad {error.lineno}: filen går inte att läsa som JSON.") from None
    except RecursionError:
        raise _UnreadableError(_VAST) from None
    except ValueError:
        sentence = "Filen innehåller tal eller tecken som inte hör hemma i HSDS."
        raise _UnreadableError(sentence) from None
    return document


def _refuse_vast(document: object) -> None:
    level = [document]
    for _ in range(MOST_DEPTH):
        level = [child for each in level for child in _children(each)]
    if level:
        raise _UnreadableError(_VAST)
    if len(_children(document)) > MOST_ROWS:
        raise _UnreadableError(f"Filen har fler än {MOST_ROWS} tjänster; dela upp den.")


def _children(value: object) -> list[Any]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
        case _:
            return []


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError("a number of so many digits counts nothing here")
    return int(text)


def _finite(text: str) -> float:
    if not isfinite(number := float(text)):
        raise ValueError("a number without end")
    return number
