"""Contact records as columns of small numbers, so that a million are counted in a moment.

A column keeps every different cell once, as it was written, and for each record the number of its
cell. That holds one answer, several, a number or any language alike, and needs no form to be read:
records of an older form, with retired codes or fewer questions, stand beside those of today.
What is too fine for statistics (notes, municipalities, services) never comes into it.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from flows.contact_form import Form
from flows.records import COUNTY, ContactRecord, county_of

PERIOD = "period"
"""The name of the column that every record has: its month, as 2026-11."""

FORMAT = 1
"""How columns are packed; a packing that is read must say the same."""

Numbers: TypeAlias = NDArray[np.unsignedinteger[Any]]
Mask: TypeAlias = NDArray[np.bool_]
"""One truth for each record."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The different cells of one question, and the place among them of each record's cell.

    An empty cell means that the question was not relevant, or was not in the form yet.
    """

    cells: tuple[str, ...]
    numbers: Numbers

    def where(self, mask: Mask) -> "Column":
        return Column(self.cells, self.numbers[mask])

    def counts(self, within: Mask | None = None) -> NDArray[np.int64]:
        """How many records have each cell, in all or of those within the mask."""
        numbers = self.numbers if within is None else self.numbers[within]
        return np.bincount(numbers, minlength=len(self.cells))

    def crossed(self, other: "Column") -> NDArray[np.int64]:
        """How many records have each of our cells (rows) with each of the other's (columns)."""
        width = len(other.cells)
        both = self.numbers.astype(np.uint32) * np.uint32(width) + other.numbers
        return np.bincount(both, minlength=len(self.cells) * width).reshape(len(self.cells), width)


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The coded answers of `n` records; the records stand in the same order in every column."""

    n: int
    by_name: Mapping[str, Column]

    def __getitem__(self, name: str) -> Column:
        """Give the column of a question; one that no record was asked is empty all through."""
        return self.by_name.get(name) or Column(("",), np.zeros(self.n, np.uint8))

    def where(self, mask: Mask) -> "Columns":
        chosen = {name: column.where(mask) for name, column in self.by_name.items()}
        return Columns(int(mask.sum()), chosen)

    def between(self, first: str, last: str) -> "Columns":
        """Keep the months from `first` to `last`, both included."""
        period = self[PERIOD]
        is_inside = np.array([first <= month <= last for month in period.cells], np.bool_)
        if is_inside.all():
            return self
        return self.where(is_inside[period.numbers])


def encoded(form: Form, records: Sequence[ContactRecord]) -> Columns:
    """Put the month and the questions that the form has in statistics into columns."""
    names = [PERIOD, *(question.name for question in form.questions if question.statistics)]
    return Columns(len(records), {name: _column(name, records) for name in names})


def joined(parts: Sequence[Columns]) -> Columns:
    """Put columns one after the other; what one of them lacks is empty there."""
    names = dict.fromkeys(name for part in parts for name in part.by_name)
    n = sum(part.n for part in parts)
    return Columns(n, {name: _in_a_row([part[name] for part in parts]) for name in names})


def packed(columns: Columns) -> bytes:
    """Give bytes that say themselves what is in them: one line of JSON, then all the numbers."""
    heading = {
        "format": FORMAT,
        "n": columns.n,
        "columns": {name: column.cells for name, column in columns.by_name.items()},
    }
    line = json.dumps(heading, ensure_ascii=False, separators=(",", ":"))
    numbers = (
        column.numbers.astype(_width(len(column.cells))) for column in columns.by_name.values()
    )
    return b"".join((line.encode(), b"\n", *(each.tobytes() for each in numbers)))


def unpacked(block: bytes) -> Columns:
    """Read what `packed` gave. Raises ValueError, which says why, for anything else."""
    line, _, rest = block.partition(b"\n")
    heading = json.loads(line)
    if heading["format"] != FORMAT:
        raise ValueError(
            f"The records are packed in a way ({heading['format']}) of a newer program."
        )
    n, columns, start = heading["n"], heading["columns"], 0
    widths = {name: _width(len(cells)) for name, cells in columns.items()}
    if len(rest) != n * sum(width.itemsize for width in widths.values()):
        raise ValueError("The packed records are damaged: restore a backup.")
    by_name = {}
    for name, width in widths.items():
        by_name[name] = Column(tuple(columns[name]), np.frombuffer(rest, width, n, start))
        start += n * width.itemsize
    return Columns(n, by_name)


def _column(name: str, records: Sequence[ContactRecord]) -> Column:
    places: defaultdict[str, int] = defaultdict(count().__next__)
    cells = map(county_of, records) if name == COUNTY else (each.get(name, "") for each in records)
    numbers = np.fromiter((places[cell] for cell in cells), np.uint32, len(records))
    return Column(tuple(places) or ("",), numbers.astype(_width(len(places))))


def _in_a_row(parts: Sequence[Column]) -> Column:
    cells = dict.fromkeys(cell for part in parts for cell in part.cells)
    places = {cell: place for place, cell in enumerate(cells)}
    width = _width(len(cells))
    moved = [np.array([places[cell] for cell in part.cells], width) for part in parts]
    numbers = [move[part.numbers] for move, part in zip(moved, parts, strict=True)]
    return Column(tuple(cells), np.concatenate(numbers))


def _width(cells: int) -> np.dtype[np.unsignedinteger[Any]]:
    """Choose the smallest numbers that count that far, the same on every machine."""
    return np.dtype(np.min_scalar_type(max(cells - 1, 0))).newbyteorder("<")
