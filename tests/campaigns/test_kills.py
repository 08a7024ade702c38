"""The program is killed again and again while people write: nothing acknowledged is lost.

`HELPLINE_KILLS` sets how often; a hundred times when nothing is said.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.conversation import Address, Conversation
from tests.campaigns.people import Counsellor, Visitor, browser, desk
from tests.campaigns.service import Service
from tests.cast import ANNA, BO

KILLS = int(os.environ.get("HELPLINE_KILLS", "100"))
VISITORS = 4
LONGEST_LIFE = 0.4
"""Seconds from the first answer to the kill, at most."""

Say: TypeAlias = Callable[[str], Awaitable[None]]

PAUSE = 0.1
"""Seconds between two words of one person."""


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    service = Service(tmp_path)
    yield service
    service.kill()


def said(conversation: Conversation, author: str) -> list[str]:
    return [message.text for message in conversation.messages if message.author == author]


async def keep_writing(say: Say, who: str, stop: asyncio.Event) -> None:
    n = 0
    while not stop.is_set():
        await say(f"{who} ord {n}")
        n += 1
        await asyncio.sleep(PAUSE)


async def begin_talks(
    counsellors: list[Counsellor], visitors: list[Visitor]
) -> dict[str, Counsellor]:
    """Bring every visitor to a counsellor; give the counsellor of each talk."""
    for counsellor in counsellors:
        await counsellor.is_present()
    for visitor in visitors:
        for choice in ("talk", "yes", "skip", "skip"):
            await visitor.choose(choice)
    for counsellor in counsellors:
        for _ in range(2):
            assert (await counsellor.send("/desk/next")).status_code == 200
    return {talk: counsellor for counsellor in counsellors for talk in await counsellor.talks()}


async def write_through_kills(
    service: Service, visitors: list[Visitor], speakers: dict[str, Counsellor]
) -> None:
    """Let everybody write while the program is killed and started again."""
    chance, stop = random.Random(1), asyncio.Event()
    says: dict[str, Say] = {f"besökare {n}": who.say for n, who in enumerate(visitors)}
    says |= {f"till {talk}": partial(who.say, talk) for talk, who in speakers.items()}
    async with asyncio.TaskGroup() as writing:
        for who, say in says.items():
            writing.create_task(keep_writing(say, who, stop))
        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(0, LONGEST_LIFE))
            service.kill()
            await service.start()
        stop.set()


@pytest.mark.campaign
async def test_nothing_acknowledged_is_lost_doubled_or_reordered(service: Service) -> None:
    logins = await service.hire(ANNA, BO)
    await service.start()
    async with AsyncExitStack() as stack:
        enter = stack.enter_async_context
        webs = [await enter(desk(service.url, *login)) for login in logins.values()]
        visitors = [Visitor(await enter(browser(service.url))) for _ in range(VISITORS)]
        talks = await begin_talks([Counsellor(web) for web in webs], visitors)
        speakers = {talk: Counsellor(who.web) for talk, who in talks.items()}
        await write_through_kills(service, visitors, speakers)
        service.kill()

        left = {each.address: each for each in (await service.left()).conversations}
        assert len(left) == len(speakers) == VISITORS
        for visitor in visitors:
            conversation = left[Address("web", visitor.token)]
            assert said(conversation, "visitor") == visitor.acknowledged
            assert said(conversation, "counsellor") == speakers[conversation.id].acknowledged
        written = sum(len(each.acknowledged) for each in (*visitors, *speakers.values()))
    print(f"{KILLS} kills, {written} words acknowledged; none lost, doubled or reordered")
    assert written >= KILLS
