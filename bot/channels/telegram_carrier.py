"""What goes to a visitor on Telegram: silent but for a counsellor's words, and never formatted."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.telegram_wire import TakenError, Wire, WrongTokenError
from bot.conversation import Conversation, Message
from bot.delivery import AwayError, GoneError, LaterError, RefusedError, UnsureError
from flows.texts import Texts

TYPING_AGAIN = timedelta(seconds=4)
"""Telegram shows "is writing" for five seconds."""

CONFUSED = (TakenError, WrongTokenError)
"""Not about this message: as long as it lasts, nothing can be sent."""


@dataclass(slots=True)
class TelegramCarrier:
    """Sends and deletes, each call for one visitor."""

    wire: Wire
    texts: Texts
    clock: Callable[[], datetime]
    _typed: dict[str, datetime] = field(default_factory=dict)
    _errands: set[asyncio.Task[None]] = field(default_factory=set)

    async def send(self, conversation: Conversation, message: Message) -> int:
        """Send one message. One that may have come already says so in its first line."""
        text = message.text
        if message.fate == "repeated":
            again = self.texts.say(conversation.state.stay.language, "sent-again")
            text = f"{again}\n\n{text}"
        buttons = [{"text": each.label, "callback_data": each.choice} for each in message.buttons]
        silent = message.author != "counsellor"
        try:
            chat = conversation.address.token
            return await self.wire.send(chat, text, silent=silent, buttons=buttons)
        except CONFUSED:
            raise AwayError from None

    async def remove(self, conversation: Conversation, remotes: Sequence[int]) -> None:
        asked = {"chat_id": conversation.address.token, "message_ids": list(remotes)}
        try:
            await self.wire.call("deleteMessages", asked)
        except CONFUSED:
            raise AwayError from None

    async def reach(self) -> None:
        try:
            await self.wire.call("getMe", {})
        except CONFUSED:
            raise AwayError from None

    def writes(self, conversation: Conversation) -> None:
        """Tell Telegram every few seconds at most; nobody waits for it."""
        now, chat = self.clock(), conversation.address.token
        self._typed = {who: at for who, at in self._typed.items() if now - at < TYPING_AGAIN}
        if chat not in self._typed:
            self._typed[chat] = now
            task = asyncio.create_task(self._type(chat))
            self._errands.add(task)
            task.add_done_callback(self._errands.discard)

    async def _type(self, chat: str) -> None:
        with contextlib.suppress(
            LaterError, AwayError, UnsureError, RefusedError, GoneError, *CONFUSED
        ):
            await self.wire.call("sendChatAction", {"chat_id": chat, "action": "typing"})
