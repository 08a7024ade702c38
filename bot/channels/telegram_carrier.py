"""What goes to a visitor on Telegram: silent but for a counsellor's words, and never formatted."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.channels.telegram_wire import (
    FAILURES,
    Json,
    TakenError,
    Wire,
    WrongTokenError,
    number,
    plain_message,
)
from bot.conversation import Conversation, Message
from bot.delivery import AwayError, LaterError
from flows.texts import Texts

TYPING_AGAIN = timedelta(seconds=4)
"""Telegram shows "is writing" for five seconds."""


@dataclass(slots=True)
class TelegramCarrier:
    """Sends and deletes, each call for one visitor."""

    wire: Wire
    texts: Texts
    clock: Callable[[], datetime]
    _typed: dict[str, datetime] = field(default_factory=dict)
    """When the visitor was last shown that somebody writes, by conversation."""
    _rests: dict[str, float] = field(default_factory=dict)
    """Until when, on the loop's own clock, Telegram wants nothing more for a chat."""
    _errands: set[asyncio.Task[None]] = field(default_factory=set)

    async def send(self, conversation: Conversation, message: Message) -> int:
        """Send one message. One that may have come already says so in its first line."""
        text = message.text
        if message.fate == "repeated":
            again = self.texts.say(conversation.state.stay.language, "sent-again")
            text = f"{again}\n\n{text}"
        buttons = [{"text": each.label, "callback_data": each.choice} for each in message.buttons]
        chat, silent = conversation.address.token, message.author != "counsellor"
        asked = plain_message(chat, text, silent=silent, buttons=buttons)
        return number(await self._call(chat, "sendMessage", asked))

    async def remove(self, conversation: Conversation, remotes: Sequence[int]) -> None:
        chat = conversation.address.token
        asked = {"chat_id": chat, "message_ids": list(remotes)}
        await self._call(chat, "deleteMessages", asked)

    async def reach(self) -> None:
        try:
            await self.wire.call("getMe", {})
        except (TakenError, WrongTokenError):
            raise AwayError from None

    def writes(self, conversation: Conversation) -> None:
        """Tell Telegram every few seconds at most; nobody waits for it."""
        now = self.clock()
        self._typed = {id: at for id, at in self._typed.items() if now - at < TYPING_AGAIN}
        if conversation.id not in self._typed:
            self._typed[conversation.id] = now
            task = asyncio.create_task(self._type(conversation.address.token))
            self._errands.add(task)
            task.add_done_callback(self._errands.discard)

    async def _type(self, chat: str) -> None:
        with contextlib.suppress(*FAILURES):
            await self._call(chat, "sendChatAction", {"chat_id": chat, "action": "typing"})

    async def _call(self, chat: str, method: str, asked: Json) -> Any:
        """Call for one chat, unless Telegram wants a rest for it; what is said of us is no news."""
        now = asyncio.get_running_loop().time()
        self._rests = {who: until for who, until in self._rests.items() if until > now}
        if chat in self._rests:
            raise LaterError(self._rests[chat] - now)
        try:
            return await self.wire.call(method, asked)
        except LaterError as later:
            self._rests[chat] = now + later.seconds
            raise
        except (TakenError, WrongTokenError):
            raise AwayError from None
