"""What people type to say where they live, and which municipality that is (pure).

Exact spelling goes before folded, folded before misspelt: Håbo and Habo are two municipalities.
An exact municipality goes before a hamlet of that name. Several fits are asked about, not guessed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from directory import spelling
from directory.gazetteer import Fit, Fits, Gazetteer, Rank, gazetteer, without_wholes
from directory.models import County, Directory, District, Municipality
from directory.spelling import DIACRITICS, Word

FEW = 4
"""Places that can be offered at once."""

MOST_TRIES = 8
"""Words of a text that are compared with every name."""

FIRM_POINTERS = frozenset(
    {"i", "från", "fr", "ifrån", "nära", "utanför", "omkring", "kring", "in", "from", "near"}
)
"""A word after one of these is a place, be it also one of everyday speech, as Mark or Vara."""

POINTERS = FIRM_POINTERS | {"bor", "mot", "runt", "till", "vid"}
"""A word after one of these is likely to be a place."""

SURROUNDINGS = ("trakten", "området", "regionen", "hållet")
"""Malmötrakten, Göteborgsområdet."""

SHORT = 5
"""Letters of a word so short that one wrong letter makes it any other word."""

LONG = 8
"""Letters from which two of them may be wrong, in a word that is likely to be a place."""

VERY_LONG = 10
"""The same, in any word."""


@dataclass(frozen=True, slots=True)
class Candidate:
    kind: Literal["municipality", "district"]
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text says that somebody lives.

    A district comes with its municipality. `county` is set when a county was meant and no
    municipality. `candidates` holds at most FEW places, and only when several fit.
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
    named = tuple(_named(words, names)) or _misspelt(words, names)
    return _place(_agreed(named), directory)


def _named(words: tuple[Word, ...], names: Gazetteer) -> Iterator[Fits]:
    """Find what is spelt as a place is, or all but its dots; the longest names first."""
    taken: set[int] = set()
    for size in range(names.longest, 0, -1):
        for start in range(len(words) - size + 1):
            span = range(start, start + size)
            if taken.isdisjoint(span) and (fits := _spelt(words, span, names)):
                taken.update(span)
                yield fits


def _spelt(words: tuple[Word, ...], span: range, names: Gazetteer) -> Fits:
    name = " ".join(words[index].key for index in span)
    fits = _known(name, names)
    if len(span) == 1 and fits and name in names.ordinary:
        return fits if _meant(words, span.start, fits) else ()
    return fits or (_surroundings(name, names) if len(span) == 1 else ())


def _known(name: str, names: Gazetteer) -> Fits:
    """Look a name up as spelt, then folded; a hamlet's dots may be left out, not put wrong."""
    folded = spelling.fold(name)
    if fits := names.exact.get(name) or (names.folded.get(name) if name == folded else None):
        return fits
    fits = names.folded.get(folded) or names.folded.get(spelling.without_digraphs(folded), ())
    return tuple(fit for fit in fits if fit.rank is not Rank.PART)


def _surroundings(name: str, names: Gazetteer) -> Fits:
    for ending in SURROUNDINGS:
        if name.endswith(ending):
            centre = name.removesuffix(ending)
            return _known(centre, names) or _known(centre.removesuffix("s"), names)
    return ()


def _meant(words: tuple[Word, ...], index: int, fits: Fits) -> bool:
    """Whether a word that is also one of everyday speech stands here as a place."""
    municipality = fits[0].rank is Rank.MUNICIPALITY
    alone = len(words) == 1
    return (alone or _pointed_at(words, index, FIRM_POINTERS)) and (
        municipality or words[index].titled
    )


