"""The program is killed again and again while it files what was handed in: each form once."""

import asyncio
import os
import random
import time
from collections import Counter
from pathlib import Path
from signal import SIGKILL

import pytest

from bot.filing import file_ready
from tests.bot.houses import open_house
from tests.bot.test_filing import hand_in
from tests.cast import ANNA

FORMS = 80

LONGEST = 0.08
"""Seconds that the program may work at first before it is killed."""

LONGER = 1.02
"""How much longer it may work each time: on a slow machine it must still come to an end."""

READY, DONE = b"r", b"d"


async def prepare(folder: Path, source: random.Random) -> None:
    async with open_house(folder) as house:
        for number in range(FORMS):
            draft = f"draft-{source.randbytes(16).hex()}"
            await hand_in(house.board, draft, note=f"{number} gånger")


async def file_all(folder: Path, told: int) -> None:
    async with open_house(folder) as house:
        os.write(told, READY)
        await file_ready(house.board, house.records)
        os.write(told, DONE)


def is_done(folder: Path, seconds: float) -> bool:
    """Let a program of its own work for so long, kill it, and tell whether it had finished."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            asyncio.run(file_all(folder, told))
            os._exit(0)
        finally:
            os._exit(1)  # whatever was raised: the tests go on in the parent alone
    os.close(told)
    assert os.read(heard, 1) == READY
    time.sleep(seconds)
    os.kill(child, SIGKILL)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in {0, -SIGKILL}
    with os.fdopen(heard, "rb") as rest:
        return rest.read() == DONE


async def notes(folder: Path) -> Counter[str]:
    async with open_house(folder) as house:
        assert not house.board.book.drafts
        assert not house.vault.ids
        return Counter(each.answers["note"] for each in await house.records.waiting_of(ANNA))


@pytest.mark.campaign
def test_forms_are_filed_once_each_however_often_the_program_is_killed(tmp_path: Path) -> None:
    source, kills = random.Random(5), 0
    asyncio.run(prepare(tmp_path, source))
    while not is_done(tmp_path, source.uniform(0, LONGEST * LONGER**kills)):
        kills += 1
    print(f"{kills} kills")
    assert kills
    assert asyncio.run(notes(tmp_path)) == {f"{number} gånger": 1 for number in range(FORMS)}
