"""How a place is spelt: words, folded forms, and how far one spelling is from another (pure)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rapidfuzz.distance import OSA

LONGEST_TEXT = 200
"""Characters of a text that are looked at."""

MOST_WORDS = 30
"""Words of a text that are looked at."""

LONGEST_WORD = 40
"""Letters of a word that are looked at; no name of a place is longer."""

DIACRITICS = 0.5
"""What a wrong dot or ring costs, measured in wrong letters."""

HYPHENS = frozenset({"-", "\u2010", "\u2011", "–"})

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"[^\W\d_]+")
_NEIGHBOURS = str.maketrans({"ø": "ö", "æ": "ä"})
_LETTERS = str.maketrans({"œ": "o", "đ": "d", "ł": "l", "ð": "d"})
_DOUBLED = re.compile(r"(.)\1")
_DIGRAPHS = (("oe", "o"), ("ae", "a"), ("aa", "a"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its key for comparing, whether with a capital, and after a hyphen."""

    key: str
    titled: bool
    hyphened: bool = False


def words(text: str) -> tuple[Word, ...]:
    """Split the beginning of a text; digits, signs and control characters part words."""
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:LONGEST_TEXT]))
    readable = composed if composed.isascii() else _without_marks(composed)
    found = islice(_WORD.finditer(readable[:LONGEST_TEXT]), MOST_WORDS)
    return tuple(_word(match[0][:LONGEST_WORD], readable[: match.start()][-1:]) for match in found)


def _word(written: str, ahead: str) -> Word:
    return Word(_key(written), written.istitle(), hyphened=ahead in HYPHENS)


def _without_marks(text: str) -> str:
    """Leave out signs that are written over letters, such as vowels in Arabic: مَالْمُو."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Mn")


def _key(word: str) -> str:
    """Lower case; the letters of Norway and Denmark are those of Sweden, written otherwise."""
    return word.casefold().translate(_NEIGHBOURS)


def key(name: str) -> str:
    """Give the form in which names are compared: lower case, one space for any other sign."""
    return " ".join(word.key for word in words(name))


def fold(name: str) -> str:
    """Take the dots, rings and accents off a key."""
    if name.isascii():
        return name
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def without_digraphs(name: str) -> str:
    """Write `oe`, `ae` and `aa` in a folded key as the letter that they stand for."""
    for pair, letter in _DIGRAPHS:
        name = name.replace(pair, letter)
    return name


def compact(name: str) -> str:
    """Join a key, so that wrongly joined and wrongly parted words compare equal."""
    return name.replace(" ", "")


def less_one(name: str) -> set[str]:
    """Give all that a name becomes when one letter is left out."""
    return {name[:at] + name[at + 1 :] for at in range(len(name))}


def less_doubled(name: str) -> str:
    """Write each letter once that stands there twice."""
    return _DOUBLED.sub(r"\1", name)


def sounds(word: str) -> Iterator[str]:
    """Give the letters that stand side by side in a word, three at a time; its ends are spaces."""
    framed = f" {word} "
    return (framed[at : at + 3] for at in range(len(framed) - 2))


def distance(written: str, name: str) -> float:
    """Count wrong, missing, doubled and swapped letters between two compact keys."""
    folded = OSA.distance(fold(written), fold(name))
    return folded + (DIACRITICS if OSA.distance(written, name) > folded else 0)
