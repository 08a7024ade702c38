"""Files whose names somebody gave: only an ordinary file is replaced, and only by a whole one.

What is written lies beside until it is complete, for its owner alone.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp

from bot.complaint import ComplaintError


class ExportError(ComplaintError):
    """A file cannot be written; one sentence that says why."""


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """Give an empty file (0600) to write to; at the end it takes the place of `path`.

    Whatever is raised before that, an ExportError too, leaves what was there. ExportError when
    something else than an ordinary file is there, or there is no room.
    """
    try:
        refuse_odd(path)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = _new_file_beside(path)
        try:
            yield part
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.") from None


def refuse_odd(path: Path) -> None:
    """Refuse a device, a pipe, a link or a folder. Raises ExportError."""
    is_odd = os.path.lexists(path) and (path.is_symlink() or not path.is_file())
    if is_odd:
        raise ExportError(f"{path} is there and is not an ordinary file: name another one.")


def _new_file_beside(path: Path) -> Path:
    # Some libraries go by how a name ends.
    handle, name = mkstemp(dir=path.parent, prefix=".helpline-", suffix=path.suffix)
    os.close(handle)
    return Path(name)
