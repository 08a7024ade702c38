from bot.settings import SHIPPED_SERVICE_FILE
from bot.shipped import read_line
from flows.opening_days import days, opening_days

LINE = read_line(SHIPPED_SERVICE_FILE)
"""Open on Mondays, Tuesdays and Fridays."""


def test_every_day_of_the_months_is_given_also_across_a_year() -> None:
    found = [f"{day}" for day in days("2025-12", "2026-02")]
    assert (found[0], found[-1], len(found)) == ("2025-12-01", "2026-02-28", 31 + 31 + 28)


def test_only_days_with_an_open_channel_count_and_holidays_do_not() -> None:
    assert opening_days(LINE, "2026-11", "2026-11") == 13
    assert opening_days(LINE, "2026-12", "2026-12") == 12, "Christmas Day is a Friday"


def test_a_line_that_never_closes_is_open_every_day() -> None:
    assert opening_days(LINE.always_open(), "2026-01", "2026-12") == 365
