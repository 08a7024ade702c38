"""The check looks at everything the service needs, and leaves all of it as it is."""

import asyncio
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.check import LIVE
from bot.store import record_tables
from bot.store.live import LiveStore
from bot.store.migrations import open_store
from bot.store.staff import StaffStore
from tests.bot.commands import Run, go_to, runner


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[Path]:
    """A place in memory, not made yet."""
    folder = Path(f"/dev/shm/helpline-test-{os.getpid()}-{tmp_path.name}")  # noqa: S108 - memory
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def ran(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    keys: Path,
) -> Run:
    go_to(tmp_path, monkeypatch)
    monkeypatch.setenv("HELPLINE_RUNTIME_DIR", str(keys))
    return runner(capsys, "check", "--json")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


def faults(ran: Run) -> dict[str, str]:
    result = ran()
    found = {each["name"]: each["detail"] for each in json.loads(result.out) if not each["ok"]}
    assert result.status == (1 if found else 0)
    return found


def state(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Each file's mode, time and bytes."""
    return {
        path.name: (path.stat().st_mode, path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.iterdir()
    }


def no_keys(id: str) -> bytes:
    raise KeyError(id)


def test_an_empty_folder_stays_empty(ran: Run, data: Path, keys: Path) -> None:
    assert faults(ran) == {}
    assert list(data.iterdir()) == []
    assert not keys.exists()


async def fill(data: Path) -> None:
    """Leave a database with an older schema, one of today, and one whose log has gone."""
    older = await open_store(data / "records.db", record_tables.STEPS[:1])
    await older.close()
    await (await StaffStore.open(data / "staff.db")).close()
    await (await LiveStore.open(data / LIVE, no_keys)).close()
    (data / "staff.db").chmod(0o644)


def test_databases_of_any_age_are_looked_at_and_left_as_they_are(ran: Run, data: Path) -> None:
    asyncio.run(fill(data))
    before = state(data)
    assert faults(ran) == {}
    assert state(data) == before
    assert set(before) == {"records.db", "staff.db", LIVE}


def test_what_people_changed_in_the_directory_is_laid_over_it_elsewhere(
    ran: Run, data: Path
) -> None:
    (data / "directory.db").write_text("no database, but long enough to be looked at " * 10)
    before = state(data)
    assert faults(ran)["directory"].startswith("directory.db is not a database")
    assert state(data) == before


def test_a_change_that_was_cut_short_is_told_with_what_mends_it(ran: Run, data: Path) -> None:
    asyncio.run(fill(data))
    with closing(sqlite3.connect(data / "staff.db", isolation_level=None)) as database:
        database.execute("PRAGMA cache_size = 1")
        database.execute("BEGIN IMMEDIATE")
        rows = [(f"{n} {'x' * 3000}", "counsellor") for n in range(50)]
        database.executemany("INSERT INTO staff (name, role) VALUES (?, ?)", rows)
        there = state(data)
    for name in ("staff.db", "staff.db-journal"):
        (data / name).write_bytes(there[name][2])
    sentence = "staff.db was left in the midst of a change: start the service, which mends it."
    assert faults(ran) == {"schemas": sentence}


def test_a_folder_of_keys_that_others_may_look_into_is_told_and_left_so(
    ran: Run, keys: Path
) -> None:
    keys.mkdir()
    keys.chmod(0o755)
    assert faults(ran) == {"keys in memory": f"{keys} can be read by others: chmod 700 it."}
    assert keys.stat().st_mode & 0o777 == 0o755


def test_the_room_is_that_of_the_folder_itself(ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPLINE_DATA_DIR", "/sys")  # a volume of its own, which has no room
    assert faults(ran)["disk"] == "Only 0 MiB are free; make room for at least 200."


@pytest.mark.parametrize("host", ["203.0.113.1", "a..b"])
def test_an_address_that_is_not_this_machines_is_told_before_the_start(
    host: str, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPLINE_WEB_HOST", host)
    assert faults(ran) == {"listening address": f"{host} is not an address of this machine."}


def test_a_place_that_is_no_folder_is_told_in_a_sentence(
    ran: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("HELPLINE_DATA_DIR", str(tmp_path / "file"))
    assert faults(ran)["data folder"] == f"{tmp_path}/file is not a folder: choose another place."


def test_a_service_file_that_cannot_be_read_is_told_with_the_cause(
    ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPLINE_SERVICE_FILE", "nope.toml")
    cause = "The service file nope.toml cannot be read: No such file or directory."
    assert faults(ran) == {"service file": cause}
