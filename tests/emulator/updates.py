"""What waits to be fetched: kept in order, confirmed by an offset, gone after a day."""

import asyncio
import json
from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from tests.emulator.answers import Refused

KEPT = timedelta(hours=24)
FIRST_ID = 100_000_001
HIGHEST_ID = 2**31 - 1
LONGEST_POLL = 50
MOST_AT_ONCE = 100
TOO_FAR_AHEAD = 10
"""An offset further ahead than this is taken for a mistake: nothing is confirmed by it."""

CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that come only to a bot that names them."""


@dataclass(frozen=True, slots=True)
class _Kept:
    id: int
    at: datetime
    raw: bytes


@dataclass(slots=True)
class Updates:
    """The queue of one bot."""

    clock: Callable[[], datetime]
    allowed: Sequence[str] = ()
    _kept: list[_Kept] = field(default_factory=list)
    _next: int = FIRST_ID
    _poll: asyncio.Future[None] | None = None

    @property
    def pending(self) -> int:
        self._expire()
        return len(self._kept)

    def happened(self, kind: str, what: dict[str, Any]) -> None:
        """Queue an update, if the bot has asked for its kind."""
        if kind in self.allowed or not (self.allowed or kind in UNASKED):
            self.put({kind: what})

    def put(self, update: Any, *, as_it_is: bool = False) -> int:
        """Queue anything; an update that names a likely id of its own is kept under it."""
        id = self._next
        if isinstance(update, dict) and not as_it_is:
            update = {"update_id": id, **update}
            id = _likely(update["update_id"], id)
        self._next = max(self._next, id + 1)
        insort(self._kept, _Kept(id, self.clock(), _encoded(update)), key=lambda kept: kept.id)
        self._ring()
        return id

    async def get(self, offset: int, limit: int, seconds: int) -> list[bytes]:
        """Confirm what is below the offset and give what is left, waiting for it if need be."""
        self._confirm(offset)
        limit = min(max(limit, 1), MOST_AT_ONCE)
        if self.pending or seconds <= 0:
            return self._first(limit)
        await self._wait(min(seconds, LONGEST_POLL))
        return self._first(limit)

    def drop(self) -> None:
        """Forget what nobody has fetched."""
        self._kept.clear()

    def _confirm(self, offset: int) -> None:
        self._expire()
        if offset < 0:
            del self._kept[:offset]
        elif offset <= self._next + TOO_FAR_AHEAD:
            del self._kept[: bisect_left(self._kept, offset, key=lambda kept: kept.id)]

    def _expire(self) -> None:
        oldest = self.clock() - KEPT
        self._kept = [kept for kept in self._kept if kept.at >= oldest]

    def _first(self, limit: int) -> list[bytes]:
        self._expire()
        return [kept.raw for kept in self._kept[:limit]]

    async def _wait(self, seconds: float) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_exception(Refused(HTTPStatus.CONFLICT, CONFLICT))
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            return

    def _ring(self) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(None)


def _likely(stated: Any, own: int) -> int:
    if isinstance(stated, int) and not isinstance(stated, bool) and 0 < stated < HIGHEST_ID:
        return stated
    return own


def _encoded(update: Any) -> bytes:
    if isinstance(update, bytes):
        return update
    return (update if isinstance(update, str) else json.dumps(update)).encode()
