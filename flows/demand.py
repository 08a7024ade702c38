"""How many come in an hour of the week, worked out from nothing but what may be shown.

Hours that were counted by the block are taken to be alike. Where a count is hidden, hours that are
hidden together are taken as one: the same hour of the day on all days, or, where the sum of those
is hidden too, all such hours of the day. Nobody is lost or counted twice, and all of it follows
from a released `Week`, so it tells no more than that.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from flows.effects import HourKind
from flows.hours import hours_on
from flows.line import CHANNELS, DAY_MINUTES, Line
from flows.staffing import MINUTES
from flows.week import DAYS, HOURS, WEEK, Week, by_hour, shown_week

Exposure = npt.NDArray[np.float64]
"""For each hour of the week, how many hours of time it lasted in all."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many come in such an hour; `is_pooled`: taken together with other hours."""

    per_hour: float
    is_pooled: bool


def all_hours(days: Iterable[date]) -> Exposure:
    """Give how often each hour of the week came in these days."""
    found = np.zeros((DAYS, HOURS))
    for day in days:
        found[day.weekday()] += 1
    return found.ravel()


def open_hours(line: Line, days: Iterable[date]) -> Exposure:
    """Give how long the line was open, by phone or chat, in each hour of the week."""
    found = np.zeros((DAYS, HOURS))
    for day in days:
        is_open = np.zeros(DAY_MINUTES, np.bool_)
        for interval in (each for channel in CHANNELS for each in hours_on(line, channel, day)):
            is_open[interval.opens : interval.closes] = True
        found[day.weekday()] += is_open.reshape(HOURS, MINUTES).mean(axis=1)
    return found.ravel()


def times(line: Line, days: Collection[date]) -> dict[HourKind, Exposure]:
    """Give the time in which people could arrive, and in which they could only knock."""
    opened = open_hours(line, days)
    return {"arrived": opened, "knocked": all_hours(days) - opened}


def released(
    counts: Mapping[tuple[str, str, str, int], int], kind: HourKind, exposure: Exposure
) -> Week:
    """Give the week of one kind as it may be shown, wherever it is shown."""
    return shown_week(by_hour(counts, kind), within=[hour for hour in WEEK if exposure[hour] > 0])


def rates(shown: Week, exposure: Exposure) -> dict[int, Rate]:
    """Give how many come in each hour of the week that has any time; without what cannot be said.

    The week's counts were made during `exposure`.
    """
    of_blocks = exposure.reshape(-1, shown.width).sum(axis=1)
    found = {at: _rate(shown, of_blocks, at) for at in shown.within if of_blocks[at] > 0}
    hours = ((hour, found.get(hour // shown.width)) for hour in WEEK if exposure[hour] > 0)
    return {hour: rate for hour, rate in hours if rate}


def mean_rate(shown: Week, exposure: Exposure) -> float | None:
    """Give how many come in an hour in general; None when that cannot be said."""
    if shown.total is None or not exposure.any():
        return None
    return shown.total / float(exposure.sum())


def span(weekday: int, opens: int, closes: int) -> dict[int, float]:
    """Give how much of each hour of the week lies between two times (minutes) of a weekday."""
    shares = {}
    for hour in range(HOURS):
        start = hour * MINUTES
        minutes = min(closes, start + MINUTES) - max(opens, start)
        if minutes > 0:
            shares[weekday * HOURS + hour] = minutes / MINUTES
    return shares


def mean_over(shares: Mapping[int, float], rates: Mapping[int, Rate]) -> float:
    """Give how many come in an hour of a span; an hour that nothing can be said of counts none."""
    came = sum(share * rates[hour].per_hour for hour, share in shares.items() if hour in rates)
    return came / sum(shares.values())


def _rate(shown: Week, exposure: Exposure, at: int) -> Rate | None:
    """Tell of one hour or block of the week."""
    n = _cell(shown, at)
    if n is not None:
        return Rate(n / float(exposure[at]), is_pooled=shown.width > 1)
    of_days, came = _alike(shown, at % shown.a_day)
    if came is None:
        return None
    there = [day * shown.a_day + of_day for of_day in of_days for day in range(DAYS)]
    hidden = [each for each in there if _cell(shown, each) is None]
    rest = came - sum(_cell(shown, each) or 0 for each in there)
    return Rate(rest / float(exposure[hidden].sum()), is_pooled=True)


def _alike(shown: Week, of_day: int) -> tuple[Sequence[int], int | None]:
    """Give the hours of the day that are taken together with one, and how many came in them."""
    came = shown.hours[of_day]
    if came is not None or shown.total is None:
        return [of_day], came
    told = sum(n for n in shown.hours if n is not None)
    return [each for each, n in enumerate(shown.hours) if n is None], shown.total - told


def _cell(shown: Week, at: int) -> int | None:
    return shown.cells[at // shown.a_day][at % shown.a_day]
