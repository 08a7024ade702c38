"""Rows for a review of the work: contacts that are alike in time, role and channel.

Every contact of a month or quarter is in one row of at least five; channels and roles that are too
small for rows of their own share one. Together with the reports of the same time, which tell how
many had each role and came by each channel, the rows give nobody else away; how the contacts went
is told where that is so of it too (`flows.review_outcomes`).

A quarter is told by the month where each of its months has rows enough, and otherwise as a whole,
whatever span is chosen: a month could be found by subtracting the others from the quarter.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import numpy as np

from flows.columns import Columns
from flows.counting import PRIMARY_GROUP, months
from flows.hiding import FEW, Sum, concealed
from flows.internal_report import Findings, find
from flows.periods import Quarter, quarters
from flows.questions import Form
from flows.relations import ALL, NO_ROLE, PRIMARY
from flows.review_outcomes import COMPLETED, Class, is_deniable, singles_nobody_out

FEWEST_NOTES = 10
"""Notes of a quarter that are shown; fewer could be laid beside the contacts of that quarter."""

LONGEST_SPAN = 12
"""Months; nobody reads the rows of more than a year."""

ENOUGH = 1 / 2
"""A month is told by itself where at least so many of its contacts are in rows of one class."""

CHANNEL = "channel"

_ALL = "*"
"""Stands in a class for everything of that role or channel."""

_Name: TypeAlias = tuple[str | None, str | None]
"""The role and the channel of a row, each None where it is of the rest."""

_REST: _Name = (None, None)


@dataclass(frozen=True, slots=True)
class Row:
    """At least five contacts that are alike, with their outcomes, or none where they are not told.

    Without a channel they are the rest of the role, without a role the rest of all. The role of
    somebody who was never asked for one is empty.
    """

    first: str
    last: str
    role: str | None
    channel: str | None
    n: int
    outcomes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Review:
    """The rows that may be shown; how many contacts there are, and how many are in no row.

    Neither is told where one would give a small number away by the other.
    """

    rows: tuple[Row, ...]
    contacts: int | None
    others: int | None


def review(form: Form, columns: Columns, chosen: Iterable[Quarter]) -> Review:
    """Put the contacts of whole closed quarters into rows."""
    spans = [(quarter.months[0], quarter.months[-1]) for quarter in chosen]
    rows = tuple(row for span in spans for row in _of_quarter(form, columns, span))
    n = sum(columns.between(*span).n for span in spans)
    others = n - sum(row.n for row in rows)
    is_told = n >= FEW and (others == 0 or others >= FEW)
    return Review(rows, n if is_told else None, others if is_told else None)


def _of_quarter(form: Form, columns: Columns, span: tuple[str, str]) -> list[Row]:
    by_month: list[Row] = []
    for month in months(*span):
        inside = columns.between(month, month)
        rows = _rows(form, inside, month, month)
        if inside.n and not _are_enough(rows, inside.n):
            return _rows(form, columns.between(*span), *span)
        by_month += rows
    return by_month


def _are_enough(rows: Sequence[Row], n: int) -> bool:
    named = sum(row.n for row in rows if row.channel is not None)
    return named >= ENOUGH * n and any(row.outcomes for row in rows)


def _rows(form: Form, columns: Columns, first: str, last: str) -> list[Row]:
    counts, outcomes = _crossed(columns, "role", "channel"), _outcomes(columns)
    shown = _shown(counts, find(form, columns, first=first, last=last, only={CHANNEL}))
    parts = _enough(_parted(counts, shown), counts)
    is_told = is_deniable(parts.values(), counts, outcomes.get(COMPLETED, {}))
    return [
        Row(first, last, *name, n, _ended(name[0], part, outcomes) if is_told else {})
        for name, part in sorted(parts.items(), key=lambda each: _order(form)(each[0]))
        if (n := sum(counts[each] for each in part)) >= FEW
    ]


def _ended(
    role: str | None, part: Iterable[Class], outcomes: Mapping[str, Mapping[Class, int]]
) -> dict[str, int]:
    """Count how the contacts of a row went."""
    part = tuple(part)
    found = {end: sum(of.get(each, 0) for each in part) for end, of in outcomes.items()}
    there = {end: n for end, n in found.items() if n}
    return there if singles_nobody_out(role, there) else {}


def _parted(counts: Iterable[Class], shown: Container[Class]) -> dict[_Name, list[Class]]:
    """Put each class into a row: its own, or else that of the rest of its role, or of all."""
    parts: dict[_Name, list[Class]] = {}
    for role, channel in counts:
        name = _REST
        if (role, channel) in shown:
            name = (role, channel)
        elif role == NO_ROLE or (role, _ALL) in shown:
            name = (role, None)
        parts.setdefault(name, []).append((role, channel))
    return parts


def _enough(
    parts: Mapping[_Name, list[Class]], counts: Mapping[Class, int]
) -> dict[_Name, list[Class]]:
    """Let the rest of all take in the smallest rows with a role, until it is nobody or not few."""
    rest = list(parts.get(_REST, ()))
    names = [name for name in parts if name != _REST and name[0] != NO_ROLE]
    for name in sorted(names, key=lambda name: sum(counts[each] for each in parts[name])):
        if not 0 < sum(counts[each] for each in rest) < FEW:
            break
        rest += parts[name]
    kept = {name: part for name, part in parts.items() if not set(part) <= set(rest)}
    return {**kept, _REST: rest}


def _outcomes(columns: Columns) -> dict[str, dict[Class, int]]:
    """Count the classes of those with each outcome."""
    asked = columns["outcome"]
    return {
        end: _crossed(columns.where(asked.numbers == number), "role", "channel")
        for number, end in enumerate(asked.cells)
    }


def _crossed(columns: Columns, row: str, column: str) -> dict[Class, int]:
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


def _shown(counts: Mapping[Class, int], report: Findings) -> set[Class]:
    """Choose which classes to show of a unit, and of which roles the rest, knowing its report.

    If anything that the report shows would have to be hidden, then hiding it here would not help:
    nothing is shown but what the report does. Those without a role stand apart, since how they
    went tells that they had none.
    """
    asked = {each: n for each, n in counts.items() if each[0] != NO_ROLE}
    others = {each: n for each, n in counts.items() if each[0] == NO_ROLE}
    told = _told(report)
    sums = [*_margins(asked), *_primary(asked, told)]
    everything, safe = _with_totals(asked, sums), _safe(asked, sums)
    known = {each for each in told if everything.get(each, 0) >= FEW}
    if not known <= safe:
        safe = known
    return safe | _safe(others, _margins(others))


def _safe(counts: Mapping[Class, int], sums: Sequence[Sum[Class]]) -> set[Class]:
    """Give the classes and totals that may be shown, together with how many there are in all."""
    everything = {**_with_totals(counts, sums), (_ALL, _ALL): sum(counts.values())}
    hidden = concealed(everything, [*sums, *_grand(counts)])
    return set(everything) - hidden


def _told(report: Findings) -> set[Class]:
    """Name what a report shows: how many had a role, came by a channel, or both."""
    names = {name: _ALL if name == ALL else name for name in report.sizes if name != NO_ROLE}
    crossed = {
        (names[group], row[-1])
        for (group, *row), n in report.seen[CHANNEL].items()
        if row[0] == "answer" and n
    }
    return crossed | {(name, _ALL) for group, name in names.items() if report.size(group)}


def _order(form: Form) -> Callable[[_Name], tuple[int, int]]:
    """Order roles as the form has them, those without one after them, and the rest of each last."""
    roles, channels = (
        {code.code: place for place, code in enumerate(form.by_name[name].codes)}
        for name in ("role", "channel")
    )
    none = {NO_ROLE: len(roles)}
    return lambda name: (
        (roles | none).get(name[0] or "", 0) + (name[0] is None),
        channels.get(name[1] or "", len(channels)),
    )


def _primary(counts: Iterable[Class], told: Container[Class]) -> Iterator[Sum[Class]]:
    """A report also tells how many of the primary group came by a channel."""
    parts: dict[Class, list[Class]] = {}
    for role, channel in counts:
        if role in PRIMARY_GROUP and (PRIMARY, channel) in told:
            parts.setdefault((PRIMARY, channel), []).append((role, channel))
    return (Sum(total, tuple(each)) for total, each in parts.items())


def _margins(cells: Iterable[Class]) -> list[Sum[Class]]:
    parts: dict[Class, list[Class]] = {}
    for row, column in cells:
        for total in ((row, _ALL), (_ALL, column)):
            parts.setdefault(total, []).append((row, column))
    return [Sum(total, tuple(each)) for total, each in parts.items()]


def _grand(cells: Iterable[Class]) -> Iterator[Sum[Class]]:
    """All roles are everybody, and so are all channels."""
    cells = tuple(cells)
    yield Sum((_ALL, _ALL), tuple(dict.fromkeys((role, _ALL) for role, _ in cells)))
    yield Sum((_ALL, _ALL), tuple(dict.fromkeys((_ALL, channel) for _, channel in cells)))


def _with_totals(counts: Mapping[Class, int], sums: Iterable[Sum[Class]]) -> dict[Class, int]:
    return {**counts, **{each.total: sum(counts[part] for part in each.parts) for each in sums}}


def quarters_with(first: str, last: str) -> tuple[Quarter, ...]:
    """Give the quarters that have any of the months from `first` to `last`."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    return tuple(
        quarter
        for year in years
        for quarter in quarters(year)
        if first <= quarter.months[-1] and quarter.months[0] <= last
    )


def whole_quarters(first: str, last: str) -> tuple[Quarter, ...]:
    """Give the quarters all of whose months are from `first` to `last`."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    return tuple(
        quarter
        for year in years
        for quarter in quarters(year)
        if first <= quarter.months[0] and quarter.months[-1] <= last
    )
