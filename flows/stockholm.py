"""The time zone of the line, and its calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def date_of(moment: datetime) -> date:
    """Give the day of a moment, by the calendar in Stockholm."""
    return moment.astimezone(STOCKHOLM).date()


def month_of(moment: datetime) -> str:
    """Give the month of a moment, as 2026-11, by the calendar in Stockholm."""
    return f"{date_of(moment):%Y-%m}"
