"""What is done now and then: its failures are tried again, and its pace tells nothing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.catalogue import FILE, Catalogue
from bot.chores import (
    COUNT_EVERY,
    REFRESH_EVERY,
    count_all,
    count_lookups,
    count_often,
    refresh_often,
)
from bot.store.connection import StoreError
from bot.store.counts import CountsStore, HourCounts
from bot.store.database import Database
from bot.store.directory import DirectoryStore
from bot.tally import Counts, Tally
from directory.edits import Edit
from directory.load import load
from tests.cast import KARIN, MONDAY_MORNING
from tests.directory.entries import a_service

HOUR = 3600.0

PATIENCE = 60.0
"""Seconds; only a test that fails waits for so long."""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[DirectoryStore]:
    opened = await DirectoryStore.open(tmp_path / FILE)
    yield opened
    await opened.close()


def test_look_ups_are_gathered_for_an_hour_and_changes_are_seen_within_one_minute() -> None:
    assert COUNT_EVERY >= HOUR
    assert REFRESH_EVERY <= 60


async def test_an_hour_without_a_look_up_is_written_as_one_with(
    store: DirectoryStore, tmp_path: Path
) -> None:
    before = (tmp_path / FILE).read_bytes()
    await count_lookups(Tally(), store)
    assert (tmp_path / FILE).read_bytes() != before
    assert await store.lookups("0000-00", "9999-99") == {}


class FullStore(DirectoryStore):
    """A store that cannot write down any counts."""

    async def count_lookups(self, counts: Counts) -> None:  # noqa: ARG002 - as the real one
        raise StoreError("The disk is full.")


async def test_counts_that_could_not_be_written_wait_for_the_next_time(tmp_path: Path) -> None:
    tally = Tally()
    tally.note(("12",), MONDAY_MORNING)
    full = await FullStore.open(tmp_path / FILE)
    await count_lookups(tally, full)
    await full.close()
    assert tally.look_ups.take() == {("2026-11", "12"): 1}


class SlowStore(CountsStore):
    """A store that writes when it is told to."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.has_begun, self.may_go_on = asyncio.Event(), asyncio.Event()

    async def count(self, counts: HourCounts) -> None:
        self.has_begun.set()
        await self.may_go_on.wait()
        await super().count(counts)


async def test_counts_that_are_being_written_when_the_service_stops_are_written_once(
    store: DirectoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chores.COUNT_EVERY", 0.0)
    tally, slow = Tally(), await SlowStore.open(tmp_path / "counts.db")
    tally.note_hours([("arrived", "web")], MONDAY_MORNING)
    counting = asyncio.create_task(count_often(tally, store, slow))
    await slow.has_begun.wait()
    counting.cancel()
    await asyncio.gather(counting, return_exceptions=True)
    slow.may_go_on.set()
    await count_all(tally, store, slow)
    assert list((await slow.hours("2026-Q4", "2026-Q4")).values()) == [1]
    await slow.close()


async def test_the_service_sees_what_the_command_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chores.REFRESH_EVERY", 0.01)
    service, command = [await Catalogue.open(tmp_path / FILE, load()) for _ in range(2)]
    watching = asyncio.create_task(refresh_often(service))
    await command.change(
        [Edit(None, a_service("ny"))], who=KARIN, why="imported", at=MONDAY_MORNING
    )
    async with asyncio.timeout(PATIENCE):
        while "ny" not in service.directory.services:  # noqa: ASYNC110 - it rings no bell
            await asyncio.sleep(0.01)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    for each in (service, command):
        await each.close()
