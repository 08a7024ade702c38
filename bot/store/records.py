"""Filed forms until their month has closed, and the contact records that they then become.

Nothing here leads back to a conversation. No table has a hidden row number, ids are random, and a
batch is shuffled before it is published, so that no order tells who came before whom.
"""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

import aiosqlite

from bot.resources import read_form
from bot.store.connection import Connection, spoken, transaction
from bot.store.migrations import open_store
from bot.store.record_tables import (
    BLOCKS,
    DROP_EMPTY_MONTHS,
    DROP_INVENTED,
    FILE,
    FIRST_AND_LAST,
    IMPORTED,
    IS_UNTIDY,
    MAKE_BLOCK,
    NOTES,
    PUBLISH,
    RECORDS_OF_MONTH,
    STALE,
    STALE_INVENTED,
    STALE_MONTHS,
    STEPS,
    TIDY,
    UNTIDY,
    WAITING_MONTHS,
)
from flows.columns import Columns, encoded, joined, packed, unpacked
from flows.questions import Form

BATCH = 10
"""Fewer forms than this are not published: they are held over until there are more."""

Answers = dict[str, str]

Ids = Callable[[], bytes]
"""Gives a new random id at each call."""

_shipped_form = cache(read_form)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A filed form that is no record yet, and that who filed it may still correct."""

    id: bytes
    answers: Answers


class RecordsStore:
    """Open it with `RecordsStore.open`; close it when done. Methods raise StoreError.

    Several processes may have it open at once.
    """

    def __init__(self, path: Path, connection: Connection, form: Form) -> None:
        self._path = path
        self._connection = connection
        self._form = form
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path, *, form: Form | None = None) -> Self:
        """Open or make the database, and tidy up after a publication that a crash cut short.

        `form` says which answers are counted; it is the shipped one unless another is given.
        """
        connection = await open_store(path, STEPS)
        store = cls(path, connection, form or _shipped_form())
        try:
            if await store._count(IS_UNTIDY):
                await store._rewrite()
        except BaseException:
            await connection.close()
            raise
        return store

    async def close(self) -> None:
        await self._connection.close()

    # filed forms

    async def file(self, id: bytes, answers: Mapping[str, str], *, counsellor: str = "") -> None:
        """Keep a filed form until its month has closed; the same id again replaces it.

        Until it is published `counsellor` may correct it; then nothing tells who filed it.
        """
        await self._write(FILE, (id, answers["period"], counsellor, _packed(answers)))

    async def waiting_of(self, counsellor: str) -> list[Waiting]:
        """Fetch the forms that one counsellor may still correct, in the order of their ids."""
        rows = await self._rows(
            "SELECT id, answers FROM waiting WHERE counsellor = ? ORDER BY id", counsellor
        )
        return [Waiting(id, json.loads(answers)) for id, answers in rows]

    async def correct(self, id: bytes, counsellor: str, answers: Mapping[str, str]) -> bool:
        """Replace a waiting form; False when it is published already or not this counsellor's."""
        changed = await self._write(
            "UPDATE waiting SET period = ?, answers = ? WHERE id = ? AND counsellor = ?",
            (answers["period"], _packed(answers), id, counsellor),
        )
        return changed == 1

    async def waiting_count(self, *, first: str = "0000-00", last: str = "9999-99") -> int:
        """How many filed forms are no records yet, in all or of some months."""
        query = "SELECT count(*) FROM waiting WHERE period BETWEEN ? AND ?"
        return await self._count(query, first, last)

    async def waiting_months(self, *, before: str) -> dict[str, int]:
        """How many filed forms of each month before `before` are no records yet."""
        return dict(tuple(row) for row in await self._rows(WAITING_MONTHS, before))

    # records

    async def records(self, *, first: str, last: str) -> list[Answers]:
        """Fetch the published records of the months from `first` to `last`, both included."""
        rows = await self._rows(
            "SELECT answers FROM contact_records WHERE period BETWEEN ? AND ?", first, last
        )
        return [json.loads(row[0]) for row in rows]

    async def columns(self, first: str, last: str) -> Columns:
        """Give the coded answers of the same records; a million of them in about a second."""
        async with self._turn:
            with spoken(self._path):
                await self._make_blocks_apart()  # of an older form, or of none yet
                rows = await self._connection.execute_fetchall(BLOCKS, (first, last))
        return joined([unpacked(row[0]) for row in rows])

    async def notes(self, first: str, last: str) -> list[str]:
        """Fetch the notes of the same records, in the order of their letters.

        In the order of the records a note could be laid beside the record that it stood in.
        """
        return [row[0] for row in await self._rows(NOTES, first, last)]

    async def invented_count(self) -> int:
        """How many of the records are invented: more than none must be said on every page."""
        return await self._count("SELECT count(*) FROM contact_records WHERE invented")

    async def first_and_last(self, *, before: str) -> tuple[str, str]:
        """Find the first and the last month before `before` with records; '' when none has any."""
        rows = await self._rows(FIRST_AND_LAST, before)
        return rows[0][0], rows[0][1]

    async def imported_before(self, digest: bytes) -> int:
        """How many records have come from the file with this SHA-256; none when it is new."""
        return await self._count(
            "SELECT coalesce(sum(records), 0) FROM imports WHERE digest = ?", digest
        )

    async def publish(
        self, *, this_month: str, ids: Ids, shuffle: Callable[[list[Answers]], None]
    ) -> int:
        """Make records of all waiting forms whose month is before `this_month`; say how many.

        None when they are fewer than BATCH. A crash leaves either all of them waiting or all of
        them published. Pages that could not be rewritten then are rewritten the next time.
        """
        async with self._turn:
            with spoken(self._path):
                async with transaction(self._connection):
                    published = await self._publish(this_month, ids, shuffle)
                owed = await self._connection.execute_fetchall(IS_UNTIDY)
            if any(is_owed for (is_owed,) in owed):
                await self._rewrite()
        return published

    async def import_records(
        self,
        records: Iterable[Mapping[str, str]],
        *,
        ids: Ids,
        digest: bytes,
        is_new: bool = False,
    ) -> int:
        """Publish the records of a file, whose SHA-256 is `digest`; say how many.

        None when the file `is_new` and was imported meanwhile. All are read before the first is
        written: when `records` raises, nothing has changed. They are written in the order of their
        random ids, so nothing tells in which the file had them.
        """
        rows = sorted(_rows(records, ids))
        async with self._turn:
            with spoken(self._path):
                async with transaction(self._connection):
                    if is_new and await self._is_imported(digest):
                        return 0
                    await self._insert(rows)
                    await self._connection.execute_fetchall(IMPORTED, (digest, len(rows)))
                await self._make_blocks_apart()
        return len(rows)

    async def import_invented(self, records: Iterable[Mapping[str, str]], *, ids: Ids) -> None:
        """Put invented records, marked as such, in the place of those invented before."""
        rows = sorted(_rows(records, ids, invented=True))
        async with self._turn:
            with spoken(self._path):
                async with transaction(self._connection):
                    for sql in (STALE_INVENTED, DROP_INVENTED, DROP_EMPTY_MONTHS):
                        await self._connection.execute_fetchall(sql)
                    await self._insert(rows)
                await self._make_blocks_apart()

    async def _publish(
        self, this_month: str, ids: Ids, shuffle: Callable[[list[Answers]], None]
    ) -> int:
        batch = await self._closed(this_month)
        if len(batch) < BATCH:
            return 0
        shuffle(batch)
        await self._insert(_rows(batch, ids))
        for month in await self._stale_months():
            await self._make_block(month)
        await self._connection.execute_fetchall(UNTIDY)
        await self._connection.execute_fetchall(
            "DELETE FROM waiting WHERE period < ?", (this_month,)
        )
        return len(batch)

    async def _is_imported(self, digest: bytes) -> bool:
        found = await self._connection.execute_fetchall(
            "SELECT 1 FROM imports WHERE digest = ?", (digest,)
        )
        return bool(list(found))

    async def _closed(self, this_month: str) -> list[Answers]:
        rows = await self._connection.execute_fetchall(
            "SELECT answers FROM waiting WHERE period < ?", (this_month,)
        )
        return [json.loads(row[0]) for row in rows]

    async def _insert(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add records; the blocks of their months are stale then."""
        await self._connection.executemany(PUBLISH, rows)
        months = sorted({period for _, period, _, _ in rows})
        await self._connection.executemany(STALE, [(month,) for month in months])

    async def _make_blocks_apart(self) -> None:
        """Pack what has changed, each month by itself, so that others can write in between."""
        for month in await self._stale_months():
            async with transaction(self._connection):
                await self._make_block(month)

    async def _stale_months(self) -> list[str]:
        rows = await self._connection.execute_fetchall(STALE_MONTHS, (self._form.version,))
        return [month for (month,) in rows]

    async def _make_block(self, month: str) -> None:
        """Pack the records of a month in the order of their random ids."""
        rows = await self._connection.execute_fetchall(RECORDS_OF_MONTH, (month,))
        block = packed(encoded(self._form, [json.loads(row[0]) for row in rows]))
        await self._connection.execute_fetchall(MAKE_BLOCK, (self._form.version, block, month))

    async def _rewrite(self) -> None:
        # Deleted forms and the order of insertion live on in the pages until they are rewritten.
        with spoken(self._path):
            await self._connection.execute_fetchall("VACUUM")
            await self._connection.execute_fetchall(TIDY)

    async def _write(self, sql: str, row: tuple[Any, ...]) -> int:
        """Run one statement; give how many rows it changed."""
        async with self._turn:
            with spoken(self._path):
                return (await self._connection.execute(sql, row)).rowcount

    async def _count(self, query: str, *values: object) -> int:
        rows = await self._rows(query, *values)
        return int(rows[0][0])

    async def _rows(self, query: str, *values: object) -> list[aiosqlite.Row]:
        # Fetched in one go: an open cursor would keep VACUUM from its work.
        async with self._turn:
            with spoken(self._path):
                return list(await self._connection.execute_fetchall(query, values))


def _rows(
    records: Iterable[Mapping[str, str]], ids: Ids, *, invented: bool = False
) -> list[tuple[bytes, str, str, int]]:
    return [(ids(), record["period"], _packed(record), int(invented)) for record in records]


def _packed(answers: Mapping[str, str]) -> str:
    return json.dumps(dict(answers), ensure_ascii=False, sort_keys=True)
