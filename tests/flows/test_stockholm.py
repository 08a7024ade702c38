from datetime import UTC, datetime

from flows.stockholm import date_of, month_of


def test_the_month_is_the_one_on_the_wall_in_stockholm() -> None:
    assert month_of(datetime(2026, 10, 31, 22, 59, tzinfo=UTC)) == "2026-10"
    assert month_of(datetime(2026, 10, 31, 23, 0, tzinfo=UTC)) == "2026-11"


def test_the_day_begins_an_hour_earlier_in_summer() -> None:
    assert f"{date_of(datetime(2026, 6, 30, 22, 0, tzinfo=UTC))}" == "2026-07-01"
    assert f"{date_of(datetime(2026, 12, 31, 22, 0, tzinfo=UTC))}" == "2026-12-31"
