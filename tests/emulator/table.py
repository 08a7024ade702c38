"""Every method that exists here, by its name, and what is said about parameters that do not fit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from tests.emulator import acts, pages
from tests.emulator import methods as m
from tests.emulator.answers import Refused, bad_request
from tests.emulator.office import Office


@dataclass(frozen=True, slots=True)
class Method:
    """One method; the one whose act has to be awaited gives updates."""

    name: str
    takes: type[m.Parameters]
    act: Callable[[Office, Any], Any]


METHODS = {
    method.name.lower(): method
    for method in (
        Method("getUpdates", m.GetUpdates, pages.get_updates),
        Method("sendMessage", m.SendMessage, acts.send_message),
        Method("editMessageText", m.EditMessageText, acts.edit_message_text),
        Method("deleteMessage", m.DeleteMessage, acts.delete_message),
        Method("deleteMessages", m.DeleteMessages, acts.delete_messages),
        Method("sendChatAction", m.SendChatAction, acts.send_chat_action),
        Method("answerCallbackQuery", m.AnswerCallbackQuery, acts.answer_callback_query),
        Method("leaveChat", m.LeaveChat, acts.leave_chat),
        Method("getMe", m.Nothing, pages.get_me),
        Method("setMyCommands", m.SetMyCommands, pages.set_my_commands),
        Method("getMyCommands", m.GetMyCommands, pages.get_my_commands),
        Method("setMyDescription", m.SetMyDescription, pages.set_my_description),
        Method("getMyDescription", m.InLanguage, pages.get_my_description),
        Method("setMyShortDescription", m.SetMyShortDescription, pages.set_my_short_description),
        Method("getMyShortDescription", m.InLanguage, pages.get_my_short_description),
        Method("setMyName", m.SetMyName, pages.set_my_name),
        Method("getMyName", m.InLanguage, pages.get_my_name),
        Method("deleteWebhook", m.DeleteWebhook, pages.delete_webhook),
        Method("getWebhookInfo", m.Nothing, pages.get_webhook_info),
    )
}

MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "action": "wrong parameter action in request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "commands": "commands are not specified",
}


def no_to(error: ValidationError) -> Refused:
    """Say what is missing or does not fit, as Telegram does; no content in it."""
    wrong = error.errors(include_url=False, include_input=False, include_context=False)[0]
    field = str(wrong["loc"][0])
    if wrong["type"] == "missing" and len(wrong["loc"]) == 1:
        return bad_request(MISSING[field])
    if field == "reply_markup":
        return bad_request(_no_keyboard(wrong["type"], len(wrong["loc"])))
    return bad_request(f"can't parse {field}")


def _no_keyboard(kind: str, depth: int) -> str:
    if depth == 1 and kind == "value_error":
        return "can't parse reply keyboard markup JSON object"
    if depth == 1:
        return "object expected as reply markup"
    return "can't parse inline keyboard button"


def is_our_fault(error: ValidationError) -> bool:
    """Unknown names and wrong types are faults in the program; what is missing is only refused."""
    return any(each["type"] != "missing" for each in error.errors(include_url=False))
