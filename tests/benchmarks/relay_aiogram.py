"""The relay on aiogram, written as its documentation teaches."""

import asyncio
from pathlib import Path

import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message, Update

from tests.benchmarks.relay_notebook import opened, write


async def echo(message: Message) -> None:
    assert message.text
    await message.answer(message.text)


async def write_and_echo(message: Message, event_update: Update, db: aiosqlite.Connection) -> None:
    assert message.text
    await write(db, event_update.update_id, message.chat.id, message.text)
    await message.answer(message.text)


def bot(api_url: str, token: str) -> Bot:
    url = f"{api_url}{{token}}/{{method}}"
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer(base=url, file=url)))


def run(api_url: str, token: str, folder: Path) -> None:  # noqa: ARG001 - it stores nothing
    async def poll() -> None:
        dispatcher = Dispatcher()
        dispatcher.message.register(echo)
        await dispatcher.start_polling(bot(api_url, token))

    asyncio.run(poll())


def run_durably(api_url: str, token: str, folder: Path) -> None:
    async def poll() -> None:
        dispatcher = Dispatcher(db=await opened(folder))
        dispatcher.message.register(write_and_echo)
        await dispatcher.start_polling(bot(api_url, token))

    asyncio.run(poll())
