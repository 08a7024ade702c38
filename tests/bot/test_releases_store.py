import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bot.store.connection import StoreError, connect
from bot.store.migrations import migrate
from bot.store.releases import STEPS, RefusedError, ReleasesStore
from flows.evaluation_request import (
    ANSWERED,
    YOUR_OWN,
    Act,
    Request,
    Step,
    no_answer_from,
)
from tests.cast import BO, KARIN, MONDAY_EVENING, MONDAY_MORNING

FIRST, LAST = "2026-01", "2026-03"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[ReleasesStore]:
    opened = await ReleasesStore.open(tmp_path / "releases.db")
    yield opened
    await opened.close()


def always(_: Request) -> str:
    return ""


async def ask(store: ReleasesStore, *, who: str = KARIN, at: datetime = MONDAY_MORNING) -> int:
    return await store.ask(FIRST, LAST, purpose="Tillsyn", receiver="Tillsynen", who=who, at=at)


async def take(store: ReleasesStore, number: int, act: Act, who: str) -> None:
    await store.take(number, Step(act, who, MONDAY_EVENING), unless=always)


async def test_a_new_store_holds_nothing(store: ReleasesStore) -> None:
    assert await store.released(FIRST, LAST) is None
    assert await store.requests() == []
    assert await store.request(1) is None


async def test_a_report_is_given_again_as_it_was_first_kept(store: ReleasesStore) -> None:
    first = {"contacts": 860, "groups": {"uses_violence": None, "all": "åäö"}}
    assert await store.keep(FIRST, LAST, first) == first
    assert await store.keep(FIRST, LAST, {"contacts": 865}) == first
    assert await store.released(FIRST, LAST) == first
    assert list((await store.released(FIRST, LAST) or {})["groups"]) == ["uses_violence", "all"]


async def test_other_months_have_a_report_of_their_own(store: ReleasesStore) -> None:
    await store.keep(FIRST, LAST, {"contacts": 860})
    assert await store.released(FIRST, "2026-12") is None


async def test_what_a_report_was_counted_from_stays_too(store: ReleasesStore) -> None:
    assert await store.freeze(FIRST, LAST, b"first") == b"first"
    assert await store.freeze(FIRST, LAST, b"second") == b"first"


async def test_a_request_tells_every_step_of_its_way(store: ReleasesStore) -> None:
    number = await ask(store)
    await take(store, number, "approved", BO)
    await take(store, number, "fetched", KARIN)
    steps = (
        Step("asked", KARIN, MONDAY_MORNING),
        Step("approved", BO, MONDAY_EVENING),
        Step("fetched", KARIN, MONDAY_EVENING),
    )
    request = Request(number, FIRST, LAST, "Tillsyn", "Tillsynen", steps)
    assert await store.requests() == [request]
    assert await store.request(number) == request


async def test_the_latest_request_comes_first(store: ReleasesStore) -> None:
    numbers = [await ask(store), await ask(store, who=BO)]
    assert [request.number for request in await store.requests()] == numbers[::-1]


async def test_a_refused_step_leaves_no_trace(store: ReleasesStore) -> None:
    number = await ask(store)
    before = await store.requests()
    with pytest.raises(RefusedError, match=YOUR_OWN):
        await store.take(
            number,
            Step("approved", KARIN, MONDAY_EVENING),
            unless=lambda request: no_answer_from(request, KARIN, MONDAY_EVENING),
        )
    assert await store.requests() == before


async def test_of_two_answers_at_once_one_is_refused(store: ReleasesStore) -> None:
    number = await ask(store)
    acts: tuple[Act, Act] = ("approved", "declined")
    answers = await asyncio.gather(
        *(
            store.take(
                number,
                Step(act, BO, MONDAY_EVENING),
                unless=lambda request: no_answer_from(request, BO, MONDAY_EVENING),
            )
            for act in acts
        ),
        return_exceptions=True,
    )
    assert [str(answer) for answer in answers if answer] == [ANSWERED]
    assert len((await store.requests())[0].steps) == 2


