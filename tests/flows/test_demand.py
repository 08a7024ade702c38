"""How many come in an hour: from what may be shown, by the time that the line was open."""

import random
from datetime import date, timedelta

import pytest

from flows.demand import Rate, all_hours, mean_over, mean_rate, open_hours, rates, span
from flows.line import Line
from flows.week import BLOCK, WEEK, week
from tests.bot.houses import line

FOUR_WEEKS = [date(2026, 9, 7) + timedelta(days=n) for n in range(28)]
"""From a Monday, without a holiday."""

MONDAY, TUESDAY, FRIDAY = 0, 24, 4 * 24


def always() -> Line:
    return line().always_open()


def test_every_hour_of_the_week_comes_once_a_week() -> None:
    assert (all_hours(FOUR_WEEKS) == 4).all()


def test_an_hour_counts_for_as_long_as_the_line_was_open_in_it() -> None:
    opened = open_hours(line(), FOUR_WEEKS)
    assert opened[MONDAY + 8] == 4 / 2, "from half past eight"
    assert opened[MONDAY + 9] == opened[FRIDAY + 15] == 4
    assert opened[MONDAY + 16] == opened[2 * 24 + 10] == 0
    assert opened.sum() == 4 * 3 * 7.5


def test_a_holiday_is_no_open_day() -> None:
    good_friday = date(2026, 4, 3)
    assert open_hours(line(), [good_friday]).sum() == 0
    assert open_hours(always(), [good_friday]).sum() == 24


def test_arrivals_are_by_open_hour() -> None:
    opened = open_hours(line(), FOUR_WEEKS)
    within = [hour for hour in WEEK if opened[hour]]
    found = rates(week(dict.fromkeys(within, 8), within=within), opened)
    assert found[MONDAY + 9] == Rate(8 / 4, is_pooled=False)
    assert found[MONDAY + 8] == Rate(8 / 2, is_pooled=False)
    assert MONDAY + 16 not in found


def test_hours_with_few_are_taken_together_with_the_same_hour_of_other_days() -> None:
    counts = {
        day + hour: 20 + day + hour for day in (MONDAY, TUESDAY, FRIDAY) for hour in range(9, 16)
    }
    counts |= {MONDAY + 9: 2, TUESDAY + 9: 4, FRIDAY + 9: 6}
    opened = open_hours(line(), FOUR_WEEKS)
    released = week(counts, within=list(counts))
    assert released.hours[9] == 12
    found = rates(released, opened)
    assert found[MONDAY + 9] == found[TUESDAY + 9] == Rate(6 / 8, is_pooled=True)
    assert found[MONDAY + 11] == Rate(31 / 4, is_pooled=False)


def test_where_even_that_is_hidden_all_such_hours_are_taken_together() -> None:
    opened = open_hours(line(), FOUR_WEEKS)
    within = [hour for hour in WEEK if opened[hour]]
    released = week(dict.fromkeys(within[:6], 1), within=within)
    assert released.total == 6
    assert set(rates(released, opened).values()) == {Rate(6 / opened.sum(), is_pooled=True)}


@pytest.mark.parametrize("width", [1, BLOCK])
@pytest.mark.parametrize("seed", range(20))
def test_nobody_is_lost_or_counted_twice_when_hours_are_taken_together(
    seed: int, width: int
) -> None:
    chance = random.Random(seed)
    counts = {hour: chance.choice((0, 0, 1, 3, 8, 20)) for hour in WEEK}
    opened = open_hours(always(), FOUR_WEEKS)
    found = rates(week(counts, width=width), opened)
    came = sum(rate.per_hour * opened[hour] for hour, rate in found.items())
    assert came == pytest.approx(sum(counts.values()))


def test_the_hours_of_a_block_are_taken_to_be_alike() -> None:
    opened = open_hours(line(), FOUR_WEEKS)
    within = [hour for hour in WEEK if opened[hour]]
    found = rates(week({MONDAY + 9: 30, MONDAY + 12: 6}, within=within, width=BLOCK), opened)
    assert found[MONDAY + 9] == found[MONDAY + 11] == Rate(30 / (3 * 4), is_pooled=True)
    assert MONDAY + 16 not in found


def test_too_few_in_the_whole_week_say_nothing() -> None:
    opened = open_hours(line(), FOUR_WEEKS)
    hardly_any = week({MONDAY + 9: 4}, within=[hour for hour in WEEK if opened[hour]])
    assert rates(hardly_any, opened) == {}
    assert mean_rate(hardly_any, opened) is None


def test_the_mean_is_of_all_open_time() -> None:
    opened = open_hours(line(), FOUR_WEEKS)
    released = week({MONDAY + 9: 90, TUESDAY + 9: 45})
    assert mean_rate(released, opened) == 135 / 90


def test_a_span_takes_its_part_of_each_hour() -> None:
    half_past_six, nine = 18 * 60 + 30, 21 * 60
    assert span(1, half_past_six, nine) == {TUESDAY + 18: 0.5, TUESDAY + 19: 1.0, TUESDAY + 20: 1.0}


def test_the_mean_of_a_span_goes_by_the_time_and_an_unknown_hour_counts_none() -> None:
    known = {18: Rate(4, is_pooled=False), 19: Rate(1, is_pooled=True)}
    assert mean_over({18: 0.5, 19: 1.0, 20: 0.5}, known) == (0.5 * 4 + 1) / 2
