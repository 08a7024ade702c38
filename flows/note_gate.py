"""The gate of a counsellor's note: what must be taken out of it, and what is replaced or kept.

Hard identifiers must go. Names, streets, schools, employers and places are words that only the
counsellor can judge: each is replaced, or kept on purpose. What is kept holds for exactly the text
that was read; a changed note is read anew.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.contact_form import Problem
from flows.redaction import Finding, Kind
from flows.redaction_notes import Reviewer

Span = tuple[int, int]
"""Where words begin and end, in characters of the note."""

LOOKS_LIKE: Mapping[Kind, str] = {
    "phone": "ett telefonnummer",
    "mail": "en mejladress",
    "url": "en länk",
    "handle": "ett användarnamn",
    "personnummer": "ett personnummer",
    "plate": "ett registreringsnummer",
    "iban": "ett kontonummer",
    "account": "ett kontonummer",
    "name": "ett namn",
    "address": "en adress",
    "school": "en skola",
    "employer": "en arbetsplats",
    "place": "en ort",
}

WAYS: Mapping[Kind, tuple[str, ...]] = {
    "name": ("partnern", "barnet", "en anhörig", "en bekant"),
    "place": ("en ort i länet", "en annan ort", "en plats"),
    "address": ("en adress",),
    "school": ("en skola", "en förskola"),
    "employer": ("en arbetsplats",),
}
"""What can stand in the note instead, the likeliest first; hard identifiers give way to what they
look like."""

_WIDER: tuple[Kind, ...] = ("handle", "address", "employer", "school", "name", "place")
"""Where two kinds stand side by side, the first of these is what they are: "ICA Maxi"."""

_OF_SEVERAL_WORDS: frozenset[Kind] = frozenset({"employer", "school"})
_MORE_OF_NAME = re.compile(r"(?: [A-ZÅÄÖ]\w*)+")

_ENDINGS = 2
"""Letters by which two forms of a noun may differ: "partner", "partnern"."""

_SHORTEST_NOUN = 3
_BEFORE_NOUN = frozenset({"en", "ett", "annan"})
_LAST_WORD = re.compile(r"(\w+) +$")

_BEGINS = (".", "!", "?", ":", "\n")
"""After these a sentence begins."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a note that could tell who somebody is."""

    start: int
    end: int
    kind: Kind
    words: str
    must_go: bool
    is_kept: bool = False
    says_whose: bool = False
    """A name in the genitive: what replaces it is in the genitive too."""

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def is_settled(self) -> bool:
        return self.is_kept and not self.must_go

    @property
    def looks_like(self) -> str:
        return LOOKS_LIKE[self.kind]

    @property
    def ways(self) -> tuple[str, ...]:
        ways = WAYS.get(self.kind, (self.looks_like,))
        return tuple(f"{way}s" for way in ways) if self.says_whose else ways


@dataclass(frozen=True, slots=True)
class Note:
    """A note with the words of it that are kept on purpose."""

    text: str
    kept: frozenset[Span] = frozenset()

    def keeping(self, mark: Mark) -> "Note":
        return replace(self, kept=self.kept | {mark.span})

    def replacing(self, mark: Mark, way: str) -> "Note":
        """Put other words in the place of the marked ones; what is kept stays kept."""
        start, words = self._instead(mark, way)
        longer = len(words) - (mark.end - start)
        kept = (
            (first + longer, last + longer) if first >= mark.end else (first, last)
            for first, last in self.kept - {mark.span}
        )
        return Note(self.text[:start] + words + self.text[mark.end :], frozenset(kept))

    def _instead(self, mark: Mark, way: str) -> tuple[int, str]:
        """What is to stand there, and from where; a noun that stands there already is enough."""
        beside = _LAST_WORD.search(self.text[: mark.start])
        if beside and _is_same_noun(beside[1].casefold(), _noun(way, mark)):
            return beside.start(), beside[1] + ("s" if mark.says_whose else "")
        begins = _begins_a_sentence(self.text, mark.start)
        return mark.start, _capital(way) if begins else way


def marks(note: Note, reviewer: Reviewer) -> tuple[Mark, ...]:
    """Read a note: everything that could tell who somebody is, in order."""
    return tuple(
        Mark(
            each.start,
            each.end,
            each.kind,
            note.text[each.start : each.end],
            must_go=each.level == "block",
            is_kept=(each.start, each.end) in note.kept,
            says_whose=each.kind == "name" and reviewer.is_genitive(note.text, each),
        )
        for each in _joined(note.text, _whole(note.text, reviewer.review(note.text)))
    )


def gate_problem(found: Iterable[Mark]) -> Problem | None:
    """Say why a note cannot be filed as it is; nothing of the note is repeated."""
    open_marks = [mark for mark in found if not mark.is_settled]
    things = dict.fromkeys(mark.looks_like for mark in open_marks if mark.must_go)
    if things:
        return Problem(
            "note",
            f"Anteckningen innehåller något som ser ut som {' och '.join(things)}. "
            "Ta bort det innan du lämnar in formuläret.",
        )
    if open_marks:
        return Problem(
            "note",
            "Anteckningen innehåller ord som kan avslöja vem någon är. "
            "Ersätt dem som är markerade, eller välj att behålla dem.",
        )
    return None


def _whole(text: str, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Take the capitals after a workplace or a school as part of its name: "ICA Maxi"."""
    ends = [*(each.start for each in findings[1:]), len(text)]
    for each, end in zip(findings, ends, strict=False):
        more = _MORE_OF_NAME.match(text, each.end, end) if each.kind in _OF_SEVERAL_WORDS else None
        yield replace(each, end=more.end()) if more else each


def _joined(text: str, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Take what stands side by side for one: "Lundsbergs skola", "ICA Maxi"."""
    whole: list[Finding] = []
    for each in findings:
        last = whole[-1] if whole else None
        if last and _are_one(last, each) and text[last.end : each.start] in {"", " "}:
            whole[-1] = replace(last, end=each.end, kind=_together(last.kind, each.kind))
        else:
            whole.append(each)
    yield from whole


def _are_one(first: Finding, second: Finding) -> bool:
    """What must go is one only with its own kind, and never with what may be kept."""
    is_soft = first.level == "warn"
    return first.level == second.level and (first.kind == second.kind or is_soft)


def _together(first: Kind, second: Kind) -> Kind:
    return first if first == second else min(first, second, key=_WIDER.index)


def _noun(way: str, mark: Mark) -> str:
    """The noun of a way, without its genitive: "anhörig" of "en anhörigs"."""
    plain = way.removesuffix("s") if mark.says_whose else way
    return next(word for word in plain.split() if word not in _BEFORE_NOUN)


def _is_same_noun(word: str, noun: str) -> bool:
    """Whether they are one noun in two forms: "partner", "partnern"."""
    short, long = sorted((word, noun), key=len)
    is_word = len(short) >= _SHORTEST_NOUN
    return is_word and long.startswith(short) and len(long) - len(short) <= _ENDINGS


def _begins_a_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" ")
    return not before or before.endswith(_BEGINS)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
