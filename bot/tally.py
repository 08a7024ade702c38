"""Counts that are tied to nobody: look-ups by county and month, arrivals by hour of the week."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Generic, TypeAlias, TypeVar

from flows.effects import HourKind
from flows.periods import quarter_of
from flows.stockholm import month_of
from flows.week import hour_of_week

Counts: TypeAlias = Mapping[tuple[str, str], int]
"""By month, as 2026-11, and the county's code."""

Key = TypeVar("Key")


class Pile(Generic[Key]):
    """Counts that are not written down yet. They wait together, so that no moment is kept."""

    def __init__(self) -> None:
        self._counts: Counter[Key] = Counter()

    def add(self, keys: Iterable[Key]) -> None:
        self._counts.update(keys)

    def take(self) -> Mapping[Key, int]:
        """Give what has been counted since the last time, and begin anew."""
        counted, self._counts = self._counts, Counter()
        return counted

    def give_back(self, counts: Mapping[Key, int]) -> None:
        """Count again what could not be written down."""
        self._counts.update(counts)


class Tally:
    """What is counted while the service runs, until it is written down."""

    def __init__(self) -> None:
        self.look_ups: Pile[tuple[str, str]] = Pile()
        """By month and county."""
        self.hours: Pile[tuple[str, str, str, int]] = Pile()
        """By quarter, kind, channel and hour of the week."""

    def note(self, counties: Iterable[str], now: datetime) -> None:
        """Note that help was looked up in these counties."""
        month = month_of(now)
        self.look_ups.add((month, county) for county in counties)

    def note_hours(self, came: Iterable[tuple[HourKind, str]], now: datetime) -> None:
        """Note who came just now, each by kind and channel."""
        quarter, hour = quarter_of(now).name, hour_of_week(now)
        self.hours.add((quarter, kind, channel, hour) for kind, channel in came)
