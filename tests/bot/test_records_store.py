import asyncio
import json
import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

import aiosqlite
import pytest

from bot.resources import read_form
from bot.store.connection import BUSY_MILLISECONDS, StoreError, pragma
from bot.store.database import Database
from bot.store.migrations import open_store
from bot.store.record_tables import (
    FILE,
    OWED,
    PUBLISH,
    RECORDS_OF_MONTH,
    STALE,
    STEPS,
    TIDY,
    UNTIDY,
)
from bot.store.records import BATCH, RecordsStore, Waiting
from flows.columns import Columns, encoded
from tests.cast import ANNA, BO

Ids = Callable[[], bytes]

OPENED: list[RecordsStore] = []


def chance(seed: int) -> random.Random:
    return random.Random(seed)


def random_ids(seed: int) -> Ids:
    source = chance(seed)
    return lambda: source.randbytes(16)


def counting_ids(first: int) -> Ids:
    numbers = count(first)
    return lambda: next(numbers).to_bytes(16)


def form(number: int, *, period: str = "2026-10") -> dict[str, str]:
    # In the ages the order of the packed columns can be read, as that of the records in the notes.
    return {"period": period, "age": f"{number:04}", "note": f"canary-{number:04}"}


@pytest.fixture
async def path(tmp_path: Path) -> AsyncIterator[Path]:
    """Where the store of a test lies; every store it opened is closed in the end."""
    yield tmp_path / "records.db"
    while OPENED:
        await OPENED.pop().close()


async def opened(path: Path, *, patience: int = BUSY_MILLISECONDS) -> RecordsStore:
    OPENED.append(await RecordsStore.open(path, patience=patience))
    return OPENED[-1]


async def filled(path: Path, forms: int, *, period: str = "2026-10") -> RecordsStore:
    """Give a store in which forms were filed one by one, without waiting for the disk each time."""
    store = await opened(path)
    ids = counting_ids(1)
    rows = [
        (ids(), period, ANNA, json.dumps(form(number, period=period))) for number in range(forms)
    ]
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(FILE, rows)
    return store


def holds_name(path: Path) -> bool:
    return ANNA.encode() in path.read_bytes()


async def published(store: RecordsStore, *, this_month: str = "2026-11", seed: int = 7) -> int:
    return await store.publish(
        this_month=this_month, ids=random_ids(seed), shuffle=chance(seed).shuffle
    )


async def notes(store: RecordsStore) -> list[str]:
    found = await store.records(first="0000-00", last="9999-99")
    return sorted(record["note"] for record in found)


def holds_canary(path: Path) -> bool:
    return b"canary-" in path.read_bytes()


async def test_filing_the_same_id_again_replaces_the_form(path: Path) -> None:
    store = await filled(path, 0)
    for number in range(3):
        await store.file(b"the draft's key", form(number))
    assert await store.waiting_count() == 1


async def test_forms_wait_until_their_month_has_closed(path: Path) -> None:
    store = await filled(path, BATCH, period="2026-11")
    assert await published(store, this_month="2026-11") == 0
    assert await store.waiting_count() == BATCH
    assert await published(store, this_month="2026-12") == BATCH
    assert await store.waiting_count() == 0
    assert await notes(store) == [f"canary-{number:04}" for number in range(BATCH)]


async def test_fewer_than_a_batch_are_held_over_until_there_are_enough(path: Path) -> None:
    store = await filled(path, BATCH - 1)
    assert await published(store) == 0
    await store.file(b"one more", form(BATCH, period="2026-11"))
    assert await published(store) == 0
    assert await published(store, this_month="2026-12") == BATCH


async def test_publishing_twice_publishes_once(path: Path) -> None:
    store = await filled(path, BATCH)
    assert [await published(store), await published(store, seed=8)] == [BATCH, 0]
    assert len(await notes(store)) == BATCH


async def filed_and_published(store: RecordsStore, number: int) -> list[bytes]:
    """Publish one more batch; gives the ids under which its forms were filed."""
    source = random_ids(100 + number)
    batch = [source() for _ in range(BATCH)]
    for id in batch:
        await store.file(id, form(number), counsellor=ANNA)
    assert await published(store, seed=number) == BATCH
    return sorted(batch)


