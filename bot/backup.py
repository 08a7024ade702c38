"""A backup: clean copies of what must outlive the machine, and a manifest that says what they are.

The live store and the keys of open conversations are never in it: what is erased must stay erased.
No login is either, nor who filed a form, which only serves until its month has closed.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from bot.complaint import ComplaintError
from bot.store import counts, directory, record_tables, releases, staff
from bot.store.connection import PRIVATE, sync
from bot.store.copies import clean_copy

MANIFEST = "manifest.json"

Name: TypeAlias = Literal["records.db", "staff.db", "directory.db", "counts.db", "releases.db"]


class BackupError(ComplaintError):
    """Something cannot be backed up or restored; the text is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A database that is backed up: its schema's steps, and what its copy must forget (SQL)."""

    steps: Sequence[str]
    forgotten: Sequence[str] = ()


KEPT: Mapping[Name, Kept] = {
    "records.db": Kept(record_tables.STEPS, ("UPDATE waiting SET counsellor = ''",)),
    "staff.db": Kept(staff.STEPS, ("DELETE FROM sessions",)),
    "directory.db": Kept(directory.STEPS),
    "counts.db": Kept(counts.STEPS),
    "releases.db": Kept(releases.STEPS),
}

Count: TypeAlias = Annotated[int, Field(ge=0)]


class Copy(BaseModel):
    """One file of a backup. `version`: of its schema; `rows`: how many, by table."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    version: Count
    size: Count
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    rows: dict[str, Count]


class Manifest(BaseModel):
    """What a backup holds. `program`: the version that made it; `day`: when."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    program: str
    day: date
    files: Annotated[dict[Name, Copy], Field(min_length=1)]


async def back_up(folder: Path, target: Path, *, today: date) -> Manifest:
    """Copy the databases in `folder` into `target`, which must be new or empty (0700).

    The service may run. The manifest is written last: a folder without one is no backup.
    """
    names = [name for name in KEPT if (folder / name).exists()]
    if not names:
        raise BackupError(f"There is nothing to back up in {folder}: is it the data folder?")
    _claim(target)
    with _emptied_when_cut_short(target):
        files = {name: await _copied(name, folder, target) for name in names}
        manifest = Manifest(program=version("helpline"), day=today, files=files)
        write_private(target / MANIFEST, manifest.model_dump_json(indent=2))
        sync(target)
    return manifest


def write_private(path: Path, text: str) -> None:
    """Write a new file that is ours alone, and wait until it is on the disk."""
    path.touch(mode=PRIVATE, exist_ok=False)
    path.write_text(text, encoding="utf-8")
    sync(path)


def _claim(target: Path) -> None:
    try:
        target.mkdir(mode=0o700, exist_ok=True)
        if any(target.iterdir()):
            raise BackupError(f"{target} is not empty: name a new folder.")
        target.chmod(0o700)
    except OSError as error:
        raise BackupError(f"The folder {target} cannot be used: {error.strerror}.") from None


async def _copied(name: Name, folder: Path, target: Path) -> Copy:
    kept = KEPT[name]
    path = target / name
    contents = await clean_copy(folder / name, path, steps=kept.steps, forgotten=kept.forgotten)
    sync(path)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Copy(
        version=contents.version,
        size=path.stat().st_size,
        sha256=digest,
        rows=dict(contents.rows),
    )


@contextmanager
def _emptied_when_cut_short(target: Path) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        for path in target.iterdir():
            path.unlink()
        if isinstance(error, OSError):
            raise BackupError(f"{target} cannot be written to: {error.strerror}.") from None
        raise
