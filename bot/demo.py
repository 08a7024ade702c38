"""`helpline demo`: the whole service on this machine, always open, with invented people."""

import asyncio
import contextlib
import hashlib
import os
import random
import secrets
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from bot import logs
from bot.app import Stores, listen, open_house, serve
from bot.clock import wall_clock
from bot.demo_once import hold_one_conversation
from bot.invented import invent
from bot.invented_hours import invent_hours
from bot.invented_notes import with_notes
from bot.pages import Guard
from bot.resources import read_form
from bot.settings import SHIPPED_SERVICE_FILE, Settings, read_settings
from bot.shipped import read_line
from bot.store.staff import Role, StaffStore
from bot.switchboard import Switchboard
from directory.load import load
from flows.counting import months
from flows.hours import hours_on
from flows.line import CHANNELS, DatedException, Line
from flows.opening_days import days
from flows.periods import Quarter, open_month
from flows.review_rows import whole_quarters
from flows.stockholm import date_of

HOST = "127.0.0.1"
FOLDER = "demo"
"""Below the data folder."""

# Two of each: two counsellors can share a queue, and the evaluation set needs two people.
STAFF: tuple[tuple[str, Role], ...] = (
    ("Anna", "counsellor"),
    ("Bo", "counsellor"),
    ("Karin", "coordinator"),
    ("Lena", "coordinator"),
)
YEARS = 2
"""Whole years of which records are invented, before this one."""

SEED = 2019
"""The invented records are the same everywhere."""


class _Port(click.IntRange):
    name = "port, which is a whole number"


@click.command()
@click.option("--port", type=_Port(0, 65535), default=8080, show_default=True)
@click.option("--once", is_flag=True, help="Hold one scripted conversation and end.")
def demo(port: int, *, once: bool) -> None:
    """Try everything: visitor's page and desk on this machine, a line that is always open."""
    logs.set_up("error")
    asyncio.run(_once() if once else _demo(port))


@dataclass(frozen=True, slots=True)
class House:
    """A demo that runs: where it is, and how its staff log in."""

    url: str
    passwords: dict[str, str]
    board: Switchboard
    site: Guard


async def _demo(port: int) -> None:
    with contextlib.closing(listen(HOST, port)) as taken:
        url = f"http://{HOST}:{taken.getsockname()[1]}"
        folder = read_settings().data_dir / FOLDER
        async with open_demo(url, folder, _keys_of(folder)) as house:
            print(_welcome(house), flush=True)
            await serve(house.site, house.board, taken)
        clear_away(_keys_of(folder))


async def _once() -> None:
    """The same house in folders that go away, with one conversation held in it."""
    memory = read_settings().runtime_dir.parent
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory(dir=memory) as keys,
        contextlib.closing(listen(HOST, 0)) as taken,
    ):
        url = f"http://{HOST}:{taken.getsockname()[1]}"
        async with open_demo(url, Path(folder), Path(keys)) as house:
            serving = asyncio.create_task(serve(house.site, house.board, taken))
            script = asyncio.create_task(hold_one_conversation(house, say=print))
            await asyncio.wait({serving, script}, return_when=asyncio.FIRST_COMPLETED)
            if serving.done():
                script.cancel()
                raise click.Abort
            os.kill(os.getpid(), signal.SIGTERM)
            await serving
            await script


def clear_away(keys: Path) -> None:
    """Take away the key folder of a demo that has ended, unless conversations are still open."""
    if not any(keys.glob("*.key")):
        shutil.rmtree(keys)


def _keys_of(folder: Path) -> Path:
    """A key folder of this demo's own: another demo elsewhere keeps its keys."""
    mark = hashlib.blake2s(str(folder.resolve()).encode(), digest_size=4).hexdigest()
    return read_settings().runtime_dir.with_name(f"helpline-demo-{mark}")


@asynccontextmanager
async def open_demo(url: str, folder: Path, runtime: Path) -> AsyncIterator[House]:
    """Open a demo house in these folders, always open, with staff and invented records."""
    settings = Settings(data_dir=folder, runtime_dir=runtime, public_url=url, telegram_token=None)
    shipped, now = read_line(SHIPPED_SERVICE_FILE), wall_clock()
    line = open_now(shipped, now)
    async with open_house(settings, line, demo=True) as (board, stores, site):
        await _invent_records(stores, now)
        await stores.counts.replace(invent_hours(line, _closed_quarters(now), _chance()))
        passwords = await _invite(stores.staff)
        yield House(url, passwords, board, site)


async def _invite(staff: StaffStore) -> dict[str, str]:
    """Give the demo's staff fresh passwords."""
    known = {member.name for member in await staff.list()}
    passwords = {name: secrets.token_urlsafe(9) for name, _ in STAFF}
    for name, role in STAFF:
        if name not in known:
            await staff.add(name, role)
        await staff.set_password(name, passwords[name])
    return passwords


async def _invent_records(stores: Stores, now: datetime) -> None:
    """Invented records of the last years and of this one as far as it is closed, marked as such."""
    first, last = _begins(now), open_month(now)
    services = sorted(load().services)
    records = invent(
        read_form(), months=months(first, last)[:-1], chance=_chance(), services=services
    )
    noted = with_notes(records, _chance())
    await stores.records.import_invented(noted, ids=lambda: secrets.token_bytes(16))


def open_now(shipped: Line, now: datetime) -> Line:
    """Give the line always open from the month that is not closed; before, it kept its hours.

    What closed it then, holidays too, is written down day by day.
    """
    since = f"{open_month(now)}-01"
    always = shipped.always_open(since=date.fromisoformat(since))
    closed = (
        DatedException(date=day, channel=channel, reason="Stängt.")
        for day in days(_begins(now), open_month(now))
        for channel in CHANNELS
        if f"{day}" < since
        and hours_on(always, channel, day)
        and not hours_on(shipped, channel, day)
    )
    return always.model_copy(update={"exceptions": tuple(closed)})


def _closed_quarters(now: datetime) -> list[Quarter]:
    span = whole_quarters(_begins(now), open_month(now))
    return [quarter for quarter in span if quarter.is_closed(now)]


def _begins(now: datetime) -> str:
    """Give the first month of which anything is invented."""
    return f"{date_of(now).year - YEARS}-01"


def _chance() -> random.Random:
    return random.Random(SEED)  # noqa: S311 - invented on purpose, the same each time


def _welcome(house: House) -> str:
    logins = "\n".join(f"    {name:<6} {role:<12} {house.passwords[name]}" for name, role in STAFF)
    return f"""
Demo – invented people and records, a line that is always open.

  The visitor's page   {house.url}/
  The desk             {house.url}/desk

  Log in at the desk (no second factor in the demo), press "Tillgänglig", and write
  from the visitor's page in another window:
{logins}

  Ctrl+C ends the demo. Nothing leaves this machine.
"""
