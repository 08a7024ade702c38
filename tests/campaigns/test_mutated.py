"""Twenty thousand updates as no sane server sends them: none sticks, the next good one is met."""

import asyncio
import gc
import json
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.conversation import Address
from flows.channels import TELEGRAM
from tests.bot.houses import everything_logged
from tests.bot.telegrams import Channel, open_channel
from tests.campaigns.mutations import CANARY, VISITORS, mutated, realistic

UPDATES = 20_000
AT_ONCE = 99
"""With the good one behind them as many as Telegram gives at a time."""

GOOD = 7_000_000_000
NOBODY = "a chat is addressed that never wrote"
"""What the emulator says of an answer to a number that is larger than any chat has."""


def put(channel: Channel, chance: Random) -> None:
    """Put one mutated update, under its own number or the next."""
    update = mutated({"update_id": 0, **realistic(chance, channel.telegram.office.now)}, chance)
    if isinstance(update, dict) and update.get("update_id") == 0:
        del update["update_id"]
    channel.telegram.put(update if isinstance(update, dict) else json.dumps(update))


async def good_one(channel: Channel, n: int) -> float:
    """Somebody writes words; how many seconds until they are kept."""
    visitor, began = channel.telegram.visitor(GOOD + n), time.monotonic()
    visitor.write("hej")
    await channel.until(lambda: channel.words(visitor))
    assert channel.words(visitor) == ["hej"]
    return time.monotonic() - began


def tidy(channel: Channel) -> None:
    """Let time pass, and those who wrote go."""
    channel.house.clock.move(minutes=2)
    for n in VISITORS:
        if channel.house.board.book.at(Address(TELEGRAM, str(n))):
            channel.telegram.visitor(n).press_data("erase-now")


def catch_what_nobody_caught() -> list[str]:
    """The errors that are left to the loop itself, from now on."""
    uncaught: list[str] = []

    def note(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        uncaught.append(repr(context.get("exception") or context["message"]))

    asyncio.get_running_loop().set_exception_handler(note)
    return uncaught


@pytest.mark.campaign
async def test_twenty_thousand_mutated_updates_stick_nowhere(tmp_path: Path) -> None:
    uncaught, chance = catch_what_nobody_caught(), Random(23)
    slowest, began = 0.0, time.monotonic()
    with everything_logged() as written:
        async with open_channel(tmp_path) as channel:
            for n in range(UPDATES // AT_ONCE + 1):
                for _ in range(AT_ONCE):
                    put(channel, chance)
                slowest = max(slowest, await good_one(channel, n))
                tidy(channel)
            await channel.quiet()
            assert channel.health.trouble == ""
            assert set(channel.telegram.indiscretions) <= {NOBODY}
            channel.telegram.indiscretions.clear()
            gc.collect()
            await asyncio.sleep(0)
    took = time.monotonic() - began
    print(f"\n{UPDATES} updates, the slowest good one {slowest:.2f} s, {took:.0f} s")
    assert uncaught == []
    assert CANARY not in written.getvalue()
    assert "update-passed-over" in written.getvalue()
