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


async def file_often(board: Switchboard, records: RecordsStore, caught_up: asyncio.Event) -> None:
    """File what is ready, once a second; what could not be filed is tried again next time.

    `caught_up` is set once all has been filed that was ready: nothing is published before, so that
    the latest answers are.
    """
    while True:
        if await file_ready(board, records):
            caught_up.set()
        await asyncio.sleep(EVERY)


async def file_ready(board: Switchboard, records: RecordsStore) -> bool:
    """File everything that is ready now; False when the disk has refused any of it.

    A form that cannot be filed whatever the disk does holds up nothing.
    """
    taken = [await _is_taken(board, records, draft) for draft in tuple(ready(board.book))]
    return all(taken)


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


async def _is_taken(board: Switchboard, records: RecordsStore, draft: Draft) -> bool:
    """File one form; False when the disk refuses it now."""
    try:
        await _file(board, records, draft)
    except (NotKeptError, StoreError) as error:
        log("failed", kind="file")
        return isinstance(error, NotKeptError) and error.is_poison
    except Exception as error:  # noqa: BLE001 - whatever broke, the next form is filed
        log("failed", kind=type(error).__name__)
    return True


async def _file(board: Switchboard, records: RecordsStore, draft: Draft) -> None:
    answers = draft.handed_in or {}
    await records.file(draft.filed_as, answers, counsellor=draft.counsellor)
    await board.ask(Recorded(draft.id, answers))
