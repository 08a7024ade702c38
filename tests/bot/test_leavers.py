"""Who leaves the queue is counted whatever the records do, and nobody waits for that."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest

from bot.conversation import Address
from bot.jobs import Began, Happened
from bot.leavers import Answers, Leavers
from bot.store.connection import BUSY_MILLISECONDS, StoreError
from bot.store.records import RecordsStore
from bot.switchboard import NotKeptError
from flows.events import AskedTalk, Consented, Departed, Event, LeftQueue
from flows.records import left_queue_form
from flows.states import Menu
from tests.bot.houses import FullDisk, House, everything_logged, open_house
from tests.cast import ANNA

PATIENCE = 120.0
"""Seconds; only a test that fails waits for so long."""

ONE = left_queue_form(period="2026-11", channel="web", wait_minutes=1)
TWO = left_queue_form(period="2026-11", channel="web", wait_minutes=2)


class Refusing:
    """Records that refuse so many times before they take a form."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.taken: dict[bytes, Answers] = {}
        self.has_taken = asyncio.Event()

    async def file(self, id: bytes, answers: Answers) -> None:
        await asyncio.sleep(0)
        self.times -= 1
        if self.times >= 0:
            raise StoreError("records.db is in use by another program.")
        self.taken[id] = answers
        self.has_taken.set()


class Breaking(Refusing):
    """Records that one form breaks so many times, in a way that nobody has foreseen."""

    async def file(self, id: bytes, answers: Answers) -> None:
        if id == b"one" and self.times:
            self.times -= 1
            raise KeyError(answers["wait_minutes"])
        self.taken[id] = answers
        self.has_taken.set()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let another program write in the database as long as the block lasts."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@asynccontextmanager
async def opened(path: Path, *, patience: int = BUSY_MILLISECONDS) -> AsyncIterator[RecordsStore]:
    store = await RecordsStore.open(path, patience=patience)
    try:
        yield store
    finally:
        await store.close()


async def join_queue(house: House, who: str) -> str:
    began = await house.board.ask(Began(Address("web", who), "sv", AskedTalk()))
    await house.board.ask(Happened(began.conversation, Consented(with_words=False)))
    return began.conversation


async def leave_queue(house: House, who: str) -> str:
    id = await join_queue(house, who)
    await house.board.ask(Happened(id, LeftQueue()))
    return id


@pytest.mark.parametrize(("event", "counted"), [(LeftQueue(), 0), (Departed(), 1)])
async def test_on_a_full_disk_only_who_leaves_for_good_has_left(
    tmp_path: Path, event: Event, counted: int
) -> None:
    async with open_house(tmp_path) as house:
        house.present(ANNA)
        id = await join_queue(house, "one")
        house.board.store = FullDisk()
        with pytest.raises(NotKeptError):
            await house.board.ask(Happened(id, event))
        assert (id in house.board.book.conversations) != counted
    async with opened(tmp_path / "records.db") as records:
        assert await records.waiting_count() == counted


async def test_who_leaves_while_the_records_are_locked_goes_on_at_once_and_is_counted_later(
    tmp_path: Path,
) -> None:
    async with asyncio.timeout(PATIENCE), open_house(tmp_path) as house:
        house.present(ANNA)
        with locked(tmp_path / "records.db"):
            for who in ("one", "two"):
                id = await leave_queue(house, who)
                assert isinstance(house.board.book.conversations[id].state, Menu)
    async with opened(tmp_path / "records.db") as records:
        assert await records.waiting_count() == 2


async def test_a_lock_that_outlasts_the_patience_of_the_records_loses_nobody(
    tmp_path: Path,
) -> None:
    path = tmp_path / "records.db"
    async with opened(path, patience=0) as records, asyncio.timeout(PATIENCE):
        leavers = Leavers(records, pauses=(0.01,))
        with everything_logged() as written:
            async with leavers.filed():
                with locked(path):
                    leavers.add(b"one", ONE)
                    while "failed kind=file" not in written.getvalue():  # noqa: ASYNC110 - no bell
                        await asyncio.sleep(0.001)
        assert await records.waiting_count() == 1


async def test_what_the_records_refuse_is_given_to_them_until_they_take_it() -> None:
    records = Refusing(times=9)
    leavers = Leavers(records, pauses=(0.0,))
    async with leavers.filed(), asyncio.timeout(PATIENCE):
        leavers.add(b"one", ONE)
        await records.has_taken.wait()
    assert records.taken == {b"one": ONE}


async def test_after_an_error_that_nobody_has_foreseen_the_form_is_tried_again() -> None:
    records = Breaking(times=3)
    leavers = Leavers(records, pauses=(0.0,))
    async with leavers.filed(), asyncio.timeout(PATIENCE):
        leavers.add(b"one", ONE)
        await records.has_taken.wait()
        assert records.taken == {b"one": ONE}


async def test_a_form_that_can_never_be_filed_holds_up_no_other_and_is_named_in_no_log() -> None:
    records = Breaking(times=-1)
    leavers = Leavers(records, pauses=(PATIENCE,))
    with everything_logged() as written:
        async with leavers.filed(), asyncio.timeout(PATIENCE):
            leavers.add(b"one", ONE)
            leavers.add(b"two", TWO)
            await records.has_taken.wait()
    assert records.taken == {b"two": TWO}
    events = [line.split(" INFO ")[-1] for line in written.getvalue().splitlines()]
    assert {each.partition("failed ")[2] for each in events[:-1]} == {"kind=KeyError"}
    assert events[-1].endswith("record-lost n=1")


async def test_what_is_left_is_filed_when_the_service_stops() -> None:
    records = Refusing(times=1)
    leavers = Leavers(records, pauses=(PATIENCE,))
    async with leavers.filed():
        leavers.add(b"one", ONE)
        while records.times:  # noqa: ASYNC110 - refusing rings no bell
            await asyncio.sleep(0)
        leavers.add(b"two", TWO)
    assert records.taken == {b"one": ONE, b"two": TWO}


async def test_what_cannot_be_filed_even_then_is_said_by_its_number_alone() -> None:
    leavers = Leavers(Refusing(times=99), pauses=(0.0,))
    with everything_logged() as written:
        async with leavers.filed():
            for id in (b"one", b"two"):
                leavers.add(id, ONE)
    assert written.getvalue().splitlines()[-1].endswith("record-lost n=2")
    assert "minutes" not in written.getvalue()


async def test_a_form_that_comes_again_while_it_is_filed_is_filed_as_it_was_last() -> None:
    records = Refusing(times=0)
    leavers = Leavers(records)
    async with leavers.filed(), asyncio.timeout(PATIENCE):
        leavers.add(b"one", ONE)
        await asyncio.sleep(0)
        leavers.add(b"one", TWO)
    assert records.taken == {b"one": TWO}
