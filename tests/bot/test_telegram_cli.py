"""The `helpline` command and Telegram: what whoever runs the service is told."""

import asyncio
import json
import os
import sys
from pathlib import Path

import httpx
import pytest

from bot.channels.telegram import open_wire
from bot.channels.telegram_profile import introduce
from bot.settings import Settings
from bot.shipped import read_texts
from tests.campaigns.service import ROOT, free_port
from tests.emulator.server import serve
from tests.emulator.telegram import TOKEN, Telegram

PATIENCE = 120.0
WRONG = "123456789:AAwrongwrongwrongwrongwrongwrongwron"


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    others = {k: v for k, v in os.environ.items() if not k.startswith("HELPLINE_")}
    return others | {
        "HELPLINE_PUBLIC_URL": "https://chatt.example",
        "HELPLINE_DATA_DIR": str(tmp_path / "data"),
        "HELPLINE_RUNTIME_DIR": str(tmp_path / "keys"),
        "HELPLINE_WEB_PORT": str(free_port()),
        "HELPLINE_TELEGRAM_TOKEN": TOKEN,
    }


async def start(command: str, settings: dict[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *command.split(),
        cwd=ROOT,
        env=settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def call(command: str, settings: dict[str, str]) -> tuple[int | None, str, str]:
    """Run the command to its end; exit status, what it printed, what it complained of."""
    process = await start(command, settings)
    async with asyncio.timeout(PATIENCE):
        out, complaint = await process.communicate()
    return process.returncode, out.decode(), complaint.decode()


async def test_a_token_that_telegram_refuses_stops_the_start_with_one_sentence(
    settings: dict[str, str],
) -> None:
    async with serve(Telegram()) as url:
        wrong = {"HELPLINE_TELEGRAM_API_URL": url, "HELPLINE_TELEGRAM_TOKEN": WRONG}
        status, _, complaint = await call("run", settings | wrong)
    last = complaint.strip().splitlines()[-1]
    assert status == 2
    assert last.startswith("Telegram does not accept HELPLINE_TELEGRAM_TOKEN: ask BotFather")
    assert WRONG not in complaint


async def test_a_token_that_is_none_is_a_wrong_setting(settings: dict[str, str]) -> None:
    status, _, complaint = await call("run", settings | {"HELPLINE_TELEGRAM_TOKEN": "hemligt"})
    assert status == 2
    assert complaint.startswith("The setting HELPLINE_TELEGRAM_TOKEN is wrong")
    assert "hemligt" not in complaint


async def test_the_service_starts_while_telegram_is_away_and_the_page_answers(
    settings: dict[str, str],
) -> None:
    away = {"HELPLINE_TELEGRAM_API_URL": f"http://127.0.0.1:{free_port()}/bot"}
    process = await start("run", settings | away)
    page = f"http://127.0.0.1:{settings['HELPLINE_WEB_PORT']}/"
    assert process.stderr
    async with asyncio.timeout(PATIENCE):
        while b"kind=away" not in await process.stderr.readline():
            continue
    async with httpx.AsyncClient(timeout=PATIENCE) as web:
        assert (await web.get(page)).status_code == httpx.codes.OK
    process.terminate()
    async with asyncio.timeout(PATIENCE):
        await process.communicate()
    assert process.returncode == 0


async def test_check_says_what_is_wrong_with_the_bot(settings: dict[str, str]) -> None:
    telegram = Telegram()
    async with serve(telegram) as url:
        settings |= {"HELPLINE_TELEGRAM_API_URL": url}
        before = await _check(settings)
        await _introduce(url)
        after = await _check(settings)
        telegram.me["can_join_groups"] = True
        open_to_groups = await _check(settings)
    assert before["ok"]
    assert "its name is set when the service starts" in str(before["detail"])
    assert after == {"name": "telegram", "ok": True, "detail": "the bot is ready"}
    assert "can be added to groups" in str(open_to_groups["detail"])


async def test_check_says_that_visitors_on_telegram_cannot_reach_a_page_on_loopback(
    settings: dict[str, str],
) -> None:
    found = await _check(settings | {"HELPLINE_PUBLIC_URL": "http://127.0.0.1:8080"})
    assert not found["ok"]
    assert "cannot reach it" in str(found["detail"])


async def test_check_says_that_the_staffs_chat_is_not_ours(settings: dict[str, str]) -> None:
    async with serve(Telegram()) as url:
        wrong = {"HELPLINE_TELEGRAM_API_URL": url, "HELPLINE_TELEGRAM_STAFF_CHAT": "-100999"}
        found = await _check(settings | wrong)
    assert not found["ok"]
    assert "HELPLINE_TELEGRAM_STAFF_CHAT" in str(found["detail"])


async def test_check_says_when_telegram_cannot_be_reached(settings: dict[str, str]) -> None:
    settings |= {"HELPLINE_TELEGRAM_API_URL": f"http://127.0.0.1:{free_port()}/bot"}
    found = await _check(settings)
    assert not found["ok"]
    assert "cannot be reached" in str(found["detail"])


async def _check(settings: dict[str, str]) -> dict[str, str | bool]:
    _, out, _ = await call("check --json", settings)
    rows: list[dict[str, str | bool]] = json.loads(out)
    return next(row for row in rows if row["name"] == "telegram")


async def _introduce(url: str) -> None:
    """As the service does at its start."""
    known = Settings(telegram_token=TOKEN, telegram_api_url=url)
    async with open_wire(known) as wire:
        assert wire
        await introduce(wire, read_texts())
