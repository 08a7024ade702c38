"""The Telegram of the tests keeps messages as the real one does, and refuses as it does."""

import json
from typing import Any

import pytest
from telegram import Update

from tests.emulator.asking import KEYBOARD, KIM, STAFF, ask, fetch, say
from tests.emulator.kinds import KINDS
from tests.emulator.telegram import TOKEN, Telegram
from tests.fakes import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    telegram = Telegram(clock=clock)
    telegram.visitor().start()
    return telegram


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("sendMessage", {"chat_id": KIM}, "message text is empty"),
        ("sendMessage", {"chat_id": KIM, "text": " \n"}, "message text is empty"),
        ("sendMessage", {"text": "Hej"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 99, "text": "Hej"}, "chat not found"),
        ("sendMessage", {"chat_id": KIM, "text": "å" * 4097}, "message is too long"),
        ("sendMessage", {"chat_id": KIM, "text": "👍" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": KIM, "text": "\ud800"}, "strings must be encoded in UTF-8"),
        ("editMessageText", {"chat_id": KIM, "text": "Hej"}, "message identifier is not specified"),
        (
            "editMessageText",
            {"chat_id": KIM, "message_id": 99, "text": "Hej"},
            "message to edit not found",
        ),
        (
            "editMessageText",
            {"chat_id": KIM, "message_id": 1, "text": "Hej"},
            "message can't be edited",
        ),
        ("deleteMessage", {"chat_id": KIM, "message_id": 99}, "message to delete not found"),
        (
            "deleteMessages",
            {"chat_id": KIM, "message_ids": []},
            "message identifiers are not specified",
        ),
        (
            "deleteMessages",
            {"chat_id": KIM, "message_ids": list(range(1, 102))},
            "too many message identifiers specified",
        ),
        (
            "sendChatAction",
            {"chat_id": KIM, "action": "dance"},
            "wrong parameter action in request",
        ),
        (
            "answerCallbackQuery",
            {"callback_query_id": "7"},
            "query is too old and response timeout expired or query ID is invalid",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "Å", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        ("setMyName", {"name": "x" * 65}, "name is too long"),
        (
            "leaveChat",
            {"chat_id": KIM},
            "chat member status can't be changed in private chats",
        ),
    ],
)
async def test_telegram_refuses_in_its_own_words(
    telegram: Telegram, method: str, params: dict[str, Any], words: str
) -> None:
    answer = await ask(telegram, method, **params)
    assert answer == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ("[]", "object expected as reply markup"),
        ({"inline_keyboard": [[{"text": 5}]]}, "can't parse inline keyboard button"),
        (
            {"inline_keyboard": [[{"text": "Ja"}]]},
            "text buttons are unallowed in the inline keyboard",
        ),
        (
            {"inline_keyboard": [[{"text": "Ja", "callback_data": "å" * 32 + "!"}]]},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"inline_keyboard": [[{"text": "Ja", "url": "http://localhost/"}]]},
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_a_keyboard_that_cannot_be_shown_is_refused(
    telegram: Telegram, markup: Any, words: str
) -> None:
    answer = await say(telegram, reply_markup=markup)
    assert answer["description"] == f"Bad Request: {words}"
    assert telegram.visitor().texts == []


async def test_the_longest_text_and_the_longest_data_pass(telegram: Telegram) -> None:
    button = {"text": "Ja", "callback_data": "å" * 32}
    keyboard = {"inline_keyboard": [[button]]}
    assert (await say(telegram, "👍" * 2048, reply_markup=keyboard))["ok"]


async def test_an_edit_that_changes_nothing_is_refused(telegram: Telegram) -> None:
    id = (await say(telegram, reply_markup=KEYBOARD))["result"]["message_id"]
    same = {"chat_id": KIM, "message_id": id, "text": "Hej"}
    again = await ask(telegram, "editMessageText", **same, reply_markup=KEYBOARD)
    assert again["description"].startswith("Bad Request: message is not modified: ")
    assert (await ask(telegram, "editMessageText", **same))["ok"]
    [_, shown] = telegram.visitor().shown()
    assert (shown.buttons, shown.was_edited) == ((), True)


async def test_another_token_and_another_path_are_refused(telegram: Telegram) -> None:
    for path, status, words in (
        (f"/bot{TOKEN}x/getMe", 401, "Unauthorized"),
        ("/bot/getMe", 404, "Not Found"),
        ("/botnot-a-token/getMe", 404, "Not Found"),
        (f"/bot{TOKEN}/logOut", 404, "Not Found: method not found"),
    ):
        answer = await telegram.request(path, {})
        assert (answer.status, json.loads(answer.body)["description"]) == (status, words)


async def test_a_phone_shows_what_was_said_edited_and_deleted(telegram: Telegram) -> None:
    kim = telegram.visitor()
    first = (await say(telegram, "Ett", disable_notification=True))["result"]["message_id"]
    await say(telegram, "Två")
    await ask(telegram, "editMessageText", chat_id=KIM, message_id=first, text="Noll")
    await ask(telegram, "deleteMessages", chat_id=KIM, message_ids=[1, 99])
    assert kim.texts == ["Noll", "Två"]
    [noll, tva] = kim.shown()
    assert (noll.was_edited, noll.silent, noll.protected, noll.mine) == (True, True, True, False)
    assert (tva.was_edited, tva.silent) == (False, False)


async def test_what_is_older_than_two_days_stays(telegram: Telegram, clock: Clock) -> None:
    clock.forward(hours=48)
    assert (await ask(telegram, "deleteMessages", chat_id=KIM, message_ids=[1]))["result"] is True
    alone = await ask(telegram, "deleteMessage", chat_id=KIM, message_id=1)
    assert alone["description"] == "Bad Request: message can't be deleted for everyone"
    assert len(telegram.visitor().shown()) == 1


async def test_a_press_is_answered_once_and_in_time(telegram: Telegram, clock: Clock) -> None:
    kim = telegram.visitor()
    await say(telegram, reply_markup=KEYBOARD)
    kim.press("Ja")
    kim.press_data("forged")
    queries = [update["callback_query"] for update in await fetch(telegram, offset=-2)]
    assert [query["data"] for query in queries] == ["yes", "forged"]
    ids = [query["id"] for query in queries]
    assert (await ask(telegram, "answerCallbackQuery", callback_query_id=ids[0]))["ok"]
    assert not (await ask(telegram, "answerCallbackQuery", callback_query_id=ids[0]))["ok"]
    clock.forward(minutes=6)
    assert not (await ask(telegram, "answerCallbackQuery", callback_query_id=ids[1]))["ok"]
    assert (kim.toasts, kim.unanswered) == ([""], 1)
    with pytest.raises(KeyError):
        kim.press("Nej")


async def test_a_press_on_a_deleted_message_comes_without_it(telegram: Telegram) -> None:
    telegram.visitor().press_data("old", message_id=77)
    [*_, update] = await fetch(telegram)
    assert update["callback_query"]["message"]["date"] == 0


async def test_who_blocks_the_bot_hears_no_more_of_it(telegram: Telegram) -> None:
    kim = telegram.visitor()
    kim.block()
    assert (await say(telegram))["description"] == "Forbidden: bot was blocked by the user"
    kim.write("Jag är tillbaka")
    assert (await say(telegram))["ok"]
    kinds = [list(update)[1] for update in await fetch(telegram)]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]


