import asyncio
import hashlib
import json
import shutil
import stat
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path

import pytest

from bot.backup import MANIFEST, BackupError, back_up
from bot.restore import read_manifest, restore
from bot.store import directory, record_tables, staff
from bot.store.connection import Connection, StoreError, connect, pragma
from bot.store.copies import clean_copy, schema_version
from bot.store.counts import CountsStore, HourCounts
from bot.store.migrations import migrate
from bot.store.staff import StaffStore
from tests.bot.data_folders import (
    DATABASES,
    NOTE,
    PASSWORD,
    TODAY,
    contents,
    fill,
    held,
    make_folder,
    opened,
    report,
)
from tests.bot.houses import open_house
from tests.campaigns.residue import ENCODINGS, hits
from tests.campaigns.test_residue import CANARIES, hold_conversation
from tests.cast import ANNA

DELETED = {
    "a corrected note": "Sidensvansen Ebba ringde om Öster",
    "a login": "Hämplingen Åke har en bricka",
    "an unpublished form": "Grönfinken Måns väntar på sin månad",
}


async def restored(backup: Path, folder: Path) -> Path:
    make_folder(folder)
    await restore(folder, backup, read_manifest(backup))
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with something in every database (data), made once, and its backup (backup)."""
    folder = tmp_path_factory.mktemp("made")

    async def make() -> None:
        token = await fill(folder / "data", password=PASSWORD)
        keep(folder / "token", token)
        await back_up(folder / "data", folder / "backup", today=TODAY)

    asyncio.run(make())
    return folder


def keep(path: Path, text: str) -> None:
    path.write_text(text)


async def test_a_restore_gives_an_equal_report_and_everything_else_that_was_there(
    made: Path, tmp_path: Path
) -> None:
    there = await restored(made / "backup", tmp_path / "elsewhere")
    assert await held(there) == await held(made / "data")
    assert await report(there) == await report(made / "data")
    assert ((await report(there)).contacts or 0) > 100


async def test_staff_can_log_in_after_a_restore_but_no_login_comes_back(
    made: Path, tmp_path: Path
) -> None:
    there = await restored(made / "backup", tmp_path / "elsewhere")
    assert await lets_in(made / "data", token_of(made)) == (True, True)
    assert await lets_in(there, token_of(made)) == (True, False)


async def lets_in(folder: Path, token: str) -> tuple[bool, bool]:
    """Whether the password is right, and whether the login is known."""
    staff = await StaffStore.open(folder / "staff.db")
    try:
        return await staff.is_let_in(ANNA, PASSWORD), await staff.session(token) is not None
    finally:
        await staff.close()


def token_of(made: Path) -> str:
    return (made / "token").read_text()


def test_no_byte_of_a_login_is_in_a_backup(made: Path) -> None:
    kept_of_it = hashlib.sha256(token_of(made).encode()).digest()
    assert kept_of_it in (made / "data" / "staff.db").read_bytes()
    assert kept_of_it not in (made / "backup" / "staff.db").read_bytes()


def test_who_filed_a_waiting_form_is_not_in_a_backup_but_the_form_is(made: Path) -> None:
    assert ANNA.encode() in (made / "data" / "records.db").read_bytes()
    kept = (made / "backup" / "records.db").read_bytes()
    assert NOTE.encode() in kept
    assert ANNA.encode() not in kept


def test_a_backup_is_for_nobody_else_and_says_what_it_holds(made: Path) -> None:
    backup = made / "backup"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in backup.iterdir()}
    assert modes == dict.fromkeys((*DATABASES, MANIFEST), 0o600)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    manifest = json.loads((backup / MANIFEST).read_text())
    assert manifest["day"] == TODAY.isoformat()
    assert manifest["files"]["staff.db"]["rows"] == {"staff": 1, "sessions": 0}
    assert manifest["files"]["records.db"]["rows"]["waiting"] == 1


async def test_a_database_that_was_never_made_is_left_out(tmp_path: Path) -> None:
    await (await StaffStore.open(tmp_path / "staff.db")).close()
    manifest = await back_up(tmp_path, tmp_path / "backup", today=TODAY)
    assert list(manifest.files) == ["staff.db"]


async def test_a_backup_changes_nothing_in_the_data_folder(made: Path, tmp_path: Path) -> None:
    before = contents(made / "data")
    await back_up(made / "data", tmp_path / "backup", today=TODAY)
    assert contents(made / "data") == before


async def test_what_is_written_during_a_backup_is_in_it_whole_or_not_at_all(
    made: Path, tmp_path: Path
) -> None:
    shutil.copytree(made / "data", tmp_path / "data")
    async with AsyncExitStack() as stack:
        stores = await opened(stack, tmp_path / "data")
        await stores.counts.replace(pair(0))
        has_written = asyncio.Event()
        writing = asyncio.create_task(count_pairs(stores.counts, has_written))
        await back_up(tmp_path / "data", tmp_path / "backup", today=TODAY)
        await has_written.wait()
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    there = await held(await restored(tmp_path / "backup", tmp_path / "elsewhere"))
    arrived, knocked = (
        {hour: n for (_, each, _, hour), n in there["hours"].items() if each == kind}
        for kind in ("arrived", "knocked")
    )
    assert arrived == knocked
    assert arrived


async def count_pairs(store: CountsStore, has_written: asyncio.Event) -> None:
    for number in count(1):
        await store.count(pair(number % 168))
        has_written.set()


def pair(hour: int) -> HourCounts:
    return {("2026-Q4", kind, "phone", hour): 1 for kind in ("arrived", "knocked")}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_scan_of_a_backup_finds_what_is_planted(tmp_path: Path, encoding: str) -> None:
    words = CANARIES | DELETED
    for number, word in enumerate(words.values()):
        (tmp_path / f"{number}.db").write_bytes(b"SQLite" + ENCODINGS[encoding](word) + b"\0")
    found = set(hits(tmp_path, words))
    assert {f"{name} as {encoding}" for name in words} <= {hit.split(" in ")[0] for hit in found}


async def test_no_open_conversation_draft_or_deleted_row_is_in_a_backup(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    async with open_house(data) as house:
        await hold_conversation(house, erase=False)
        await leave_deleted_rows(data)
        await back_up(data, tmp_path / "backup", today=TODAY)
        assert {path.name for path in (tmp_path / "backup").iterdir()} <= {*DATABASES, MANIFEST}
        assert list(hits(tmp_path / "backup", CANARIES | DELETED)) == []
        kept = b"".join(contents(tmp_path / "backup").values())
        keys = [path.read_bytes() for path in (data / "keys").iterdir()]
        assert keys
        assert not [key for key in keys if key in kept]


async def leave_deleted_rows(data: Path) -> None:
    """Rows that stand in the files' free pages, as where SQLite was not told to erase them."""
    await (await StaffStore.open(data / "staff.db")).close()
    for name in ("records.db", "staff.db"):
        connection = await connect(data / name, wal=False)
        await connection.execute_fetchall("PRAGMA secure_delete = OFF")
        await connection.execute_fetchall("CREATE TABLE passing (words TEXT)")
        for word in DELETED.values():
            await connection.execute_fetchall("INSERT INTO passing VALUES (?)", (word * 9,))
        await connection.execute_fetchall("DROP TABLE passing")
        await connection.close()
    assert len(set(hits(data, DELETED))) >= 2 * len(DELETED)


