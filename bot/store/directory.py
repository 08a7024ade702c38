"""What people changed in the directory, one row a change, and how often each county was looked up.

Changes are only ever added; the database itself refuses to alter or remove one. Look-ups are bare
counts by month and county, so that nothing tells when or by whom a place was asked for.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import aiosqlite
from pydantic import ValidationError

from bot.store.connection import StoreError
from bot.store.database import Database
from directory.edits import Change, Edit, Entry, Key, Kind, Why
from directory.models import Contact, Provision, Service

STEPS = (
    """
CREATE TABLE changes (
    number INTEGER PRIMARY KEY,
    batch INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX changes_by_entry ON changes (kind, id);
CREATE INDEX changes_by_batch ON changes (batch);
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes
BEGIN SELECT RAISE(ABORT, 'a change is never altered'); END;
CREATE TRIGGER changes_remain BEFORE DELETE ON changes
BEGIN SELECT RAISE(ABORT, 'a change is never removed'); END;
CREATE TABLE countings (n INTEGER NOT NULL) STRICT;
INSERT INTO countings VALUES (0);
CREATE TABLE lookups (
    month TEXT NOT NULL,
    county TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (month, county)
) STRICT, WITHOUT ROWID;
""",
    # The first files with these changes had no countings.
    """
CREATE TABLE IF NOT EXISTS countings (n INTEGER NOT NULL) STRICT;
INSERT INTO countings SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM countings);
""",
)
"""The schema, step by step: a step that was once taken somewhere is never changed."""

_ADD = """
INSERT INTO changes (batch, at, who, why, kind, id, before, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""

_CHANGES = "SELECT number, batch, at, who, why, kind, id, before, after FROM changes"

_NEWEST = "SELECT coalesce(max(number), 0), coalesce(max(batch), 0) FROM changes"

_EXTENT = """
SELECT count(*), coalesce(min(made.after IS (
    SELECT later.after FROM changes AS later
    WHERE later.kind = made.kind AND later.id = made.id ORDER BY later.number DESC LIMIT 1
)), 0) FROM changes AS made WHERE made.batch = ?
"""

_COUNT = """
INSERT INTO lookups (month, county, n) VALUES (?, ?, ?)
ON CONFLICT (month, county) DO UPDATE SET n = n + excluded.n
"""

_LOOKUPS = "SELECT month, county, n FROM lookups WHERE month BETWEEN ? AND ?"

_MODELS: Mapping[Kind, type[Entry]] = {
    "service": Service,
    "provision": Provision,
    "contact": Contact,
}


class OvertakenError(Exception):
    """Somebody added changes after those that the writer knew of; nothing was added."""


class DirectoryStore:
    """Open it with `DirectoryStore.open`; close it when done. Methods raise StoreError.

    Several processes may have it open at once.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open or make the database."""
        return cls(await Database.open(path, STEPS))

    async def close(self) -> None:
        await self._database.close()

    async def add(
        self,
        edits: Iterable[Edit],
        *,
        who: str,
        why: Why,
        at: datetime,
        seen: int | None = None,
    ) -> int:
        """Keep edits as one batch, all or none; give the batch's number, from 1.

        With `seen`, the number of the newest change that the writer knows of (0: none), an
        OvertakenError when there is a newer one.
        """
        rows = [(at.isoformat(), who, why, *_packed(edit)) for edit in edits]
        async with self._database.writing() as connection:
            ((newest, batch),) = await connection.execute_fetchall(_NEWEST)
            if seen is not None and newest != seen:
                raise OvertakenError
            await connection.executemany(_ADD, [(batch + 1, *row) for row in rows])
        return int(batch) + 1

    async def edits(self) -> list[Edit]:
        """All that was ever changed, in order."""
        return [change.edit for change in await self.changes()]

    async def changes(self, *, after: int = 0) -> list[Change]:
        """All changes with a higher number than `after`, in order."""
        return await self._changes("WHERE number > ? ORDER BY number", after)

    async def batch(self, number: int, *, most: int = -1) -> list[Change]:
        """The changes of one batch, in order, or `most` of them; none when there is no such batch.

        What an import changed is thousands of entries, each of which takes time to read.
        """
        return await self._changes("WHERE batch = ? ORDER BY number LIMIT ?", number, most)

    async def extent(self, number: int) -> tuple[int, bool]:
        """How many changes a batch has, and whether all its entries are as it left them."""
        ((size, stands),) = await self._database.rows(_EXTENT, number)
        return int(size), bool(stands)

    async def history(self, *, key: Key | None = None, limit: int) -> list[Change]:
        """The newest changes first, of everything or of one entry."""
        newest_first = "ORDER BY number DESC LIMIT ?"
        if key is None:
            return await self._changes(newest_first, limit)
        return await self._changes(f"WHERE kind = ? AND id = ? {newest_first}", *key, limit)

    async def count_lookups(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Add to the counts, by month (as 2026-11) and county code.

        Something is written also when nothing was counted: the file's age tells of no look-up.
        """
        rows = [(month, county, n) for (month, county), n in counts.items()]
        async with self._database.writing() as connection:
            await connection.execute_fetchall("UPDATE countings SET n = n + 1")
            await connection.executemany(_COUNT, rows)

    async def lookups(self, first: str, last: str) -> dict[tuple[str, str], int]:
        """The counts of the months from `first` to `last`, both included."""
        rows = await self._database.rows(_LOOKUPS, first, last)
        return {(month, county): n for month, county, n in rows}

    async def _changes(self, which: str, *values: str | int) -> list[Change]:
        return [
            self._change(row) for row in await self._database.rows(f"{_CHANGES} {which}", *values)
        ]

    def _change(self, row: aiosqlite.Row) -> Change:
        number, batch, at, who, why, kind, _, before, after = row
        try:
            edit = Edit(_entry(kind, before), _entry(kind, after))
        except ValidationError:
            raise StoreError(
                f"{self._database.path.name} holds a change (number {number}) that this version "
                "cannot read: install the version that wrote it, or restore a backup."
            ) from None
        return Change(number, batch, datetime.fromisoformat(at), who, why, edit)


def _packed(edit: Edit) -> tuple[str, str, str | None, str | None]:
    return (*edit.key, _text(edit.before), _text(edit.after))


def _text(entry: Entry | None) -> str | None:
    return None if entry is None else entry.model_dump_json()


def _entry(kind: Kind, text: str | None) -> Entry | None:
    """Read an entry, also one that an older version wrote.

    A field that it did not know has its default; one that is no more is left out. Whoever renames
    a field or narrows what it may hold gives the database a new version and an upgrade.
    """
    if text is None:
        return None
    model = _MODELS[kind]
    fields: dict[str, Any] = json.loads(text)
    known = {name: value for name, value in fields.items() if name in model.model_fields}
    return model.model_validate(known)
