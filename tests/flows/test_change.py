"""More or fewer than before: told as exactly as the counts allow, and never the wrong thing."""

import itertools
import re

import pytest

from flows.change import OFF, Change, slack
from flows.rounding import half_up, to_decimals


def change(now: int | None, before: int | None, *, off: int = 0) -> Change:
    found = Change.between(now, before, off=off)
    assert found
    return found


@pytest.mark.parametrize(
    ("now", "before", "words", "short"),
    [
        (858, 718, "19,5 procent fler än", "+19,5 %"),
        (90, 120, "25 procent färre än", "−25 %"),
        (120, 120, "lika många som", "oförändrat"),
    ],
)
def test_exact_counts_are_compared_with_one_decimal(
    now: int, before: int, words: str, short: str
) -> None:
    found = change(now, before)
    assert (found.in_words(), found.in_short().replace("\N{NO-BREAK SPACE}", " ")) == (words, short)


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (190, 215, "ungefär 10–13 procent färre än"),
        (400, 200, "ungefär 97–103 procent fler än"),
        (200, 200, "ungefär lika många som"),
    ],
)
def test_rounded_counts_are_compared_in_whole_percent_between_which_it_lies(
    now: int, before: int, words: str
) -> None:
    assert change(now, before, off=2).in_words() == words


def test_nothing_is_said_where_rounding_may_have_turned_it_round() -> None:
    assert Change.between(30, 30, off=2) is None
    assert Change.between(30, 2, off=2) is None


def test_a_change_of_rounded_counts_is_never_told_in_the_wrong_direction() -> None:
    for now, before in itertools.product(range(10, 90, 5), repeat=2):
        if found := Change.between(now, before, off=OFF):
            rest = range(-OFF, OFF + 1)
            exact = [
                to_decimals(100 * (now + a - before - b), before + b, 1)
                for a, b in itertools.product(rest, rest)
            ]
            words = found.in_words()
            assert not ("fler" in words and min(exact) < 0), words
            assert not ("färre" in words and max(exact) > 0), words
            numbers = [int(each) for each in re.findall(r"\d+", words)]
            sizes = [abs(each) for each in exact]
            assert not numbers or min(numbers) - 1 <= min(sizes) <= max(sizes) <= max(numbers) + 1


@pytest.mark.parametrize(("now", "before"), [(None, 10), (10, None), (10, 0)])
def test_there_is_no_change_from_or_to_what_is_not_shown(
    now: int | None, before: int | None
) -> None:
    assert Change.between(now, before) is None


def test_only_a_public_report_is_off_by_what_each_of_its_quarters_is() -> None:
    assert slack("internal", "2025-01", "2025-12") == 0
    assert slack("public", "2025-10", "2025-12") == OFF
    assert slack("public", "2025-01", "2025-12") == 4 * OFF


def test_halves_are_rounded_up_everywhere() -> None:
    assert [half_up(n, 2) for n in (1, 3, 5, -1)] == [1, 2, 3, 0]
    assert to_decimals(855, 12, 1) == 71.3
