"""A conversation as the shell holds it: the core's state, the visitor's address, what was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from flows.states import Open, Talking, Waiting

Author: TypeAlias = Literal["visitor", "choice", "counsellor", "bot", "note"]
"""A `choice` is what the visitor tapped, or wrote and we did not keep: theirs alone to see."""


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
    """Which counsellor said it; another may have the talk by now."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One open conversation. A turn makes a new one; nothing is changed in place.

    `outbox` holds the sequence numbers that the visitor's page has not acknowledged; `seen` is the
    last one the counsellor's desk has shown; nothing below `hidden_below` is for a counsellor's
    eyes.
    """

    id: str
    address: Address
    state: Open
    messages: tuple[Message, ...] = ()
    outbox: tuple[int, ...] = ()
    seen: int = 0
    hidden_below: int = 0

    @property
    def next_seq(self) -> int:
        return self.messages[-1].seq + 1 if self.messages else 1

    @property
    def counsellor(self) -> str:
        return self.state.counsellor if isinstance(self.state, Talking) else ""

    @property
    def waiting_since(self) -> datetime | None:
        return self.state.since if isinstance(self.state, Waiting) else None


def for_visitor(conversation: Conversation) -> tuple[Message, ...]:
    """What the visitor's page shows: no notes, and of each slot only the latest."""
    latest = {message.slot: message.seq for message in conversation.messages}
    return tuple(
        message
        for message in conversation.messages
        if message.author != "note" and (not message.slot or latest[message.slot] == message.seq)
    )


def for_counsellor(conversation: Conversation) -> tuple[Message, ...]:
    """What the desk shows: the two people's words and our notes; nothing the visitor withheld."""
    return tuple(
        message
        for message in conversation.messages
        if message.author in {"visitor", "counsellor", "note"}
        and message.seq >= conversation.hidden_below
    )


@dataclass(frozen=True, slots=True)
class Draft:
    """A contact form that is being filled in. Knows no conversation."""

    id: str
    counsellor: str
    made: datetime
    answers: Mapping[str, str]
    revision: int = 0
