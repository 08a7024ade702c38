"""Effects: what is to be done once the new state is safely kept."""

from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

from flows.states import State

Arg: TypeAlias = tuple[str, str | int]

HourKind: TypeAlias = Literal["arrived", "knocked"]
"""Joined the queue or began a call; wanted to talk with somebody while the line was closed."""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice the visitor can tap. `label` names a text."""

    choice: str
    label: str
    args: tuple[Arg, ...] = ()


@dataclass(frozen=True, slots=True)
class Say:
    """Say one of our own texts to the visitor.

    `slot`: a later text in the same slot takes the place of this one (the queue's standing).
    `alone`: it stands by itself, also where a turn's texts are sent as one message.
    `by_counsellor`: the counsellor has us say it, and both people see that it is theirs.
    """

    text: str
    args: tuple[Arg, ...] = ()
    buttons: tuple[Button, ...] = ()
    slot: str = ""
    alone: bool = False
    by_counsellor: bool = False


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the counsellor something about the conversation, beside the talk."""

    text: str
    args: tuple[Arg, ...] = ()


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep a visitor's words, masked, where no counsellor sees them unless the visitor says yes."""

    text: str


@dataclass(frozen=True, slots=True)
class Forget:
    """Do not keep the words at all: a place that was looked up, words after the end."""


@dataclass(frozen=True, slots=True)
class ShareKept:
    """The visitor said yes: what was kept may be read by the counsellor."""


@dataclass(frozen=True, slots=True)
class Withhold:
    """The visitor left the queue: what no counsellor has read is theirs alone again."""


@dataclass(frozen=True, slots=True)
class RelayToCounsellor:
    """A visitor's words, hard identifiers already masked."""

    text: str


@dataclass(frozen=True, slots=True)
class RelayToVisitor:
    """A counsellor's words."""

    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer the person at the desk who asked for something that is not so. Losing is an answer."""

    text: str
    args: tuple[Arg, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Give the counsellor the contact form of this conversation, made when missing."""

    draft: str
    counsellor: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FillForm:
    """Put what the system knows into a contact form, if it has not been filed already."""

    draft: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReleaseForm:
    """The form is nobody's until the next counsellor takes the visitor."""

    draft: str


@dataclass(frozen=True, slots=True)
class RecordLeftQueue:
    """Count somebody who waited in vain: period, channel, outcome, wait, nothing else."""

    wait_minutes: int


@dataclass(frozen=True, slots=True)
class CountLookUp:
    """Count that help was looked up in a county, and nothing else of it."""

    county: str


@dataclass(frozen=True, slots=True)
class CountHour:
    """Count that somebody came in this hour of the week, and nothing else of it."""

    kind: HourKind


@dataclass(frozen=True, slots=True)
class Remind:
    """Keep the visitor's address, under a key of its own, until the line opens."""


@dataclass(frozen=True, slots=True)
class ForgetReminder:
    """The visitor need not be told any more."""


@dataclass(frozen=True, slots=True)
class Unsend:
    """Delete both sides' messages where the channel keeps copies."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Destroy the key, then everything that was kept under it."""


Effect: TypeAlias = (
    Say
    | Tell
    | Keep
    | Forget
    | ShareKept
    | Withhold
    | RelayToCounsellor
    | RelayToVisitor
    | Answer
    | OpenForm
    | FillForm
    | ReleaseForm
    | RecordLeftQueue
    | CountLookUp
    | CountHour
    | Remind
    | ForgetReminder
    | Unsend
    | Erase
)

S_co = TypeVar("S_co", bound=State, covariant=True)


@dataclass(frozen=True, slots=True)
class Turn(Generic[S_co]):
    """One event met by one state: where it leads, and what is to be done."""

    state: S_co
    effects: tuple[Effect, ...] = ()
