"""Each side of a talk sees that the other writes, and nothing of it is kept."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.jobs import Took
from bot.writing import LASTS, Writing
from tests.bot.houses import House, open_house
from tests.bot.visitors import listening, only, site_of, visiting
from tests.cast import ANNA, MONDAY_MORNING

NOW = MONDAY_MORNING


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        house.present(ANNA)
        yield house


def test_a_keystroke_counts_for_some_seconds_and_for_one_side_only() -> None:
    writing = Writing()
    writing.note("one", "visitor", NOW)
    assert writing.last("one", "visitor", NOW + LASTS) == NOW
    assert writing.last("one", "visitor", NOW + LASTS + timedelta(seconds=1)) is None
    assert writing.last("one", "counsellor", NOW) is None
    assert writing.last("two", "visitor", NOW) is None


def test_who_wrote_a_while_ago_is_forgotten() -> None:
    writing = Writing()
    writing.note("one", "visitor", NOW)
    writing.note("two", "visitor", NOW + timedelta(minutes=1))
    assert writing == Writing({("two", "visitor"): NOW + timedelta(minutes=1)})


async def test_the_visitor_sees_that_their_counsellor_writes(house: House) -> None:
    async with visiting(site_of(house)) as visitor:
        for choice in ("talk", "yes"):
            await visitor.choose(choice)
        await house.board.ask(Took(only(house).id, ANNA))
        async with listening(visitor, "after=0") as events:
            await events.until("state")
            house.board.note_writing(only(house), "counsellor")
            *_, sign = await events.until("writing")
            assert sign.data == "Anna skriver …"


async def test_a_visitor_who_writes_to_the_bot_is_seen_by_nobody(house: House) -> None:
    async with visiting(site_of(house)) as visitor:
        await visitor.choose("menu")
        assert (await visitor.post("/writing")).status_code == 204
        assert house.board.writing == Writing()


async def test_a_visitor_who_writes_in_a_talk_is_noted(house: House) -> None:
    async with visiting(site_of(house)) as visitor:
        for choice in ("talk", "yes"):
            await visitor.choose(choice)
        await house.board.ask(Took(only(house).id, ANNA))
        before = only(house)
        await visitor.post("/writing")
        assert house.board.writing.last(before.id, "visitor", house.clock()) == house.clock()
        assert only(house) == before
