"""One instance per folder: of data, and of keys."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.complaint import ComplaintError

FILE = "helpline.lock"


class LockError(ComplaintError):
    """The folder is another instance's, or cannot be held; the text is one sentence."""


@contextmanager
def only_instance(folder: Path) -> Iterator[None]:
    """Hold the folder; LockError when another instance does."""
    handle = _open(folder / FILE)
    try:
        _lock(handle)
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)


def running(folder: Path) -> int | None:
    """The process id of the instance that has the folder, or None."""
    path = folder / FILE
    if not path.exists():
        return None
    handle = _open(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(path.read_text() or 0) or None
    else:
        return None
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise LockError(f"{path.name} in {path.parent} cannot be used: {error.strerror}.") from None


def _lock(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockError(
            "The service is already running on this data or key folder; stop it first, "
            "or give the other one folders of its own."
        ) from None
