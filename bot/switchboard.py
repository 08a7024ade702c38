"""The switchboard: the only loop. What has arrived becomes turns, one commit, then deliveries.

Everything that changes an open conversation or a form goes through here in one order, so two
claims at once cannot both win. A batch is written in one transaction; nobody is told that their
words arrived before the disk has them.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.book import Book, Overlay
from bot.conversation import Conversation, Draft
from bot.feeds import Feeds
from bot.leavers import Leavers, Records
from bot.logs import log
from bot.shop import Job, Reply, Shop
from bot.store.changes import (
    Change,
    DropDraft,
    EraseConversation,
    Loaded,
    PutDraft,
)
from bot.store.connection import StoreError
from bot.tally import Tally
from bot.vault import Vault
from bot.writing import Side, Writing
from flows.records import left_queue_form
from flows.states import Closing
from flows.stockholm import month_of

MOST_AT_ONCE = 256
"""Events in one commit: more gain nothing and make the first of them wait."""

WORLDS_FAULT = (StoreError, OSError)
"""Disk and key folder: what they refuse now may be kept a moment later."""

QUEUE = "queue"
"""The topic that every desk watches: who waits has changed."""


def desk_of(counsellor: str) -> str:
    """Name the topic that one counsellor's desks watch: their talks and forms have changed."""
    return f"desk/{counsellor}"


class NotKeptError(Exception):
    """Nothing was kept and nothing has happened: the sender must know, and may try again.

    `is_poison`: the event itself broke its turn, so that trying again is no use.
    """

    def __init__(self, *, is_poison: bool = False) -> None:
        super().__init__()
        self.is_poison = is_poison


class Follower(Protocol):
    """Who carries what happens to visitors on channels where we send."""

    @property
    def is_well(self) -> bool:
        """Whether what is sent arrives."""

    def changed(self, conversation: Conversation) -> None:
        """Take note that this is safely kept."""

    def writes(self, conversation: Conversation) -> None:
        """Let the visitor see that the counsellor writes."""


class Store(Protocol):
    """Where changes are made durable."""

    owes_truncation: bool

    async def apply(self, changes: Sequence[Change]) -> None: ...
    async def load(self) -> Loaded: ...


@dataclass(slots=True)
class _Asked:
    job: Job
    reply: asyncio.Future[Reply]


