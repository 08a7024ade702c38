"""Visitors and counsellors who never give up: what is not acknowledged they send again."""

import asyncio
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from bot.store.staff import Session

TALK = re.compile(r"/desk/talk/([0-9a-f]{32})/say")
WORD_TO = re.compile(r"till ([0-9a-f]{32}) ord (\d+)")
"""What a counsellor writes: for which talk it is, and which word."""

TRIES = 2_000
AGAIN_SECONDS = 0.05
"""After so long what was not answered is sent again."""

HANDS = 2
"""How many talks a counsellor has at once."""


@dataclass(slots=True)
class Pace:
    """How fast everybody writes, and until when."""

    pause: float
    is_over: bool = False

    def goes_on(self) -> bool:
        return not self.is_over

    async def rest(self) -> None:
        await asyncio.sleep(self.pause)


@dataclass(slots=True)
class Person:
    """Somebody at a browser; `acknowledged` is what they were told has arrived, in order."""

    web: httpx.AsyncClient
    acknowledged: list[str] = field(default_factory=list)

    async def send(self, path: str, **fields: str) -> httpx.Response:
        """Post until it is acknowledged, always under the same id."""
        headers = {"accept": "application/json"}
        for _ in range(TRIES):
            try:
                answer = await self.web.post(path, data=fields, headers=headers)
            except httpx.HTTPError:
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            if answer.status_code in {429, 503}:
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            return answer
        raise AssertionError(f"{path} was never answered")

    async def get(self, path: str) -> str:
        for _ in range(TRIES):
            try:
                return (await self.web.get(path)).text
            except httpx.HTTPError:
                await asyncio.sleep(AGAIN_SECONDS)
        raise AssertionError(f"{path} was never answered")


@dataclass(slots=True)
class Visitor(Person):
    async def say(self, text: str) -> None:
        answer = await self.send("/say", text=text, client_id=str(uuid.uuid4()))
        assert answer.status_code == httpx.codes.OK, answer.text
        self.acknowledged.append(text)

    async def write_on(self, who: str, pace: Pace) -> None:
        """Write numbered words until it is over."""
        while pace.goes_on():
            await self.say(f"{who} ord {len(self.acknowledged)}")
            await pace.rest()

    async def ask_for_talk(self) -> None:
        for choice in ("talk", "yes", "skip", "skip"):
            await self.choose(choice)

    async def choose(self, choice: str) -> None:
        answer = await self.send("/choose", choice=choice, client_id=str(uuid.uuid4()))
        assert answer.status_code == httpx.codes.OK, answer.text

    @property
    def token(self) -> str:
        return self.web.cookies["visit"]


@dataclass(slots=True)
class Counsellor(Person):
    """`heard_in` is what they were told has arrived, by talk."""

    heard_in: dict[str, list[str]] = field(default_factory=dict)

    async def say(self, talk: str, text: str) -> bool:
        """Write to a visitor; False when the visitor is not there any more."""
        path = f"/desk/talk/{talk}/say"
        answer = await self.send(path, words=text, client_id=str(uuid.uuid4()))
        if answer.status_code == httpx.codes.CONFLICT:
            return False
        assert answer.status_code == httpx.codes.OK, answer.text
        self.heard_in.setdefault(talk, []).append(text)
        return True

    async def take_next(self) -> bool:
        """Take whoever has waited longest; False when nobody waits or one's hands are full."""
        return (await self.send("/desk/next")).status_code == httpx.codes.OK

    async def work(self, pace: Pace) -> None:
        """Take whom one can, and write numbered words in every talk, until it is over."""
        talks: dict[str, asyncio.Task[None]] = {}
        async with asyncio.TaskGroup() as writing:
            while pace.goes_on():
                if sum(not task.done() for task in talks.values()) < HANDS:
                    await self.take_next()
                    for talk in await self.talks():
                        if talk not in talks:
                            talks[talk] = writing.create_task(self._write_on(talk, pace))
                await pace.rest()

    async def _write_on(self, talk: str, pace: Pace) -> None:
        heard = self.heard_in.setdefault(talk, [])
        while pace.goes_on() and await self.say(talk, f"till {talk} ord {len(heard)}"):
            await pace.rest()

    async def is_present(self) -> None:
        answer = await self.send("/desk/presence", status="present")
        assert answer.status_code == httpx.codes.OK, answer.text

    async def talks(self) -> list[str]:
        return list(dict.fromkeys(TALK.findall(await self.get("/desk"))))


def browser(url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=url, timeout=60)


def desk(url: str, token: str, session: Session) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=url, timeout=60, cookies={"desk": token}, headers={"x-csrf": session.csrf}
    )


async def begin_talks(
    counsellors: Sequence[Counsellor], visitors: Sequence[Visitor]
) -> dict[str, Counsellor]:
    """Bring every visitor to a counsellor; give the counsellor of each talk."""
    for counsellor in counsellors:
        await counsellor.is_present()
    for visitor in visitors:
        await visitor.ask_for_talk()
    for counsellor in counsellors:
        for _ in range(HANDS):
            assert await counsellor.take_next()
    return {talk: counsellor for counsellor in counsellors for talk in await counsellor.talks()}
