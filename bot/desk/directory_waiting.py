"""Imports that have been read and wait for somebody to say yes. In memory only."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from directory.edits import Edit
from directory.models import Service

PATIENCE = timedelta(minutes=30)
"""How long a read file waits."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a file holds, and what it would change. `token` says which version somebody saw."""

    token: str
    data: bytes = field(repr=False)
    """The file itself: where the directory changes meanwhile, it is read again."""
    services: tuple[Service, ...]
    edits: tuple[Edit, ...]
    since: datetime

    @property
    def unchanged(self) -> int:
        return len(self.services) - len(self.edits)


@dataclass(slots=True)
class Imports:
    """One at most for each person; a new file takes the place of the one before."""

    _waiting: dict[str, Waiting] = field(default_factory=dict)

    def put(self, name: str, waiting: Waiting) -> None:
        self._waiting[name] = waiting

    def of(self, name: str, now: datetime) -> Waiting | None:
        """What waits for somebody; whatever has waited too long is forgotten first."""
        self._waiting = {
            who: each for who, each in self._waiting.items() if now - each.since < PATIENCE
        }
        return self._waiting.get(name)

    def drop(self, name: str) -> None:
        self._waiting.pop(name, None)
