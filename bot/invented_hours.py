"""Invented counts by hour of the week for the demo: when people came, and when they knocked."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping

from flows.demand import Exposure, all_hours, open_hours
from flows.line import Line
from flows.periods import Quarter
from flows.week import HOURS, WEEK

ARRIVED = 210
"""Who come in an ordinary quarter, after 858 in the year 2023."""

KNOCKED = 160
"""Who want to talk in an ordinary quarter when the line is closed."""

_CHANNELS: Mapping[str, float] = {"phone": 58, "web": 29, "telegram": 13}
_WRITTEN: Mapping[str, float] = {"web": 29, "telegram": 13}
"""Nobody can knock by telephone: nothing of ours answers there."""

_BY_HOUR = (2, 1, 1, 1, 1, 1, 2, 3, 6, 9, 10, 9, 8, 9, 9, 8, 8, 8, 9, 11, 12, 11, 8, 4)
"""How likely people are to seek help in each hour of the day."""


def invent_hours(
    line: Line, quarters: Iterable[Quarter], chance: random.Random
) -> dict[tuple[str, str, str, int], int]:
    """Invent the counts of whole quarters, by quarter, kind, channel and hour of the week.

    The same quarters and the same state of `chance` give the same counts.
    """
    counts: Counter[tuple[str, str, str, int]] = Counter()
    for quarter in quarters:
        opened = open_hours(line, quarter.days)
        came = _drawn(chance, ARRIVED, opened, _CHANNELS)
        counts.update((quarter.name, "arrived", *each) for each in came)
        knocked = _drawn(chance, KNOCKED, all_hours(quarter.days) - opened, _WRITTEN)
        counts.update((quarter.name, "knocked", *each) for each in knocked)
    return dict(counts)


def _drawn(
    chance: random.Random, n: int, exposure: Exposure, channels: Mapping[str, float]
) -> Iterable[tuple[str, int]]:
    """Draw about so many, each by channel and hour of the week."""
    weights = [time * _BY_HOUR[hour % HOURS] for hour, time in zip(WEEK, exposure, strict=True)]
    how_many = round(chance.gauss(n, n / 10))
    hours = chance.choices(WEEK, weights, k=how_many)
    ways = chance.choices(list(channels), list(channels.values()), k=how_many)
    return zip(ways, hours, strict=True)
