"""The composition root: builds every part by hand and runs them."""

import asyncio
import contextlib
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from bot import alarms, chores, filing
from bot.catalogue import FILE, Catalogue
from bot.channels.telegram import TokenError, knock, open_telegram, open_wire
from bot.channels.web import visitor_routes
from bot.channels.web_view import EXIT_URL
from bot.clock import wall_clock
from bot.desk.routes import UPLOADS, desk_routes
from bot.feeds import Feeds
from bot.folders import StartError, make_folder
from bot.health import Health
from bot.lock import only_instance
from bot.logs import log
from bot.pages import Guard
from bot.presence import Presence
from bot.public.routes import public_routes
from bot.resources import read_form, read_reviewer, read_safety, read_spoken
from bot.restore import finish
from bot.settings import Settings
from bot.shipped import read_line, read_texts
from bot.shop import Shop
from bot.store.counts import CountsStore
from bot.store.live import LiveStore
from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from bot.store.staff import StaffStore
from bot.switchboard import QUEUE, Switchboard
from bot.vault import Vault, is_memory
from directory.load import load
from flows.line import Line

LOST_NOTICE = timedelta(hours=24)
"""How long a greeting says that open conversations were lost."""

GRACE = 5
"""Seconds that open requests get to finish when the program is told to stop."""


@dataclass(frozen=True, slots=True)
class Stores:
    live: LiveStore
    records: RecordsStore
    staff: StaffStore
    catalogue: Catalogue
    releases: ReleasesStore
    counts: CountsStore


def open_vault(folder: Path) -> Vault:
    if not is_memory(folder, Path("/proc/mounts").read_text(encoding="utf-8")):
        log("runtime-not-memory")
    return Vault(folder)


@asynccontextmanager
async def open_stores(folder: Path, vault: Vault) -> AsyncIterator[Stores]:
    async with contextlib.AsyncExitStack() as stack:
        live = await LiveStore.open(folder / "live.db", vault.key)
        stack.push_async_callback(live.close)
        records = await RecordsStore.open(folder / "records.db")
        stack.push_async_callback(records.close)
        staff = await StaffStore.open(folder / "staff.db")
        stack.push_async_callback(staff.close)
        catalogue = await Catalogue.open(folder / FILE, load())
        stack.push_async_callback(catalogue.close)
        releases = await ReleasesStore.open(folder / "releases.db")
        stack.push_async_callback(releases.close)
        counts = await CountsStore.open(folder / "counts.db")
        stack.push_async_callback(counts.close)
        yield Stores(live, records, staff, catalogue, releases, counts)


def build_switchboard(line: Line, stores: Stores, vault: Vault, *, web_page: str) -> Switchboard:
    shop = Shop(
        line=line,
        texts=read_texts(),
        read_directory=lambda: stores.catalogue.directory,
        safety=read_safety(),
        spoken=read_spoken(),
        presence=Presence(),
        keys=vault,
        new_id=lambda: secrets.token_hex(16),
        web_page=web_page,
    )
    return Switchboard(
        shop=shop,
        store=stores.live,
        records=stores.records,
        vault=vault,
        feeds=Feeds(),
        clock=wall_clock,
    )


async def wake(board: Switchboard, runtime: Path) -> None:
    """Take up where the program stopped: conversations, forms, and who had whom."""
    now = wall_clock()
    lost = await board.load()
    if lost:
        log("lost-keys", n=lost)
        _lost_file(runtime).write_text((now + LOST_NOTICE).astimezone(UTC).isoformat())
    board.shop = replace(board.shop, lost_until=_lost_until(runtime))
    for counsellor in board.book.talks.values():
        board.shop.presence.expect(counsellor, now)


def build_site(
    board: Switchboard, stores: Stores, settings: Settings, health: Health, *, demo: bool
) -> Guard:
    visitor = visitor_routes(
        board, public_url=settings.public_url, new_token=secrets.token_urlsafe, demo=demo
    )
    desk = desk_routes(
        board,
        stores.staff,
        stores.records,
        read_form(),
        catalogue=stores.catalogue,
        releases=stores.releases,
        counts=stores.counts,
        reviewer=read_reviewer(),
        public_url=settings.public_url,
        clock=wall_clock,
        health=health,
        demo=demo,
    )
    public = public_routes(
        directory=lambda: stores.catalogue.directory,
        line=board.shop.line,
        texts=board.shop.texts,
        clock=wall_clock,
        public_url=settings.public_url,
        exit_url=EXIT_URL,
    )
    return Guard(Starlette(routes=[*desk, *public, *visitor]), settings.public_url, UPLOADS)


