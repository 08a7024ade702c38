"""Words beside which a place stands (pure)."""

from collections.abc import Set as AbstractSet
from itertools import accumulate

from directory.spelling import Word

SETTLEMENTS = ("kommun", "kommunen", "orten", "byn", "staden", "samhället", "stället")
A_SETTLEMENT = ("ort", "by", "stad", "kommun", "samhälle", "ställe")
"""What may be said to be called as a place is: "kommunen heter Nora"."""

SIDES = (
    *("norr", "söder", "öster", "väster"),
    *("nordost", "nordöst", "nordväst", "sydost", "sydöst", "sydväst"),
)

LONGEST_POINTER = 3
"""Words of the longest of the phrases that follow."""

FIRM_POINTERS = frozenset(
    {
        *("i", "från", "fr", "ifrån", "nära", "utanför", "omkring", "kring", "kommun"),
        *("bor", "bosatt", "centrala", "närheten av"),
        *("in", "from", "near", "north of", "south of", "east of", "west of", "outside of"),
        *(f"{side} om" for side in SIDES),
        *(f"{what} {is_called}" for what in SETTLEMENTS for is_called in ("är", "heter")),
        *(f"{what} som heter" for what in (*SETTLEMENTS, *A_SETTLEMENT)),
    }
)
"""A word after one of these is a place, be it also one of everyday speech, as Mark or Vara."""

POINTERS = FIRM_POINTERS | {"mot", "runt", "till", "typ", "vid"}
"""A word after one of these is likely to be a place."""

FOLLOWERS = frozenset({"centrum", "kommun", "stad", "med omnejd"})
"""A word before one of these is a place."""

HINTS = POINTERS | {"det heter", "gäller", "kanske", "mellan"}
HINTS_AFTER = FOLLOWERS | {"kanske", "sverige", "sweden", "tror", "typ"}
"""Beside these in a short text, a town that is called as an everyday word may be meant."""

IT_IS = "det är"
"""The same, where nothing follows: "det är vara" may be the town, "det är vara jag" is not."""

SHORT_TEXT = 6
"""Words of a text that says little but where somebody lives."""

HOMES = frozenset(
    {
        *("bor i", "bo i", "bosatt i", "bor på", "bo på", "bosatt på", "kommer från", "är från"),
        *("live in", "am from"),
    }
)
"""After these, even a village that is called as an everyday word may be meant."""


def is_pointed_at(words: tuple[Word, ...], index: int) -> bool:
    """Whether a word is likely to be a place, for what stands beside it or for standing alone."""
    return len(words) == 1 or _is_beside(words, index, POINTERS, FOLLOWERS)


def is_firmly_pointed_at(words: tuple[Word, ...], index: int) -> bool:
    return len(words) == 1 or _is_beside(words, index, FIRM_POINTERS, FOLLOWERS)


def is_hinted_at(words: tuple[Word, ...], index: int) -> bool:
    """Whether an everyday word may be a town, for its capital or for a word beside it."""
    if words[index].titled:
        return True
    if len(words) > SHORT_TEXT:
        return False
    is_said_last = index == len(words) - 1 and IT_IS in before(words, index)
    return is_said_last or _is_beside(words, index, HINTS, HINTS_AFTER)


def is_home(words: tuple[Word, ...], index: int) -> bool:
    return not HOMES.isdisjoint(before(words, index))


def before(words: tuple[Word, ...], index: int) -> tuple[str, ...]:
    """Give the word before another, and the two and three before it as one."""
    keys = [word.key for word in words[max(0, index - LONGEST_POINTER) : index]]
    return tuple(accumulate(reversed(keys), lambda said, key: f"{key} {said}"))


def _is_beside(
    words: tuple[Word, ...], index: int, ahead: AbstractSet[str], behind: AbstractSet[str]
) -> bool:
    if not ahead.isdisjoint(before(words, index)):
        return True
    keys = [word.key for word in words[index + 1 : index + 3]]
    return not behind.isdisjoint((*keys[:1], " ".join(keys)))
