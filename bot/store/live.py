"""The live store: open conversations and forms being filled in, as ciphertext only.

Changes are small frozen values; `apply` writes a batch of them in one transaction and returns when
they are on the disk. Nothing here decides anything.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeAlias, TypeVar

from pydantic import TypeAdapter

from bot.conversation import Address, Conversation, Draft, Message, Offset, Reminder
from bot.store.changes import (
    Change,
    DropDraft,
    DropOutbox,
    DropReminder,
    EraseConversation,
    Loaded,
    PutConversation,
    PutDraft,
    PutMessage,
    PutOffset,
    PutOutbox,
    PutReminder,
)
from bot.store.connection import BUSY_MILLISECONDS, Connection, spoken
from bot.store.migrations import open_store
from bot.store.sealing import Unreadable, seal, unseal
from flows.states import STORED

STEPS = (
    """
CREATE TABLE conversations (id TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE messages (
    conversation TEXT NOT NULL, seq INTEGER NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;
CREATE TABLE outbox (
    conversation TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;
CREATE TABLE drafts (id TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
""",
    """
CREATE TABLE reminders (id TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE offset (
    only INTEGER PRIMARY KEY CHECK (only = 1), bot TEXT NOT NULL, next INTEGER NOT NULL,
    day TEXT NOT NULL
);
""",
)
"""The schema, step by step: a step that was once taken somewhere is never changed."""

READER_MILLISECONDS = 50
"""How long an erasure waits for another program that reads the database; all wait with it."""

ERASING = (EraseConversation, DropDraft, DropReminder)

T = TypeVar("T")
Keys: TypeAlias = Callable[[str], bytes]

UNREADABLE = (KeyError, TypeError, ValueError, Unreadable)
"""Sealed under a lost key, or written in a shape that this version does not know."""

_MESSAGE = TypeAdapter(Message)
_DRAFT = TypeAdapter(Draft)
_REMINDER = TypeAdapter(Reminder)


class LiveStore:
    """Open conversations in one SQLite file in WAL mode."""

    def __init__(self, connection: Connection, path: Path, keys: Keys) -> None:
        self._connection = connection
        self._path = path
        self._keys = keys
        self.owes_truncation = False

    @classmethod
    async def open(cls, path: Path, keys: Keys) -> Self:
        return cls(await open_store(path, STEPS, wal=True), path, keys)

    async def close(self) -> None:
        await self._connection.close()

    async def apply(self, changes: Sequence[Change]) -> None:
        """Write all changes or none. StoreError when they could not be kept.

        What was kept is kept, also where the log could not be emptied after an erasure because
        another program reads it: then `owes_truncation` says so until an `apply` has done it.
        """
        with spoken(self._path):
            await self._connection.write(self._statements(changes))
        erases = any(isinstance(change, ERASING) for change in changes)
        if erases or self.owes_truncation:
            self.owes_truncation = not await self._truncate()

    async def _truncate(self) -> bool:
        """Empty the write-ahead log, where erased rows would otherwise linger; say if it is."""
        await self._be_patient(READER_MILLISECONDS)
        try:
            rows = await self._connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:
            return False
        finally:
            await self._be_patient(BUSY_MILLISECONDS)
        return not any(busy for busy, *_ in rows)

    async def _be_patient(self, milliseconds: int) -> None:
        """Wait so long for another program from now on; SQLite looks at no file for that."""
        await self._connection.execute_fetchall(f"PRAGMA busy_timeout = {milliseconds}")

    async def load(self) -> Loaded:
        """Read everything that has a key; erase the rows that have none."""
        drafts, lost_drafts = await self._load_sealed("drafts", "draft", _DRAFT)
        reminders, lost_reminders = await self._load_sealed("reminders", "reminder", _REMINDER)
        conversations, lost = await self._load_conversations()
        unreadable: list[Change] = [
            *map(EraseConversation, lost),
            *map(DropDraft, lost_drafts),
            *map(DropReminder, lost_reminders),
        ]
        await self.apply(unreadable)
        offset = await self._load_offset()
        keyless = len(lost) + len(lost_reminders)
        return Loaded(conversations, drafts, keyless, reminders, offset)

    def _statements(self, changes: Iterable[Change]) -> list[tuple[str, list[tuple[Any, ...]]]]:
        """Group the rows by statement, in the order in which statements must run."""
        rows: dict[str, list[tuple[Any, ...]]] = {sql: [] for sql in _ORDER}
        for change in changes:
            for sql, row in self._rows(change):
                rows[sql].append(row)
        return [(sql, found) for sql, found in rows.items() if found]

    def _rows(self, change: Change) -> Iterator[tuple[str, tuple[Any, ...]]]:
        match change:
            case PutConversation(conversation):
                yield _PUT_CONVERSATION, (conversation.id, self._seal_state(conversation))
            case PutMessage(id, message):
                yield _PUT_MESSAGE, self._message_row(id, message)
            case PutOutbox(id, seq):
                yield _PUT_OUTBOX, (id, seq)
            case DropOutbox(id, seq):
                yield _DROP_OUTBOX, (id, seq)
            case EraseConversation(id):
                yield from ((sql, (id,)) for sql in _ERASE)
            case _:
                yield self._row_beside(change)

    def _row_beside(self, change: Change) -> tuple[str, tuple[Any, ...]]:
        """The one row of what stands beside the conversations."""
        match change:
            case PutDraft(draft):
                return _PUT_DRAFT, (draft.id, self._seal_draft(draft))
            case DropDraft(id):
                return _DROP_DRAFT, (id,)
            case PutReminder(reminder):
                return _PUT_REMINDER, (reminder.id, self._seal_reminder(reminder))
            case DropReminder(id):
                return _DROP_REMINDER, (id,)
            case PutOffset(Offset(bot, after, day)):
                return _PUT_OFFSET, (bot, after, day.isoformat())
            case _:
                raise TypeError(type(change).__name__)

    def _seal_state(self, conversation: Conversation) -> bytes:
        value = {
            "address": [conversation.address.channel, conversation.address.token],
            "state": STORED.dump_python(conversation.state, mode="json"),
            "seen": conversation.seen,
            "hidden_below": conversation.hidden_below,
            "attempted": conversation.attempted,
            "doomed": conversation.doomed,
        }
        return seal(self._keys(conversation.id), value, bound=f"{conversation.id}/state")

    def _message_row(self, conversation: str, message: Message) -> tuple[str, int, bytes]:
        value = _MESSAGE.dump_python(message, mode="json")
        bound = f"{conversation}/message/{message.seq}"
        return conversation, message.seq, seal(self._keys(conversation), value, bound=bound)

    def _seal_reminder(self, reminder: Reminder) -> bytes:
        value = _REMINDER.dump_python(reminder, mode="json")
        return seal(self._keys(reminder.id), value, bound=f"{reminder.id}/reminder")

    def _seal_draft(self, draft: Draft) -> bytes:
        value = _DRAFT.dump_python(draft, mode="json")
        return seal(self._keys(draft.id), value, bound=f"{draft.id}/draft")

    async def _load_sealed(
        self, table: str, field: str, shape: TypeAdapter[T]
    ) -> tuple[tuple[T, ...], list[str]]:
        """What a table holds, and the ids of the rows that nobody can read any more."""
        found, lost = list[T](), list[str]()
        for id, sealed in await self._all(f"SELECT id, sealed FROM {table}"):  # noqa: S608 - ours
            try:
                value = unseal(self._keys(id), sealed, bound=f"{id}/{field}")
                found.append(shape.validate_python(value))
            except UNREADABLE:
                lost.append(id)
        return tuple(found), lost

    async def _load_offset(self) -> Offset | None:
        rows = await self._all("SELECT bot, next, day FROM offset")
        found = (Offset(bot, after, date.fromisoformat(day)) for bot, after, day in rows)
        return next(found, None)

    async def _load_conversations(self) -> tuple[tuple[Conversation, ...], list[str]]:
        conversations, lost = [], []
        for id, sealed in await self._all("SELECT id, sealed FROM conversations"):
            try:
                conversations.append(await self._load_one(id, sealed))
            except UNREADABLE:
                lost.append(id)
        return tuple(conversations), lost

    async def _load_one(self, id: str, sealed: bytes) -> Conversation:
        key = self._keys(id)
        value: Any = unseal(key, sealed, bound=f"{id}/state")
        rows = await self._all(
            "SELECT seq, sealed FROM messages WHERE conversation = ? ORDER BY seq", id
        )
        outbox = await self._all("SELECT seq FROM outbox WHERE conversation = ? ORDER BY seq", id)
        open_message = partial(_open_message, key, id)
        return Conversation(
            id,
            Address(*value["address"]),
            STORED.validate_python(value["state"]),
            tuple(open_message(seq, words) for seq, words in rows),
            tuple(seq for (seq,) in outbox),
            value["seen"],
            value["hidden_below"],
            value.get("attempted", 0),
            tuple(value.get("doomed", ())),
        )

    async def _all(self, sql: str, *arguments: str) -> list[Any]:
        with spoken(self._path):
            return list(await self._connection.execute_fetchall(sql, arguments))


def _open_message(key: bytes, conversation: str, seq: int, sealed: bytes) -> Message:
    value = unseal(key, sealed, bound=f"{conversation}/message/{seq}")
    return _MESSAGE.validate_python(value)


_PUT_CONVERSATION = "INSERT OR REPLACE INTO conversations VALUES (?, ?)"
_PUT_MESSAGE = "INSERT OR REPLACE INTO messages VALUES (?, ?, ?)"
_PUT_OUTBOX = "INSERT INTO outbox VALUES (?, ?)"
_DROP_OUTBOX = "DELETE FROM outbox WHERE conversation = ? AND seq = ?"
_PUT_DRAFT = "INSERT OR REPLACE INTO drafts VALUES (?, ?)"
_DROP_DRAFT = "DELETE FROM drafts WHERE id = ?"
_PUT_REMINDER = "INSERT OR REPLACE INTO reminders VALUES (?, ?)"
_DROP_REMINDER = "DELETE FROM reminders WHERE id = ?"
_PUT_OFFSET = "INSERT OR REPLACE INTO offset VALUES (1, ?, ?, ?)"
_ERASE = (
    "DELETE FROM conversations WHERE id = ?",
    "DELETE FROM messages WHERE conversation = ?",
    "DELETE FROM outbox WHERE conversation = ?",
)
_ORDER = (
    _PUT_CONVERSATION,
    _PUT_MESSAGE,
    _PUT_OUTBOX,
    _DROP_OUTBOX,
    _PUT_DRAFT,
    *_ERASE,
    _DROP_DRAFT,
    _PUT_REMINDER,
    _DROP_REMINDER,
    _PUT_OFFSET,
)
