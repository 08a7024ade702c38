"""Whether somebody who names a place says that they live there, or that they do not (pure).

Only words right before a name are read: "inte långt från Malmö" and "orkar inte bo kvar i Malmö"
say nothing against Malmö.
"""

from typing import Literal

from directory.spelling import Word

Standing = Literal["here", "left", "denied"]
"""Named as a place is; as one that somebody left, or perhaps not theirs; as surely not theirs."""

PAIRS = frozenset(
    {
        *("don t", "no longer", "i live", "have lived", "ve lived"),
        *("växte upp", "växt upp", "grew up", "närheten av"),
    }
)
"""Words that are read as one. An English "I" is no Swedish "i", and "no" alone denies nothing."""

NOT = frozenset(
    {
        *("inte", "ej", "icke", "varken", "aldrig"),
        *("not", "never", "dont", "don t", "no longer"),
    }
)

BUT = frozenset({"utom", "förutom", "except"})
"""A place after one of these is one where somebody does not live: "hela Skåne utom Malmö"."""

LINKS = frozenset(
    {
        *("i", "på", "vid", "från", "ifrån", "in", "from", "här", "nere", "uppe", "here"),
        *("till", "nära", "närheten av", "utanför", "to", "near", "outside"),
        *("just", "längre", "kvar", "själva", "heller", "alls", "bor", "bott"),
        *("live", "lives", "living", "lived"),
    }
)
"""Words that may stand between such a word and the place."""

OF_PLACES = frozenset(
    {
        *("bor", "är", "det", "men", "och", "jag", "vi", "nej", "kommer", "fast", "bara"),
        *("absolut", "verkligen", "definitivt"),
        *("am", "live", "is", "but", "i", "we", "do", "m", "re"),
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
LIVED = frozenset(
    {
        *("bodde", "född", "uppvuxen", "uppväxt", "växte upp", "växt upp"),
        *("lived", "born", "raised", "grew up"),
    }
)
"""What is said of where somebody lived, or was born, and perhaps lives no more."""
HAVE_LIVED = frozenset({"bott", "have lived", "ve lived"})
"""What somebody also says who lives there still: "har bott i Malmö hela mitt liv"."""

FORMERLY = frozenset({"förut", "förr", "tidigare", "innan", "before", "previously"})
ONCE = FORMERLY | {"bodde"}
AT = frozenset({"i", "på", "vid", "in"})
BETWEEN = FORMERLY | {"jag", "vi", "hon", "han", "då", "länge"}
"""Words that may stand between such a verb and its place: "förr bodde jag i Malmö"."""


def standing(words: tuple[Word, ...], start: int) -> Standing:
    """Tell how the place stands whose name begins at `start`."""
    before = _paired(words[:start])
    denied = _denied(before)
    if denied == "here" and _is_left(before, _paired(words[start:])):
        return "left"
    return denied


def is_here(words: tuple[Word, ...], start: int) -> bool:
    return standing(words, start) == "here"


def _paired(words: tuple[Word, ...]) -> list[str]:
    """List the keys, those of PAIRS as one."""
    keys: list[str] = []
    for word in words:
        if keys and (pair := f"{keys[-1]} {word.key}") in PAIRS:
            keys[-1] = pair
        else:
            keys.append(word.key)
    return keys


def _denied(before: list[str]) -> Standing:
    """Look back over the LINKS for a NOT, and at what it is said of."""
    while before and before[-1] in LINKS:
        before = before[:-1]
    if before and before[-1] in BUT:
        return "denied"
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
    return before[-1] in AT and _has_lived(_verb(before[:-1]), [*before, *after])


def _verb(before: list[str]) -> str:
    while before and before[-1] in BETWEEN:
        before = before[:-1]
    return before[-1] if before else ""


def _has_lived(verb: str, said: list[str]) -> bool:
    """Whether the verb is of the past, by itself or by what else is said."""
    return verb in LIVED or (verb in HAVE_LIVED and not ONCE.isdisjoint(said))
