"""Pings to the staff's own chat: how many wait and how long, and not a word more.

A new message rings; the same message is then edited, so that a queue of an hour rings once. When
the queue is empty it says so, and the next visitor rings anew.
"""

import asyncio
import contextlib
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.telegram_wire import FAILURES, Wire, number, plain_message
from bot.delivery import GoneError, LaterError, RefusedError, UnsureError
from bot.logs import log
from bot.switchboard import QUEUE, Switchboard
from flows.queueing import whole_minutes
from flows.texts import FALLBACK

MOST_A_MINUTE = 18
"""Telegram lets twenty a minute into a group, edits among them."""

MINUTE = timedelta(minutes=1)
RING_AGAIN = timedelta(minutes=5)
"""Between two pings that ring: one visitor who comes and goes must not ring for everybody."""

LOOK_SECONDS = 15.0
BREATH_SECONDS = 1.0
"""Between two pings at least: several visitors at once are one ping."""


@dataclass(slots=True)
class StaffPings:
    """Follows the queue."""

    board: Switchboard
    wire: Wire
    chat: int
    _shown: str = ""
    _message: int = 0
    _rang: datetime | None = None
    _sent: deque[datetime] = field(default_factory=deque)

    async def run(self) -> None:
        with self.board.feeds.watch(QUEUE) as bell:
            while not self.board.feeds.is_closing:
                await self._look_safely()
                await bell.wait(LOOK_SECONDS)
                await asyncio.sleep(BREATH_SECONDS)

    async def _look_safely(self) -> None:
        try:
            await self.look()
        except Exception as error:  # noqa: BLE001 - a ping that fails must not be the last
            log("failed", kind=type(error).__name__)

    async def look(self) -> None:
        """Say how the queue stands, if it stands otherwise than was said last."""
        text = self._text()
        if text == self._shown or not (self._message or self._waiting) or not self._may_send():
            return
        try:
            await self._say(text)
        except LaterError as later:
            await asyncio.sleep(later.seconds)
        except (RefusedError, GoneError):
            log("staff-chat-refused")
            self._message, self._shown = 0, ""  # deleted, or not ours: the next one is new
        except FAILURES:
            return  # said with the next look

    async def _say(self, text: str) -> None:
        if self._message:
            asked = {"chat_id": self.chat, "message_id": self._message, "text": text}
            with contextlib.suppress(UnsureError):  # the next number edits it anyway
                await self.wire.call("editMessageText", asked)
        else:
            await self._ping(text)
        self._shown = text
        if not self._waiting:
            self._message = 0

    async def _ping(self, text: str) -> None:
        """A message of its own, which rings unless one has rung just now."""
        now = self.board.clock()
        silent = self._rang is not None and now - self._rang < RING_AGAIN
        asked = plain_message(str(self.chat), text, silent=silent)
        self._message = number(await self.wire.call("sendMessage", asked))
        self._rang = self._rang if silent else now

    @property
    def _waiting(self) -> int:
        return len(self.board.book.queue())

    def _text(self) -> str:
        """How many wait, and for how many minutes the first of them has."""
        queue = self.board.book.queue()
        if not queue:
            return self.board.shop.texts.say(FALLBACK, "staff-nobody")
        since = queue[0].waiting_since or self.board.clock()
        minutes = whole_minutes(since, self.board.clock())
        return self.board.shop.texts.say(FALLBACK, "staff-waiting", n=len(queue), minutes=minutes)

    def _may_send(self) -> bool:
        now = self.board.clock()
        while self._sent and now - self._sent[0] > MINUTE:
            self._sent.popleft()
        if len(self._sent) >= MOST_A_MINUTE:
            return False
        self._sent.append(now)
        return True
