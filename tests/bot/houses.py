"""A switchboard with real stores in a folder of the test's own, and a clock that the test sets."""

import asyncio
import io
import itertools
import logging
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot import logs
from bot.feeds import Feeds
from bot.presence import Presence
from bot.resources import read_safety, read_spoken
from bot.settings import SHIPPED_SERVICE_FILE
from bot.shipped import read_line, read_texts
from bot.shop import Shop
from bot.store.changes import Change, Loaded
from bot.store.connection import StoreError
from bot.store.live import LiveStore
from bot.store.records import RecordsStore
from bot.switchboard import Switchboard
from bot.vault import Vault
from directory.load import load
from flows.line import Line
from tests.cast import MONDAY_MORNING

line = cache(lambda: read_line(SHIPPED_SERVICE_FILE))
texts = cache(read_texts)
safety = cache(read_safety)
spoken = cache(read_spoken)


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved; like the program's own it tells UTC."""

    now: datetime = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.now.astimezone(UTC)

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


PATIENCE = 60.0
"""Seconds; only a test that fails waits for so long."""


@dataclass(slots=True)
class House:
    """What a test can hold on to."""

    board: Switchboard
    live: LiveStore
    records: RecordsStore
    vault: Vault
    clock: Clock = field(default_factory=Clock)

    def present(self, *counsellors: str) -> None:
        for name in counsellors:
            self.board.shop.presence.set(name, "present", self.clock())

    async def has_filed(self, forms: int) -> None:
        """Wait until so many forms wait in the records: who left is filed beside the turns."""
        async with asyncio.timeout(PATIENCE):
            while await self.records.waiting_count() != forms:  # noqa: ASYNC110 - a database tells nobody
                await asyncio.sleep(0.01)


def shop(vault: Vault, *, of: Line | None = None) -> Shop:
    """Everything a job may use; ids are counted, so that a failing test can be read."""
    numbers = itertools.count(len(vault.ids) + 1)
    return Shop(
        line=of or line(),
        texts=texts(),
        read_directory=load,
        safety=safety(),
        spoken=spoken(),
        presence=Presence(),
        keys=vault,
        new_id=lambda: f"{next(numbers):032x}",
    )


class FullDisk:
    """A store that cannot keep anything."""

    owes_truncation = False

    async def apply(self, changes: Sequence[Change]) -> None:  # noqa: ARG002 - as the real one
        raise StoreError("The disk is full: make room.")

    async def load(self) -> Loaded:
        return Loaded((), (), 0)


@asynccontextmanager
async def open_house(folder: Path, *, clock: Clock | None = None) -> AsyncIterator[House]:
    """Open the stores in `folder`, load what is there, and work until the block ends."""
    clock = clock or Clock()
    vault = Vault(folder / "keys")
    live = await LiveStore.open(folder / "live.db", vault.key)
    records = await RecordsStore.open(folder / "records.db")
    board = Switchboard(
        shop=shop(vault), store=live, records=records, vault=vault, feeds=Feeds(), clock=clock
    )
    await board.load()
    working = asyncio.create_task(board.run())
    try:
        yield House(board, live, records, vault, clock)
    finally:
        board.feeds.close()
        board.stop()
        await working
        await live.close()
        await records.close()


@contextmanager
def everything_logged() -> Iterator[io.StringIO]:
    """What the program writes to its log while the block runs, at the level that says most."""
    root, stderr = logging.getLogger(), sys.stderr
    before, level = root.handlers[:], root.level
    sys.stderr = io.StringIO()
    try:
        logs.set_up("debug")
        yield sys.stderr
    finally:
        sys.stderr = stderr
        root.handlers[:] = before
        root.setLevel(level)
