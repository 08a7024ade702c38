"""Digits for number words that follow each other: "noll sjuttio, etthundratjugotre"."""

import re
from collections.abc import Iterator

_WORDS_OF_UNITS = """
noll nolla nollan zero oh, ett en etta ettan one, två tva tvåa tvåan two, tre trea trean three,
fyra four, fem femma femman five, sex sexa sexan six, sju sjua sjuan sjuu seven,
åtta atta åta eight, nio nia nie nine
"""
_WORDS_OF_TEENS = """
tio tie, elva, tolv, tretton, fjorton, femton, sexton, sjutton, arton aderton, nitton
"""
_WORDS_OF_TENS = """
tjugo tjugi tjuge tju, trettio tretti, fyrtio fyrti förti, femtio femti, sextio sexti,
sjuttio sjutti, åttio åtti attio, nittio nitti
"""


def _numbered(words: str, first: int) -> dict[str, str]:
    """Number the groups between commas; all words of a group have its number."""
    groups = enumerate(words.split(","), first)
    return {word: str(number) for number, group in groups for word in group.split()}


_UNITS = _numbered(_WORDS_OF_UNITS, 0)
_TEENS = _numbered(_WORDS_OF_TEENS, 10)
_TENS = _numbered(_WORDS_OF_TENS, 2)
_TIMES = {"dubbel": 2, "dubbla": 2, "trippel": 3}


def _any_of(*words: str) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_UNIT, _TEEN, _TEN = _any_of(*_UNITS), _any_of(*_TEENS), _any_of(*_TENS)
_PLAIN = _any_of(*_UNITS, *_TEENS, *_TENS)
_WORD = re.compile(rf"(?<![^\W\d_])(?:{_PLAIN}|dubbel)")
_FILLER = "och|sen|sedan|streck|bindestreck|mellanslag|plus"
_NUMBER = re.compile(
    rf"(?:(?P<filler>{_FILLER})|(?P<hundreds>{_UNIT})?\s?hundra\s?(?:och\s)?"
    rf"(?:(?P<ten>{_TEN})\s?(?P<one>{_UNIT})?|(?P<teen>{_TEEN})|(?P<few>{_UNIT}))?"
    rf"|(?P<times>{_any_of(*_TIMES)})\s?(?P<of>{_UNIT})"
    rf"|(?P<word>{_PLAIN})(?P<unit>\s?(?:{_UNIT}))?)"
)
_BETWEEN = rf"[ \-,.;:/\n]{{0,3}}(?:(?:{_FILLER})[ ,.\-]{{1,3}}){{0,2}}"
_PARTS = _any_of(*_UNITS, *_TEENS, *_TENS, *_TIMES, "hundra")
_NUMBER_RUN = re.compile(
    rf"(?<![^\W\d_])(?:(?:{_PARTS}|\d){_BETWEEN}){{5,}}"
    r"(?![^\W\d_])"
)


def pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Cut the text into what stays and digits for number words, with their places."""
    at = 0
    for run in _NUMBER_RUN.finditer(text):
        if not _WORD.search(run[0]):
            continue
        place = run.start()
        while number := _NUMBER.search(text, place, run.end()):
            end = number.end("word") if number["word"] else number.end()
            yield text[at : number.start()].replace(",", " "), at, number.start()
            yield _digits_of(number), number.start(), end
            at = place = end
    yield text[at:], at, len(text)


def _digits_of(number: re.Match[str]) -> str:
    if number["filler"]:
        return " "
    if times := number["times"]:
        return _UNITS[number["of"]] * _TIMES[times]
    if word := number["word"]:
        return _in_digits(word, has_unit=bool(number["unit"]))
    rest = _TEENS.get(number["teen"] or "") or (
        _TENS.get(number["ten"] or "", "0") + _UNITS.get(number["one"] or number["few"] or "", "0")
    )
    return _UNITS.get(number["hundreds"] or "", "1") + rest


def _in_digits(word: str, *, has_unit: bool) -> str:
    if word in _TENS:
        return _TENS[word] + ("" if has_unit else "0")
    return _TEENS.get(word) or _UNITS[word]
