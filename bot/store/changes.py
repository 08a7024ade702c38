"""Changes to what is open, as values: what the switchboard decides and the live store writes."""

from dataclasses import dataclass
from typing import TypeAlias

from bot.conversation import Conversation, Draft, Message, Offset, Reminder


@dataclass(frozen=True, slots=True)
class PutConversation:
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class PutMessage:
    conversation: str
    message: Message


@dataclass(frozen=True, slots=True)
class PutOutbox:
    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class DropOutbox:
    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class EraseConversation:
    conversation: str


@dataclass(frozen=True, slots=True)
class PutDraft:
    draft: Draft


@dataclass(frozen=True, slots=True)
class DropDraft:
    draft: str


@dataclass(frozen=True, slots=True)
class PutReminder:
    reminder: Reminder


@dataclass(frozen=True, slots=True)
class DropReminder:
    reminder: str


@dataclass(frozen=True, slots=True)
class PutOffset:
    """Everything below this has been dealt with, in the same commit or before."""

    offset: Offset


Change: TypeAlias = (
    PutConversation
    | PutMessage
    | PutOutbox
    | DropOutbox
    | EraseConversation
    | PutDraft
    | DropDraft
    | PutReminder
    | DropReminder
    | PutOffset
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was open when the program last stopped, and how many rows had lost their key."""

    conversations: tuple[Conversation, ...]
    drafts: tuple[Draft, ...]
    keyless: int
    reminders: tuple[Reminder, ...] = ()
    offset: Offset | None = None
