"""What a counsellor searches the directory for, by name, operator or place (pure)."""

from functools import lru_cache

from directory import spelling
from directory.answers import matches
from directory.finder import ANY, Match, find, service, social_services_of
from directory.models import Directory, Service
from directory.places import Place, understand

MOST_FOUND = 20
"""Services that a search answers with."""

SHORTEST_NUMBER = 3
"""Digits from which a search is for a telephone number: 112."""

Entries = tuple[Service, ...]


def search(directory: Directory, words: str) -> Entries:
    """Find at most MOST_FOUND services: all that a visitor is shown for a place, and by words.

    First those whose name holds the first word, unless that is the place's; then those of the
    place in the finder's order, the national lines too; then what else begins as the words do.
    """
    wanted = [word.key for word in spelling.words(words)]
    number = _digits(words)
    if not wanted:
        return _called(directory, number) if len(number) >= SHORTEST_NUMBER else ()
    place = understand(words, directory)
    near = _near(directory, place)
    found = _told(directory, wanted, is_place=bool(near))
    if place.municipality:
        found = tuple(entry for entry in found if not entry.social_services or entry in near)
    named = () if _is_of(wanted[0], place) else _named(found, wanted)
    unique = {entry.id: entry for entry in (*named, *near, *found)}
    return tuple(unique.values())[:MOST_FOUND]


def _near(directory: Directory, place: Place) -> Entries:
    """What a visitor is shown for a place; for each, where several are meant."""
    meant = [candidate.code[:4] for candidate in place.candidates]
    found: list[Match] = [
        *(matches(place, directory, ANY) if place.municipality or place.county else ()),
        *(match for code in meant for match in find(directory, code)),
    ]
    found.sort(key=lambda match: match.serves == "national")
    return tuple(match.service for match in found)


def _told(directory: Directory, wanted: list[str], *, is_place: bool) -> Entries:
    """What holds all the words, the likeliest first; spelt just so before all but the dots.

    Somebody who named a place wants none that is called nearly the same: Håbo is not Habo.
    """
    exact = [entry for text, entry in _index(directory) if _holds_all(text, wanted)]
    plain = [spelling.fold(word) for word in wanted]
    folded = [entry for text, entry in _folded(directory) if _holds_all(text, plain)]
    found = exact if is_place and exact else list(dict.fromkeys((*exact, *folded)))
    return tuple(sorted(found, key=lambda entry: _is_told_only(entry, plain)))


def _named(found: Entries, wanted: list[str]) -> Entries:
    """Those whose name holds the first word; social services only where they are asked for."""
    first, asks_social = wanted[0], any(word.startswith("soc") for word in wanted)
    called = (entry for entry in found if f" {spelling.fold(first)}" in _plain(entry.name))
    return tuple(entry for entry in called if asks_social or not entry.social_services)


def _is_of(word: str, place: Place) -> bool:
    """Whether a word begins a name of the place, and so of what is there."""
    names = [each.name for each in (place.municipality, place.district, place.county) if each]
    return any(f" {spelling.fold(word)}" in _plain(name) for name in names)


def _is_told_only(entry: Service, plain: list[str]) -> bool:
    """Whether neither its name nor who runs it holds any of the words."""
    facts = f"{_plain(entry.name)}{_plain(entry.operator)}"
    return not any(f" {word}" in facts for word in plain)


def _called(directory: Directory, number: str) -> Entries:
    """Those whose number begins with these digits."""
    found = (
        entry
        for entry in directory.living_services()
        if any(_digits(phone).startswith(number) for phone in entry.phones)
    )
    return tuple(found)[:MOST_FOUND]


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _holds_all(text: str, words: list[str]) -> bool:
    return all(f" {word}" in text for word in words)


@lru_cache(maxsize=4)
def _index(directory: Directory) -> tuple[tuple[str, Service], ...]:
    """Every service with the words by which it is found; the generated ones last."""
    living = (service(directory, each.id) for each in directory.living_services())
    stored = tuple(filter(None, living))
    has_own = {code for each in stored if each.social_services for code in each.municipality_codes}
    generated = (
        social_services_of(directory, code)
        for code in directory.municipalities
        if code not in has_own
    )
    return tuple((_words_of(directory, entry), entry) for entry in (*stored, *generated))


@lru_cache(maxsize=4)
def _folded(directory: Directory) -> tuple[tuple[str, Service], ...]:
    return tuple((spelling.fold(text), entry) for text, entry in _index(directory))


def _words_of(directory: Directory, entry: Service) -> str:
    """Write texts with a space before every word, so that words are found by how they begin."""
    places = (directory.municipalities[code].name for code in entry.municipality_codes)
    districts = (directory.districts[code].name for code in entry.district_codes)
    counties = (directory.counties[code].name for code in entry.county_codes)
    texts = (entry.name, entry.operator, *districts, *places, *counties, entry.description)
    return "".join(f" {spelling.key(text)}" for text in texts)


def _plain(text: str) -> str:
    return f" {spelling.fold(spelling.key(text))}"
