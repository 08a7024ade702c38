"""Open conversations in memory, and the overlay on which a batch of turns is taken.

Whoever reads sees only what is safely on the disk: the overlay is swapped in after the commit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from bot.conversation import Address, Conversation, Draft, Offset, Reminder
from bot.store.changes import (
    Change,
    DropDraft,
    DropOutbox,
    DropReminder,
    EraseConversation,
    PutConversation,
    PutDraft,
    PutMessage,
    PutOffset,
    PutOutbox,
    PutReminder,
)

T = TypeVar("T")


@dataclass(slots=True)
class Book:
    """What is committed: open conversations, drafts and reminders by id; who is at an address."""

    conversations: dict[str, Conversation] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    reminders: dict[str, Reminder] = field(default_factory=dict)
    offset: Offset | None = None
    _by_address: dict[Address, str] = field(default_factory=dict)
    _queue: dict[str, Conversation] = field(default_factory=dict)
    _talks: dict[str, str] = field(default_factory=dict)
    _held: Counter[str] = field(default_factory=Counter)

    def has(self, id: str) -> bool:
        """Whether this is something with a key of its own."""
        return id in self.conversations or id in self.drafts or id in self.reminders

    def put(self, conversation: Conversation) -> None:
        self.drop(conversation.id)
        self.conversations[conversation.id] = conversation
        if not conversation.is_leaving:
            self._by_address[conversation.address] = conversation.id
        if conversation.waiting_since:
            self._queue[conversation.id] = conversation
        if conversation.counsellor:
            self._talks[conversation.id] = conversation.counsellor
            self._held[conversation.counsellor] += 1

    def drop(self, id: str) -> None:
        gone = self.conversations.pop(id, None)
        self._queue.pop(id, None)
        if who := self._talks.pop(id, ""):
            self._held[who] -= 1
        if gone and self._by_address.get(gone.address) == id:
            del self._by_address[gone.address]

    def at(self, address: Address) -> Conversation | None:
        """The conversation with the visitor at this address."""
        return self.conversations.get(self._by_address.get(address, ""))

    def queue(self) -> list[Conversation]:
        """Who waits, in order."""
        return in_order(self._queue.values())

    def talks_of(self, counsellor: str) -> list[Conversation]:
        """The talks this counsellor has now, the oldest first."""
        ids = [id for id, name in self._talks.items() if name == counsellor]
        return sorted((self.conversations[id] for id in ids), key=_began)

    def drafts_of(self, counsellor: str) -> list[Draft]:
        mine = (draft for draft in self.drafts.values() if draft.counsellor == counsellor)
        return sorted(mine, key=lambda draft: draft.made)

    @property
    def talks(self) -> Mapping[str, str]:
        """The counsellor of every talk, by conversation."""
        return self._talks

    def holding(self, counsellor: str) -> int:
        """How many talks one counsellor has."""
        return self._held[counsellor]

    def waiting(self) -> Iterable[Conversation]:
        """Who waits, in no order."""
        return self._queue.values()


@dataclass(slots=True)
class Overlay:
    """The book as it will be if this batch is kept. None stands for erased."""

    book: Book
    conversations: dict[str, Conversation | None] = field(default_factory=dict)
    drafts: dict[str, Draft | None] = field(default_factory=dict)
    reminders: dict[str, Reminder | None] = field(default_factory=dict)
    offset: Offset | None = None
    _held: Counter[str] = field(default_factory=Counter)
    """How many talks more, or fewer, each counsellor has."""
    _waits: dict[str, Conversation | None] = field(default_factory=dict)
    """Who waits now, or no longer does."""

    def put(self, id: str, after: Conversation | None) -> None:
        """Note what becomes of a conversation; None: it is erased."""
        before = self.conversation(id)
        was, now = before.counsellor if before else "", after.counsellor if after else ""
        if was != now:
            self._held.update({was: -1, now: 1})
        if (before and before.waiting_since) or (after and after.waiting_since):
            self._waits[id] = after if after and after.waiting_since else None
        self.conversations[id] = after

    @property
    def ids(self) -> tuple[str, ...]:
        return (*self.conversations, *self.drafts, *self.reminders)

    def conversation(self, id: str) -> Conversation | None:
        if id in self.conversations:
            return self.conversations[id]
        return self.book.conversations.get(id)

    def at(self, address: Address) -> Conversation | None:
        """The conversation with the visitor at this address, but for one that is being erased."""
        known = self.book.at(address)
        found = self.conversation(known.id) if known else None
        if found and not found.is_leaving:
            return found
        new = (each for each in self.conversations.values() if each and each.address == address)
        return next((each for each in new if not each.is_leaving), None)

    def draft(self, id: str) -> Draft | None:
        return self.drafts[id] if id in self.drafts else self.book.drafts.get(id)

    def reminder(self, id: str) -> Reminder | None:
        return self.reminders[id] if id in self.reminders else self.book.reminders.get(id)

    def reminder_at(self, address: Address) -> Reminder | None:
        """What somebody at this address has asked to be told, if they have."""
        both = {**self.book.reminders, **self.reminders}
        return next((each for each in both.values() if each and each.address == address), None)

    def waiting(self) -> Iterator[Conversation]:
        """Who waits, in no order."""
        yield from (c for c in self.book.waiting() if c.id not in self._waits)
        yield from (c for c in self._waits.values() if c)

    def queue(self) -> list[Conversation]:
        return in_order(self.waiting())

    def talks(self) -> int:
        """How many talks are going on."""
        return len(self.book.talks) + sum(n for who, n in self._held.items() if who)

    def holding(self, counsellor: str) -> int:
        """How many talks one counsellor has."""
        return self.book.holding(counsellor) + self._held[counsellor]

    def changes(self) -> list[Change]:
        """What must be written to make it so."""
        return [
            *self._conversation_changes(),
            *self._draft_changes(),
            *self._reminder_changes(),
            *([PutOffset(self.offset)] if self.offset else []),
        ]

    def swap_in(self) -> None:
        for id, conversation in self.conversations.items():
            if conversation is None:
                self.book.drop(id)
            else:
                self.book.put(conversation)
        _merge(self.book.drafts, self.drafts)
        _merge(self.book.reminders, self.reminders)
        self.book.offset = self.offset or self.book.offset

    def _conversation_changes(self) -> Iterator[Change]:
        for id, after in self.conversations.items():
            if after is None:
                yield EraseConversation(id)
            else:
                yield from _differences(self.book.conversations.get(id), after)

    def _draft_changes(self) -> Iterator[Change]:
        for id, draft in self.drafts.items():
            yield DropDraft(id) if draft is None else PutDraft(draft)

    def _reminder_changes(self) -> Iterator[Change]:
        for id, reminder in self.reminders.items():
            yield DropReminder(id) if reminder is None else PutReminder(reminder)


def _merge(before: dict[str, T], changes: Mapping[str, T | None]) -> None:
    """Take over what has changed; None stands for erased."""
    for id, after in changes.items():
        if after is None:
            before.pop(id, None)
        else:
            before[id] = after


def _differences(before: Conversation | None, after: Conversation) -> Iterator[Change]:
    said = before.next_seq if before else 1
    sent = before.outbox if before else ()
    yield PutConversation(after)
    was = before.messages if before else ()
    changed = (new for old, new in zip(was, after.messages, strict=False) if old is not new)
    yield from (PutMessage(after.id, m) for m in (*changed, *after.messages[said - 1 :]))
    yield from (PutOutbox(after.id, seq) for seq in after.outbox if seq not in sent)
    yield from (DropOutbox(after.id, seq) for seq in sent if seq not in after.outbox)


def in_order(waiting: Iterable[Conversation]) -> list[Conversation]:
    """Who waits, the longest first."""
    return sorted(waiting, key=lambda each: (each.waiting_since, each.id))


def _began(conversation: Conversation) -> datetime:
    return conversation.state.stay.began
