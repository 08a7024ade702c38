"""Visitors and counsellors who never give up: what is not acknowledged they send again."""

import asyncio
import re
import uuid
from dataclasses import dataclass, field

import httpx

from bot.store.staff import Session

TALK = re.compile(r"/desk/talk/([0-9a-f]{32})/say")
TRIES = 2_000


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
                await asyncio.sleep(0.02)
                continue
            if answer.status_code in {429, 503}:
                await asyncio.sleep(0.05)
                continue
            return answer
        raise AssertionError(f"{path} was never answered")

    async def get(self, path: str) -> str:
        for _ in range(TRIES):
            try:
                return (await self.web.get(path)).text
            except httpx.HTTPError:
                await asyncio.sleep(0.02)
        raise AssertionError(f"{path} was never answered")


@dataclass(slots=True)
class Visitor(Person):
    async def say(self, text: str) -> None:
        answer = await self.send("/say", text=text, client_id=str(uuid.uuid4()))
        assert answer.status_code == httpx.codes.OK, answer.text
        self.acknowledged.append(text)

    async def choose(self, choice: str) -> None:
        answer = await self.send("/choose", choice=choice, client_id=str(uuid.uuid4()))
        assert answer.status_code == httpx.codes.OK, answer.text

    @property
    def token(self) -> str:
        return self.web.cookies["visit"]


@dataclass(slots=True)
class Counsellor(Person):
    async def say(self, talk: str, text: str) -> None:
        path = f"/desk/talk/{talk}/say"
        answer = await self.send(path, words=text, client_id=str(uuid.uuid4()))
        assert answer.status_code == httpx.codes.OK, answer.text
        self.acknowledged.append(text)

    async def is_present(self) -> None:
        answer = await self.send("/desk/presence", status="present")
        assert answer.status_code == httpx.codes.OK, answer.text

    async def talks(self) -> list[str]:
        return list(dict.fromkeys(TALK.findall(await self.get("/desk"))))


def browser(url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=url, timeout=5)


def desk(url: str, token: str, session: Session) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=url, timeout=5, cookies={"desk": token}, headers={"x-csrf": session.csrf}
    )
