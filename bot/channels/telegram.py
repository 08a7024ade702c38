"""The Telegram channel, put together: intake, carrier, delivery, profile, pings."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot

from bot.channels.telegram_carrier import TelegramCarrier
from bot.channels.telegram_intake import Intake
from bot.channels.telegram_profile import faults, hints, introduce
from bot.channels.telegram_staff import StaffPings
from bot.channels.telegram_transport import AiohttpRequest
from bot.channels.telegram_wire import FAILURES, Wire, WrongTokenError
from bot.delivery import Delivery
from bot.health import Health
from bot.settings import Settings
from bot.switchboard import Switchboard
from flows.texts import Texts

TRY_AGAIN_SECONDS = 60.0

KNOCK_SECONDS = 4.0
"""How long the start waits for Telegram: the page must not wait for it."""


class TokenError(Exception):
    """Telegram does not accept the token; the text is one sentence that says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept HELPLINE_TELEGRAM_TOKEN: ask BotFather for the right one."
        )


@asynccontextmanager
async def open_wire(settings: Settings) -> AsyncIterator[Wire | None]:
    """The way to Telegram; None when no token is set."""
    if settings.telegram_token is None:
        yield None
        return
    transport = AiohttpRequest()
    token = settings.telegram_token.get_secret_value()
    url = settings.telegram_api_url
    bot = Bot(token, base_url=url, request=transport, get_updates_request=transport)
    await transport.initialize()
    try:
        yield Wire(bot)
    finally:
        await transport.shutdown()


async def knock(wire: Wire) -> None:
    """Ask once who we are: TokenError when nobody, which no waiting mends."""
    try:
        await wire.call("getMe", {}, seconds=KNOCK_SECONDS)
    except WrongTokenError:
        raise TokenError from None
    except FAILURES:
        return


@asynccontextmanager
async def open_telegram(
    wire: Wire, board: Switchboard, health: Health, *, staff_chat: int | None
) -> AsyncIterator[None]:
    """Carry words both ways until the block ends; what is on its way then may still arrive."""
    carrier = TelegramCarrier(wire, board.shop.texts, board.clock)
    delivery = Delivery(board, carrier, health)
    board.follower = delivery
    delivery.start()
    bot = wire.bot.token.partition(":")[0]
    intake = Intake(board=board, wire=wire, bot=bot, health=health)
    tasks = [asyncio.create_task(intake.run()), asyncio.create_task(_introduce(wire, board))]
    if staff_chat is not None:
        tasks.append(asyncio.create_task(StaffPings(board, wire, staff_chat).run()))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await delivery.stop()


async def look(settings: Settings, texts: Texts) -> tuple[list[str], list[str]]:
    """For `helpline check`: what must be mended, and what the next start sets."""
    async with open_wire(settings) as wire:
        if wire is None:
            return [], []
        try:
            chat = settings.telegram_staff_chat
            return await faults(wire, chat), await hints(wire, texts)
        except WrongTokenError:
            return ["the token is not accepted: ask BotFather for the right one"], []
        except FAILURES:
            return ["it cannot be reached: check the network and HELPLINE_TELEGRAM_API_URL"], []


async def _introduce(wire: Wire, board: Switchboard) -> None:
    """As soon as Telegram answers."""
    while True:
        with contextlib.suppress(*FAILURES):
            await introduce(wire, board.shop.texts)
            return
        await asyncio.sleep(TRY_AGAIN_SECONDS)
