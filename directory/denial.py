"""Whether somebody who names a place says that they live there, or that they do not (pure).

Only words right before a name are read: "inte långt från Malmö" and "orkar inte bo kvar i Malmö"
say nothing against Malmö.
"""

from typing import Literal

from directory.spelling import Word

Standing = Literal["here", "left", "denied"]
"""Named as a place is; as one that somebody left, or perhaps not theirs; as surely not theirs."""

NOT = frozenset({"inte", "ej", "icke", "not", "varken"})

LINKS = frozenset(
    {
        *("i", "på", "vid", "från", "ifrån", "in", "from"),
        *("just", "längre", "kvar", "själva", "heller", "alls", "bor"),
    }
)
"""Words that may stand between such a word and the place."""

OF_PLACES = frozenset(
    {
        *("bor", "är", "det", "men", "och", "jag", "vi", "nej", "kommer", "fast", "bara"),
        *("am", "live", "is", "but"),
    }
)
"""Words before a NOT that is said of a place. After any other it may be said of something else."""

UNKNOWING = frozenset({"vet", "know"})
"""Words before a NOT that is said of nothing: "vet inte, Malmö kanske"."""

FROM = frozenset({"från", "ifrån", "fr", "from"})
TOWARDS = frozenset({"till", "to"})

MOVED = frozenset(
    {
        *("flytta", "flyttar", "flyttade", "flyttat", "flytt", "flydde", "flyr"),
        *("moved", "fled"),
    }
)
LIVED = frozenset({"bodde", "bott", "lived"})
AT = frozenset({"i", "på", "vid", "in"})


def standing(words: tuple[Word, ...], start: int) -> Standing:
    """Tell how the place stands whose name begins at `start`."""
    before = [word.key for word in words[:start]]
    denied = _denied(before)
    if denied == "here" and _is_left(before, [word.key for word in words[start:]]):
        return "left"
    return denied


def is_here(words: tuple[Word, ...], start: int) -> bool:
    return standing(words, start) == "here"


def _denied(before: list[str]) -> Standing:
    """Look back over the LINKS for a NOT, and at what it is said of."""
    while before and before[-1] in LINKS:
        before = before[:-1]
    if not before or before[-1] not in NOT:
        return "denied" if _is_neither(before) else "here"
    ahead = before[-2] if len(before) > 1 else ""
    if ahead in UNKNOWING:
        return "here"
    return "denied" if not ahead or ahead in OF_PLACES else "left"


def _is_neither(before: list[str]) -> bool:
    """Whether this is the second of two: "varken i Malmö eller i Lund"."""
    return before[-1:] == ["eller"] and "varken" in before


def _is_left(before: list[str], after: list[str]) -> bool:
    """Whether somebody moved from there, or lived there once."""
    if not before:
        return False
    if before[-1] in FROM:
        return not TOWARDS.isdisjoint(after) or not MOVED.isdisjoint(before)
    return before[-1] in AT and not LIVED.isdisjoint(before[-2:])
