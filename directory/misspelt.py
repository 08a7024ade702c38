"""Which places a misspelt word may mean, and whether one may be taken without asking (pure).

A word of everyday speech is never a misspelt place. Any other word is compared with all names.
The shorter a name is, the more words and people are called nearly so: Höör, hörs; Vara, Klara.
So a short name is asked about, unless what was typed can be no other word, as "hhöör".
And so is a name of any length where what was typed may be a village that we do not know: Fågelsta
is no Fagersta.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from directory import spelling
from directory.denial import is_here
from directory.gazetteer import Fit, Fits, Gazetteer, Rank, Reading
from directory.people import is_somebody
from directory.pointers import is_pointed_at
from directory.spelling import DIACRITICS, Word

MOST_TRIES = 8
"""Words of a text that are compared with every name."""

SHORTEST = 4
"""Letters of a word so short that it may be an abbreviation of anything."""

SHORT = 5
"""Letters of a word so short that one wrong letter makes it any other word."""

SHORT_OF_HAMLETS = 6
"""The same, for the names of hamlets, of which there are a thousand."""

LONG = 8
"""Letters from which two of them may be wrong, in a word that is likely to be a place."""

VERY_LONG = 10
"""The same, in any word."""

SURE = 6
"""Letters of a municipality's name that is taken in spite of a wrong one."""

SURE_OF_DOTS = 8
"""The same, where a dot or ring is wrong besides."""

SURE_OF_TWO = 11
"""The same, where two letters are wrong."""

SURE_OF_COUNTIES = 8
"""The same for a county, about which nothing can be asked."""

SURE_OF_PARTS = 9
"""The same for any other well-known place."""

ENDINGS = (
    *("arp", "backa", "berg", "berga", "bo", "boda", "bro", "by", "böle", "dal", "fors", "hamn"),
    *("hammar", "hed", "hem", "holm", "hult", "hus", "inge", "köping", "landa", "ljunga", "lund"),
    *("lunda", "lösa", "löv", "mo", "näs", "rud", "rum", "ryd", "röd", "sele", "sjö", "sjön"),
    *("skog", "sta", "stad", "sund", "torp", "torpa", "tuna", "vad", "vik", "vika", "viken"),
    *("åker", "ås"),
)
"""What the names of villages end in."""


