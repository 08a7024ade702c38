"""Delivery: what we send goes out in order, one worker for each conversation.

A message is attempted only after that is on the disk, and the next one only after it is on the disk
what became of the one before. So at most one message of a conversation can be in doubt, and what
the channel holds up for one visitor holds up nobody else.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.conversation import Conversation, Message, is_superseded
from bot.deliveries import Attempted, Delivered, GivenUp, NotSent, Removed
from bot.health import Health
from bot.jobs import Happened
from bot.logs import log
from bot.shop import Job, Reply
from bot.switchboard import NotKeptError, Switchboard
from flows.events import Departed, Emptied

MOST_REMOVED = 100
"""Messages that are deleted at once."""

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
"""Seconds between two looks whether a channel that is away has come back."""

NOT_KEPT_WAIT = 1.0
"""Seconds until what could not be kept is tried again."""

GRACE = 5.0
"""Seconds that messages on their way get to arrive when the program stops."""


class LaterError(Exception):
    """The channel took nothing, and wants no more for this address for so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


class AwayError(Exception):
    """The channel cannot be reached; nothing was sent."""


class BrokenError(Exception):
    """The channel says that something broke on its side: hardly sent, but nobody knows."""


class UnsureError(Exception):
    """It may have been sent or not: there was no answer, or none that can be read."""


class RefusedError(Exception):
    """The channel does not accept this, and will not later."""


class GoneError(Exception):
    """The visitor has left, or shut us out."""


class Carrier(Protocol):
    """A channel on which we send. Everything here raises the six errors above."""

    async def send(self, conversation: Conversation, message: Message) -> int:
        """Send one message; give the channel's own number for it."""

    async def remove(self, conversation: Conversation, remotes: Sequence[int]) -> None:
        """Delete messages of either side; what is not there any more is no error."""

    async def reach(self) -> None:
        """Do nothing, to see whether the channel answers."""

    def writes(self, conversation: Conversation) -> None:
        """Let the visitor see that the counsellor writes; nothing depends on it."""


def has_work(conversation: Conversation) -> bool:
    waits = conversation.outbox or conversation.doomed or conversation.is_leaving
    return conversation.is_pushed and bool(waits)


