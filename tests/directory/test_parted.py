"""Names that were written in two words, and whatever else two words may be."""

import random
from collections import defaultdict
from collections.abc import Iterator

import pytest

from directory import spelling
from directory.forms import NOTHING
from directory.gazetteer import gazetteer
from directory.load import load
from directory.parted import joined, parts
from directory.places import Place, understand
from directory.search import search

DIRECTORY = load()
NAMES = gazetteer(DIRECTORY)
LETTERS = "abcdefghijklmnopqrstuvwxyzåäöé'- .,"


def _as_written() -> dict[str, list[str]]:
    """Everyday words and names, by how they are written without dots."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(NAMES.ordinary | NAMES.exact.keys()):
        found[spelling.fold(word)].append(word)
    return found


WRITTEN = _as_written()


def in_two(name: str) -> Iterator[str]:
    """The name parted at every point, each part as it stands and as the words that it may be."""
    for at in range(1, len(name)):
        first, second = name[:at], name[at:]
        for one in {first, *WRITTEN.get(spelling.fold(first), ())}:
            for other in {second, *WRITTEN.get(spelling.fold(second), ())}:
                yield f"{one} {other}"


@pytest.mark.parametrize(
    "text",
    [
        *("det hände n gång", "svårt e", "håll berga", "så tofta", "björk o", "än dalen"),
        *("van näsby", "nu ska ra", "i så tofta", "håll berga kommun"),
    ],
)
def test_two_words_that_are_a_name_but_for_their_dots_can_be_no_place(text: str) -> None:
    assert isinstance(understand(text, DIRECTORY), Place)
    assert isinstance(search(DIRECTORY, text), tuple)


def test_a_name_parted_anywhere_into_whatever_words_is_a_place_or_nothing() -> None:
    for name in {*NAMES.exact, *NAMES.folded, *NAMES.spelt}:
        for text in in_two(name):
            words = spelling.words(text)
            for span in parts([spelling.fold(word.key) for word in words], NAMES):
                reading = joined(words, span, NAMES)
                assert reading.fits or reading == NOTHING, text


def test_nothing_that_is_typed_is_too_strange_to_be_read_or_searched_for() -> None:
    chance = random.Random(7)
    for _ in range(300):
        text = "".join(chance.choices(LETTERS, k=chance.randint(1, 24)))
        assert isinstance(understand(text, DIRECTORY), Place)
        assert isinstance(search(DIRECTORY, text), tuple)