def kept_ids(path: Path) -> list[bytes]:
    """The ids of published forms, which stand in the file in their own order, from its end."""
    with closing(sqlite3.connect(path)) as raw:
        found = [id for (id,) in raw.execute("SELECT id FROM published")]
    content = path.read_bytes()
    assert [content.count(id) for id in found] == [1] * len(found)
    assert found == sorted(found, key=content.index, reverse=True)
    return found


def holds_any(path: Path, ids: list[bytes]) -> bool:
    content = path.read_bytes()
    return any(id in content for id in ids)


async def test_a_form_that_has_been_published_is_not_filed_again(path: Path) -> None:
    store = await opened(path)
    batch = await filed_and_published(store, 1)
    for id in batch:
        await store.file(id, form(1), counsellor=ANNA)
    assert await store.waiting_count() == 0
    await store.file(b"another", form(2), counsellor=ANNA)
    assert await store.waiting_count() == 1


async def test_published_forms_are_known_by_their_ids_alone_and_no_record_has_one(
    path: Path,
) -> None:
    store = await opened(path)
    batch = await filed_and_published(store, 1)
    assert kept_ids(path) == batch
    with closing(sqlite3.connect(path)) as raw:
        records = {id for (id,) in raw.execute("SELECT id FROM contact_records")}
    assert not records.intersection(batch)


async def test_the_ids_of_published_forms_are_forgotten_at_the_next_publication_but_one(
    path: Path,
) -> None:
    store = await opened(path)
    first, second = [await filed_and_published(store, number) for number in (1, 2)]
    assert kept_ids(path) == sorted(first + second)
    assert await published(store) == 0
    assert kept_ids(path) == sorted(first + second)
    third = await filed_and_published(store, 3)
    assert kept_ids(path) == sorted(second + third)
    assert not holds_any(path, first)


async def test_what_was_filed_is_there_after_opening_again(path: Path) -> None:
    store = await filled(path, BATCH)
    await store.close()
    store = await opened(path)
    assert await published(store) == BATCH


@pytest.mark.parametrize("survived", range(BATCH))
async def test_a_publication_cut_short_leaves_all_waiting_and_none_published(
    path: Path, survived: int
) -> None:
    ids = random_ids(3)
    calls = count()

    def failing() -> bytes:
        if next(calls) == survived:
            raise ConnectionAbortedError
        return ids()

    store = await filled(path, BATCH)
    with pytest.raises(ConnectionAbortedError):
        await store.publish(this_month="2026-11", ids=failing, shuffle=chance(1).shuffle)
    assert await store.waiting_count() == BATCH
    assert await notes(store) == []
    assert await published(store) == BATCH


async def test_two_records_with_one_id_are_refused_and_nothing_is_lost(path: Path) -> None:
    store = await filled(path, BATCH)
    with pytest.raises(StoreError, match="SQLITE_CONSTRAINT"):
        await store.publish(this_month="2026-11", ids=lambda: b"same", shuffle=chance(1).shuffle)
    assert await store.waiting_count() == BATCH
    assert await notes(store) == []


async def test_a_publication_that_fails_at_its_last_step_publishes_nothing(path: Path) -> None:
    store = await filled(path, BATCH)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "CREATE TRIGGER stop BEFORE DELETE ON waiting BEGIN SELECT raise(ABORT, 'stop'); END"
        )
    with pytest.raises(StoreError):
        await published(store)
    assert await notes(store) == []
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP TRIGGER stop")
    assert await published(store) == BATCH


async def test_a_form_filed_while_others_are_published_is_kept(path: Path) -> None:
    store = await filled(path, BATCH)
    late = [form(100 + number, period="2026-11") for number in range(5)]
    ids = random_ids(4)
    await asyncio.gather(
        published(store), *(store.file(ids(), one) for one in late), store.waiting_count()
    )
    assert await store.waiting_count() == len(late)
    assert len(await notes(store)) == BATCH


async def test_opening_rewrites_what_a_crash_after_the_commit_left_behind(path: Path) -> None:
    store = await filled(path, 200)
    await store.close()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA secure_delete = OFF")
        raw.execute("DELETE FROM waiting")
    assert holds_canary(path)
    await opened(path)
    assert not holds_canary(path)


