"""Events: what has happened.

A visitor's button carries a *choice*, a short word that says which event it stands for. It holds no
id of anything, so however old it is it means what a fresh one would mean where the visitor is now.
Where buttons stay when their conversation is gone, the channel refuses those that matter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

# What a visitor does.


@dataclass(frozen=True, slots=True)
class Opened:
    """The visitor opened the conversation, or came back to it."""

    heard_via: str = ""
    """The campaign whose link they followed, as the contact form codes it."""


@dataclass(frozen=True, slots=True)
class Wrote:
    text: str


@dataclass(frozen=True, slots=True)
class Rewrote:
    """The visitor changed words that they had written before; both versions stand."""

    text: str


@dataclass(frozen=True, slots=True)
class SentUnsupported:
    """Something other than words: a picture, a voice message, a file. It was not read."""


@dataclass(frozen=True, slots=True)
class Mistyped:
    """A word with a slash before it that is no command of ours."""


@dataclass(frozen=True, slots=True)
class Hurried:
    """The visitor writes faster than we take; these words were not taken."""


@dataclass(frozen=True, slots=True)
class AskedMenu: ...


@dataclass(frozen=True, slots=True)
class AskedTalk: ...


@dataclass(frozen=True, slots=True)
class AskedPlaces: ...


@dataclass(frozen=True, slots=True)
class AskedHours: ...


@dataclass(frozen=True, slots=True)
class AskedViolence: ...


@dataclass(frozen=True, slots=True)
class AskedPrivacy: ...


@dataclass(frozen=True, slots=True)
class AskedReminder:
    """Tell me when you open."""


@dataclass(frozen=True, slots=True)
class AskedErasure: ...


@dataclass(frozen=True, slots=True)
class ConfirmedErasure: ...


@dataclass(frozen=True, slots=True)
class Consented:
    """Yes to talking with a human, with or without handing over what was written before."""

    with_words: bool


@dataclass(frozen=True, slots=True)
class ToldRole:
    role: str


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """Chose a county, a municipality or a district by its code."""

    code: str


@dataclass(frozen=True, slots=True)
class AskedMore:
    """Wants to see more services near a place, after those of them `seen` already."""

    code: str
    seen: int


@dataclass(frozen=True, slots=True)
class Skipped: ...


@dataclass(frozen=True, slots=True)
class LeftQueue: ...


@dataclass(frozen=True, slots=True)
class EndedTalk: ...


@dataclass(frozen=True, slots=True)
class ToldHelped:
    answer: str


@dataclass(frozen=True, slots=True)
class Departed:
    """The visitor is gone: left by the exit button, or blocked us."""


# What a counsellor does. The core decides who may, so each says who asks.


@dataclass(frozen=True, slots=True)
class Claimed:
    counsellor: str
    draft: str
    """A fresh id for the contact form, used unless an earlier counsellor began one."""


@dataclass(frozen=True, slots=True)
class Said:
    counsellor: str
    text: str


@dataclass(frozen=True, slots=True)
class Attached:
    counsellor: str
    service: str


@dataclass(frozen=True, slots=True)
class HandedBack:
    counsellor: str


@dataclass(frozen=True, slots=True)
class Ended:
    counsellor: str


@dataclass(frozen=True, slots=True)
class Vanished:
    """The counsellor's desk has been silent for longer than a bad connection explains."""

    counsellor: str


# What the clock and the channel do.


@dataclass(frozen=True, slots=True)
class Rang: ...


@dataclass(frozen=True, slots=True)
class Reminded:
    """The line is open, and the visitor had asked to be told."""


@dataclass(frozen=True, slots=True)
class Emptied:
    """The channel holds no copies any more, as far as it lets us delete them."""


Visitors: TypeAlias = (
    Opened
    | Wrote
    | Rewrote
    | SentUnsupported
    | Mistyped
    | Hurried
    | AskedMenu
    | AskedTalk
    | AskedPlaces
    | AskedHours
    | AskedViolence
    | AskedPrivacy
    | AskedReminder
    | AskedErasure
    | ConfirmedErasure
    | Consented
    | ToldRole
    | ToldPlace
    | AskedMore
    | Skipped
    | LeftQueue
    | EndedTalk
    | ToldHelped
    | Departed
)
Staffs: TypeAlias = Claimed | Said | Attached | HandedBack | Ended | Vanished
Event: TypeAlias = Visitors | Staffs | Rang | Reminded | Emptied

ROLES = ("uses_violence", "risks_violence", "exposed", "relative", "professional")
"""The answers offered to "who are you?", as the contact form codes them."""

HELPED = ("better", "same", "worse", "no_answer")
"""The answers offered to "did this help?", as the contact form codes them."""

_PLAIN: Mapping[str, Visitors] = {
    "menu": AskedMenu(),
    "talk": AskedTalk(),
    "places": AskedPlaces(),
    "hours": AskedHours(),
    "violence": AskedViolence(),
    "privacy": AskedPrivacy(),
    "remind": AskedReminder(),
    "erase": AskedErasure(),
    "erase-now": ConfirmedErasure(),
    "yes": Consented(with_words=False),
    "yes-with-words": Consented(with_words=True),
    "skip": Skipped(),
    "leave-queue": LeftQueue(),
    "end": EndedTalk(),
    **{f"role:{role}": ToldRole(role) for role in ROLES},
    **{f"helped:{answer}": ToldHelped(answer) for answer in HELPED},
}
_PLACE = re.compile(r"\d{2}|\d{4}(-[a-z]+)*", re.ASCII)
"""The code of a county, a municipality or a district."""

_MORE = re.compile(rf"({_PLACE.pattern}):(\d{{1,3}})", re.ASCII)
"""Such a code, and how many were seen."""


def chosen(choice: str) -> Visitors | None:
    """The event that a button's choice stands for, or None when no button of ours says that."""
    name, _, code = choice.partition(":")
    if name == "place" and _PLACE.fullmatch(code):
        return ToldPlace(code)
    if name == "more" and (found := _MORE.fullmatch(code)):
        return AskedMore(found[1], int(found[3]))
    return _PLAIN.get(choice)
