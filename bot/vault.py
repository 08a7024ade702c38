"""The vault: where the keys of open conversations live and die.

One file a key, in a folder that must be memory (tmpfs), so that nothing is ever written to a disk.
A key that is unlinked is gone; what was sealed with it can be read by nobody.
"""

import os
import secrets
from pathlib import Path

KEY_BYTES = 32
_SUFFIX = ".key"
TMPFS = "tmpfs"


class Vault:
    """The keys in one folder (made when missing, 0700), by the id they belong to."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self._folder = folder
        self._keys = {path.stem: path.read_bytes() for path in folder.glob(f"*{_SUFFIX}")}
        for id in [id for id, key in self._keys.items() if len(key) != KEY_BYTES]:
            self.destroy(id)

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(self._keys)

    def create(self, id: str) -> None:
        """Make a fresh key; it is in the folder, readable by us alone, before anything uses it."""
        key = secrets.token_bytes(KEY_BYTES)
        handle = os.open(self._path(id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, key)
        except OSError:
            self._path(id).unlink()  # a full folder keeps no empty file
            raise
        finally:
            os.close(handle)
        self._keys[id] = key

    def key(self, id: str) -> bytes:
        """Give the key; KeyError when there is none, or no longer."""
        return self._keys[id]

    def destroy(self, id: str) -> None:
        """Unlink the key. From here on what it sealed is unreadable."""
        self._path(id).unlink(missing_ok=True)
        self._keys.pop(id, None)

    def wipe(self) -> int:
        """Destroy every key; say how many there were."""
        ids = self.ids
        for id in ids:
            self.destroy(id)
        return len(ids)

    def _path(self, id: str) -> Path:
        return self._folder / f"{id}{_SUFFIX}"


def is_memory(folder: Path, mounts: str) -> bool:
    """Whether the folder lies on tmpfs, by the text of /proc/mounts."""
    rows = [line.split() for line in mounts.splitlines() if line]
    real = folder.resolve()
    holding = [row for row in rows if real == Path(row[1]) or Path(row[1]) in real.parents]
    return bool(holding) and max(holding, key=lambda row: len(Path(row[1]).parts))[2] == TMPFS
