"""What no call of ours may do, whatever else it does; found out on every call that arrives."""

import json
import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.emulator.office import Json, Office

if TYPE_CHECKING:
    from tests.emulator.telegram import Telegram

OUR_UPDATES = {"message", "edited_message", "callback_query", "my_chat_member"}
LONG_NUMBER = re.compile(r"[0-9]{6,}")
"""Shorter ones are hours, ages, codes of municipalities."""

ADDRESSES = {"chat_id", "message_id", "message_ids", "callback_query_id", "offset"}
"""Where the number of a chat or a message has its place."""


def indiscretions_of(method: str, params: Json, office: Office) -> Iterator[str]:
    """Give a sentence for everything in a call that must not be there; no content in them."""
    yield from _about_the_chat(params, office)
    yield from _about_the_words(params, office)
    yield from _about_the_buttons(params)
    if method in {"sendMessage", "editMessageText"}:
        yield from _about_the_message(method, params)
    if method == "getUpdates" and set(params.get("allowed_updates") or ()) != OUR_UPDATES:
        yield "allowed_updates does not name exactly the four kinds that are read"
    if params.get("drop_pending_updates"):
        yield "drop_pending_updates throws the night's messages away"


def must_be_silent(telegram: "Telegram", except_texts: Container[str] = ()) -> None:
    """Assert that no visitor's phone rang but for these texts, which counsellors wrote."""
    loud = sum(
        call.method == "sendMessage"
        and _is_private(call.params)
        and call.params.get("disable_notification") is not True
        and call.params.get("text") not in except_texts
        for call in telegram.calls
    )
    assert loud == 0, f"{loud} messages that no counsellor wrote made a phone ring"


def _about_the_chat(params: Json, office: Office) -> Iterator[str]:
    if "chat_id" in params and params["chat_id"] not in office.met:
        yield "a chat is addressed that never wrote"


def _about_the_words(params: Json, office: Office) -> Iterator[str]:
    said = {name: value for name, value in params.items() if name not in ADDRESSES}
    words = json.dumps(said, ensure_ascii=False) if said else ""
    if office.token in words:
        yield "the token is said"
    if any(int(number) in office.known_numbers for number in LONG_NUMBER.findall(words)):
        yield "the number of a chat is said"


def _about_the_buttons(params: Json) -> Iterator[str]:
    for button in _buttons(params.get("reply_markup")):
        if LONG_NUMBER.search(str(button.get("callback_data"))):
            yield "a button's data holds a long number"
        url = urlsplit(str(button.get("url") or ""))
        if url.query or url.fragment or url.username:
            yield "a button's link says more than where it leads"


def _buttons(markup: Any) -> Iterator[Json]:
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    for row in rows if isinstance(rows, list) else ():
        yield from (button for button in row if isinstance(button, dict))


def _about_the_message(method: str, params: Json) -> Iterator[str]:
    private = _is_private(params)
    preview = params.get("link_preview_options")
    if private and not (isinstance(preview, dict) and preview.get("is_disabled") is True):
        yield f"{method} to a visitor lets Telegram fetch what a link leads to"
    if private and method == "sendMessage" and params.get("protect_content") is not True:
        yield "sendMessage to a visitor without protect_content"
    if not params.keys().isdisjoint({"parse_mode", "entities"}):
        yield f"{method} with formatting"


def _is_private(params: Json) -> bool:
    """Groups have negative numbers."""
    return isinstance(params.get("chat_id"), int) and params["chat_id"] > 0
