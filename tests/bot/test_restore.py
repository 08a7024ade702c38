"""A restore puts back what was backed up, and refuses everything else before it changes a thing."""

import asyncio
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.backup import KEPT, MANIFEST, BackupError, back_up
from bot.lock import LockError, only_instance
from bot.restore import FORMER, LONGEST_MANIFEST
from bot.store import record_tables
from bot.store.releases import ReleasesStore
from flows.evaluation_request import Step
from tests.bot.data_folders import DATABASES, TODAY, contents, held, make_two, put_back
from tests.cast import BO, KARIN, MONDAY_EVENING, MONDAY_MORNING

QUARTER = ("2026-04", "2026-06")

FIRST_TABLES = ("waiting", "contact_records")
"""Of the records, in the first version."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a full house (backup), and another house (data), made once."""
    folder = tmp_path_factory.mktemp("made")
    asyncio.run(make_two(folder))
    return folder


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "data", tmp_path / "data"))


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "backup", tmp_path / "backup"))


def refused(data: Path, backup: Path, sentence: str) -> None:
    before = contents(data)
    with pytest.raises(BackupError, match=sentence):
        put_back(data, backup)  # what would make it wait for ever meets the bound of every test
    assert contents(data) == before


def rewrite_manifest(backup: Path, change: Callable[[dict[str, Any]], object]) -> None:
    manifest = json.loads((backup / MANIFEST).read_text())
    change(manifest)
    (backup / MANIFEST).write_text(json.dumps(manifest))


def make_fit(backup: Path, name: str, **more: Any) -> None:
    """Change the manifest after a file was changed, as somebody would who knows how."""
    content = (backup / name).read_bytes()
    facts = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), **more}
    rewrite_manifest(backup, lambda manifest: manifest["files"][name].update(facts))


def alter(backup: Path, name: str, sql: str, **more: Any) -> None:
    with closing(sqlite3.connect(backup / name)) as connection:
        connection.executescript(sql)
    make_fit(backup, name, **more)


async def let_out(data: Path) -> dict[str, object]:
    """Release a quarter, approve one request and ask anew; gives all that was let out."""
    store = await ReleasesStore.open(data / "releases.db")
    await store.keep(*QUARTER, {"contacts": 100})
    await store.freeze(*QUARTER, b"what it was counted from")
    for who in (KARIN, BO):
        await store.ask(
            *QUARTER, purpose="Tillsyn", receiver="Tillsynen", who=who, at=MONDAY_MORNING
        )
    approved = Step("approved", BO, MONDAY_EVENING, b"digest")
    await store.take(1, approved, unless=lambda _: "")
    await store.close()
    return await all_let_out(data)


async def all_let_out(data: Path) -> dict[str, object]:
    store = await ReleasesStore.open(data / "releases.db")
    found: dict[str, object] = {
        "report": await store.released(*QUARTER),
        "frozen": await store.freeze(*QUARTER, b"frozen anew"),
        "requests": await store.requests(),
    }
    await store.close()
    return found


async def released_again(data: Path) -> dict[str, object]:
    """Make the same report of other records; gives the one that is kept."""
    store = await ReleasesStore.open(data / "releases.db")
    kept = await store.keep(*QUARTER, {"contacts": 105})
    await store.close()
    return kept


# what is replaced, and what is not


def test_what_was_there_before_is_kept_beside_each_time(data: Path, backup: Path) -> None:
    before = contents(data)
    assert put_back(data, backup) == data / f"{FORMER}-1"
    kept = contents(data / f"{FORMER}-1", without=[MANIFEST])
    assert kept == before
    assert put_back(data, backup) == data / f"{FORMER}-2"
    assert contents(data / f"{FORMER}-1", without=[MANIFEST]) == before


def test_a_database_that_the_backup_has_not_is_put_away_too(data: Path, backup: Path) -> None:
    (backup / "counts.db").unlink()
    rewrite_manifest(backup, lambda manifest: manifest["files"].pop("counts.db"))
    put_back(data, backup)
    assert not (data / "counts.db").exists()
    assert (data / f"{FORMER}-1" / "counts.db").exists()


