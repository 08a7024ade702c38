"""One instance per data folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "helpline.lock"


class AlreadyRunningError(Exception):
    """Another instance has the data folder."""


@contextmanager
def only_instance(folder: Path) -> Iterator[None]:
    """Hold the data folder; AlreadyRunningError when somebody else does."""
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
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
    handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(path.read_text() or 0) or None
    else:
        return None
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise AlreadyRunningError(
            "The service is already running on this data folder; stop it first."
        ) from None
