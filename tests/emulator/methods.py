"""The methods that exist here, and what each of them takes.

Strict on purpose: what Telegram would take but nobody here is to use is unknown.
"""

import json
import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

FLAGS = {"true": True, "1": True, "false": False, "0": False}


def _whole(value: Any) -> Any:
    """Take a number, or a form's text that is one."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,19}", value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("no number")


def _flag(value: Any) -> Any:
    if isinstance(value, str):
        return FLAGS.get(value.lower())
    return value if isinstance(value, bool) else None


def _nested(value: Any) -> Any:
    """Take JSON, or a form's text that holds it."""
    return json.loads(value) if isinstance(value, str) else value


Whole = Annotated[int, BeforeValidator(_whole)]
Flag = Annotated[bool, BeforeValidator(_flag)]


class Parameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Nothing(Parameters):
    pass


class GetUpdates(Parameters):
    offset: Whole = 0
    limit: Whole = 100
    timeout: Whole = 0
    allowed_updates: Annotated[list[str], BeforeValidator(_nested)] | None = None


class Button(Parameters):
    text: str
    callback_data: str | None = None
    url: str | None = None


class Keyboard(Parameters):
    inline_keyboard: list[list[Button]]


class LinkPreview(Parameters):
    is_disabled: Flag = False


class Reply(Parameters):
    message_id: Whole
    allow_sending_without_reply: Flag = False


Markup = Annotated[Keyboard, BeforeValidator(_nested)] | None
Preview = Annotated[LinkPreview, BeforeValidator(_nested)] | None
Entities = Annotated[list[Any], BeforeValidator(_nested)] | None


class SendMessage(Parameters):
    chat_id: Whole
    text: str
    parse_mode: str | None = None
    entities: Entities = None
    link_preview_options: Preview = None
    disable_notification: Flag = False
    protect_content: Flag = False
    reply_parameters: Annotated[Reply, BeforeValidator(_nested)] | None = None
    reply_markup: Markup = None


class EditMessageText(Parameters):
    chat_id: Whole
    message_id: Whole
    text: str
    parse_mode: str | None = None
    entities: Entities = None
    link_preview_options: Preview = None
    reply_markup: Markup = None


class DeleteMessage(Parameters):
    chat_id: Whole
    message_id: Whole


class DeleteMessages(Parameters):
    chat_id: Whole
    message_ids: Annotated[list[Whole], BeforeValidator(_nested)]


class SendChatAction(Parameters):
    chat_id: Whole
    action: str


class AnswerCallbackQuery(Parameters):
    callback_query_id: str
    text: str = ""
    show_alert: Flag = False
    url: str = ""
    cache_time: Whole = 0


class Command(Parameters):
    command: str
    description: str


class Scope(Parameters):
    type: str
    chat_id: Whole | None = None
    user_id: Whole | None = None


class InLanguage(Parameters):
    language_code: str = ""


class GetMyCommands(InLanguage):
    scope: Annotated[Scope, BeforeValidator(_nested)] | None = None


class SetMyCommands(GetMyCommands):
    commands: Annotated[list[Command], BeforeValidator(_nested)]


class SetMyDescription(InLanguage):
    description: str = ""


class SetMyShortDescription(InLanguage):
    short_description: str = ""


class SetMyName(InLanguage):
    name: str = ""


class DeleteWebhook(Parameters):
    drop_pending_updates: Flag = False


class LeaveChat(Parameters):
    chat_id: Whole
