"""Contact records in, tables out: what a coordinator may see, and what must be hidden.

The rule for a table of one variable: a cell under five is hidden, and nobody may work it out from
the total and the cells that are shown, not even by knowing this rule. Nought looks like hidden.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.records import ContactRecord

FEW = 5
"""A count under this is hidden."""

NO_ROLE = "not_relevant"
"""The row of contacts that were never asked for a role, such as those who left the queue."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer and how many gave it; None is hidden."""

    code: str
    n: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order in which they were asked for, and how many they are out of."""

    base: int | None
    rows: tuple[Row, ...]


def per_month(records: Iterable[ContactRecord], *, months: Sequence[str]) -> Table:
    """Count the contacts of each month in `months`; other months do not count."""
    counts = Counter(record["period"] for record in records)
    return released(counts, months)


def by_role(records: Iterable[ContactRecord], *, roles: Sequence[str]) -> Table:
    """Count the contacts of each role in `roles`, and last those without one.

    All contacts are the base, so that no other table's base tells how many had no role.
    """
    counts = Counter(record.get("role", "") or NO_ROLE for record in records)
    return released(counts, (*roles, NO_ROLE))


def released(counts: Counter[str], codes: Sequence[str]) -> Table:
    """Put counts into rows in the order of `codes`, with what must be hidden hidden."""
    shown = [counts[code] for code in codes]
    hidden = _to_hide(shown)
    base = sum(shown)
    rows = (
        Row(code, None if place in hidden else shown[place]) for place, code in enumerate(codes)
    )
    return Table(base if base >= FEW else None, tuple(rows))


def _to_hide(counts: Sequence[int]) -> frozenset[int]:
    """Choose the places to hide: those under five, then the next smallest until they are safe."""
    limit = FEW
    hidden = _places_under(counts, limit)
    while hidden and len(hidden) < len(counts) and not _are_safe([counts[at] for at in hidden]):
        # All of the same size go together: which of them was left would tell what size it is.
        limit = 1 + min(n for n in counts if n >= limit)
        hidden = _places_under(counts, limit)
    return hidden


def _places_under(counts: Sequence[int], limit: int) -> frozenset[int]:
    return frozenset(place for place, n in enumerate(counts) if n < limit)


def _are_safe(hidden: Sequence[int]) -> bool:
    """Tell whether the sum of the hidden, which anybody can work out, leaves each of them open."""
    # One hidden cell alone is under five, so the sum sends it a companion too.
    all_as_large_as_few_can_be = min(hidden) == max(hidden) == FEW - 1
    return sum(hidden) >= FEW and not all_as_large_as_few_can_be
