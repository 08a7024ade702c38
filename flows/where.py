"""What a text says of where somebody lives, and whether it says anything besides."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from directory import spelling
from directory.gazetteer import gazetteer
from directory.models import Directory
from directory.places import Place, understand

FEW_WORDS = 4
"""An answer to "where do you live?" is short; a longer text is somebody telling something."""

SOME_WORDS = 8
"""Words of a text that says where somebody lives: "jag bor i närheten av Hässleholm"."""

LONGEST = 120
"""Characters of it, also where they are but line breaks."""

LIVES = frozenset(
    ("bor", "bo", "hemma", "kommer", "närheten", "nära", "utanför", "trakten", "live")
)
"""Words that say so."""

_AROUND = """
" alltså am asun av bara by byn centrala den det du där då eller en ett finns från för gäller
hej hitta hjälp hur här i in istället jag kan kanske kommun kommunen ligger län länet med men
menade menar nej nog norr nu nä något nåt och också ok okej olen om ort orten på stad strax
söder söker tack till tror typ ungefär vad vi vid vill visa väster än är öster över
"""
AROUND = LIVES | frozenset(_AROUND.split())
"""Words that may stand around a place without telling anything more."""

LANDSCAPES: Mapping[str, tuple[str, ...]] = {
    "småland": ("06", "07", "08"),
    "lappland": ("24", "25"),
    "norrland": ("21", "22", "23", "24", "25"),
}
"""Parts of the country that lie in several counties, by those counties' codes."""

_DIGIT = re.compile(r"\d")
_POSTCODE = re.compile(r"\D*[1-9]\d{2} ?\d{2}\D*")

PARTS = frozenset({"seat or well-known part", "part of several towns"})
"""The notes of those other names that a part of a municipality goes by."""


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Where:
    """What a text says of where somebody lives.

    `part` is what the text calls a part of a municipality, as it is written, where it names nothing
    else. `counties` holds the codes of those that a landscape lies in, when there are several.
    """

    place: Place = NOWHERE
    part: str = ""
    counties: tuple[str, ...] = ()
    is_postcode: bool = False

    @property
    def is_somewhere(self) -> bool:
        """Whether the text says where, be it that something must still be chosen or asked."""
        return self.place.is_understood or bool(self.counties) or self.is_postcode


def where(text: str, directory: Directory) -> Where:
    """Find where a text says that somebody lives."""
    bare = " ".join(_telling(text))
    return Where(
        understand(text, directory),
        _parts(directory).get(bare, ""),
        _landscapes().get(spelling.fold(bare), ()),
        is_postcode=_is_postcode(text),
    )


def may_tell_where(text: str) -> bool:
    """Whether a text may only say where somebody lives: a few words, or some more that say so."""
    words = text.split()
    says_so = not LIVES.isdisjoint(word.casefold() for word in words)
    return len(text) <= LONGEST and len(words) <= (SOME_WORDS if says_so else FEW_WORDS)


def only_where(text: str, directory: Directory) -> Where:
    """Find the same in a text that says nothing else; of one that does, nothing is found.

    Each word is a part of what is understood, or stands around it. A guess at what an everyday word
    might be misspelt for is no place.
    """
    found = where(text, directory)
    words = _telling(text)
    names = gazetteer(directory)
    is_guess = len(found.place.candidates) == 1
    if is_guess and (_DIGIT.search(text) or not names.ordinary.isdisjoint(words)):
        return Where()
    is_name = bool(found.counties) or " ".join(words) in names.exact
    counts = (_counts(words, at, directory) for at in range(len(words)))
    says_only = is_name or found.is_postcode or (bool(words) and all(counts))
    return found if found.is_somewhere and says_only else Where()


def _counts(words: tuple[str, ...], at: int, directory: Directory) -> bool:
    """Whether a word among these is a place, or something else is understood without it."""
    alone = understand(words[at], directory)
    if alone.municipality or alone.county or len(alone.candidates) > 1:
        return True
    without = understand(" ".join((*words[:at], *words[at + 1 :])), directory)
    whole = understand(" ".join(words), directory)
    return whole.is_understood and without != whole


def _telling(text: str) -> tuple[str, ...]:
    """Leave out the words that may stand around a place."""
    return tuple(word.key for word in spelling.words(text) if word.key not in AROUND)


def _is_postcode(text: str) -> bool:
    """Whether a text is five digits, as "123 45", and perhaps words around them."""
    return bool(_POSTCODE.fullmatch(text)) and not _telling(text)


@lru_cache(maxsize=1)
def _landscapes() -> Mapping[str, tuple[str, ...]]:
    return {spelling.fold(name): counties for name, counties in LANDSCAPES.items()}


@lru_cache(maxsize=4)
def _parts(directory: Directory) -> Mapping[str, str]:
    """How the parts of municipalities are written, by the form in which names are compared."""
    return {spelling.key(name): name for name in _names(directory)}


def _names(directory: Directory) -> Iterator[str]:
    yield from (each.alias.title() for each in directory.aliases if each.note in PARTS)
    yield from (name for each in directory.districts.values() for name in each.also_called)
    yield from (each.name for each in directory.localities)
