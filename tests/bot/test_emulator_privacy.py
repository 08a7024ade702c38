"""The Telegram of the tests sees what must not be sent."""

from typing import Any

import pytest

from tests.emulator.asking import DISCREET, KIM, STAFF, fetch, say
from tests.emulator.privacy import must_be_silent
from tests.emulator.telegram import TOKEN, Telegram


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram()
    telegram.visitor().start()
    return telegram


BUTTON = {"text": "Ja", "callback_data": f"yes:{KIM}"}
LINK = {"text": "Sidan", "url": "https://example.org/chat?from=telegram"}


@pytest.mark.parametrize(
    ("method", "planted", "sentence"),
    [
        ("sendMessage", {"protect_content": False}, "without protect_content"),
        ("sendMessage", {"link_preview_options": {}}, "lets Telegram fetch"),
        ("sendMessage", {"parse_mode": "HTML"}, "with formatting"),
        ("sendMessage", {"entities": []}, "with formatting"),
        ("sendMessage", {"text": f"Du är {KIM}"}, "the number of a chat"),
        ("sendMessage", {"text": f"Grupp {-STAFF}"}, "the number of a chat"),
        ("sendMessage", {"text": TOKEN}, "the token"),
        ("sendMessage", {"chat_id": 99}, "a chat is addressed that never wrote"),
        ("sendMessage", {"reply_markup": {"inline_keyboard": [[BUTTON]]}}, "a long number"),
        ("sendMessage", {"reply_markup": {"inline_keyboard": [[LINK]]}}, "more than where"),
        ("sendMessage", {"reply_markup": {"keyboard": [["Ja"]]}}, "do not fit"),
        ("sendMessage", {"business_connection_id": "x"}, "do not fit"),
        ("sendMessage", {"disable_notification": "maybe"}, "do not fit"),
        ("getUpdates", {"allowed_updates": ["message"]}, "allowed_updates"),
        ("getUpdates", {}, "allowed_updates"),
        ("deleteWebhook", {"drop_pending_updates": True}, "drop_pending_updates"),
        ("forwardMessage", {"chat_id": KIM}, "a method is called"),
    ],
)
async def test_every_call_is_looked_at_for_what_it_gives_away(
    telegram: Telegram, method: str, planted: dict[str, Any], sentence: str
) -> None:
    telegram.group(STAFF)
    usual = {"chat_id": KIM, "text": "Hej", **DISCREET} if method == "sendMessage" else {}
    await telegram.call(method, {**usual, **planted})
    assert any(sentence in said for said in telegram.indiscretions)
    assert not any(str(KIM) in said or TOKEN in said for said in telegram.indiscretions)


async def test_a_discreet_call_is_not_complained_of(telegram: Telegram) -> None:
    link = {"text": "Sidan", "url": "https://example.org/chat"}
    keyboard = {"inline_keyboard": [[{"text": "Ja", "callback_data": "place:0180"}], [link]]}
    await say(telegram, "Ring 020-55 56 66", reply_markup=keyboard, disable_notification=True)
    await fetch(telegram)
    assert telegram.indiscretions == []


async def test_only_a_counsellors_words_may_make_a_phone_ring(telegram: Telegram) -> None:
    await say(telegram, "Du är i kö", disable_notification=True)
    await say(telegram, "Hej, Anna här")
    must_be_silent(telegram, except_texts={"Hej, Anna här"})
    with pytest.raises(AssertionError, match="1 messages that no counsellor wrote"):
        must_be_silent(telegram)