@dataclass(slots=True)
class Delivery:
    """Follows the switchboard, and sends what is safely kept."""

    board: Switchboard
    carrier: Carrier
    health: Health
    _workers: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _in_doubt: set[str] = field(default_factory=set)
    """Conversations whose attempted message may have left us, and nobody has noted what came of
    it: the program was killed, or it is on its way just now."""
    _one_by_one: set[str] = field(default_factory=set)
    """Conversations where a whole batch could not be deleted."""
    _waits: dict[str, float] = field(default_factory=dict)
    """Seconds until what has failed is tried again, by conversation."""
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _return: asyncio.Task[None] | None = None

    @property
    def is_well(self) -> bool:
        return not self.health.trouble

    def start(self) -> None:
        """Take up what was left when the program last stopped."""
        for conversation in self.board.book.conversations.values():
            if conversation.attempted:
                self._in_doubt.add(conversation.id)
            self.changed(conversation)

    async def stop(self) -> None:
        """Let messages that are on their way arrive, for a while."""
        self._stopping.set()
        tasks = [*self._workers.values(), *([self._return] if self._return else [])]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def changed(self, conversation: Conversation) -> None:
        if not has_work(conversation) or conversation.id in self._workers:
            return
        if self._stopping.is_set():
            if self._counts_falsely(conversation):
                self.board.submit(NotSent(conversation.id)).add_done_callback(_seen)
        else:
            task = asyncio.create_task(self._work(conversation.id))
            self._workers[conversation.id] = task

    def writes(self, conversation: Conversation) -> None:
        if conversation.is_pushed:
            self.carrier.writes(conversation)

    async def _work(self, id: str) -> None:
        """Do one thing after another until nothing is left to do."""
        try:
            while (found := self.board.book.conversations.get(id)) and has_work(found):
                if self._stopping.is_set():
                    if self._counts_falsely(found):
                        await self._ask(NotSent(id))
                    return
                await self._one_thing(found)
            self._forget(id)
        finally:
            del self._workers[id]

    def _forget(self, id: str) -> None:
        self._in_doubt.discard(id)
        self._one_by_one.discard(id)
        self._waits.pop(id, None)

    def _counts_falsely(self, found: Conversation) -> bool:
        """Whether a message counts as attempted that will not be, because the program stops."""
        return bool(found.attempted) and found.id not in self._in_doubt

    async def _one_thing(self, found: Conversation) -> None:
        """Do what comes first; what fails is tried again, less and less often."""
        try:
            await self._first_thing(found)
        except GoneError:
            await self._ask(Happened(found.id, Departed()))
        except LaterError as later:
            await self._rest(later.seconds)
        except (AwayError, BrokenError, UnsureError):
            await self._until_reached()
            await self._rest_longer(found.id)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is tried again
            log("failed", kind=type(error).__name__)
            await self._rest_longer(found.id)
        else:
            self._waits.pop(found.id, None)

    async def _first_thing(self, found: Conversation) -> None:
        if found.outbox:
            await self._send_first(found)
        elif found.doomed:
            await self._remove_some(found)
        else:
            await self._ask(Happened(found.id, Emptied()))

    async def _send_first(self, found: Conversation) -> None:
        message = found.message(found.outbox[0])
        if message is None or is_superseded(found, message):
            await self._note(Delivered(found.id, found.outbox[0], 0), found)
        elif found.attempted != message.seq:
            await self._note(Attempted(found.id, message.seq), found)
        elif found.id in self._in_doubt:
            await self._note(Attempted(found.id, message.seq, "repeated"), found)
        else:
            await self._send(found, message)

    async def _send(self, found: Conversation, message: Message) -> None:
        """Send; it is in doubt until what came of it is noted, whatever happens in between."""
        self._in_doubt.add(found.id)
        try:
            remote = await self.carrier.send(found, message)
        except UnsureError:
            await self._doubt(found, message)
        except BrokenError:
            await self._note(Attempted(found.id, message.seq, "repeated"), found)
            raise
        except RefusedError:
            log("message-refused")
            await self._note(GivenUp(found.id, message.seq, "refused"), found)
        except (LaterError, AwayError):
            await self._note(NotSent(found.id), found)
            raise
        else:
            await self._note(Delivered(found.id, message.seq, remote), found)

    async def _doubt(self, found: Conversation, message: Message) -> None:
        """No answer is no failure: send once more, marked, when the channel answers again."""
        if message.fate == "repeated":
            await self._note(GivenUp(found.id, message.seq, "unknown"), found)
        elif await self._until_reached():
            await self._note(Attempted(found.id, message.seq, "repeated"), found)

    async def _note(self, job: Job, found: Conversation) -> None:
        """Have it kept what came of a message; only then it is no longer in doubt."""
        await self._ask(job)
        self._in_doubt.discard(found.id)

    async def _remove_some(self, found: Conversation) -> None:
        """Delete a batch; where Telegram refuses a whole one, each by itself."""
        some = found.doomed[: 1 if found.id in self._one_by_one else MOST_REMOVED]
        try:
            await self.carrier.remove(found, some)
        except RefusedError:
            if len(some) > 1:
                self._one_by_one.add(found.id)
                return
            log("removal-refused")
        await self._ask(Removed(found.id, frozenset(some)))

    async def _ask(self, job: Job) -> Reply:
        """Have a job done, however long the disk refuses: what has been sent must be noted."""
        while True:
            try:
                return await self.board.ask(job)
            except NotKeptError as error:
                if error.is_poison or self._stopping.is_set():
                    raise
            await self._rest(NOT_KEPT_WAIT)

    async def _until_reached(self) -> bool:
        """Wait until the channel answers; False when the program stops first."""
        if self._return is None or self._return.done():
            self._return = asyncio.create_task(self._wait_for_return())
        await asyncio.shield(self._return)
        return not self._stopping.is_set()

    async def _wait_for_return(self) -> None:
        """One look for all who wait, less and less often."""
        wait = FIRST_WAIT
        while not self._stopping.is_set():
            try:
                await self.carrier.reach()
            except (AwayError, BrokenError, UnsureError, RefusedError, GoneError):
                await self._rest(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            except LaterError as later:
                await self._rest(later.seconds)
            else:
                return

    async def _rest_longer(self, id: str) -> None:
        wait = self._waits.get(id, FIRST_WAIT)
        self._waits[id] = min(2 * wait, LONGEST_WAIT)
        await self._rest(wait)

    async def _rest(self, seconds: float) -> None:
        """Wait, but not longer than the program goes on."""
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return


def _seen(reply: asyncio.Future[Reply]) -> None:
    """What could not be noted at the very end is only marked once too often."""
    if not reply.cancelled():
        reply.exception()
