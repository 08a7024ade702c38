"""Counts by hour of the week are tied to nobody, and come back as they were counted."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store.connection import StoreError
from bot.store.counts import CountsStore
from bot.tally import Tally

FILE = "counts.db"

MONDAY_AT_TEN = 10
SUNDAY_AT_THREE = 6 * 24 + 3

ONE = ("2026-Q4", "arrived", "web", MONDAY_AT_TEN)
OTHER = ("2026-Q3", "knocked", "telegram", SUNDAY_AT_THREE)

SUMMER_TIME_BEGINS = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
"""01.30 in Stockholm; the clocks go from 02 to 03 half an hour later."""

SUMMER_TIME_ENDS = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""02.30 in Stockholm for the first time; an hour later it is 02.30 again."""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[CountsStore]:
    opened = await CountsStore.open(tmp_path / FILE)
    yield opened
    await opened.close()


async def test_counts_add_up_and_outlive_the_program(store: CountsStore, tmp_path: Path) -> None:
    await store.count({ONE: 2})
    await store.count({ONE: 1, OTHER: 4})
    await store.close()
    again = await CountsStore.open(tmp_path / FILE)
    assert await again.hours("2026-Q3", "2026-Q4") == {ONE: 3, OTHER: 4}
    await again.close()


async def test_only_the_asked_quarters_are_given(store: CountsStore) -> None:
    await store.count({ONE: 2, OTHER: 4})
    assert await store.hours("2026-Q3", "2026-Q3") == {OTHER: 4}
    assert await store.hours("2025-Q1", "2026-Q2") == {}


async def test_invented_counts_take_the_place_of_those_of_their_quarters(
    store: CountsStore,
) -> None:
    await store.count({ONE: 2, OTHER: 4})
    for _ in range(2):
        await store.replace({("2026-Q4", "arrived", "phone", 7): 9})
    assert await store.hours("2026-Q3", "2026-Q4") == {
        OTHER: 4,
        ("2026-Q4", "arrived", "phone", 7): 9,
    }


async def test_an_hour_with_nobody_is_written_as_one_with_somebody(
    store: CountsStore, tmp_path: Path
) -> None:
    before = (tmp_path / FILE).read_bytes()
    await store.count({})
    assert (tmp_path / FILE).read_bytes() != before
    assert await store.hours("0000-Q1", "9999-Q4") == {}


async def test_no_table_can_be_joined_with_a_record(store: CountsStore, tmp_path: Path) -> None:
    await store.count({ONE: 2, OTHER: 4})
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        schema = {
            table: {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
            for (table,) in connection.execute("SELECT name FROM sqlite_schema")
        }
        cells = [f"{cell}" for row in connection.execute("SELECT * FROM hours") for cell in row]
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("SELECT rowid FROM hours")
    assert schema == {"countings": {"n"}, "hours": {"quarter", "kind", "channel", "hour", "n"}}
    assert not [cell for cell in cells if re.search(r"\d{4}-\d\d|\d\d:\d\d", cell)]


async def test_an_hour_that_no_week_has_is_refused(store: CountsStore) -> None:
    with pytest.raises(StoreError):
        await store.count({ONE: 1, ("2026-Q4", "arrived", "web", 168): 1})
    assert await store.hours("0000-Q1", "9999-Q4") == {}


@pytest.mark.parametrize(
    ("first", "counted"),
    [
        (SUMMER_TIME_BEGINS, {6 * 24 + 1: 1, 6 * 24 + 3: 1, 6 * 24 + 4: 1}),
        (SUMMER_TIME_ENDS, {6 * 24 + 2: 2, 6 * 24 + 3: 1}),
    ],
)
async def test_hours_are_those_of_swedish_clocks_also_when_the_clocks_change(
    store: CountsStore, first: datetime, counted: dict[int, int]
) -> None:
    tally = Tally()
    for hour in range(3):
        tally.note_hours([("arrived", "web")], first.replace(hour=hour))
    await store.count(tally.hours.take())
    found = await store.hours("0000-Q1", "9999-Q4")
    assert {hour: n for (*_, hour), n in found.items()} == counted


async def test_a_quarter_ends_at_midnight_in_stockholm(store: CountsStore) -> None:
    tally = Tally()
    tally.note_hours([("knocked", "web")], datetime(2026, 12, 31, 22, 59, tzinfo=UTC))
    tally.note_hours([("knocked", "web")], datetime(2026, 12, 31, 23, 0, tzinfo=UTC))
    await store.count(tally.hours.take())
    assert await store.hours("0000-Q1", "9999-Q4") == {
        ("2026-Q4", "knocked", "web", 3 * 24 + 23): 1,
        ("2027-Q1", "knocked", "web", 4 * 24): 1,
    }
