"""What cannot be read, or breaks its own turn, is passed over; whoever comes next is met."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram_wire import MOST_UPDATES
from flows.safety import Recogniser
from tests.bot.houses import everything_logged
from tests.bot.telegrams import open_channel

CANARY = "KANARIEFÅGEL"


class Faulty(Recogniser):
    """Breaks at one word, as a mistake of ours would."""

    __slots__ = ()

    def kinds(self, text: str) -> tuple[str, ...]:
        if "gift" in text:
            raise RuntimeError(text)
        return super().kinds(text)


CHAT = {"id": 7, "type": "private"}
MESSAGE = {"message_id": 7, "chat": CHAT, "text": CANARY}
NO_NUMBERS: list[Any] = [True, -1, 2**63, 2**70, None, 1.5, "1", [1], {}]
WITHOUT_A_NUMBER: list[Any] = [
    CANARY,
    [CANARY],
    None,
    17,
    {},
    {"message": MESSAGE},
    *({"update_id": each, "message": MESSAGE} for each in NO_NUMBERS),
]
WITH_A_NUMBER: list[dict[str, Any]] = [
    {"message": CANARY},
    {"message": [MESSAGE]},
    {"message": {"text": CANARY}},
    {"message": {**MESSAGE, "text": {"a": CANARY}}},
    {"message": {**MESSAGE, "text": None}},
    {"message": {**MESSAGE, "message_id": CANARY}},
    {"message": {**MESSAGE, "message_id": 2**70}},
    {"message": {**MESSAGE, "chat": CANARY}},
    {"message": {**MESSAGE, "chat": {"type": "private"}}},
    {"message": {**MESSAGE, "chat": {**CHAT, "id": "7"}}},
    {"message": {**MESSAGE, "chat": {**CHAT, "id": 2**64}}},
    {"edited_message": {"text": CANARY}},
    {"callback_query": {"data": CANARY}},
    {"callback_query": {"id": 5, "data": CANARY}},
    {"my_chat_member": {"chat": CANARY}},
]


def named(raw: Any) -> str:
    return json.dumps(raw)[:60]


@pytest.mark.parametrize("raw", [*WITH_A_NUMBER, *map(json.dumps, WITHOUT_A_NUMBER)], ids=named)
async def test_an_unreadable_update_is_passed_over_and_the_next_one_is_met(
    tmp_path: Path, raw: Any
) -> None:
    with everything_logged() as written:
        async with open_channel(tmp_path) as channel:
            kim = channel.telegram.visitor()
            kim.write("före")
            channel.telegram.put(raw)
            kim.write("efter")
            await channel.quiet()
            assert channel.words(kim) == ["före", "efter"]
            assert len(channel.conversations) == 1
    assert "update-passed-over" in written.getvalue()
    assert CANARY not in written.getvalue()


async def test_an_unreadable_update_is_passed_over_before_any_other_came(tmp_path: Path) -> None:
    async with open_channel(tmp_path) as channel:
        channel.telegram.put(json.dumps(CANARY))
        channel.telegram.visitor().write("hej")
        await channel.quiet()
        assert channel.words(channel.telegram.visitor()) == ["hej"]


@pytest.mark.parametrize("number", [2**31, 2**32, 2**62, 2**63 - 2])
async def test_a_number_far_ahead_holds_up_nothing_behind_it(tmp_path: Path, number: int) -> None:
    async with open_channel(tmp_path) as channel:
        kim = channel.telegram.visitor()
        kim.write("före")
        await channel.quiet()
        for _ in range(MOST_UPDATES - 1):
            channel.telegram.put({})
        channel.telegram.put({"update_id": number, "message": MESSAGE})
        kim.write("efter")
        await channel.quiet()
        assert channel.words(kim) == ["före", "efter"]
        assert len(channel.conversations) == 1


async def test_words_that_break_their_own_turn_are_passed_over_and_the_next_visitor_is_met(
    tmp_path: Path,
) -> None:
    with everything_logged() as written:
        async with open_channel(tmp_path) as channel:
            kim, robin = channel.telegram.visitor(), channel.telegram.visitor(7)
            board, whole = channel.house.board, channel.house.board.shop.safety
            faulty = Faulty(whole.spelling, whole.around, whole.dangers)
            board.shop = replace(board.shop, safety=faulty)
            for word in ("före", f"gift {CANARY}", "efter"):
                kim.write(word)
            robin.write("hej")
            await channel.quiet()
            assert channel.words(kim) == ["före", "efter"]
            assert channel.words(robin) == ["hej"]
    assert "update-passed-over kind=poison" in written.getvalue()
    assert CANARY not in written.getvalue()
