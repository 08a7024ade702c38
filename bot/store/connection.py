"""The one way to open a database: every pragma is set and read back before anybody writes."""

import os
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeAlias

import aiosqlite

from bot.complaint import ComplaintError

BUSY_MILLISECONDS = 5_000
"""How long a statement waits for a lock that somebody else holds, unless another time is given."""

PRIVATE = 0o600

UNFINISHED = "restore.ready"
"""A folder beside the databases while a restore puts others in their place."""

ROWS_AT_ONCE = 64
"""Rows that a query fetches at a time."""

Statements: TypeAlias = Sequence[tuple[str, Sequence[tuple[Any, ...]]]]
"""SQL and all the rows to run it with."""

_HEADER = 20
"""Bytes of a file's header, of which the last two say whether it has a write-ahead log."""

_PRAGMAS = (
    ("secure_delete", "ON", 1),
    ("synchronous", "FULL", 2),
    ("temp_store", "MEMORY", 2),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
)
"""Name, what is asked for, what SQLite must answer when asked afterwards."""


_CUT_SHORT = frozenset({"SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY"})
"""What SQLite says when it may only look at what wants mending first."""


class StoreError(ComplaintError):
    """A store cannot be used; the text is one sentence that says why and what to do."""


class Connection(aiosqlite.Connection):
    """A connection that can write a whole transaction in one visit to its thread.

    Each visit costs as much as many rows, and a batch of turns has half a dozen statements.
    """

    async def _connect(self) -> Self:
        """Wait for the thread's end where it fails: it has something to tell a loop till then."""
        try:
            return await super()._connect()  # type: ignore[return-value]  # theirs
        except BaseException:
            self._thread.join()
            raise

    async def set_pragmas(self, path: Path, *, journal: str, patience: int) -> None:
        """Set every pragma and read it back; StoreError for one that does not take."""
        work = partial(_set_pragmas, self._conn, path, journal=journal, patience=patience)
        await self._execute(work)  # type: ignore[no-untyped-call]  # theirs

    async def write(self, statements: Statements) -> None:
        """Run each statement with all its rows, all or nothing; in autocommit mode only."""
        await self._execute(self._write, statements)  # type: ignore[no-untyped-call]  # theirs

    def _write(self, statements: Statements) -> None:
        database = self._conn
        database.execute("BEGIN IMMEDIATE")
        try:
            for sql, rows in statements:
                database.executemany(sql, rows)
            database.execute("COMMIT")
        except BaseException:
            database.rollback()
            raise


async def connect(path: Path, *, wal: bool, patience: int = BUSY_MILLISECONDS) -> Connection:
    """Open the database in `path`, made with mode 0600 when missing.

    A statement waits `patience` milliseconds for a lock that somebody else holds.
    The connection is in autocommit mode: whoever writes says BEGIN, best through `transaction`.
    Raises StoreError when the file cannot be used, a pragma does not take, or a restore was cut
    short in that folder.
    """
    _refuse_half_restored(path.parent)
    make_private(path)
    with spoken(path):
        connection = Connection(partial(sqlite3.connect, path, isolation_level=None), ROWS_AT_ONCE)
        await connection
        try:
            journal = "wal" if wal else "delete"
            await connection.set_pragmas(path, journal=journal, patience=patience)
        except BaseException:
            await connection.close()
            raise
    return connection


@contextmanager
def looking(path: Path) -> Iterator[sqlite3.Connection]:
    """Look into a database that is there, and leave it, its mode and its folder as they are.

    Raises StoreError as `connect` does, and where the next start has a change to take back. One
    with a write-ahead log is only for when nobody else has it open.
    """
    _refuse_half_restored(path.parent)
    # SQLite would make a log beside one that was closed in peace, and leave it there.
    as_it_lies = "&immutable=1" if _is_at_rest(path) else ""
    with (
        spoken(path),
        closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{as_it_lies}", uri=True)
        ) as database,
    ):
        yield database


def _is_at_rest(path: Path) -> bool:
    """Whether a database has a write-ahead log that is not there, by the header of its file."""
    with path.open("rb") as file:
        is_logged = file.read(_HEADER)[-2:] == b"\2\2"
    return is_logged and not path.with_name(f"{path.name}-wal").exists()


def sync(path: Path) -> None:
    """Wait until a file, or what stands in a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@asynccontextmanager
async def transaction(connection: aiosqlite.Connection) -> AsyncIterator[None]:
    """Hold one write transaction: committed at the end, rolled back when anything is raised.

    The caller sees to it that nobody else uses the connection meanwhile.
    """
    try:
        await connection.execute("BEGIN IMMEDIATE")
        yield
        await connection.execute("COMMIT")
    except BaseException:
        await connection.rollback()  # does nothing when BEGIN failed or COMMIT succeeded
        raise


async def pragma(connection: aiosqlite.Connection, name: str) -> int | str:
    """Ask SQLite for the value of one pragma."""
    async with connection.execute(f"PRAGMA {name}") as cursor:
        row = await cursor.fetchone()
    answer: int | str = row[0] if row else ""
    return answer


@contextmanager
def spoken(path: Path) -> Iterator[None]:
    """Raise what SQLite complains of as a StoreError about the database in `path`.

    Its sentence never holds a value that was stored.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_sentence_for(path, error)) from None


def _refuse_half_restored(folder: Path) -> None:
    if (folder / UNFINISHED).exists():
        raise StoreError(
            f"A restore into {folder} was cut short: start the service, which finishes it, "
            "or run helpline restore again."
        )


def make_private(path: Path) -> None:
    # SQLite gives -wal, -shm and -journal the mode of the database itself.
    try:
        path.touch(mode=PRIVATE)
        path.chmod(PRIVATE)
    except OSError as error:
        raise StoreError(
            f"{path.name} cannot be opened in {path.parent}: {error.strerror}. "
            "Check that the folder exists, can be written to and has room."
        ) from None


def _set_pragmas(
    database: sqlite3.Connection, path: Path, *, journal: str, patience: int = BUSY_MILLISECONDS
) -> None:
    # First of all the patience: to change the journal may need a lock.
    first, last = ("busy_timeout", f"{patience}", patience), ("journal_mode", journal, journal)
    for name, wanted, expected in (first, *_PRAGMAS, last):
        database.execute(f"PRAGMA {name} = {wanted}")
        (found,) = database.execute(f"PRAGMA {name}").fetchone()
        if found != expected:
            raise StoreError(
                f"{path.name} cannot be used safely: SQLite did not accept {name} = {wanted}."
            )


def _sentence_for(path: Path, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    name = getattr(error, "sqlite_errorname", type(error).__name__)
    if name in _CUT_SHORT:
        return f"{path.name} was left in the midst of a change: start the service, which mends it."
    return {
        sqlite3.SQLITE_NOTADB: f"{path.name} is not a database: move it away or restore a backup.",
        sqlite3.SQLITE_CORRUPT: f"{path.name} is damaged: move it away or restore a backup.",
        sqlite3.SQLITE_FULL: f"The disk is full: {path.name} cannot be written, make room first.",
        sqlite3.SQLITE_READONLY: f"{path.name} cannot be written to: check who owns {path.parent}.",
        sqlite3.SQLITE_CANTOPEN: f"{path.name} cannot be opened: check who owns {path.parent}.",
        sqlite3.SQLITE_BUSY: f"{path.name} is in use by another program: stop that one first.",
        sqlite3.SQLITE_LOCKED: f"{path.name} is in use by another program: stop that one first.",
    }.get(code, f"{path.name} cannot be used: SQLite says {name}.")
