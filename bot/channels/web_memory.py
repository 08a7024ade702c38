"""Remembers for a day which conversation each act belonged to, so that none comes back to life.

A page that did not hear our answer sends the same act again. If its conversation has been erased
meanwhile, the words must not begin a new one. In memory only, under a key that dies with the
program; what is kept is a hash of the sender's own name for the act.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import datetime, timedelta

KEPT = timedelta(hours=24)
MOST = 100_000
"""Acts remembered; beyond this the oldest are forgotten first."""


@dataclass(slots=True)
class Memory:
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    _acts: OrderedDict[bytes, tuple[str, datetime]] = field(default_factory=OrderedDict)

    def note(self, client_id: str, conversation: str, now: datetime) -> None:
        self._acts[self._hash(client_id)] = (conversation, now)
        self._acts.move_to_end(self._hash(client_id))
        self._forget(now)

    def is_of_erased(self, client_id: str, open_ones: Container[str], now: datetime) -> bool:
        """Whether this act was taken, less than a day ago, in a conversation that is no more."""
        self._forget(now)
        found = self._acts.get(self._hash(client_id))
        return found is not None and found[0] not in open_ones

    def _forget(self, now: datetime) -> None:
        while self._acts and (len(self._acts) > MOST or self._oldest() <= now - KEPT):
            self._acts.popitem(last=False)

    def _oldest(self) -> datetime:
        return next(iter(self._acts.values()))[1]

    def _hash(self, client_id: str) -> bytes:
        return hashlib.blake2b(client_id.encode(), key=self._key, digest_size=16).digest()
