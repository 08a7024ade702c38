"""Words beside which a place stands (pure)."""

from directory.spelling import Word

FIRM_POINTERS = frozenset(
    {
        *("i", "från", "fr", "ifrån", "nära", "utanför", "omkring", "kring", "kommun"),
        *("in", "from", "near"),
    }
)
"""A word after one of these is a place, be it also one of everyday speech, as Mark or Vara."""

POINTERS = FIRM_POINTERS | {"bor", "mot", "runt", "till", "typ", "vid"}
"""A word after one of these is likely to be a place."""

FOLLOWERS = frozenset({"centrum", "kommun", "stad"})
"""The same of a word before one of these."""


def is_pointed_at(words: tuple[Word, ...], index: int) -> bool:
    """Whether a word is likely to be a place, for what stands beside it or for standing alone."""
    before = index > 0 and words[index - 1].key in POINTERS
    after = index + 1 < len(words) and words[index + 1].key in FOLLOWERS
    return before or after or len(words) == 1


def is_firmly_pointed_at(words: tuple[Word, ...], index: int) -> bool:
    return len(words) == 1 or (index > 0 and words[index - 1].key in FIRM_POINTERS)
