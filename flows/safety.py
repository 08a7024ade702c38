"""Hears acute danger in what a visitor writes: to another, to oneself, to a child.

The rule, in prose. It marks and shows 112; it never blocks and decides nothing more.

*Who is in danger.* ``other``: somebody is in danger of violence now, whoever causes it: another
person from the writer or from a third, and equally the writer from somebody; it is 112 all the
same. ``self``: suicide or self-harm, the writer's or that of somebody the writer tells of.
``child``: a child is being harmed or is about to be; also a child who writes.

*How near.* What cannot be undone (to kill, strangle, stab, take one's life, shake a baby) is acute
wherever it stands as a wish, plan, fear or present deed. What is grave but also what this line
speaks of every day (to hit, kick, threaten, lose control) is acute only with a word for now in the
same sentence: "rädd att jag ska slå henne" is talk, "rädd att jag slår henne ikväll" is acute.
To hit a child, in the present tense, is acute unless the sentence says that it is a habit.
What lies in the past, in a book or at somebody's work is not acute, unless the sentence also says
now. Negations break a phrase: the words between its parts may not be "inte" or "aldrig".

All phrases are data (``safety.toml``, where the pattern language is explained).
When in doubt it marks: a mark too many costs a glance, one too few may cost a life.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KINDS = ("other", "self", "child")
"""The kinds of danger, in the order in which they are told."""

LONGEST = 8_000
"""Characters that are read; what follows is not looked at, so the time is bounded."""

SHORT = 4
"""A sentence with fewer words belongs to the one before: "Han slår mig. Just nu." """

FAR = 30
"""How many words "&" reaches over: a long sentence without a full stop."""

_SENTENCE_END = re.compile(r"[.!?…;؟\n\r]+")
_WORD = re.compile(r"[^\W_]+")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0f\ufeff]"
)
_TURN = re.compile(r" (?:men|och nu)(?= )")
_ITEM = re.compile(r"[,\n]")
_LETTERS = r"[^\W_]*"
_CHOICE = re.compile(r"\*?\w+\*?")
_FOLDED = str.maketrans({"æ": "a", "ø": "o"})


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Words around a phrase that say when it happens, as patterns over a sentence."""

    now: re.Pattern[str]
    habit: re.Pattern[str]
    elsewhere: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Danger:
    """The phrases of one kind; ``idioms`` are taken out before the others are looked for."""

    kind: str
    idioms: re.Pattern[str]
    always: re.Pattern[str]
    unless_habit: re.Pattern[str]
    with_now: re.Pattern[str]

    def heard(self, sentence: str, around: _Surroundings) -> bool:
        rest = self.idioms.sub(" | ", sentence)
        if around.now.search(rest):
            if self.always.search(rest) or self.unless_habit.search(rest):
                return True
            return _told_of_now(self.with_now, rest, around.elsewhere)
        if _told_of_now(self.always, rest, around.elsewhere):
            return True
        return not around.habit.search(rest) and _told_of_now(
            self.unless_habit, rest, around.elsewhere
        )


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Knows the phrases; made by :func:`parse`."""

    spelling: Mapping[str, str]
    around: _Surroundings
    dangers: tuple[_Danger, ...]

    def kinds(self, text: str) -> tuple[str, ...]:
        """Give the kinds of danger heard in the text, in the order of :data:`KINDS`."""
        sentences = tuple(_sentences(text[:LONGEST], self.spelling))
        return tuple(
            danger.kind
            for danger in self.dangers
            if any(danger.heard(sentence, self.around) for sentence in sentences)
        )


def parse(toml_text: str) -> Recogniser:
    """Make a recogniser of the phrases in ``safety.toml``.

    Raises ValueError with a sentence that names the list or the phrase that cannot be read.
    """
    try:
        data = tomllib.loads(toml_text)
        grammar = _Grammar.of(data)
        around = _Surroundings(**{name: grammar.any_of(data[name]) for name in _AROUND})
        dangers = tuple(_danger(kind, data[kind], grammar) for kind in KINDS)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"The phrases are not valid TOML: {error}.") from error
    except KeyError as error:
        raise ValueError(f"The phrases lack the list {error.args[0]!r}: add it.") from error
    return Recogniser(spelling=grammar.spelling, around=around, dangers=dangers)


_AROUND = ("now", "habit", "elsewhere")


def _danger(kind: str, lists: Mapping[str, str], grammar: "_Grammar") -> _Danger:
    return _Danger(
        kind=kind,
        idioms=grammar.any_of(lists["not"]),
        always=grammar.any_of(lists["always"]),
        unless_habit=grammar.any_of(lists["unless_habit"]),
        with_now=grammar.any_of(lists["with_now"]),
    )


def _told_of_now(phrases: re.Pattern[str], sentence: str, elsewhere: re.Pattern[str]) -> bool:
    """Whether a phrase stands in a clause that does not place it in the past or in a story."""
    return any(
        not elsewhere.search(_clause(sentence, match)) for match in phrases.finditer(sentence)
    )


def _clause(sentence: str, match: re.Match[str]) -> str:
    """Give the part of the sentence where the match ends: "men" and "och nu" begin a new part."""
    turns = [turn.start() for turn in _TURN.finditer(sentence)]
    before = [turn for turn in turns if turn < match.end() - 1]
    after = [turn for turn in turns if turn >= match.end() - 1]
    return sentence[before[-1] if before else 0 : after[0] + 1 if after else len(sentence)]


def _sentences(text: str, spelling: Mapping[str, str]) -> Iterator[str]:
    """Give the sentences in normal form: " word word " with a space at both ends."""
    sentence: list[str] = []
    for part in _SENTENCE_END.split(_visible(text)):
        words = _words(part, spelling)
        if sentence and len(words) >= SHORT:
            yield f" {' '.join(sentence)} "
            sentence = []
        sentence += words
    if sentence:
        yield f" {' '.join(sentence)} "


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text).lower())


def _words(text: str, spelling: Mapping[str, str]) -> list[str]:
    """Give the words, spelled in one way; a spelling that is empty drops the word."""
    plain = (_REPEATED.sub(r"\1", word) for word in _WORD.findall(text))
    spelled = (spelling.get(word, word) for word in plain)
    return [_folded(word) for words in spelled for word in words.split()]


def _folded(word: str) -> str:
    """Give the word without dots and rings, as people without Swedish keys write it."""
    if word.isascii():
        bare = word
    else:
        parts = unicodedata.normalize("NFKD", word.translate(_FOLDED))
        bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare.replace("oe", "o").replace("ae", "a")


@dataclass(frozen=True, slots=True)
class _Grammar:
    """Turns phrases of the pattern language into regular expressions over a sentence."""

    spelling: Mapping[str, str]
    gap: str
    words: dict[str, str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "_Grammar":
        spelling = {
            _REPEATED.sub(r"\1", chatted): word
            for word, chats in data["spelling"].items()
            for chatted in _items(chats)
        }
        bare = cls(spelling=spelling, gap="", words={})
        breaks = "|".join(bare.token(word) for word in _items(data["breaks"]))
        gap = f"(?:(?!{breaks})[^\\W_]+ ){{0,{int(data['gap'])}}}"
        grammar = cls(spelling=spelling, gap=gap, words={})
        for name, phrases in data["words"].items():
            grammar.words[name] = grammar.alternatives(phrases)
        return grammar

    def any_of(self, phrases: str) -> re.Pattern[str]:
        """Compile a list of phrases; an empty list finds nothing."""
        return re.compile(f" {self.alternatives(phrases)}") if _items(phrases) else _NOTHING

    def alternatives(self, phrases: str) -> str:
        return _merged([self.phrase(phrase) for phrase in _items(phrases)])

    def phrase(self, phrase: str) -> tuple[str, ...]:
        """Translate a phrase; one that would be heard in silence is a mistake."""
        tokens = {token: self.token(token) for token in phrase.split()}
        if not any(map(_must_be_said, tokens, tokens.values())):
            raise ValueError(f"The phrase {phrase!r} would be heard everywhere: add a word to it.")
        return tuple(tokens[token] for token in phrase.split())

    def token(self, token: str) -> str:
        """Translate one token; every translation ends after the space behind its last word."""
        if token == "...":  # noqa: S105 - a token of the pattern language, not a secret
            return self.gap
        if token == "&":  # noqa: S105 - the same
            return f"(?:[^\\W_]+ ){{0,{FAR}}}?"
        if token == "_":  # noqa: S105 - the same
            return "[^\\W_]+ "
        if token.startswith("(") and token.endswith(")"):
            return f"(?:{self.token(token[1:-1])})?"
        parts = [part for choice in token.split("/") if (part := self.choice(choice))]
        return f"(?:{'|'.join(parts)})" if parts else ""

    def choice(self, choice: str) -> str:
        """Translate a word or a named list; a word passed over in texts gives nothing."""
        if choice.startswith("<") and choice.endswith(">"):
            return self.named(choice[1:-1])
        if not _CHOICE.fullmatch(choice):
            raise ValueError(f"The phrases hold {choice!r}: not a word, not a <name>.")
        words = _words(_visible(choice), self.spelling)
        before = _LETTERS if choice.startswith("*") else ""
        after = _LETTERS if choice.endswith("*") else ""
        return f"{before}{' '.join(map(re.escape, words))}{after} " if words else ""

    def named(self, name: str) -> str:
        if name not in self.words:
            raise ValueError(f"The phrases use <{name}>, which is not among the words above it.")
        return self.words[name]


def _must_be_said(token: str, translation: str) -> bool:
    """Whether the token stands for at least one word in every sentence that is heard."""
    return bool(translation) and token not in {"...", "&"} and not token.startswith("(")


def _merged(phrases: list[tuple[str, ...]]) -> str:
    """Join phrases to one expression in which what begins alike is tried once: it is read often."""
    if not any(phrases):
        return ""
    tails: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        tails.setdefault(phrase[0] if phrase else "", []).append(phrase[1:])
    return f"(?:{'|'.join(head + _merged(rest) for head, rest in tails.items())})"


_NOTHING = re.compile(r"(?!)")


def _items(phrases: str) -> list[str]:
    return [stripped for item in _ITEM.split(phrases) if (stripped := item.strip())]
