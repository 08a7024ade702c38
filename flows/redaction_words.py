"""A text as words with their places, and what stands between them."""

import re
from dataclasses import dataclass

from flows.names import key

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*(?:['’\-:][^\W\d_]+)*")
_OPENING = re.compile(r"[.!?:;\n\"”“(/•*–—-]")
"""After these signs a capital letter says nothing."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word; ``start`` and ``end`` count characters of the text."""

    start: int
    end: int
    key: str
    gap: str
    """What stands between the word before and this one."""
    titled: bool
    """Written with a capital letter that nothing else explains."""
    capital: bool


def words(text: str) -> tuple[Word, ...]:
    """Cut a text into words; digits and signs part them."""
    found: list[Word] = []
    at = 0
    shouted = text.isupper()
    for match in _WORD.finditer(text):
        written, gap = match[0], text[at : match.start()]
        opens = not found or _OPENING.search(gap) is not None
        capital = written[0].isupper() and not (shouted or _is_acronym(written))
        found.append(Word(*match.span(), key(written), gap, capital and not opens, capital))
        at = match.end()
    return tuple(found)


def _is_acronym(written: str) -> bool:
    return len(written) > 1 and written.isupper()
