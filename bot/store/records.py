"""Filed forms until their month has closed, and the contact records that they then become.

Nothing here leads back to a conversation. No table has a hidden row number, ids are random, and a
batch is shuffled before it is published, so that no order tells who came before whom.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self

import aiosqlite

from bot.store.connection import connect, migrate, spoken, transaction

BATCH = 10
"""Fewer forms than this are not published: they are held over until there are more."""

_VERSION = 1

_SCHEMA = """
CREATE TABLE waiting (
    id BLOB PRIMARY KEY,
    period TEXT NOT NULL,
    answers TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE contact_records (
    id BLOB PRIMARY KEY,
    period TEXT NOT NULL,
    answers TEXT NOT NULL,
    invented INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""

_FILE = """
INSERT INTO waiting (id, period, answers) VALUES (?, ?, ?)
ON CONFLICT (id) DO UPDATE SET period = excluded.period, answers = excluded.answers
"""

_PUBLISH = "INSERT INTO contact_records (id, period, answers, invented) VALUES (?, ?, ?, ?)"

Answers = dict[str, str]


class RecordsStore:
    """Open it with `RecordsStore.open`; close it when done. Methods raise StoreError."""

    def __init__(self, path: Path, connection: aiosqlite.Connection) -> None:
        self._path = path
        self._connection = connection
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open or make the database, and tidy up after a publication that a crash cut short."""
        connection = await connect(path, wal=False)
        store = cls(path, connection)
        try:
            await migrate(connection, version=_VERSION, script=_SCHEMA)
            await store._rewrite()
        except BaseException:
            await connection.close()
            raise
        return store

    async def close(self) -> None:
        await self._connection.close()

    async def file(self, id: bytes, answers: Mapping[str, str]) -> None:
        """Keep a filed form until its month has closed; the same id again replaces it."""
        row = (id, answers["period"], _packed(answers))
        async with self._turn:
            with spoken(self._path):
                await self._connection.execute_fetchall(_FILE, row)

    async def waiting_count(self, *, first: str = "0000-00", last: str = "9999-99") -> int:
        """How many filed forms are no records yet, in all or of some months."""
        query = "SELECT count(*) FROM waiting WHERE period BETWEEN ? AND ?"
        return await self._count(query, first, last)

    async def invented_count(self) -> int:
        """How many of the records are invented: more than none must be said on every page."""
        return await self._count("SELECT count(*) FROM contact_records WHERE invented")

    async def records(self, *, first: str, last: str) -> list[Answers]:
        """Fetch the published records of the months from `first` to `last`, both included."""
        rows = await self._rows(
            "SELECT answers FROM contact_records WHERE period BETWEEN ? AND ?", first, last
        )
        return [json.loads(row[0]) for row in rows]

    async def last_month(self, *, before: str) -> str:
        """Find the last month before `before` that has records; '' when none has."""
        rows = await self._rows("SELECT max(period) FROM contact_records WHERE period < ?", before)
        return rows[0][0] or ""

    async def publish(
        self,
        *,
        this_month: str,
        ids: Callable[[], bytes],
        shuffle: Callable[[list[Answers]], None],
    ) -> int:
        """Make records of all waiting forms whose month is before `this_month`; say how many.

        None when they are fewer than BATCH. `ids` gives a new random id at each call. A crash
        leaves either all of them waiting or all of them published.
        """
        async with self._turn:
            with spoken(self._path):
                async with transaction(self._connection):
                    batch = await self._closed(this_month)
                    if len(batch) < BATCH:
                        return 0
                    shuffle(batch)
                    await self._insert(batch, ids, invented=False)
                    await self._connection.execute_fetchall(
                        "DELETE FROM waiting WHERE period < ?", (this_month,)
                    )
            await self._rewrite()
        return len(batch)

    async def import_invented(
        self, records: Iterable[Mapping[str, str]], *, ids: Callable[[], bytes]
    ) -> None:
        """Put invented records, marked as such, in the place of those invented before."""
        async with self._turn:
            with spoken(self._path):
                async with transaction(self._connection):
                    await self._connection.execute_fetchall(
                        "DELETE FROM contact_records WHERE invented"
                    )
                    await self._insert(records, ids, invented=True)

    async def _closed(self, this_month: str) -> list[Answers]:
        rows = await self._connection.execute_fetchall(
            "SELECT answers FROM waiting WHERE period < ?", (this_month,)
        )
        return [json.loads(row[0]) for row in rows]

    async def _insert(
        self,
        records: Iterable[Mapping[str, str]],
        ids: Callable[[], bytes],
        *,
        invented: bool,
    ) -> None:
        rows = [(ids(), record["period"], _packed(record), int(invented)) for record in records]
        await self._connection.executemany(_PUBLISH, rows)

    async def _rewrite(self) -> None:
        # Deleted forms and the order of insertion live on in the pages until they are rewritten.
        with spoken(self._path):
            await self._connection.execute_fetchall("VACUUM")

    async def _count(self, query: str, *values: str) -> int:
        rows = await self._rows(query, *values)
        return int(rows[0][0])

    async def _rows(self, query: str, *values: str) -> list[aiosqlite.Row]:
        # Fetched in one go: an open cursor would keep VACUUM from its work.
        async with self._turn:
            with spoken(self._path):
                return list(await self._connection.execute_fetchall(query, values))


def _packed(answers: Mapping[str, str]) -> str:
    return json.dumps(dict(answers), ensure_ascii=False, sort_keys=True)
