"""Only words and presses of one person in a chat of their own are read; nothing is fetched."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram_verdicts import SERVICE
from bot.conversation import for_counsellor
from flows.states import Menu, Talking
from tests.bot.houses import everything_logged, texts
from tests.bot.telegrams import Channel, open_channel
from tests.emulator.kinds import KINDS
from tests.emulator.telegram import FIRST_VISITOR

ALLOWED = {
    "getUpdates",
    "getMe",
    "sendMessage",
    "deleteMessages",
    "answerCallbackQuery",
    *(f"{verb}My{what}" for verb in ("get", "set") for what in ("Name", "Commands")),
    *(f"{verb}My{what}" for verb in ("get", "set") for what in ("Description", "ShortDescription")),
}
UNSUPPORTED = texts().say("sv", "unsupported", channel="telegram")


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[Channel]:
    async with open_channel(tmp_path) as channel:
        yield channel


def chat(id: int, kind: str) -> dict[str, Any]:
    return {"id": id, "type": kind, "title": "Vi"}


PERSON = {"id": 5, "is_bot": False, "first_name": "Kim", "language_code": "sv"}
ELSEWHERE = [
    chat(-7, "group"),
    chat(-1_001_234_567, "supergroup"),
    chat(-1_009_876_543, "channel"),
    chat(-7, "private"),
    chat(0, "private"),
    chat(7, "group"),
    chat(7, "sender"),
]


@pytest.mark.parametrize("where", ELSEWHERE, ids=str)
async def test_nothing_in_a_group_or_channel_is_kept_or_answered(
    channel: Channel, where: dict[str, Any]
) -> None:
    words = {"message_id": 9, "date": 0, "chat": where, "from": PERSON, "text": "hej"}
    member = {"status": "kicked", "user": PERSON}
    for update in (
        {"message": words},
        {"message": {**words, "photo": []}},
        {"message": {**words, "new_chat_members": [PERSON]}},
        {"edited_message": words},
        {"channel_post": words},
        {"callback_query": {"id": "1", "from": PERSON, "message": words, "data": "talk"}},
        {"my_chat_member": {"chat": where, "from": PERSON, "new_chat_member": member}},
    ):
        channel.telegram.put(update)
        await channel.quiet()
        assert channel.conversations == []
    assert channel.house.vault.ids == frozenset()
    assert {call.method for call in channel.telegram.calls} <= ALLOWED - {"sendMessage"}


@pytest.mark.parametrize("kind", KINDS)
async def test_anything_but_words_gets_a_kind_sentence_and_is_deleted(
    channel: Channel, kind: str
) -> None:
    kim = channel.telegram.visitor()
    kim.start()
    sent = kim.send(kind)
    await channel.quiet()
    assert kim.texts[-1] == UNSUPPORTED
    assert sent not in kim.messages
    assert {call.method for call in channel.telegram.calls} <= ALLOWED


@pytest.mark.parametrize(
    "extra",
    [
        {"via_bot": {"id": 9, "is_bot": True, "first_name": "Annan"}},
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "Robin", "date": 1}},
        {"invoice": {"title": "x"}},
        {"checklist": {"title": "x"}},
        {"passport_data": {}},
    ],
    ids=lambda extra: str(next(iter(extra))),
)
async def test_words_that_are_not_the_visitors_own_are_not_kept(
    channel: Channel, extra: dict[str, Any]
) -> None:
    kim = channel.telegram.visitor()
    sent = kim.write("någon annans ord", **extra)
    await channel.quiet()
    assert UNSUPPORTED in kim.texts[-1]
    assert sent not in kim.messages
    assert all("någon annans" not in message.text for message in channel.of(kim).messages)


async def test_an_album_is_one_conversation_and_all_of_it_is_deleted(channel: Channel) -> None:
    kim = channel.telegram.visitor()
    for _ in range(10):
        kim.send("photo", media_group_id="17")
    await channel.quiet()
    assert len(channel.conversations) == 1
    assert [shown for shown in kim.shown() if shown.mine] == []


async def test_a_picture_sent_to_a_counsellor_is_declined_and_the_talk_goes_on(
    channel: Channel,
) -> None:
    kim = channel.telegram.visitor()
    await channel.start_talk(kim)
    kim.send("photo", caption="titta KANARIE")
    kim.write("hej")
    await channel.quiet()
    assert kim.texts[-1] == UNSUPPORTED
    assert isinstance(channel.of(kim).state, Talking)
    assert channel.read_by_counsellor(kim) == ["hej"]


async def test_telegrams_own_notes_are_passed_over(channel: Channel) -> None:
    for kind in sorted(SERVICE):
        channel.telegram.visitor().send(kind, **{kind: {"date": 1}})
        await channel.quiet()
        assert channel.conversations == [], kind
    assert channel.calls("sendMessage") == []


async def test_words_that_quote_link_or_answer_are_words(channel: Channel) -> None:
    kim = channel.telegram.visitor()
    first = kim.write("hej", entities=[{"type": "bold", "offset": 0, "length": 3}])
    answered = kim.messages[first].fields
    kim.write("svar", reply_to_message=answered, quote={"text": "hej", "position": 0})
    kim.write("förhandsvisning", link_preview_options={"is_disabled": False}, effect_id="5")
    await channel.quiet()
    assert channel.words(kim) == ["hej", "svar", "förhandsvisning"]


async def test_nothing_of_who_wrote_is_kept(channel: Channel) -> None:
    with everything_logged() as written:
        kim = channel.telegram.visitor()
        await channel.start_talk(kim)
        kim.write("hej")
        await channel.quiet()
    everything = repr(channel.of(kim)) + written.getvalue()
    assert "kim_provar" not in everything
    assert "Kim" not in everything
    assert str(FIRST_VISITOR) not in everything


# Edits


async def test_changed_words_are_shown_with_both_versions(channel: Channel) -> None:
    kim = channel.telegram.visitor()
    await channel.start_talk(kim)
    sent = kim.write("jag mår bra")
    kim.write("eller")
    kim.edit(sent, "jag mår inte bra")
    kim.edit(sent, "jag mår dåligt")
    await channel.quiet()
    shown = for_counsellor(channel.of(kim))
    first = next(m for m in shown if m.text == "jag mår bra")
    amending = [(m.text, m.amends) for m in shown if m.amends]
    assert amending == [("jag mår inte bra", first.seq), ("jag mår dåligt", first.seq)]
    assert channel.read_by_counsellor(kim)[:2] == ["jag mår bra", "eller"]


async def test_changed_words_are_no_new_message_that_somebody_answers(channel: Channel) -> None:
    kim = channel.telegram.visitor()
    sent = kim.write("hej")
    await channel.quiet()
    before = kim.texts
    kim.edit(sent, "hej då")
    await channel.quiet()
    assert channel.words(kim) == ["hej", "hej då"]
    assert kim.texts == before


@pytest.mark.parametrize("order", ["/radera", "/avsluta", "/start", "radera allt", "meny"])
async def test_a_change_is_never_an_order(channel: Channel, order: str) -> None:
    kim = channel.telegram.visitor()
    sent = kim.write("hej")
    await channel.quiet()
    before = kim.texts
    kim.edit(sent, order)
    await channel.quiet()
    assert channel.words(kim) == ["hej", order]
    assert isinstance(channel.of(kim).state, Menu)
    assert kim.texts == before


async def test_words_changed_after_they_were_erased_are_not_met(channel: Channel) -> None:
    kim = channel.telegram.visitor()
    sent = kim.write("hej")
    copy = dict(kim.messages[sent].fields)
    await channel.choose(kim, "erase-now")
    channel.telegram.put({"edited_message": {**copy, "text": "hej igen", "edit_date": 1}})
    await channel.quiet()
    assert channel.conversations == []


async def test_words_changed_after_the_talk_are_not_met(channel: Channel) -> None:
    kim = channel.telegram.visitor()
    await channel.start_talk(kim)
    sent = kim.write("hej")
    await channel.choose(kim, "end")
    before = kim.texts
    kim.edit(sent, "något annat")
    await channel.quiet()
    assert channel.words(kim) == ["hej"]
    assert kim.texts == before


async def test_forgotten_words_that_are_changed_stay_forgotten(channel: Channel) -> None:
    kim = channel.telegram.visitor()
    kim.start()
    kim.press_data("places")
    sent = kim.write("Lund")
    await channel.quiet()
    kim.edit(sent, "Malmö")
    await channel.quiet()
    assert all("Malmö" not in message.text for message in channel.of(kim).messages)


async def test_words_that_were_withheld_stay_withheld_when_they_are_changed(
    channel: Channel,
) -> None:
    kim = channel.telegram.visitor()
    sent = kim.write("jag har gjort något")
    await channel.start_talk(kim)
    kim.edit(sent, "jag har gjort något hemskt")
    kim.write("hej")
    await channel.quiet()
    assert channel.read_by_counsellor(kim) == ["hej"]
