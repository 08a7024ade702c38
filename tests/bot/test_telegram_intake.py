"""What Telegram has for us is kept first and confirmed afterwards; nothing breaks the intake."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from bot.store.changes import Change
from bot.switchboard import Store
from tests.bot.houses import Clock, FullDisk
from tests.bot.telegrams import Channel, open_channel
from tests.cast import MONDAY_MORNING
from tests.emulator.answers import Answer, answer_with
from tests.emulator.faults import lost_answer, refused
from tests.emulator.telegram import Telegram

ANOTHER_BOT = "987654321:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw9"
CANARY = "KANARIEFÅGEL"
FAR = 2**33


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[Channel]:
    async with open_channel(tmp_path) as channel:
        yield channel


class Again(Telegram):
    """Serves what it has served once more, though it was confirmed."""

    last: Answer | None = None

    async def call(self, method: str, params: Mapping[str, Any]) -> Answer:
        if method != "getUpdates":
            return await super().call(method, params)
        if again := self.last:
            self.last = None
            return again
        answer = await super().call(method, params)
        self.last = answer if json.loads(answer.body).get("result") else None
        return answer


class Far(Telegram):
    """Counts its updates from where 32 bits end."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Answer:
        if "offset" in params:
            params = {**params, "offset": int(params["offset"]) - FAR}
        answer = await super().call(method, params)
        if method != "getUpdates" or answer.status != HTTPStatus.OK:
            return answer
        updates = json.loads(answer.body)["result"]
        return answer_with([{**each, "update_id": each["update_id"] + FAR} for each in updates])


class Hiccup(FullDisk):
    """A store that refuses for a while, in the middle of what it is given."""

    def __init__(self, store: Store, times: int) -> None:
        self._store, self._times = store, times

    async def apply(self, changes: Sequence[Change]) -> None:
        self._times -= 1
        if self._times >= 0:
            await super().apply(changes)
        await self._store.apply(changes)


# Kept first, confirmed afterwards


async def test_what_was_kept_but_not_confirmed_is_met_once_after_a_stop(tmp_path: Path) -> None:
    telegram = Telegram()
    kim = telegram.visitor()
    async with open_channel(tmp_path, telegram=telegram) as channel:
        await channel.until(lambda: channel.calls("getUpdates"))
        telegram.faults.next("getUpdates", refused, times=1000)
        kim.write("ett")
        await channel.until(lambda: channel.words(kim))
        assert telegram.pending == 1
    telegram.faults.clear()
    async with open_channel(tmp_path, telegram=telegram) as channel:
        kim.write("två")
        await channel.quiet()
        assert channel.words(kim) == ["ett", "två"]


async def test_what_was_fetched_but_not_kept_is_not_lost_by_a_stop(tmp_path: Path) -> None:
    telegram = Telegram()
    kim = telegram.visitor()
    async with open_channel(tmp_path, telegram=telegram) as channel:
        channel.house.board.store = FullDisk()
        kim.write("ett")
        kim.write("två")
        await channel.until(lambda: len(channel.calls("getUpdates")) > 1)
        assert channel.conversations == []
    async with open_channel(tmp_path, telegram=telegram) as channel:
        await channel.quiet()
        assert channel.words(kim) == ["ett", "två"]


async def test_what_a_full_disk_refuses_waits_at_telegram_and_comes_in_order(
    channel: Channel,
) -> None:
    kim, words = channel.telegram.visitor(), [f"ord {n}" for n in range(30)]
    channel.house.board.store = FullDisk()
    for word in words:
        kim.write(word)
    await channel.until(lambda: len(channel.calls("getUpdates")) > 4)
    assert channel.telegram.pending == len(words)
    channel.house.board.store = channel.house.live
    await channel.quiet()
    assert channel.words(kim) == words


@pytest.mark.parametrize("times", [1, 2, 3, 4])
async def test_when_the_disk_recovers_in_the_middle_nothing_is_lost_or_changes_places(
    channel: Channel, times: int
) -> None:
    kim, words = channel.telegram.visitor(), ["ett", "två", "tre"]
    channel.house.board.store = Hiccup(channel.house.live, times)
    for word in words:
        kim.write(word)
    await channel.quiet()
    assert channel.words(kim) == words