async def test_what_could_not_be_rewritten_is_rewritten_when_publishing_comes_round_again(
    path: Path,
) -> None:
    store = await filled(path, BATCH)
    await published(store)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(UNTIDY)  # as when another program read while the pages were to be rewritten
    assert await published(store) == 0
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute(OWED).fetchone() == (0, 0)


class Crowded(Database):
    """A database that another program reads just when its pages are to be rewritten."""

    is_read = True

    async def rows(self, query: str, *values: object) -> list[aiosqlite.Row]:
        if query == "VACUUM" and self.is_read:
            raise StoreError("records.db is in use by another program: stop that one first.")
        return await super().rows(query, *values)


async def test_what_is_published_is_published_also_when_its_pages_cannot_be_rewritten_then(
    path: Path,
) -> None:
    await (await filled(path, BATCH)).close()
    database = Crowded(path, await open_store(path, STEPS))
    store = RecordsStore(database, read_form())
    OPENED.append(store)
    assert await published(store) == BATCH
    assert "in use by another program" in store.rewrite_refused
    assert await published(store) == 0
    assert store.rewrite_refused
    database.is_read = False
    assert await published(store) == 0
    assert store.rewrite_refused == ""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute(OWED).fetchone() == (0, 0)


async def test_a_store_opens_also_while_its_pages_cannot_be_rewritten(path: Path) -> None:
    await (await filled(path, BATCH)).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE passing (text)")
        raw.execute("DROP TABLE passing")
        raw.execute("BEGIN")
        raw.execute("SELECT * FROM waiting").fetchall()
        store = await opened(path, patience=0)
        assert await store.waiting_count() == BATCH
        assert "in use by another program" in store.rewrite_refused


async def test_who_publishes_while_another_rewrites_still_has_the_pages_rewritten(
    path: Path,
) -> None:
    class Slow(Database):
        """Another publication ends between the rewriting and the note that it was done."""

        async def rows(self, query: str, *values: object) -> list[aiosqlite.Row]:
            if query == TIDY:
                await super().rows(UNTIDY)
            return await super().rows(query, *values)

    await (await filled(path, BATCH)).close()
    store = RecordsStore(Slow(path, await open_store(path, STEPS)), read_form())
    OPENED.append(store)
    await published(store)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute(OWED).fetchone() != (0, 0)


async def test_publishing_leaves_no_freed_page_behind(path: Path) -> None:
    store = await filled(path, 200)
    await published(store)
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA freelist_count").fetchone() == (0,)


async def test_a_form_for_which_there_is_no_room_takes_no_other_with_it(path: Path) -> None:
    connection = await open_store(path, STEPS)
    store = RecordsStore(Database(path, connection), read_form())
    OPENED.append(store)
    ids = random_ids(6)
    for number in range(30):
        await store.file(ids(), form(number), counsellor=ANNA)
    before = await store.waiting_of(ANNA)
    pages = await pragma(connection, "page_count")
    await connection.execute_fetchall(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="The disk is full"):
        await store.file(ids(), form(30) | {"note": "x" * 9_000}, counsellor=ANNA)
    assert await store.waiting_of(ANNA) == before


async def test_who_filed_a_form_may_correct_it_and_nobody_else(path: Path) -> None:
    store = await opened(path)
    await store.file(b"hers", form(1), counsellor=ANNA)
    await store.file(b"his", form(2), counsellor=BO)
    assert not await store.correct(b"hers", BO, form(3))
    assert await store.correct(b"hers", ANNA, form(4))
    assert await store.waiting_of(ANNA) == [Waiting(b"hers", form(4))]
    assert await store.waiting_of(BO) == [Waiting(b"his", form(2))]


async def test_what_is_published_is_nobodys_and_cannot_be_corrected(path: Path) -> None:
    store = await filled(path, BATCH)
    mine = await store.waiting_of(ANNA)
    assert holds_name(path)
    await published(store)
    assert await store.waiting_of(ANNA) == []
    assert not await store.correct(mine[0].id, ANNA, form(50))
    assert not holds_name(path)


