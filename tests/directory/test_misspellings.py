"""One wrong letter in the name of any municipality, and words that are no places."""

import dataclasses
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from directory.load import load
from directory.places import understand
from tests.benchmarks.places import (
    EDITS,
    NO_PLACES,
    Edit,
    add,
    drop,
    milliseconds,
    of_misspellings,
    of_no_places,
    of_parted,
    of_sentences,
    queries,
    replace,
    swap,
)

DIRECTORY = load()
SEEDS = range(5)

PHRASES = (Path(__file__).parent / "ordinary_phrases.txt").read_text("utf-8").splitlines()

UNKNOWN = frozenset(
    {
        *("Bodås", "Ekeröd", "Forsby", "Fågelsta", "Hagafors", "Halleberg", "Nässja", "Orrviken"),
        *("Torsbo", "Trolle-Ljungby", "Vadsbro", "Velanda", "Västra Husby", "Åkersberg"),
    }
)
"""Villages that are nearly called as a larger place, of which some are known."""

WITHOUT_THEM = dataclasses.replace(
    DIRECTORY,
    localities=tuple(each for each in DIRECTORY.localities if each.name not in UNKNOWN),
)

UNLISTED = [word for word in NO_PLACES if word not in DIRECTORY.ordinary_words]
"""Words that only the rule keeps apart from places."""


@pytest.mark.parametrize("lower", [False, True])
def test_one_wrong_letter_is_nearly_always_understood(*, lower: bool) -> None:
    found = of_misspellings(DIRECTORY, SEEDS, lower=lower)
    assert found.right_first >= 98.5  # goal 97; measured 99.4 over all that can be typed
    assert found.among_shown >= 99.6  # goal 99.5; measured 99.84
    assert found.taken >= 85  # measured 87; the others are asked about


@pytest.mark.parametrize(
    ("edit", "right_first", "among_shown"),
    [(drop, 97.5, 99.2), (add, 99, 99.6), (replace, 98, 99.3), (swap, 99, 99.6)],
)
def test_no_kind_of_wrong_letter_is_understood_much_worse(
    edit: Edit, right_first: float, among_shown: float
) -> None:
    found = of_misspellings(DIRECTORY, SEEDS, edits=(edit,), lower=False)
    assert found.right_first >= right_first
    assert found.among_shown >= among_shown


@pytest.mark.parametrize("text", ["{}", "jag bor i {}"])
def test_a_name_that_is_parted_in_two_is_always_understood(text: str) -> None:
    found = of_parted(DIRECTORY, text, str.lower)
    assert found.right_first == 100
    assert found.taken >= 95  # but for those of which both words, or the whole, are everyday words


def test_a_village_that_is_not_known_is_hardly_ever_taken_for_another_place() -> None:
    taken = sorted(name for name in UNKNOWN if understand(name, WITHOUT_THEM).municipality)
    assert taken == ["Halleberg", "Nässja"]  # Hallsberg, Nässjö: they end as no other place does


@pytest.mark.parametrize("write", [str, str.lower])
def test_every_municipality_is_understood_in_every_sentence(write: Callable[[str], str]) -> None:
    found = of_sentences(DIRECTORY, write)
    assert found.among_shown >= 99.9  # "vara. finns det hjälp?" is no place
    assert found.taken >= 95  # but for those "mellan" two, and for names that are everyday words


def test_many_words_and_names_are_known_to_be_no_places() -> None:
    names = {name.casefold() for name in (m.name for m in DIRECTORY.municipalities.values())}
    assert len(set(NO_PLACES)) >= 5_000
    assert list(NO_PLACES) == sorted(NO_PLACES, key=_alphabetical)
    assert names.isdisjoint(NO_PLACES)
    assert len(UNLISTED) >= 3_000


def _alphabetical(word: str) -> list[int]:
    return ["abcdefghijklmnopqrstuvwxyzåäö".find(letter) for letter in word]


@pytest.mark.parametrize("typed", [str.lower, str.capitalize])
def test_a_word_that_is_no_place_is_hardly_ever_taken_for_one(typed: Callable[[str], str]) -> None:
    found = of_no_places(DIRECTORY, map(typed, NO_PLACES))
    assert found.taken <= 0.4  # goal 1; measured 0.1
    assert found.asked <= 2.5  # measured 1.8


def test_nor_is_a_word_that_nobody_listed() -> None:
    found = of_no_places(DIRECTORY, UNLISTED)
    assert found.taken <= 0.5  # measured 0.15
    assert found.asked <= 3  # measured 2.2


def test_there_are_many_ordinary_phrases() -> None:
    assert len(set(PHRASES)) >= 150


def test_the_words_of_people_in_crisis_are_not_taken_for_places() -> None:
    taken = [text for text in PHRASES if understand(text, DIRECTORY).is_understood]
    assert taken == []


def test_nor_are_they_with_a_capital_or_a_full_stop() -> None:
    lone = {"or", "vi", "bara", "bor"}  # with a capital and alone these may be the hamlets
    texts = [f"{text.capitalize()}." for text in PHRASES if text not in lone]
    assert [text for text in texts if understand(text, DIRECTORY).is_understood] == []


def test_a_query_of_any_kind_is_answered_in_a_few_milliseconds() -> None:
    """Ten times what the benchmark is held to: room for a slow machine that does much else."""
    understand("", DIRECTORY)
    for kind, texts in queries(DIRECTORY, random.Random(1)).items():
        median, p99 = milliseconds(DIRECTORY, texts)
        assert median < 10, kind
        assert p99 < 30, kind


def test_every_edit_makes_another_word_of_nearly_the_same_length() -> None:
    chance = random.Random(1)
    for edit in EDITS:
        typed = [edit("Habo", chance) for _ in range(200)]
        assert all(abs(len(text) - len("Habo")) <= 1 for text in typed)
        assert len(set(typed)) > 1
