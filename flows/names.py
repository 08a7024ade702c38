"""Which words are names, as the data file says it (names.toml)."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

Sort = Literal["sure", "word", "frequent", "rarest"]
"""A name everywhere; a word judged by what stands around it, the commoner the harder."""

FEWEST_LETTERS_OF_A_GENITIVE = 4
"""Shorter words that end in s are rarely a name with -s."""

FEWEST_LETTERS_OF_A_SOUND = 6
"""Shorter names are not recognised in another spelling: too many words sound alike."""

FEWEST_LETTERS_IN_FRONT = 3
FEWEST_LETTERS_BEHIND = 4
"""Of the parts of a word that is put together; shorter ones are alike by chance."""

FEWEST_LETTERS_OF_A_STEM = 3
"""What is left of "kasta" without its -a; what is shorter is alike by chance."""

_LETTERS = str.maketrans({"ø": "ö", "æ": "ä", "ł": "l", "đ": "d", "ı": "i", "ß": "s", "’": "'"})
_SHORT = 5
_SOUNDS = tuple(
    (re.compile(letters), one)
    for letters, one in (
        *((r"ou|oo|w(?=[^aeiouy])", "u"), (r"ee|ie|ii|y|j", "i"), (r"kh|q|ck|x|c", "k")),
        *(("gh", "g"), ("w", "v"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("z", "s")),
        *((r"dsh|sch|sh", "s"), (r"ai|ei", "e"), (r"[oe]h?$|ah$", "a")),
    )
)
_DOUBLED = re.compile(r"(.)\1")
MOST_SOUNDS = 4096
"""Words whose sound is remembered while many lines are read."""

_NO_DOTS = str.maketrans("åäö", "aao")
_SWEDISH = frozenset("åäö")


@dataclass(frozen=True, slots=True)
class Names:
    """First and last names in small letters without accents, and the words that tell them."""

    sorts: Mapping[str, Sort]
    sounds: frozenset[str]
    """How first names sound, for names from other alphabets, which are spelt in many ways."""
    family: frozenset[str]
    """Words that are a family name after a first name."""
    heads: tuple[str, ...]
    """What a first name begins with, whatever its ending."""
    tails: Mapping[str, int]
    """What a family name ends in, and how many letters it then has at least."""
    endings: tuple[str, ...]
    """The same endings alone."""
    not_names: frozenset[str]
    known: Mapping[str, tuple[tuple[str, ...], ...]]
    """Phrases that hold a name and are none, by their first word."""
    context: Mapping[str, frozenset[str]]
    nouns: tuple[str, ...]
    """What a noun of Swedish ends in, as hardly a name does."""
    kinfolk: tuple[str, ...]
    """What a longer word for somebody ends in: "klasskompis"."""
    ordinary: frozenset[str]
    """Words of every day."""
    stems: frozenset[str]
    """The same, and what is left of "kasta" and "flicka" before another ending."""
    inflections: tuple[str, ...]
    """What a word of every day also ends in, and nothing for the word as it is."""

    def sort(self, key: str) -> Sort | None:
        """Say how sure it is that a word is a name, with a genitive -s or without."""
        if key in self.not_names:
            return None
        bare = without_genitive(key)
        found = self.sorts.get(key) or self.sorts.get(bare)
        return found or ("sure" if self._has_tail(key) or self._sounds_like_one(bare) else None)

    def is_genitive(self, key: str) -> bool:
        """Say whether an -s was added to a name, as in "annas" and not in "jonas"."""
        bare = without_genitive(key)
        if key.endswith(("'s", ":s")):
            return True
        return bare != key and key not in self.sorts and self.sort(bare) is not None

    def is_a_noun(self, key: str) -> bool:
        """Say whether a word is of every day or ends as nouns do."""
        return key in self.ordinary or key.endswith(self.nouns)

    def is_ordinary(self, key: str) -> bool:
        """Say whether a word is of every day in one of its forms."""
        return any(
            key.endswith(ending) and key[: len(key) - len(ending)] in self.stems
            for ending in self.inflections
        )

    def is_made_of_words(self, key: str) -> bool:
        """Say whether a word ends in one of every day, as Swedish puts words together."""
        ends = range(FEWEST_LETTERS_IN_FRONT, len(key) - FEWEST_LETTERS_BEHIND + 1)
        return any(key[at:] in self.ordinary for at in ends)

    def is_made_of_two(self, key: str) -> bool:
        """Say whether both halves of a word are of every day: "umgängesstöd"."""
        ends = range(FEWEST_LETTERS_BEHIND, len(key) - FEWEST_LETTERS_BEHIND + 1)
        return any(self._is_everyday_pair(key[:at], key[at:]) for at in ends)

    def _is_everyday_pair(self, front: str, behind: str) -> bool:
        return behind in self.ordinary and front.removesuffix("s") in self.ordinary

    def _sounds_like_one(self, key: str) -> bool:
        if len(key) < FEWEST_LETTERS_OF_A_SOUND:
            return False
        if key in self.ordinary or key in self.context["proper"]:
            return False
        return key.startswith(self.heads) or sound(key) in self.sounds

    def _has_tail(self, key: str) -> bool:
        return key.endswith(self.endings) and any(
            key.endswith(tail) and len(key) >= fewest for tail, fewest in self.tails.items()
        )


def parse_names(toml_text: str, *, ordinary: Iterable[str]) -> Names:
    """Read the data file; `ordinary` are words of every day, some of them names."""
    data = tomllib.loads(toml_text)
    first, last, context = data["first"], data["last"], data["context"]
    made = map("".join, product(_list(last["beginnings"]), _list(last["endings"])))
    families = {*_list(last["names"]), *made} - set(_list(last["not_made"]))
    not_names = frozenset(_list(first["not_names"]))
    words = (*ordinary, *_list(context.pop("everyday")))
    tails = {tail: int(fewest) for tail, _, fewest in _tails(last["tails"])}
    sorts: dict[str, Sort] = {}
    groups: tuple[tuple[Iterable[str], Sort], ...] = (
        ((*families, *_list(first["names"]), *_list(first["settled"])), "sure"),
        (_list(first["words"]), "word"),
        (_list(first["frequent"]), "frequent"),
        (_list(first["rarest"]), "rarest"),
    )
    for names, sort in groups:
        sorts.update(dict.fromkeys(_spellings(names), sort))
    everyday = frozenset(map(key, words)) - sorts.keys() | not_names
    return Names(
        sorts=sorts,
        sounds=frozenset(sound(key(name)) for name in _list(first["names"]) if len(name) >= _SHORT),
        heads=tuple(_list(first["heads"])),
        family=_spellings((*families, *_list(last["words"]))),
        tails=tails,
        endings=tuple(tails),
        not_names=not_names,
        known=_by_first(tuple(phrase.split()) for phrase in context.pop("known").split(",")),
        nouns=tuple(_list(context.pop("nouns"))),
        kinfolk=tuple(_list(context.pop("kinfolk"))),
        ordinary=everyday,
        inflections=("", *_list(context.pop("inflections"))),
        stems=_stems(everyday) | {*_list(context["kin"]), *_list(context["proper"])},
        context={name: frozenset(_list(words)) for name, words in context.items()},
    )


def key(word: str) -> str:
    """Give the form in which names are compared: small letters, no accents but å, ä and ö."""
    small = word.lower().translate(_LETTERS)
    if small.isascii():
        return small
    return "".join(
        letter if letter in _SWEDISH else unicodedata.normalize("NFKD", letter)[0]
        for letter in unicodedata.normalize("NFC", small)
    )


def without_genitive(key: str) -> str:
    """Give what "annas", "anna's" and "anna:s" belong to; short words stay as they are."""
    if len(key) < FEWEST_LETTERS_OF_A_GENITIVE or key[-1] != "s":
        return key
    return key[:-1].rstrip("':")


@lru_cache(maxsize=MOST_SOUNDS)
def sound(key: str) -> str:
    """Give what is alike in the ways to spell a name: "Khadija" and "Kadidja" are nearly one."""
    for letters, one in _SOUNDS:
        key = letters.sub(one, key)
    return _DOUBLED.sub(r"\1", key)


def _by_first(phrases: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def _stems(words: frozenset[str]) -> frozenset[str]:
    long = (word for word in words if len(word) > FEWEST_LETTERS_OF_A_STEM)
    return words | {word.removesuffix("a") for word in long}


def _list(words: str) -> list[str]:
    return words.split()


def _tails(text: str) -> Iterable[tuple[str, str, str]]:
    return (each.partition(":") for each in text.split())


def _spellings(names: Iterable[str]) -> frozenset[str]:
    """Every name as it is, and without its dots and rings."""
    keys = {key(name) for name in names}
    return frozenset(keys | {name.translate(_NO_DOTS) for name in keys})
