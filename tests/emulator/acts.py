"""What each method does, and when Telegram says no."""

from http import HTTPStatus
from urllib.parse import urlsplit

from tests.emulator import methods as m
from tests.emulator.answers import Refused, bad_request
from tests.emulator.office import Json, Office
from tests.emulator.phones import Group, Message, Phone, public

LONGEST_TEXT = 4096
"""Of a message, in UTF-16 units."""

LONGEST_DATA = 64
"""Of a button, in bytes."""

LONGEST_TOAST = 200
MOST_BUTTONS = 100
MOST_DELETED = 100
DELETABLE_FOR = 48 * 3600
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(office: Office, asked: m.SendMessage) -> Json:
    phone = _chat(office, asked.chat_id)
    fields = {
        "message_id": 0,
        "from": public(office.me),
        "chat": phone.chat,
        "date": office.now,
        **_reply(phone, asked.reply_parameters),
        "text": _text(asked.text),
        **_markup(asked.reply_markup),
        **({"has_protected_content": True} if asked.protect_content else {}),
    }
    _write_access(phone)
    fields["message_id"] = office.new_message_id()
    silent, protected = asked.disable_notification, asked.protect_content
    phone.keep(
        Message(
            fields["message_id"],
            office.now,
            fields,
            by_bot=True,
            silent=silent,
            protected=protected,
        )
    )
    return fields


def edit_message_text(office: Office, asked: m.EditMessageText) -> Json:
    phone = _chat(office, asked.chat_id)
    text, markup = _text(asked.text), _markup(asked.reply_markup)
    message = phone.messages.get(asked.message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot:
        raise bad_request("message can't be edited")
    _write_access(phone)
    _differs(message, text, markup)
    rest = {name: value for name, value in message.fields.items() if name != "reply_markup"}
    message.fields = {**rest, "edit_date": office.now, "text": text, **markup}
    return message.fields


def delete_message(office: Office, asked: m.DeleteMessage) -> bool:
    phone = _chat(office, asked.chat_id)
    message = phone.messages.get(asked.message_id)
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(office, phone, message):
        raise bad_request("message can't be deleted for everyone")
    del phone.messages[message.id]
    return True


def delete_messages(office: Office, asked: m.DeleteMessages) -> bool:
    """Delete what can be deleted; what is unknown or too old is passed over without a word."""
    phone = _chat(office, asked.chat_id)
    if not asked.message_ids:
        raise bad_request("message identifiers are not specified")
    if len(asked.message_ids) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    if min(asked.message_ids) < 1:
        raise bad_request("invalid message identifier specified")
    for id in asked.message_ids:
        message = phone.messages.get(id)
        if message and _deletable(office, phone, message):
            del phone.messages[id]
    return True


def send_chat_action(office: Office, asked: m.SendChatAction) -> bool:
    if asked.action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    phone = _chat(office, asked.chat_id)
    _write_access(phone)
    if asked.action == "typing":
        phone.typing.append(office.clock().timestamp())
    return True


def answer_callback_query(office: Office, asked: m.AnswerCallbackQuery) -> bool:
    if len(asked.text) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    press = office.open_press(asked.callback_query_id)
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    press.toast = asked.text
    return True


def leave_chat(office: Office, asked: m.LeaveChat) -> bool:
    phone = _chat(office, asked.chat_id)
    if not isinstance(phone, Group):
        raise bad_request("chat member status can't be changed in private chats")
    _write_access(phone)
    phone.leave()
    return True


def _chat(office: Office, id: int) -> Phone:
    phone = office.phones.get(id)
    if phone is None or id not in office.met:
        raise bad_request("chat not found")
    return phone


def _write_access(phone: Phone) -> None:
    if phone.closed:
        raise Refused(HTTPStatus.FORBIDDEN, phone.closed)


def _text(text: str) -> str:
    """Take words as Telegram keeps them: without blank ends, in bounds, encodable."""
    text = text.strip()
    if not text:
        raise bad_request("message text is empty")
    try:
        units = len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if units > LONGEST_TEXT:
        raise bad_request("message is too long")
    return text


def _reply(phone: Phone, reply: m.Reply | None) -> Json:
    if reply is None:
        return {}
    answered = phone.messages.get(reply.message_id)
    if answered is None and not reply.allow_sending_without_reply:
        raise bad_request("message to be replied not found")
    return {"reply_to_message": answered.fields} if answered else {}


def _markup(keyboard: m.Keyboard | None) -> Json:
    rows = [row for row in keyboard.inline_keyboard if row] if keyboard else []
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    if not rows:
        return {}
    return {"reply_markup": {"inline_keyboard": [[_button(each) for each in row] for row in rows]}}


def _button(button: m.Button) -> Json:
    if not button.text.strip():
        raise bad_request("can't parse inline keyboard button: Button text must be non-empty")
    if button.url:
        return {"text": button.text, "url": _link(button.url)}
    if not button.callback_data:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    if len(button.callback_data.encode()) > LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    return {"text": button.text, "callback_data": button.callback_data}


def _link(url: str) -> str:
    """Telegram opens web addresses; a host without a dot, as localhost, is none to it."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https", "tg"} or "." not in (parts.hostname or ""):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return url


def _differs(message: Message, text: str, markup: Json) -> None:
    before = message.fields.get("text"), message.fields.get("reply_markup")
    if before == (text, markup.get("reply_markup")):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )


def _deletable(office: Office, phone: Phone, message: Message) -> bool:
    """Both sides' messages in a private chat, the bot's own in a group, all within two days."""
    young = office.now - message.at < DELETABLE_FOR
    return young and (message.by_bot or not isinstance(phone, Group))
