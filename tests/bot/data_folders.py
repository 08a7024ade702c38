"""A data folder with something in every database, as a service leaves it, and what it holds."""

import asyncio
import random
from collections.abc import Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from bot.backup import back_up
from bot.catalogue import FILE
from bot.invented import invent
from bot.resources import read_form
from bot.restore import read_manifest, restore
from bot.store.counts import CountsStore
from bot.store.directory import DirectoryStore
from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from bot.store.staff import StaffStore
from directory.edits import Edit
from flows.internal_report import internal
from flows.report import Report
from tests.cast import ANNA, BO, KARIN, MONDAY_MORNING
from tests.directory.entries import a_service

DATABASES = ("records.db", "staff.db", FILE, "counts.db", "releases.db")
PASSWORD = "ett långt lösenord"
MONTHS = ("2026-08", "2026-09")
TODAY = MONDAY_MORNING.date()
NOTE = "Sextiotre svalor på en tråd"


@dataclass(frozen=True, slots=True)
class Stores:
    records: RecordsStore
    staff: StaffStore
    directory: DirectoryStore
    counts: CountsStore
    releases: ReleasesStore


async def opened(stack: AsyncExitStack, folder: Path) -> Stores:
    stores = Stores(
        await RecordsStore.open(folder / "records.db"),
        await StaffStore.open(folder / "staff.db"),
        await DirectoryStore.open(folder / FILE),
        await CountsStore.open(folder / "counts.db"),
        await ReleasesStore.open(folder / "releases.db"),
    )
    for name in Stores.__dataclass_fields__:
        stack.push_async_callback(getattr(stores, name).close)
    return stores


def make_folder(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


async def make_two(folder: Path) -> None:
    """Fill two data folders with nothing in common, `first` and `data`; back up the first."""
    await fill(folder / "first", seed=1)
    await fill(folder / "data", seed=2, member=BO)
    await back_up(folder / "first", folder / "backup", today=TODAY)


def put_back(data: Path, backup: Path) -> Path | None:
    return asyncio.run(restore(data, backup, read_manifest(backup)))


async def fill(folder: Path, *, seed: int = 1, member: str = ANNA, password: str = "") -> str:
    """Put something in each database; gives the token of somebody's login."""
    make_folder(folder)
    async with AsyncExitStack() as stack:
        stores = await opened(stack, folder)
        await fill_records(stores.records, seed)
        await stores.staff.add(member, "counsellor")
        if password:
            await stores.staff.set_password(member, password)
        edits = [Edit(None, a_service(name=f"Kriscentrum {seed}"))]
        await stores.directory.add(edits, who=KARIN, why="edited", at=MONDAY_MORNING)
        await stores.directory.count_lookups({("2026-10", "12"): seed})
        await stores.counts.count({("2026-Q4", "arrived", "web", 10): seed})
        await stores.releases.keep("2026-07", "2026-09", {"contacts": seed})
        return await stores.staff.begin_session(member, confirmed=True)


async def fill_records(store: RecordsStore, seed: int) -> None:
    chance, numbers = random.Random(seed), count(1)
    records = invent(read_form(), months=MONTHS, chance=chance, services=["kriscentrum-malmo"])
    await store.import_invented(records, ids=lambda: next(numbers).to_bytes(16))
    waiting = {"period": "2026-10", "channel": "phone", "note": NOTE}
    await store.file(b"the key of a draft", waiting, counsellor=ANNA)


async def held(folder: Path) -> dict[str, Any]:
    """What matters of all that a data folder holds, without what only tells the order."""
    async with AsyncExitStack() as stack:
        stores = await opened(stack, folder)
        return {
            "records": sorted(map(_line, await stores.records.records(first="0", last="9"))),
            "waiting": await stores.records.waiting_count(),
            "staff": await stores.staff.list(),
            "edits": await stores.directory.edits(),
            "look-ups": await stores.directory.lookups("0", "9"),
            "hours": await stores.counts.hours("0", "9"),
            "release": await stores.releases.released("2026-07", "2026-09"),
        }


async def report(folder: Path) -> Report:
    """The internal report of all the records that a data folder holds."""
    store = await RecordsStore.open(folder / "records.db")
    try:
        columns = await store.columns(*MONTHS)
    finally:
        await store.close()
    return internal(read_form(), columns, first=MONTHS[0], last=MONTHS[1])


def contents(folder: Path, *, without: Iterable[str] = ("helpline.lock",)) -> dict[str, bytes]:
    """Every file below a folder, byte by byte."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in without)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def _line(record: dict[str, str]) -> str:
    return repr(sorted(record.items()))
