"""The desk of a house with its own folder, and people who ask it things over HTTP."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from html import unescape
from itertools import count
from pathlib import Path

import httpx
from argon2 import PasswordHasher
from starlette.applications import Starlette

from bot.catalogue import FILE, Catalogue
from bot.conversation import Address
from bot.deliveries import Acknowledged
from bot.desk.routes import UPLOADS, desk_routes
from bot.health import Health
from bot.jobs import Began, Happened
from bot.pages import Guard
from bot.resources import read_form, read_reviewer
from bot.shop import Job, Reply
from bot.store.counts import CountsStore
from bot.store.passwords import Hashing
from bot.store.releases import ReleasesStore
from bot.store.staff import Role, StaffStore
from bot.switchboard import QUEUE
from bot.turns import BY_ITSELF, Came
from directory.load import load
from flows.events import AskedTalk, Consented, Departed, Event, Opened, Rewrote, Wrote
from tests.bot.houses import Clock, House, open_house
from tests.cast import ANNA, BO, KARIN

URL = "http://127.0.0.1:8080"
PASSWORD = "ett långt lösenord"
TEAM: tuple[tuple[str, Role], ...] = (
    (ANNA, "counsellor"),
    (BO, "counsellor"),
    (KARIN, "coordinator"),
)


def quick() -> Hashing:
    """Hashes as ever, but ones that a test need not wait for."""
    return Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


contact_form = cache(read_form)
reviewer = cache(read_reviewer)


@dataclass(slots=True)
class DeskHouse:
    """A house with a desk; ask it through `client`, or as somebody through `person`."""

    house: House
    staff: StaffStore
    site: Guard
    health: Health
    catalogue: Catalogue
    releases: ReleasesStore
    counts: CountsStore
    visitors: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def clock(self) -> Clock:
        return self.house.clock

    def client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.site)
        headers = {"accept": "text/html"}
        return httpx.AsyncClient(transport=transport, base_url=URL, headers=headers)

    async def person(self, name: str, *, is_present: bool = True) -> "AtDesk":
        """Somebody who is logged in, with both factors."""
        member = await self.staff.member(name)
        if not (member and member.has_password):
            await self.staff.set_password(name, PASSWORD)
        token = await self.staff.begin_session(name, confirmed=True)
        client = self.client()
        client.cookies.set("desk", token)
        session = await self.staff.session(token)
        assert session
        person = AtDesk(client, session.csrf, token)
        if is_present:
            await person.post("/desk/presence", status="present")
        return person

    async def visitor(self, *words: str, channel: str = "web") -> str:
        """A visitor who waits in the queue and has written something; gives the conversation."""
        number = next(self.visitors)
        token = f"secret-address-{number:04}" if channel == "web" else f"512345{number:04}"
        began = await self.house.board.ask(Began(Address(channel, token), "sv", Opened()))
        joins: tuple[Event, ...] = (AskedTalk(), Consented(with_words=False))
        for event in (*joins, *map(Wrote, words)):
            await self.happens(began.conversation, event)
        return began.conversation

    async def happens(self, conversation: str, event: Event, came: Came = BY_ITSELF) -> Reply:
        return await self.ask(Happened(conversation, event, came))

    async def ask(self, job: Job) -> Reply:
        return await self.house.board.ask(job)

    def seq_of(self, conversation: str, words: str) -> int:
        """The place where something was said last."""
        messages = self.house.board.book.conversations[conversation].messages
        return [message.seq for message in messages if message.text == words][-1]

    async def rewrites(self, conversation: str, old: str, new: str) -> None:
        """The visitor changes words that they have written before."""
        came = Came(amends=self.seq_of(conversation, old))
        await self.happens(conversation, Rewrote(new), came)

    async def erase(self, conversation: str) -> None:
        await self.happens(conversation, Departed())

    async def acknowledge(self, conversation: str) -> None:
        """The visitor's page has everything."""
        await self.house.board.ask(Acknowledged(conversation, 10_000))

    def draft(self, counsellor: str) -> str:
        """The id of the form that a counsellor took last."""
        return self.house.board.book.drafts_of(counsellor)[-1].id


@dataclass(slots=True)
class AtDesk:
    """A browser in which somebody is logged in."""

    client: httpx.AsyncClient
    csrf: str
    token: str

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def page(self, path: str = "/desk") -> str:
        return unescape((await self.client.get(path)).text)

    async def post(self, path: str, **fields: str | list[str]) -> httpx.Response:
        """Send a form as a page without scripts does."""
        return await self.client.post(path, data={"csrf": self.csrf, **fields})

    async def script(self, path: str, **fields: str | list[str]) -> httpx.Response:
        """Send it as the page's script does."""
        headers = {"accept": "application/json", "x-csrf": self.csrf}
        return await self.client.post(path, data=fields, headers=headers)


@asynccontextmanager
async def open_desk(
    folder: Path,
    *,
    clock: Clock | None = None,
    demo: bool = False,
    url: str = URL,
    hashing: Hashing | None = None,
) -> AsyncIterator[DeskHouse]:
    async with open_house(folder, clock=clock) as house:
        staff = await StaffStore.open(
            folder / "staff.db", clock=house.clock, hashing=hashing or quick()
        )
        known = {member.name for member in await staff.list()}
        for name, role in TEAM:
            if name not in known:
                await staff.add(name, role)
        health = Health(house.clock, lambda: house.board.feeds.ring(QUEUE))
        catalogue = await Catalogue.open(folder / FILE, load())
        releases = await ReleasesStore.open(folder / "releases.db")
        counts = await CountsStore.open(folder / "counts.db")
        house.board.shop = replace(house.board.shop, read_directory=lambda: catalogue.directory)
        routes = desk_routes(
            house.board,
            staff,
            house.records,
            contact_form(),
            catalogue=catalogue,
            releases=releases,
            counts=counts,
            reviewer=reviewer(),
            public_url=url,
            clock=house.clock,
            health=health,
            demo=demo,
        )
        try:
            site = Guard(Starlette(routes=routes), url, UPLOADS)
            yield DeskHouse(house, staff, site, health, catalogue, releases, counts)
        finally:
            await staff.close()
            await catalogue.close()
            await releases.close()
            await counts.close()


def hidden(html: str, name: str) -> str:
    """What a hidden field of a page holds."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, f"no field {name}"
    return unescape(found[1])


A_WHILE = timedelta(minutes=16)
"""Longer than a desk may stand idle."""
