"""The Telegram channel in a house of its own, against the emulator in the same process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot

from bot.channels.telegram import open_telegram
from bot.channels.telegram_wire import Wire
from bot.conversation import Address, Conversation, Message, for_counsellor
from bot.delivery import has_work
from bot.health import Health
from bot.jobs import Happened, TookNext
from flows.channels import TELEGRAM
from flows.events import Said
from tests.bot.houses import Clock, House, open_house, texts
from tests.cast import ANNA
from tests.emulator.in_process import EmulatorRequest
from tests.emulator.phones import Visitor
from tests.emulator.telegram import Call, Telegram

PATIENCE = 180.0
"""Seconds that anything may take to come about; only a test that fails waits for so long."""

AGAIN = texts().say("sv", "sent-again")
"""What stands before a message that may have come already."""


@dataclass(slots=True)
class Channel:
    """What a test can hold on to."""

    house: House
    telegram: Telegram
    health: Health
    wire: Wire

    @property
    def conversations(self) -> list[Conversation]:
        return list(self.house.board.book.conversations.values())

    def found(self, visitor: Visitor) -> Conversation | None:
        """The conversation that a visitor has now, if any."""
        return self.house.board.book.at(Address(TELEGRAM, str(visitor.id)))

    def of(self, visitor: Visitor) -> Conversation:
        found = self.found(visitor)
        assert found is not None
        return found

    def words(self, visitor: Visitor) -> list[str]:
        """What a visitor has written and we keep, in order."""
        found = self.found(visitor)
        return [m.text for m in found.messages if m.author == "visitor"] if found else []

    def read_by_counsellor(self, visitor: Visitor) -> list[str]:
        return [m.text for m in for_counsellor(self.of(visitor)) if m.author == "visitor"]

    def said(self, visitor: Visitor, text: str) -> Message:
        """The message of a conversation with this text."""
        return next(m for m in self.of(visitor).messages if m.text == text)

    def calls(self, method: str, chat: int | None = None) -> list[Call]:
        """The calls of a method, or those to one chat."""
        found = (call for call in self.telegram.calls if call.method == method)
        return [call for call in found if chat is None or call.params.get("chat_id") == chat]

    async def until(self, is_so: Callable[[], object], *, patience: float = PATIENCE) -> None:
        """Wait until something is so, for so many seconds."""
        async with asyncio.timeout(patience):
            while not is_so():  # noqa: ASYNC110 - it is anything that a test can ask
                await asyncio.sleep(0.005)

    async def quiet(self) -> None:
        """Wait until all that has arrived is dealt with and all that is to be sent is sent."""
        await self.until(
            lambda: not self.telegram.pending and not any(map(has_work, self.conversations))
        )

    async def take_next(self, counsellor: str = ANNA) -> str:
        """A counsellor takes whoever has waited longest; the conversation's id."""
        reply = await self.house.board.ask(TookNext(counsellor))
        return reply.conversation

    async def say(self, conversation: str, text: str, counsellor: str = ANNA) -> None:
        await self.house.board.ask(Happened(conversation, Said(counsellor, text)))

    async def join_queue(self, visitor: Visitor) -> None:
        """A visitor comes, reads what there is to know and says yes."""
        visitor.start()
        await self.choose(visitor, "talk", "yes")

    async def choose(self, visitor: Visitor, *choices: str) -> None:
        """A visitor presses buttons, each under what came last."""
        for choice in choices:
            await self.quiet()
            visitor.press_data(choice)
        await self.quiet()

    async def start_talk(self, visitor: Visitor, counsellor: str = ANNA) -> str:
        """A visitor is with a counsellor; the conversation's id."""
        await self.join_queue(visitor)
        id = await self.take_next(counsellor)
        await self.quiet()
        return id


@asynccontextmanager
async def open_channel(
    folder: Path,
    *,
    telegram: Telegram | None = None,
    clock: Clock | None = None,
    staff_chat: int | None = None,
) -> AsyncIterator[Channel]:
    """Open a house with one counsellor present, and connect it with the emulator."""
    clock = clock or Clock()
    telegram = telegram or Telegram(clock=clock)
    async with open_house(folder, clock=clock) as house:
        house.present(ANNA)
        transport = EmulatorRequest(telegram)
        token = telegram.office.token
        wire = Wire(Bot(token, request=transport, get_updates_request=transport))
        health = Health(house.clock)
        async with open_telegram(wire, house.board, health, staff_chat=staff_chat):
            yield Channel(house, telegram, health, wire)
    assert telegram.indiscretions == []
