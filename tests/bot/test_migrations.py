"""A database is brought to the program's schema by whole steps, and a copy is made first."""

import asyncio
import json
import os
import sqlite3
import stat
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.chores import forget_often
from bot.former import KEPT_FOR, forget_former
from bot.store import counts, directory, live, record_tables, releases, staff
from bot.store.connection import StoreError, connect
from bot.store.counts import CountsStore
from bot.store.directory import DirectoryStore
from bot.store.live import LiveStore
from bot.store.migrations import migrate
from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from bot.store.staff import StaffStore
from tests.cast import MONDAY_MORNING

ONE = "CREATE TABLE words (text TEXT) STRICT; INSERT INTO words VALUES ('one; and ''two''');"
TWO = """
ALTER TABLE words ADD COLUMN length INTEGER NOT NULL DEFAULT 0; -- a comment; with a mark
CREATE TRIGGER stay BEFORE UPDATE OF text ON words
BEGIN SELECT RAISE(ABORT, 'a word is never altered'); SELECT 1; END;
UPDATE words SET length = length(text)
"""
THREE = "CREATE TABLE more (text TEXT)"
BROKEN = "INSERT INTO words VALUES ('half', 4); CREATE TABLE nonsense;"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "words.db"


async def brought(path: Path, *steps: str, copied: bool = True) -> None:
    """Open the database, bring it there, and close it."""
    connection = await connect(path, wal=False)
    try:
        await migrate(connection, steps, copied=copied)
    finally:
        await connection.close()


