"""Months and quarters that are closed: nothing can be added to them any more.

Counts are shown for closed quarters only, each by itself and always the same. If any span could be
chosen, a small number hidden in one month could be found by subtracting one span from another.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flows.stockholm import month_of

SETTLING = timedelta(days=2)
"""A talk may last twelve hours and its form wait a day: after two no form of the month is left."""


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter; `number` is 1 to 4."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """Write it as 2026-Q4."""
        return f"{self.year}-Q{self.number}"

    @property
    def months(self) -> tuple[str, ...]:
        """Give its three months as YYYY-MM."""
        first = 3 * self.number - 2
        return tuple(f"{self.year}-{month:02}" for month in range(first, first + 3))

    @property
    def days(self) -> tuple[date, ...]:
        first = date(self.year, 3 * self.number - 2, 1)
        after = date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)
        return tuple(first + timedelta(days=n) for n in range((after - first).days))

    def is_closed(self, now: datetime) -> bool:
        return self.months[-1] < open_month(now)


def quarter_of(moment: datetime) -> Quarter:
    """Give the quarter of a moment, by the calendar in Stockholm."""
    return quarter_with(month_of(moment))


def quarter_with(month: str) -> Quarter:
    """Give the quarter of a month, as 2026-11."""
    return Quarter(int(month[:4]), (int(month[5:]) + 2) // 3)


def open_month(now: datetime) -> str:
    """Give the first month that forms may still be filed for; all before it are closed."""
    return month_of(now - SETTLING)


def quarters(year: int) -> tuple[Quarter, ...]:
    return tuple(Quarter(year, number) for number in range(1, 5))
