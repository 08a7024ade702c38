"""Alarms: what is due becomes a job. Nothing is scheduled, so a restart forgets none."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime

from bot.forms import ExpiredDraft, has_expired
from bot.jobs import Due, Happened, Tidied, is_due
from bot.logs import log
from bot.reminding import Reminds, has_human, is_over
from bot.shop import Job
from bot.switchboard import NotKeptError, Switchboard
from flows.events import Vanished

EVERY = 1.0
"""Seconds between two looks at the clock."""


async def keep_watch(board: Switchboard, clock: Callable[[], datetime]) -> None:
    """Ask the switchboard for whatever is due, once a second."""
    while True:
        await ring(board, clock())
        await asyncio.sleep(EVERY)


async def ring(board: Switchboard, now: datetime) -> None:
    """Ask for everything that is due now. What could not be kept is asked for again next time."""
    jobs = list(what_is_due(board, now))
    replies = [board.submit(job) for job in jobs]  # together: what is due at once is one commit
    for job, reply in zip(jobs, replies, strict=True):
        try:
            await reply
        except NotKeptError:
            log("failed", kind=type(job).__name__)


def what_is_due(board: Switchboard, now: datetime) -> Iterator[Job]:
    timers, presence = board.shop.line.timers, board.shop.presence
    for conversation in board.book.conversations.values():
        if is_due(conversation, timers, now):
            yield Due(conversation.id)
        elif conversation.counsellor and presence.is_lost(conversation.counsellor, now):
            yield Happened(conversation.id, Vanished(conversation.counsellor))
    yield from _reminders(board, now)
    if board.store.owes_truncation:
        yield Tidied()
    for draft in board.book.drafts.values():
        if has_expired(draft, board.shop, now):
            yield ExpiredDraft(draft.id)


def _reminders(board: Switchboard, now: datetime) -> Iterator[Job]:
    """Who asked to be told is told when somebody is there and what we send arrives."""
    arrives = board.follower is None or board.follower.is_well
    may_tell = bool(board.book.reminders) and arrives and has_human(board.shop, now)
    for reminder in board.book.reminders.values():
        if may_tell or is_over(reminder, board.shop, now):
            yield Reminds(reminder.id)