def test_what_was_let_out_since_the_backup_is_never_let_out_again_otherwise(
    data: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "own backup"
    asyncio.run(back_up(data, backup, today=TODAY))
    before = asyncio.run(let_out(data))
    put_back(data, backup)
    assert asyncio.run(all_let_out(data)) == before
    assert asyncio.run(released_again(data)) == {"contacts": 100}
    assert not list(data.glob("releases.db.before-*"))


def test_what_was_let_out_is_kept_beside_what_another_backup_has(data: Path, backup: Path) -> None:
    asyncio.run(let_out(data))
    put_back(data, backup)
    assert asyncio.run(held(data))["release"] == {"contacts": 1}
    assert asyncio.run(released_again(data)) == {"contacts": 100}


def test_what_was_let_out_is_kept_also_when_the_backup_knows_of_no_release(
    data: Path, backup: Path
) -> None:
    (backup / "releases.db").unlink()
    rewrite_manifest(backup, lambda manifest: manifest["files"].pop("releases.db"))
    before = asyncio.run(let_out(data))
    put_back(data, backup)
    assert asyncio.run(all_let_out(data)) == before


def test_releases_that_cannot_be_read_are_not_forgotten_unless_somebody_moves_them_away(
    data: Path, backup: Path
) -> None:
    (data / "releases.db").write_bytes(b"a letter to somebody " * 400)
    refused(data, backup, "must not be let out again otherwise, and cannot be read: releases.db is")
    (data / "releases.db").rename(data / "moved.db")
    put_back(data, backup)
    assert asyncio.run(held(data))["release"] == {"contacts": 1}


def test_an_old_journal_is_never_played_back_into_what_was_restored(
    data: Path, backup: Path
) -> None:
    (data / "records.db-journal").write_bytes(b"what was begun before")
    put_back(data, backup)
    assert not (data / "records.db-journal").exists()
    assert (data / f"{FORMER}-1" / "records.db-journal").exists()


def test_open_conversations_and_everything_else_there_are_left_alone(
    data: Path, backup: Path
) -> None:
    others = {"live.db": b"sealed", "live.db-wal": b"sealed too", "notes.txt": b"the operator's"}
    for name, content in others.items():
        (data / name).write_bytes(content)
    put_back(data, backup)
    assert {name: (data / name).read_bytes() for name in others} == others


def test_a_restore_is_refused_while_the_service_runs(data: Path, backup: Path) -> None:
    before = contents(data)
    with only_instance(data), pytest.raises(LockError, match="already running"):
        put_back(data, backup)
    assert contents(data) == before


def test_a_backup_of_an_earlier_version_is_restored_and_upgraded_at_the_next_start(
    data: Path, backup: Path
) -> None:
    (backup / "records.db").unlink()
    first_version = f"{record_tables.STEPS[0]}; PRAGMA user_version = 1"
    alter(backup, "records.db", first_version, version=1, rows=dict.fromkeys(FIRST_TABLES, 0))
    put_back(data, backup)
    assert asyncio.run(held(data))["records"] == []


# backups that are not whole


def test_a_folder_without_manifest_is_no_backup(data: Path, backup: Path) -> None:
    (backup / MANIFEST).unlink()
    refused(data, backup, r"manifest\.json cannot be read \(No such file")


@pytest.mark.parametrize("name", DATABASES)
def test_a_missing_file_is_refused(data: Path, backup: Path, name: str) -> None:
    (backup / name).unlink()
    refused(data, backup, rf"{name} cannot be read \(No such file")


@pytest.mark.parametrize("name", DATABASES)
def test_one_changed_bit_is_refused(data: Path, backup: Path, name: str) -> None:
    content = bytearray((backup / name).read_bytes())
    content[len(content) // 2] ^= 1
    (backup / name).write_bytes(content)
    refused(data, backup, f"{name} is not as it was backed up")


@pytest.mark.parametrize("left", [0, 1, 100, 4096, 5000])
def test_a_truncated_file_is_refused_whatever_the_manifest_says(
    data: Path, backup: Path, left: int
) -> None:
    os.truncate(backup / "records.db", left)
    refused(data, backup, "records.db is not as it was backed up")
    make_fit(backup, "records.db")
    refused(data, backup, "cannot be restored: records.db|is not as it was backed up")


def test_a_database_that_the_manifest_does_not_name_is_refused(data: Path, backup: Path) -> None:
    rewrite_manifest(backup, lambda manifest: manifest["files"].pop("staff.db"))
    refused(data, backup, "staff.db is not as it was backed up")


def test_rows_that_the_manifest_does_not_count_are_refused(data: Path, backup: Path) -> None:
    alter(backup, "counts.db", "DELETE FROM hours")
    refused(data, backup, "counts.db is not as it was backed up")


def test_a_newer_database_is_refused_with_both_versions(data: Path, backup: Path) -> None:
    newer = len(KEPT["staff.db"].steps) + 1
    alter(backup, "staff.db", f"PRAGMA user_version = {newer}", version=newer)
    refused(data, backup, rf"staff.db was written by a newer version .*\(schema {newer}, this one")


def test_a_damaged_database_is_refused_whatever_the_manifest_says(data: Path, backup: Path) -> None:
    content = bytearray((backup / "directory.db").read_bytes())
    content[4096:8192] = bytes(4096)
    (backup / "directory.db").write_bytes(content)
    make_fit(backup, "directory.db")
    refused(data, backup, "directory.db is damaged")


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER spying AFTER INSERT ON waiting BEGIN DELETE FROM waiting; END",
        "CREATE VIEW endless AS WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 2 FROM n) SELECT 1",
        "CREATE TABLE spoils (words TEXT)",
        "CREATE VIRTUAL TABLE spoils USING fts5(words)",
        "DROP INDEX contact_records_by_period",
    ],
)
def test_a_database_with_a_schema_of_somebody_elses_is_refused(
    data: Path, backup: Path, sql: str
) -> None:
    alter(backup, "records.db", sql)
    refused(data, backup, "records.db does not have the tables")