async def test_a_bot_that_left_a_group_cannot_write_there(telegram: Telegram) -> None:
    staff = telegram.group(STAFF)
    assert (await say(telegram, "1 väntar", STAFF))["ok"]
    assert (await ask(telegram, "leaveChat", chat_id=STAFF))["ok"]
    answer = await say(telegram, "2 väntar", STAFF)
    assert answer["description"] == "Forbidden: bot is not a member of the supergroup chat"
    assert staff.texts == ["1 väntar"]


async def test_message_ids_grow_over_all_chats_and_ids_may_be_large(telegram: Telegram) -> None:
    small, large = telegram.visitor(2**31 + 1), telegram.visitor(2**51)
    assert [small.write("a"), large.write("b"), small.write("c")] == [2, 3, 4]
    for visitor in (small, large):
        assert (await say(telegram, chat=visitor.id))["result"]["chat"]["id"] == visitor.id


@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_every_kind_of_message_is_one_that_the_library_knows(
    telegram: Telegram, kind: str
) -> None:
    telegram.visitor().send(kind)
    [*_, raw] = await fetch(telegram)
    message = Update.de_json(raw, None).message
    assert message is not None
    assert not message.api_kwargs
    assert message.forward_origin if kind == "forward" else getattr(message, *_field(kind))


def _field(kind: str) -> tuple[str]:
    return ("poll",) if kind == "quiz" else (kind,)


async def test_the_page_of_the_bot_is_kept_by_language(telegram: Telegram) -> None:
    await ask(telegram, "setMyDescription", description="Samtal", language_code="sv")
    await ask(telegram, "setMyDescription", description="Talk")
    for language, said in (("sv", "Samtal"), ("fi", "Talk")):
        answer = await ask(telegram, "getMyDescription", language_code=language)
        assert answer["result"] == {"description": said}
    commands = [{"command": "radera", "description": "Ta bort allt"}]
    await ask(telegram, "setMyCommands", commands=json.dumps(commands))
    assert (await ask(telegram, "getMyCommands"))["result"] == commands
