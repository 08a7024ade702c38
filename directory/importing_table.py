"""Reads services from a table (pure).

It has the columns of `directory.table`, in any order, parted by comma or semicolon. A column that
is missing keeps what the directory has for that id; an empty cell empties the field.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import TypeAlias

from directory.confirming import as_confirmed
from directory.importing_faults import MOST_ROWS, IsName, UnreadableFileError, told_of
from directory.models import Directory, Service
from directory.rules import (
    MEANING,
    PLACES,
    Fault,
    calculated,
    misplaced,
    shown,
    unreadable,
    unsound,
)
from directory.sheet import FORMULA
from directory.table import COLUMNS, JOINER, read_calmly, to_row
from directory.twins import TOLD_APART_BY, twins

REQUIRED = tuple(name for name, field in Service.model_fields.items() if field.is_required())
"""Columns that every table must have."""

DIGITS = {"municipality_codes": 4, "county_codes": 2}
"""Of the codes in a column: a spreadsheet drops the zeros before a number that stands alone."""

TELLS_OF_CHECK = frozenset({"status", "checked_how"})
"""Columns without which a table says nothing of whether anybody asked."""

_TABS = (
    "Kolumnerna är skilda åt med tabb; spara filen som ”CSV UTF-8”, med komma eller semikolon "
    "mellan kolumnerna, och försök igen."
)

Row: TypeAlias = dict[str, str]


def from_table(
    text: str, directory: Directory, today: date, is_name: IsName
) -> tuple[list[Service], list[str]]:
    """The services of a table, and all that is wrong with it by line and column."""
    records = _records(text)
    columns = _columns(next(records, (1, []))[1])
    rows = _few(records)
    if not rows:
        raise UnreadableFileError("Filen har inga rader under rubrikerna.")
    lines: dict[Service, int] = {}
    faults: list[str] = []
    first_line: dict[str, int] = {}
    for line, cells in rows:
        found, wrong = _service(columns, cells, directory, today, is_name)
        faults += (_at(line, fault) for fault in wrong)
        if found and (first := first_line.setdefault(found.id, line)) != line:
            faults.append(_at(line, ("id", f"{found.id} står redan på rad {first}.")))
        if found and not {column for column, _ in wrong}.intersection(TOLD_APART_BY):
            lines.setdefault(found, line)
    return list(lines), [*faults, *_doubled(directory, lines)]


def _doubled(directory: Directory, lines: Mapping[Service, int]) -> Iterator[str]:
    """Rows that visitors could not tell from an entry, or from another row."""
    for each, other in twins(directory, lines):
        where = f"rad {lines[other]}" if other in lines else f"posten {other.id}"
        sentence = f"har samma namn, huvudman och platser som {where}; bara en av dem kan stå kvar."
        yield _at(lines[each], ("name", sentence))


def _at(line: int, fault: Fault) -> str:
    column, sentence = fault
    return f"Rad {line}, kolumnen {column}: {sentence}" if column else f"Rad {line}: {sentence}"


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every record that is not blank, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
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
        raise UnreadableFileError(sentence) from None


def _delimiter(text: str) -> str:
    header = text.lstrip("\r\n").partition("\n")[0]
    commas, semicolons, tabs = map(header.count, ",;\t")
    if tabs > max(commas, semicolons):
        raise UnreadableFileError(_TABS)
    return ";" if semicolons > commas else ","


def _few(records: Iterator[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    found = list(islice(records, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise UnreadableFileError(f"Filen har fler än {MOST_ROWS} rader; dela upp den.")
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
        raise UnreadableFileError(*faults, f"På rad 1 kan de här namnen stå: {', '.join(COLUMNS)}.")
    return columns


def _service(
    columns: list[str], cells: list[str], directory: Directory, today: date, is_name: IsName
) -> tuple[Service | None, list[Fault]]:
    """What a row makes, and all that is wrong with it; None where it does not say which it is."""
    if len(cells) != len(columns):
        return None, [("", f"har {len(cells)} celler, men rad 1 har {len(columns)}.")]
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}
    faults = dict((*_misdated(row), *calculated(row), *unreadable(row)))
    known = directory.services.get(row["id"])
    whole = {**(to_row(known) if known else {}), **_meant(row, known)}
    service, wrong = read_calmly({**whole, **dict.fromkeys(faults, "")})
    faults = {**{name: MEANING[name] for name in wrong}, **faults}
    contradictions = (*misplaced(service, directory), *unsound(service, today))
    for column, sentence in (*contradictions, *told_of(service, is_name)):
        if not (column in PLACES and PLACES & faults.keys()):
            faults.setdefault(column, sentence)
    told = [(column, faults[column]) for column in COLUMNS if column in faults]
    confirmed = as_confirmed(known, service, tells_of_check=row.keys() >= TELLS_OF_CHECK)
    return None if "id" in faults else confirmed, told


def _misdated(row: Row) -> Iterator[Fault]:
    """A date in any other form: the model would also take a number for one."""
    cell = row.get("checked", "")
    try:
        is_plain = not cell or date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        is_plain = False
    if not is_plain:
        yield "checked", MEANING["checked"]


def _meant(row: Row, known: Service | None) -> Row:
    meant = {column: _whole_codes(column, _as_text(cell)) for column, cell in row.items()}
    return {**meant, "phones": _spaced(meant["phones"], known)} if "phones" in meant else meant


def _spaced(phone: str, known: Service | None) -> str:
    """Give a number its spaces back that a spreadsheet took for another: 116016 is 116 016."""
    written = known.phones if known and phone.isdecimal() else ()
    return next((each for each in written if each.replace(" ", "") == phone), phone)


def _as_text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _whole_codes(column: str, cell: str) -> str:
    """Give codes the zeros back that a spreadsheet took for nothing: 180 is 0180."""
    digits = DIGITS.get(column, 0)
    parts = cell.split(JOINER)
    return JOINER.join(part.zfill(digits) if part.isdecimal() else part for part in parts)
