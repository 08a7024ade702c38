"""Every name by which a place is known, ready to be looked up (pure)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import Literal, TypeVar

from directory import spelling
from directory.models import Directory

Key = TypeVar("Key", str, int)
Kind = Literal["municipality", "district", "county"]

SURNAMES = (" kommun", " stad")
"""What may follow a name; a misspelt name is looked for without it."""

COUNTY = " län"
"""What follows the name of a county."""

TOWN = 5_000
"""Inhabitants of a place that people know beyond its own municipality."""

VILLAGE = 3_000
"""Inhabitants of a place whose name is likelier than a neighbour's with a letter left out."""

SHORTEST_STEM = 2
"""Letters before the ending of a place's name: Ry-torp."""


class Rank(IntEnum):
    """Which reading of the same name wins: a municipality before a hamlet of that name."""

    MUNICIPALITY = 0
    KNOWN_AS = 1
    PART = 2


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """A place that a name may mean. `area` is the municipality's or county's code."""

    kind: Kind
    code: str
    area: str
    rank: Rank
    inhabitants: int = field(default=0, compare=False)
    """As far as they are known; a municipality's are those of its localities."""

    @property
    def is_well_known(self) -> bool:
        return self.rank is not Rank.PART or self.inhabitants >= TOWN


Fits = tuple[Fit, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word or two may mean, and whether they are likely to mean nothing else."""

    fits: Fits
    sure: bool


@dataclass(frozen=True, slots=True)
class Gazetteer:
    exact: Mapping[str, Fits]
    folded: Mapping[str, Fits]
    counties: Mapping[str, Fits]
    """Counties alone, also where a municipality is called the same."""
    todays_counties: frozenset[str]
    """The names of today's counties in full, as Skåne län."""
    beside: Mapping[str, frozenset[str]]
    """The counties on which each borders."""
    lacking: Mapping[str, Fits]
    """Municipalities, by their names with any one letter left out."""
    spelt: Mapping[str, tuple[str, ...]]
    """The exact keys behind a folded compact name."""
    nearly: Mapping[str, tuple[str, ...]]
    """Folded compact names, by themselves and by all that remains when one letter is left out, or
    every one that is doubled."""
    by_length: Mapping[int, tuple[str, ...]]
    """Those of the well-known places, by how long they are."""
    ordinary: frozenset[str]
    """Words of everyday speech, and first names."""
    everyday: frozenset[str]
    """The same, also as written on a keyboard without dots where no place is called so."""
    sounds: frozenset[str]
    """The letters that stand side by side in them, three at a time."""
    stems: frozenset[str]
    """What they and names begin with."""
    first_names: frozenset[str]
    beginnings: frozenset[str]
    """The first words of names of several, folded and without digraphs."""
    longest: int
    """Words in the longest name."""


@lru_cache(maxsize=4)
def gazetteer(directory: Directory) -> Gazetteer:
    """Collect the names of a directory, once for each directory."""
    exact = _best(_names(directory))
    spelt = _grouped(
        (spelling.compact(spelling.fold(name)), name)
        for name in exact
        if not name.endswith(SURNAMES)
    )
    known = (name for name, keys in spelt.items() if exact[keys[0]][0].is_well_known)
    ordinary = directory.ordinary_words | directory.first_names
    return Gazetteer(
        exact=exact,
        folded=_best((spelling.fold(name), fit) for name, fits in exact.items() for fit in fits),
        counties=_best((name, fit) for name, fit in _names(directory) if fit.kind == "county"),
        todays_counties=frozenset(
            spelling.key(name) for name, _ in _counties(directory) if name.endswith(COUNTY)
        ),
        beside={code: frozenset(_beside(code, directory)) for code in directory.counties},
        lacking=_best(
            (less, fit)
            for name, fit in _names(directory)
            if fit.rank is Rank.MUNICIPALITY and not name.endswith(SURNAMES)
            for less in spelling.less_one(name)
        ),
        spelt=spelt,
        nearly=_grouped((less, name) for name in spelt for less in _forms(name)),
        by_length=_grouped((len(name), name) for name in known),
        ordinary=ordinary,
        everyday=ordinary | (frozenset(map(spelling.fold, ordinary)) - exact.keys()),
        sounds=frozenset(sound for word in ordinary for sound in spelling.sounds(word)),
        stems=frozenset(stem for word in (*ordinary, *exact) for stem in _stems(word)),
        first_names=directory.first_names,
        beginnings=frozenset(
            spelling.without_digraphs(spelling.fold(name.split(" ", 1)[0]))
            for name in exact
            if " " in name
        ),
        longest=max(name.count(" ") for name in exact) + 1,
    )


def _stems(word: str) -> Iterator[str]:
    return (word[:end] for end in range(SHORTEST_STEM, len(word) + 1))


def _forms(name: str) -> set[str]:
    return {name, spelling.less_doubled(name), *spelling.less_one(name)}


def _grouped(pairs: Iterable[tuple[Key, str]]) -> dict[Key, tuple[str, ...]]:
    found: defaultdict[Key, dict[str, None]] = defaultdict(dict)
    for key, name in pairs:
        found[key][name] = None
    return {key: tuple(names) for key, names in found.items()}


def _names(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for names in (_municipalities, _counties, _aliases, _districts, _localities):
        for name, fit in names(directory):
            yield spelling.key(name), fit


def _municipalities(directory: Directory) -> Iterator[tuple[str, Fit]]:
    inhabitants = _inhabitants(directory)
    for place in directory.municipalities.values():
        code = place.code
        fit = Fit("municipality", code, code, Rank.MUNICIPALITY, inhabitants[code])
        full = place.full_name.removesuffix(" kommun")
        for name in (place.name, full, f"{place.name} kommun", f"{full} kommun", f"{full} stad"):
            yield name, fit


def _inhabitants(directory: Directory) -> Counter[str]:
    found: Counter[str] = Counter()
    for locality in directory.localities:
        found[locality.municipality_code] += locality.population or 0
    return found


def _counties(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for county in directory.counties.values():
        fit = Fit("county", county.code, county.code, Rank.KNOWN_AS)
        for name in (county.name, county.short_name, f"{county.short_name} län"):
            yield name, fit


def _beside(county: str, directory: Directory) -> Iterator[str]:
    for place in directory.municipalities.values():
        if place.county_code == county:
            yield from (code[:2] for code in place.neighbours)


def _aliases(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for alias in directory.aliases:
        area = alias.code.partition("-")[0]
        yield alias.alias, Fit(alias.kind, alias.code, area, Rank.KNOWN_AS)


def _districts(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for district in directory.districts.values():
        code, area = district.code, district.municipality_code
        yield district.name, Fit("district", code, area, Rank.KNOWN_AS)
        for name in district.also_called:
            yield name, Fit("district", code, area, Rank.PART)


def _localities(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for locality in directory.localities:
        code = locality.municipality_code
        fit = Fit("municipality", code, code, Rank.PART, locality.population or 0)
        for name in (locality.name, *locality.other_names):
            yield name, fit


def _best(names: Iterable[tuple[str, Fit]]) -> dict[str, Fits]:
    found: defaultdict[str, dict[Fit, None]] = defaultdict(dict)
    for name, fit in names:
        found[name][fit] = None
    return {name: narrowest(fits) for name, fits in found.items()}


def narrowest(fits: Iterable[Fit]) -> Fits:
    """Keep those of the best rank, a city's district first, then the one where most people live.

    A district makes its own municipality superfluous.
    """
    several = sorted(fits, key=lambda fit: (fit.kind != "district", -fit.inhabitants))
    best = min(fit.rank for fit in several)
    return without_wholes(fit for fit in several if fit.rank == best)


def without_wholes(fits: Iterable[Fit]) -> Fits:
    """Drop those municipalities of which a district stands there too."""
    several = tuple(dict.fromkeys(fits))
    divided = {fit.area for fit in several if fit.kind == "district"}
    return tuple(fit for fit in several if fit.kind == "district" or fit.area not in divided)