def _pointed_at(words: tuple[Word, ...], index: int, pointers: frozenset[str]) -> bool:
    return index > 0 and words[index - 1].key in pointers


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A word to compare with all names, or a whole text with those of several words."""

    written: str
    edits: int
    pointed: bool
    whole: bool = False


def _misspelt(words: tuple[Word, ...], names: Gazetteer) -> tuple[Fits, ...]:
    """Find what is nearly spelt as a place is: the nearest names to the likeliest words."""
    attempts = sorted(_attempts(words, names), key=lambda attempt: not attempt.pointed)
    near = [list(_near(attempt, names)) for attempt in attempts[:MOST_TRIES]]
    least = min((guess.cost for guesses in near for guess in guesses), default=0)
    return tuple(fits for guesses in near if (fits := _likely(guesses, least)))


def _attempts(words: tuple[Word, ...], names: Gazetteer) -> Iterator[_Attempt]:
    if 1 < len(words) <= names.longest:
        yield _Attempt("".join(word.key for word in words), 1, pointed=True, whole=True)
    unusual = _unusual(words, names)
    for index in unusual:
        pointed = len(words) == 1 or _pointed_at(words, index, POINTERS)
        yield from _attempt(words[index].key, pointed=pointed)
    for first, second in pairwise(unusual):
        if second == first + 1:
            pointed = _pointed_at(words, first, POINTERS)
            yield from _attempt(words[first].key + words[second].key, pointed=pointed)


def _unusual(words: tuple[Word, ...], names: Gazetteer) -> list[int]:
    """Where the words stand that are not of everyday speech. A lone word is read as spelt."""
    everyday = names.ordinary if len(words) == 1 else names.everyday
    return [index for index, word in enumerate(words) if word.key not in everyday]


def _attempt(written: str, *, pointed: bool) -> Iterator[_Attempt]:
    if pointed or len(written) > SHORT:
        long = LONG if pointed else VERY_LONG
        yield _Attempt(written, 2 if len(written) >= long else 1, pointed)


@dataclass(frozen=True, slots=True, order=True)
class _Guess:
    rank: Rank
    cost: float
    unlike: float
    fits: Fits


def _likely(guesses: list[_Guess], least: float) -> Fits:
    """Put the likeliest first; a hamlet only where it is as near as any municipality."""
    close = sorted(guess for guess in guesses if guess.cost <= least + DIACRITICS)
    nearest = min((guess.cost for guess in close), default=0)
    return tuple(
        fit
        for guess in close
        if guess.cost == nearest or guess.rank is not Rank.PART
        for fit in guess.fits
    )


def _near(attempt: _Attempt, names: Gazetteer) -> Iterator[_Guess]:
    written = attempt.written
    for name in _similar(spelling.fold(written), attempt.edits, names):
        for spelt in names.spelt[name]:
            exact = spelling.compact(spelt)
            guess = _Guess(
                rank=names.exact[spelt][0].rank,
                cost=spelling.distance(written, exact),
                unlike=-JaroWinkler.similarity(written, exact),
                fits=names.exact[spelt],
            )
            if _plausible(guess, attempt, several_words=exact != spelt):
                yield guess


def _plausible(guess: _Guess, attempt: _Attempt, *, several_words: bool) -> bool:
    """Admit a hamlet only for a word of some length that is likely to be a place."""
    if attempt.whole and not several_words:
        return False
    if guess.rank is not Rank.PART:
        return True
    return attempt.pointed and len(attempt.written) > SHORT and guess.cost <= 1 + DIACRITICS


def _similar(folded: str, edits: int, names: Gazetteer) -> Iterator[str]:
    for length in range(len(folded) - edits, len(folded) + edits + 1):
        choices = names.by_length.get(length, ())
        found = process.extract(
            folded, choices, scorer=OSA.distance, score_cutoff=edits, limit=None
        )
        yield from (name for name, _, _ in found)


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


def _place(fits: Fits, directory: Directory) -> Place:
    if not fits:
        return Place()
    if fits[0].kind == "county":
        return Place(county=directory.counties[fits[0].code]) if len(fits) == 1 else Place()
    if len({fit.code for fit in fits}) > 1:
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
