"""What a counsellor searches the directory for, by name, operator or place (pure)."""

from functools import lru_cache

from directory import spelling
from directory.finder import find, social_services_of
from directory.models import Directory, Service
from directory.places import understand

MOST_FOUND = 20
"""Services that a search answers with."""

SHORTEST_NUMBER = 3
"""Digits from which a search is for a telephone number: 112."""


def search(directory: Directory, words: str) -> tuple[Service, ...]:
    """Find at most MOST_FOUND services by words that begin as these do, and those near a place."""
    number = _digits(words)
    if len(number) >= SHORTEST_NUMBER:
        return _called(directory, number)
    wanted = [f" {spelling.fold(word.key)}" for word in spelling.words(words)]
    if not wanted:
        return ()
    found = [entry for text, entry in _index(directory) if all(word in text for word in wanted)]
    found.sort(key=lambda entry: wanted[0] not in _text(entry.name))
    unique = {entry.id: entry for entry in (*found, *_near(directory, words))}
    return tuple(unique.values())[:MOST_FOUND]


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
    place = understand(words, directory)
    if not place.municipality:
        return ()
    district = place.district.code if place.district else ""
    matches = find(directory, place.municipality.code, district=district)
    return tuple(match.service for match in matches if match.serves != "national")


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
    texts = (entry.name, entry.operator, *districts, *places, *counties)
    return "".join(map(_text, texts))


def _text(text: str) -> str:
    """Write a text with a space before every word, so that words are found by how they begin."""
    return f" {spelling.fold(spelling.key(text))}"
