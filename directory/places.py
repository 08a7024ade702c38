"""What people type to say where they live, and which municipality that is (pure).

Exact spelling goes before folded, folded before misspelt: Håbo and Habo are two municipalities.
An exact municipality goes before a hamlet of that name, and a name that was written in two words
before what each of them is called like. Several fits are asked about, not guessed,
and so is a single one that may be another word altogether. A place where somebody says that they
do not live is none, and one that they left is asked about where no other is named.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from directory import spelling
from directory.denial import Standing, standing
from directory.everyday import meant
from directory.forms import NOTHING, known, surroundings
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
from directory.parted import joined, parts
from directory.people import is_somebody
from directory.pointers import is_hinted_at, is_pointed_at
from directory.prefixed import CITY, is_prefixed
from directory.spelling import Word
from directory.within import counties_of, county_after, is_of_county

Reader = Callable[[tuple[Word, ...], range, Gazetteer], Reading]

FEW = 4
"""Places that can be offered at once."""

SHORT = 4
"""Letters of a name that is asked about in small letters where no word tells that it is a place."""

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
    named = tuple(_with_counties(words, tuple(_named(words, names)), names))
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
    for span, read in _spans(words, names):
        if taken.isdisjoint(span) and (reading := read(words, span, names)).fits:
            taken.update(span)
            yield _Named(reading, span, _standing(words, span.start, names))


def _standing(words: tuple[Word, ...], start: int, names: Gazetteer) -> Standing:
    """Tell how a place stands; a name that is rather somebody's is perhaps not theirs."""
    return "left" if is_somebody(words, start, names.first_names) else standing(words, start)


def _with_counties(
    words: tuple[Word, ...], named: tuple[_Named, ...], names: Gazetteer
) -> Iterator[_Named]:
    """Read a name right after a place in its county as that county: Täby, Stockholm."""
    after = {each.span: county_after(words, each.span.stop, names) for each in named}
    found = [(each.reading.fits, county) for each in named if (county := after[each.span])]
    around = {county.span: county.fits for fits, county in found if county.holds(fits)}
    for each in named:
        county = after[each.span]
        if fits := around.get(each.span):
            yield replace(each, reading=Reading(fits, sure=True))
        elif county and county.denies(each.reading.fits):
            yield replace(each, reading=replace(each.reading, sure=False))
        else:
            yield each


def _others(words: tuple[Word, ...], named: tuple[_Named, ...]) -> tuple[Word, ...]:
    """Leave out the names that are understood, and are not where somebody lives."""
    read = {index for each in named for index in each.span}
    return tuple(word for index, word in enumerate(words) if index not in read)


def _spans(words: tuple[Word, ...], names: Gazetteer) -> Iterator[tuple[range, Reader]]:
    """Give what may be a name, and how to read it: of several words, of a parted one, of one."""
    folded = [spelling.fold(word.key) for word in words]
    plain = map(spelling.without_digraphs, folded)
    begins = [index for index, word in enumerate(plain) if word in names.beginnings]
    for size in range(names.longest, 1, -1):
        yield from ((range(at, at + size), _spelt) for at in begins if at + size <= len(words))
    yield from ((span, joined) for span in parts(folded, names))
    yield from ((range(at, at + 1), _spelt) for at in range(len(words)))


def _spelt(words: tuple[Word, ...], span: range, names: Gazetteer) -> Reading:
    name = " ".join(words[index].key for index in span)
    is_ordinary = len(span) == 1 and name in names.ordinary
    reading = known(name, names)
    if not (reading.fits or is_ordinary):
        reading = surroundings(name, names)
    if reading.fits and is_of_county(words, span.stop, names):
        return Reading(counties_of(reading.fits), sure=True)
    if is_ordinary:
        return meant(words, span.start, reading, names)
    if not (reading.sure or len(span) > 1 or is_pointed_at(words, span.start)):
        return NOTHING
    if reading.fits and _may_be_another(words, span, reading.fits[0], names):
        return replace(reading, sure=False)
    return reading


def _may_be_another(words: tuple[Word, ...], span: range, fit: Fit, names: Gazetteer) -> bool:
    """Whether a name is likely to be a part of another, or a word misread: så mora."""
    if is_prefixed(words, span.start, fit, names):
        return True
    is_short = len(span) == 1 and len(words[span.start].key) <= SHORT
    if not is_short or fit.rank is Rank.KNOWN_AS or fit.inhabitants >= CITY:
        return False
    if county_after(words, span.stop, names):
        return False
    return not (is_pointed_at(words, span.start) or is_hinted_at(words, span.start))


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
