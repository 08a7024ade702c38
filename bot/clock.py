"""The one clock of the program."""

from datetime import UTC, date, datetime

from flows.stockholm import date_of


def wall_clock() -> datetime:
    """Tell what time it is, in UTC.

    Between two moments of a zone whose clocks change Python counts what the clocks showed, not
    the time that went by.
    """
    return datetime.now(UTC)


def today() -> date:
    """Tell what day it is in Stockholm."""
    return date_of(wall_clock())
