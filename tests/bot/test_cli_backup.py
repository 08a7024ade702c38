"""`helpline backup` and `restore`: what they print, how they end."""

import asyncio
import shutil
import stat
from pathlib import Path

import pytest

from bot.lock import only_instance
from bot.store.connection import UNFINISHED
from bot.store.staff import StaffStore
from tests.bot.commands import Ran, Run, go_to, runner
from tests.cast import ANNA, BO


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder with one member of staff."""
    go_to(tmp_path, monkeypatch)
    (tmp_path / "data").mkdir(mode=0o700)
    add(ANNA)


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def add(name: str) -> None:
    async def write() -> None:
        store = await StaffStore.open(Path("data/staff.db"))
        await store.add(name, "counsellor")
        await store.close()

    asyncio.run(write())


def staff(ran: Run) -> list[str]:
    return [line.split()[0] for line in ran("staff", "list").out.splitlines()]


def test_what_was_backed_up_comes_back_and_is_counted_aloud(ran: Run) -> None:
    backed_up = ran("backup", "copy")
    assert backed_up == Ran(0, "Backed up to copy: staff.db (rows: 1).\n", "")
    shutil.rmtree("data")
    restored = ran("restore", "copy")
    assert (restored.status, restored.err) == (0, "")
    assert restored.out.startswith("Restored the backup of ")
    assert restored.out.endswith(": staff.db (rows: 1).\n")
    assert staff(ran) == [ANNA]
    assert stat.S_IMODE(Path("data").stat().st_mode) == 0o700


def test_what_was_there_is_replaced_and_it_is_said_where_it_is_kept(ran: Run) -> None:
    ran("backup", "copy")
    add(BO)
    restored = ran("restore", "copy")
    assert restored.status == 0
    assert "kept in data/before-restore-1 for a week" in restored.out
    assert staff(ran) == [ANNA]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["backup", "data"], "is not empty: name a new folder"),
        (["backup", "data/staff.db"], "cannot be used"),
        (["restore", "nowhere"], "cannot be read"),
        (["restore", "data"], "manifest.json cannot be read"),
        (["backup"], "Missing argument"),
    ],
)
def test_wrong_use_is_one_sentence(ran: Run, arguments: list[str], sentence: str) -> None:
    answer = ran(*arguments)
    assert (answer.status, answer.out) == (2, "")
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert staff(ran) == [ANNA]


def test_a_backup_may_be_made_while_the_service_runs_but_nothing_restored(ran: Run) -> None:
    with only_instance(Path("data")):
        assert ran("backup", "copy").status == 0
        refused = ran("restore", "copy")
    assert refused.status == 2
    assert "already running" in refused.err


def test_a_wrong_folder_makes_no_data_folder(ran: Run) -> None:
    shutil.rmtree("data")
    assert ran("restore", "nowhere").status == 2
    assert not Path("data").exists()


def test_a_restore_that_was_cut_short_is_said_and_finished_by_the_next(ran: Run) -> None:
    ran("backup", "copy")
    (Path("data") / UNFINISHED / "new").mkdir(parents=True)
    shutil.copy("copy/manifest.json", Path("data") / UNFINISHED)
    shutil.copy("copy/staff.db", Path("data") / UNFINISHED / "new")
    add_refused = ran("staff", "list")
    assert add_refused.status == 2
    assert "cut short: start the service" in add_refused.err
    assert ran("restore", "copy").status == 0
    assert staff(ran) == [ANNA]


def test_check_says_which_schema_each_database_has(ran: Run) -> None:
    found = ran("check").out
    assert "schemas: staff.db 1" in found
