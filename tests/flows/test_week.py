"""The week by the hour tells when people come, and never that somebody did."""

from datetime import datetime

import pytest

from flows.week import WEEK, Week, by_hour, hour_of_week, shown_week, week
from tests.cast import MONDAY_EVENING, MONDAY_MORNING, STOCKHOLM, WEDNESDAY

MONDAY, TUESDAY = 0, 24
OFFICE = [day + hour for day in (MONDAY, TUESDAY, 4 * 24) for hour in range(8, 16)]


def counts(**by_hour: int) -> dict[int, int]:
    """Give counts by names such as mon10."""
    days = {"mon": MONDAY, "tue": TUESDAY, "fri": 4 * 24}
    return {days[name[:3]] + int(name[3:]): n for name, n in by_hour.items()}


def shown(released: Week) -> dict[int, int]:
    cells = [n for row in released.cells for n in row]
    return {hour: n for hour, n in enumerate(cells) if n is not None}


@pytest.mark.parametrize(
    ("moment", "hour"),
    [
        (MONDAY_MORNING, 10),
        (MONDAY_EVENING, 19),
        (WEDNESDAY, 2 * 24 + 10),
        (datetime(2026, 11, 22, 23, 59, tzinfo=STOCKHOLM), 167),
        (datetime(2026, 11, 23, 0, 0, tzinfo=STOCKHOLM), 0),
    ],
)
def test_hours_are_counted_from_monday_midnight(moment: datetime, hour: int) -> None:
    assert hour_of_week(moment) == hour


def test_quarters_and_channels_are_added_up_and_kinds_are_not() -> None:
    counted = {
        ("2026-Q3", "arrived", "web", 10): 2,
        ("2026-Q4", "arrived", "phone", 10): 3,
        ("2026-Q4", "knocked", "web", 10): 40,
    }
    assert by_hour(counted, "arrived") == {**dict.fromkeys(WEEK, 0), 10: 5}


def test_a_week_has_seven_rows_of_twenty_four_hours_and_their_sums() -> None:
    released = week(counts(mon10=9, mon11=8, tue10=7, tue11=6))
    assert [len(row) for row in released.cells] == [24] * 7
    assert (len(released.days), len(released.hours)) == (7, 24)
    assert released.cells[0][10:12] == (9, 8)
    assert released.days[:2] == (17, 13)
    assert released.hours[10:12] == (16, 14)
    assert released.total == 30


def test_few_and_nobody_look_alike() -> None:
    released = week(counts(mon10=50, mon11=4, mon12=3, tue11=4, tue12=5, tue13=60), within=OFFICE)
    assert released.cells[0][11] is released.cells[0][9] is None
    assert 0 not in shown(released).values()
    assert min(shown(released).values()) >= 5


def test_one_hidden_hour_takes_others_with_it_where_closed_hours_are_known_to_be_nought() -> None:
    full = dict.fromkeys(OFFICE, 20)
    released = week({**full, 10: 3}, within=OFFICE)
    hidden = set(OFFICE) - set(shown(released))
    assert 10 in hidden
    if released.days[0] is not None:
        assert len([hour for hour in hidden if hour < TUESDAY]) > 1
    if released.hours[10] is not None:
        assert len([hour for hour in hidden if hour % 24 == 10]) > 1


def test_hours_that_are_closed_do_not_count_as_company_for_hidden_ones() -> None:
    counted = {hour: 20 + hour for hour in OFFICE}
    counted |= dict.fromkeys((MONDAY + 9, MONDAY + 10, TUESDAY + 9, TUESDAY + 10), 4)
    released = week(counted, within=OFFICE)
    hidden = set(OFFICE) - set(shown(released))
    four_each = released.days[0] is not None and len([h for h in hidden if h < TUESDAY]) == 2
    assert not four_each, "two that are under five and eight together are four each"


def test_hidden_hours_of_a_day_whose_sum_is_shown_hold_at_least_five_together() -> None:
    full = dict.fromkeys(OFFICE, 20)
    counted = {**full, 9: 1, 10: 3}
    released = week(counted, within=OFFICE)
    seen = shown(released)
    for day, total in enumerate(released.days):
        hours = [hour for hour in OFFICE if hour // 24 == day]
        rest = sum(counted[hour] for hour in hours if hour not in seen)
        assert total is None or rest == 0 or rest >= 5


def test_an_hour_outside_those_expected_that_has_counts_takes_part_all_the_same() -> None:
    released = week({**dict.fromkeys(OFFICE, 20), 20: 7}, within=OFFICE)
    assert released.cells[0][20] == 7
    assert released.days[0] == 8 * 20 + 7


def test_a_week_with_hardly_anybody_shows_nothing() -> None:
    released = week(counts(mon10=2, fri9=2), within=OFFICE)
    assert shown(released) == {}
    assert released.total is None
    assert not any((*released.days, *released.hours))


def test_nobody_at_all_looks_like_hardly_anybody() -> None:
    assert week({}, within=OFFICE) == week(counts(mon10=2, fri9=2), within=OFFICE)


def test_hours_that_would_mostly_be_hidden_are_counted_three_by_three() -> None:
    few = dict.fromkeys(OFFICE, 3)
    assert week(few, within=OFFICE).cells[0][9] is None
    released = shown_week(few, within=OFFICE)
    assert [len(row) for row in released.cells] == [8] * 7
    assert released.clock(3) == (9, 12)
    assert released.cells[0][3] == 9
    assert released.total == 3 * len(OFFICE)


def test_hours_of_which_most_are_shown_stay_single_and_so_do_those_of_nobody() -> None:
    many = dict.fromkeys(OFFICE, 20)
    assert shown_week(many, within=OFFICE) == week(many, within=OFFICE)
    one_hour = {9: 26}
    assert shown_week(one_hour, within=OFFICE) == week(one_hour, within=OFFICE)


def test_blocks_hide_few_as_hours_do() -> None:
    counted = {**dict.fromkeys(OFFICE, 3), 9: 1, 10: 0, 11: 1}
    released = week(counted, within=OFFICE, width=3)
    assert released.cells[0][3] is None
    seen = [n for row in released.cells for n in row if n is not None]
    assert min(seen) >= 5
    if released.days[0] is not None:
        assert released.cells[0].count(None) > 8 - 3 + 1, "another block of that day is hidden too"
