"""The relay on python-telegram-bot, written as its documentation teaches."""

from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from tests.benchmarks.relay_notebook import opened, write

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:  # noqa: ARG001 - PTB's
    assert update.message
    assert update.message.text
    await update.message.reply_text(update.message.text)


async def write_and_echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    assert update.message.text
    message = update.message
    await write(context.bot_data["db"], update.update_id, message.chat_id, update.message.text)
    await update.message.reply_text(update.message.text)


def run(api_url: str, token: str, folder: Path) -> None:  # noqa: ARG001 - it stores nothing
    application = Application.builder().token(token).base_url(api_url).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
    application.run_polling()


def run_durably(api_url: str, token: str, folder: Path) -> None:
    async def open_notebook(application: AnyApplication) -> None:
        application.bot_data["db"] = await opened(folder)

    builder = Application.builder().token(token).base_url(api_url)
    application = builder.post_init(open_notebook).build()
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, write_and_echo))
    application.run_polling()
