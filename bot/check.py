"""`helpline check`: is everything in place?"""

import asyncio
import contextlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.app import listen
from bot.backup import KEPT
from bot.catalogue import FILE, as_it_is
from bot.channels.telegram import look
from bot.complaint import ComplaintError, refusal
from bot.folders import StartError
from bot.lock import running
from bot.resources import read_form, read_safety, read_spoken
from bot.settings import Settings, is_loopback, read_settings
from bot.shipped import read_line, read_texts
from bot.store import live
from bot.store.connection import looking
from bot.store.copies import schema_version
from bot.vault import is_memory
from flows.texts import FALLBACK

ROOM = 200 * 1024 * 1024
"""Bytes: less free disk than this is trouble on its way."""


LIVE = "live.db"


class _Wrong(Exception):  # noqa: N818 - what a check found, not an error of ours
    pass


@click.command()
@click.option("--json", "in_json", is_flag=True, help="One JSON document.")
@click.pass_context
def check(context: click.Context, *, in_json: bool) -> None:
    """Look whether the service could run here, safely; exit status 1 if not."""
    found = list(_findings(read_settings()))
    if in_json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        for each in found:
            print("ok  " if each["ok"] else "FAIL", f"{each['name']}: {each['detail']}")
    context.exit(0 if all(each["ok"] for each in found) else 1)


def _findings(settings: Settings) -> Iterator[dict[str, str | bool]]:
    checks: dict[str, Callable[[Settings], str]] = {
        "service file": _service_file,
        "texts": _texts,
        "phrases": _phrases,
        "contact form": _form,
        "directory": _directory,
        "data folder": _data_folder,
        "disk": _disk,
        "schemas": _schemas,
        "stores": _stores,
        "keys in memory": _runtime,
        "listening address": _web_host,
        "public address": _public_url,
        "telegram": _telegram,
    }
    for name, check_it in checks.items():
        try:
            yield {"name": name, "ok": True, "detail": check_it(settings)}
        except OSError as error:
            yield {"name": name, "ok": False, "detail": refusal(error)}
        except (_Wrong, ComplaintError, ValueError, LookupError) as error:
            yield {"name": name, "ok": False, "detail": str(error)}


def _service_file(settings: Settings) -> str:
    line = read_line(settings.service_file)
    return f"{line.name}, {line.phone}"


def _texts(settings: Settings) -> str:
    texts = read_texts()
    return f"{len(texts.ids(FALLBACK))} texts, languages: {', '.join(sorted(texts.languages))}"


def _phrases(settings: Settings) -> str:
    read_safety()
    return f"{len(read_spoken().choices)} phrases that stand for a button"


def _form(settings: Settings) -> str:
    form = read_form()
    return f"version {form.version}, {len(form.questions)} questions"


def _directory(settings: Settings) -> str:
    """Lay what people changed over the shipped directory, in a copy: opening could change it."""
    changes = settings.data_dir / FILE
    with TemporaryDirectory() as scratch:
        if changes.exists():
            _copy(changes, Path(scratch) / FILE)
        directory = asyncio.run(as_it_is(Path(scratch)))
    return f"{len(directory.municipalities)} municipalities, {len(directory.services)} services"


def _copy(path: Path, target: Path) -> None:
    with looking(path) as database, contextlib.closing(sqlite3.connect(target)) as copy:
        database.backup(copy)


def _data_folder(settings: Settings) -> str:
    return _ours(settings.data_dir)


def _ours(folder: Path) -> str:
    """Say where a folder is, or will be, that nobody else may look into."""
    existing = _existing(folder)
    if not existing.is_dir():
        raise _Wrong(f"{existing} is not a folder: choose another place.")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise _Wrong(f"{existing} cannot be written to: give it to the user that runs the service.")
    if folder.exists() and folder.stat().st_mode & 0o077:
        raise _Wrong(f"{folder} can be read by others: chmod 700 it.")
    return str(folder)


def _existing(folder: Path) -> Path:
    """Give the folder, or what it will be made in."""
    place = folder.absolute()
    return next(path for path in (place, *place.parents) if path.exists())


def _disk(settings: Settings) -> str:
    free = shutil.disk_usage(_existing(settings.data_dir)).free
    if free < ROOM:
        raise _Wrong(f"Only {free // 2**20} MiB are free; make room for at least 200.")
    return f"{free // 2**20} MiB free"


def _schemas(settings: Settings) -> str:
    """Which version each database has; the next start brings it to ours."""
    there = {name: kept for name, kept in KEPT.items() if (settings.data_dir / name).exists()}
    found = [_schema(settings.data_dir / name, len(kept.steps)) for name, kept in there.items()]
    return ", ".join(found) or "no databases yet"


def _schema(path: Path, known: int) -> str:
    version = schema_version(path, known=known)
    return f"{path.name} {version}" + (f" (becomes {known} at the start)" * (version < known))


def _stores(settings: Settings) -> str:
    """Whether each database can be read and written, unless the service has them open."""
    there = [path for name in (LIVE, *KEPT) if (path := settings.data_dir / name).exists()]
    if not there:
        return "none yet; they are made at the first start"
    if running(settings.data_dir):
        return "in use by the running service"
    for path in there:
        if not os.access(path, os.R_OK | os.W_OK):
            raise _Wrong(f"{path} cannot be written to: give it to the user that runs the service.")
    if there[0].name == LIVE:
        schema_version(there[0], known=len(live.STEPS))
    return "all can be opened"


def _runtime(settings: Settings) -> str:
    folder = settings.runtime_dir
    mounts = Path("/proc/mounts").read_text(encoding="utf-8")
    if not is_memory(folder, mounts):
        raise _Wrong(f"{folder} is not on tmpfs: keys there could be recovered from a disk.")
    return _ours(folder)


def _web_host(settings: Settings) -> str:
    """Whether it is an address of this machine; the port may be in use, by the service itself."""
    try:
        listen(settings.web_host, 0).close()
    except StartError:
        raise _Wrong(f"{settings.web_host} is not an address of this machine.") from None
    return f"{settings.web_host} port {settings.web_port}"


def _telegram(settings: Settings) -> str:
    """Name, descriptions, commands and privacy settings of the bot, as Telegram shows them."""
    if settings.telegram_token is None:
        return "no token: web only"
    if is_loopback(settings.public_url):
        raise _Wrong("Visitors on Telegram are shown HELPLINE_PUBLIC_URL, and cannot reach it.")
    faults, hints = asyncio.run(look(settings, read_texts()))
    if faults:
        raise _Wrong(f"The bot is not ready: {'; '.join(faults)}.")
    return "; ".join(["the bot is ready", *hints])


def _public_url(settings: Settings) -> str:
    if not settings.public_url.startswith("https://") and not is_loopback(settings.public_url):
        raise _Wrong(f"{settings.public_url} is not https: anybody on the way could read along.")
    return settings.public_url
