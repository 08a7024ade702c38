"""Everyday words that places are called as, where they stand as a place: Mark, Vara, Ed (pure)."""

from dataclasses import replace

from directory.forms import NOTHING
from directory.gazetteer import Gazetteer, Rank, Reading
from directory.people import is_somebody
from directory.pointers import is_firmly_pointed_at, is_hinted_at, is_home
from directory.spelling import Word
from directory.within import county_after

JOINTS = frozenset({"och", "eller", "elr", "or", "and"})


def meant(words: tuple[Word, ...], index: int, reading: Reading, names: Gazetteer) -> Reading:
    """Take an everyday word for the place that it is spelt as, ask about it, or let it be."""
    if not reading.fits:
        return NOTHING
    if words[index].key not in names.exact:
        return _unlikely(words, index, reading)
    if reading.fits[0].rank is Rank.MUNICIPALITY:
        return _town(words, index, reading, names)
    if words[index].key in names.first_names:
        return _namesake(words, index, reading, names)
    return _village(words, index, reading)


def _town(words: tuple[Word, ...], index: int, reading: Reading, names: Gazetteer) -> Reading:
    county = county_after(words, index + 1, names)
    if county and county.holds(reading.fits):
        return reading
    if is_firmly_pointed_at(words, index):
        return replace(reading, sure=not _is_of_a_pair(words, index, names))
    if is_somebody(words, index, names.first_names):
        return NOTHING
    is_likely = is_hinted_at(words, index) or words[index].key in names.first_names
    if is_likely or _is_joined_to_a_place(words, index, names):
        return replace(reading, sure=False)
    return NOTHING


def _is_of_a_pair(words: tuple[Word, ...], index: int, names: Gazetteer) -> bool:
    """Whether it ends a text together with another everyday word: i berg och dal."""
    match [word.key for word in words[index + 1 :]]:
        case [joint, other] if joint in JOINTS and not words[index].titled:
            return other in names.ordinary and other not in names.exact
    return False


def _is_joined_to_a_place(words: tuple[Word, ...], index: int, names: Gazetteer) -> bool:
    """Whether another place stands beside it: nora eller lindesberg."""
    joined = [index + step for step in (-1, 1) if 0 <= index + 2 * step < len(words)]
    others = [words[2 * at - index].key for at in joined if words[at].key in JOINTS]
    return any(key in names.exact and key not in names.ordinary for key in others)


def _village(words: tuple[Word, ...], index: int, reading: Reading) -> Reading:
    is_home_there = is_home(words, index)
    if words[index].titled and (is_home_there or is_firmly_pointed_at(words, index)):
        return reading
    is_answer = len(words) == 1 and reading.fits[0].rank is Rank.KNOWN_AS
    return replace(reading, sure=False) if is_home_there or is_answer else NOTHING


def _namesake(words: tuple[Word, ...], index: int, reading: Reading, names: Gazetteer) -> Reading:
    """Take a village that people are called after where somebody lives: Åsa."""
    county = county_after(words, index + 1, names)
    if is_home(words, index) or (county and county.holds(reading.fits)):
        return reading
    return replace(reading, sure=False) if is_firmly_pointed_at(words, index) else NOTHING


def _unlikely(words: tuple[Word, ...], index: int, reading: Reading) -> Reading:
    """Read a word that is a town but for its dots: mala, are."""
    is_town = reading.fits[0].rank is Rank.MUNICIPALITY
    if is_town and is_firmly_pointed_at(words, index):
        return replace(reading, sure=False)
    return NOTHING
