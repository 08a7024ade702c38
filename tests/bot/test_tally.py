"""What is counted is written together once an hour, and nothing else of it is kept."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chores import count_hours, count_lookups
from bot.conversation import Address
from bot.forms import StartedForm
from bot.jobs import Began, Happened
from bot.store.connection import StoreError
from bot.store.counts import CountsStore, HourCounts
from bot.store.directory import DirectoryStore
from bot.switchboard import NotKeptError
from bot.tally import Tally
from flows.events import AskedPlaces, AskedTalk, Consented, Event, LeftQueue, ToldPlace, Wrote
from tests.bot.houses import FullDisk, House, open_house
from tests.cast import ANNA, MONDAY_EVENING, MONDAY_MORNING

NOVEMBER = MONDAY_MORNING
NEW_YEARS_EVE = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
"""Half an hour before midnight in Stockholm."""

NOW = ("2026-Q4", "arrived", "web", 10)
"""Somebody who joined the queue on MONDAY_MORNING."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path / "house") as opened:
        yield opened


async def visit(house: House, *events: Event, who: str = "one") -> None:
    first, *others = events
    began = await house.board.ask(Began(Address("web", who), "sv", first))
    for event in others:
        await house.board.ask(Happened(began.conversation, event))


def counted(house: House) -> Mapping[tuple[str, str, str, int], int]:
    return house.board.tally.hours.take()


def test_counts_are_taken_once() -> None:
    tally = Tally()
    tally.note(("12", "12"), NOVEMBER)
    tally.note(("01",), NEW_YEARS_EVE)
    tally.note(("01",), NEW_YEARS_EVE + timedelta(hours=1))
    assert tally.look_ups.take() == {
        ("2026-11", "12"): 2,
        ("2026-12", "01"): 1,
        ("2027-01", "01"): 1,
    }
    assert tally.look_ups.take() == {}


def test_what_could_not_be_written_is_counted_again() -> None:
    tally = Tally()
    tally.note(("12",), NOVEMBER)
    tally.look_ups.give_back({("2026-11", "12"): 2})
    assert tally.look_ups.take() == {("2026-11", "12"): 3}


async def test_a_look_up_is_counted_where_the_county_is_and_the_place_is_not(
    house: House, tmp_path: Path
) -> None:
    await visit(house, AskedPlaces(), Wrote("Hässleholm"), AskedPlaces(), ToldPlace("14"))
    store = await DirectoryStore.open(tmp_path / "directory.db")
    try:
        await count_lookups(house.board.tally, store)
        assert await store.lookups("2026-11", "2026-11") == {
            ("2026-11", "12"): 1,
            ("2026-11", "14"): 1,
        }
    finally:
        await store.close()
    assert b"ssleholm" not in (tmp_path / "directory.db").read_bytes()


async def test_whoever_joins_the_queue_has_arrived(house: House) -> None:
    house.present(ANNA)
    await visit(house, AskedTalk(), Consented(with_words=False), LeftQueue())
    await visit(house, AskedTalk(), who="another, who only reads")
    assert counted(house) == {NOW: 1}


async def test_a_call_arrives_when_its_form_is_begun_and_a_correction_does_not(
    house: House,
) -> None:
    for _ in range(2):
        await house.board.ask(StartedForm("form-1", ANNA, "phone", {}))
    await house.board.ask(StartedForm("form-2", ANNA, "filed", {}))
    assert counted(house) == {("2026-Q4", "arrived", "phone", 10): 1}


async def test_whoever_wants_to_talk_while_the_line_is_closed_knocks_once(house: House) -> None:
    house.clock.now = MONDAY_EVENING
    await visit(house, AskedTalk(), AskedTalk(), AskedTalk())
    await visit(house, AskedTalk(), who="another")
    assert counted(house) == {("2026-Q4", "knocked", "web", 19): 2}


async def test_nobody_knocks_on_a_door_that_is_open_though_no_counsellor_is_there(
    house: House,
) -> None:
    await visit(house, AskedTalk())
    assert counted(house) == {}


async def test_who_reads_until_the_line_closes_has_knocked(house: House) -> None:
    house.present(ANNA)
    await visit(house, AskedTalk())
    (conversation,) = house.board.book.conversations
    house.clock.now = MONDAY_EVENING
    house.present(ANNA)
    await house.board.ask(Happened(conversation, Consented(with_words=False)))
    assert counted(house) == {("2026-Q4", "knocked", "web", 19): 1}


async def test_what_was_not_kept_is_not_counted(house: House) -> None:
    house.present(ANNA)
    await visit(house, AskedTalk())
    (conversation,) = house.board.book.conversations
    kept, house.board.store = house.board.store, FullDisk()
    with pytest.raises(NotKeptError):
        await house.board.ask(Happened(conversation, Consented(with_words=False)))
    house.board.store = kept
    assert counted(house) == {}


async def test_nothing_is_written_beside_the_visitor_but_once_an_hour(
    house: House, tmp_path: Path
) -> None:
    store = await CountsStore.open(tmp_path / "counts.db")
    try:
        before = (tmp_path / "counts.db").read_bytes()
        house.present(ANNA)
        await visit(house, AskedTalk(), Consented(with_words=False))
        assert (tmp_path / "counts.db").read_bytes() == before
        await count_hours(house.board.tally, store)
        assert await store.hours("2026-Q4", "2026-Q4") == {NOW: 1}
    finally:
        await store.close()


class FullStore(CountsStore):
    """A store that cannot write down any counts."""

    async def count(self, counts: HourCounts) -> None:  # noqa: ARG002 - as the real one
        raise StoreError("The disk is full.")


async def test_hours_that_could_not_be_written_wait_for_the_next_time(tmp_path: Path) -> None:
    tally = Tally()
    tally.note_hours([("arrived", "web")], MONDAY_MORNING)
    full = await FullStore.open(tmp_path / "counts.db")
    await count_hours(tally, full)
    await full.close()
    assert tally.hours.take() == {NOW: 1}
