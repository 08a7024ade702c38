"""The Telegram of the tests hands out updates as the real one does."""

import asyncio
import json

import pytest

from tests.emulator.asking import ask, fetch, say
from tests.emulator.telegram import Telegram
from tests.fakes import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    telegram = Telegram(clock=clock)
    telegram.visitor().start()
    return telegram


async def test_an_offset_confirms_what_is_below_it(telegram: Telegram) -> None:
    telegram.visitor().write("Två")
    [first, second] = await fetch(telegram)
    assert await fetch(telegram, offset=second["update_id"]) == [second]
    assert telegram.pending == 1
    assert await fetch(telegram, offset=first["update_id"]) == [second]
    assert await fetch(telegram, offset=second["update_id"] + 1) == []


async def test_a_negative_offset_counts_from_the_end(telegram: Telegram) -> None:
    telegram.visitor().write("Två")
    [last] = await fetch(telegram, offset=-1)
    assert last["message"]["text"] == "Två"
    assert telegram.pending == 1


async def test_an_offset_far_ahead_confirms_nothing(telegram: Telegram) -> None:
    assert len(await fetch(telegram, offset=2**31 - 1)) == 1


async def test_at_most_a_hundred_come_at_once(telegram: Telegram) -> None:
    for _ in range(120):
        telegram.visitor().write("Hej")
    assert [len(await fetch(telegram, limit=limit)) for limit in (5, 1000, 0)] == [5, 100, 1]


async def test_updates_are_kept_for_a_day(telegram: Telegram, clock: Clock) -> None:
    clock.forward(hours=24)
    assert telegram.pending == 1
    clock.forward(seconds=1)
    assert await fetch(telegram) == []


async def test_a_long_poll_ends_when_somebody_writes(telegram: Telegram) -> None:
    [start] = await fetch(telegram)
    poll = asyncio.create_task(fetch(telegram, offset=start["update_id"] + 1, timeout=30))
    await asyncio.sleep(0)
    telegram.visitor().write("Nu")
    [update] = await poll
    assert update["message"]["text"] == "Nu"


async def test_the_older_of_two_polls_is_ended(telegram: Telegram) -> None:
    [start] = await fetch(telegram)
    next = start["update_id"] + 1
    older = asyncio.create_task(ask(telegram, "getUpdates", offset=next, timeout=30))
    await asyncio.sleep(0)
    newer = asyncio.create_task(fetch(telegram, offset=next, timeout=30))
    assert (await older) == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    telegram.visitor().write("Nu")
    assert len(await newer) == 1


async def test_a_bot_with_a_webhook_cannot_fetch(telegram: Telegram) -> None:
    telegram.office.webhook = "https://example.org/"
    assert (await ask(telegram, "getUpdates"))["error_code"] == 409
    await ask(telegram, "deleteWebhook")
    assert (await ask(telegram, "getUpdates"))["ok"]


async def test_kinds_that_were_not_asked_for_are_not_kept(telegram: Telegram) -> None:
    await ask(telegram, "getUpdates", allowed_updates=["message"])
    await ask(telegram, "getUpdates")
    telegram.visitor().press_data("x")
    telegram.visitor().edit(1, "Ändrat")
    assert telegram.pending == 1


async def test_raw_updates_come_as_they_are(telegram: Telegram) -> None:
    await fetch(telegram, offset=-1)
    stated = telegram.put({"update_id": 100_000_050, "message": None})
    given = telegram.put({"channel_post": {}})
    odd = [telegram.put(raw) for raw in ("[1, 2]", b'"words"', "null")]
    bare = telegram.put({"update_id": "x"}, as_it_is=True)
    assert (stated, given, odd, bare) == (
        100_000_050,
        100_000_051,
        [100_000_052, 100_000_053, 100_000_054],
        100_000_055,
    )
    [_, *updates] = await fetch(telegram)
    assert updates == [
        {"update_id": stated, "message": None},
        {"update_id": given, "channel_post": {}},
        [1, 2],
        "words",
        None,
        {"update_id": "x"},
    ]
    assert await fetch(telegram, offset=bare + 1) == []


async def test_who_writes_in_a_raw_update_can_be_answered(telegram: Telegram) -> None:
    message = {"message_id": 900, "chat": {"id": 77_000_000_001, "type": "private"}, "text": "Hej"}
    telegram.put(json.dumps({"update_id": 7, "message": message}))
    assert (await say(telegram, chat=77_000_000_001))["result"]["message_id"] == 901
    deleted = await ask(telegram, "deleteMessage", chat_id=77_000_000_001, message_id=900)
    assert deleted["ok"]
    assert telegram.indiscretions == []
