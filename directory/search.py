"""What a counsellor searches the directory for, by name, operator or place (pure)."""

from functools import lru_cache

from directory import spelling
from directory.answers import matches
from directory.finder import ANY, find, social_services_of
from directory.models import Directory, Service
from directory.places import understand

MOST_FOUND = 20
"""Services that a search answers with."""

SHORTEST_NUMBER = 3
"""Digits from which a search is for a telephone number: 112."""


def search(directory: Directory, words: str) -> tuple[Service, ...]:
    """Find at most MOST_FOUND services by words that begin as these do, and those near a place.

    First those whose name holds the first word, then those of the place, then by who runs them.
    """
    wanted = [f" {spelling.fold(word.key)}" for word in spelling.words(words)]
    number = _digits(words)
    if not wanted:
        return _called(directory, number) if len(number) >= SHORTEST_NUMBER else ()
    found = [entry for text, entry in _index(directory) if all(word in text for word in wanted)]
    found.sort(key=lambda entry: _is_told_only(entry, wanted))
    called = [entry for entry in found if wanted[0] in _text(entry.name)]
    named = [entry for entry in called if not entry.social_services or _asks_social(wanted)]
    unique = {entry.id: entry for entry in (*named, *_near(directory, words), *found)}
    return tuple(unique.values())[:MOST_FOUND]


def _is_told_only(entry: Service, wanted: list[str]) -> bool:
    """Whether neither its name nor who runs it holds any of the words."""
    facts = f"{_text(entry.name)}{_text(entry.operator)}"
    return not any(word in facts for word in wanted)


def _asks_social(wanted: list[str]) -> bool:
    return any(word.startswith(" soc") for word in wanted)


def _called(directory: Directory, number: str) -> tuple[Service, ...]:
    """Those whose number begins with these digits."""
    found = (
        entry
        for entry in directory.living_services()
        if any(_digits(phone).startswith(number) for phone in entry.phones)
    )
    return tuple(found)[:MOST_FOUND]


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _near(directory: Directory, words: str) -> tuple[Service, ...]:
    """What is there for a place, in the finder's order; for each, where several are meant."""
    place = understand(words, directory)
    meant = [candidate.code[:4] for candidate in place.candidates]
    found = [
        *(matches(place, directory, ANY) if place.municipality or place.county else ()),
        *(match for code in meant for match in find(directory, code)),
    ]
    return tuple(match.service for match in found if match.serves != "national")


@lru_cache(maxsize=4)
def _index(directory: Directory) -> tuple[tuple[str, Service], ...]:
    """Every service with the words by which it is found; the generated ones last."""
    stored = directory.living_services()
    has_own = {code for each in stored if each.social_services for code in each.municipality_codes}
    generated = (
        social_services_of(directory, code)
        for code in directory.municipalities
        if code not in has_own
    )
    return tuple((_words_of(directory, entry), entry) for entry in (*stored, *generated))


def _words_of(directory: Directory, entry: Service) -> str:
    places = (directory.municipalities[code].name for code in entry.municipality_codes)
    districts = (directory.districts[code].name for code in entry.district_codes)
    counties = (directory.counties[code].name for code in entry.county_codes)
    texts = (entry.name, entry.operator, *districts, *places, *counties, entry.description)
    return "".join(map(_text, texts))


def _text(text: str) -> str:
    """Write a text with a space before every word, so that words are found by how they begin."""
    return f" {spelling.fold(spelling.key(text))}"
