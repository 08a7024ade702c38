"""Names of people in a note, by what they are called and by what stands around them.

Most names are names wherever they stand. A name that is also a word ("Björn", "Stig", "Per", "My")
counts where the words around it treat it as a person: introduced, greeted, somebody's partner,
doing something, or beside another name.
"""

import re
from collections.abc import Iterator, Sequence

from flows.names import Names
from flows.redaction_words import Word

FEWEST_LETTERS_OF_A_STRANGER = 4
"""Shorter words that are on no list are too often a slip of the keys."""

MOST_LETTERS = 40
"""No name is longer."""

_CLOSE = re.compile(r"[\s,]{1,3}|[\s,]{0,2}[\"'”“(]|\s[-–]\s")
"""What may stand between a word for somebody and the name."""
_AGE = re.compile(r"\s?,\s?\d{1,2}(?!\d)|\s?\(\s?\d{1,2}\s?(?:år)?\s?\)")
_YEARS = re.compile(r"\s\d{1,2}\s?(?:år|mån)\b")
_COUNT = re.compile(r"\s?\d\d")
_INNER = re.compile(r" |\xa0|-|\s?[\"”“]")
_DID = re.compile(r"\w{2,}ade")
_AND = frozenset({"och", "o", "å", "&"})
_OURS = frozenset({"min", "mitt", "vår", "vårt"})
_TOWARDS = frozenset({"på", "för", "till", "mot", "från", "om", "åt"})
_NEVER_A_NAME = ("plain", "kin", "bound", "acts", "being", "joints", "taking", "cues", "measures")
_NOTHING = Word(0, 0, "", "", titled=False, capital=False)


def names_in(text: str, words: Sequence[Word], names: Names) -> Iterator[tuple[int, int]]:
    """Give start and end of every name; a first and a last name are one."""
    known = _known(words, names)
    start = end = -1
    for at, word in enumerate(words):
        if at in known:
            continue
        line = _Line(text, words, at, names)
        if start >= 0 and _INNER.fullmatch(text[end : word.start]) and line.continues():
            end = word.end
        elif line.is_name():
            if start >= 0:
                yield start, end
            start, end = word.start, word.end
    if start >= 0:
        yield start, end


def _known(words: Sequence[Word], names: Names) -> frozenset[int]:
    """Say which words belong to a phrase that names a public place or service."""
    keys = [word.key for word in words]
    places: set[int] = set()
    for phrase in names.known:
        for at in (at for at, key in enumerate(keys) if key == phrase[0]):
            if tuple(keys[at : at + len(phrase)]) == phrase:
                places.update(range(at, at + len(phrase)))
    return frozenset(places)


