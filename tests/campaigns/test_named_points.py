"""The program dies at the points where most can go wrong, and at each of them several times."""

import asyncio
from functools import partial
from pathlib import Path
from signal import SIGKILL

import pytest

from tests.campaigns.crashing import POINTS, Crash
from tests.campaigns.service import Begin, plainly
from tests.campaigns.town import Town, everybody_writing, open_town
from tests.campaigns.verdicts import keys_left, rows_left, verdict
from tests.campaigns.zygote import fork

PASSES = (1, 3)
"""At which pass to die."""

PAUSE = 0.15
PATIENCE = 300.0
"""Seconds until the point must have been passed so often."""


async def die(town: Town, begin: Begin) -> None:
    """Let the program die by itself while people write."""
    assert town.service.kill() == -SIGKILL
    town.service.begin(begin)
    async with asyncio.timeout(PATIENCE):
        while not town.service.has_ended:  # noqa: ASYNC110 - a process has no event
            await asyncio.sleep(0.002)
    assert town.service.wait() == -SIGKILL, town.service.log.read_text()
    town.kills += 1


async def die_often(town: Town, point: str) -> None:
    """Die once when nothing has happened yet, started by an operator; then in the midst of it."""
    await die(town, partial(plainly, program=("tests.campaigns.crashing", point, "1")))
    town.service.begin(fork)
    await town.until_all_write()
    for nth in PASSES:
        await die(town, partial(fork, crash=Crash(point, nth)))
    town.service.begin(fork)


@pytest.mark.campaign
@pytest.mark.parametrize("point", POINTS)
async def test_dying_at_a_named_point_loses_doubles_and_reorders_nothing(
    tmp_path: Path, point: str
) -> None:
    async with open_town(tmp_path, seed=len(point)) as town:
        async with everybody_writing(town, pause=PAUSE):
            await die_often(town, point)
        await town.settle()
        tally = await verdict(town)
    print(f"{point}: {tally}")
    assert tally.faults == []
    assert (tally.lost, tally.doubled, tally.reordered) == (0, 0, 0)


@pytest.mark.campaign
async def test_the_key_goes_first_and_the_next_start_takes_what_it_had_sealed(
    tmp_path: Path,
) -> None:
    async with open_town(tmp_path, seed=1) as town:
        async with everybody_writing(town, pause=PAUSE):
            await die(town, partial(fork, crash=Crash("key unlinked", 1)))
            sealed = rows_left(town.service)["messages"]
            unreadable = sealed - keys_left(town.service.keys)
            assert len(unreadable) == 1
            await town.service.start(fork)
            assert not unreadable & rows_left(town.service)["messages"]
        await town.settle()