@asynccontextmanager
async def open_house(
    settings: Settings, line: Line, *, demo: bool = False
) -> AsyncIterator[tuple[Switchboard, Stores, Guard]]:
    """Everything that runs but the web server; whatever had arrived is finished at the end."""
    for folder in (settings.data_dir, settings.runtime_dir):
        make_folder(folder)
    with only_instance(settings.data_dir), only_instance(settings.runtime_dir):
        finish(settings.data_dir)
        vault = open_vault(settings.runtime_dir)
        async with open_stores(settings.data_dir, vault) as stores:
            board = build_switchboard(line, stores, vault, web_page=settings.public_url)
            await wake(board, settings.runtime_dir)
            health = Health(wall_clock, lambda: board.feeds.ring(QUEUE))
            site = build_site(board, stores, settings, health, demo=demo)
            async with (
                _working(board, stores, settings.data_dir),
                _telegram(settings, board, health),
            ):
                yield board, stores, site


@asynccontextmanager
async def _telegram(settings: Settings, board: Switchboard, health: Health) -> AsyncIterator[None]:
    """The Telegram channel, if there is a token; one that Telegram refuses is a StartError."""
    async with open_wire(settings) as wire:
        if wire is None:
            log("web-only")
            yield
            return
        try:
            await knock(wire)
        except TokenError as error:
            raise StartError(str(error)) from None
        chat = settings.telegram_staff_chat
        async with open_telegram(wire, board, health, staff_chat=chat):
            yield


@asynccontextmanager
async def _working(board: Switchboard, stores: Stores, folder: Path) -> AsyncIterator[None]:
    turns = asyncio.create_task(board.run())
    caught_up = asyncio.Event()
    others = [
        asyncio.create_task(alarms.keep_watch(board, wall_clock)),
        asyncio.create_task(filing.file_often(board, stores.records, caught_up)),
        asyncio.create_task(_publish_often(stores.records, caught_up)),
        asyncio.create_task(chores.forget_often(folder)),
        asyncio.create_task(chores.refresh_often(stores.catalogue)),
        asyncio.create_task(chores.count_often(board.tally, stores.catalogue.store, stores.counts)),
    ]
    try:
        yield
    finally:
        board.feeds.close()
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        board.stop()
        await turns
        await chores.count_all(board.tally, stores.catalogue.store, stores.counts)


async def _publish_often(records: RecordsStore, caught_up: asyncio.Event) -> None:
    await caught_up.wait()
    await chores.publish_often(records)


class _Server(uvicorn.Server):
    """A web server that leaves signals to us: its own handling ends the program too early."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """Take the address; StartError when it is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except (OSError, UnicodeError) as error:  # the latter for what can be no name
        taken.close()
        why = getattr(error, "strerror", "no such name")
        raise StartError(
            f"The address {host} port {port} cannot be used ({why}): "
            "stop what uses it, or choose another port or an address of this machine."
        ) from None
    return taken


def _address(taken: socket.socket) -> str:
    host, port, *_ = taken.getsockname()
    return f"{host}:{port}"


def build_server(site: Guard) -> uvicorn.Server:
    config = uvicorn.Config(
        site,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=16 * 1024,
    )
    return _Server(config)


async def serve(site: Guard, board: Switchboard, taken: socket.socket) -> None:
    """Answer requests until SIGTERM or SIGINT."""
    server = build_server(site)

    def stop() -> None:
        board.feeds.close()
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop)
    await server.serve(sockets=[taken])


async def run(settings: Settings) -> None:
    """The service, until it is told to stop."""
    line = read_line(settings.service_file)
    with contextlib.closing(listen(settings.web_host, settings.web_port)) as taken:
        async with open_house(settings, line) as (board, _, site):
            log("started", url=settings.public_url, listening=_address(taken))
            await serve(site, board, taken)
    log("stopped")


def _lost_file(runtime: Path) -> Path:
    return runtime / "lost-until"


def _lost_until(runtime: Path) -> datetime | None:
    path = _lost_file(runtime)
    return datetime.fromisoformat(path.read_text()) if path.exists() else None