class _Line:
    """One word and its neighbours, with what can be asked about them."""

    __slots__ = ("after", "at", "before", "earlier", "key", "names", "text", "word", "words")

    def __init__(self, text: str, words: Sequence[Word], at: int, names: Names) -> None:
        self.text, self.words, self.at, self.names = text, words, at, names
        self.word = words[at]
        self.key = self.word.key
        self.before = self._word(at - 1, self.word.gap)
        self.earlier = (
            self._word(at - 2, self.before.gap) if self.before is not _NOTHING else _NOTHING
        )
        after = words[at + 1] if at + 1 < len(words) else _NOTHING
        self.after = after if after.gap.strip(' ,"”“') == "" else _NOTHING

    def _word(self, at: int, gap: str) -> Word:
        near = at >= 0 and _CLOSE.fullmatch(gap)
        return self.words[at] if near else _NOTHING

    def is_name(self) -> bool:
        sort = self.names.sort(self.key)
        if sort == "sure":
            return True
        if sort is None:
            return len(self.key) <= MOST_LETTERS and (self._is_compound() or self._is_stranger())
        return self._is_treated_as_a_person(sort)

    def continues(self) -> bool:
        """A last name or one more first name after a name."""
        if self.key in self.names.family or self.names.sort(self.key) == "sure":
            return True
        return self.word.titled and self.key not in self._context("plain")

    def _context(self, name: str) -> frozenset[str]:
        return self.names.context[name]

    def _is(self, word: Word, *contexts: str) -> bool:
        return any(word.key in self._context(context) for context in contexts)

    def _is_compound(self) -> bool:
        parts = self.key.split("-")
        sorts = [self.names.sort(part) for part in parts]
        return len(parts) > 1 and ("sure" in sorts or None not in sorts)

    def _is_stranger(self) -> bool:
        """An unknown word is a name where only a name can stand, as after "heter"."""
        if self._is(self.word, *_NEVER_A_NAME):
            return False
        if self._is(self.before, "naming"):
            return not self._is(self.earlier, "asking")
        if self._is(self.before, "kin") and self.word.titled:
            return True
        if self._is_an_ordinary_noun():
            return False
        return len(self.key) >= FEWEST_LETTERS_OF_A_STRANGER and self._stands_as_a_person()

    def _is_an_ordinary_noun(self) -> bool:
        ordinary, kin = self.names.ordinary, self._context("kin")
        known = any(key in ordinary or key in kin for key in (self.key, self.key.removesuffix("s")))
        return known or "-" in self.key or self.key.endswith(self.names.nouns)

    def _stands_as_a_person(self) -> bool:
        """Beside a verb a noun has an article or an ending; a bare word is somebody."""
        does = self._acts() or (self._is(self.after, "being") and "," not in self.after.gap)
        if does and (self._starts() or self._is_kin()):
            return True
        called = self._is_kin() and "," in self.word.gap and self._is(self.after, "acts")
        return called or self._is(self.before, "hurting") or (self._is_cued() and self._ends())

    def _is_treated_as_a_person(self, sort: str) -> bool:
        if self._is_introduced() or self._has_family(sort):
            return True
        if self._is(self.before, "bound") or self._is_a_measure():
            return False
        if self.word.titled and self.before.key not in {"i", "på"}:
            return True
        return _TREATED[sort](self)

    def _is_introduced(self) -> bool:
        return self._is(self.before, "naming", "greetings") and not self._is(self.after, "kin")

    def _has_family(self, sort: str) -> bool:
        """A family name stands right after it."""
        after = self.after
        if after is _NOTHING or after.gap.strip(" "):
            return False
        if after.key not in self.names.family:
            return False
        alike = self.word.capital if after.titled else sort == "word"
        return alike or self.names.sort(after.key) == "sure"

    def _is_a_measure(self) -> bool:
        counts = _COUNT.match(self.text, self.word.end) and not self._has_age()
        return bool(counts) or self._is(self.after, "measures")

    def _has_age(self) -> bool:
        return bool(_AGE.match(self.text, self.word.end) or _YEARS.match(self.text, self.word.end))

    def _ends(self) -> bool:
        """Nothing follows, or a sign, or a word that goes on about something else."""
        return self.after is _NOTHING or "," in self.after.gap or self._is(self.after, "going_on")

    def _acts(self) -> bool:
        """Say whether a verb follows; every word in -ade is one."""
        does = self._is(self.after, "acts", "naming") or _DID.fullmatch(self.after.key)
        return bool(does) and "," not in self.after.gap

    def _is_acted_on(self) -> bool:
        return self._is(self.before, "taking", "acts")

    def _is_kin(self) -> bool:
        return self._is(self.before, "kin")

    def _is_cued(self) -> bool:
        if self.before.key == "hos":
            return True
        if self.before.key in _TOWARDS and self._ends():
            return self.names.sort(self.key) == "word"
        return self._is(self.before, "joints") and self._is(self.earlier, "cues", "taking", "acts")

    def _is_joined(self) -> bool:
        """As in "jag och X", "X och jag", "Anna och X"."""
        if self.before.key in _AND and self._is_somebody(self.earlier):
            return True
        at = self.at + 2
        beyond = self.words[at] if at < len(self.words) else _NOTHING
        return self.after.key in _AND and self._is_somebody(beyond)

    def _is_somebody(self, word: Word) -> bool:
        return self._is(word, "partners") or self.names.sort(word.key) in {"sure", "word"}

    def _is_genitive(self) -> bool:
        return self.key not in self.names.sorts

    def word_is_person(self) -> bool:
        return (
            self._acts()
            or (self._is(self.after, "being") and "," not in self.after.gap)
            or self._is_kin()
            or self._is_acted_on()
            or self._is_cued()
            or self._is_joined()
            or self._has_age()
            or self._is_genitive()
            or self._says_who()
            or self._is_asked_about()
            or self._is_pointed_out()
            or ("," in self.after.gap and self.after.key in {"min", "mitt", "vår", "hennes"})
        )

    def frequent_is_person(self) -> bool:
        return (
            self._acts()
            or (self._is(self.after, "being") and (self._starts() or self._is_kin()))
            or (self._is_kin() and self._ends())
            or (self._is_acted_on() and (self._is(self.after, "objects") or self._ends()))
            or (self._is_cued() and self._ends())
            or self._is_joined()
            or self._is_pointed_out()
            or _AGE.match(self.text, self.word.end) is not None
        )

    def rarest_is_person(self) -> bool:
        inverted = self._is(self.before, "acts") and self.after.key in {"mig", "dig", "oss", "att"}
        kin = self._is_kin() and (self._ends() or self._is(self.after, "being"))
        acts = self._acts() and not self._is(self.before, "joints")
        return acts or inverted or kin or self._is_ours()

    def _starts(self) -> bool:
        return self.before is _NOTHING or self._is(self.before, "starts")

    def _is_pointed_out(self) -> bool:
        """As in "det var X som började"."""
        return self.earlier.key == "det" and self.after.key == "som" and self._is_said_to_be()

    def _is_said_to_be(self) -> bool:
        return self.before.key in {"är", "e", "var"}

    def _is_ours(self) -> bool:
        """As in "X är min son"."""
        at = self.at + 2
        beyond = self.words[at].key if at < len(self.words) else ""
        return self._starts() and self.after.key in {"är", "e"} and beyond in _OURS

    def _is_asked_about(self) -> bool:
        """As in "har X slagit", "har X gått"."""
        return self._is(self.before, "being") and self.after.key.endswith(("it", "at", "tt"))

    def _says_who(self) -> bool:
        """As in "jag är X", "det är X som ..."."""
        return self._is_said_to_be() and self.earlier.key in {
            "jag",
            "det",
            "han",
            "hon",
        }


_TREATED = {
    "word": _Line.word_is_person,
    "frequent": _Line.frequent_is_person,
    "rarest": _Line.rarest_is_person,
}
