import sqlite3
import stat
import threading
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiosqlite
import pytest

from bot.store.connection import (
    BUSY_MILLISECONDS,
    StoreError,
    _set_pragmas,
    connect,
    pragma,
    transaction,
)
from bot.store.migrations import migrate

SCHEMA = "CREATE TABLE words (id BLOB PRIMARY KEY, text TEXT) STRICT, WITHOUT ROWID;"


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[aiosqlite.Connection]:
    connection = await connect(tmp_path / "words.db", wal=True)
    yield connection
    await connection.close()


async def count(connection: aiosqlite.Connection, table: str) -> int:
    rows = list(await connection.execute_fetchall(f"SELECT count(*) FROM {table}"))  # noqa: S608 - the test's own word
    return int(rows[0][0])


async def write(
    connection: aiosqlite.Connection, word: str, *, then: Exception | None = None
) -> None:
    async with transaction(connection):
        await connection.execute("INSERT INTO words VALUES (randomblob(16), ?)", (word,))
        if then:
            raise then


def modes_in(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def safe(journal: str) -> dict[str, int | str]:
    return {
        "secure_delete": 1,
        "synchronous": 2,
        "temp_store": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": BUSY_MILLISECONDS,
        "journal_mode": journal,
    }


@pytest.mark.parametrize(("wal", "journal"), [(True, "wal"), (False, "delete")])
async def test_every_pragma_of_the_design_is_in_force(
    tmp_path: Path, *, wal: bool, journal: str
) -> None:
    connection = await connect(tmp_path / "words.db", wal=wal)
    assert {name: await pragma(connection, name) for name in safe(journal)} == safe(journal)
    await connection.close()


def test_no_pragma_is_left_to_how_sqlite_was_built(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "words.db", isolation_level=None)) as database:
        for name, value in safe("delete").items():
            opposite = {0: 1, "delete": "wal"}.get(value, 0)
            database.execute(f"PRAGMA {name} = {opposite}")
        _set_pragmas(database, Path("words.db"), journal="delete")
        found = {name: database.execute(f"PRAGMA {name}").fetchone()[0] for name in safe("")}
        assert found == safe("delete")


def test_a_pragma_that_does_not_take_is_refused() -> None:
    database = sqlite3.connect(":memory:")  # which can have no write-ahead log
    with closing(database), pytest.raises(StoreError, match="did not accept journal_mode = wal"):
        _set_pragmas(database, Path("words.db"), journal="wal")


async def test_the_file_and_its_log_are_private_even_if_they_were_not(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    path.touch(mode=0o666)
    connection = await connect(path, wal=True)
    await migrate(connection, [SCHEMA])
    assert modes_in(tmp_path) == {
        "words.db": 0o600,
        "words.db-wal": 0o600,
        "words.db-shm": 0o600,
    }
    await connection.close()


async def test_a_transaction_that_fails_half_way_leaves_nothing(
    connection: aiosqlite.Connection,
) -> None:
    await migrate(connection, [SCHEMA])
    with pytest.raises(StoreError):
        await write(connection, "one", then=StoreError())
    assert await count(connection, "words") == 0
    await write(connection, "two")
    assert await count(connection, "words") == 1


async def test_what_is_not_a_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "words.db"
    path.write_bytes(b"a letter to somebody " * 400)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"words\.db is not a database"):
        await connect(path, wal=True)
    assert path.read_bytes() == before


async def test_nothing_works_on_behind_a_database_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "words.db").mkdir()
    before = set(threading.enumerate())
    with pytest.raises(StoreError, match=r"words\.db cannot be opened"):
        await connect(tmp_path / "words.db", wal=True)
    assert not set(threading.enumerate()) - before  # of those before, some may be ending just now


async def test_a_folder_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be opened in .*missing: No such file"):
        await connect(tmp_path / "missing" / "words.db", wal=True)
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"cannot be opened in .*file: Not a directory"):
        await connect(tmp_path / "file" / "words.db", wal=True)


async def test_a_full_disk_at_the_start_is_said_and_leaves_nothing(
    connection: aiosqlite.Connection,
) -> None:
    await connection.execute_fetchall("PRAGMA max_page_count = 1")
    with pytest.raises(StoreError, match="The disk is full"):
        await migrate(connection, [SCHEMA])
    assert await pragma(connection, "user_version") == 0


async def test_a_database_that_cannot_be_written_is_said(connection: aiosqlite.Connection) -> None:
    await connection.execute_fetchall("PRAGMA query_only = ON")
    with pytest.raises(StoreError, match="cannot be written to"):
        await migrate(connection, [SCHEMA])


async def test_a_database_in_use_is_said(connection: aiosqlite.Connection, tmp_path: Path) -> None:
    other = await connect(tmp_path / "words.db", wal=True)
    await other.execute("BEGIN IMMEDIATE")
    await connection.execute_fetchall("PRAGMA busy_timeout = 0")
    with pytest.raises(StoreError, match="is in use by another program"):
        await migrate(connection, [SCHEMA])
    await other.close()
