"""How the emulator's own tests ask it: as a plain JSON client does."""

import json
from typing import Any

from tests.emulator.telegram import FIRST_VISITOR, Telegram

KIM = FIRST_VISITOR
STAFF = -1_001_234_567_890
FOUR = ["message", "edited_message", "callback_query", "my_chat_member"]
DISCREET = {"protect_content": True, "link_preview_options": {"is_disabled": True}}
KEYBOARD = {"inline_keyboard": [[{"text": "Ja", "callback_data": "yes"}]]}


async def ask(telegram: Telegram, method: str, **params: Any) -> Any:
    return json.loads((await telegram.call(method, params)).body)


async def say(telegram: Telegram, text: str = "Hej", chat: int = KIM, **more: Any) -> Any:
    return await ask(telegram, "sendMessage", chat_id=chat, text=text, **DISCREET, **more)


async def fetch(telegram: Telegram, **params: Any) -> Any:
    return (await ask(telegram, "getUpdates", allowed_updates=FOUR, **params))["result"]
