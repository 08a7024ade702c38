"""What people type to say where they live, and which municipality that is (pure).

Exact spelling goes before folded, folded before misspelt: Håbo and Habo are two municipalities.
An exact municipality goes before a hamlet of that name. Several fits are asked about, not guessed,
and so is a single one that may be another word altogether. A place where somebody says that they
do not live is none, and one that they left is asked about where no other is named.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from directory import spelling
from directory.denial import Standing, standing
from directory.gazetteer import (
    VILLAGE,
    Fit,
    Fits,
    Gazetteer,
    Rank,
    Reading,
    gazetteer,
    without_wholes,
)
from directory.misspelt import misspelt
from directory.models import County, Directory, District, Municipality
from directory.pointers import is_firmly_pointed_at, is_pointed_at
from directory.spelling import Word

NOTHING = Reading((), sure=False)

FEW = 4
"""Places that can be offered at once."""

SURROUNDINGS = ("trakten", "trakterna", "området", "regionen", "hållet")
"""Malmötrakten, Göteborgsområdet."""

SHORT = 5
"""Letters from which a word that ends in s may be a well-known place in the genitive."""

SURE = 6
"""Letters of a word that is taken for a place although an s was added or its dots are wrong."""

SURE_OF_PARTS = 7
"""The same, for a place that is not well known."""

REPLIES = frozenset({"hey", "jo"})
"""What is answered to anything, and no Heby or Hjo that lacks a letter."""


@dataclass(frozen=True, slots=True)
class Candidate:
    kind: Literal["municipality", "district"]
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text says that somebody lives.

    A district comes with its municipality. `county` is set when a county was meant and no
    municipality. `candidates` holds at most FEW places: when several fit, or when one does that
    must be asked about because the word may be another.
    """

    municipality: Municipality | None = None
    district: District | None = None
    county: County | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_understood(self) -> bool:
        """Whether the text names a place, be it that one of several must still be chosen."""
        return bool(self.municipality or self.county or self.candidates)


def understand(text: str, directory: Directory) -> Place:
    """Find the place that a text names; an empty place where it names none."""
    names = gazetteer(directory)
    words = spelling.words(text)
    named = tuple(_named(words, names))
    here = tuple(each.reading for each in named if each.standing == "here")
    readings = (
        (*here, *_lacking(words, here, names))
        or misspelt(_others(words, named), names)
        or tuple(replace(each.reading, sure=False) for each in named if each.standing == "left")
    )
    fits = _agreed(reading.fits for reading in readings)
    sure = any(reading.sure and not set(fits).isdisjoint(reading.fits) for reading in readings)
    return _place(fits, directory, sure=sure)


@dataclass(frozen=True, slots=True)
class _Named:
    """A place that a text names, where in the text, and whether somebody lives there."""

    reading: Reading
    span: range
    standing: Standing


def _named(words: tuple[Word, ...], names: Gazetteer) -> Iterator[_Named]:
    """Find what is spelt as a place is, or all but its dots; the longest names first."""
    taken: set[int] = set()
    for span in _spans(words, names):
        if taken.isdisjoint(span) and (reading := _spelt(words, span, names)).fits:
            taken.update(span)
            yield _Named(reading, span, standing(words, span.start))


def _others(words: tuple[Word, ...], named: tuple[_Named, ...]) -> tuple[Word, ...]:
    """Leave out the names that are understood, and are not where somebody lives."""
    read = {index for each in named for index in each.span}
    return tuple(word for index, word in enumerate(words) if index not in read)


def _spans(words: tuple[Word, ...], names: Gazetteer) -> Iterator[range]:
    """Give each word, after the words that may begin a name of several, the longest first."""
    plain = (spelling.without_digraphs(spelling.fold(word.key)) for word in words)
    begins = [index for index, word in enumerate(plain) if word in names.beginnings]
    for size in range(names.longest, 1, -1):
        yield from (range(at, at + size) for at in begins if at + size <= len(words))
    yield from (range(at, at + 1) for at in range(len(words)))


def _spelt(words: tuple[Word, ...], span: range, names: Gazetteer) -> Reading:
    name = " ".join(words[index].key for index in span)
    reading = _known(name, names)
    if len(span) > 1:
        return reading
    if name in names.ordinary:
        return _meant(words, span.start, reading, exact=name in names.exact)
    if not reading.fits:
        reading = _surroundings(name, names)
    return reading if reading.sure or is_pointed_at(words, span.start) else NOTHING


