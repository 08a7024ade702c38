"""What the figures of a report are held against: other periods, other lines, inhabitants, days.

Everything is worked out from shown numbers only, so that it tells no more than they do.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from flows.counting import months
from flows.report import Cell, Report
from flows.rounding import to_decimals

A_HUNDRED_THOUSAND = 100_000

A_YEAR = 12
"""Months."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Contacts a month, with one decimal; and of 100,000 inhabitants, with two."""

    per_month: float
    per_100_000: float


@dataclass(frozen=True, slots=True)
class Line:
    """Another line, or this one at another time, and whose figures they are."""

    name: str
    per_month: int
    inhabitants: int
    source: str

    @property
    def rate(self) -> Rate:
        return _rate(self.per_month, 1, self.inhabitants)


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """How many live where this line answers."""

    name: str
    number: int
    date: date
    source: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What `reference.toml` says."""

    inhabitants: Inhabitants
    lines: tuple[Line, ...]

    @classmethod
    def parse(cls, toml_text: str) -> Self:
        document = tomllib.loads(toml_text)
        lines = tuple(Line(**each) for each in document["line"])
        return cls(Inhabitants(**document["inhabitants"]), lines)


def counties(report: Report) -> Mapping[str, Cell]:
    """Give the contacts of each county, by its code; the base is in the table of the question."""
    return report.groups["all"].questions["county"].answers


def rate(contacts: int | None, *, months: int, inhabitants: int) -> Rate | None:
    """Give contacts a month, in all and of 100,000 inhabitants; None where they are hidden."""
    return None if contacts is None else _rate(contacts, months, inhabitants)


def per_opening_day(contacts: int | None, *, days: int) -> float | None:
    """Give contacts a day on which the line was open, with one decimal; None without any."""
    return None if contacts is None or not days else to_decimals(contacts, days, 1)


def change(now: int | None, before: int | None) -> float | None:
    """Give the change in percent, with one decimal; None where a number is hidden or none was."""
    if now is None or not before:
        return None
    return to_decimals(100 * (now - before), before, 1)


def period_before(first: str, last: str) -> tuple[str, str]:
    """Give the first and last of as many months, just before `first`."""
    return _moved(first, last, len(months(first, last)))


def a_year_before(first: str, last: str) -> tuple[str, str]:
    """Give the same months of the year before."""
    return _moved(first, last, A_YEAR)


def _moved(first: str, last: str, back: int) -> tuple[str, str]:
    return _earlier(first, back), _earlier(last, back)


def _earlier(month: str, back: int) -> str:
    at = A_YEAR * int(month[:4]) + int(month[5:]) - 1 - back
    return f"{at // A_YEAR:04}-{at % A_YEAR + 1:02}"


def _rate(contacts: int, months: int, inhabitants: int) -> Rate:
    return Rate(
        to_decimals(contacts, months, 1),
        to_decimals(contacts * A_HUNDRED_THOUSAND, months * inhabitants, 2),
    )
