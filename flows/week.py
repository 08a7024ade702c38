"""The week by the hour: how many came in each of its 168 hours, and what of that may be shown.

Only whole closed quarters are counted (`flows.periods`), and an hour under five is hidden together
with whatever would tell how many it was. Hours of which most would be hidden are counted by the
block of three instead. Of one span only one of the two is shown. A span that overlaps it may be
shown in the other way, and the two can be subtracted from each other.
"""

from collections import Counter
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

BLOCK = 3
"""So many hours are counted together where single ones would mostly be hidden."""
MOSTLY = 1 / 2
"""What part of the hours must be hidden for that."""

Row: TypeAlias = tuple[int | None, ...]

_Key: TypeAlias = tuple[str, int]

_TOTAL: _Key = ("week", 0)


@dataclass(frozen=True, slots=True)
class Week:
    """Counts by the hour, or by blocks of `width` hours; None is hidden, or could hold nobody.

    `cells` holds a row of 24 hours, or of fewer blocks, for each day from Monday, `days` and
    `hours` their sums by weekday and by hour or block of the day, `total` all of them. The sums are
    of `within`, the hours or blocks of the week, counted from Monday, that could hold anybody.
    """

    cells: tuple[Row, ...]
    days: Row
    hours: Row
    total: int | None
    within: frozenset[int]
    width: int = 1

    @property
    def a_day(self) -> int:
        """How many hours or blocks a day has."""
        return HOURS // self.width

    @property
    def is_mostly_hidden(self) -> bool:
        """Tell whether most of it is hidden, and holds anybody for all that is shown."""
        shown = [n for row in self.cells for n in row if n is not None]
        return sum(shown) != self.total and len(shown) < MOSTLY * len(self.within)

    def clock(self, of_day: int) -> tuple[int, int]:
        """Give the hours at which an hour or block of the day begins and ends."""
        return of_day * self.width, (of_day + 1) * self.width


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


def shown_week(counts: Mapping[int, int], *, within: Collection[int]) -> Week:
    """Give the week by the hour, or by the block where most of its hours would be hidden."""
    by_hour = week(counts, within=within)
    return week(counts, within=within, width=BLOCK) if by_hour.is_mostly_hidden else by_hour


def week(by_hour: Mapping[int, int], *, within: Iterable[int] = WEEK, width: int = 1) -> Week:
    """Give what may be shown of counts by hour of the week, in blocks of `width` hours.

    `within` are the hours in which anybody could come at all, such as those that were open:
    everybody knows that the others are nought, so they protect nobody and take no part. An hour
    that has counts all the same takes part too.
    """
    counts, a_day = Counter[int](), HOURS // width
    for hour, n in by_hour.items():
        counts[hour // width] += n
    there = frozenset(hour // width for hour in within) | {at for at, n in counts.items() if n}
    all_counts = _with_sums(counts, there, a_day)
    hidden = concealed(all_counts, _sums(there, a_day))

    def shown(key: _Key) -> int | None:
        return None if key in hidden else all_counts.get(key)

    return Week(
        cells=tuple(
            tuple(shown(("cell", day * a_day + at)) for at in range(a_day)) for day in range(DAYS)
        ),
        days=tuple(shown(("day", day)) for day in range(DAYS)),
        hours=tuple(shown(("hour", at)) for at in range(a_day)),
        total=shown(_TOTAL),
        within=there,
        width=width,
    )


def _with_sums(counts: Mapping[int, int], there: Iterable[int], a_day: int) -> dict[_Key, int]:
    found: dict[_Key, int] = {_TOTAL: 0}
    for at in there:
        n = counts.get(at, 0)
        found["cell", at] = n
        for key in (("day", at // a_day), ("hour", at % a_day), _TOTAL):
            found[key] = found.get(key, 0) + n
    return found


def _sums(there: Collection[int], a_day: int) -> list[Sum[_Key]]:
    """Each day and each hour of the day is the sum of its cells, and the week the sum of both."""
    days, hours = sorted({at // a_day for at in there}), sorted({at % a_day for at in there})
    return [
        *(Sum(("day", d), _cells(at for at in there if at // a_day == d)) for d in days),
        *(Sum(("hour", o), _cells(at for at in there if at % a_day == o)) for o in hours),
        Sum(_TOTAL, tuple(("day", day) for day in days)),
        Sum(_TOTAL, tuple(("hour", hour) for hour in hours)),
    ]


def _cells(some: Iterable[int]) -> tuple[_Key, ...]:
    return tuple(("cell", at) for at in sorted(some))
