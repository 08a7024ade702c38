import asyncio
import json
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.connection import StoreError
from bot.store.directory import DirectoryStore, OvertakenError
from directory.edits import Change, Edit
from tests.cast import BO, KARIN, MONDAY_EVENING, MONDAY_MORNING
from tests.directory.entries import MALMO, a_contact, a_full_service, a_provision, a_service

OPENED: list[DirectoryStore] = []

BEFORE = a_service()
AFTER = a_service(name="Ett nytt namn")


@pytest.fixture
async def path(tmp_path: Path) -> AsyncIterator[Path]:
    """Where the store of a test lies; every store it opened is closed in the end."""
    yield tmp_path / "directory.db"
    while OPENED:
        await OPENED.pop().close()


async def opened(path: Path) -> DirectoryStore:
    OPENED.append(await DirectoryStore.open(path))
    return OPENED[-1]


async def add(store: DirectoryStore, *edits: Edit) -> int:
    return await store.add(edits, who=KARIN, why="edited", at=MONDAY_MORNING)


def run_sql(path: Path, sql: str, *values: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(sql, values)


async def test_a_new_store_holds_nothing(path: Path) -> None:
    store = await opened(path)
    assert await store.edits() == []
    assert await store.history(limit=10) == []
    assert await store.batch(1) == []
    assert await store.lookups("0000-00", "9999-99") == {}


async def test_every_kind_of_entry_comes_back_as_it_was(path: Path) -> None:
    edits = [
        Edit(None, a_full_service()),
        Edit(a_provision(), a_provision(kind="unknown")),
        Edit(a_contact(phone="040-34 10 00"), None),
    ]
    await add(await opened(path), *edits)
    assert await (await opened(path)).edits() == edits


async def test_of_a_large_batch_no_more_is_read_than_is_asked_for(path: Path) -> None:
    store = await opened(path)
    await add(store, Edit(None, a_service("forsta")))
    run_sql(
        path,
        "INSERT INTO changes (batch, at, who, why, kind, id, after) "
        "VALUES (1, '2026-11-16', 'Karin', 'imported', 'service', 'andra', '{}')",
    )
    (first,) = await store.batch(1, most=1)
    assert first.edit.after == a_service("forsta")
    assert await store.extent(1) == (2, True)
    with pytest.raises(StoreError):
        await store.batch(1)


async def test_a_batch_stands_until_one_of_its_entries_is_changed_again(path: Path) -> None:
    store = await opened(path)
    other = a_service("annan")
    await add(store, Edit(None, BEFORE), Edit(None, other))
    assert await store.extent(1) == (2, True)
    await add(store, Edit(BEFORE, AFTER))
    assert (await store.extent(1), await store.extent(2)) == ((2, False), (1, True))
    await add(store, Edit(AFTER, BEFORE))
    assert await store.extent(1) == (2, True)
    assert await store.extent(2) == (1, False)
    assert await store.extent(9) == (0, False)


async def test_an_entry_that_was_taken_away_stands_as_taken_away(path: Path) -> None:
    store = await opened(path)
    await add(store, Edit(BEFORE, None))
    assert await store.extent(1) == (1, True)
    await add(store, Edit(None, BEFORE))
    assert await store.extent(1) == (1, False)


async def test_a_change_tells_who_made_it_when_and_why(path: Path) -> None:
    store = await opened(path)
    batch = await store.add([Edit(BEFORE, AFTER)], who=BO, why="verified", at=MONDAY_EVENING)
    assert await store.history(limit=1) == [
        Change(1, batch, MONDAY_EVENING, BO, "verified", Edit(BEFORE, AFTER))
    ]


async def test_edits_made_together_are_one_batch(path: Path) -> None:
    store = await opened(path)
    first = await add(store, Edit(None, BEFORE), Edit(None, a_contact()))
    second = await add(store, Edit(BEFORE, AFTER))
    assert second == first + 1
    assert [change.edit for change in await store.batch(second)] == [Edit(BEFORE, AFTER)]
    assert len(await store.batch(first)) == 2


async def test_history_is_newest_first_and_of_one_entry_where_asked(path: Path) -> None:
    store = await opened(path)
    await add(store, Edit(None, BEFORE))
    await add(store, Edit(None, a_contact()))
    await add(store, Edit(BEFORE, AFTER))
    numbers = [change.number for change in await store.history(limit=2)]
    assert numbers == [3, 2]
    of_one = await store.history(key=("service", BEFORE.id), limit=10)
    assert [change.number for change in of_one] == [3, 1]
    assert await store.history(key=("provision", MALMO), limit=10) == []


async def test_a_failure_halfway_leaves_nothing_of_the_batch(path: Path) -> None:
    store = await opened(path)
    run_sql(
        path,
        "CREATE TRIGGER crash BEFORE INSERT ON changes WHEN new.id = 'second' "
        "BEGIN SELECT RAISE(FAIL, 'as a full disk would'); END",
    )
    with pytest.raises(StoreError):
        await add(store, Edit(None, a_service("first")), Edit(None, a_service("second")))
    assert await store.edits() == []
    await add(store, Edit(None, a_service("third")))
    assert len(await store.edits()) == 1


WRITER = """
import asyncio, sys
from pathlib import Path
from tests.bot.test_directory_store import add, a_service, DirectoryStore, Edit

async def main():
    store = await DirectoryStore.open(Path(sys.argv[1]))
    edits = [Edit(None, a_service(f"nummer-{n}")) for n in range(50)]
    while True:
        await add(store, *edits)
        print("added", flush=True)

asyncio.run(main())
"""
"""Adds batches of 50 until it is killed."""


async def test_a_writer_that_is_killed_leaves_whole_batches(path: Path) -> None:
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout
    await writer.stdout.readline()
    await asyncio.sleep(0.02)  # some moment or other
    writer.kill()
    await writer.communicate()
    changes = await (await opened(path)).changes()
    assert set(Counter(change.batch for change in changes).values()) == {50}


async def test_two_processes_write_one_after_the_other(path: Path) -> None:
    one, other = await opened(path), await opened(path)
    batches = await asyncio.gather(
        *(add(store, Edit(BEFORE, AFTER)) for store in (one, other) for _ in range(10))
    )
    assert sorted(batches) == list(range(1, 21))
    assert await one.history(limit=99) == await other.history(limit=99)


async def test_two_processes_may_make_the_database_at_once(path: Path) -> None:
    first, second = await asyncio.gather(opened(path), opened(path))
    await add(first, Edit(None, BEFORE))
    assert await second.edits() == [Edit(None, BEFORE)]


async def test_who_did_not_see_the_newest_change_adds_nothing(path: Path) -> None:
    store = await opened(path)
    await store.add([Edit(None, BEFORE)], who=KARIN, why="added", at=MONDAY_MORNING, seen=0)
    with pytest.raises(OvertakenError):
        await store.add([Edit(BEFORE, AFTER)], who=BO, why="edited", at=MONDAY_MORNING, seen=0)
    assert await store.edits() == [Edit(None, BEFORE)]


@pytest.mark.parametrize("sql", ["DELETE FROM changes", "UPDATE changes SET who = 'Bo'"])
async def test_no_change_is_ever_altered_or_removed(path: Path, sql: str) -> None:
    store = await opened(path)
    await add(store, Edit(None, BEFORE))
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        run_sql(path, sql)
    assert len(await store.edits()) == 1


async def stored_as(path: Path, fields: dict[str, object]) -> DirectoryStore:
    """A store with one change whose entry was written with these fields."""
    store = await opened(path)
    run_sql(
        path,
        "INSERT INTO changes (batch, at, who, why, kind, id, after) "
        "VALUES (1, '2026-11-16T10:00:00+01:00', 'Karin', 'added', 'service', 'x', ?)",
        json.dumps(fields),
    )
    return store


async def test_an_entry_of_an_older_version_is_read(path: Path) -> None:
    fields = json.loads(BEFORE.model_dump_json())
    del fields["languages"]
    store = await stored_as(path, {**fields, "a_field_that_is_no_more": ["x"]})
    assert await store.edits() == [Edit(None, BEFORE)]


async def test_an_entry_that_nobody_can_read_is_told_of_without_its_words(path: Path) -> None:
    store = await stored_as(path, {"id": "canary"})
    with pytest.raises(StoreError, match="number 1") as caught:
        await store.edits()
    assert "canary" not in str(caught.value)


async def test_lookups_are_added_up_by_month_and_county(path: Path) -> None:
    store = await opened(path)
    await store.count_lookups({("2026-10", "01"): 2, ("2026-11", "01"): 1})
    await store.count_lookups({("2026-11", "01"): 4, ("2026-11", "12"): 1})
    assert await store.lookups("2026-11", "2026-11") == {("2026-11", "01"): 5, ("2026-11", "12"): 1}
    assert await store.lookups("2026-01", "2026-10") == {("2026-10", "01"): 2}


async def test_lookups_know_no_finer_time_than_the_month(path: Path) -> None:
    await (await opened(path)).count_lookups({("2026-11", "01"): 1})
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM lookups").fetchall() == [("2026-11", "01", 1)]
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("SELECT rowid FROM lookups")
