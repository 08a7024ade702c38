"""Look-ups are counted by county and month, together, and nothing else of them is kept."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.chores import count_lookups
from bot.conversation import Address
from bot.jobs import Began, Happened
from bot.store.directory import DirectoryStore
from bot.tally import Tally
from flows.events import AskedPlaces, ToldPlace, Wrote
from tests.bot.houses import open_house
from tests.cast import MONDAY_MORNING

NOVEMBER = MONDAY_MORNING
NEW_YEARS_EVE = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
"""Half an hour before midnight in Stockholm."""


def test_counts_are_taken_once() -> None:
    tally = Tally()
    tally.note(("12", "12"), NOVEMBER)
    tally.note(("01",), NEW_YEARS_EVE)
    tally.note(("01",), NEW_YEARS_EVE + timedelta(hours=1))
    assert tally.take() == {
        ("2026-11", "12"): 2,
        ("2026-12", "01"): 1,
        ("2027-01", "01"): 1,
    }
    assert tally.take() == {}


def test_what_could_not_be_written_is_counted_again() -> None:
    tally = Tally()
    tally.note(("12",), NOVEMBER)
    tally.give_back({("2026-11", "12"): 2})
    assert tally.take() == {("2026-11", "12"): 3}


async def test_a_look_up_is_counted_where_the_county_is_and_the_place_is_not(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path / "house") as house:
        began = await house.board.ask(Began(Address("web", "token"), "sv", AskedPlaces()))
        for event in (Wrote("Hässleholm"), AskedPlaces(), ToldPlace("14")):
            await house.board.ask(Happened(began.conversation, event))
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
