from datetime import datetime, timedelta

import pytest

from flows.states import Closing, Deciding, Erasing, Menu, Open, Seeking, Talking, Waiting
from flows.timers import due, limit
from tests.cast import ANNA, MONDAY_MORNING
from tests.fakes import stay, world

TIMERS = world().line.timers
WROTE = MONDAY_MORNING + timedelta(hours=1)
TOLD = MONDAY_MORNING + timedelta(minutes=90)
STAY = stay(touched=WROTE)


def after(moment: datetime, *, minutes: float) -> datetime:
    return moment + timedelta(minutes=minutes)


@pytest.mark.parametrize("state", [Menu(STAY), Seeking(STAY), Deciding(STAY)])
def test_a_menu_that_nobody_touches_rings_after_half_an_hour(state: Open) -> None:
    assert due(state, TIMERS) == after(WROTE, minutes=30)


def test_who_waits_hears_from_us_every_three_minutes() -> None:
    assert due(Waiting(STAY, WROTE, TOLD), TIMERS) == after(TOLD, minutes=3)


def test_a_silent_talk_rings_twice() -> None:
    assert due(Talking(STAY, ANNA, WROTE, "d"), TIMERS) == after(WROTE, minutes=30)
    assert due(Talking(STAY, ANNA, WROTE, "d", warned=True), TIMERS) == after(WROTE, minutes=60)


def test_the_goodbye_stands_for_ten_minutes_whatever_is_tapped() -> None:
    closing = Closing(stay(touched=after(TOLD, minutes=9)), TOLD, "d")
    assert due(closing, TIMERS) == limit(closing, TIMERS) == after(TOLD, minutes=10)


def test_a_channel_has_ten_minutes_to_delete_its_copies() -> None:
    erasing = Erasing(STAY, TOLD)
    assert due(erasing, TIMERS) == limit(erasing, TIMERS) == after(TOLD, minutes=10)


@pytest.mark.parametrize(
    "state",
    [
        Menu(stay(touched=MONDAY_MORNING + timedelta(hours=11, minutes=50))),
        Waiting(STAY, WROTE, MONDAY_MORNING + timedelta(hours=11, minutes=59)),
        Talking(stay(touched=MONDAY_MORNING + timedelta(hours=11, minutes=50)), ANNA, WROTE, "d"),
    ],
)
def test_no_conversation_lasts_longer_than_twelve_hours(state: Open) -> None:
    assert due(state, TIMERS) == limit(state, TIMERS) == MONDAY_MORNING + timedelta(hours=12)