async def test_held_over_are_the_forms_of_closed_months_only(path: Path) -> None:
    store = await filled(path, 3, period="2026-10")
    await store.file(b"later", form(4, period="2026-11"))
    assert await store.waiting_months(before="2026-11") == {"2026-10": 3}
    assert await store.waiting_months(before="2026-10") == {}


async def test_the_first_and_the_last_closed_month_with_records_are_found(path: Path) -> None:
    store = await opened(path)
    assert await store.first_and_last(before="2026-11") == ("", "")
    records = [form(n, period=month) for n, month in enumerate(("2018-03", "2026-09", "2026-11"))]
    await store.import_records(records, ids=random_ids(1), digest=b"file")
    assert await store.first_and_last(before="2026-11") == ("2018-03", "2026-09")


async def columns_are_the_records(store: RecordsStore) -> bool:
    """Whether the columns hold each answer as often as the records do."""
    found = await store.records(first="0000-00", last="9999-99")
    columns = await store.columns(first="0000-00", last="9999-99")
    fresh = encoded(read_form(), found)
    return columns.n == len(found) and all(
        cells_of(columns, name) == cells_of(fresh, name) for name in ("period", "age", "channel")
    )


def cells_of(columns: Columns, name: str) -> list[str]:
    column = columns[name]
    return sorted(column.cells[number] for number in column.numbers)


async def test_the_columns_hold_what_was_published_imported_and_invented(path: Path) -> None:
    store = await filled(path, BATCH)
    await published(store)
    for period in ("2026-10", "2026-09"):
        records = [form(number, period=period) for number in range(20, 25)]
        await store.import_records(records, ids=random_ids(int(period[-2:])), digest=b"file")
    for number in (600, 601):
        await store.import_invented([form(number, period="2026-08")], ids=random_ids(number))
    assert await columns_are_the_records(store)
    assert (await store.columns(first="2026-09", last="2026-09")).n == 5


async def test_months_that_a_crash_left_unpacked_after_an_import_are_packed_when_asked_for(
    path: Path,
) -> None:
    store = await opened(path)
    for period in ("2026-09", "2026-10"):
        await store.import_records(
            [form(1, period=period)], ids=random_ids(1 + int(period[-1])), digest=b"f"
        )
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE months SET form = 0, block = x'' WHERE period = '2026-10'")
    assert await columns_are_the_records(store)
    assert (await store.columns(first="2026-10", last="2026-10")).n == 1


async def test_columns_hold_all_that_was_there_when_they_were_asked_for_and_others_import(
    path: Path,
) -> None:
    """While a month is packed, no lock is held; a block that then lacks records is not kept."""

    class Overtaken(Database):
        """One whose records become more just after they were read."""

        ways = 2

        async def rows(self, query: str, *values: object) -> list[aiosqlite.Row]:
            found = await super().rows(query, *values)
            if query == RECORDS_OF_MONTH and self.ways:
                self.ways -= 1
                more = [(bytes([self.ways]) * 16, "2026-10", json.dumps(form(self.ways)), 0)]
                with closing(sqlite3.connect(path)) as other, other:
                    other.executemany(PUBLISH, more)
                    other.execute(STALE, ("2026-10",))
            return found

    await (await opened(path)).import_records([form(5)], ids=random_ids(1), digest=b"file")
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE months SET form = 0, block = x''")
    store = RecordsStore(Overtaken(path, await open_store(path, STEPS)), read_form())
    OPENED.append(store)
    assert (await store.columns(first="2026-10", last="2026-10")).n == 3
    assert await columns_are_the_records(store)


async def test_without_records_the_columns_are_empty(path: Path) -> None:
    store = await opened(path)
    assert (await store.columns(first="2026-01", last="2026-12")).n == 0


async def test_columns_of_an_older_form_are_made_again_from_the_records(path: Path) -> None:
    older = read_form().model_copy(update={"version": 90, "questions": ()})
    store = await RecordsStore.open(path, form=older)
    OPENED.append(store)
    await store.import_records([form(1)], ids=random_ids(1), digest=b"file")
    assert cells_of(await store.columns(first="2026-10", last="2026-10"), "age") == [""]
    assert await columns_are_the_records(await opened(path))


