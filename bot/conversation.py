"""A conversation as the shell holds it: the core's state, the visitor's address, what was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from flows.channels import TELEGRAM
from flows.states import Closing, Erasing, Open, Talking, Waiting

PUSHED = frozenset({TELEGRAM})
"""Channels on which we send each message; the others' pages fetch what they show."""

Author: TypeAlias = Literal["visitor", "choice", "counsellor", "bot", "note"]
"""A `choice` is what the visitor tapped, or wrote and we did not keep: theirs alone to see."""

Fate: TypeAlias = Literal["", "repeated", "unknown", "refused"]
"""What became of a message beyond the ordinary: sent a second time because nobody knows whether it
came; given up without knowing; not accepted by the channel."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a visitor is on a channel. The only identifying data in the system."""

    channel: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button under a message: what it says, and the choice it stands for."""

    choice: str
    label: str


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said, by its place in the conversation. A note is for the counsellor only."""

    seq: int
    author: Author
    text: str
    at: datetime
    client_id: str = ""
    slot: str = ""
    buttons: tuple[Choice, ...] = ()
    by: str = ""
    """Which counsellor said it, or had us say it; another may have the talk by now."""
    remote: int = 0
    """The channel's own number for it, by which it can be deleted there; 0: none."""
    amends: int = 0
    """The place of the message that these words change; 0: none."""
    fate: Fate = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One open conversation. A turn makes a new one; nothing is changed in place.

    `outbox` holds the sequence numbers that have not reached the visitor; `attempted` the one of
    them that may be on its way (0: none), `doomed` the channel's numbers of messages to delete
    there. `seen` is the last one the counsellor's desk has shown; nothing below `hidden_below` is
    for a counsellor's eyes.
    """

    id: str
    address: Address
    state: Open
    messages: tuple[Message, ...] = ()
    outbox: tuple[int, ...] = ()
    seen: int = 0
    hidden_below: int = 0
    attempted: int = 0
    doomed: tuple[int, ...] = ()

    @property
    def next_seq(self) -> int:
        return self.messages[-1].seq + 1 if self.messages else 1

    @property
    def counsellor(self) -> str:
        return self.state.counsellor if isinstance(self.state, Talking) else ""

    @property
    def waiting_since(self) -> datetime | None:
        return self.state.since if isinstance(self.state, Waiting) else None

    @property
    def may_be_answered(self) -> bool:
        """Whether the visitor can still say if the talk helped."""
        return isinstance(self.state, Closing) and not self.state.has_answered

    @property
    def is_pushed(self) -> bool:
        return self.address.channel in PUSHED

    @property
    def is_leaving(self) -> bool:
        """Whether it is being erased: whoever writes from there now begins a new one."""
        return isinstance(self.state, Erasing)

    def message(self, seq: int) -> Message | None:
        """The message at a place; places are counted from one, without gaps."""
        return self.messages[seq - 1] if 0 < seq <= len(self.messages) else None


def for_visitor(conversation: Conversation) -> tuple[Message, ...]:
    """What the visitor's page shows: no notes, and of each slot only the latest."""
    latest = {message.slot: message.seq for message in conversation.messages}
    return tuple(
        message
        for message in conversation.messages
        if message.author != "note" and (not message.slot or latest[message.slot] == message.seq)
    )


def for_counsellor(conversation: Conversation) -> tuple[Message, ...]:
    """What the desk shows: what the two people said or had us say, and notes; nothing withheld."""
    return tuple(
        message
        for message in conversation.messages
        if (message.author in {"visitor", "counsellor", "note"} or message.by)
        and message.seq >= conversation.hidden_below
    )


def is_superseded(conversation: Conversation, message: Message) -> bool:
    """Whether a later text has taken this one's place."""
    later = conversation.messages[message.seq :]
    return bool(message.slot) and any(each.slot == message.slot for each in later)


@dataclass(frozen=True, slots=True)
class Reminder:
    """Somebody who wants to be told when the line opens. Knows no conversation."""

    id: str
    address: Address
    language: str
    made: datetime


@dataclass(frozen=True, slots=True)
class Offset:
    """Which of a bot's updates comes next, and the day on which one last came."""

    bot: str
    next: int
    day: date


Origin: TypeAlias = Literal["talk", "phone", "filed"]
"""What a form is about: a talk of ours, a phone call, or a filed form that is being corrected."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A contact form that is being filled in. Knows no conversation."""

    id: str
    counsellor: str
    made: datetime
    answers: Mapping[str, str]
    revision: int = 0
    origin: Origin = "talk"
    kept: frozenset[tuple[int, int]] = frozenset()
    """Where the note, as it stands, holds words that are kept on purpose (`flows.note_gate`)."""
    handed_in: Mapping[str, str] | None = None
    """What is to be filed when the visitor has said whether the talk helped, or no longer can; what
    is changed after that does not count before it is handed in too."""

    @property
    def is_changed(self) -> bool:
        """Whether a form that was handed in is not what it was."""
        return self.handed_in is not None and self.handed_in != self.answers

    @property
    def filed_as(self) -> bytes:
        """The id under which the records know it, so that filing it again replaces it."""
        return bytes.fromhex(self.id.rpartition("-")[2])
