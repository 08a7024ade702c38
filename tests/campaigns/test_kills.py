"""The program is killed again and again while people write: nothing acknowledged is lost.

Visitors write on Telegram and on the web, change their words and erase them; counsellors answer.
`HELPLINE_KILLS` sets how often the program is killed; 90 times when nothing is said.
"""

import asyncio
import os
import random
from pathlib import Path

import pytest

from tests.campaigns.service import plainly
from tests.campaigns.town import Town, everybody_writing, open_town
from tests.campaigns.verdicts import Tally, verdict
from tests.campaigns.zygote import fork

KILLS = int(os.environ.get("HELPLINE_KILLS", "90"))
A_ROUND = 90
"""Kills in one round; the next begins with empty folders, so that each stays fast."""

LONGEST_LIFE = 0.6
"""Seconds from the start to the kill, at most; some lives end before they have begun."""

PLAINLY = 25
"""Each of so many starts is an operator's."""

AWAKE = 3
"""Each of so many lives is counted from its first answer: a slow machine ends the others before."""

PAUSE = 0.1
"""Seconds between two words of one person."""


async def kill_often(town: Town, kills: int, chance: random.Random) -> None:
    """Kill at any moment, and start again."""
    for n in range(1, kills + 1):
        await asyncio.sleep(chance.uniform(0, LONGEST_LIFE))
        assert not town.service.has_ended, town.service.log.read_text()
        town.service.kill()
        town.kills += 1
        if n % PLAINLY == 0:
            await town.service.start(plainly)
        elif n % AWAKE == 0:
            await town.service.start(fork)
        else:
            town.service.begin(fork)


async def one_round(folder: Path, kills: int, seed: int) -> Tally:
    async with open_town(folder, seed=seed) as town:
        async with everybody_writing(town, pause=PAUSE):
            await kill_often(town, kills, random.Random(seed))
        await town.settle()
        return await verdict(town)


@pytest.mark.campaign
async def test_nothing_acknowledged_is_lost_doubled_or_reordered(tmp_path: Path) -> None:
    tally = Tally()
    for first in range(0, KILLS, A_ROUND):
        folder = tmp_path / str(first)
        folder.mkdir()
        tally = tally + await one_round(folder, min(A_ROUND, KILLS - first), first)
        assert tally.faults == [], tally
    print(tally)
    assert (tally.lost, tally.doubled, tally.reordered) == (0, 0, 0)
    assert tally.written + tally.said >= KILLS
