"""The one clock of the program."""

from datetime import datetime

from flows.stockholm import STOCKHOLM


def wall_clock() -> datetime:
    """Tell what time it is in Stockholm."""
    return datetime.now(STOCKHOLM)
