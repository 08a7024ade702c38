from datetime import datetime

import pytest

from flows.periods import Quarter, open_month, quarters
from tests.cast import STOCKHOLM


@pytest.mark.parametrize(
    ("day", "month"),
    [((2026, 11, 16), "2026-11"), ((2026, 12, 2), "2026-11"), ((2026, 12, 3), "2026-12")],
)
def test_a_month_is_open_until_no_form_of_it_can_be_left(
    day: tuple[int, int, int], month: str
) -> None:
    assert open_month(datetime(*day, tzinfo=STOCKHOLM)) == month


def test_a_quarter_has_three_months_and_closes_with_the_last() -> None:
    third = Quarter(2026, 3)
    assert third.months == ("2026-07", "2026-08", "2026-09")
    assert not third.is_closed(datetime(2026, 10, 2, tzinfo=STOCKHOLM))
    assert third.is_closed(datetime(2026, 10, 3, tzinfo=STOCKHOLM))


def test_the_quarters_of_a_year_share_no_month_and_leave_none_out() -> None:
    months = [month for quarter in quarters(2026) for month in quarter.months]
    assert months == [f"2026-{month:02}" for month in range(1, 13)]
