"""Filed forms until their month has closed, and the contact records that they then become.

Nothing here leads back to a conversation. No table has a hidden row number, ids are random, and a
batch is shuffled before it is published, so that no order tells who came before whom.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from bot.resources import read_form
from bot.store.connection import BUSY_MILLISECONDS, Connection, StoreError
from bot.store.database import Database
from bot.store.record_blocks import Blocks
from bot.store.record_tables import (
    CLOSED,
    CORRECT,
    DROP_CLOSED,
    DROP_EMPTY_MONTHS,
    DROP_INVENTED,
    FILE,
    FIRST_AND_LAST,
    FORGET_FORMER,
    IMPORTED,
    IMPORTED_BEFORE,
    LAY_DOWN,
    MAKE_FORMER,
    NOTES,
    OWED,
    PUBLISH,
    REMEMBER,
    STALE,
    STALE_INVENTED,
    STEPS,
    TAKE_UP,
    TIDY,
    UNTIDY,
    WAITING,
    WAITING_MONTHS,
)
from flows.columns import Columns
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

    def __init__(self, database: Database, form: Form) -> None:
        self._database = database
        self._blocks = Blocks(database, form)
        self.rewrite_refused = ""
        """Why the pages still hold what was deleted; nothing when they do not."""

    @classmethod
    async def open(
        cls, path: Path, *, form: Form | None = None, patience: int = BUSY_MILLISECONDS
    ) -> Self:
        """Open or make the database, and tidy up after a publication that was cut short.

        `patience`: milliseconds for a lock that another program holds, then StoreError.
        `form` says which answers are counted; it is the shipped one unless another is given.
        """
        database = await Database.open(path, STEPS, patience=patience)
        store = cls(database, form or _shipped_form())
        try:
            await store._tidy_up()
        except BaseException:
            await database.close()
            raise
        return store

    async def close(self) -> None:
        await self._database.close()

    # filed forms

    async def file(self, id: bytes, answers: Mapping[str, str], *, counsellor: str = "") -> None:
        """Keep a filed form until its month has closed; the same id again replaces it.

        Filing what has been published already, as after a crash, changes nothing.
        Until it is published `counsellor` may correct it; then nothing tells who filed it.
        """
        await self._change_waiting(FILE, (id, answers["period"], counsellor, _packed(answers)))

    async def waiting_of(self, counsellor: str) -> list[Waiting]:
        """Fetch the forms that one counsellor may still correct, in the order of their ids."""
        rows = await self._database.rows(
            "SELECT id, answers FROM waiting WHERE counsellor = ? ORDER BY id", counsellor
        )
        return [Waiting(id, json.loads(answers)) for id, answers in rows]

    async def correct(self, id: bytes, counsellor: str, answers: Mapping[str, str]) -> bool:
        """Replace a waiting form; False when it is published already or not this counsellor's."""
        row = (answers["period"], _packed(answers), id, counsellor)
        return await self._change_waiting(CORRECT, row) == 1

    async def waiting_count(self, *, first: str = "0000-00", last: str = "9999-99") -> int:
        """How many filed forms are no records yet, in all or of some months."""
        query = "SELECT count(*) FROM waiting WHERE period BETWEEN ? AND ?"
        return await self._count(query, first, last)

    async def waiting_months(self, *, before: str) -> dict[str, int]:
        """How many filed forms of each month before `before` are no records yet."""
        return dict(tuple(row) for row in await self._database.rows(WAITING_MONTHS, before))

    # records

    async def records(self, *, first: str, last: str) -> list[Answers]:
        """Fetch the published records of the months from `first` to `last`, both included."""
        rows = await self._database.rows(
            "SELECT answers FROM contact_records WHERE period BETWEEN ? AND ?", first, last
        )
        return [json.loads(row[0]) for row in rows]

    async def columns(self, first: str, last: str) -> Columns:
        """Give the coded answers of the same records; a million of them in about a second."""
        return await self._blocks.columns(first, last)

    async def notes(self, first: str, last: str) -> list[str]:
        """Fetch the notes of the same records, in the order of their letters.

        In the order of the records a note could be laid beside the record that it stood in.
        """
        return [row[0] for row in await self._database.rows(NOTES, first, last)]

    async def invented_count(self) -> int:
        """How many of the records are invented: more than none must be said on every page."""
        return await self._count("SELECT count(*) FROM contact_records WHERE invented")

    async def first_and_last(self, *, before: str) -> tuple[str, str]:
        """Find the first and the last month before `before` with records; '' when none has any."""
        rows = await self._database.rows(FIRST_AND_LAST, before)
        return rows[0][0], rows[0][1]

    async def imported_before(self, digest: bytes) -> int:
        """How many records have come from the file with this SHA-256; none when it is new."""
        found = await self._database.rows(IMPORTED_BEFORE, digest)
        return sum(n for (n,) in found)

    async def publish(
        self, *, this_month: str, ids: Ids, shuffle: Callable[[list[Answers]], None]
    ) -> int:
        """Make records of all waiting forms whose month is before `this_month`; say how many.

        None when they are fewer than BATCH. A crash leaves either all of them waiting or all of
        them published. Pages that cannot be rewritten then (`rewrite_refused` says why) are
        rewritten the next time.
        """
        async with self._database.writing() as connection:
            published = await _publish(connection, this_month, ids, shuffle)
        await self._tidy_up()
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
        async with self._database.writing() as connection:
            if is_new and await _is_imported(connection, digest):
                return 0
            await _insert(connection, rows)
            await connection.execute_fetchall(IMPORTED, (digest, len(rows)))
        await self._blocks.pack_now_or_later()
        return len(rows)

    async def import_invented(self, records: Iterable[Mapping[str, str]], *, ids: Ids) -> None:
        """Put invented records, marked as such, in the place of those invented before."""
        rows = sorted(_rows(records, ids, invented=True))
        async with self._database.writing() as connection:
            for sql in (STALE_INVENTED, DROP_INVENTED, DROP_EMPTY_MONTHS):
                await connection.execute_fetchall(sql)
            await _insert(connection, rows)
        await self._blocks.pack_now_or_later()

    async def _tidy_up(self) -> None:
        """Rewrite the pages if that is owed; what is refused now is done the next time."""
        # Deleted forms and the order of insertion live on in the pages until they are rewritten.
        try:
            ((owed, freed),) = await self._database.rows(OWED)
            if owed or freed:
                await self._blocks.pack()
                await self._database.rows("VACUUM")
                await self._database.rows(TIDY, owed)
        except StoreError as error:
            self.rewrite_refused = str(error)
        else:
            self.rewrite_refused = ""

    async def _change_waiting(self, sql: str, row: tuple[Any, ...]) -> int:
        """Run one statement; give how many of the waiting forms it changed.

        Then all of them are laid down anew: a page holds its rows in the order in which they came.
        """
        async with self._database.writing() as connection:
            changed = (await connection.execute(sql, row)).rowcount
            rows = await connection.execute_fetchall(WAITING)
            await connection.execute_fetchall(TAKE_UP)
            await connection.executemany(LAY_DOWN, rows)
        return changed

    async def _count(self, query: str, *values: object) -> int:
        rows = await self._database.rows(query, *values)
        return int(rows[0][0])


