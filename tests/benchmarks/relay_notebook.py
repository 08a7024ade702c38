"""The durable store of the rivals: one committed row for each message, in SQLite by aiosqlite."""

import sqlite3
from pathlib import Path

import aiosqlite

_TABLE = "CREATE TABLE IF NOT EXISTS messages (update_id INTEGER, chat_id INTEGER, text TEXT)"
_INSERT = "INSERT INTO messages VALUES (?, ?, ?)"


async def opened(folder: Path) -> aiosqlite.Connection:
    db = await aiosqlite.connect(folder / "messages.db")
    await db.execute("PRAGMA journal_mode=WAL")
    await db.execute("PRAGMA synchronous=FULL")
    await db.execute(_TABLE)
    await db.commit()
    return db


async def write(db: aiosqlite.Connection, update: int, chat: int, text: str) -> None:
    await db.execute(_INSERT, (update, chat, text))
    await db.commit()


def stored(folder: Path) -> list[str]:
    """The texts that a system which no longer runs has left."""
    db = sqlite3.connect(folder / "messages.db")
    try:
        return [text for (text,) in db.execute("SELECT text FROM messages")]
    finally:
        db.close()