def misspelt(words: tuple[Word, ...], names: Gazetteer) -> tuple[Reading, ...]:
    """Find what is nearly spelt as a place is: the nearest names to the likeliest words."""
    attempts = sorted(_attempts(words, names), key=lambda attempt: not attempt.pointed)
    near = [list(_near(attempt, names)) for attempt in attempts[:MOST_TRIES]]
    least = min((guess.cost for guesses in near for guess in guesses), default=0)
    return tuple(reading for guesses in near if (reading := _likely(guesses, least)).fits)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A word to compare with all names, or a whole text with those of several words."""

    written: str
    edits: int
    pointed: bool
    whole: bool = False


def _attempts(words: tuple[Word, ...], names: Gazetteer) -> Iterator[_Attempt]:
    if 1 < len(words) <= names.longest:
        yield _Attempt("".join(word.key for word in words), 1, pointed=True, whole=True)
    unusual = _unusual(words, names)
    for index in unusual:
        yield from _attempt(words[index].key, pointed=is_pointed_at(words, index))
    for first, second in pairwise(unusual):
        if second == first + 1:
            pointed = is_pointed_at(words, first)
            yield from _attempt(words[first].key + words[second].key, pointed=pointed)


def _unusual(words: tuple[Word, ...], names: Gazetteer) -> list[int]:
    """Where the words stand that are not of everyday speech. A lone word is read as spelt."""
    everyday = names.ordinary if len(words) == 1 else names.everyday
    unusual = (index for index, word in enumerate(words) if word.key not in everyday)
    theirs = (index for index in unusual if is_here(words, index))
    return [index for index in theirs if not is_somebody(words, index, names.first_names)]


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
    likely: bool
    sure: bool


def _likely(guesses: list[_Guess], least: float) -> Reading:
    """Put the likeliest first; a hamlet only where it is as near as any municipality."""
    close = sorted(guess for guess in guesses if guess.cost <= least + DIACRITICS)
    nearest = min((guess.cost for guess in close), default=0)
    likely = [guess for guess in close if guess.cost == nearest or guess.rank is not Rank.PART]
    fits = tuple(fit for guess in likely for fit in guess.fits)
    return Reading(fits, sure=bool(likely) and likely[0].sure)


def _near(attempt: _Attempt, names: Gazetteer) -> Iterator[_Guess]:
    for name in _similar(spelling.fold(attempt.written), attempt.edits, names):
        for spelt in names.spelt[name]:
            guess = _guess(attempt.written, spelt, names)
            if _plausible(guess, attempt, several_words=" " in spelt):
                yield guess


def _guess(written: str, spelt: str, names: Gazetteer) -> _Guess:
    exact = spelling.compact(spelt)
    fits = names.exact[spelt]
    cost = spelling.distance(written, exact)
    likely = _is_long(fits[0], len(exact), cost) or _is_no_word(written, fits[0], cost, names)
    return _Guess(
        rank=fits[0].rank,
        cost=cost,
        unlike=-JaroWinkler.similarity(written, exact),
        fits=fits,
        likely=likely,
        sure=likely and not _is_another(written, exact, names),
    )


def _is_another(written: str, name: str, names: Gazetteer) -> bool:
    """Whether a word may be a village that is not known; not where a letter is but doubled."""
    if spelling.less_doubled(written) == spelling.less_doubled(name):
        return False
    endings = (ending for ending in ENDINGS if written.endswith(ending))
    return any(written.removesuffix(ending) in names.stems for ending in endings)


def _is_long(fit: Fit, letters: int, cost: float) -> bool:
    """Whether a name is so long that hardly any other word is nearly spelt so."""
    if fit.rank is not Rank.MUNICIPALITY:
        needed = SURE_OF_COUNTIES if fit.kind == "county" else SURE_OF_PARTS
        return fit.is_well_known and cost <= 1 and letters >= needed
    if cost <= 1:
        return letters >= SURE
    return letters >= (SURE_OF_DOTS if cost <= 1 + DIACRITICS else SURE_OF_TWO)


def _is_no_word(written: str, fit: Fit, cost: float, names: Gazetteer) -> bool:
    """Whether letters stand side by side as in no word of everyday speech."""
    shortest = SHORTEST if fit.rank is Rank.MUNICIPALITY else SHORT
    if not fit.is_well_known or cost > 1 or len(written) < shortest:
        return False
    return not names.sounds.issuperset(spelling.sounds(written))


def _plausible(guess: _Guess, attempt: _Attempt, *, several_words: bool) -> bool:
    """Admit a hamlet only for a word of some length that is likely to be a place."""
    if attempt.whole and not several_words:
        return False
    if not guess.likely and not attempt.pointed:
        return False
    if guess.rank is Rank.MUNICIPALITY:
        return True
    if guess.fits[0].is_well_known:
        return guess.likely or len(attempt.written) > SHORT
    return len(attempt.written) > SHORT_OF_HAMLETS and guess.cost <= 1 + DIACRITICS


def _similar(folded: str, edits: int, names: Gazetteer) -> Iterator[str]:
    """Find the names in which a letter is wrong, and the well-known ones in which two are."""
    doubled = spelling.less_doubled(folded)
    forms = (folded, doubled, *spelling.less_one(folded))
    near = {name: None for form in forms for name in names.nearly.get(form, ())}
    for name in near:
        if spelling.less_doubled(name) == doubled or OSA.distance(folded, name) <= 1:
            yield name
    if edits > 1:
        yield from _less_similar(folded, names)


def _less_similar(folded: str, names: Gazetteer) -> Iterator[str]:
    for length in range(len(folded) - 2, len(folded) + 3):
        choices = names.by_length.get(length, ())
        found = process.extract(folded, choices, scorer=OSA.distance, score_cutoff=2, limit=None)
        yield from (name for name, wrong, _ in found if wrong > 1 and name[0] == folded[0])
