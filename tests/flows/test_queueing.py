from datetime import timedelta

import pytest

from flows.queueing import wait_minutes, whole_minutes
from tests.cast import MONDAY_MORNING


@pytest.mark.parametrize(
    ("ahead", "slots", "talks", "minutes"),
    [
        (0, 2, 0, 0),
        (1, 2, 0, 0),
        (2, 2, 0, 25),
        (0, 2, 2, 25),
        (1, 2, 2, 45),
        (0, 4, 4, 15),
        (3, 4, 4, 45),
        (0, 2, 3, 25),
        (0, 0, 0, 45),
    ],
)
def test_the_wait_follows_from_who_is_ahead_and_how_many_can_be_met(
    ahead: int, slots: int, talks: int, minutes: int
) -> None:
    assert wait_minutes(ahead=ahead, slots=slots, talks=talks, talk_minutes=45) == minutes


def test_one_more_ahead_never_makes_the_wait_shorter() -> None:
    waits = [wait_minutes(ahead=n, slots=3, talks=2, talk_minutes=45) for n in range(20)]
    assert waits == sorted(waits)


def test_the_wait_is_told_in_steps_of_five_minutes() -> None:
    waits = {wait_minutes(ahead=n, slots=3, talks=3, talk_minutes=41) for n in range(20)}
    assert {wait % 5 for wait in waits} == {0}


def test_minutes_are_whole_and_a_clock_set_back_gives_none() -> None:
    assert whole_minutes(MONDAY_MORNING, MONDAY_MORNING + timedelta(seconds=119)) == 1
    assert whole_minutes(MONDAY_MORNING, MONDAY_MORNING - timedelta(hours=1)) == 0