@pytest.mark.parametrize("act", ["approved", "declined"])
async def test_the_database_itself_lets_nobody_answer_their_own_request(
    store: ReleasesStore, act: Act
) -> None:
    number = await ask(store)
    with pytest.raises(StoreError):
        await take(store, number, act, KARIN)
    assert len((await store.requests())[0].steps) == 1


async def test_the_database_itself_lets_nobody_answer_twice(store: ReleasesStore) -> None:
    number = await ask(store)
    await take(store, number, "declined", BO)
    with pytest.raises(StoreError):
        await take(store, number, "approved", BO)


async def test_the_database_itself_lets_nobody_withdraw_the_request_of_another(
    store: ReleasesStore,
) -> None:
    number = await ask(store)
    with pytest.raises(StoreError):
        await take(store, number, "withdrawn", BO)
    await take(store, number, "withdrawn", KARIN)


async def test_what_was_approved_is_known_by_its_digest(store: ReleasesStore) -> None:
    number = await ask(store)
    await store.take(number, Step("approved", BO, MONDAY_EVENING, b"digest"), unless=always)
    found = await store.request(number)
    assert found
    assert found.answer == Step("approved", BO, MONDAY_EVENING, b"digest")


async def test_requests_of_an_earlier_schema_keep_their_steps(tmp_path: Path) -> None:
    path = tmp_path / "releases.db"
    connection = await connect(path, wal=False)
    await migrate(connection, STEPS[:1], copied=False)
    at = MONDAY_MORNING.isoformat()
    for sql, row in (
        ("INSERT INTO requests VALUES (7, ?, ?, 'Tillsyn', 'Tillsynen')", (FIRST, LAST)),
        ("INSERT INTO steps VALUES (3, 7, 'asked', ?, ?)", (KARIN, at)),
        ("INSERT INTO steps VALUES (4, 7, 'approved', ?, ?)", (BO, at)),
    ):
        await connection.execute_fetchall(sql, row)
    await connection.close()
    store = await ReleasesStore.open(path)
    [found] = await store.requests()
    await store.close()
    steps = Step("asked", KARIN, MONDAY_MORNING), Step("approved", BO, MONDAY_MORNING)
    assert (found.number, found.steps) == (7, steps)


async def test_what_another_store_let_out_is_added_once_and_no_request_is_answered_twice(
    store: ReleasesStore, tmp_path: Path
) -> None:
    other = await ReleasesStore.open(tmp_path / "other.db")
    for each in (store, other):
        await ask(each)
    await take(store, 1, "declined", BO)
    await take(other, 1, "approved", BO)
    await take(other, 1, "fetched", KARIN)
    await ask(other, at=MONDAY_EVENING)
    await other.keep(FIRST, LAST, {"contacts": 860})
    for _ in range(2):
        await store.take_over(other)
    await other.close()
    later, first = await store.requests()
    assert [step.act for step in first.steps] == ["asked", "declined", "fetched"]
    assert [step.at for step in later.steps] == [MONDAY_EVENING]
    assert await store.released(FIRST, LAST) == {"contacts": 860}


@pytest.mark.parametrize("table", ["releases", "counted", "requests", "steps"])
async def test_nothing_that_was_let_out_can_be_altered_or_removed(
    store: ReleasesStore, tmp_path: Path, table: str
) -> None:
    await store.keep(FIRST, LAST, {})
    await store.freeze(FIRST, LAST, b"x")
    await ask(store)
    with closing(sqlite3.connect(tmp_path / "releases.db", isolation_level=None)) as other:
        (column,) = other.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()  # noqa: S608 - a name of the test's own
        for sql in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):  # noqa: S608 - the same
            with pytest.raises(sqlite3.IntegrityError, match="what was let out is never"):
                other.execute(sql)


async def test_what_was_kept_is_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    for _ in range(2):
        store = await ReleasesStore.open(tmp_path / "releases.db")
        assert await store.keep(FIRST, LAST, {"contacts": 860}) == {"contacts": 860}
        await store.close()
