"""Words before a name that may make it another place's: Västra Husby, Trolle-Ljungby (pure)."""

from directory import spelling
from directory.gazetteer import Fit, Gazetteer
from directory.spelling import Word

PREFIXES = frozenset(
    {
        *("norra", "södra", "östra", "västra", "mellersta"),
        *("stora", "lilla", "gamla", "nya", "övre", "nedre", "yttre", "inre"),
        *("torna", "trolle", "munka", "gärds"),
    }
)

CITY = 50_000
"""Inhabitants of a place whose parts are also called so: norra Malmö."""


def is_prefixed(words: tuple[Word, ...], start: int, fit: Fit, names: Gazetteer) -> bool:
    """Whether the name that begins at `start` may be but the end of one that is not known."""
    if not start or fit.kind == "county":
        return False
    ahead = words[start - 1].key
    if ahead in PREFIXES:
        return fit.inhabitants < CITY
    is_known = ahead in names.ordinary or spelling.fold(ahead) in names.folded
    return words[start].hyphened and not is_known