async def _publish(
    connection: Connection, this_month: str, ids: Ids, shuffle: Callable[[list[Answers]], None]
) -> int:
    rows = await connection.execute_fetchall(CLOSED, (this_month,))
    batch = [json.loads(answers) for (answers,) in rows]
    if len(batch) < BATCH:
        return 0
    shuffle(batch)
    await _insert(connection, _rows(batch, ids))
    for sql in (UNTIDY, FORGET_FORMER, MAKE_FORMER):
        await connection.execute_fetchall(sql)
    for sql in (REMEMBER, DROP_CLOSED):
        await connection.execute_fetchall(sql, (this_month,))
    return len(batch)


async def _insert(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add records; the blocks of their months are stale then."""
    await connection.executemany(PUBLISH, rows)
    months = sorted({period for _, period, _, _ in rows})
    await connection.executemany(STALE, [(month,) for month in months])


async def _is_imported(connection: Connection, digest: bytes) -> bool:
    return bool(list(await connection.execute_fetchall(IMPORTED_BEFORE, (digest,))))


def _rows(
    records: Iterable[Mapping[str, str]], ids: Ids, *, invented: bool = False
) -> list[tuple[bytes, str, str, int]]:
    return [(ids(), record["period"], _packed(record), int(invented)) for record in records]


def _packed(answers: Mapping[str, str]) -> str:
    return json.dumps(dict(answers), ensure_ascii=False, sort_keys=True)
