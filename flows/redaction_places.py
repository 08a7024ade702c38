"""Where people in a note live, learn and work: streets, schools, employers, places.

A place that everybody has ("skolan", "vägen hem") tells nothing; one with a name of its own does.
Of places in Sweden only those count that somebody lives in or comes from: help has an address too.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from flows.names import key
from flows.redaction_words import Word

PlaceKind = Literal["address", "school", "employer", "place"]
Found = tuple[PlaceKind, int, int]

FEWEST_LETTERS_OF_A_NAME = 3
"""What stands before "-gatan" or "-skolan" has at least so many letters when it is a name."""

WORDS_BACK = 4
"""How far back a word about living or a service still belongs to the place."""

_HOUSE = re.compile(
    r"\s?(?:nr\s?)?\d{1,4}(?:\s?[a-hA-H]\b)?(?![\d%:]|\s?(?:kr|km|mil|år|min|gång))"
)
_POSTCODE = re.compile(
    r"(?<![\d+])(?:[sS][eE]?-?\s?)?[1-9]\d{2}\s?\d{2}\s(?=[A-ZÅÄÖ][a-zåäö]{2,})"
    r"[A-ZÅÄÖ][a-zåäö]+(?:\s[A-ZÅÄÖ][a-zåäö]+)?"
    r"|\b(?:[pP]ostn(?:umme)?r)\s?:?\s?[1-9]\d{2}\s?\d{2}(?!\d)"
)
_COMPANY = re.compile(r"\s(?:AB|ab|HB|hb|Aktiebolag|aktiebolag|kommunala bolag)\b")
_CLOSE = frozenset(("", " ", "\xa0"))


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The words of whereabouts.toml, by table and name, and the places of Sweden."""

    lists: Mapping[str, frozenset[str]]
    streets: tuple[str, ...]
    schools: tuple[str, ...]
    places: frozenset[str]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]


def parse_whereabouts(toml_text: str, *, places: Iterable[str]) -> Whereabouts:
    """Read the data file; `places` are the names of towns and municipalities."""
    data = tomllib.loads(toml_text)
    lists = {
        f"{table}.{name}": frozenset(words.split())
        for table, rows in data.items()
        for name, words in rows.items()
    }
    by_length = {name: sorted(lists[f"{name}.endings"], key=len) for name in ("street", "school")}
    return Whereabouts(
        lists=lists,
        streets=tuple(by_length["street"][::-1]),
        schools=tuple(by_length["school"][::-1]),
        places=frozenset(key(place) for place in places),
    )


def places_in(text: str, words: Sequence[Word], known: Whereabouts) -> Iterator[Found]:
    """Give kind, start and end of everything that tells where somebody is to be found.

    Where two overlap, the first given counts.
    """
    for code in _POSTCODE.finditer(text):
        yield "address", *code.span()
    for at, word in enumerate(words):
        before = words[at - 1] if at and word.gap in _CLOSE else None
        if end := _end_of_street(text, word, before, known):
            yield "address", _start(word, before), end
    for at, word in enumerate(words):
        if _is_school(words, at, known):
            yield "school", word.start, word.end
        elif _is_employer(text, words, at, known):
            yield "employer", word.start, word.end
        elif _is_place(words, at, known):
            yield "place", word.start, word.end


def _start(word: Word, before: Word | None) -> int:
    """A street of two words begins with the first: "Kungs gata"."""
    return before.start if before and before.titled else word.start


def _end_of_street(text: str, word: Word, before: Word | None, known: Whereabouts) -> int:
    """Give where an address ends, 0 where there is none."""
    if not word.key.endswith(known.streets):
        return 0
    ending = next(each for each in known.streets if word.key.endswith(each))
    house = _HOUSE.match(text, word.end)
    stem = word.key.removesuffix(ending)
    if not stem:
        named = before is not None and before.titled
        return house.end() if named and house else 0
    if stem in known["street.ordinary"] or len(stem) < FEWEST_LETTERS_OF_A_NAME:
        return 0
    if house:
        return house.end()
    sure = ending in {"gatan", "gränd", "gränden"} or (word.titled and ending != "plan")
    lives = before is not None and before.key == "på" and ending in {"vägen", "stigen"}
    return word.end if sure or lives else 0


def _is_school(words: Sequence[Word], at: int, known: Whereabouts) -> bool:
    word = words[at]
    if word.key.endswith(known.schools):
        ending = next(each for each in known.schools if word.key.endswith(each))
        stem = word.key.removesuffix(ending).rstrip("s")
        if not stem:
            return at > 0 and words[at - 1].titled and word.gap in _CLOSE
        plain = {stem, word.key.removesuffix(ending)} & known["school.ordinary"]
        return not plain and len(stem) >= FEWEST_LETTERS_OF_A_NAME
    is_other = word.key in known["school.general"] or word.key.endswith(known.streets)
    if not at or not word.titled or is_other:
        return False
    named = words[at - 1].key in known["school.before"] and word.gap in _CLOSE
    return named or _follows(words, at, known["school.going"], _SCHOOL_JOINTS)


def _is_employer(text: str, words: Sequence[Word], at: int, known: Whereabouts) -> bool:
    word = words[at]
    if word.key in known["work.general"] or not _follows(
        words, at, known["work.working"], known["work.joints"]
    ):
        return False
    return word.titled or word.key in known["work.known"] or bool(_COMPANY.match(text, word.end))


def _is_place(words: Sequence[Word], at: int, known: Whereabouts) -> bool:
    word = words[at]
    if not at or words[at - 1].key not in known["place.joints"] or word.gap not in _CLOSE:
        return False
    back = [each.key for each in words[max(0, at - WORDS_BACK) : at]]
    if any(each in known["place.services"] for each in back):
        return False
    lives = any(each in known["place.living"] for each in back)
    if word.key in known.places:
        return word.titled or lives
    is_no_place = word.key in known["place.abroad"] or word.key in known["place.things"]
    return word.titled and lives and not is_no_place


def _follows(words: Sequence[Word], at: int, verbs: frozenset[str], joints: frozenset[str]) -> bool:
    """Say whether "jobbar på", or a verb alone, stands right before."""
    word = words[at]
    if not at or word.gap not in _CLOSE:
        return False
    joint = words[at - 1].key in joints
    return joint and any(each.key in verbs for each in words[max(0, at - 3) : at - 1])


_SCHOOL_JOINTS = frozenset({"på", "i", "vid"})
