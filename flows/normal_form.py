"""Brings a text into one form for recognising, with the way back to the original.

Digits of all scripts become 0-9, all dashes "-", letters lower case, invisible characters go, and
runs of number words ("noll sju noll") become digits. Every character keeps its original place.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NormalForm:
    """A text whose character i stands for the characters starts[i]:ends[i] of the original."""

    text: str
    starts: list[int]
    ends: list[int]


def normal_form(text: str) -> NormalForm:
    """Bring a text into normal form: lower case, ASCII digits, plain dashes, digits for words."""
    return _spelled_out(_plain_letters(text))


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


_UNITS = {
    "noll": "0",
    "nolla": "0",
    "ett": "1",
    "en": "1",
    "etta": "1",
    "två": "2",
    "tva": "2",
    "tre": "3",
    "fyra": "4",
    "fem": "5",
    "sex": "6",
    "sju": "7",
    "åtta": "8",
    "atta": "8",
    "nio": "9",
}
_TEENS = {
    "tio": "10",
    "elva": "11",
    "tolv": "12",
    "tretton": "13",
    "fjorton": "14",
    "femton": "15",
    "sexton": "16",
    "sjutton": "17",
    "arton": "18",
    "nitton": "19",
}
_TENS = {
    "tjugo": "2",
    "trettio": "3",
    "fyrtio": "4",
    "femtio": "5",
    "sextio": "6",
    "sjuttio": "7",
    "åttio": "8",
    "attio": "8",
    "nittio": "9",
}
_NUMBERS = "|".join(sorted((*_UNITS, *_TEENS, *_TENS), key=len, reverse=True))
_NUMBER = re.compile(rf"(?P<word>{_NUMBERS})(?P<unit>\s?(?:{'|'.join(_UNITS)}))?")
_NUMBER_RUN = re.compile(rf"(?<![^\W\d_])(?:(?:{_NUMBERS}|\d)[ \-,.]{{0,3}}){{4,}}(?![^\W\d_])")


def _spelled_out(view: NormalForm) -> NormalForm:
    """Put digits for number words where at least four follow each other."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece, start, end in _pieces(view.text):
        letters += piece
        whole = len(piece) == end - start
        starts += view.starts[start:end] if whole else [view.starts[start]] * len(piece)
        ends += view.ends[start:end] if whole else [view.ends[end - 1]] * len(piece)
    return NormalForm("".join(letters), starts, ends)


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Cut the text into what stays and digits for number words, with their places."""
    at = 0
    for run in _NUMBER_RUN.finditer(text):
        place = run.start()
        while number := _NUMBER.search(text, place, run.end()):
            word = number["word"]
            yield text[at : number.start()].replace(",", " "), at, number.start()
            yield _digits_of(word, number["unit"]), number.start(), number.end("word")
            at = place = number.end("word")
    yield text[at:], at, len(text)


def _digits_of(word: str, unit: str | None) -> str:
    if word in _TENS:
        return _TENS[word] + ("" if unit else "0")
    return _TEENS.get(word) or _UNITS[word]