def _meant(words: tuple[Word, ...], index: int, reading: Reading, *, exact: bool) -> Reading:
    """Read a word that is also one of everyday speech as a place where it stands as one."""
    if not reading.fits or not is_firmly_pointed_at(words, index):
        return NOTHING
    if reading.fits[0].rank is not Rank.MUNICIPALITY and not (exact and words[index].titled):
        return NOTHING
    return reading if exact else Reading(reading.fits, sure=False)


def _known(name: str, names: Gazetteer) -> Reading:
    """Look a name up as spelt, then folded; a hamlet's dots may be left out, not put wrong."""
    if fits := names.exact.get(name):
        return Reading(fits, sure=True)
    folded = spelling.fold(name)
    fits = names.folded.get(folded) or names.folded.get(spelling.without_digraphs(folded), ())
    if name == folded and name in names.folded:
        return Reading(fits, sure=fits[0].is_well_known or len(name) >= SURE_OF_PARTS)
    fits = tuple(fit for fit in fits if fit.rank is not Rank.PART)
    return Reading(fits, sure=len(name) >= SURE)


def _surroundings(name: str, names: Gazetteer) -> Reading:
    """Look up what a name was made of: Malmötrakten, Göteborgsområdet, Göteborgs."""
    for ending in SURROUNDINGS:
        if name.endswith(ending):
            centre = name.removesuffix(ending)
            reading = _known(centre, names)
            return reading if reading.fits else _known(centre.removesuffix("s"), names)
    return _owner(name, names) if name.endswith("s") else NOTHING


def _owner(name: str, names: Gazetteer) -> Reading:
    fits = names.exact.get(name.removesuffix("s"), ())
    letters = SHORT if fits and fits[0].is_well_known else SURE_OF_PARTS
    return Reading(fits, sure=len(name) >= SURE) if len(name) >= letters else NOTHING


def _lacking(
    words: tuple[Word, ...], named: tuple[Reading, ...], names: Gazetteer
) -> Iterator[Reading]:
    """Find what a lone word may mean besides, if a letter was left out: hör, Örby."""
    name = words[0].key if len(words) == 1 else ""
    if name in REPLIES or not (named or name in names.ordinary):
        return
    if not _is_settled(names.exact.get(name, ())):
        yield Reading(names.lacking.get(name, ()), sure=False)


def _is_settled(exact: Fits) -> bool:
    """Whether the place of exactly this name is likelier than any other that lacks a letter."""
    return any(fit.rank is Rank.MUNICIPALITY or fit.inhabitants >= VILLAGE for fit in exact)


def _agreed(named: Iterable[Fits]) -> Fits:
    """Keep the places that most names agree on: Kil in Värmland, Järna near Södertälje."""
    several = tuple(named)
    votes = Counter(area for fits in several for area in _areas(fits))
    places = {fit: votes[fit.area] + votes[fit.area[:2]] for fits in several for fit in fits}
    inner = {fit: count for fit, count in places.items() if fit.kind != "county"} or places
    most = max(inner.values(), default=0)
    return without_wholes(fit for fit, count in inner.items() if count == most)


def _areas(fits: Fits) -> frozenset[str]:
    return frozenset(fit.area for fit in fits)


def _place(fits: Fits, directory: Directory, *, sure: bool) -> Place:
    if not fits:
        return Place()
    if fits[0].kind == "county":
        one = sure and len(fits) == 1
        return Place(county=directory.counties[fits[0].code]) if one else Place()
    if not sure or len({fit.code for fit in fits}) > 1:
        return Place(candidates=_candidates(fits, directory))
    return Place(
        municipality=directory.municipalities[fits[0].area],
        district=directory.districts.get(fits[0].code),
    )


def _candidates(fits: Fits, directory: Directory) -> tuple[Candidate, ...]:
    return tuple({fit.code: _candidate(fit, directory) for fit in fits}.values())[:FEW]


def _candidate(fit: Fit, directory: Directory) -> Candidate:
    if fit.kind == "district":
        return Candidate("district", fit.code, directory.districts[fit.code].name)
    return Candidate("municipality", fit.code, directory.municipalities[fit.code].name)
