"""The Bot API as we use it: a handful of methods, and errors sorted by what to do next."""

import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.warnings import PTBUserWarning

from bot.channels.telegram_transport import NotSentError
from bot.delivery import (
    AwayError,
    BrokenError,
    GoneError,
    LaterError,
    RefusedError,
    UnsureError,
)

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's own switch, else every 429 warns
warnings.filterwarnings(  # its typed methods cost five times as much and confirm what they parse
    "ignore", message="Please use 'Bot.", category=PTBUserWarning
)

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates we ask for, always by name: Telegram keeps whatever was asked for before."""

POLL_SECONDS = 25
"""How long Telegram holds a question for news open when there are none."""

MOST_UPDATES = 100

MANY = 8
"""More buttons than this stand side by side: the counties, whose names are short."""

A_ROW = 3
"""Buttons side by side that a small phone has room for."""

GONE = ("chat not found", "user is deactivated", "bot was kicked", "peer_id_invalid")

UNKNOWN = "unknown error in http"
"""How the library words what broke on the way there or back."""

Json: TypeAlias = Mapping[str, Any]


class TakenError(Exception):
    """Another program asks for this bot's updates."""


class WrongTokenError(Exception):
    """Telegram does not know the token."""


NEXT: tuple[tuple[type[TelegramError], type[Exception]], ...] = (
    (Forbidden, GoneError),
    (Conflict, TakenError),
    (InvalidToken, WrongTokenError),
    (EndPointNotFound, WrongTokenError),
    (BadRequest, RefusedError),
    (ChatMigrated, RefusedError),
    (NotSentError, AwayError),
    (TimedOut, UnsureError),
    (NetworkError, BrokenError),
    (TelegramError, UnsureError),
)
"""Their errors and ours. A narrow class stands before the wide one that it belongs to."""


FAILURES = (
    AwayError,
    BrokenError,
    GoneError,
    LaterError,
    RefusedError,
    UnsureError,
    TakenError,
    WrongTokenError,
)
"""Every way in which a call can fail."""


@dataclass(frozen=True, slots=True)
class Wire:
    """Calls methods. What fails raises the errors of `bot.delivery`, or one of the two above."""

    bot: Bot

    async def updates(self, offset: int | None, *, wait: int = POLL_SECONDS) -> list[Any]:
        """Ask for news, each as it came. Whatever lies below the offset is forgotten there."""
        asked = {"timeout": wait, "limit": MOST_UPDATES, "allowed_updates": KINDS}
        if offset is not None:
            asked["offset"] = offset
        found = await self.call("getUpdates", asked, seconds=wait + 10.0)
        return found if isinstance(found, list) else []

    async def call(self, method: str, asked: Json, *, seconds: float | None = None) -> Any:
        """Call one method, with the answer as it came."""
        try:
            return await self.bot.do_api_request(method, dict(asked), read_timeout=seconds)
        except TelegramError as error:
            raise sorted_out(error) from None
        except (
            KeyError,
            TypeError,
            AttributeError,
            RecursionError,
        ):
            raise UnsureError from None  # there was an answer, but not one of theirs


def sorted_out(error: TelegramError) -> Exception:
    """What to do next, whatever Telegram calls it."""
    if isinstance(error, RetryAfter):
        return LaterError(_seconds(error))
    if type(error) is NetworkError and UNKNOWN in str(error).casefold():
        return UnsureError()
    if isinstance(error, BadRequest) and any(each in str(error).casefold() for each in GONE):
        return GoneError()
    return next(ours for theirs, ours in NEXT if isinstance(error, theirs))()


def plain_message(
    chat: str, text: str, *, silent: bool, buttons: Sequence[Json] = ()
) -> dict[str, Any]:
    """What `sendMessage` is asked for: plain text, not to be passed on, buttons."""
    asked: dict[str, Any] = {
        "chat_id": chat,
        "text": text,
        "protect_content": True,
        "disable_notification": silent,
        "link_preview_options": {"is_disabled": True},
    }
    if buttons:
        asked["reply_markup"] = {"inline_keyboard": _rows(buttons)}
    return asked


def number(sent: Any) -> int:
    """The number of a message that was sent; UnsureError when the answer holds none."""
    found = sent.get("message_id") if isinstance(sent, Mapping) else None
    if not isinstance(found, int):
        raise UnsureError
    return found


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()


def _rows(buttons: Sequence[Json]) -> list[list[Json]]:
    """One button a row, so that its words have room; many stand side by side."""
    size = A_ROW if len(buttons) > MANY else 1
    return [list(buttons[at : at + size]) for at in range(0, len(buttons), size)]
