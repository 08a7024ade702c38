"""Whether a word is a name of somebody rather than of their place: Malin Lund (pure)."""

from collections.abc import Set as AbstractSet

from directory.pointers import HINTS, before
from directory.spelling import Word

CALLED = frozenset({"heter", "hette", "namn är", "name is"})
"""Words before a name."""

WHOSE = ("min", "mitt", "din", "hans", "hennes", "vår", "my")
KIN = (
    *("mamma", "pappa", "mor", "far", "son", "dotter", "bror", "syster", "kusin"),
    *("man", "fru", "sambo", "särbo", "partner", "pojkvän", "flickvän", "ex", "exman", "exfru"),
    *("vän", "väninna", "kompis", "kollega", "chef", "granne", "terapeut", "psykolog"),
    *("wife", "husband", "friend", "boss"),
)
ACQUAINTED = frozenset(f"{whose} {kin}" for whose in WHOSE for kin in KIN)
"""Words before a name of somebody whom one knows: "min chef Boden"."""


def is_somebody(words: tuple[Word, ...], index: int, first_names: AbstractSet[str]) -> bool:
    """Whether a name follows a first name or what tells that it is somebody's."""
    said = before(words, index)
    if not said or not HINTS.isdisjoint(said):
        return False
    return said[0] in first_names or not (CALLED | ACQUAINTED).isdisjoint(said)