@dataclass(slots=True, kw_only=True)
class Switchboard:
    """Takes jobs in the order in which they come."""

    shop: Shop
    store: Store
    records: Records
    vault: Vault
    feeds: Feeds
    clock: Callable[[], datetime]
    book: Book = field(default_factory=Book)
    writing: Writing = field(default_factory=Writing)
    tally: Tally = field(default_factory=Tally)
    follower: Follower | None = None
    _inbox: asyncio.Queue[_Asked | None] = field(default_factory=asyncio.Queue)
    _late: set[str] = field(default_factory=set)
    _leavers: Leavers = field(init=False)

    def __post_init__(self) -> None:
        self._leavers = Leavers(self.records)

    async def load(self) -> int:
        """Read what was open; say how many conversations were lost with their keys.

        A restart of the machine takes all keys at once. Where some are left, a row without one was
        being erased when the program was killed, and nobody has lost anything.
        """
        loaded = await self.store.load()
        for conversation in loaded.conversations:
            self.book.put(conversation)
        self.book.drafts.update({draft.id: draft for draft in loaded.drafts})
        self.book.reminders.update({each.id: each for each in loaded.reminders})
        self.book.offset = loaded.offset
        lost = 0 if self.vault.ids else loaded.keyless
        for id in self.vault.ids:
            if not self.book.has(id):
                self.vault.destroy(id)
        return lost

    async def ask(self, job: Job) -> Reply:
        """Have a job done; returns when it is on the disk. NotKeptError when it could not be."""
        return await self.submit(job)

    def submit(self, job: Job) -> asyncio.Future[Reply]:
        """Put a job in the order, now; its answer comes as in `ask`."""
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._inbox.put_nowait(_Asked(job, reply))
        return reply

    def note_writing(self, conversation: Conversation, side: Side) -> None:
        """Let the other side of a talk see that somebody writes; nothing of it is kept."""
        self.writing.note(conversation.id, side, self.clock())
        other = desk_of(conversation.counsellor) if side == "visitor" else conversation.id
        self.feeds.ring(other)
        if side == "counsellor" and self.follower:
            self.follower.writes(conversation)

    async def run(self) -> None:
        """Work until `stop`; what had arrived by then is done first."""
        async with self._leavers.filed():
            while (first := await self._inbox.get()) is not None:
                batch = [first]
                while not self._inbox.empty() and len(batch) < MOST_AT_ONCE:
                    asked = self._inbox.get_nowait()
                    if asked is None:
                        self._inbox.put_nowait(None)
                        break
                    batch.append(asked)
                await self._take(batch)

    def stop(self) -> None:
        self._inbox.put_nowait(None)

    async def _take(self, batch: Sequence[_Asked]) -> None:
        """Take a batch whole, or, where it cannot be kept, each job alone to find the poison."""
        try:
            await self._take_together(batch)
        except Exception as error:  # noqa: BLE001 - whatever broke, the next visitor is served
            if len(batch) > 1:
                for asked in batch:
                    await self._take([asked])
            else:
                log("not-kept", kind=type(error).__name__)
                _answer(batch[0], NotKeptError(is_poison=not isinstance(error, WORLDS_FAULT)))

    async def _take_together(self, batch: Sequence[_Asked]) -> None:
        now, overlay = self.clock(), Overlay(self.book)
        try:
            replies = [asked.job.take(overlay, self.shop, now) for asked in batch]
            topics = set(_topics(overlay))
            await self._keep(overlay, replies, now)
        finally:
            self._drop_unused_keys(overlay)
        for asked, reply in zip(batch, replies, strict=True):
            self.tally.note(reply.looked_up, now)
            self.tally.note_hours(reply.came, now)
            _answer(asked, reply)
        for topic in topics:
            self.feeds.ring(topic)
        self._tell_follower(overlay)

    def _tell_follower(self, overlay: Overlay) -> None:
        for conversation in overlay.conversations.values():
            if conversation and self.follower:
                self.follower.changed(conversation)

    async def _keep(self, overlay: Overlay, replies: Sequence[Reply], now: datetime) -> None:
        """Keys first, then rows, then memory: each step leaves less behind.

        Who left the queue is counted when that is kept, or when their conversation is gone.
        """
        waited = [each for reply in replies for each in reply.waited]
        left = [(each.id, *self._left_form(each, minutes, now)) for each, minutes in waited]
        self._destroy_keys(overlay)
        for _, record, form in (each for each in left if not self.book.has(each[0])):
            self._leavers.add(record, form)
        changes = [*overlay.changes(), *self._late_changes(overlay)]
        if changes or self.store.owes_truncation:
            await self.store.apply(changes)
        self._late.clear()
        overlay.swap_in()
        for _, record, form in left:
            self._leavers.add(record, form)
        for id, reminder in overlay.reminders.items():
            if reminder is None:  # a promise is not forgotten before it is kept
                self.vault.destroy(id)

    def _late_changes(self, overlay: Overlay) -> Iterator[Change]:
        """What an earlier batch should have written when its keys were already gone."""
        for id in self._late:
            draft = overlay.draft(id)
            yield PutDraft(draft) if draft else DropDraft(id)
            yield EraseConversation(id)

    def _left_form(
        self, conversation: Conversation, minutes: int, now: datetime
    ) -> tuple[bytes, Mapping[str, str]]:
        """Give the record of somebody who waited in vain, and its id.

        The id is the same when the turn must be taken again. It is made with the conversation's
        key, so nothing can link them afterwards.
        """
        secret = self.vault.key(conversation.id)
        since = str(conversation.waiting_since).encode()
        id = hashlib.blake2b(since, key=secret, digest_size=16).digest()
        channel = conversation.address.channel
        return id, left_queue_form(period=month_of(now), channel=channel, wait_minutes=minutes)

    def _destroy_keys(self, overlay: Overlay) -> None:
        """The key goes first, and takes effect whatever becomes of the batch.

        Rows that cannot be erased now are unreadable all the same; what the end of a talk told its
        form stays in memory and is written with the next batch.
        """
        for id, after in overlay.conversations.items():
            before = self.book.conversations.get(id)
            if after is None:
                self._let_go(id)
                form = overlay.drafts.get(getattr(before.state, "draft", "")) if before else None
                if form:
                    self.book.drafts[form.id] = form
                    self._late.add(form.id)
        for id, draft in overlay.drafts.items():
            if draft is None:
                self._let_go(id)

    def _let_go(self, id: str) -> None:
        self.vault.destroy(id)
        self.book.drop(id)
        self.book.drafts.pop(id, None)
        self._late.add(id)

    def _drop_unused_keys(self, overlay: Overlay) -> None:
        """A new conversation or form that was not kept leaves no key behind."""
        for id in overlay.ids:
            if not self.book.has(id):
                self.vault.destroy(id)


def _topics(overlay: Overlay) -> Iterator[str]:
    """Whom the changes concern, before or after: the visitor, their counsellor, the queue."""
    for id, after in overlay.conversations.items():
        yield id
        for each in (overlay.book.conversations.get(id), after):
            if each and each.waiting_since:
                yield QUEUE
            if each and each.counsellor:
                yield desk_of(each.counsellor)
            if each and isinstance(each.state, Closing):
                yield from _desks_of(overlay.draft(each.state.draft))
    for id, draft in overlay.drafts.items():
        yield from _desks_of(overlay.book.drafts.get(id))
        yield from _desks_of(draft)


def _desks_of(draft: Draft | None) -> Iterator[str]:
    """The counsellor whose desk shows this form, and beside it the talk that has just ended."""
    if draft:
        yield desk_of(draft.counsellor)


def _answer(asked: _Asked, reply: Reply | NotKeptError) -> None:
    """Answer, unless who asked has gone away meanwhile."""
    if asked.reply.done():
        return
    if isinstance(reply, NotKeptError):
        asked.reply.set_exception(reply)
    else:
        asked.reply.set_result(reply)