async def test_updates_whose_answer_was_lost_are_met_once(channel: Channel) -> None:
    kim = channel.telegram.visitor()
    await channel.until(lambda: channel.calls("getUpdates"))
    channel.telegram.faults.next("getUpdates", lost_answer)
    for word in ("ett", "två", "tre"):
        kim.write(word)
    await channel.quiet()
    assert channel.words(kim) == ["ett", "två", "tre"]


async def test_updates_that_are_served_again_are_met_once(tmp_path: Path) -> None:
    telegram = Again()
    kim = telegram.visitor()
    async with open_channel(tmp_path, telegram=telegram) as channel:
        for word in ("ett", "två", "tre"):
            kim.write(word)
        await channel.quiet()
        kim.write("fyra")
        await channel.quiet()
        assert channel.words(kim) == ["ett", "två", "tre", "fyra"]


async def test_the_offset_of_another_bot_is_not_used(tmp_path: Path) -> None:
    async with open_channel(tmp_path) as channel:
        for word in ("ett", "två", "tre"):
            channel.telegram.visitor().write(word)
        await channel.quiet()
    other = Telegram(token=ANOTHER_BOT)
    other.visitor(7).write("hej")
    async with open_channel(tmp_path, telegram=other) as channel:
        await channel.quiet()
        assert channel.words(other.visitor(7)) == ["hej"]


@pytest.mark.parametrize(("days", "is_used"), [(0, True), (1, True), (2, False), (8, False)])
async def test_an_offset_is_used_until_it_is_two_days_old(
    tmp_path: Path, days: int, *, is_used: bool
) -> None:
    async with open_channel(tmp_path, clock=Clock(MONDAY_MORNING)) as channel:
        channel.telegram.visitor().write("ett")
        await channel.quiet()
        last = channel.house.board.book.offset
    clock = Clock(MONDAY_MORNING)
    clock.move(days=days)
    async with open_channel(tmp_path, clock=clock) as channel:
        await channel.until(lambda: channel.calls("getUpdates"))
        asked = channel.calls("getUpdates")[0].params.get("offset")
        assert last is not None
        assert asked == (last.next if is_used else None)


async def test_an_offset_that_is_too_old_loses_nothing_where_numbers_begin_anew(
    tmp_path: Path,
) -> None:
    async with open_channel(tmp_path) as channel:
        for word in ("ett", "två", "tre"):
            channel.telegram.visitor().write(word)
        await channel.quiet()
    later, anew = Clock(), Telegram()
    later.move(days=8)
    anew.visitor(7).write("hej")
    async with open_channel(tmp_path, telegram=anew, clock=later) as channel:
        await channel.quiet()
        assert channel.words(anew.visitor(7)) == ["hej"]


# Numbers as large as Telegram gives them


@pytest.mark.parametrize("id", [1, 2**31, 2**31 + 7, 2**32 + 7, 2**52 - 1])
async def test_visitors_with_numbers_of_any_size_are_met(channel: Channel, id: int) -> None:
    kim = channel.telegram.visitor(id)
    await channel.start_talk(kim)
    await channel.say(channel.of(kim).id, "hej")
    await channel.quiet()
    assert kim.texts[-1] == "hej"


async def test_messages_with_numbers_above_what_32_bits_hold_are_kept_and_deleted(
    channel: Channel,
) -> None:
    kim = channel.telegram.visitor()
    channel.telegram.office.note_message_id(2**32 + 7)
    kim.write("hej")
    await channel.quiet()
    kim.press_data("erase-now")
    await channel.until(lambda: kim.messages == {} and not channel.conversations)


async def test_updates_with_numbers_above_what_32_bits_hold_are_met(tmp_path: Path) -> None:
    telegram = Far()
    async with open_channel(tmp_path, telegram=telegram) as channel:
        kim = telegram.visitor()
        for word in ("ett", "två"):
            kim.write(word)
        await channel.quiet()
        offset = channel.house.board.book.offset
        assert offset is not None
        assert offset.next > FAR
    async with open_channel(tmp_path, telegram=telegram) as channel:
        telegram.visitor().write("tre")
        await channel.quiet()
        assert channel.words(telegram.visitor()) == ["ett", "två", "tre"]
