"""States: where a conversation can be.

Every state carries the same `Stay`, what is known of the visitor's stay as a whole, and beside it
only what that one place needs. All are frozen; a turn makes a new one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import Field, TypeAdapter


@dataclass(frozen=True, slots=True)
class Stay:
    """One visitor's stay, from the first word until it is erased."""

    channel: str
    language: str
    began: datetime
    touched: datetime
    """When one of the two last wrote or chose something."""
    acute: tuple[str, ...] = ()
    """Kinds of danger that the visitor's words have pointed to: other, self, child."""
    heard_via: str = ""
    """The campaign whose link they followed, as the contact form codes it."""
    has_knocked: bool = False
    """Whether they wanted to talk with somebody while the line was closed, which counts once."""
    has_promise: bool = False
    """Whether we have promised to tell them when we open."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What the visitor chose to tell before the talk; it only prefills the contact form."""

    role: str = ""
    municipality: str = ""
    county: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """The visitor talks with the bot. What they write is read by nobody until they say yes."""

    stay: Stay
    has_words: bool = False
    kind: Literal["menu"] = "menu"


@dataclass(frozen=True, slots=True)
class Seeking:
    """We have asked where the visitor lives, to show help nearby."""

    stay: Stay
    has_words: bool = False
    has_shown: bool = False
    """Whether it was shown: then another place may follow, and all else is words as in the menu."""
    asks: bool = False
    """Whether we have asked which place is meant: then a yes is no wish to talk."""
    kind: Literal["seeking"] = "seeking"


@dataclass(frozen=True, slots=True)
class Deciding:
    """The honest disclosure is shown; nothing goes to a human before the visitor says yes."""

    stay: Stay
    has_words: bool = False
    kind: Literal["deciding"] = "deciding"


Asking: TypeAlias = Literal["", "role", "municipality", "place", "another"]
"""What is asked of somebody who waits. `municipality` prefills the form; `place` is forgotten.

`another`: what is near a place has been shown, and another may follow though nothing is asked.
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """In the queue. What the visitor writes is kept for the counsellor."""

    stay: Stay
    since: datetime
    told: datetime
    """When we last told them how the queue stands."""
    intake: Intake = Intake()
    asking: Asking = ""
    has_words: bool = False
    draft: str = ""
    """The contact form that an earlier counsellor began, when the visitor was handed back."""
    earlier: str = ""
    """That counsellor."""
    services: tuple[str, ...] = ()
    """What they sent."""
    talked: int = 0
    """Minutes that the visitor has talked with them."""
    kind: Literal["waiting"] = "waiting"


@dataclass(frozen=True, slots=True)
class Talking:
    """With a counsellor."""

    stay: Stay
    counsellor: str
    since: datetime
    draft: str
    intake: Intake = Intake()
    services: tuple[str, ...] = ()
    """Directory entries the counsellor sent, in order, by id."""
    warned: bool = False
    talked: int = 0
    """Minutes with earlier counsellors."""
    kind: Literal["talking"] = "talking"


@dataclass(frozen=True, slots=True)
class Closing:
    """The talk is over; the goodbye can be read and answered for a few minutes."""

    stay: Stay
    since: datetime
    draft: str
    has_answered: bool = False
    kind: Literal["closing"] = "closing"


@dataclass(frozen=True, slots=True)
class Erasing:
    """The visitor wants it gone: the channel deletes its copies while the key still lives."""

    stay: Stay
    since: datetime
    kind: Literal["erasing"] = "erasing"


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing is left. Never stored."""

    kind: Literal["closed"] = "closed"


Open: TypeAlias = Menu | Seeking | Deciding | Waiting | Talking | Closing | Erasing
State: TypeAlias = Open | Closed

STORED: TypeAdapter[Open] = TypeAdapter(Annotated[Open, Field(discriminator="kind")])
"""Reads and writes the states that are kept (as JSON)."""

Same = TypeVar("Same", bound=Open)
"""A handler that takes and gives `Same` leaves the conversation where it is."""


def touched(state: Same, now: datetime) -> Same:
    """The same state, with something said just now: a warning of silence has been answered."""
    stay = replace(state.stay, touched=now)
    if isinstance(state, Talking):
        return replace(state, stay=stay, warned=False)
    return replace(state, stay=stay)
