"""Silence, waiting and age: what the clock does to conversations."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import alarms
from bot.presence import LEASE, PATIENCE
from bot.switchboard import NotKeptError
from flows.events import Ended, Said, Wrote
from flows.states import Closing, Menu, Talking, Waiting
from tests.bot.houses import House, open_house
from tests.bot.test_switchboard import BrokenStore, begin, found, join_queue, meet, start_talk
from tests.cast import ANNA, BO


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        house.present(ANNA, BO)
        yield house


async def after(house: House, *, present: bool = True, **by: float) -> None:
    """Let time go by, and the alarms look at the clock."""
    house.clock.move(**by)
    if present:
        house.present(ANNA, BO)
    await alarms.ring(house.board, house.clock())


async def test_nothing_rings_before_its_time(house: House) -> None:
    id = await begin(house)
    before = found(house, id)
    await after(house, minutes=29, seconds=59)
    assert found(house, id) == before


async def test_an_idle_menu_is_erased(house: House) -> None:
    await begin(house)
    await after(house, minutes=30)
    assert house.board.book.conversations == {}
    assert house.vault.ids == frozenset()


async def test_who_waits_gets_a_sign_of_life_every_few_minutes(house: House) -> None:
    id = await join_queue(house)
    for times in range(1, 4):
        await after(house, minutes=3)
        standing = [m for m in found(house, id).messages if m.slot == "queue"]
        assert len(standing) == 1 + times


async def test_nobody_waits_in_vain_after_closing(house: House) -> None:
    id = await join_queue(house)
    await after(house, present=False, hours=6)
    assert isinstance(found(house, id).state, Menu)
    await house.has_filed(1)


async def test_silence_is_warned_about_before_anything_closes(house: House) -> None:
    id = await start_talk(house)
    await after(house, minutes=30)
    state = found(house, id).state
    assert isinstance(state, Talking)
    assert state.warned
    await after(house, minutes=30)
    assert isinstance(found(house, id).state, Closing)


async def test_a_word_ends_the_silence(house: House) -> None:
    id = await start_talk(house)
    await after(house, minutes=30)
    await meet(house, id, Wrote("jag är kvar"))
    await after(house, minutes=29)
    assert isinstance(found(house, id).state, Talking)
    await meet(house, id, Said(ANNA, "bra"))
    await after(house, minutes=29)
    assert isinstance(found(house, id).state, Talking)


async def test_after_the_goodbye_everything_is_erased_in_ten_minutes(house: House) -> None:
    id = await start_talk(house)
    await meet(house, id, Ended(ANNA))
    await after(house, minutes=10)
    assert house.board.book.conversations == {}


async def test_no_conversation_outlives_twelve_hours(house: House) -> None:
    id = await start_talk(house)
    for _ in range(48):
        await after(house, minutes=14)
        await meet(house, id, Wrote("jag är kvar"))
    assert isinstance(found(house, id).state, Talking)
    for _ in range(10):
        await after(house, minutes=12)
    assert house.board.book.conversations == {}


async def test_a_lost_counsellors_visitor_goes_back_to_the_queue(house: House) -> None:
    id = await start_talk(house)
    await after(house, present=False, seconds=LEASE.total_seconds() + 1)
    assert isinstance(found(house, id).state, Talking)
    await after(house, present=False, seconds=PATIENCE.total_seconds())
    assert isinstance(found(house, id).state, Waiting)
    assert [draft.counsellor for draft in house.board.book.drafts.values()] == [""]


async def test_a_form_that_nobody_files_is_forgotten_after_a_day(house: House) -> None:
    await start_talk(house)
    await after(house, hours=24)
    await after(house, hours=24)
    assert house.board.book.drafts == {}
    assert house.vault.ids == frozenset()


async def test_what_could_not_be_kept_rings_again(house: House) -> None:
    id = await join_queue(house)
    broken = BrokenStore(house)
    house.board.store = broken
    await after(house, minutes=3)
    before = len(found(house, id).messages)
    broken.is_full = False
    await after(house, seconds=1)
    assert len(found(house, id).messages) == before + 1


async def test_an_alarm_that_was_overtaken_by_a_word_does_nothing(house: House) -> None:
    id = await begin(house)
    house.clock.move(minutes=31)
    [job] = alarms.what_is_due(house.board, house.clock())
    await meet(house, id, Wrote("hej"))
    await house.board.ask(job)
    assert found(house, id).state.stay.touched == house.clock()
    house.clock.now += timedelta(hours=1)
    house.board.store = BrokenStore(house)
    with pytest.raises(NotKeptError):
        await house.board.ask(job)
