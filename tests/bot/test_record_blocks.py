"""The packed months, while other programs write in the same database."""

import json
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from bot.resources import read_form
from bot.store.database import Database
from bot.store.migrations import open_store
from bot.store.record_blocks import Blocks
from bot.store.record_tables import PUBLISH, STALE, STEPS
from bot.store.records import RecordsStore
from flows.columns import Columns

MONTHS = ("2026-01", "2026-02")

STATEMENTS = 9
"""Those that read two stale months: which blocks there are, and what packs each of them."""

Meanwhile = Callable[[], None]


class Shared(Database):
    """A database in which another program does something after each statement of ours."""

    meanwhile: Meanwhile = staticmethod(lambda: None)

    async def rows(self, query: str, *values: object) -> list[aiosqlite.Row]:
        found = await super().rows(query, *values)
        self.meanwhile()
        return found

    async def change(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> int:
        changed = await super().change(sql, rows)
        self.meanwhile()
        return changed


class Locked(Database):
    """A database that another program locks just before a block is to be written."""

    async def change(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> int:
        with closing(sqlite3.connect(self.path)) as other:
            other.execute("BEGIN IMMEDIATE")
            return await super().change(sql, rows)


def publish_in_both(path: Path, number: int) -> None:
    """Publish a record in each month, as another program that has not packed them yet."""
    with closing(sqlite3.connect(path)) as other, other:
        for place, month in enumerate(MONTHS):
            record = json.dumps({"period": month, "role": "exposed"})
            other.execute(PUBLISH, (bytes([number, place]), month, record, 0))
            other.execute(STALE, (month,))


def after(statements: int, act: Meanwhile) -> Meanwhile:
    """Give what acts once, after so many statements."""
    left = iter([*[False] * (statements - 1), True])
    return lambda: act() if next(left, False) else None


def pack_with_older_form(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE months SET form = 90, block = x'00' WHERE form > 0")


def per_month(columns: Columns) -> list[int]:
    return [columns.between(month, month).n for month in MONTHS]


@pytest.mark.parametrize("statements", range(1, STATEMENTS + 1))
async def test_what_another_program_publishes_is_in_all_the_months_that_are_read_or_in_none(
    tmp_path: Path, statements: int
) -> None:
    path = tmp_path / "records.db"
    database = Shared(path, await open_store(path, STEPS))
    publish_in_both(path, 1)
    database.meanwhile = after(statements, lambda: publish_in_both(path, 2))
    columns = await Blocks(database, read_form()).columns(*MONTHS)
    await database.close()
    # Only after the last statement it is too late for what came meanwhile.
    assert per_month(columns) == ([2, 2] if statements < STATEMENTS else [1, 1])


@pytest.mark.parametrize("statements", range(1, STATEMENTS + 1))
async def test_a_block_that_a_program_of_another_form_packs_meanwhile_is_not_read(
    tmp_path: Path, statements: int
) -> None:
    path = tmp_path / "records.db"
    database = Shared(path, await open_store(path, STEPS))
    publish_in_both(path, 1)
    database.meanwhile = after(statements, lambda: pack_with_older_form(path))
    columns = await Blocks(database, read_form()).columns(*MONTHS)
    await database.close()
    assert per_month(columns) == [1, 1]


async def imported(store: RecordsStore) -> None:
    records = [{"period": month} for month in MONTHS]
    ids = iter((b"one", b"two"))
    assert await store.import_records(records, ids=lambda: next(ids), digest=b"file") == 2


async def invented(store: RecordsStore) -> None:
    records = [{"period": month} for month in MONTHS]
    ids = iter((b"one", b"two"))
    await store.import_invented(records, ids=lambda: next(ids))


@pytest.mark.parametrize("put_in", [imported, invented])
async def test_what_is_imported_is_imported_also_when_its_months_cannot_be_packed_then(
    tmp_path: Path, put_in: Callable[[RecordsStore], Awaitable[None]]
) -> None:
    path = tmp_path / "records.db"
    store = RecordsStore(Locked(path, await open_store(path, STEPS, patience=0)), read_form())
    await put_in(store)
    await store.close()
    again = await RecordsStore.open(path)
    assert per_month(await again.columns(*MONTHS)) == [1, 1]
    await again.close()
