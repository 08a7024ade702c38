"""Copies of databases that leave the house in a backup, and how far one that comes back is trusted.

A copy is made clean before it is counted, and one that comes back must have the very schema that
our own steps make: no trigger, view or table of anybody else.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiosqlite

from bot.store.connection import StoreError, connect, looking, pragma, spoken
from bot.store.migrations import copy, migrate, refuse_newer, refuse_version


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: its schema's version, and how many rows by table."""

    version: int
    rows: Mapping[str, int]


async def clean_copy(
    path: Path, target: Path, *, steps: Sequence[str], forgotten: Sequence[str]
) -> Contents:
    """Copy a database to `target`, bring it to the schema of `steps`, and run `forgotten` there.

    What those statements removed is in no page of the copy. The original is only read. StoreError
    when the copy would not be taken back.
    """
    await copy(path, target)
    async with _opened(target) as connection:
        await migrate(connection, steps, copied=False)
        with spoken(target):
            for statement in forgotten:
                await connection.execute_fetchall(statement)
            await connection.execute_fetchall("VACUUM")
    return await looked_through(target, steps=steps)


def schema_version(path: Path, *, known: int) -> int:
    """Which schema a database has; StoreError when it is newer than the `known` one.

    It is only looked at.
    """
    with looking(path) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        database.execute("SELECT count(*) FROM sqlite_schema")
    refuse_version(version, path, known=known)
    return int(version)


async def looked_through(path: Path, *, steps: Sequence[str]) -> Contents:
    """Say what a database holds that somebody hands in; StoreError when it is not one of ours."""
    async with _opened(path) as connection:
        with spoken(path):
            version = await refuse_newer(connection, path, known=len(steps))
            if await _schema(connection) != await _schema_after(steps[:version], path):
                raise StoreError(f"{path.name} does not have the tables that it should have.")
            if await pragma(connection, "integrity_check(1)") != "ok":
                raise StoreError(f"{path.name} is damaged: take another backup.")
            return await _contents(connection)


@asynccontextmanager
async def _opened(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    connection = await connect(path, wal=False)
    try:
        yield connection
    finally:
        await connection.close()


async def _schema_after(steps: Sequence[str], path: Path) -> list[tuple[str, ...]]:
    scratch = path.with_name(f"{path.name}.schema")
    try:
        async with _opened(scratch) as connection:
            await migrate(connection, steps, copied=False)
            return await _schema(connection)
    finally:
        scratch.unlink(missing_ok=True)


async def _schema(connection: aiosqlite.Connection) -> list[tuple[str, ...]]:
    """Every table, index, view and trigger with its SQL, however that is spaced."""
    rows = await connection.execute_fetchall("SELECT type, name, sql FROM sqlite_schema")
    return sorted((kind, name, " ".join((sql or "").split())) for kind, name, sql in rows)


async def _contents(connection: aiosqlite.Connection) -> Contents:
    tables = [name for kind, name, _ in await _schema(connection) if kind == "table"]
    rows = {name: await _count(connection, name) for name in tables}
    return Contents(int(await pragma(connection, "user_version")), rows)


async def _count(connection: aiosqlite.Connection, table: str) -> int:
    rows = await connection.execute_fetchall(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - ours
    return int(next(iter(rows))[0])