async def test_what_a_copy_forgets_leaves_no_free_page_in_it(tmp_path: Path) -> None:
    steps = ["CREATE TABLE logins (text TEXT); CREATE TABLE other (text TEXT)"]
    async with opened_at(tmp_path / "a.db", steps) as connection:
        words = [("a login" * 50,)] * 500
        await connection.write([("INSERT INTO logins VALUES (?)", words)])
    forgotten = ["DELETE FROM logins"]
    copied = await clean_copy(
        tmp_path / "a.db", tmp_path / "b.db", steps=steps, forgotten=forgotten
    )
    assert copied.rows == {"logins": 0, "other": 0}
    async with opened_at(tmp_path / "b.db", steps) as connection:
        assert await pragma(connection, "freelist_count") == 0


async def test_an_older_database_is_upgraded_in_the_backup_only(tmp_path: Path) -> None:
    async with opened_at(tmp_path / "records.db", record_tables.STEPS[:1]):
        """Made by the first version."""
    manifest = await back_up(tmp_path, tmp_path / "backup", today=TODAY)
    assert manifest.files["records.db"].version == len(record_tables.STEPS)
    assert schema_version(tmp_path / "records.db", known=1) == 1
    assert set(contents(tmp_path)) == {"records.db", "backup/records.db", f"backup/{MANIFEST}"}


async def test_a_backup_of_a_directory_without_countings_can_be_restored(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "data")
    async with opened_at(folder / "directory.db", directory.STEPS[:1]) as connection:
        await connection.execute_fetchall("DROP TABLE countings")
    await back_up(folder, tmp_path / "backup", today=TODAY)
    there = await restored(tmp_path / "backup", tmp_path / "elsewhere")
    assert schema_version(there / "directory.db", known=2) == 2


async def test_a_backup_that_would_not_be_taken_back_is_not_made(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "data")
    async with opened_at(folder / "staff.db", staff.STEPS) as connection:
        await connection.execute_fetchall("DROP VIEW members")
    with pytest.raises(StoreError, match=r"staff\.db does not have the tables that it should have"):
        await back_up(folder, tmp_path / "backup", today=TODAY)
    assert list((tmp_path / "backup").iterdir()) == []


@asynccontextmanager
async def opened_at(path: Path, steps: Sequence[str]) -> AsyncIterator[Connection]:
    connection = await connect(path, wal=False)
    try:
        await migrate(connection, steps)
        yield connection
    finally:
        await connection.close()


def test_only_a_new_or_empty_folder_takes_a_backup(made: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    backup.mkdir(mode=0o755)
    asyncio.run(back_up(made / "data", backup, today=TODAY))
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    before = contents(backup)
    with pytest.raises(BackupError, match="is not empty: name a new folder"):
        asyncio.run(back_up(made / "data", backup, today=TODAY))
    assert contents(backup) == before


async def test_a_folder_that_cannot_be_made_is_said(made: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="missing/backup cannot be used: No such file"):
        await back_up(made / "data", tmp_path / "missing" / "backup", today=TODAY)


def test_a_folder_with_nothing_to_back_up_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="nothing to back up"):
        asyncio.run(back_up(tmp_path, tmp_path / "backup", today=TODAY))
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_fails_half_way_leaves_the_folder_empty(made: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(made / "data", tmp_path / "data"))
    (data / "staff.db").write_bytes(b"a letter to somebody " * 400)
    with pytest.raises(StoreError, match=r"staff\.db is not a database"):
        asyncio.run(back_up(data, tmp_path / "backup", today=TODAY))
    assert list((tmp_path / "backup").iterdir()) == []
