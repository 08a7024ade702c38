"""A place whose name was written in two or three words: norr köping, upp sala (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from directory import spelling
from directory.forms import NOTHING, known
from directory.gazetteer import Fit, Gazetteer, Rank, Reading
from directory.pointers import FIRM_POINTERS, POINTERS, before
from directory.spelling import Word

MOST_PARTS = 3
"""Words that one name was parted into."""


def parts(folded: Sequence[str], names: Gazetteer) -> Iterator[range]:
    """Give the neighbouring words that are a name but for their spaces and dots, the most first."""
    for size in range(MOST_PARTS, 1, -1):
        for at in range(len(folded) - size + 1):
            if "".join(folded[at : at + size]) in names.spelt:
                yield range(at, at + size)


def joined(words: tuple[Word, ...], span: range, names: Gazetteer) -> Reading:
    """Read words as one name; it is asked about where they make sense as they stand, too."""
    keys = [words[index].key for index in span]
    reading = _known("".join(keys), names)
    if not reading.fits:
        return NOTHING
    is_everyday = names.ordinary.issuperset(keys) or "".join(keys) in names.ordinary
    if is_everyday or not reading.sure:
        return replace(reading, sure=False) if _is_meant(words, span, reading) else NOTHING
    return replace(reading, fits=(*reading.fits, *_apart(keys, reading.fits[0].rank, names)))


def _known(name: str, names: Gazetteer) -> Reading:
    """Look a joined name up, be it one that consists of several words: upp lands bro."""
    spelt = names.spelt[spelling.fold(name)][0]
    return known(spelt if " " in spelt else name, names)


def _is_meant(words: tuple[Word, ...], span: range, reading: Reading) -> bool:
    """Whether everyday words are a town's name: bor länge, or i sand viken."""
    is_all = len(span) == len(words)
    is_pointed_at = not FIRM_POINTERS.isdisjoint(before(words, span.start))
    is_town = reading.fits[0].rank is Rank.MUNICIPALITY
    return is_town and (is_all or is_pointed_at)


def _apart(keys: list[str], rank: Rank, names: Gazetteer) -> Iterator[Fit]:
    """Find the places that are as likely by themselves: bor Ås, till Berga, Lund by."""
    for ahead, key in zip(["", *keys], keys, strict=False):
        fits = names.exact.get(key, ()) if key not in names.ordinary else ()
        if fits and (ahead in POINTERS or fits[0].rank < rank):
            yield from fits
