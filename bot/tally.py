"""How often help was looked up in each county and month, and nothing else of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeAlias

from flows.hours import STOCKHOLM

Counts: TypeAlias = Mapping[tuple[str, str], int]
"""By month, as 2026-11, and the county's code."""


class Tally:
    """Counts that are not written down yet. They wait together, so that no moment is kept."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def note(self, counties: Iterable[str], now: datetime) -> None:
        month = f"{now.astimezone(STOCKHOLM):%Y-%m}"
        self._counts.update((month, county) for county in counties)

    def take(self) -> Counts:
        """Give what has been counted since the last time, and begin anew."""
        counted, self._counts = self._counts, Counter()
        return counted

    def give_back(self, counts: Counts) -> None:
        """Count again what could not be written down."""
        self._counts.update(counts)
