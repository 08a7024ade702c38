"""Numbered schemas: what every store is opened with, and the copy made before one changes."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import aiosqlite

from bot.store.connection import (
    BUSY_MILLISECONDS,
    Connection,
    StoreError,
    connect,
    make_private,
    pragma,
    spoken,
    sync,
    transaction,
)


async def open_store(
    path: Path, steps: Sequence[str], *, wal: bool = False, patience: int = BUSY_MILLISECONDS
) -> Connection:
    """Open or make the database in `path` and bring it to its schema, as `migrate` has it.

    One with a write-ahead log is the live store's, and is never copied. `patience` is in
    milliseconds, for a lock that somebody else holds.
    """
    connection = await connect(path, wal=wal, patience=patience)
    try:
        await migrate(connection, steps, copied=not wal)
    except BaseException:
        await connection.close()
        raise
    return connection


async def migrate(
    connection: aiosqlite.Connection, steps: Sequence[str], *, copied: bool = True
) -> None:
    """Take each step of a schema that a database has not taken yet; its version is how many it has.

    A step (SQL) and its stamp are one transaction; of processes that come at once one takes it.
    Before its first missing step a database that already holds something is copied, as
    `copy_before` names it. The live store is not (`copied=False`): what is erased there would live
    on in the copy. StoreError when a step fails, and then the database is as it was before that
    step; or when it has taken steps that this program does not know.
    """
    path = await _path_of(connection)
    with spoken(path):
        found = await _version(connection)
    target = copy_before(path, found + 1) if copied and found else None
    with _told_of_copy(path, target), spoken(path):
        for number, step in enumerate(steps[found:], found + 1):
            await _take(connection, number, step, target if number == found + 1 else None)
        await refuse_newer(connection, path, known=len(steps))


async def refuse_newer(connection: aiosqlite.Connection, path: Path, *, known: int) -> int:
    """Give the version of a database's schema; StoreError when the program does not know it."""
    found = await _version(connection)
    refuse_version(found, path, known=known)
    return found


def refuse_version(found: int, path: Path, *, known: int) -> None:
    """Raise StoreError for a schema that the program does not know."""
    if found > known:
        raise StoreError(
            f"{path.name} was written by a newer version of this program "
            f"(schema {found}, this one knows {known}): install that version or newer."
        )


def copy_before(path: Path, number: int) -> Path:
    """Where a database is copied to before step `number`, as records.db.before-2."""
    return path.with_name(f"{path.name}.before-{number}")


async def copy(path: Path, target: Path) -> None:
    """Write all that the database in `path` holds, and nothing deleted, into `target` (0600).

    Others may read and write it meanwhile, and a transaction that is open on another connection is
    not seen. `target` is there whole or not at all. Never for a store in WAL mode.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        make_private(part)
        await _vacuum(path, part)
        sync(part)
        part.replace(target)
        sync(target.parent)
    except OSError as error:
        raise StoreError(
            f"{path.name} cannot be copied to {target}: {error.strerror}. "
            "Check that the folder can be written to and has room."
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()


async def _version(connection: aiosqlite.Connection) -> int:
    return int(await pragma(connection, "user_version"))


async def _take(
    connection: aiosqlite.Connection, number: int, step: str, target: Path | None
) -> None:
    async with transaction(connection):
        if await _version(connection) >= number:
            return  # another process took it while this one waited
        if target:
            await copy(await _path_of(connection), target)
        for statement in _statements(step):
            await connection.execute_fetchall(statement)
        await connection.execute_fetchall(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    # One by one, since executescript would first commit the transaction that it stands in.
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _told_of_copy(path: Path, target: Path | None) -> Iterator[None]:
    """Add to a complaint where the copy is that was made beforehand, if there is one."""
    try:
        yield
    except StoreError as error:
        if target is None or not target.exists():
            raise
        raise StoreError(
            f"{path.name} could not be brought to a newer schema and is left as it was, "
            f"with a copy beside it in {target.name}: {error}"
        ) from None


async def _vacuum(path: Path, target: Path) -> None:
    connection = await connect(path, wal=False)
    try:
        with spoken(path):
            await connection.execute_fetchall("VACUUM INTO ?", (str(target),))
    finally:
        await connection.close()


async def _path_of(connection: aiosqlite.Connection) -> Path:
    rows = await connection.execute_fetchall("PRAGMA database_list")
    return Path(next(str(file) for _, name, file in rows if name == "main"))
