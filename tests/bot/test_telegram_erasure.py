"""Erasing takes both sides' messages off Telegram while the key lives, and then the key."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import alarms
from bot.words import BURST
from flows.states import Erasing, Menu
from tests.bot.houses import Clock
from tests.bot.telegrams import Channel, open_channel
from tests.cast import ANNA, MONDAY_EVENING
from tests.emulator.answers import answer_no, bad_request
from tests.emulator.faults import (
    Fault,
    blocked,
    held,
    late,
    lost_answer,
    refused,
    server_error,
    too_many,
)
from tests.emulator.phones import Visitor
from tests.emulator.telegram import Telegram

EACH = 120
"""Messages of each side."""

TABLES = ("conversations", "messages", "outbox", "reminders")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    return Telegram(clock=clock)


@pytest.fixture
def kim(telegram: Telegram) -> Visitor:
    return telegram.visitor()


@pytest.fixture
async def channel(tmp_path: Path, telegram: Telegram, clock: Clock) -> AsyncIterator[Channel]:
    async with open_channel(tmp_path, telegram=telegram, clock=clock) as channel:
        yield channel


def rows(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "live.db")) as live:
        counts = [live.execute(f"SELECT count(*) FROM {name}").fetchone() for name in TABLES]  # noqa: S608 - ours
    return sum(n for (n,) in counts)


async def talk_long(channel: Channel, visitor: Visitor) -> str:
    """A talk with so many messages that they cannot be deleted at once."""
    id = await channel.start_talk(visitor)
    for n in range(EACH):
        visitor.write(f"ord {n}")
        await channel.say(id, f"svar {n}")
        channel.house.clock.move(seconds=3)
        if n % 20 == 0:
            await channel.quiet()
    await channel.quiet()
    return id


async def test_both_sides_messages_are_deleted_and_then_the_key(
    tmp_path: Path, channel: Channel, kim: Visitor
) -> None:
    id = await talk_long(channel, kim)
    assert len(kim.messages) > 2 * EACH
    channel.telegram.faults.next("deleteMessages", late(0.1))
    kim.write("/radera")
    await channel.quiet()
    kim.press("Radera allt nu")
    await channel.until(lambda: channel.calls("deleteMessages"))
    assert id in channel.house.vault.ids
    await channel.until(lambda: not channel.conversations)
    assert kim.messages == {}
    assert id not in channel.house.vault.ids
    await channel.until(lambda: rows(tmp_path) == 0)
    batches = [len(call.params["message_ids"]) for call in channel.calls("deleteMessages")]
    assert max(batches) <= 100
    assert all(call.status == 200 for call in channel.calls("deleteMessages"))


async def test_one_who_keeps_it_keeps_it(channel: Channel, kim: Visitor) -> None:
    kim.write("hej")
    kim.write("/radera")
    await channel.quiet()
    shown = len(kim.messages)
    kim.press("Nej, behåll")
    await channel.quiet()
    assert len(kim.messages) > shown
    assert channel.words(kim) == ["hej"]


@pytest.mark.parametrize(
    "fault", [too_many(1), server_error(), lost_answer], ids=["429", "502", "lost"]
)
async def test_a_deletion_that_fails_is_tried_again(
    channel: Channel, kim: Visitor, fault: Fault
) -> None:
    kim.write("hej")
    await channel.quiet()
    channel.telegram.faults.next("deleteMessages", fault)
    kim.press_data("erase-now")
    await channel.until(lambda: not channel.conversations)
    assert kim.messages == {}


async def test_a_deletion_goes_on_after_a_restart(
    tmp_path: Path, telegram: Telegram, clock: Clock, kim: Visitor
) -> None:
    async with open_channel(tmp_path, telegram=telegram, clock=clock) as channel:
        id = await talk_long(channel, kim)
        telegram.faults.next("deleteMessages", late(0.1))
        kim.press_data("erase-now")
        await channel.until(lambda: channel.calls("deleteMessages"))
        telegram.faults.next("deleteMessages", refused, times=9999)
        telegram.faults.next("getMe", refused, times=9999)
        await channel.until(lambda: telegram.turned_away)
    telegram.faults.clear()
    assert 0 < len(kim.messages) < 2 * EACH
    async with open_channel(tmp_path, telegram=telegram, clock=clock) as channel:
        assert isinstance(channel.conversations[0].state, Erasing)
        await channel.until(lambda: not channel.conversations)
        assert kim.messages == {}
        assert id not in channel.house.vault.ids
    await channel.until(lambda: rows(tmp_path) == 0)


async def test_when_telegram_stays_away_the_key_goes_all_the_same(
    tmp_path: Path, channel: Channel, kim: Visitor
) -> None:
    kim.write("hej")
    await channel.quiet()
    channel.telegram.faults.next("deleteMessages", too_many(9999), times=9999)
    kim.press_data("erase-now")
    await channel.until(lambda: isinstance(channel.conversations[0].state, Erasing))
    await ring(channel, minutes=9)
    assert len(channel.house.vault.ids) == 1
    await ring(channel, minutes=2)
    assert channel.conversations == []
    assert channel.house.vault.ids == frozenset()
    await channel.until(lambda: rows(tmp_path) == 0)


async def ring(channel: Channel, **by: float) -> None:
    channel.house.clock.move(**by)
    await alarms.ring(channel.house.board, channel.house.clock())


async def test_who_writes_while_it_is_erased_begins_anew_and_loses_nothing(
    channel: Channel, kim: Visitor
) -> None:
    kim.write("gammalt")
    await channel.quiet()
    old, is_begun = channel.of(kim).id, asyncio.Event()
    channel.telegram.faults.next("deleteMessages", held(is_begun))
    kim.press_data("erase-now")
    await channel.until(lambda: channel.calls("deleteMessages"))
    new = kim.write("nytt")
    await channel.until(lambda: len(channel.conversations) == 2)
    is_begun.set()
    await channel.quiet()
    assert channel.words(kim) == ["nytt"]
    assert channel.house.vault.ids == {channel.of(kim).id} != {old}
    assert new in kim.messages
    assert [shown.text for shown in kim.shown() if shown.mine] == ["nytt"]
    assert isinstance(channel.of(kim).state, Menu)


async def test_what_was_on_its_way_when_all_was_erased_is_deleted_too(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    sent, is_erasing = len(channel.calls("sendMessage")), asyncio.Event()
    channel.telegram.faults.next("sendMessage", held(is_erasing))
    await channel.say(id, "hej")
    await channel.until(lambda: len(channel.calls("sendMessage")) > sent)
    kim.press_data("erase-now")
    await channel.until(lambda: isinstance(channel.conversations[0].state, Erasing))
    is_erasing.set()
    await channel.until(lambda: not channel.conversations)
    assert kim.messages == {}


async def test_what_was_not_sent_yet_when_all_was_erased_is_never_sent(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    sent = len(channel.calls("sendMessage"))
    channel.telegram.faults.next("sendMessage", too_many(1), times=9999)
    await channel.say(id, "hej")
    await channel.until(lambda: len(channel.calls("sendMessage")) > sent)
    kim.press_data("erase-now")
    await channel.until(lambda: not channel.conversations)
    assert kim.messages == {}
    assert {call.status for call in channel.calls("sendMessage")[sent:]} == {429}


async def test_what_came_too_fast_to_be_taken_is_deleted_too(
    channel: Channel, kim: Visitor
) -> None:
    for n in range(int(BURST) + 20):
        kim.write(f"ord {n}")
    await channel.quiet()
    channel.house.clock.move(seconds=5)
    await channel.choose(kim, "erase-now")
    assert kim.messages == {}


async def test_a_batch_that_telegram_refuses_is_deleted_one_by_one(
    channel: Channel, kim: Visitor
) -> None:
    for n in range(5):
        kim.write(f"ord {n}")
    no = Fault("answer", answer_no(bad_request("message can't be deleted")))
    channel.telegram.faults.next("deleteMessages", no, times=2)
    await channel.choose(kim, "erase-now")
    assert len(kim.messages) == 1
    assert channel.conversations == []


async def test_who_blocks_us_while_it_is_erased_ends_it(channel: Channel, kim: Visitor) -> None:
    kim.write("hej")
    await channel.quiet()
    channel.telegram.faults.next("deleteMessages", blocked, times=9999)
    kim.press_data("erase-now")
    await channel.until(lambda: not channel.conversations)
    assert len(channel.calls("deleteMessages")) == 1
    assert channel.house.vault.ids == frozenset()


async def test_erasing_in_a_talk_tells_the_counsellor_and_keeps_the_form(
    channel: Channel, kim: Visitor
) -> None:
    await channel.start_talk(kim)
    kim.press_data("erase-now")
    await channel.until(lambda: not channel.conversations)
    [draft] = channel.house.board.book.drafts_of(ANNA)
    assert draft.answers["outcome"] == "interrupted"
    assert channel.house.vault.ids == {draft.id}


async def test_erasing_takes_a_reminder_away_too(tmp_path: Path, telegram: Telegram) -> None:
    kim = telegram.visitor()
    async with open_channel(tmp_path, telegram=telegram, clock=Clock(MONDAY_EVENING)) as channel:
        kim.start()
        kim.press_data("remind")
        await channel.quiet()
        assert len(channel.house.board.book.reminders) == 1
        kim.write("/radera")
        await channel.quiet()
        kim.press("Radera allt nu")
        await channel.until(lambda: not channel.conversations)
        assert channel.house.board.book.reminders == {}
        assert channel.house.vault.ids == frozenset()
    await channel.until(lambda: rows(tmp_path) == 0)


async def test_a_reminder_can_be_erased_when_the_conversation_is_long_gone(
    tmp_path: Path, telegram: Telegram
) -> None:
    kim = telegram.visitor()
    async with open_channel(tmp_path, telegram=telegram, clock=Clock(MONDAY_EVENING)) as channel:
        kim.start()
        kim.press_data("remind")
        await channel.quiet()
        await ring(channel, minutes=40)
        assert channel.conversations == []
        kim.write("/radera")
        await channel.quiet()
        kim.press("Radera allt nu")
        await channel.until(lambda: not channel.conversations)
        assert channel.house.board.book.reminders == {}
