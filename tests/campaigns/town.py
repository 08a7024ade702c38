"""Everybody who writes at once: visitors on Telegram and on the web, counsellors at their desks."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.campaigns.people import Counsellor, Pace, Visitor, browser, desk
from tests.campaigns.service import Service
from tests.campaigns.telegram_people import Texter
from tests.campaigns.unfinished import has_unfinished
from tests.campaigns.zygote import fork
from tests.cast import ANNA, BO
from tests.emulator.server import serve
from tests.emulator.telegram import FIRST_VISITOR, TOKEN, Telegram

TEAM = (ANNA, BO, "Cecilia")
VISITORS = 2
"""On the web."""

CHANGES = 0.15
PATIENCES = (0, 0, 25, 12, 6)
"""Of the visitors on Telegram: two stay, the others erase after so many words and come again."""

ANSWER_SECONDS = 0.02
"""How long Telegram's answers take: much is on its way when the program dies."""

LOOK_SECONDS = 0.02
PATIENCE = 300.0
"""Seconds that it may take until all is done."""


@dataclass(slots=True, kw_only=True)
class Town:
    service: Service
    telegram: Telegram
    counsellors: list[Counsellor]
    visitors: list[Visitor]
    texters: list[Texter]
    kills: int = 0

    async def until_all_write(self) -> None:
        """Wait until everybody on Telegram has been let in and has written something."""
        async with asyncio.timeout(PATIENCE):
            while not all(texter.told for texter in self.texters):  # noqa: ASYNC110 - people have no event
                await asyncio.sleep(LOOK_SECONDS)

    async def settle(self) -> None:
        """Wait until the program has done all that was begun, then end it for good.

        What it never does is found by whoever looks afterwards.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while self.telegram.pending or has_unfinished(self.service):
                    assert not self.service.has_ended, self.service.log.read_text()
                    await asyncio.sleep(LOOK_SECONDS)
        self.service.kill()


@asynccontextmanager
async def open_town(folder: Path, *, seed: int) -> AsyncIterator[Town]:
    """A program that runs, and people who are about to write to it."""
    telegram, chance = Telegram(), random.Random(seed)
    telegram.answer_after = ANSWER_SECONDS
    async with serve(telegram) as url, AsyncExitStack() as stack:
        token = {"HELPLINE_TELEGRAM_TOKEN": TOKEN, "HELPLINE_TELEGRAM_API_URL": url}
        service = Service(folder, telegram=token)
        logins = (await service.hire(*TEAM)).values()
        await service.start(fork)
        stack.callback(service.kill)
        enter = stack.enter_async_context
        webs = [await enter(desk(service.url, *login)) for login in logins]
        town = Town(
            service=service,
            telegram=telegram,
            counsellors=[Counsellor(web) for web in webs],
            visitors=[Visitor(await enter(browser(service.url))) for _ in range(VISITORS)],
            texters=[
                Texter(
                    name=f"telegram {n}",
                    phone=telegram.visitor(FIRST_VISITOR + n),
                    chance=chance,
                    patience=patience,
                    changes=CHANGES,
                )
                for n, patience in enumerate(PATIENCES)
            ],
        )
        for counsellor in town.counsellors:
            await counsellor.is_present()
        for visitor in town.visitors:
            await visitor.ask_for_talk()
        yield town


@asynccontextmanager
async def everybody_writing(town: Town, *, pause: float) -> AsyncIterator[None]:
    """Let all of them write until the block ends, and finish what they have begun.

    Counsellors stay until the last visitor has stopped: somebody must be there.
    """
    at_desks, outside = Pace(pause), Pace(pause)
    async with asyncio.TaskGroup() as shifts:
        for counsellor in town.counsellors:
            shifts.create_task(counsellor.work(at_desks))
        async with asyncio.TaskGroup() as lives:
            for n, visitor in enumerate(town.visitors):
                lives.create_task(visitor.write_on(f"webb {n}", outside))
            for texter in town.texters:
                lives.create_task(texter.live(outside))
            yield
            outside.is_over = True
        at_desks.is_over = True