async def test_a_store_of_the_first_schema_keeps_its_records_and_gets_their_columns(
    path: Path,
) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(f"{STEPS[0]} PRAGMA user_version = 1;")
        rows = [(bytes([n]), "2026-09", json.dumps(form(n, period="2026-09")), 0) for n in range(9)]
        raw.executemany(PUBLISH, rows)
        raw.execute(
            "INSERT INTO waiting VALUES (?, ?, ?)", (b"old", "2026-10", json.dumps(form(9)))
        )
        raw.commit()
    store = await opened(path)
    assert await store.waiting_count() == 1
    assert (await store.columns(first="2026-09", last="2026-09")).n == 9
    assert await columns_are_the_records(store)


async def test_notes_stand_in_another_order_than_their_records(path: Path) -> None:
    store = await opened(path)
    records = [form(number) for number in range(50)]
    await store.import_records([*records, {"period": "2026-10"}], ids=random_ids(5), digest=b"file")
    found = await store.notes(first="2026-10", last="2026-10")
    assert found == sorted(record["note"] for record in records)
    assert await store.notes(first="2026-11", last="2026-12") == []


async def test_an_import_says_how_many_and_remembers_the_file(path: Path) -> None:
    store = await opened(path)
    assert await store.imported_before(b"file") == 0
    assert await store.import_records([form(1), form(2)], ids=random_ids(1), digest=b"file") == 2
    assert await store.import_records([form(3)], ids=random_ids(2), digest=b"file") == 1
    assert await store.imported_before(b"file") == 3
    assert await store.imported_before(b"another") == 0


async def test_of_two_imports_of_a_new_file_at_once_one_adds_its_records(path: Path) -> None:
    stores = [await opened(path), await opened(path)]
    added = await asyncio.gather(
        *(
            store.import_records([form(1)], ids=random_ids(seed), digest=b"file", is_new=True)
            for seed, store in enumerate(stores)
        )
    )
    assert sorted(added) == [0, 1]
    assert len(await notes(stores[0])) == 1


async def test_an_import_that_fails_on_the_way_changes_nothing(path: Path) -> None:
    def failing() -> Iterator[dict[str, str]]:
        yield form(1)
        raise ConnectionAbortedError

    store = await opened(path)
    with pytest.raises(ConnectionAbortedError):
        await store.import_records(failing(), ids=random_ids(1), digest=b"file")
    with pytest.raises(StoreError, match="SQLITE_CONSTRAINT"):
        await store.import_records([form(1), form(2)], ids=lambda: b"same", digest=b"file")
    assert await notes(store) == []
    assert await store.imported_before(b"file") == 0
    assert (await store.columns(first="0000-00", last="9999-99")).n == 0


async def test_months_are_fetched_from_first_to_last(path: Path) -> None:
    store = await opened(path)
    months = ["2025-12", "2026-01", "2026-02", "2026-03"]
    await store.import_invented([form(0, period=month) for month in months], ids=random_ids(1))
    found = await store.records(first="2026-01", last="2026-02")
    assert sorted(record["period"] for record in found) == ["2026-01", "2026-02"]


async def test_invented_records_are_marked_and_replace_only_the_invented(path: Path) -> None:
    store = await filled(path, BATCH)
    await published(store)
    assert await store.invented_count() == 0
    for _ in range(2):
        await store.import_invented([form(500), form(501)], ids=random_ids(2))
    assert await store.invented_count() == 2
    assert len(await notes(store)) == BATCH + 2


async def test_a_damaged_store_is_said_without_a_word_of_the_form(path: Path) -> None:
    store = await opened(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP TABLE waiting")
    with pytest.raises(StoreError) as refusal:
        await store.file(b"id", form(1))
    assert "canary" not in f"{refusal.value!r} {refusal.value.__cause__!r}"


async def test_a_newer_store_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer version"):
        await RecordsStore.open(path)


async def test_no_table_has_a_hidden_row_number(path: Path) -> None:
    await opened(path)
    with closing(sqlite3.connect(path)) as raw:
        for table in ("waiting", "published", "contact_records", "months", "imports"):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                raw.execute(f"SELECT rowid FROM {table}")  # noqa: S608 - the test's own words
