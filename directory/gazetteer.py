"""Every name by which a place is known, ready to be looked up (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Literal

from directory import spelling
from directory.models import Directory

Kind = Literal["municipality", "district", "county"]

SURNAMES = (" kommun", " stad")
"""What may follow a name; a misspelt name is looked for without it."""


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


Fits = tuple[Fit, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    exact: Mapping[str, Fits]
    folded: Mapping[str, Fits]
    by_length: Mapping[int, tuple[str, ...]]
    """Folded compact names, by how long they are."""
    spelt: Mapping[str, tuple[str, ...]]
    """The exact keys behind a folded compact name."""
    ordinary: frozenset[str]
    """Words of everyday speech."""
    everyday: frozenset[str]
    """The same, also as written on a keyboard without dots where no place is called so."""
    longest: int
    """Words in the longest name."""


@lru_cache(maxsize=4)
def gazetteer(directory: Directory) -> Gazetteer:
    """Collect the names of a directory, once for each directory."""
    exact = _best(_names(directory))
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for name in exact:
        if not name.endswith(SURNAMES):
            spelt[spelling.compact(spelling.fold(name))].append(name)
    for name in spelt:
        by_length[len(name)].append(name)
    return Gazetteer(
        exact=exact,
        folded=_best((spelling.fold(name), fit) for name, fits in exact.items() for fit in fits),
        by_length={length: tuple(names) for length, names in by_length.items()},
        spelt={name: tuple(keys) for name, keys in spelt.items()},
        ordinary=directory.ordinary_words,
        everyday=directory.ordinary_words
        | (frozenset(map(spelling.fold, directory.ordinary_words)) - exact.keys()),
        longest=max(name.count(" ") for name in exact) + 1,
    )


def _names(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for names in (_municipalities, _counties, _aliases, _districts, _localities):
        for name, fit in names(directory):
            yield spelling.key(name), fit


def _municipalities(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for place in directory.municipalities.values():
        fit = Fit("municipality", place.code, place.code, Rank.MUNICIPALITY)
        full = place.full_name.removesuffix(" kommun")
        for name in (place.name, full, f"{place.name} kommun", f"{full} kommun", f"{full} stad"):
            yield name, fit


def _counties(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for county in directory.counties.values():
        fit = Fit("county", county.code, county.code, Rank.KNOWN_AS)
        for name in (county.name, county.short_name, f"{county.short_name} län"):
            yield name, fit


def _aliases(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for alias in directory.aliases:
        yield alias.alias, Fit(alias.kind, alias.code, alias.code, Rank.KNOWN_AS)


def _districts(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for district in directory.districts.values():
        code, area = district.code, district.municipality_code
        yield district.name, Fit("district", code, area, Rank.KNOWN_AS)
        for name in district.also_called:
            yield name, Fit("district", code, area, Rank.PART)


def _localities(directory: Directory) -> Iterator[tuple[str, Fit]]:
    for locality in directory.localities:
        code = locality.municipality_code
        for name in (locality.name, *locality.other_names):
            yield name, Fit("municipality", code, code, Rank.PART)


def _best(names: Iterable[tuple[str, Fit]]) -> dict[str, Fits]:
    found: defaultdict[str, dict[Fit, None]] = defaultdict(dict)
    for name, fit in names:
        found[name][fit] = None
    return {name: narrowest(fits) for name, fits in found.items()}


def narrowest(fits: Iterable[Fit]) -> Fits:
    """Keep those of the best rank; a district makes its own municipality superfluous."""
    several = tuple(fits)
    best = min(fit.rank for fit in several)
    return without_wholes(fit for fit in several if fit.rank == best)


def without_wholes(fits: Iterable[Fit]) -> Fits:
    """Drop those municipalities of which a district stands there too."""
    several = tuple(dict.fromkeys(fits))
    divided = {fit.area for fit in several if fit.kind == "district"}
    return tuple(fit for fit in several if fit.kind == "district" or fit.area not in divided)
