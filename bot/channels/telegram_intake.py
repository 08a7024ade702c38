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
from typing import Any, Literal, TypeAlias

from bot.channels.telegram_jobs import Fetched, Passed, TurnedAway
from bot.channels.telegram_updates import (
    Act,
    Commanded,
    Left,
    Pressed,
    Said,
    Sent,
    UnreadableError,
    Update,
    read,
)
from bot.channels.telegram_wire import (
    FAILURES,
    POLL_SECONDS,
    TakenError,
    Wire,
    WrongTokenError,
    plain_message,
)
from bot.conversation import Address, Offset
from bot.delivery import LaterError
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

FAR_AHEAD = 1_000_000
"""More than what Telegram keeps for us in a day."""

Verdict: TypeAlias = Literal["welcome", "hurried", "full"]
Task: TypeAlias = Fetched | TurnedAway | Passed

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
    _weighed: dict[int, Verdict] = field(default_factory=dict)
    """What was said of each update of the last answer."""

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
        now = self.board.clock()
        self.buckets.forget_rested(now)
        self.notices.forget_rested(now)
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
        except FAILURES:
            return "away"
        before = self.board.book.offset
        await self._take(updates)
        if updates and self.board.book.offset == before:
            await asyncio.sleep(FIRST_WAIT)  # nothing could be kept, or nothing had a number
        return ""

    def _offset(self) -> int | None:
        kept = self.board.book.offset
        if kept is None or kept.bot != self.bot:
            return None
        is_fresh = self.board.clock().date() - kept.day < FORGOTTEN
        return kept.next if is_fresh else None

    async def _take(self, updates: Sequence[Any]) -> None:
        """Have all taken, in order. After one that could not be kept, none is: ask again."""
        jobs = list(self._jobs(updates))
        replies = [self.board.submit(job) for job in jobs]
        for job, reply in zip(jobs, replies, strict=True):
            try:
                self._after(job, await reply)
            except NotKeptError as error:
                await self._not_kept(job, error)

    async def _not_kept(self, job: Task, error: NotKeptError) -> None:
        """Pass over what breaks its own turn; what the disk refuses is asked for again."""
        if error.is_poison:
            log("update-passed-over", kind="poison")
            with contextlib.suppress(NotKeptError):
                await self.board.ask(job if isinstance(job, Passed) else job.place)

    def _jobs(self, updates: Sequence[Any]) -> Iterator[Task]:
        """A chain: each holds only where the one before it was kept."""
        before, today = self.board.book.offset, self.board.clock().date()
        comes_next = self._offset()
        weighed, self._weighed = self._weighed, {}
        for raw in updates:
            update = self._read(raw, comes_next)
            if update is None or is_met(update.id, comes_next):
                continue
            self._weighed[update.id] = self._weigh(update, weighed)
            after = Offset(self.bot, update.id + 1, today)
            yield self._job(update, Passed(before, after))
            before, comes_next = after, after.next

    def _read(self, raw: Any, comes_next: int | None) -> Update | None:
        """One update; an unreadable one is passed over by its number, or by the place it has.

        A number far beyond the one that comes next is none: Telegram counts one by one.
        """
        number: int | None = None
        try:
            update = read(raw)
            if not is_far(update.id, comes_next):
                return update
        except UnreadableError as error:
            number = error.id
        log("update-passed-over", kind="unreadable")
        if number is None or is_far(number, comes_next):
            number = comes_next
        return None if number is None else Update(number)

    def _job(self, update: Update, place: Passed) -> Task:
        verdict, address = self._weighed[update.id], Address(TELEGRAM, update.chat)
        if verdict == "hurried" and isinstance(update.act, Said | Commanded | Sent):
            is_told = self.notices.take(update.chat, self.board.clock())
            return TurnedAway(place, address, update.act.remote, is_told)
        if update.act is None or verdict != "welcome":
            return place
        known = update.language in self.board.shop.texts.languages
        return Fetched(place, address, update.language if known else FALLBACK, update.act)

    def _weigh(self, update: Update, weighed: Mapping[int, Verdict]) -> Verdict:
        """Whether there is room. A flood is counted by when its words were written.

        Each update is weighed once, however often it must be asked for because the disk refuses.
        """
        if update.act is None or isinstance(update.act, Left) or update.id in weighed:
            return weighed.get(update.id, "welcome")
        book = self.board.book
        room = self.board.shop.line.capacity.open_conversations
        if not self.buckets.take(update.chat, update.at or self.board.clock()):
            self._answer_press(update.act, "page-error-often")
            return "hurried"
        if book.at(Address(TELEGRAM, update.chat)) is None and len(book.conversations) >= room:
            self._turn_away(update)
            return "full"
        return "welcome"

    def _after(self, job: Task, reply: Reply) -> None:
        """A button that was pressed turns until it is answered."""
        if isinstance(job, Fetched) and not reply.is_stale:
            self._answer_press(job.act, _toast(job.act, reply))

    def _turn_away(self, update: Update) -> None:
        """Point to the phone, outside of any conversation; no loss if it does not arrive."""
        self._answer_press(update.act, "page-error-full")
        if self.notices.take(update.chat, self.board.clock()):
            asked = plain_message(update.chat, self._say("page-error-full"), silent=True)
            self._do(lambda: self.wire.call("sendMessage", asked))

    def _answer_press(self, act: Act | None, text: str) -> None:
        if isinstance(act, Pressed):
            words = {"text": self._say(text)} if text else {}
            asked = {"callback_query_id": act.query, **words}
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


def is_far(id: int, comes_next: int | None) -> bool:
    """Whether no update can have this number yet."""
    return comes_next is not None and id - comes_next > FAR_AHEAD


async def _quietly(call: Callable[[], Any]) -> None:
    with contextlib.suppress(*FAILURES):
        await call()


def _toast(act: Act, reply: Reply) -> str:
    if not isinstance(act, Pressed):
        return ""
    if isinstance(chosen(act.choice), ConfirmedErasure) and not reply.is_refused:
        return "erasing-toast"
    return "button-old" if reply.is_refused else ""
