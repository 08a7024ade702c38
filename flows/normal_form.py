"""Brings a text into one form for recognising, with the way back to the original.

Digits of all scripts become 0-9, all dashes "-", letters lower case, invisible characters go, and
runs of number words ("noll sju noll") become digits. Every character keeps its original place.
"""

import re
import unicodedata
from dataclasses import dataclass

from flows.spelled_numbers import pieces


@dataclass(frozen=True, slots=True)
class NormalForm:
    """A text whose character i stands for the characters starts[i]:ends[i] of the original."""

    text: str
    starts: list[int]
    ends: list[int]


def normal_form(text: str) -> NormalForm:
    """Bring a text into normal form: lower case, ASCII digits, plain dashes, digits for words."""
    return _spelled_out(_with_zeros(_plain_letters(text)))


_DASHES = frozenset("\u2043\u2212\u02d7\u30fc")
_COMBINING = frozenset(("Mn", "Me"))
_INVISIBLE = _COMBINING | {"Cf", "Cc"}
_ORDINARY = re.compile(r"[ -~\nåäöÅÄÖéÉ]*")
"""Nearly everything that is written here: each letter stands for itself."""
_LONGEST_FORM = 4
"""Some single characters stand for whole phrases; nobody's number hides in them."""


def _plain_letters(text: str) -> NormalForm:
    if _ORDINARY.fullmatch(text):
        length = len(text)
        return NormalForm(text.lower(), list(range(length)), list(range(1, length + 1)))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for at, letter in enumerate(text):
        plain = _plain(letter)
        if not plain and ends and unicodedata.category(letter) in _COMBINING:
            ends[-1] = at + 1
        letters += plain
        starts += [at] * len(plain)
        ends += [at + 1] * len(plain)
    return NormalForm("".join(letters), starts, ends)


def _plain(letter: str) -> str:
    """Give the letter in normal form, or nothing where it cannot be seen."""
    if letter.isascii() and letter.isprintable():
        return letter.lower()
    if letter in "\n\r\t":
        return "\n"
    if (digit := unicodedata.decimal(letter, None)) is not None:
        return str(digit)
    category = unicodedata.category(letter)
    if category in _INVISIBLE:
        return ""
    if category == "Pd" or letter in _DASHES:
        return "-"
    form = unicodedata.normalize("NFKC", letter).lower()
    return form if len(form) <= _LONGEST_FORM else letter


_DIGIT = re.compile(r"\d")
_LIKE_A_NUMBER = re.compile(r"(?<![^\W_])[\dol]{2,}(?![^\W_])")
_LONE_O = re.compile(
    r"(?<![^\W_])(?<![\W_][a-z][ \-.])o(?=[ \-.]\d(?!\d))|(?<=\d[ \-.])o{2,3}(?=[ \-.]\d)"
)
_LETTERED = re.compile(
    r"(?<![^\W_])(?:\+46[ \-]?(?:\(0\) ?)?7|[0o])[\doli]++"
    r"(?:[ \-./]{1,3}(?:[\doli]{2,}+|\d)(?![^\W_]))*+(?![^\W_])"
)
"""Written as a telephone number is, with letters for some of its digits."""
_FIGURES = str.maketrans("oli", "011")
FEWEST_DIGITS_OF_A_LETTERED = 2
"""With fewer real digits the letters are words."""
FEWEST_FIGURES_OF_A_LETTERED = 8
"""Digits and letters together: shorter ones reach nobody."""
FEWEST_DIGITS_BESIDE_AN_L = 4
"""With fewer, the letter is a litre."""


def _with_zeros(view: NormalForm) -> NormalForm:
    """Put 0 and 1 for the letters o, l and i that stand among digits, as in "o7o-l23"."""
    if not _DIGIT.search(view.text):
        return view
    text = _LETTERED.sub(_all_in_digits, view.text)
    text = _LONE_O.sub(_zeros, _LIKE_A_NUMBER.sub(_in_digits, text))
    return NormalForm(text, view.starts, view.ends)


def _zeros(letters: re.Match[str]) -> str:
    return "0" * len(letters[0])


def _all_in_digits(number: re.Match[str]) -> str:
    figures = [each for each in number[0] if each.isalnum()]
    digits = sum(map(str.isdecimal, figures))
    few = digits < FEWEST_DIGITS_OF_A_LETTERED or len(figures) < FEWEST_FIGURES_OF_A_LETTERED
    return number[0] if few else number[0].translate(_FIGURES)


def _in_digits(token: re.Match[str]) -> str:
    written = token[0]
    digits = sum(map(str.isdecimal, written))
    fewest = FEWEST_DIGITS_BESIDE_AN_L if "l" in written else 1
    return written.translate(_FIGURES) if digits >= fewest else written


def _spelled_out(view: NormalForm) -> NormalForm:
    """Put digits for number words where at least five follow each other."""
    found = list(pieces(view.text))
    if len(found) == 1:
        return view
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in found:
        letters += piece
        whole = len(piece) == end - start
        starts += view.starts[start:end] if whole else [view.starts[start]] * len(piece)
        ends += view.ends[start:end] if whole else [view.ends[end - 1]] * len(piece)
    return NormalForm("".join(letters), starts, ends)
