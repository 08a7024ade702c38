"""A restore that is killed anywhere leaves the old or the new, whole."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.app import open_house
from bot.backup import MANIFEST, back_up
from bot.lock import only_instance
from bot.restore import FORMER, STAGING, finish
from bot.settings import Settings
from bot.store.connection import UNFINISHED, StoreError
from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from tests.bot.data_folders import DATABASES, TODAY, contents, held, make_two, put_back
from tests.bot.houses import line
from tests.cast import ANNA

ACTS = frozenset({"os.rename", "os.mkdir", "os.rmdir"})
"""What Python does to the names of files and folders, as its audit hooks call it."""

KILLED = -signal.SIGKILL


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a full house (backup), another house (data), and that one restored, made once."""
    folder = tmp_path_factory.mktemp("made")
    asyncio.run(make_two(folder))
    asyncio.run(let_out(folder / "data"))
    shutil.copytree(folder / "data", folder / "restored")
    put_back(folder / "restored", folder / "backup")
    return folder


async def let_out(data: Path) -> None:
    """Release a quarter that is not in the backup."""
    store = await ReleasesStore.open(data / "releases.db")
    await store.keep("2026-04", "2026-06", {"contacts": 100})
    await store.close()


async def is_let_out(data: Path) -> bool:
    store = await ReleasesStore.open(data / "releases.db")
    found = await store.released("2026-04", "2026-06")
    await store.close()
    return found == {"contacts": 100}


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "data", tmp_path / "data"))


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "backup", tmp_path / "backup"))


def ends_as(
    work: Callable[[], object], *, at: int, after: Callable[[], bool] = lambda: True
) -> int:
    """Do the work in a process of its own that is killed before its act number `at`.

    Acts are counted from when `after` holds.
    """
    child = os.fork()
    if child == 0:
        left = iter(range(at))

        def watch(event: str, _: tuple[object, ...]) -> None:
            if event in ACTS and after() and next(left, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)  # whatever was raised: the tests go on in the parent alone
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill_after_decision(data: Path, backup: Path) -> None:
    """A renaming decides; the process dies before the next one."""
    is_decided = (data / UNFINISHED).exists
    assert ends_as(partial(put_back, data, backup), at=0, after=is_decided) == KILLED
    assert is_decided()


def state(folder: Path) -> dict[str, bytes | None]:
    paths = {name: folder / name for name in DATABASES}
    return {name: path.read_bytes() if path.exists() else None for name, path in paths.items()}


def test_a_restore_that_is_killed_anywhere_leaves_the_old_or_the_new_whole(
    made: Path, backup: Path, tmp_path: Path
) -> None:
    old, new = state(made / "data"), state(made / "restored")
    assert all(old[name] != new[name] for name in DATABASES)
    seen, at, status = list[bool](), 0, KILLED
    while status == KILLED:
        data = Path(shutil.copytree(made / "data", tmp_path / f"data-{at}"))
        status = ends_as(partial(put_back, data, backup), at=at)
        with only_instance(data):
            finish(data)  # as the service does when it starts
        assert state(data) in (old, new)
        assert not {STAGING, UNFINISHED} & {path.name for path in data.iterdir()}
        seen.append(state(data) == new)
        if seen[-1]:
            assert contents(data / f"{FORMER}-1", without=[MANIFEST]) == contents(made / "data")
        at += 1
    assert status == 0
    assert seen == sorted(seen), "once it is decided on, it is carried through"
    assert seen.count(False) > 1
    assert seen.count(True) > 2 * len(DATABASES)


def test_finishing_may_be_killed_as_well(
    made: Path, data: Path, backup: Path, tmp_path: Path
) -> None:
    new, at, status = state(made / "restored"), 0, KILLED
    kill_after_decision(data, backup)
    while status == KILLED:
        half = Path(shutil.copytree(data, tmp_path / f"half-{at}"))
        status = ends_as(partial(finish, half), at=at)
        finish(half)
        assert state(half) == new
        at += 1
    assert at > len(DATABASES)


def test_what_was_let_out_stays_though_the_backup_has_nothing_of_it_and_finishing_is_killed(
    made: Path, data: Path, tmp_path: Path
) -> None:
    first, bare = Path(shutil.copytree(made / "first", tmp_path / "first")), tmp_path / "bare"
    (first / "releases.db").unlink()
    asyncio.run(back_up(first, bare, today=TODAY))
    kill_after_decision(data, bare)
    at, status = 0, KILLED
    while status == KILLED:
        half = Path(shutil.copytree(data, tmp_path / f"half-{at}"))
        status = ends_as(partial(finish, half), at=at)
        finish(half)
        assert asyncio.run(is_let_out(half))
        at += 1
    assert at > len(DATABASES)


def test_no_database_is_opened_between_the_old_and_the_new(data: Path, backup: Path) -> None:
    kill_after_decision(data, backup)
    with pytest.raises(StoreError, match="was cut short: start the service, which finishes it"):
        asyncio.run(RecordsStore.open(data / "records.db"))
    finish(data)
    assert asyncio.run(held(data))["hours"] == {("2026-Q4", "arrived", "web", 10): 1}


def test_the_service_carries_a_restore_through_when_it_starts(
    data: Path, backup: Path, tmp_path: Path
) -> None:
    kill_after_decision(data, backup)

    async def start() -> list[str]:
        settings = Settings(data_dir=data, runtime_dir=tmp_path / "keys")
        async with open_house(settings, line()) as (_, stores, _):
            return [member.name for member in await stores.staff.list()]

    assert asyncio.run(start()) == [ANNA]
