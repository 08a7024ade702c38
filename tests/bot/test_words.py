from datetime import timedelta

import pytest

from bot.words import Buckets, cleaned
from tests.cast import MONDAY_MORNING


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("hej\x00 på dig", "hej på dig"),
        ("rad ett\r\nrad två\rrad tre", "rad ett\nrad två\nrad tre"),
        ("\x1b[31mröd\x07", "[31mröd"),
        ("A\u030asa", "Åsa"),
        ("halv \ud83d tecken", "halv \ufffd tecken"),
        ("helt \ud83d\ude00", "helt 😀"),
        ("سلام \u200fحال", "سلام \u200fحال"),
        ("  \n ", ""),
    ],
)
def test_words_are_kept_but_for_what_is_no_character(raw: str, words: str) -> None:
    assert cleaned(raw) == words


def test_twenty_short_messages_in_a_minute_are_never_held_up() -> None:
    buckets = Buckets()
    for second in range(0, 600, 3):
        assert buckets.take("a", MONDAY_MORNING + timedelta(seconds=second))


def test_a_flood_is_held_up_and_the_others_are_not() -> None:
    buckets = Buckets()
    taken = [buckets.take("flooder", MONDAY_MORNING) for _ in range(10_000)]
    assert sum(taken) == buckets.burst
    assert buckets.take("somebody else", MONDAY_MORNING)


def test_who_was_held_up_may_go_on_after_a_moment() -> None:
    buckets = Buckets()
    while buckets.take("a", MONDAY_MORNING):
        pass
    assert buckets.take("a", MONDAY_MORNING + timedelta(seconds=2))


def test_a_clock_that_goes_back_takes_nothing_away() -> None:
    buckets = Buckets()
    buckets.take("a", MONDAY_MORNING)
    assert buckets.take("a", MONDAY_MORNING - timedelta(hours=1))


def test_senders_that_are_no_more_are_forgotten() -> None:
    buckets = Buckets(burst=1)
    buckets.take("gone", MONDAY_MORNING)
    buckets.forget(lambda sender: sender != "gone")
    assert buckets.take("gone", MONDAY_MORNING)


def test_who_may_write_freely_again_is_not_remembered() -> None:
    buckets = Buckets(burst=2)
    buckets.take("a", MONDAY_MORNING)
    buckets.forget_rested(MONDAY_MORNING + timedelta(seconds=2))
    assert "'a'" not in repr(buckets)
    while buckets.take("b", MONDAY_MORNING):
        pass
    buckets.forget_rested(MONDAY_MORNING)
    assert not buckets.take("b", MONDAY_MORNING)
