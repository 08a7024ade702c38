"""Who left the queue in vain is counted, and no visitor waits for it.

The records may be locked by another program, as by a long import. So these forms, which are tied to
nobody, wait in memory until the records have them; the conversations go on.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import chain, repeat
from typing import Protocol, TypeAlias

from bot.logs import log
from bot.store.connection import StoreError

PAUSES = (0.5, 2.0, 10.0, 60.0)
"""Seconds until what could not be filed is tried again; the last of them again and again."""

Answers: TypeAlias = Mapping[str, str]


class Records(Protocol):
    """Where filed forms go; the same id again replaces the form."""

    async def file(self, id: bytes, answers: Answers) -> None: ...


class Leavers:
    """The forms of who left the queue, until the records have them."""

    def __init__(self, records: Records, *, pauses: Sequence[float] = PAUSES) -> None:
        self._records = records
        self._pauses = pauses
        self._forms: dict[bytes, Answers] = {}
        self._came = asyncio.Event()

    def add(self, id: bytes, form: Answers) -> None:
        self._forms[id] = form
        self._came.set()

    @asynccontextmanager
    async def filed(self) -> AsyncIterator[None]:
        """File what comes while the block runs, and what is left once more at its end."""
        filing = asyncio.create_task(self._file_as_they_come())
        try:
            yield
        finally:
            filing.cancel()
            await asyncio.gather(filing, return_exceptions=True)
            if not await self._file():
                log("record-lost", n=len(self._forms))

    async def _file_as_they_come(self) -> None:
        while await self._came.wait():
            self._came.clear()
            for pause in chain(self._pauses, repeat(self._pauses[-1])):
                if await self._file():
                    break
                await asyncio.sleep(pause)

    async def _file(self) -> bool:
        """Give the records all that they lack; False when they could not take it."""
        try:
            given = [await self._give(id, form) for id, form in tuple(self._forms.items())]
        except StoreError:  # the next form would wait as long for the same lock
            log("failed", kind="file")
            return False
        return all(given)

    async def _give(self, id: bytes, form: Answers) -> bool:
        """Give the records one form; False when it broke something nobody has foreseen."""
        try:
            await self._records.file(id, form)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever broke, the next form is filed
            log("failed", kind=type(error).__name__)
            return False
        if self._forms[id] is form:
            del self._forms[id]
        return True
