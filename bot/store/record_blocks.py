"""The coded answers of all records of a month, packed, so that a million are there in a second.

Packing is work for a thread and holds no lock: others file and publish meanwhile.
"""

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress

import aiosqlite

from bot.store.connection import StoreError
from bot.store.database import Database
from bot.store.record_tables import (
    BLOCKS,
    MADE_BY,
    MAKE_BLOCK,
    RECORDS_OF_MONTH,
    STALE_MONTHS,
)
from flows.columns import Columns, encoded, joined, packed, unpacked
from flows.questions import Form


class Blocks:
    """The packed months of one database, as `form` codes the answers."""

    def __init__(self, database: Database, form: Form) -> None:
        self._database = database
        self._form = form

    async def columns(self, first: str, last: str) -> Columns:
        """Give the coded answers of all records of the months from `first` to `last`.

        All months as they were at one moment: what is published meanwhile is in all or in none.
        """
        # Read by one statement; months that are packed one by one may be of different moments.
        rows = await self._database.rows(BLOCKS, first, last)
        while any(made_by != self._form.version for made_by, _ in rows):
            await self.pack()
            rows = await self._database.rows(BLOCKS, first, last)
        return await asyncio.to_thread(_unpacked, rows)

    async def pack(self) -> None:
        """Pack the months that have changed, or that another form has packed."""
        for (month,) in await self._database.rows(STALE_MONTHS, self._form.version):
            is_packed = False
            while not is_packed:
                is_packed = await self._pack_month(month)

    async def pack_now_or_later(self) -> None:
        """Pack as `pack` does; what is refused now is done when the columns are asked for."""
        with suppress(StoreError):
            await self.pack()

    async def _pack_month(self, month: str) -> bool:
        """Pack a month in the order of the random ids; False when it has changed meanwhile."""
        before = await self._database.rows(MADE_BY, month)
        rows = await self._database.rows(RECORDS_OF_MONTH, month)
        block = await asyncio.to_thread(_packed, self._form, rows)
        blocks = [(self._form.version, block, month, made_by) for (made_by,) in before]
        return not blocks or await self._database.change(MAKE_BLOCK, blocks) == 1


def _packed(form: Form, rows: Iterable[aiosqlite.Row]) -> bytes:
    return packed(encoded(form, [json.loads(row[0]) for row in rows]))


def _unpacked(rows: Iterable[aiosqlite.Row]) -> Columns:
    return joined([unpacked(block) for _, block in rows])
