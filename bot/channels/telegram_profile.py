"""How the bot looks before anybody writes to it, and whether it is kept out of where it should be.

Its name stands in the list of chats on a phone that somebody else may look into, so it is neutral.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.channels.telegram_wire import Wire
from bot.delivery import GoneError, LaterError, RefusedError
from flows.commands import COMMANDS
from flows.texts import FALLBACK, Texts

ALLOWED: Mapping[str, str] = {
    "can_join_groups": "it can be added to groups: turn that off with /setjoingroups",
    "can_read_all_group_messages": "it reads along in groups: turn that off with /setprivacy",
    "supports_inline_queries": "it answers in other chats: turn that off with /setinline",
}
"""What must be false of the bot, and what to tell BotFather if it is not."""


async def introduce(wire: Wire, texts: Texts) -> None:
    """Set name, descriptions and commands where they are not as they should be.

    Telegram lets a name be set only a few times a day, so nothing is set twice.
    """
    for kind, (field, wanted) in _profile(texts).items():
        shown = await wire.call(f"getMy{kind}", {})
        if _as_set(shown, field) != wanted:
            try:
                await wire.call(f"setMy{kind}", {field: wanted})
            except (RefusedError, LaterError):
                continue  # the next start tries again; the rest does not wait for it


async def faults(wire: Wire, staff_chat: int | None) -> list[str]:
    """Say what must be mended with the bot, each in half a sentence."""
    me = await wire.call("getMe", {})
    found = [sentence for field, sentence in ALLOWED.items() if me.get(field)]
    if staff_chat is not None:
        asked = {"chat_id": staff_chat, "action": "typing"}
        try:
            await wire.call("sendChatAction", asked)
        except (RefusedError, GoneError):
            found.append("it cannot write to HELPLINE_TELEGRAM_STAFF_CHAT: make it a member")
    return found


async def hints(wire: Wire, texts: Texts) -> list[str]:
    """Say what the next start sets, each in half a sentence."""
    return [
        f"its {kind.lower()} is set when the service starts"
        for kind, (field, wanted) in _profile(texts).items()
        if _as_set(await wire.call(f"getMy{kind}", {}), field) != wanted
    ]


def _profile(texts: Texts) -> dict[str, tuple[str, Any]]:
    """What is set, by method: the parameter and its value."""
    return {
        "Name": ("name", texts.say(FALLBACK, "telegram-name")),
        "Description": ("description", texts.say(FALLBACK, "telegram-description")),
        "ShortDescription": ("short_description", texts.say(FALLBACK, "telegram-about")),
        "Commands": ("commands", list(_commands(texts))),
    }


def _commands(texts: Texts) -> Iterator[dict[str, str]]:
    for name in COMMANDS:
        yield {"command": name, "description": texts.say(FALLBACK, f"command-{name}")}


def _as_set(shown: Any, field: str) -> Any:
    """What Telegram shows, in the shape in which it is set: commands come as a bare list."""
    return shown.get(field) if isinstance(shown, Mapping) else shown
