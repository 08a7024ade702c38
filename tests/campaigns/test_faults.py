"""Ten thousand messages while a fifth of all calls fail in every way: none lost, all in order."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bot.conversation import Conversation
from tests.bot.telegrams import AGAIN, Channel, open_channel
from tests.emulator.phones import Visitor

CONVERSATIONS = 100
EACH = 100
FAILING = 0.2
PATIENCE = 300.0
"""Seconds; on a quiet machine it takes some ten at most."""


def counsellor(n: int) -> str:
    return f"counsellor-{n // 2}"


def word(n: int, turn: int) -> str:
    return f"svar {n} ord {turn}"


async def talk(channel: Channel, id: str, n: int) -> None:
    """A counsellor writes and writes; the visitor reads it when Telegram lets them."""
    for turn in range(EACH):
        await channel.say(id, word(n, turn), counsellor(n))
        if turn % 10 == 9:
            await asyncio.sleep(0.01)


def shown(visitor: Visitor) -> list[str]:
    return [text for text in visitor.texts if text.removeprefix(AGAIN).strip().startswith("svar")]


def lost(visitor: Visitor, conversation: Conversation) -> Iterator[str]:
    """Words that are neither on the phone nor shown at the desk as not surely delivered."""
    there = {text.removeprefix(AGAIN).strip() for text in shown(visitor)}
    for message in conversation.messages:
        if message.author == "counsellor" and not (message.text in there or message.fate):
            yield message.text


def is_in_order(visitor: Visitor, n: int) -> bool:
    """Each once, or a second time with the mark right behind the first."""
    plain = [text.removeprefix(AGAIN).strip() for text in shown(visitor)]
    turns = [int(text.split()[-1]) for text in plain]
    marked = [text.startswith(AGAIN) for text in shown(visitor)]
    once_each = all(
        earlier < later or (earlier == later and again)
        for earlier, later, again in zip(turns, turns[1:], marked[1:], strict=False)
    )
    return once_each and all(text == word(n, t) for text, t in zip(plain, turns, strict=True))


@pytest.mark.campaign
async def test_ten_thousand_messages_come_in_order_though_a_fifth_of_all_calls_fail(
    tmp_path: Path,
) -> None:
    began = time.monotonic()
    async with open_channel(tmp_path) as channel:
        visitors = [channel.telegram.visitor(n + 1) for n in range(CONVERSATIONS)]
        channel.house.present(*{counsellor(n) for n in range(CONVERSATIONS)})
        ids = [await channel.start_talk(each, counsellor(n)) for n, each in enumerate(visitors)]
        channel.telegram.faults.at_rate(FAILING, Random(11))
        await asyncio.gather(*(talk(channel, id, n) for n, id in enumerate(ids)))
        await channel.until(
            lambda: not any(each.outbox for each in channel.conversations), patience=PATIENCE
        )
        _report(channel, began)
        for n, visitor in enumerate(visitors):
            assert list(lost(visitor, channel.of(visitor))) == []
            assert is_in_order(visitor, n)


def _report(channel: Channel, began: float) -> None:
    calls = channel.calls("sendMessage")
    fates = [m.fate for each in channel.conversations for m in each.messages]
    doubled = sum(len(shown(v)) for v in map(channel.telegram.visitor, range(1, CONVERSATIONS + 1)))
    print(
        f"\n{CONVERSATIONS * EACH} messages, {len(calls)} calls that arrived, "
        f"{channel.telegram.turned_away} turned away, {fates.count('repeated')} sent again, "
        f"{fates.count('unknown')} unknown, {fates.count('refused')} refused, "
        f"{doubled} on the phones, {time.monotonic() - began:.0f} s"
    )
