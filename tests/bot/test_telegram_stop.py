"""A stop loses nothing and doubles nothing; after a crash at most one message says so."""

import asyncio
from pathlib import Path

import pytest

from bot.conversation import Address
from bot.jobs import Began
from flows.channels import TELEGRAM
from flows.events import Opened
from tests.bot.houses import open_house
from tests.bot.telegrams import AGAIN, open_channel
from tests.emulator.faults import Fault, held, late, lost_answer, refused, too_many
from tests.emulator.phones import Visitor
from tests.emulator.telegram import Telegram

SAID = [f"svar {n}" for n in range(4)]
FOREVER = 10_000


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def kim(telegram: Telegram) -> Visitor:
    return telegram.visitor()


def answers(visitor: Visitor) -> list[str]:
    """What the counsellor's words look like on the phone."""
    return [text for text in visitor.texts if "svar" in text and len(text) < 80]


async def test_what_may_have_been_sent_before_a_crash_is_sent_once_more_and_says_so(
    tmp_path: Path, telegram: Telegram, kim: Visitor
) -> None:
    telegram.office.meet(kim.id)
    async with open_house(tmp_path) as house:
        await house.board.ask(Began(Address(TELEGRAM, str(kim.id)), "sv", Opened()))
        [crashed] = house.board.book.conversations.values()
        assert crashed.attempted == 1
    async with open_channel(tmp_path, telegram=telegram) as channel:
        await channel.quiet()
        assert [text.startswith(AGAIN) for text in kim.texts] == [True]


async def test_what_was_in_doubt_at_a_stop_is_sent_once_more_and_says_so(
    tmp_path: Path, telegram: Telegram, kim: Visitor
) -> None:
    async with open_channel(tmp_path, telegram=telegram) as channel:
        id = await channel.start_talk(kim)
        telegram.faults.next("sendMessage", lost_answer)
        telegram.faults.next("getMe", refused, times=FOREVER)
        for text in ("svar 1", "svar 2"):
            await channel.say(id, text)
        await channel.until(lambda: answers(kim))
    telegram.faults.clear()
    async with open_channel(tmp_path, telegram=telegram) as channel:
        await channel.quiet()
        assert answers(kim) == ["svar 1", f"{AGAIN}\n\nsvar 1", "svar 2"]


async def test_a_stop_waits_for_what_is_on_its_way(
    tmp_path: Path, telegram: Telegram, kim: Visitor
) -> None:
    async with open_channel(tmp_path, telegram=telegram) as channel:
        id = await channel.start_talk(kim)
        telegram.faults.next("sendMessage", late(0.3))
        sent = len(channel.calls("sendMessage"))
        await channel.say(id, "svar")
        await channel.until(lambda: len(channel.calls("sendMessage")) > sent)
    async with open_channel(tmp_path, telegram=telegram) as channel:
        await channel.quiet()
        await asyncio.sleep(0.05)
        assert answers(kim) == ["svar"]


@pytest.mark.parametrize("fault", [late(0.2), too_many(1), refused], ids=lambda fault: fault.kind)
async def test_a_clean_stop_marks_nothing_as_sent_twice(
    tmp_path: Path, telegram: Telegram, kim: Visitor, fault: Fault
) -> None:
    async with open_channel(tmp_path, telegram=telegram) as channel:
        id = await channel.start_talk(kim)
        telegram.faults.next("sendMessage", fault, times=FOREVER)
        telegram.faults.next("getMe", refused, times=FOREVER)
        for text in SAID:
            await channel.say(id, text)
            await asyncio.sleep(0.02)
    telegram.faults.clear()
    async with open_channel(tmp_path, telegram=telegram) as channel:
        await channel.quiet()
        assert answers(kim) == SAID


async def test_what_is_said_while_the_channel_closes_is_sent_unmarked_after_the_start(
    tmp_path: Path, telegram: Telegram, kim: Visitor
) -> None:
    robin = telegram.visitor(7)
    async with open_channel(tmp_path, telegram=telegram) as channel:
        mine, theirs = await channel.start_talk(kim), await channel.start_talk(robin)
        said = asyncio.Event()
        telegram.faults.next("sendMessage", held(said))
        await channel.say(mine, "svar 1")

        async def say_later() -> None:
            await asyncio.sleep(0.1)
            await channel.say(mine, "svar 2")
            await channel.say(theirs, "svar 3")
            said.set()

        saying = asyncio.create_task(say_later())
    await saying
    assert answers(robin) == []
    async with open_channel(tmp_path, telegram=telegram) as channel:
        await channel.quiet()
        assert answers(kim) == ["svar 1", "svar 2"]
        assert answers(robin) == ["svar 3"]
