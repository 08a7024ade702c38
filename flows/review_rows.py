"""Rows for a review of the work: contacts that are alike in month, role and channel.

A row holds at least five, and together with the report of its month, which
tells how many had each role and came by each channel, it gives nobody else away.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np

from flows.columns import Columns
from flows.counting import PRIMARY_GROUP, months
from flows.hiding import FEW, Sum, concealed
from flows.internal_report import internal
from flows.periods import Quarter, quarters
from flows.questions import Form
from flows.relations import ALL, PRIMARY
from flows.report import Report

FEWEST_NOTES = 10
"""Notes of a quarter that are shown; fewer could be laid beside the contacts of that quarter."""

LONGEST_SPAN = 12
"""Months; nobody reads the rows of more than a year."""

_ALL = "*"
"""Stands in a cell for everything of that row or column."""

_Cell: TypeAlias = tuple[str, str]
"""Of one month a role and a channel; of one role a channel and an outcome."""


@dataclass(frozen=True, slots=True)
class Row:
    """At least five contacts that are alike; the outcomes where they single nobody out."""

    month: str
    role: str
    channel: str
    n: int
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Review:
    """The rows that may be shown; how many contacts there are, and how many are in no row."""

    rows: tuple[Row, ...]
    contacts: int | None
    others: int | None


def review(form: Form, columns: Columns, *, first: str, last: str) -> Review:
    """Put the contacts of whole closed months, at most LONGEST_SPAN of them, into rows."""
    inside = columns.between(first, last)
    rows = tuple(row for month in months(first, last) for row in _of_month(form, inside, month))
    others = inside.n - sum(row.n for row in rows)
    is_told = inside.n >= FEW and (others == 0 or others >= FEW)
    return Review(rows, inside.n if inside.n >= FEW else None, others if is_told else None)


def _of_month(form: Form, columns: Columns, month: str) -> list[Row]:
    inside = columns.between(month, month)
    counts = _crossed(inside, "role", "channel")
    outcomes = {role: _outcomes(inside, role) for role in dict.fromkeys(role for role, _ in counts)}
    shown = _shown(counts, internal(form, inside, first=month, last=month))
    return [
        Row(month, role, channel, counts[role, channel], outcomes[role].get(channel, {}))
        for role, channel in sorted(shown, key=_order(form))
    ]


def _crossed(columns: Columns, row: str, column: str) -> dict[_Cell, int]:
    """Count every answer that somebody gave to one question with every one to another.

    What nobody at all answered is left out: it may be known that there was none, so that hiding
    it protects nobody else.
    """
    table = columns[row].crossed(columns[column])
    rows, places = (np.flatnonzero(table.any(axis=axis)) for axis in (1, 0))
    return {
        (columns[row].cells[at], columns[column].cells[place]): int(table[at, place])
        for at, place in product(rows, places)
    }


def _shown(counts: Mapping[_Cell, int], report: Report) -> list[_Cell]:
    """Choose what to show of a month, knowing what its report shows.

    If anything that the report shows would have to be hidden, then hiding it here would not help:
    nothing is shown but what the report does.
    """
    told = _told(report)
    sums = [*_margins(counts), *_primary(counts, told)]
    everything = _with_totals(counts, sums)
    hidden = concealed(everything, sums)
    if told & hidden:
        return [cell for cell in counts if cell in told]
    return [cell for cell in counts if cell not in hidden]


def _told(report: Report) -> set[_Cell]:
    """Name what a report shows: how many had a role, came by a channel, or both."""
    names = {name: _ALL if name == ALL else name for name in report.groups}
    crossed = {
        (name, channel)
        for group, name in names.items()
        for channel, cell in report.groups[group].questions["channel"].answers.items()
        if cell.n
    }
    return crossed | {(name, _ALL) for group, name in names.items() if report.groups[group].n}


def _order(form: Form) -> Callable[[_Cell], tuple[int, int]]:
    """Order roles as the form has them, those without one last, and channels within them."""
    roles, channels = (
        {code.code: place for place, code in enumerate(form.by_name[name].codes)}
        for name in ("role", "channel")
    )
    return lambda cell: (roles.get(cell[0], len(roles)), channels.get(cell[1], len(channels)))


def _primary(counts: Iterable[_Cell], told: Container[_Cell]) -> Iterator[Sum[_Cell]]:
    """A report also tells how many of the primary group came by a channel."""
    parts: dict[_Cell, list[_Cell]] = {}
    for role, channel in counts:
        if role in PRIMARY_GROUP and (PRIMARY, channel) in told:
            parts.setdefault((PRIMARY, channel), []).append((role, channel))
    return (Sum(total, tuple(each)) for total, each in parts.items())


def _outcomes(columns: Columns, role: str) -> dict[str, dict[str, int]]:
    """Give the outcomes of each channel that tell of no few, whatever else is known of a role."""
    asked = columns["role"]
    alike = columns.where(np.array([cell == role for cell in asked.cells], np.bool_)[asked.numbers])
    counts = _crossed(alike, "channel", "outcome")
    sums = _margins(counts)
    everything = _with_totals(counts, sums)
    hidden = concealed(everything, sums)
    if any(everything[each.total] >= FEW and each.total in hidden for each in sums):
        return {}
    shown: dict[str, dict[str, int]] = {}
    for (way, end), n in counts.items():
        if (way, end) not in hidden:
            shown.setdefault(way, {})[end] = n
    return shown


def _margins(cells: Iterable[_Cell]) -> list[Sum[_Cell]]:
    parts: dict[_Cell, list[_Cell]] = {}
    for row, column in cells:
        for total in ((row, _ALL), (_ALL, column)):
            parts.setdefault(total, []).append((row, column))
    return [Sum(total, tuple(each)) for total, each in parts.items()]


def _with_totals(counts: Mapping[_Cell, int], sums: Iterable[Sum[_Cell]]) -> dict[_Cell, int]:
    return {**counts, **{each.total: sum(counts[part] for part in each.parts) for each in sums}}


def whole_quarters(first: str, last: str) -> tuple[Quarter, ...]:
    """Give the quarters all of whose months are from `first` to `last`."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    return tuple(
        quarter
        for year in years
        for quarter in quarters(year)
        if first <= quarter.months[0] and quarter.months[-1] <= last
    )
