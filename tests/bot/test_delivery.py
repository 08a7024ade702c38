"""What we send goes out in order, once or visibly twice, whatever goes wrong on the way."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from flows.states import Talking
from tests.bot.telegrams import AGAIN, Channel, open_channel
from tests.cast import ANNA
from tests.emulator.faults import (
    ALL,
    blocked,
    lost_answer,
    refused,
    time_out,
    too_many,
)
from tests.emulator.phones import Visitor
from tests.emulator.telegram import Telegram

NUMBERED = [f"svar {n}" for n in range(12)]
FOREVER = 10_000


def steady() -> datetime:
    """A clock that nobody sets while two of its times are compared."""
    return datetime.fromtimestamp(time.monotonic(), UTC)


@pytest.fixture
def telegram() -> Telegram:
    return Telegram(clock=steady)


@pytest.fixture
def kim(telegram: Telegram) -> Visitor:
    return telegram.visitor()


@pytest.fixture
async def channel(tmp_path: Path, telegram: Telegram) -> AsyncIterator[Channel]:
    async with open_channel(tmp_path, telegram=telegram) as channel:
        yield channel


def unmarked(texts: list[str]) -> list[str]:
    return [text.removeprefix(f"{AGAIN}\n\n") for text in texts]


def answers(visitor: Visitor) -> list[str]:
    """What the counsellor's words look like on the phone."""
    return [text for text in visitor.texts if "svar" in text and len(text) < 80]


async def test_words_arrive_in_the_order_in_which_they_were_said(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    for text in NUMBERED:
        await channel.say(id, text)
    await channel.quiet()
    assert answers(kim) == NUMBERED


async def test_the_order_is_kept_whatever_goes_wrong(channel: Channel, kim: Visitor) -> None:
    id = await channel.start_talk(kim)
    quick = [fault for fault in ALL if fault != too_many(1)]
    channel.telegram.faults.at_rate(0.4, Random(3), kinds=quick)
    for text in NUMBERED:
        await channel.say(id, text)
    await channel.quiet()
    there = unmarked(answers(kim))
    assert list(dict.fromkeys(there)) == [text for text in NUMBERED if text in there]
    assert all(channel.said(kim, t).fate == "unknown" for t in NUMBERED if t not in there)
    assert len(set(answers(kim))) == len(answers(kim))


async def test_a_rate_limit_is_obeyed(channel: Channel, kim: Visitor) -> None:
    id = await channel.start_talk(kim)
    channel.telegram.faults.next("sendMessage", too_many(1))
    for text in NUMBERED:
        await channel.say(id, text)
    await channel.quiet()
    assert answers(kim) == NUMBERED
    refused, taken = sent(channel, kim, NUMBERED[0])
    assert taken - refused >= 1


async def test_a_rate_limit_of_one_holds_up_nobody_else(channel: Channel, kim: Visitor) -> None:
    robin = channel.telegram.visitor(7)
    mine, theirs = await channel.start_talk(kim), await channel.start_talk(robin)
    channel.telegram.faults.next("sendMessage", too_many(FOREVER), chat=kim.id)
    for text in NUMBERED:
        await channel.say(mine, text)
        await channel.say(theirs, text)
    await channel.until(lambda: answers(robin) == NUMBERED)
    assert answers(kim) == []


def sent(channel: Channel, visitor: Visitor, text: str) -> list[float]:
    """When it was tried to send these words to somebody."""
    calls = channel.calls("sendMessage", visitor.id)
    return [call.at for call in calls if call.params["text"] == text]


async def test_after_a_time_out_it_is_sent_once_more_and_says_so(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    channel.telegram.faults.next("sendMessage", time_out)
    await channel.say(id, "svar")
    await channel.say(id, "svar igen")
    await channel.quiet()
    assert answers(kim) == [f"{AGAIN}\n\nsvar", "svar igen"]
    assert channel.said(kim, "svar").fate == "repeated"


async def test_it_is_sent_again_only_when_the_channel_answers_again(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    channel.telegram.faults.next("sendMessage", time_out)
    channel.telegram.faults.next("getMe", refused, times=FOREVER)
    before = channel.telegram.turned_away
    await channel.say(id, "svar")
    await channel.until(lambda: channel.telegram.turned_away > before)
    assert answers(kim) == []
    channel.telegram.faults.clear()
    await channel.quiet()
    assert answers(kim) == [f"{AGAIN}\n\nsvar"]


async def test_after_two_time_outs_it_is_given_up_as_unknown_and_the_next_goes_out(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    channel.telegram.faults.next("sendMessage", time_out, times=2)
    await channel.say(id, "svar")
    await channel.say(id, "svar igen")
    await channel.quiet()
    assert answers(kim) == ["svar igen"]
    assert channel.said(kim, "svar").fate == "unknown"
    assert channel.said(kim, "svar igen").fate == ""


@pytest.mark.parametrize("times", [1, 2, 3])
async def test_words_whose_answer_was_lost_come_twice_at_most_and_the_second_says_so(
    channel: Channel, kim: Visitor, times: int
) -> None:
    id = await channel.start_talk(kim)
    channel.telegram.faults.next("sendMessage", lost_answer, times=times)
    await channel.say(id, "svar")
    await channel.quiet()
    assert answers(kim) == ["svar", f"{AGAIN}\n\nsvar"]


async def test_while_the_channel_is_away_nothing_counts_as_attempted(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    channel.telegram.faults.next("sendMessage", refused, times=FOREVER)
    channel.telegram.faults.next("getMe", refused, times=FOREVER)
    before = channel.telegram.turned_away
    for text in NUMBERED:
        await channel.say(id, text)
    await channel.until(lambda: channel.telegram.turned_away > before + 1)
    assert channel.of(kim).attempted == 0
    await channel.say(id, "svar till sist")
    assert channel.of(kim).attempted == 0
    channel.telegram.faults.clear()
    await channel.quiet()
    assert answers(kim) == [*NUMBERED, "svar till sist"]


async def test_who_has_blocked_us_is_gone_and_the_form_says_interrupted(
    channel: Channel, kim: Visitor
) -> None:
    await channel.start_talk(kim)
    kim.block()
    await channel.until(lambda: not channel.conversations)
    [draft] = channel.house.board.book.drafts_of(ANNA)
    assert draft.answers["outcome"] == "interrupted"
    assert channel.house.vault.ids == {draft.id}


async def test_who_has_blocked_us_unnoticed_is_gone_at_the_next_words(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    kim.blocked = True
    await channel.say(id, "svar")
    await channel.until(lambda: not channel.conversations)
    [draft] = channel.house.board.book.drafts_of(ANNA)
    assert draft.answers["outcome"] == "interrupted"


async def test_what_telegram_refuses_is_shown_as_refused_and_the_next_goes_out(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    await channel.say(id, "\u3000")
    await channel.say(id, "svar")
    await channel.quiet()
    assert answers(kim) == ["svar"]
    assert channel.said(kim, "\u3000").fate == "refused"
    assert isinstance(channel.of(kim).state, Talking)


async def test_a_fault_of_the_program_that_answers_getme_ends_no_talk(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    channel.telegram.faults.next("sendMessage", time_out)
    channel.telegram.faults.next("getMe", blocked)
    await channel.say(id, "svar")
    await channel.quiet()
    assert unmarked(answers(kim)) == ["svar"]
