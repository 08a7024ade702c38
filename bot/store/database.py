"""A database that several tasks of one process use in turn."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

import aiosqlite

from bot.store.connection import BUSY_MILLISECONDS, Connection, spoken, transaction
from bot.store.migrations import open_store


class Database:
    """One connection; a transaction of one task is never mixed with another's statements.

    Whatever SQLite complains of is raised as a StoreError.
    """

    def __init__(self, path: Path, connection: Connection) -> None:
        self.path = path
        self._connection = connection
        self._turn = asyncio.Lock()

    @classmethod
    async def open(
        cls, path: Path, steps: Sequence[str], *, patience: int = BUSY_MILLISECONDS
    ) -> Self:
        """Open or make the database, and bring it to its schema, as `open_store` has it."""
        return cls(path, await open_store(path, steps, patience=patience))

    async def close(self) -> None:
        await self._connection.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Connection]:
        """Hold the connection for several statements, and keep all others waiting for their end."""
        async with self._turn:
            with spoken(self.path):
                yield self._connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Connection]:
        """Hold one write transaction, and keep all others waiting for its end."""
        async with self.reading() as connection, transaction(connection):
            yield connection

    async def rows(self, query: str, *values: object) -> list[aiosqlite.Row]:
        """Run one statement, by itself; all that it gives is fetched at once."""
        # An open cursor would keep VACUUM from its work.
        async with self.reading() as connection:
            return list(await connection.execute_fetchall(query, values))

    async def change(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> int:
        """Run one statement with each row, all or nothing; give how many rows it changed."""
        async with self.writing() as connection:
            return (await connection.executemany(sql, rows)).rowcount
