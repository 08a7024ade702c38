"""`helpline check`: is everything in place?"""

import asyncio
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from bot.app import open_stores
from bot.backup import KEPT
from bot.catalogue import as_it_is
from bot.channels.telegram import look
from bot.lock import running
from bot.resources import read_form, read_safety, read_spoken
from bot.settings import Settings, SettingsError, is_loopback, read_settings
from bot.shipped import read_line, read_texts
from bot.store.connection import StoreError
from bot.store.copies import schema_version
from bot.vault import Vault, is_memory
from flows.texts import FALLBACK

ROOM = 200 * 1024 * 1024
"""Bytes: less free disk than this is trouble on its way."""


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
        "public address": _public_url,
        "telegram": _telegram,
    }
    for name, check_it in checks.items():
        try:
            yield {"name": name, "ok": True, "detail": check_it(settings)}
        except (_Wrong, SettingsError, ValueError, LookupError, OSError, StoreError) as error:
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
    directory = asyncio.run(as_it_is(settings.data_dir))
    return f"{len(directory.municipalities)} municipalities, {len(directory.services)} services"


def _data_folder(settings: Settings) -> str:
    folder = settings.data_dir
    existing = next(path for path in (folder, *folder.resolve().parents) if path.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        raise _Wrong(f"{existing} cannot be written to: give it to the user that runs the service.")
    if folder.exists() and folder.stat().st_mode & 0o077:
        raise _Wrong(f"{folder} can be read by others: chmod 700 it.")
    return str(folder)


def _disk(settings: Settings) -> str:
    existing = next(path for path in settings.data_dir.resolve().parents if path.exists())
    free = shutil.disk_usage(existing).free
    if free < ROOM:
        raise _Wrong(f"Only {free // 2**20} MiB are free; make room for at least 200.")
    return f"{free // 2**20} MiB free"


def _schemas(settings: Settings) -> str:
    """Which version each database has, before opening the stores brings it to ours."""
    there = {name: kept for name, kept in KEPT.items() if (settings.data_dir / name).exists()}
    found = [_schema(settings.data_dir / name, len(kept.steps)) for name, kept in there.items()]
    return ", ".join(found) or "no databases yet"


def _schema(path: Path, known: int) -> str:
    version = asyncio.run(schema_version(path, known=known))
    return f"{path.name} {version}" + (f" (becomes {known} at the start)" * (version < known))


def _stores(settings: Settings) -> str:
    """Open and close each store, unless the service has them open."""
    if not settings.data_dir.exists():
        return "none yet; they are made at the first start"
    if running(settings.data_dir):
        return "in use by the running service"
    asyncio.run(_open_and_close(settings))
    return "all can be opened"


async def _open_and_close(settings: Settings) -> None:
    async with open_stores(settings.data_dir, Vault(settings.runtime_dir)):
        """Opening reads back every pragma and the version."""


def _runtime(settings: Settings) -> str:
    folder = settings.runtime_dir
    mounts = Path("/proc/mounts").read_text(encoding="utf-8")
    if not is_memory(folder, mounts):
        raise _Wrong(f"{folder} is not on tmpfs: keys there could be recovered from a disk.")
    return str(folder)


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
