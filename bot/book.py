"""Open conversations in memory, and the overlay on which a batch of turns is taken.

Whoever reads sees only what is safely on the disk: the overlay is swapped in after the commit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation import Address, Conversation, Draft
from bot.store.live import (
    Change,
    DropDraft,
    DropOutbox,
    EraseConversation,
    PutConversation,
    PutDraft,
    PutMessage,
    PutOutbox,
)


@dataclass(slots=True)
class Book:
    """What is committed: open conversations and drafts, by id, and conversations by address."""

    conversations: dict[str, Conversation] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    _by_address: dict[Address, str] = field(default_factory=dict)
    _queue: dict[str, Conversation] = field(default_factory=dict)
    _talks: dict[str, str] = field(default_factory=dict)

    def put(self, conversation: Conversation) -> None:
        self.drop(conversation.id)
        self.conversations[conversation.id] = conversation
        self._by_address[conversation.address] = conversation.id
        if conversation.waiting_since:
            self._queue[conversation.id] = conversation
        if conversation.counsellor:
            self._talks[conversation.id] = conversation.counsellor

    def drop(self, id: str) -> None:
        gone = self.conversations.pop(id, None)
        self._queue.pop(id, None)
        self._talks.pop(id, None)
        if gone:
            self._by_address.pop(gone.address, None)

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
    def talks(self) -> dict[str, str]:
        """The counsellor of every talk, by conversation."""
        return dict(self._talks)


@dataclass(slots=True)
class Overlay:
    """The book as it will be if this batch is kept. None stands for erased."""

    book: Book
    conversations: dict[str, Conversation | None] = field(default_factory=dict)
    drafts: dict[str, Draft | None] = field(default_factory=dict)

    def conversation(self, id: str) -> Conversation | None:
        if id in self.conversations:
            return self.conversations[id]
        return self.book.conversations.get(id)

    def at(self, address: Address) -> Conversation | None:
        for conversation in self.conversations.values():
            if conversation and conversation.address == address:
                return conversation
        found = self.book.at(address)
        return self.conversation(found.id) if found else None

    def draft(self, id: str) -> Draft | None:
        return self.drafts[id] if id in self.drafts else self.book.drafts.get(id)

    def queue(self) -> list[Conversation]:
        kept = (c for c in self.book.queue() if c.id not in self.conversations)
        new = (c for c in self.conversations.values() if c and c.waiting_since)
        return in_order([*kept, *new])

    def talks(self) -> dict[str, str]:
        kept = {id: who for id, who in self.book.talks.items() if id not in self.conversations}
        new = {id: c.counsellor for id, c in self.conversations.items() if c and c.counsellor}
        return kept | new

    def changes(self) -> list[Change]:
        """What must be written to make it so."""
        return [*self._conversation_changes(), *self._draft_changes()]

    def swap_in(self) -> None:
        for id, conversation in self.conversations.items():
            if conversation is None:
                self.book.drop(id)
            else:
                self.book.put(conversation)
        for id, draft in self.drafts.items():
            if draft is None:
                self.book.drafts.pop(id, None)
            else:
                self.book.drafts[id] = draft

    def _conversation_changes(self) -> Iterator[Change]:
        for id, after in self.conversations.items():
            if after is None:
                yield EraseConversation(id)
            else:
                yield from _differences(self.book.conversations.get(id), after)

    def _draft_changes(self) -> Iterator[Change]:
        for id, draft in self.drafts.items():
            yield DropDraft(id) if draft is None else PutDraft(draft)


def _differences(before: Conversation | None, after: Conversation) -> Iterator[Change]:
    said = before.next_seq if before else 1
    sent = before.outbox if before else ()
    yield PutConversation(after)
    yield from (PutMessage(after.id, m) for m in after.messages if m.seq >= said)
    yield from (PutOutbox(after.id, seq) for seq in after.outbox if seq not in sent)
    yield from (DropOutbox(after.id, seq) for seq in sent if seq not in after.outbox)


def in_order(waiting: Iterable[Conversation]) -> list[Conversation]:
    """Who waits, the longest first."""
    return sorted(waiting, key=lambda each: (each.waiting_since, each.id))


def _began(conversation: Conversation) -> datetime:
    return conversation.state.stay.began
