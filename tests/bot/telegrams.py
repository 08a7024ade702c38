"""The Telegram channel in a house of its own, against the emulator in the same process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram import Bot

from bot.channels.telegram import open_telegram
from bot.channels.telegram_wire import Wire
from bot.conversation import Conversation
from bot.health import Health
from bot.jobs import Happened, TookNext
from flows.events import Said
from tests.bot.houses import Clock, House, open_house
from tests.cast import ANNA
from tests.emulator.in_process import EmulatorRequest
from tests.emulator.telegram import TOKEN, Telegram

PATIENCE = 10.0
"""Seconds that anything may take to come about."""


@dataclass(slots=True)
class Channel:
    """What a test can hold on to."""

    house: House
    telegram: Telegram
    health: Health

    @property
    def conversations(self) -> list[Conversation]:
        return list(self.house.board.book.conversations.values())

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not is_so():  # noqa: ASYNC110 - it is anything that a test can ask
                await asyncio.sleep(0.005)

    async def quiet(self) -> None:
        """Wait until all that has arrived is dealt with and all that is to be sent is sent."""
        await self.until(
            lambda: (
                not self.telegram.pending
                and not any(c.outbox or c.doomed or c.is_leaving for c in self.conversations)
            )
        )

    async def take_next(self, counsellor: str = ANNA) -> str:
        """A counsellor takes whoever has waited longest; the conversation's id."""
        reply = await self.house.board.ask(TookNext(counsellor))
        return reply.conversation

    async def say(self, conversation: str, text: str, counsellor: str = ANNA) -> None:
        await self.house.board.ask(Happened(conversation, Said(counsellor, text)))


@asynccontextmanager
async def open_channel(
    folder: Path,
    *,
    telegram: Telegram | None = None,
    clock: Clock | None = None,
    staff_chat: int | None = None,
) -> AsyncIterator[Channel]:
    """Open a house with one counsellor present, and connect it with the emulator."""
    telegram = telegram or Telegram()
    async with open_house(folder, clock=clock) as house:
        house.present(ANNA)
        transport = EmulatorRequest(telegram)
        wire = Wire(Bot(TOKEN, request=transport, get_updates_request=transport))
        health = Health(house.clock)
        async with open_telegram(wire, house.board, health, staff_chat=staff_chat):
            yield Channel(house, telegram, health)
    assert telegram.indiscretions == []
