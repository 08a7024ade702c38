"""Putting a backup in the place of what the data folder holds: all of it, or nothing.

Everything is copied into a folder inside the data folder and looked through there. One rename of
that folder then decides: before it nothing has changed, after it the restore is carried through,
if need be at the next start, and until then no database there is opened. Open conversations (the
live store and their keys) are not touched.

What was let out of the house cannot be taken back by a restore: the public reports and evaluation
requests that are there now are added to those of the backup.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from bot.backup import KEPT, MANIFEST, BackupError, Copy, Manifest, Name, write_private
from bot.lock import only_instance
from bot.store import releases
from bot.store.connection import PRIVATE, UNFINISHED, StoreError, sync
from bot.store.copies import clean_copy, looked_through
from bot.store.releases import ReleasesStore

STAGING = "restore.part"
"""Where a backup is looked through; UNFINISHED is its name from when it is decided on."""

RELEASES: Name = "releases.db"
JOINED, PRESENT = "joined.db", "present.db"
"""What was let out as the backup has it, and as the data folder has it now."""

NEW = "new"
FORMER = "before-restore"

LONGEST_MANIFEST = 64 * 1024
"""Bytes; what is longer is not read to its end, and then it is no JSON."""

CHUNK = 1024 * 1024
"""Bytes read at a time."""

BESIDE = ("-journal", "-wal", "-shm", "")
"""What SQLite puts beside a database; an old journal would be played back into a new one."""


def read_manifest(source: Path) -> Manifest:
    """Read what a backup says of itself; BackupError when it is none of ours."""
    with _ordinary_file(source / MANIFEST) as file:
        text = file.read(LONGEST_MANIFEST)
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError:
        raise BackupError(f"{source / MANIFEST} is not a manifest of ours.") from None
    for name in KEPT.keys() - manifest.files.keys():
        _refuse_edited(source / name, is_same=not os.path.lexists(source / name))
    return manifest


async def restore(folder: Path, source: Path, manifest: Manifest) -> Path | None:
    """Put the backup in `source` into the data folder; give the folder where the former now is.

    None when there was nothing. Raises BackupError when the backup is not as its manifest says,
    LockError while the service runs; then nothing has changed.
    """
    with only_instance(folder):
        finish(folder)
        await _stage(folder / STAGING, source, manifest)
        (folder / STAGING).rename(folder / UNFINISHED)
        sync(folder)
        return finish(folder)


def finish(folder: Path) -> Path | None:
    """Carry through a restore that was cut short after it was decided on; undo one before.

    Whoever calls holds the folder. Gives the folder where the former databases now are, if any.
    """
    try:
        return _finish(folder)
    except OSError as error:
        raise BackupError(
            f"A restore into {folder} could not be carried through ({error.strerror}): "
            "see to it that the folder can be written to, and start again."
        ) from None


def _finish(folder: Path) -> Path | None:
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    ready = folder / UNFINISHED
    if not ready.exists():
        return None
    if (ready / NEW).exists():
        _swap(folder, ready)
    return _put_away(folder, ready)


def _swap(folder: Path, ready: Path) -> None:
    """Each step can be taken again: what has been moved is no longer where it is looked for."""
    listed = Manifest.model_validate_json((ready / MANIFEST).read_bytes()).files
    for name in KEPT:
        new = ready / NEW / name
        if new.exists() or name not in (*listed, RELEASES):  # those are joined, listed or not
            _move_away(folder, name, ready)
        if new.exists():
            new.rename(folder / name)
    sync(folder)
    (ready / NEW).rmdir()


def _move_away(folder: Path, name: str, ready: Path) -> None:
    for ending in BESIDE:
        former = folder / f"{name}{ending}"
        if former.exists():
            former.rename(ready / former.name)
    sync(ready)
    sync(folder)


def _put_away(folder: Path, ready: Path) -> Path | None:
    """Keep the former databases under a name of their own, if there were any."""
    if any((ready / name).exists() for name in KEPT):
        former = _free_name(folder)
        ready.rename(former)
        sync(folder)
        return former
    ready.rename(folder / STAGING)
    shutil.rmtree(folder / STAGING)
    return None


def _free_name(folder: Path) -> Path:
    number = 1
    while (folder / f"{FORMER}-{number}").exists():
        number += 1
    return folder / f"{FORMER}-{number}"


async def _stage(staging: Path, source: Path, manifest: Manifest) -> None:
    """Copy the backup into `staging` and look it through there, or leave nothing behind."""
    with _undone_when_refused(staging, source):
        new = _empty_staging(staging, manifest)
        for name, copy in manifest.files.items():
            _take_in(source / name, new / name, copy)
            contents = await looked_through(new / name, steps=KEPT[name].steps)
            same = (contents.version, contents.rows) == (copy.version, copy.rows)
            _refuse_edited(source / name, is_same=same)
        write_private(staging / MANIFEST, manifest.model_dump_json(indent=2))
        if (staging.parent / RELEASES).exists():
            await _keep_let_out(staging, manifest)
        for path in (*new.iterdir(), new, staging):
            sync(path)


async def _keep_let_out(staging: Path, manifest: Manifest) -> None:
    """Add what was let out of the data folder to the releases that are to be restored."""
    present, restored, joined = (
        staging.parent / RELEASES,
        staging / NEW / RELEASES,
        staging / JOINED,
    )
    try:
        await clean_copy(present, staging / PRESENT, steps=releases.STEPS, forgotten=())
    except StoreError as error:
        raise BackupError(
            f"{present} holds what was let out since the backup, which must not be let out again "
            f"otherwise, and cannot be read: {error} To restore all the same, move it away first."
        ) from None
    if RELEASES in manifest.files:
        await clean_copy(restored, joined, steps=releases.STEPS, forgotten=())
    async with _opened(joined) as store, _opened(staging / PRESENT) as before:
        await store.take_over(before)
    joined.replace(restored)
    (staging / PRESENT).unlink()


@asynccontextmanager
async def _opened(path: Path) -> AsyncIterator[ReleasesStore]:
    store = await ReleasesStore.open(path)
    try:
        yield store
    finally:
        await store.close()


@contextmanager
def _undone_when_refused(staging: Path, source: Path) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        shutil.rmtree(staging, ignore_errors=True)
        if isinstance(error, StoreError):
            raise BackupError(f"The backup in {source} cannot be restored: {error}") from None
        if isinstance(error, OSError):
            raise BackupError(
                f"The backup in {source} cannot be copied to {staging}: {error.strerror}."
            ) from None
        raise


def _empty_staging(staging: Path, manifest: Manifest) -> Path:
    _refuse_without_room(staging.parent, manifest)
    staging.mkdir(mode=0o700)
    new = staging / NEW
    new.mkdir(mode=0o700)
    return new


def _refuse_without_room(folder: Path, manifest: Manifest) -> None:
    needed = sum(copy.size for copy in manifest.files.values())
    if needed > shutil.disk_usage(folder).free:
        raise BackupError(f"There is no room in {folder} for the {needed} bytes of the backup.")


def _take_in(path: Path, target: Path, copy: Copy) -> None:
    """Copy a file that is exactly as the manifest says."""
    digest = hashlib.sha256()
    target.touch(mode=PRIVATE, exist_ok=False)
    with _ordinary_file(path) as file, target.open("wb") as taken:
        _refuse_edited(path, is_same=os.fstat(file.fileno()).st_size == copy.size)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            taken.write(chunk)
    _refuse_edited(path, is_same=digest.hexdigest() == copy.sha256)


@contextmanager
def _ordinary_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that is no link, pipe, folder or device; none of them is waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise BackupError(f"{path} cannot be read ({error.strerror}): is it a backup?") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise BackupError(f"{path} is not an ordinary file, so this is not a backup of ours.")
    with os.fdopen(handle, "rb") as file:
        yield file


def _refuse_edited(path: Path, *, is_same: bool) -> None:
    if not is_same:
        raise BackupError(f"{path} is not as it was backed up: take another backup.")
