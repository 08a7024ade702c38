"""Words that say what a button says.

Whoever writes "öppettider" or "ja" means the button; each state listens for its own few choices
only, so that a word to a counsellor is never taken for a command.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from flows.channels import can_be_reached
from flows.events import HELPED, ROLES, Event, Wrote, chosen
from flows.states import Closing, Deciding, Erasing, Menu, Open, Seeking, Talking, Waiting

LONGEST = 60
"""Characters: a longer text is somebody telling something, not choosing."""

_ANSWERS: Mapping[str, str] = {"ja": "yes", "japp": "yes", "ok": "yes", "nej": "no", "nä": "no"}
_BESIDE: Mapping[str, str] = {
    "yes": "tack gärna snälla det vill jag vi gör kör då så absolut visst ok okej går bra",
    "no": "tack det vill kan vågar orkar törs jag inte nu än idag",
}
"""Words that may follow a yes or a no; with any other somebody tells something."""

ORDER = "radera"
"""How a request to erase begins where somebody else listens."""

_REPEATED = re.compile(r"(.)\1+")


def _each(*choices: str) -> dict[str, str]:
    return {choice: choice for choice in choices}


_REPLIES = frozenset({"yes", "yes-with-words", "no"})
"""What answers the disclosure, and is not heard before that has arrived."""

_ERASURE = _each("erase", "erase-now")
_HELPED = _each(*(f"helped:{answer}" for answer in HELPED))
_WITH_BOT = _ERASURE | _each("talk", "places", "hours", "violence", "privacy", "menu")
_WITH_BOT |= {"no": "menu"}
_OFFERED = {"yes": "talk"}
"""Heard where a human is offered, as in the menu: also once the help nearby has been shown."""

HEARD: Mapping[type[Open], Mapping[str, str]] = {
    Menu: _WITH_BOT | _OFFERED,
    Seeking: _WITH_BOT,
    Deciding: _WITH_BOT | _each("yes", "yes-with-words"),
    Waiting: _ERASURE | _each("leave-queue"),
    Talking: _ERASURE,
    Closing: _ERASURE | _HELPED | {"skip": "helped:no_answer"},
    Erasing: {},
}
"""What each state hears in words, and the choice that it means there."""

_ROLES = _each(*(f"role:{role}" for role in ROLES))
"""Heard only while it is asked: later, "jag är utsatt" is said to the counsellor."""

_REMINDER = _each("remind")
"""Heard only where somebody who has gone can be told something."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Phrases by the choice they stand for."""

    choices: Mapping[str, str]

    def choice(self, text: str) -> str:
        """The choice that the whole text names, or ''."""
        return self.choices.get(_plain(text), "") if len(text) <= LONGEST else ""


def parse_spoken(toml_text: str) -> Spoken:
    """Read the phrases: one table with a list of phrases per choice."""
    table: dict[str, list[str]] = tomllib.loads(toml_text)
    return Spoken({_plain(phrase): choice for choice in table for phrase in table[choice]})


def heard(state: Open, event: Event, spoken: Spoken, *, has_unsent: bool) -> Event:
    """The same event, or the one its words name where this state listens for it.

    A yes is a yes to what has been read: none while something of ours has not arrived
    (`has_unsent`). A button shows that it has.
    """
    if not isinstance(event, Wrote):
        return event
    choice = spoken.choice(event.text)
    if isinstance(state, Waiting | Talking) and choice == "erase" and not _is_order(event.text):
        return event
    if isinstance(state, Deciding):
        choice = choice or _first_word(event.text)
        if has_unsent and choice in _REPLIES:
            return event
    return chosen(_listened_for(state).get(choice, "")) or event


def _first_word(text: str) -> str:
    """The yes or no that a text begins with which tells nothing more: "nej jag vågar inte"."""
    first, *others = _plain(text).split() or [""]
    answer = _ANSWERS.get(first, "")
    return answer if _beside().get(answer, frozenset()).issuperset(others) else ""


@cache
def _beside() -> Mapping[str, frozenset[str]]:
    return {answer: frozenset(_plain(words).split()) for answer, words in _BESIDE.items()}


def _is_order(text: str) -> bool:
    """Whether it can only be meant for us: "ta bort" may be said to a counsellor, "radera" not."""
    return _plain(text).startswith(ORDER)


def _listened_for(state: Open) -> Mapping[str, str]:
    also: dict[str, str] = {}
    if isinstance(state, Waiting) and state.asking == "role":
        also |= _ROLES
    if isinstance(state, Waiting) and state.asking not in {"", "another"}:
        also |= _each("skip")
    if isinstance(state, Seeking) and state.has_shown and not state.asks:
        also |= _OFFERED
    if isinstance(state, Menu | Seeking | Deciding) and can_be_reached(state):
        also |= _REMINDER
    return {**HEARD[type(state)], **also}


def _plain(text: str) -> str:
    """The bare words: no capitals, signs, dots over letters or letters written twice."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in bare).split()
    return _REPEATED.sub(r"\1", " ".join(words))
