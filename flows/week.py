"""The week by the hour: how many came in each of its 168 hours, and what of that may be shown.

Only whole closed quarters are counted (`flows.periods`), and an hour under five is hidden together
with whatever would tell how many it was.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from flows.hiding import Sum, concealed
from flows.stockholm import STOCKHOLM

DAYS = 7
HOURS = 24
WEEK = range(DAYS * HOURS)
"""Hours of the week, from Monday 00 to Sunday 23."""

Row: TypeAlias = tuple[int | None, ...]

_Key: TypeAlias = tuple[str, int]

_TOTAL: _Key = ("week", 0)


@dataclass(frozen=True, slots=True)
class Week:
    """Counts by the hour; None is hidden, or outside the hours in which anybody could come.

    `cells` holds a row of 24 hours for each day from Monday, `days` and `hours` their sums by
    weekday and by hour of the day, `total` all of them. The sums are of `within`, the hours of the
    week that could hold anybody.
    """

    cells: tuple[Row, ...]
    days: Row
    hours: Row
    total: int | None
    within: frozenset[int]


def hour_of_week(moment: datetime) -> int:
    """Give the hour of the week by the clock in Stockholm: 0 is Monday 00-01, 167 Sunday 23-24."""
    local = moment.astimezone(STOCKHOLM)
    return local.weekday() * HOURS + local.hour


def by_hour(counts: Mapping[tuple[str, str, str, int], int], kind: str) -> dict[int, int]:
    """Add up the counts of one kind, all quarters and channels, by hour of the week."""
    added = dict.fromkeys(WEEK, 0)
    for (_, its_kind, _, hour), n in counts.items():
        if its_kind == kind:
            added[hour] += n
    return added


def week(counts: Mapping[int, int], *, within: Collection[int] = WEEK) -> Week:
    """Give what may be shown of counts by hour of the week.

    `within` are the hours in which anybody could come at all, such as those that were open:
    everybody knows that the others are nought, so they protect nobody and take no part. An hour
    that has counts all the same takes part too.
    """
    there = frozenset(within) | {hour for hour, n in counts.items() if n}
    all_counts = _with_sums(counts, there)
    hidden = concealed(all_counts, _sums(there))

    def shown(key: _Key) -> int | None:
        return None if key in hidden else all_counts.get(key)

    return Week(
        cells=tuple(
            tuple(shown(("cell", day * HOURS + hour)) for hour in range(HOURS))
            for day in range(DAYS)
        ),
        days=tuple(shown(("day", day)) for day in range(DAYS)),
        hours=tuple(shown(("hour", hour)) for hour in range(HOURS)),
        total=shown(_TOTAL),
        within=there,
    )


def _with_sums(counts: Mapping[int, int], there: Iterable[int]) -> dict[_Key, int]:
    found: dict[_Key, int] = {_TOTAL: 0}
    for hour in there:
        n = counts.get(hour, 0)
        found["cell", hour] = n
        for key in (("day", hour // HOURS), ("hour", hour % HOURS), _TOTAL):
            found[key] = found.get(key, 0) + n
    return found


def _sums(there: Collection[int]) -> list[Sum[_Key]]:
    """Each day and each hour of the day is the sum of its cells, and the week the sum of both."""
    days, hours = sorted({h // HOURS for h in there}), sorted({h % HOURS for h in there})
    return [
        *(Sum(("day", d), _cells(h for h in there if h // HOURS == d)) for d in days),
        *(Sum(("hour", o), _cells(h for h in there if h % HOURS == o)) for o in hours),
        Sum(_TOTAL, tuple(("day", day) for day in days)),
        Sum(_TOTAL, tuple(("hour", hour) for hour in hours)),
    ]


def _cells(hours: Iterable[int]) -> tuple[_Key, ...]:
    return tuple(("cell", hour) for hour in sorted(hours))