# what is no backup at all


@pytest.mark.parametrize("name", [MANIFEST, *DATABASES])
def test_a_link_pipe_or_folder_is_never_read(data: Path, backup: Path, name: str) -> None:
    elsewhere = backup.parent / name
    (backup / name).rename(elsewhere)
    for make in (
        partial((backup / name).symlink_to, elsewhere),
        partial((backup / name).symlink_to, "/dev/zero"),
        partial((backup / name).symlink_to, name),
        partial(os.mkfifo, backup / name),
    ):
        make()
        refused(data, backup, rf"{name} (cannot be read|is not an ordinary file)")
        (backup / name).unlink()
    (backup / name).mkdir()
    refused(data, backup, rf"{name} is not an ordinary file")


def test_what_is_no_database_is_refused_whatever_the_manifest_says(
    data: Path, backup: Path
) -> None:
    (backup / "staff.db").write_bytes(b"a letter to somebody " * 400)
    make_fit(backup, "staff.db")
    refused(data, backup, "staff.db is not a database")


@pytest.mark.parametrize("name", ["../staff.db", "/etc/passwd", "live.db", "staff.db/", "", "a\0b"])
def test_a_manifest_names_only_what_we_back_up(data: Path, backup: Path, name: str) -> None:
    def rename(manifest: dict[str, Any]) -> None:
        manifest["files"][name] = manifest["files"].pop("staff.db")

    rewrite_manifest(backup, rename)
    refused(data, backup, "is not a manifest of ours")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"{}",
        b'{"program": "1", "day": "2026-11-22", "files": {}}',
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"files":' * 7_000,
        json.dumps({"program": "x" * 10_000_000}).encode(),
        b" " * 10_000_000,
    ],
    ids=["empty", "null", "bare", "no files", "no text", "deep", "nested", "long", "blank"],
)
def test_what_is_no_manifest_is_refused(data: Path, backup: Path, text: bytes) -> None:
    (backup / MANIFEST).write_bytes(text)
    refused(data, backup, "is not a manifest of ours")


def test_a_manifest_is_read_no_further_than_ours_are_long(data: Path, backup: Path) -> None:
    rewrite_manifest(backup, lambda manifest: manifest.update(program="1" * LONGEST_MANIFEST))
    refused(data, backup, "is not a manifest of ours")


@pytest.mark.parametrize("size", [-1, 10**30, "12288", None, 12288.5, True])
def test_a_size_that_is_none_is_refused(data: Path, backup: Path, size: object) -> None:
    rewrite_manifest(backup, lambda manifest: manifest["files"]["staff.db"].update(size=size))
    refused(data, backup, "is not a manifest of ours|no room")


def test_a_file_of_terabytes_that_are_not_there_is_refused(data: Path, backup: Path) -> None:
    os.truncate(backup / "records.db", 1 << 42)
    rewrite_manifest(backup, lambda said: said["files"]["records.db"].update(size=1 << 42))
    refused(data, backup, "no room")
