"""One word of a note with its neighbours: what can be asked about where it stands.

The words that tell something (verbs, words for somebody, "heter") stand in names.toml.
"""

import re
from collections.abc import Sequence

from flows.names import Names
from flows.redaction_words import Word

NOTHING = Word(0, 0, "", "", titled=False, capital=False)
"""Where no word stands, or one that does not belong to the same phrase."""

_CLOSE = re.compile(r"[\s,]{1,3}|[\s,]{0,2}[\"'”“(]|\s[-–]\s")
"""What may stand between a word for somebody and the name."""
_UNIT = "ett|två|tre|fyra|fem|sex|sju|åtta|nio"
_NUMBER = rf"(?:\d{{1,2}}|{_UNIT}|tio|elva|tolv|\w{{3,7}}ton|\w{{3,6}}ti?o(?:{_UNIT})?)"
_AGE = re.compile(r"\s?,\s?\d{1,2}(?!\d)|\s?\(\s?\d{1,2}\s?(?:år)?\s?\)")
_YEARS = re.compile(
    rf"\s(?:(?:är|e|blir|fyller|fyllde)\s(?:bara\s|nu\s|snart\s)?)?{_NUMBER}\s?(?:år|mån(?:ader)?|veckor)\b"
    rf"|\s(?:är|fyller|fyllde)\s{_NUMBER}(?=\s?(?:[.,!?]|$|och|men|nu))",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\s?\d\d")
_DID = re.compile(r"\w{2,}ade|\w+d[ad]?des")
_TOWARDS = frozenset({"med", "på", "för", "till", "mot", "från", "om", "åt"})
_SUBJECTS = frozenset({"vi", "han", "hon", "man"})
_NEXT = frozenset({"vi", "han", "hon", "hans", "hennes"})
"""After "och" these may begin something new: "det blåste storm och han gick"."""
_OTHERS = _SUBJECTS | {"jag", "du", "ni"}
"""Who does it, where what is done comes first: "lucia firade vi", "hopp har jag"."""
_DONE = ("it", "at", "tt")
"""What a verb ends in after "har" and "hade"."""
_COPULAS = frozenset({"är", "var", "e"})
_LEAD_ON = frozenset(
    {
        "blev",
        "blir",
        "fick",
        "får",
        "bli",
        "vill",
        "ville",
        "börjar",
        "började",
        "slutar",
        "slutade",
    }
)
"""Verbs that a noun or another verb follows as readily as a name."""
_TO_SOMEBODY = frozenset({"hos", "åt"})
_CALLED = frozenset({"heter", "hette", "döptes"})
AND = frozenset({"och", "o", "å", "&"})


class Line:
    """One word and its neighbours, with what can be asked about them."""

    __slots__ = ("after", "at", "before", "earlier", "key", "names", "text", "word", "words")

    def __init__(self, text: str, words: Sequence[Word], at: int, names: Names) -> None:
        self.text, self.words, self.at, self.names = text, words, at, names
        self.word = words[at]
        self.key = self.word.key
        self.before = self._near(at - 1, self.word.gap)
        self.earlier = (
            self._near(at - 2, self.before.gap) if self.before is not NOTHING else NOTHING
        )
        after = words[at + 1] if at + 1 < len(words) else NOTHING
        self.after = after if after.gap.strip(' ,"”“') == "" else NOTHING

    def _near(self, at: int, gap: str) -> Word:
        near = at >= 0 and _CLOSE.fullmatch(gap)
        return self.words[at] if near else NOTHING

    def beyond(self, steps: int) -> Word:
        """Give the word so many steps on (or back), whatever stands between."""
        at = self.at + steps
        return self.words[at] if 0 <= at < len(self.words) else NOTHING

    def is_among(self, word: Word, *contexts: str) -> bool:
        return any(word.key in self.names.context[context] for context in contexts)

    def starts(self) -> bool:
        return self.before is NOTHING or self.is_among(self.before, "starts")

    def ends(self) -> bool:
        """Nothing follows, or a sign, or a word that goes on about something else."""
        return (
            self.after is NOTHING or "," in self.after.gap or self.is_among(self.after, "going_on")
        )

    def acts(self) -> bool:
        """Say whether a verb follows; every word in -ade is one."""
        key = self.after.key
        does = self.is_among(self.after, "acts") or key in _CALLED or _DID.fullmatch(key)
        return bool(does) and "," not in self.after.gap and not self._is_what_is_done()

    def _is_what_is_done(self) -> bool:
        """As in "lucia firade vi": the one who did it comes after."""
        other = self.beyond(2).key in _SUBJECTS and self.names.sort(self.key) != "sure"
        return other and not self.is_among(self.after, "taking", "hurting", "saying")

    def is_or_has(self) -> bool:
        is_so = self.is_among(self.after, "being") and "," not in self.after.gap
        other = self.beyond(2).key in _OTHERS or self._is_what_it_is()
        return is_so and (not other or self.names.sort(self.key) == "sure")

    def _is_what_it_is(self) -> bool:
        return self.after.key in _COPULAS and self.beyond(2).key == "det"

    def is_acted_on(self) -> bool:
        does = self.is_among(self.before, "taking", "acts", "hurting")
        return does and self.before.key not in _LEAD_ON

    def is_kin(self) -> bool:
        """As in "min man X" and "granntanten X", and not "kan man x"."""
        somebody = self.is_among(self.before, "kin") or self.before.key.endswith(self.names.kinfolk)
        return somebody and not self._is_said_of_all()

    def _is_said_of_all(self) -> bool:
        """As in "man", whoever it is."""
        if self.before.key != "man":
            return False
        return self.earlier is NOTHING or self.is_among(self.earlier, "being", "starts", "going_on")

    def is_a_saint(self) -> bool:
        """As in "S:t Göran": a hospital, a church or a square."""
        return self.is_among(self.before, "saints")

    def is_ones_own_kin(self) -> bool:
        """As in "min kille X": no other noun can stand there."""
        return self.is_kin() and self.is_among(self.earlier, "owners")

    def is_cued(self) -> bool:
        if self.before.key == "hos":
            return True
        if self.before.key in _TOWARDS and self.ends() and self.names.sort(self.key) == "word":
            return True
        joins = self.is_among(self.before, "joints")
        return joins and self.is_among(self._said(), "cues", "taking", "acts")

    def is_cued_as_somebody(self) -> bool:
        """As in "skrek åt X så", where no day, month or thing stands."""
        return self.before.key in _TO_SOMEBODY and self.is_cued() and self.ends()

    def _said(self) -> Word:
        """Give the word before the preposition, as in "litar på" and "litar inte på"."""
        denied = self.is_among(self.earlier, "nots")
        return self.beyond(-3) if denied else self.earlier

    def is_loved(self) -> bool:
        """As in "kär i X", "rädd för X"."""
        if self.before.key == "i":
            return self.is_among(self.earlier, "loving")
        return self.before.key in {"för", "på"} and self.is_among(self.earlier, "feeling")

    def is_joined(self) -> bool:
        """As in "jag och X", "X och jag", "Anna och X", "X och hans bror"."""
        if self.before.key in AND and self._is_somebody(self.earlier):
            return True
        return self.after.key in AND and self._is_with(self.beyond(2))

    def _is_with(self, other: Word) -> bool:
        return self.starts() if other.key in _NEXT else self._is_somebody(other)

    def _is_somebody(self, word: Word) -> bool:
        return self.is_among(word, "partners") or self.names.sort(word.key) in {"sure", "word"}

    def has_done(self) -> bool:
        """Say whether a verb of what was done follows: "har X slagit", and not "kan x att"."""
        return self.after.key.endswith(_DONE) and not self.is_among(self.after, "plain")

    def is_said_to_be(self) -> bool:
        return self.before.key in {"är", "e", "var"}

    def is_a_measure(self) -> bool:
        counts = _COUNT.match(self.text, self.word.end) and not self.has_age()
        return bool(counts) or self.is_among(self.after, "measures")

    def has_age(self) -> bool:
        return bool(_AGE.match(self.text, self.word.end) or _YEARS.match(self.text, self.word.end))

    def has_family(self, sort: str) -> bool:
        """A family name stands right after it."""
        after = self.after
        if after is NOTHING or after.gap.strip(" "):
            return False
        if after.key not in self.names.family:
            return False
        alike = self.word.capital if after.titled else sort == "word"
        return alike or self.names.sort(after.key) == "sure"
