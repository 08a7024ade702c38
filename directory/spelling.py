"""How a place is spelt: words, folded forms, and how far one spelling is from another (pure)."""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import OSA

LONGEST_TEXT = 200
"""Characters of a text that are looked at."""

MOST_WORDS = 30
"""Words of a text that are looked at."""

LONGEST_WORD = 40
"""Letters of a word that are looked at; no name of a place is longer."""

DIACRITICS = 0.5
"""What a wrong dot or ring costs, measured in wrong letters."""

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = str.maketrans({"ø": "o", "æ": "a", "œ": "o", "đ": "d", "ł": "l", "ð": "d"})
_DIGRAPHS = (("oe", "o"), ("ae", "a"), ("aa", "a"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its key for comparing, and whether it was written with a capital."""

    key: str
    titled: bool


def words(text: str) -> tuple[Word, ...]:
    """Split the beginning of a text; digits, signs and control characters part words."""
    readable = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:LONGEST_TEXT]))
    found = _WORD.findall(readable[:LONGEST_TEXT])[:MOST_WORDS]
    return tuple(Word(word[:LONGEST_WORD].casefold(), word.istitle()) for word in found)


def key(name: str) -> str:
    """Give the form in which names are compared: lower case, one space for any other sign."""
    return " ".join(word.key for word in words(name))


def fold(name: str) -> str:
    """Take the dots, rings and accents off a key."""
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


def distance(written: str, name: str) -> float:
    """Count wrong, missing, doubled and swapped letters between two compact keys."""
    folded = OSA.distance(fold(written), fold(name))
    return folded + (DIACRITICS if OSA.distance(written, name) > folded else 0)
