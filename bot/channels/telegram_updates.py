"""What a visitor did on Telegram, read with a strict model of the few fields that we use.

Each update is read alone, and nothing but the address and the visitor's own words comes out of it:
names, numbers and pictures end here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from bot.channels.telegram_verdicts import DECLINED, SERVICE
from bot.words import cleaned
from flows.commands import command_in

PRIVATE = "private"
START = "start"
LEFT = frozenset({"kicked", "left"})
LARGEST = 2**63 - 2
"""What a database holds, also of the number that follows."""

LATEST = 2**36
"""Seconds: a time that is no mistake."""

CODE = re.compile(r"[\w-]{1,64}", re.ASCII)
"""What may stand behind /start in a link."""

Number = Annotated[int, Field(ge=0, le=LARGEST)]


def _or_none(date: object) -> int:
    """When it was written; an odd time is none, and no reason not to read the words."""
    return date if type(date) is int and 0 <= date <= LATEST else 0


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)


class _Chat(_Part):
    id: Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
    type: str


class _Speaker(_Part):
    language_code: str = ""


class _Message(_Part):
    message_id: Number
    chat: _Chat
    date: Annotated[int, BeforeValidator(_or_none)] = 0
    text: str = ""
    from_: _Speaker = Field(default=_Speaker(), alias="from")


class _Press(_Part):
    id: str
    data: str = ""
    message: _Message | None = None
    from_: _Speaker = Field(default=_Speaker(), alias="from")


class _Membership(_Part):
    status: str


class _Member(_Part):
    chat: _Chat
    new_chat_member: _Membership


class _Update(_Part):
    update_id: Number
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Press | None = None
    my_chat_member: _Member | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Words. `remote` is Telegram's number for the message."""

    text: str = field(repr=False)
    remote: int


@dataclass(frozen=True, slots=True)
class Commanded:
    """A word with a slash before it, and what stood after it."""

    name: str
    rest: str = field(repr=False)
    remote: int


@dataclass(frozen=True, slots=True)
class Sent:
    """Anything but words."""

    remote: int


@dataclass(frozen=True, slots=True)
class Changed:
    text: str = field(repr=False)
    remote: int


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button under a message; `query` is to be answered, or the button goes on turning."""

    choice: str
    query: str
    remote: int


@dataclass(frozen=True, slots=True)
class Left:
    """The visitor has shut us out."""


Act: TypeAlias = Said | Commanded | Sent | Changed | Pressed | Left


@dataclass(frozen=True, slots=True)
class Update:
    """One update: its number, where it came from, and what was done there, if anything."""

    id: int
    chat: str = field(default="", repr=False)
    act: Act | None = None
    language: str = ""
    at: datetime | None = None
    """When words were written, which may be long ago."""


class UnreadableError(Exception):
    """What came is no update as we know them. `id` is its number, if it has one."""

    def __init__(self, id: int | None) -> None:
        super().__init__()
        self.id = id


def read(raw: Any) -> Update:
    """Read one update; UnreadableError, which holds nothing of it, when it is none."""
    try:
        found = _Update.model_validate(raw)
    except (ValidationError, RecursionError):
        raise UnreadableError(_number_of(raw)) from None
    if found.message:
        return _update(found, found.message, _message_act(found.message, raw["message"]))
    if found.edited_message:
        return _update(found, found.edited_message, _change(found.edited_message))
    if found.callback_query:
        return _press(found, found.callback_query)
    if found.my_chat_member:
        return _membership(found, found.my_chat_member)
    return Update(found.update_id)


def _update(found: _Update, message: _Message, act: Act | None) -> Update:
    if act is None or not _is_private(message.chat):
        return Update(found.update_id)
    chat, language = str(message.chat.id), message.from_.language_code
    at = datetime.fromtimestamp(message.date, UTC) if message.date else None
    return Update(found.update_id, chat, act, language, at)


def _message_act(message: _Message, raw: Mapping[str, Any]) -> Act | None:
    """Words are read; Telegram's own notes are passed over; everything else is declined."""
    text = cleaned(message.text)
    if text and not raw.keys() & DECLINED:
        return _words(text, message.message_id)
    if raw.keys() & SERVICE and not raw.keys() & DECLINED:
        return None
    return Sent(message.message_id)


def _words(text: str, remote: int) -> Act:
    """A command stands alone, or is a link's; whoever goes on writing says something."""
    first, _, rest = text.partition(" ")
    name = command_in(first).casefold()
    if not name or (rest and not (name == START and CODE.fullmatch(rest))):
        return Said(text, remote)
    return Commanded(name, rest, remote)


def _change(message: _Message) -> Act | None:
    text = cleaned(message.text)
    return Changed(text, message.message_id) if text else None


def _press(found: _Update, press: _Press) -> Update:
    if press.message is None or not _is_private(press.message.chat):
        return Update(found.update_id)
    chat, language = str(press.message.chat.id), press.from_.language_code
    act = Pressed(press.data, press.id, press.message.message_id)
    return Update(found.update_id, chat, act, language)


def _membership(found: _Update, member: _Member) -> Update:
    if member.new_chat_member.status in LEFT and _is_private(member.chat):
        return Update(found.update_id, str(member.chat.id), Left())
    return Update(found.update_id)


def _is_private(chat: _Chat) -> bool:
    return chat.type == PRIVATE and chat.id > 0


def _number_of(raw: Any) -> int | None:
    id = raw.get("update_id") if isinstance(raw, dict) else None
    return id if type(id) is int and 0 <= id <= LARGEST else None
