"""Contact records as a table (CSV): its head and its rows, as somebody's program wrote them."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import chain

DELIMITERS = (",", ";")

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell may not begin with: a spreadsheet could take it for a formula."""

MOST_ROWS = 200_000
"""Records of a file; some twenty years of contacts."""


class SheetError(ValueError):
    """The table as a whole cannot be read; each argument is a sentence that says why."""


def as_text(cell: str) -> str:
    """Put a ' before what a spreadsheet could take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def from_text(cell: str) -> str:
    """Take away the ' that `as_text` puts before a cell."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def rows(lines: Iterable[str], columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Give every row that is not blank: the line on which it begins, its cells in our order.

    The file has exactly our columns, in any order. A row with too few or too many cells is given
    with the cells that it has. Raises SheetError.
    """
    found = _records(lines)
    _, head = next(found, (1, []))
    places = _places(head, columns)
    for number, (line, cells) in enumerate(found):
        if number == MOST_ROWS:
            raise SheetError(f"The file has more than {MOST_ROWS} rows: divide it.")
        whole = len(cells) == len(columns)
        yield line, [cells[place] for place in places] if whole else cells


def _records(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    lines = iter(lines)
    head = next(lines, "")
    reader = csv.reader(chain([head], lines), delimiter=_delimiter(head), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise SheetError(
            f"Line {line} cannot be read: a quotation mark is missing or stands in the wrong "
            f"place, or a cell has more than {csv.field_size_limit()} characters."
        ) from None


def _delimiter(head: str) -> str:
    if not head.strip():
        raise SheetError("The first line is empty: it must name the columns.")
    delimiter = max(DELIMITERS, key=head.count)
    if delimiter not in head:
        raise SheetError("The columns must be parted by , or ; and the first line holds neither.")
    return delimiter


def _places(head: list[str], columns: Sequence[str]) -> list[int]:
    """Find where each of our columns stands in the file."""
    names = [cell.strip() for cell in head]
    if not set(names) & set(columns):
        raise SheetError(f"The first line must name the columns: {', '.join(columns)}.")
    faults = [
        *(f"The column {name} is missing." for name in columns if name not in names),
        *(_unknown(place, name, columns) for place, name in enumerate(names, start=1)),
        *(
            f"The column {name} stands {n} times."
            for name, n in Counter(names).items()
            if n > 1 and name in columns
        ),
    ]
    if sentences := [sentence for sentence in faults if sentence]:
        raise SheetError(*sentences)
    return [names.index(name) for name in columns]


def _unknown(place: int, name: str, columns: Sequence[str]) -> str:
    # What stands there is not repeated: a file without a head has a record in its first line.
    if name in columns:
        return ""
    near = get_close_matches(name, columns, n=1)
    meant = f": is it {near[0]}?" if near else "."
    return f"Column {place} has a name that no column of the codebook has{meant}"
