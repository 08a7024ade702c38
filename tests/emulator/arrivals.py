"""Updates that a test makes by hand: what Telegram would know if they were real."""

import json
from collections.abc import Iterator
from typing import Any

from tests.emulator.office import Json, Office
from tests.emulator.phones import Group, Message, Phone, Visitor

LARGEST = 2**52
"""Ids of chats have at most 52 significant bits."""


def phone_of(office: Office, id: int) -> Phone:
    """Give the phone of a chat, the same one each time."""
    if id not in office.phones:
        office.phones[id] = Visitor(id, office) if id > 0 else Group(id, office)
    return office.phones[id]


def take_in(office: Office, update: Any) -> None:
    """Remember the chats and messages of a raw update, however odd the rest of it is."""
    for what in _decoded(update).values():
        if isinstance(what, dict):
            _take_message(office, what)
            _take_message(office, what.get("message"))
            _take_press(office, what)


def _decoded(update: Any) -> Json:
    try:
        read = json.loads(update) if isinstance(update, str | bytes) else update
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _take_message(office: Office, message: Any) -> None:
    for id in _chats(message):
        office.meet(id)
        phone = phone_of(office, id)
        number = message.get("message_id")
        if _whole(number) and 0 < number < LARGEST and number not in phone.messages:
            office.note_message_id(number)
            phone.keep(Message(number, office.now, message))


def _take_press(office: Office, query: Json) -> None:
    for id in _chats(query.get("message")):
        if isinstance(query.get("id"), str):
            office.press(id, query["id"])


def _chats(message: Any) -> Iterator[int]:
    chat = message.get("chat") if isinstance(message, dict) else None
    id = chat.get("id") if isinstance(chat, dict) else None
    if isinstance(id, int) and _whole(id) and 0 < abs(id) < LARGEST:
        yield id


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
