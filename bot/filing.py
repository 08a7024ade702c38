"""Forms that were handed in before the visitor had said whether the talk helped.

Such a form is ready when they have said so, or no longer can, and then it is filed by itself. What
is ready follows from what is open, so a restart forgets none. Filing one again, as after a crash in
between, replaces it: it goes by the draft's own id.
"""

import asyncio
from collections.abc import Iterator

from bot.book import Book
from bot.conversation import Draft
from bot.forms import Recorded
from bot.logs import log
from bot.store.connection import StoreError
from bot.store.records import RecordsStore
from bot.switchboard import NotKeptError, Switchboard
from flows.states import Closing

EVERY = 1.0
"""Seconds between two looks at what is ready."""


async def file_often(board: Switchboard, records: RecordsStore) -> None:
    """File what is ready, once a second; what could not be filed is tried again next time."""
    while True:
        await file_ready(board, records)
        await asyncio.sleep(EVERY)


async def file_ready(board: Switchboard, records: RecordsStore) -> None:
    """File everything that is ready now, until something cannot be kept.

    It is done before forms are published when the program starts: one that was filed just before a
    crash must not be published, and then filed again.
    """
    try:
        for draft in tuple(ready(board.book)):
            await _file(board, records, draft)
    except (NotKeptError, StoreError):
        log("failed", kind="file")


def ready(book: Book) -> Iterator[Draft]:
    """The forms that wait for nothing but the records."""
    handed_in = [draft for draft in book.drafts.values() if draft.handed_in is not None]
    if handed_in:
        awaited = set(_awaited(book))
        yield from (draft for draft in handed_in if draft.id not in awaited)


def _awaited(book: Book) -> Iterator[str]:
    """The forms whose visitors can still answer."""
    for each in book.conversations.values():
        if isinstance(each.state, Closing) and each.may_be_answered:
            yield each.state.draft


async def _file(board: Switchboard, records: RecordsStore, draft: Draft) -> None:
    answers = draft.handed_in or {}
    await records.file(draft.filed_as, answers, counsellor=draft.counsellor)
    await board.ask(Recorded(draft.id, answers))
