"""An honest word about the wait."""

from datetime import datetime
from math import ceil

STEP = 5
"""Minutes: nobody can promise a wait more finely than this."""


def wait_minutes(*, ahead: int, slots: int, talks: int, talk_minutes: int) -> int:
    """How long somebody with `ahead` people before them may expect to wait, in minutes.

    0 when a slot is free for them; else the time until enough talks have ended, if each of the
    `slots` (counsellors present, times talks each) is freed once every `talk_minutes`. Rounded up
    to whole steps of five.
    """
    free = max(0, slots - talks)
    if ahead < free:
        return 0
    to_end = ahead - free + 1
    return ceil(to_end * talk_minutes / max(1, slots) / STEP) * STEP


def whole_minutes(since: datetime, now: datetime) -> int:
    """Whole minutes gone by; never less than none, also when a clock was set back."""
    return max(0, int((now - since).total_seconds() // 60))
