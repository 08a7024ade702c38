"""What was let out of the house: public reports as they were first made, and evaluation sets.

Rows are only ever added; the database itself refuses to alter or remove one.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import aiosqlite

from bot.store.database import Database
from flows.evaluation_request import Request, Step

STEPS = (
    """
CREATE TABLE releases (
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (first, last)
) STRICT, WITHOUT ROWID;
CREATE TABLE counted (
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    columns BLOB NOT NULL,
    PRIMARY KEY (first, last)
) STRICT, WITHOUT ROWID;
CREATE TABLE requests (
    number INTEGER PRIMARY KEY,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    purpose TEXT NOT NULL,
    receiver TEXT NOT NULL
) STRICT;
CREATE TABLE steps (
    number INTEGER PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES requests (number),
    act TEXT NOT NULL CHECK (act IN ('asked', 'approved', 'declined', 'fetched')),
    who TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX steps_by_request ON steps (request);
CREATE UNIQUE INDEX one_answer ON steps (request) WHERE act IN ('approved', 'declined');
CREATE TRIGGER two_people BEFORE INSERT ON steps
WHEN NEW.act IN ('approved', 'declined') AND EXISTS (
    SELECT 1 FROM steps WHERE request = NEW.request AND act = 'asked' AND who = NEW.who
)
BEGIN SELECT RAISE(ABORT, 'nobody answers their own request'); END;
CREATE TRIGGER releases_stay BEFORE UPDATE ON releases
BEGIN SELECT RAISE(ABORT, 'what was let out is never altered'); END;
CREATE TRIGGER releases_remain BEFORE DELETE ON releases
BEGIN SELECT RAISE(ABORT, 'what was let out is never removed'); END;
CREATE TRIGGER counted_stay BEFORE UPDATE ON counted
BEGIN SELECT RAISE(ABORT, 'what was let out is never altered'); END;
CREATE TRIGGER counted_remain BEFORE DELETE ON counted
BEGIN SELECT RAISE(ABORT, 'what was let out is never removed'); END;
CREATE TRIGGER requests_stay BEFORE UPDATE ON requests
BEGIN SELECT RAISE(ABORT, 'what was let out is never altered'); END;
CREATE TRIGGER requests_remain BEFORE DELETE ON requests
BEGIN SELECT RAISE(ABORT, 'what was let out is never removed'); END;
CREATE TRIGGER steps_stay BEFORE UPDATE ON steps
BEGIN SELECT RAISE(ABORT, 'what was let out is never altered'); END;
CREATE TRIGGER steps_remain BEFORE DELETE ON steps
BEGIN SELECT RAISE(ABORT, 'what was let out is never removed'); END;
""",
    """
ALTER TABLE steps RENAME TO former_steps;
CREATE TABLE steps (
    number INTEGER PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES requests (number),
    act TEXT NOT NULL CHECK (act IN ('asked', 'approved', 'declined', 'fetched', 'withdrawn')),
    who TEXT NOT NULL,
    at TEXT NOT NULL,
    digest BLOB
) STRICT;
INSERT INTO steps (number, request, act, who, at)
SELECT number, request, act, who, at FROM former_steps;
DROP TABLE former_steps;
CREATE INDEX steps_by_request ON steps (request);
CREATE UNIQUE INDEX one_answer ON steps (request) WHERE act IN ('approved', 'declined');
CREATE TRIGGER two_people BEFORE INSERT ON steps
WHEN NEW.act IN ('approved', 'declined') AND EXISTS (
    SELECT 1 FROM steps WHERE request = NEW.request AND act = 'asked' AND who = NEW.who
)
BEGIN SELECT RAISE(ABORT, 'nobody answers their own request'); END;
CREATE TRIGGER own_request BEFORE INSERT ON steps
WHEN NEW.act = 'withdrawn' AND NOT EXISTS (
    SELECT 1 FROM steps WHERE request = NEW.request AND act = 'asked' AND who = NEW.who
)
BEGIN SELECT RAISE(ABORT, 'nobody withdraws the request of another'); END;
CREATE TRIGGER steps_stay BEFORE UPDATE ON steps
BEGIN SELECT RAISE(ABORT, 'what was let out is never altered'); END;
CREATE TRIGGER steps_remain BEFORE DELETE ON steps
BEGIN SELECT RAISE(ABORT, 'what was let out is never removed'); END;
""",
)
"""The schema, step by step: a step that was once taken somewhere is never changed."""

_KEEP = "INSERT INTO releases (first, last, document) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_RELEASED = "SELECT document FROM releases WHERE first = ? AND last = ?"
_FREEZE = "INSERT INTO counted (first, last, columns) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_FROZEN = "SELECT columns FROM counted WHERE first = ? AND last = ?"
_ASK = "INSERT INTO requests (first, last, purpose, receiver) VALUES (?, ?, ?, ?) RETURNING number"
_STEP = "INSERT INTO steps (request, act, who, at, digest) VALUES (?, ?, ?, ?, ?)"
_REQUESTS = "SELECT number, first, last, purpose, receiver FROM requests"
_TAKEN = "SELECT request, act, who, at, digest FROM steps"
_ALL_RELEASED = "SELECT first, last, document FROM releases"
_ALL_FROZEN = "SELECT first, last, columns FROM counted"
_ALL = (f"{_REQUESTS} ORDER BY number DESC", f"{_TAKEN} ORDER BY number")
_ONE = (f"{_REQUESTS} WHERE number = ?", f"{_TAKEN} WHERE request = ? ORDER BY number")

Document = dict[str, Any]

Refusal = Callable[[Request], str]
"""Why the next step may not be taken, in one sentence; nothing when it may."""


class RefusedError(Exception):
    """The step may not be taken, and was not; the text is one sentence that says why."""


class ReleasesStore:
    """Open it with `ReleasesStore.open`; close it when done. Methods raise StoreError.

    Several processes may have it open at once.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open or make the database."""
        return cls(await Database.open(path, STEPS))

    async def close(self) -> None:
        await self._database.close()

    # public reports

    async def released(self, first: str, last: str) -> Document | None:
        """The public report of these months as it was first made; None when there is none yet."""
        rows = await self._database.rows(_RELEASED, first, last)
        return json.loads(rows[0][0]) if rows else None

    async def keep(self, first: str, last: str, document: Mapping[str, Any]) -> Document:
        """Keep a public report for good; gives back the first that was kept of these months."""
        written = json.dumps(document, ensure_ascii=False)
        rows = await self._kept(_KEEP, _RELEASED, first, last, written)
        kept: Document = json.loads(rows[0][0])
        return kept

    async def freeze(self, first: str, last: str, columns: bytes) -> bytes:
        """Keep what public reports are counted from; gives back the first that was kept."""
        return bytes((await self._kept(_FREEZE, _FROZEN, first, last, columns))[0][0])

    # evaluation sets

    async def ask(
        self, first: str, last: str, *, purpose: str, receiver: str, who: str, at: datetime
    ) -> int:
        """Note that somebody asks for an evaluation set; gives the request's number."""
        async with self._database.writing() as connection:
            number = await _asked(connection, first, last, purpose, receiver)
            await _note(connection, number, Step("asked", who, at))
        return number

    async def take(self, number: int, step: Step, *, unless: Refusal) -> None:
        """Note one more step of a request, unless that is refused then: RefusedError.

        Looking and noting are one transaction, so that of two at once one is refused.
        """
        async with self._database.writing() as connection:
            (request,) = await _requests(connection, *_ONE, number)
            if sentence := unless(request):
                raise RefusedError(sentence)
            await _note(connection, number, step)

    async def request(self, number: int) -> Request | None:
        async with self._database.reading() as connection:
            found = await _requests(connection, *_ONE, number)
        return found[0] if found else None

    async def requests(self) -> list[Request]:
        """Every request that was ever made, the latest first, with all its steps."""
        async with self._database.reading() as connection:
            return await _requests(connection, *_ALL)

    # after a restore

    async def take_over(self, other: Self) -> None:
        """Add everything that was let out by another store of the same house and is not here."""
        released = await other._database.rows(_ALL_RELEASED)
        counted = await other._database.rows(_ALL_FROZEN)
        theirs = await other.requests()
        async with self._database.writing() as connection:
            await connection.executemany(_KEEP, released)
            await connection.executemany(_FREEZE, counted)
            ours = {_beginning(each): each for each in await _requests(connection, *_ALL)}
            for each in reversed(theirs):
                await _add(connection, each, ours.get(_beginning(each)))

    async def _kept(self, keep: str, read: str, *values: str | bytes) -> list[aiosqlite.Row]:
        async with self._database.writing() as connection:
            await connection.execute_fetchall(keep, values)
            return list(await connection.execute_fetchall(read, values[:2]))


async def _asked(
    connection: aiosqlite.Connection, first: str, last: str, purpose: str, receiver: str
) -> int:
    asked = (first, last, purpose, receiver)
    ((number,),) = await connection.execute_fetchall(_ASK, asked)
    return int(number)


async def _note(connection: aiosqlite.Connection, request: int, step: Step) -> None:
    row = (request, step.act, step.who, step.at.isoformat(), step.digest)
    await connection.execute_fetchall(_STEP, row)


async def _add(connection: aiosqlite.Connection, theirs: Request, ours: Request | None) -> None:
    """Add a request with all its steps, or those that ours lacks; no request is answered twice."""
    if ours is None:
        words = theirs.purpose, theirs.receiver
        number, here = await _asked(connection, theirs.first, theirs.last, *words), tuple[Step]()
    else:
        number, here = ours.number, ours.steps
    for step in theirs.steps:
        is_second_answer = ours and ours.answer and step == theirs.answer
        if not (step in here or is_second_answer):
            await _note(connection, number, step)


def _beginning(request: Request) -> tuple[str | Step, ...]:
    """What tells a request from all others, also in another store."""
    return request.first, request.last, request.purpose, request.receiver, request.steps[0]


async def _requests(
    connection: aiosqlite.Connection, requests: str, steps: str, *values: int
) -> list[Request]:
    rows = await connection.execute_fetchall(requests, values)
    taken = _by_request(await connection.execute_fetchall(steps, values))
    return [
        Request(number, first, last, purpose, receiver, taken[number])
        for number, first, last, purpose, receiver in rows
    ]


def _by_request(rows: Iterable[aiosqlite.Row]) -> dict[int, tuple[Step, ...]]:
    found: dict[int, tuple[Step, ...]] = {}
    for number, act, who, at, digest in rows:
        step = Step(act, who, datetime.fromisoformat(at), digest)
        found[number] = (*found.get(number, ()), step)
    return found
