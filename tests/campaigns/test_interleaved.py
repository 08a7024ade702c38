"""A thousand conversations at once: nobody reads another's words, no word changes places."""

import asyncio
import random
from itertools import pairwise
from pathlib import Path

import pytest

from bot.conversation import Address, Conversation, for_counsellor, for_visitor
from bot.jobs import Began, Happened, Took
from bot.shop import Job
from bot.turns import Came
from flows.events import AskedTalk, ConfirmedErasure, Consented, Opened, Said, Wrote
from tests.bot.houses import Clock, House, open_house

CONVERSATIONS = 1_000
EACH = 10
"""Messages each way in each conversation: 20,000 in all."""

ROUNDS = 4
"""The program is stopped and started again between the rounds."""


def counsellor(n: int) -> str:
    return f"counsellor-{n // 2}"


def address(n: int) -> Address:
    return Address("web", f"token-{n}")


async def start(house: House, n: int) -> str:
    ask = house.board.ask
    began = await ask(Began(address(n), "sv", Opened()))
    await ask(Happened(began.conversation, AskedTalk()))
    await ask(Happened(began.conversation, Consented(with_words=False)))
    await ask(Took(began.conversation, counsellor(n)))
    return began.conversation


def words_of(id: str, n: int, turns: range) -> list[Job]:
    """What both write in one conversation, each word marked with whose and which it is."""
    jobs: list[Job] = []
    for turn in turns:
        jobs.append(Happened(id, Wrote(f"besökare {n} ord {turn}"), Came(f"{n}-{turn}")))
        jobs.append(Happened(id, Said(counsellor(n), f"rådgivare {n} ord {turn}")))
    return jobs


async def write_all(house: House, ids: dict[int, str], turns: range, chance: random.Random) -> None:
    """Let all of them write, mixed by chance; within one conversation in order."""
    left = {n: words_of(id, n, turns) for n, id in ids.items()}
    asked = []
    while left:
        n = chance.choice(list(left))
        asked.append(asyncio.ensure_future(house.board.ask(left[n].pop(0))))
        if not left[n]:
            del left[n]
        if len(asked) >= 512:
            await asyncio.gather(*asked)
            asked.clear()
    await asyncio.gather(*asked)


def expected(n: int) -> list[str]:
    return [f"{who} {n} ord {turn}" for turn in range(EACH) for who in ("besökare", "rådgivare")]


def said(messages: object, conversation: Conversation) -> list[str]:
    people = {"visitor", "counsellor"}
    shown = for_visitor(conversation) if messages == "visitor" else for_counsellor(conversation)
    return [message.text for message in shown if message.author in people]


@pytest.mark.campaign
async def test_a_thousand_conversations_never_cross(tmp_path: Path) -> None:
    chance, clock = random.Random(7), Clock()
    ids: dict[int, str] = {}
    bounds = [EACH * r // ROUNDS for r in range(ROUNDS + 1)]
    for first, last in pairwise(bounds):
        async with open_house(tmp_path, clock=clock) as house:
            house.present(*{counsellor(n) for n in range(CONVERSATIONS)})
            for n in range(CONVERSATIONS if not ids else 0):
                ids[n] = await start(house, n)
            await write_all(house, ids, range(first, last), chance)
    async with open_house(tmp_path, clock=clock) as house:
        for n, id in ids.items():
            conversation = house.board.book.at(address(n))
            assert conversation is not None
            assert conversation.id == id
            for side in ("visitor", "counsellor"):
                assert said(side, conversation) == expected(n)


@pytest.mark.campaign
async def test_twenty_who_claim_at_once_have_one_winner_each_time(tmp_path: Path) -> None:
    names = [f"counsellor-{n}" for n in range(20)]
    async with open_house(tmp_path) as house:
        house.present(*names)
        ask = house.board.ask
        for n in range(200):
            began = await ask(Began(address(n), "sv", Opened()))
            id = began.conversation
            await ask(Happened(id, AskedTalk()))
            await ask(Happened(id, Consented(with_words=False)))
            order = names[n % 20 :] + names[: n % 20]
            replies = await asyncio.gather(*(ask(Took(id, name)) for name in order))
            owner = house.board.book.conversations[id].counsellor
            winners = [who for who, reply in zip(order, replies, strict=True) if not reply.answers]
            assert winners == [owner]
            told = {answer for reply in replies for answer in reply.answers}
            assert told == {f"{owner} har redan det här samtalet."}
            await ask(Happened(id, ConfirmedErasure()))
