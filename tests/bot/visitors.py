"""A visitor's browser for the tests, without a screen: it keeps a cookie and reads what comes."""

import asyncio
import itertools
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Scope

from bot.channels.web import visitor_routes
from bot.conversation import Conversation
from bot.pages import Guard
from tests.bot.houses import House

URL = "http://127.0.0.1:8080"
AWAY = "https://example.org/weather"
PATIENCE = 60.0

_numbers = itertools.count(1)


def site_of(house: House, *, url: str = URL, exit_url: str = AWAY, demo: bool = False) -> Guard:
    """The visitor's pages of a house, as they are served."""
    routes = visitor_routes(
        house.board, public_url=url, new_token=secrets.token_urlsafe, demo=demo, exit_url=exit_url
    )
    return Guard(Starlette(routes=routes), url)


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser. `script`: it asks as our script does, not as a form does."""

    client: httpx.AsyncClient
    site: ASGIApp
    script: bool = False

    async def look(self) -> str:
        return (await self.client.get("/")).text

    async def frame(self, place: str = "bot") -> str:
        return (await self.client.get("/messages", params={"place": place})).text

    async def post(self, path: str, **fields: str) -> httpx.Response:
        accept = "application/json" if self.script else "text/html"
        return await self.client.post(path, data=fields, headers={"accept": accept})

    async def say(self, text: str, client_id: str = "") -> httpx.Response:
        return await self.post("/say", text=text, client_id=client_id or fresh())

    async def choose(self, choice: str, client_id: str = "") -> httpx.Response:
        return await self.post("/choose", choice=choice, client_id=client_id or fresh())

    async def choices(self) -> list[str]:
        return re.findall(r'name="choice" value="([^"]+)"', await self.look())

    @property
    def cookie(self) -> str:
        return "; ".join(f"{each.name}={each.value}" for each in self.client.cookies.jar)


@asynccontextmanager
async def visiting(
    site: ASGIApp, *, url: str = URL, script: bool = False
) -> AsyncIterator[Visitor]:
    transport = httpx.ASGITransport(app=site)
    async with httpx.AsyncClient(transport=transport, base_url=url) as client:
        yield Visitor(client, site, script)


def fresh() -> str:
    """A client id that nobody has used."""
    return f"act-{next(_numbers)}"


def only(house: House) -> Conversation:
    """The one open conversation."""
    [conversation] = house.board.book.conversations.values()
    return conversation


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event, as a browser takes it in."""

    name: str
    data: str
    id: str


@dataclass(slots=True)
class Listener:
    """Reads a stream of events while it goes on."""

    _chunks: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    _rest: str = ""

    async def next(self) -> Event:
        """The next event; TimeoutError when none comes."""
        async with asyncio.timeout(PATIENCE):
            while "\n\n" not in self._rest:
                self._rest += await self._chunks.get()
        block, _, self._rest = self._rest.partition("\n\n")
        return _event(block)

    async def until(self, name: str) -> list[Event]:
        """All events up to and with the next one of this name."""
        events = [await self.next()]
        while events[-1].name != name:
            events.append(await self.next())
        return events

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.body":
            self._chunks.put_nowait(message.get("body", b"").decode())


@asynccontextmanager
async def listening(
    visitor: Visitor, query: str = "", *, last_event_id: str = ""
) -> AsyncIterator[Listener]:
    """Hold a stream of events open, as a page does."""
    listener = Listener()
    headers = [(b"cookie", visitor.cookie.encode()), (b"host", b"127.0.0.1:8080")]
    if last_event_id:
        headers.append((b"last-event-id", last_event_id.encode()))
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/events",
        "raw_path": b"/events",
        "root_path": "",
        "query_string": query.encode(),
        "headers": headers,
    }
    never = asyncio.Event()

    async def receive() -> Message:
        await never.wait()
        return {"type": "http.disconnect"}

    task = asyncio.create_task(_call(visitor.site, scope, receive, listener))
    try:
        yield listener
    finally:
        never.set()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _call(site: ASGIApp, scope: Scope, receive: object, listener: Listener) -> None:
    await site(scope, receive, listener.send)  # type: ignore[arg-type]


def _event(block: str) -> Event:
    fields: dict[str, list[str]] = {}
    for line in re.split(r"\r\n|\r|\n", block):
        name, _, value = line.partition(": ")
        fields.setdefault(name, []).append(value)
    data = "\n".join(fields.get("data", []))
    return Event(fields.get("event", [""])[-1], data, fields.get("id", [""])[-1])
