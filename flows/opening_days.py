"""On how many days the line was open (pure)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from flows.hours import hours_on
from flows.line import CHANNELS, Line


def opening_days(line: Line, first: str, last: str) -> int:
    """Count the days of the months from `first` to `last` (as 2026-11) with any channel open."""
    return sum(
        any(hours_on(line, channel, day) for channel in CHANNELS) for day in days(first, last)
    )


def days(first: str, last: str) -> Iterator[date]:
    """Give every day of the months from `first` to `last`, both included."""
    year, month = map(int, last.split("-"))
    day = date.fromisoformat(f"{first}-01")
    end = date(year, month, monthrange(year, month)[1])
    while day <= end:
        yield day
        day += timedelta(days=1)
