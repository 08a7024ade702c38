"""Nothing in the records store tells in which order people came: not the bytes of its file either.

Whoever could lay the order of the forms beside what they saw at the door, or beside the log of a
telephone exchange, would know whose form is whose.
"""

import json
import random
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from itertools import combinations, count
from pathlib import Path
from statistics import mean

import pytest

from bot.store.record_tables import FILE
from bot.store.records import RecordsStore
from flows.columns import unpacked
from tests.cast import ANNA

Ids = Callable[[], bytes]

Row = tuple[bytes, dict[str, str]]
"""A form and the id that it is filed under."""

MONTH = "2026-10"

STORES = 12
"""One small table strays by chance alone; so many together do not."""


def random_ids(seed: int) -> Ids:
    source = random.Random(seed)
    return lambda: source.randbytes(16)


def counting_ids(first: int) -> Ids:
    numbers = count(first)
    return lambda: next(numbers).to_bytes(16)


def form(number: int, *, more: str = "") -> dict[str, str]:
    # In the ages the order of the packed columns can be read, as that of the records in the notes.
    return {"period": MONTH, "age": f"{number:04}", "note": f"canary-{number:04}{more}"}


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[RecordsStore]:
    store = await RecordsStore.open(path)
    try:
        yield store
    finally:
        await store.close()


def bytes_in(folder: Path) -> bytes:
    """What a thief of the disk reads: the database, and whatever SQLite left beside it."""
    return b"".join(each.read_bytes() for each in sorted(folder.iterdir()))


def orders_in_bytes(content: bytes, marks: Sequence[bytes]) -> Iterator[list[int]]:
    """The numbers of the marks as they stand first, and as they stand last."""
    for find in (content.find, content.rfind):
        places = [find(mark) for mark in marks]
        assert min(places) >= 0
        yield sorted(range(len(marks)), key=places.__getitem__)


def orders_in_tables(path: Path) -> Iterator[list[int]]:
    """The numbers of the records as the table, the ids and the packed months give them."""
    with closing(sqlite3.connect(path)) as raw:
        for query in ("", "ORDER BY id"):
            rows = raw.execute(f"SELECT answers FROM contact_records {query}")  # noqa: S608 - above
            yield [int(json.loads(row[0])["note"][-4:]) for row in rows]
        for (block,) in raw.execute("SELECT block FROM months"):
            ages = unpacked(block)["age"]
            yield [int(ages.cells[number]) for number in ages.numbers]
            yield [int(cell) for cell in ages.cells]


def orders_in(path: Path, forms: int) -> list[list[int]]:
    marks = [f"canary-{number:04}".encode() for number in range(forms)]
    found = [*orders_in_tables(path), *orders_in_bytes(bytes_in(path.parent), marks)]
    assert all(sorted(order) == list(range(forms)) for order in found)
    return found


def concordance(order: Sequence[int]) -> float:
    """Which part of all pairs stands in the order of filing; 0.5 tells nothing."""
    pairs = [earlier < later for earlier, later in combinations(order, 2)]
    return sum(pairs) / len(pairs)


def concordances(orders: Sequence[Sequence[int]]) -> list[float]:
    return [concordance(order) for order in orders]


def tell_nothing(found: Sequence[Sequence[float]], *, leeway: float = 0.05) -> bool:
    """Whether no kind of order is, over all stores, nearer to that of filing than chance is."""
    return all(abs(mean(kind) - 0.5) <= leeway for kind in zip(*found, strict=True))


def folder(tmp_path: Path, number: int) -> Path:
    made = tmp_path / f"{number}"
    made.mkdir()
    return made / "records.db"


# waiting forms


async def filed(path: Path, rows: Sequence[Row]) -> bytes:
    async with opened(path) as store:
        for id, answers in rows:
            await store.file(id, answers, counsellor=ANNA)
        for id, answers in rows[::4]:
            assert await store.correct(id, ANNA, {**answers, "gender": "woman"})
    return bytes_in(path.parent)


async def test_the_bytes_of_the_file_do_not_tell_in_which_order_forms_were_filed(
    tmp_path: Path,
) -> None:
    found = []
    for seed in range(STORES):
        chance = random.Random(seed)
        forms = [form(n, more="x" * chance.randrange(200)) for n in range(12)]
        rows = [(chance.randbytes(16), each) for each in forms]
        content = await filed(folder(tmp_path, seed), rows)
        marks = [f"canary-{number:04}".encode() for number in range(12)]
        by_id = orders_in_bytes(content, [id for id, _ in rows])
        found.append(concordances([*orders_in_bytes(content, marks), *by_id]))
    assert tell_nothing(found, leeway=0.1)


async def test_the_same_dozen_forms_leave_the_same_file_in_whatever_order_they_were_filed(
    tmp_path: Path,
) -> None:
    chance = random.Random(1)
    rows = [(chance.randbytes(16), form(n)) for n in range(12)]
    corrected = rows[::4]
    others = [row for row in rows if row not in corrected]
    before = await filed(folder(tmp_path, 1), rows)
    chance.shuffle(others)
    mixed = [row for n in range(3) for row in (corrected[2 - n], *others[3 * n : 3 * n + 3])]
    assert mixed != rows
    assert await filed(folder(tmp_path, 2), mixed) == before


async def test_the_list_of_waiting_forms_stands_in_no_telling_order(tmp_path: Path) -> None:
    ids = random_ids(11)
    async with opened(tmp_path / "records.db") as store:
        for number in range(40):
            await store.file(ids(), form(number), counsellor=ANNA)
        order = [int(each.answers["age"]) for each in await store.waiting_of(ANNA)]
    assert 0.4 <= concordance(order) <= 0.6


# records


async def filled(path: Path, forms: int) -> None:
    """File forms one by one, as they came, without waiting for the disk each time."""
    ids = counting_ids(1)
    rows = [(ids(), MONTH, ANNA, json.dumps(form(number))) for number in range(forms)]
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(FILE, rows)


@pytest.mark.parametrize(("forms", "stores"), [(60, 12), (1_000, 1)])
@pytest.mark.parametrize("ids", [random_ids, counting_ids])
async def test_no_visible_order_of_the_records_tells_the_order_of_filing(
    tmp_path: Path, forms: int, stores: int, ids: Callable[[int], Ids]
) -> None:
    found = []
    for seed in range(stores):
        path = folder(tmp_path, seed)
        async with opened(path) as store:
            await filled(path, forms)
            # The drafts' keys count here, so that shuffle or new ids alone must hide the order.
            shuffle = random.Random(seed + 200).shuffle
            await store.publish(this_month="2026-11", ids=ids(seed + 100), shuffle=shuffle)
        found.append(concordances(orders_in(path, forms)))
    assert tell_nothing(found)


@pytest.mark.parametrize(("forms", "stores"), [(60, 12), (1_000, 1)])
async def test_no_visible_order_of_imported_records_tells_the_order_of_the_file(
    tmp_path: Path, forms: int, stores: int
) -> None:
    found = []
    for seed in range(stores):
        path = folder(tmp_path, seed)
        async with opened(path) as store:
            records = (form(number) for number in range(forms))
            await store.import_records(records, ids=random_ids(seed), digest=b"file")
        found.append(concordances(orders_in(path, forms)))
    assert tell_nothing(found)
