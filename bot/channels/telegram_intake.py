"""Intake: what Telegram has for us is kept first, and confirmed to Telegram afterwards.

Updates are asked for from an offset, and what lies below it is forgotten over there. So the offset
moves in the very commit that holds what the update led to, one update after the other: a crash
anywhere leaves Telegram with everything that we have not kept.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.channels.telegram_jobs import Fetched, Passed
from bot.channels.telegram_updates import (
    Changed,
    Left,
    Pressed,
    UnreadableError,
    Update,
    read,
)
from bot.channels.telegram_wire import POLL_SECONDS, TakenError, Wire, WrongTokenError
from bot.conversation import Address, Offset
from bot.delivery import AwayError, GoneError, LaterError, RefusedError, UnsureError
from bot.health import Health, Trouble
from bot.logs import log
from bot.shop import Reply
from bot.switchboard import NotKeptError, Switchboard
from bot.words import Buckets
from flows.channels import TELEGRAM
from flows.events import ConfirmedErasure, chosen
from flows.texts import FALLBACK

FORGOTTEN = timedelta(days=2)
"""Telegram keeps updates for a day, and may count anew after a week without any: an offset that is
older leads past what there is."""

FIRST_WAIT, LONGEST_WAIT = 0.5, 15.0
"""Seconds between two tries to reach Telegram."""

TRIAL_SECONDS = 2
"""How long the first question after trouble is held open: long enough for another program to take
our place again, short enough to tell soon that all is well."""

SERVED_AGAIN = 1_000
"""An update that lies no further below the next one has been met; one far below it is of a count
that began anew, or the next one was absurd."""

NO_BURDEN = (Left, Changed)
"""What is always taken: it begins nothing, and somebody waits to hear of it."""

NOTICE_BURST, NOTICES_PER_SECOND = 1.0, 1 / 30
"""How often one visitor is told the same thing outside of a conversation."""


@dataclass(slots=True, kw_only=True)
class Intake:
    """Asks for updates until it is cancelled."""

    board: Switchboard
    wire: Wire
    bot: str
    """Whose updates these are: another bot counts its own."""
    health: Health
    buckets: Buckets = field(default_factory=Buckets)
    notices: Buckets = field(default_factory=lambda: Buckets(NOTICE_BURST, NOTICES_PER_SECOND))
    _errands: set[asyncio.Task[None]] = field(default_factory=set)
    _weighed: dict[int, bool] = field(default_factory=dict)
    """Which updates of the last answer were let in."""

    async def run(self) -> None:
        wait = FIRST_WAIT
        while True:
            try:
                trouble = await self._ask()
            except Exception as error:  # noqa: BLE001 - whatever it was, the next visitor is heard
                log("failed", kind=type(error).__name__)
                trouble = "away"
            self.health.note(trouble)
            if trouble:
                await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT) if trouble else FIRST_WAIT

    async def _ask(self) -> Trouble:
        """Ask once, and take what there is."""
        try:
            wait = TRIAL_SECONDS if self.health.trouble else POLL_SECONDS
            updates = await self.wire.updates(self._offset(), wait=wait)
        except LaterError as later:
            await asyncio.sleep(later.seconds)
            return ""
        except TakenError:
            return "taken"
        except WrongTokenError:
            return "token"
        except (AwayError, UnsureError, RefusedError, GoneError):
            return "away"
        await self._take(updates)
        return ""

    def _offset(self) -> int | None:
        kept = self.board.book.offset
        if kept is None or kept.bot != self.bot:
            return None
        is_fresh = self.board.clock().date() - kept.day < FORGOTTEN
        return kept.next if is_fresh else None

    async def _take(self, updates: Sequence[Any]) -> None:
        """Have all taken, in order. After one that could not be kept, none is: ask again."""
        now = self.board.clock()
        self.buckets.forget_rested(now)
        self.notices.forget_rested(now)
        jobs = list(self._jobs(updates))
        replies = [self.board.submit(job) for job in jobs]
        for job, reply in zip(jobs, replies, strict=True):
            try:
                self._after(job, await reply)
            except NotKeptError as error:
                await self._not_kept(job, error)

    async def _not_kept(self, job: Fetched | Passed, error: NotKeptError) -> None:
        """Pass over what breaks its own turn; wait where the disk is the fault."""
        if not error.is_poison:
            await asyncio.sleep(FIRST_WAIT)
            return
        log("update-passed-over", kind="poison")
        with contextlib.suppress(NotKeptError):
            await self.board.ask(job.place if isinstance(job, Fetched) else job)

    def _jobs(self, updates: Sequence[Any]) -> Iterator[Fetched | Passed]:
        """A chain: each holds only where the one before it was kept."""
        before, today = self.board.book.offset, self.board.clock().date()
        comes_next = self._offset()
        weighed, self._weighed = self._weighed, {}
        for raw in updates:
            update = self._read(raw, before)
            if update is None or is_met(update.id, comes_next):
                continue
            self._weighed[update.id] = self._is_welcome(update, weighed)
            after = Offset(self.bot, update.id + 1, today)
            yield self._job(update, Passed(before, after))
            before, comes_next = after, after.next

    def _read(self, raw: Any, before: Offset | None) -> Update | None:
        """One update; an unreadable one is passed over by its number, or by the place it has."""
        try:
            return read(raw)
        except UnreadableError as error:
            log("update-passed-over", kind="unreadable")
            number = error.id if error.id is not None or before is None else before.next
            return None if number is None else Update(number)

    def _job(self, update: Update, place: Passed) -> Fetched | Passed:
        if update.act is None or not self._weighed[update.id]:
            return place
        address = Address(TELEGRAM, update.chat)
        known = update.language in self.board.shop.texts.languages
        return Fetched(place, address, update.language if known else FALLBACK, update.act)

    def _is_welcome(self, update: Update, weighed: Mapping[int, bool]) -> bool:
        """Whether there is room; a flood and a full house are answered with the phone number.

        Each update is weighed once, however often it must be asked for because the disk refuses.
        """
        if update.act is None or isinstance(update.act, NO_BURDEN) or update.id in weighed:
            return weighed.get(update.id, True)
        address = Address(TELEGRAM, update.chat)
        book, now = self.board.book, self.board.clock()
        if not self.buckets.take(address.token, now):
            self._turn_away(update, "page-error-often")
            return False
        room = self.board.shop.line.capacity.open_conversations
        if book.at(address) is None and len(book.conversations) >= room:
            self._turn_away(update, "page-error-full")
            return False
        return True

    def _after(self, job: Fetched | Passed, reply: Reply) -> None:
        """A button that was pressed turns until it is answered."""
        if isinstance(job, Fetched) and isinstance(job.act, Pressed) and not reply.is_stale:
            self._answer(job.act, _toast(job.act, reply))

    def _turn_away(self, update: Update, text: str) -> None:
        """Say why nothing was taken, outside of any conversation; no loss if it does not arrive."""
        if isinstance(update.act, Pressed):
            self._answer(update.act, text)
        elif self.notices.take(update.chat, self.board.clock()):
            said = self._say(text)
            self._do(lambda: self.wire.send(update.chat, said, silent=True, buttons=()))

    def _answer(self, press: Pressed, text: str) -> None:
        asked = {"callback_query_id": press.query}
        if text:
            asked["text"] = self._say(text)
        self._do(lambda: self.wire.call("answerCallbackQuery", asked))

    def _say(self, text: str) -> str:
        shop = self.board.shop
        return shop.texts.say(FALLBACK, text, phone=shop.line.phone)

    def _do(self, call: Callable[[], Any]) -> None:
        """Do something beside the conversation, without waiting for it."""
        task = asyncio.create_task(_quietly(call))
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


def is_met(id: int, comes_next: int | None) -> bool:
    """Whether an update is one that we have had, served again."""
    return comes_next is not None and 0 < comes_next - id <= SERVED_AGAIN


async def _quietly(call: Callable[[], Any]) -> None:
    with contextlib.suppress(
        LaterError, AwayError, UnsureError, RefusedError, GoneError, TakenError, WrongTokenError
    ):
        await call()


def _toast(act: Pressed, reply: Reply) -> str:
    if isinstance(chosen(act.choice), ConfirmedErasure) and not reply.is_refused:
        return "erasing-toast"
    return "button-old" if reply.is_refused else ""
