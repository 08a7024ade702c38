"""What a command writes to a name that somebody gave: all of it, or what was there stays."""

import errno
import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot.whole_file import ExportError, put_in_place
from bot.workbook import write_bytes


def is_there(path: Path) -> tuple[int, bytes | str]:
    """What a name leads to, without following it anywhere."""
    mode = path.lstat().st_mode
    if stat.S_ISLNK(mode):
        return mode, str(path.readlink())
    return mode, path.read_bytes() if stat.S_ISREG(mode) else b""


@pytest.mark.parametrize(
    "make",
    [os.mkfifo, os.mkdir, partial(os.symlink, "elsewhere"), partial(os.symlink, "/dev/null")],
    ids=["pipe", "folder", "link", "link to a device"],
)
def test_what_is_no_ordinary_file_is_refused_and_stays(
    tmp_path: Path, make: Callable[[Path], object]
) -> None:
    path = tmp_path / "r.json"
    make(path)
    before = is_there(path)
    with pytest.raises(ExportError, match="is there and is not an ordinary file: name another"):
        write_bytes(path, b"new")
    assert is_there(path) == before
    assert [each.name for each in tmp_path.iterdir()] == ["r.json"]


def test_what_was_there_stays_when_the_disk_is_full_and_nothing_lies_beside(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(b"former")
    with pytest.raises(ExportError, match=r"r\.json cannot be written: No space left"):
        write_until_full(path)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [
        ("r.json", b"former")
    ]


def write_until_full(path: Path) -> None:
    with put_in_place(path) as part:
        part.write_bytes(b"new, but not all")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_nobody_else_can_read_it_from_the_start_however_open_the_former_file_was(
    tmp_path: Path,
) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(b"former")
    path.chmod(0o644)
    with put_in_place(path) as part:
        part.write_bytes(b"new")
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
        assert path.read_bytes() == b"former"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == b"new"