def asked(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def version(path: Path) -> int:
    return int(asked(path, "PRAGMA user_version")[0][0])


def content(path: Path) -> bytes:
    return path.read_bytes()


def names(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


async def test_a_new_database_takes_every_step_and_needs_no_copy(path: Path) -> None:
    await brought(path, ONE, TWO, THREE)
    assert version(path) == 3
    assert asked(path, "SELECT * FROM words") == [("one; and 'two'", 14)]
    assert names(path) == {"words.db"}


async def test_a_database_takes_only_the_steps_it_lacks(path: Path) -> None:
    await brought(path, ONE)
    await brought(path, ONE)
    assert version(path) == 1
    await brought(path, ONE, TWO)
    assert version(path) == 2
    assert asked(path, "SELECT * FROM words") == [("one; and 'two'", 14)]


async def test_a_copy_of_what_was_there_is_made_first_for_nobody_else(path: Path) -> None:
    await brought(path, ONE)
    await brought(path, ONE, TWO, THREE)
    copy = path.with_name("words.db.before-2")
    assert names(path) == {"words.db", copy.name}
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert version(copy) == 1
    assert asked(copy, "SELECT * FROM words") == [("one; and 'two'",)]


async def test_a_copy_holds_nothing_that_was_deleted(path: Path) -> None:
    await brought(path, ONE)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "PRAGMA secure_delete = OFF; CREATE TABLE passing (text);"
            "INSERT INTO passing VALUES ('a canary in a free page'); DROP TABLE passing;"
        )
    assert b"canary" in content(path)
    await brought(path, ONE, TWO)
    assert b"canary" not in content(path.with_name("words.db.before-2"))


async def test_a_step_that_fails_leaves_nothing_of_itself_and_names_the_copy(path: Path) -> None:
    await brought(path, ONE)
    with pytest.raises(StoreError, match=r"left as it was, with a copy beside it in .*before-2:"):
        await brought(path, ONE, TWO.replace("UPDATE words SET", "UPDATE nothing SET"))
    assert version(path) == 1
    assert asked(path, "SELECT * FROM words") == [("one; and 'two'",)]


async def test_the_steps_before_one_that_fails_are_kept(path: Path) -> None:
    await brought(path, ONE)
    with pytest.raises(StoreError, match=r"with a copy beside it in words\.db\.before-2"):
        await brought(path, ONE, TWO, BROKEN)
    assert version(path) == 2
    assert asked(path, "SELECT count(*) FROM words") == [(1,)]
    await brought(path, ONE, TWO, THREE)
    assert version(path) == 3


async def test_a_new_database_whose_first_step_fails_stays_empty(path: Path) -> None:
    with pytest.raises(StoreError, match=r"^words\.db cannot be used: SQLite says SQLITE_ERROR"):
        await brought(path, f"{ONE} CREATE TABLE nonsense;")
    assert version(path) == 0
    assert asked(path, "SELECT * FROM sqlite_schema") == []


async def test_without_a_copy_no_step_is_taken(path: Path) -> None:
    await brought(path, ONE)
    path.with_name("words.db.before-2.part").mkdir()
    with pytest.raises(StoreError, match=r"words.db cannot be copied to .*before-2"):
        await brought(path, ONE, TWO)
    assert version(path) == 1


async def test_what_a_killed_copy_left_is_no_hindrance(path: Path) -> None:
    await brought(path, ONE)
    path.with_name("words.db.before-2.part").write_bytes(b"half of a copy")
    await brought(path, ONE, TWO)
    assert names(path) == {"words.db", "words.db.before-2"}
    assert version(path.with_name("words.db.before-2")) == 1


async def test_a_newer_database_is_refused_with_both_versions_and_not_touched(path: Path) -> None:
    await brought(path, ONE, TWO)
    before = content(path)
    sentence = r"^words\.db was written by a newer version .*schema 2, this one knows 1\): install"
    with pytest.raises(StoreError, match=sentence):
        await brought(path, ONE)
    assert content(path) == before
    assert names(path) == {"words.db"}


async def test_of_many_that_come_at_once_one_takes_each_step(path: Path) -> None:
    await brought(path, ONE)
    await asyncio.gather(*(brought(path, ONE, TWO, THREE) for _ in range(8)))
    assert version(path) == 3
    assert asked(path, "SELECT count(*) FROM words") == [(1,)]
    assert version(path.with_name("words.db.before-2")) == 1
    assert names(path) == {"words.db", "words.db.before-2"}


async def test_of_many_that_make_it_at_once_one_does(path: Path) -> None:
    await asyncio.gather(*(brought(path, ONE, TWO) for _ in range(8)))
    assert asked(path, "SELECT count(*) FROM words") == [(1,)]


# our own stores


class Store(Protocol):
    async def close(self) -> None: ...


async def open_live(path: Path) -> LiveStore:
    return await LiveStore.open(path, lambda _: bytes(32))


STORES: dict[str, tuple[Callable[[Path], Any], Sequence[str]]] = {
    "live": (open_live, live.STEPS),
    "records": (RecordsStore.open, record_tables.STEPS),
    "staff": (StaffStore.open, staff.STEPS),
    "directory": (DirectoryStore.open, directory.STEPS),
    "counts": (CountsStore.open, counts.STEPS),
    "releases": (ReleasesStore.open, releases.STEPS),
}
EVERY_VERSION = [(name, n) for name, (_, steps) in STORES.items() for n in range(len(steps) + 1)]


@pytest.mark.parametrize(("name", "number"), EVERY_VERSION)
async def test_every_store_opens_what_any_earlier_version_left(
    path: Path, name: str, number: int
) -> None:
    opens, steps = STORES[name]
    await brought(path, *steps[:number])
    await (await opens(path)).close()
    assert version(path) == len(steps)


@pytest.mark.parametrize("name", STORES)
async def test_every_store_refuses_what_a_newer_version_left(path: Path, name: str) -> None:
    opens, steps = STORES[name]
    await brought(path, *steps, "CREATE TABLE from_the_future (n INTEGER)")
    with pytest.raises(StoreError, match="newer version of this program"):
        await opens(path)
    assert version(path) == len(steps) + 1


async def test_open_conversations_are_never_copied(path: Path) -> None:
    await brought(path, live.STEPS[0])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO conversations VALUES ('one', x'00')")
    await (await open_live(path)).close()
    assert version(path) == 2
    assert names(path) == {"words.db"}
    assert asked(path, "SELECT id FROM conversations") == [("one",)]


async def test_records_of_the_first_version_are_still_there_and_copied(path: Path) -> None:
    await brought(path, record_tables.STEPS[0])
    answers = json.dumps({"period": "2026-10", "channel": "web"})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO waiting VALUES (x'01', '2026-11', ?)", (answers,))
        connection.execute(
            "INSERT INTO contact_records VALUES (x'02', '2026-10', ?, 0)", (answers,)
        )
    store = await RecordsStore.open(path)
    assert await store.records(first="2026-10", last="2026-10") == [json.loads(answers)]
    assert await store.waiting_count() == 1
    assert (await store.columns("2026-10", "2026-10")).n == 1
    await store.close()
    copy = path.with_name("words.db.before-2")
    assert asked(copy, "SELECT count(*) FROM waiting") == [(1,)]


WITHOUT_COUNTINGS = "DROP TABLE countings"
"""What the first files of the directory had not, at the same version."""


async def test_look_ups_are_counted_in_a_directory_that_was_made_before_they_were(
    path: Path,
) -> None:
    await brought(path, directory.STEPS[0])
    asked(path, WITHOUT_COUNTINGS)
    store = await DirectoryStore.open(path)
    try:
        await store.count_lookups({("2026-11", "12"): 3})
        assert await store.lookups("2026-11", "2026-11") == {("2026-11", "12"): 3}
    finally:
        await store.close()
    assert asked(path, "SELECT n FROM countings") == [(1,)]


async def test_what_was_counted_before_stays(path: Path) -> None:
    await brought(path, directory.STEPS[0])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE countings SET n = 7")
    await (await DirectoryStore.open(path)).close()
    assert asked(path, "SELECT n FROM countings") == [(7,)]


# how long the past is kept


def test_copies_and_what_a_restore_replaced_are_kept_for_a_week(tmp_path: Path) -> None:
    kept = ["records.db", "live.db-wal", "notes.txt"]
    passing = ["records.db.before-2", "staff.db.before-12", "before-restore-1"]
    for name in (*kept, *passing[:2]):
        (tmp_path / name).touch()
    (tmp_path / passing[2]).mkdir()
    (tmp_path / passing[2] / "staff.db").touch()
    for path in tmp_path.iterdir():
        os.utime(path, (MONDAY_MORNING.timestamp(),) * 2)
    forget_former(tmp_path, now=MONDAY_MORNING + KEPT_FOR)
    assert {path.name for path in tmp_path.iterdir()} == {*kept, *passing}
    forget_former(tmp_path, now=MONDAY_MORNING + KEPT_FOR * 1.001)
    assert {path.name for path in tmp_path.iterdir()} == {*kept}


def test_one_that_cannot_be_removed_keeps_no_other_from_being_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = tmp_path / "records.db.before-1"
    others = [tmp_path / "records.db.before-2", tmp_path / "staff.db.before-1"]
    for path in (stuck, *others):
        make_old(path)
    monkeypatch.setattr("bot.former._remove", all_but(stuck))  # whoever tests may remove all
    with pytest.raises(PermissionError):
        forget_former(tmp_path, now=MONDAY_MORNING)
    assert list(tmp_path.iterdir()) == [stuck]


def all_but(stuck: Path) -> Callable[[Path], None]:
    def remove(path: Path) -> None:
        if path == stuck:
            raise PermissionError(path)
        path.unlink()

    return remove


async def test_the_running_service_forgets_them(tmp_path: Path) -> None:
    copy = tmp_path / "records.db.before-2"
    make_old(copy)
    forgetting = asyncio.create_task(forget_often(tmp_path))
    await asyncio.sleep(0)
    forgetting.cancel()
    await asyncio.gather(forgetting, return_exceptions=True)
    assert names(copy) == set()


def make_old(path: Path) -> None:
    path.touch()
    os.utime(path, (0, 0))
