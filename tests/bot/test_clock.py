from datetime import UTC, timedelta

from bot.clock import today, wall_clock
from flows.stockholm import date_of


def test_what_goes_by_is_counted_right_when_clocks_change() -> None:
    """Python subtracts what the clocks show, unless they are those of a zone that never changes."""
    now = wall_clock()
    assert now.tzinfo is UTC
    assert date_of(now) - today() <= timedelta(days=1)
