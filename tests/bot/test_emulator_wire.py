"""The Telegram of the tests fails on demand, behind both entrances and at a terminal."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from tests.emulator import faults as broken
from tests.emulator.answers import Lost
from tests.emulator.asking import FOUR, KEYBOARD, KIM, STAFF, ask, fetch, say
from tests.emulator.in_process import EmulatorRequest
from tests.emulator.server import serve
from tests.emulator.telegram import TOKEN, Telegram
from tests.emulator.terminal import Terminal

NEWS = pytest.mark.filterwarnings("ignore:.*attribute `retry_after` will be of type")
"""The library announces another type for every one that it raises."""

ROOT = Path(__file__).parents[2]

PATIENCE = 60.0
"""Seconds that no call takes which is answered at all."""

BRIEF = 0.1
"""Seconds in which a call that has arrived would have been answered, if it were."""


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram()
    telegram.visitor().start()
    return telegram


@asynccontextmanager
async def asking(
    telegram: Telegram, method: str, **params: Any
) -> AsyncIterator[asyncio.Task[Any]]:
    """Call over the network: it has arrived when the block begins, and is given up at its end."""
    async with serve(telegram) as url, aiohttp.ClientSession() as client:
        call = asyncio.ensure_future(client.post(f"{url}{TOKEN}/{method}", json=params))
        try:
            async with asyncio.timeout(PATIENCE):
                while not telegram.calls:  # noqa: ASYNC110 - it rings no bell
                    await asyncio.sleep(0.01)
            yield call
        finally:
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)


@pytest.fixture
async def bot(telegram: Telegram) -> AsyncIterator[Bot]:
    request = EmulatorRequest(telegram)
    async with Bot(TOKEN, request=request, get_updates_request=request) as bot:
        yield bot


@pytest.mark.parametrize(
    ("fault", "raised", "arrives"),
    [
        pytest.param(broken.too_many(7), RetryAfter, False, marks=NEWS),
        (broken.server_error(500), NetworkError, False),
        (broken.server_error(), NetworkError, False),
        (broken.time_out, TimedOut, False),
        (broken.lost_answer, TimedOut, True),
        (broken.late(60), TimedOut, True),
        (broken.refused, NetworkError, False),
        (broken.blocked, Forbidden, False),
    ],
)
async def test_a_fault_hits_the_next_call_and_no_other(
    telegram: Telegram, bot: Bot, fault: broken.Fault, raised: type[TelegramError], *, arrives: bool
) -> None:
    telegram.faults.next("sendMessage", fault)
    patience = 0.01 if fault.seconds else PATIENCE
    with pytest.raises(raised) as caught:
        await bot.send_message(KIM, "Ett", read_timeout=patience)
    assert isinstance(caught.value, TimedOut) == (raised is TimedOut)
    await bot.send_message(KIM, "Två")
    assert telegram.visitor().texts == [*(["Ett"] if arrives else []), "Två"]


async def test_a_fault_can_be_for_one_chat_and_several_times(telegram: Telegram) -> None:
    telegram.visitor(7).write("Hej")
    telegram.faults.next("sendMessage", broken.too_many(3), times=2, chat=KIM)
    assert (await say(telegram, chat=7))["ok"]
    for _ in range(2):
        assert (await say(telegram))["parameters"] == {"retry_after": 3}
    assert (await say(telegram))["ok"]


async def test_telegram_is_away_until_it_is_back(telegram: Telegram) -> None:
    telegram.faults.next("getMe", broken.away)
    for method in ("getMe", "getUpdates"):
        with pytest.raises(Lost):
            await telegram.call(method, {})
    assert (telegram.turned_away, telegram.calls) == (2, [])
    telegram.faults.clear()
    assert (await ask(telegram, "getMe"))["ok"]


async def test_faults_come_at_a_rate(telegram: Telegram) -> None:
    telegram.faults.at_rate(0.2, Random(1), kinds=(broken.server_error(500), broken.too_many(1)))
    answers = [await say(telegram) for _ in range(500)]
    failed = [answer["error_code"] for answer in answers if not answer["ok"]]
    assert 70 < len(failed) < 130
    assert set(failed) == {429, 500}


async def test_updates_whose_answer_was_lost_are_served_again(telegram: Telegram) -> None:
    telegram.faults.next("getUpdates", broken.lost_answer)
    with pytest.raises(Lost):
        await fetch(telegram)
    assert len(await fetch(telegram)) == 1


async def test_the_library_talks_to_it_in_process(telegram: Telegram, bot: Bot) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ja", callback_data="yes")]])
    preview = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(
        KIM, "Hej", protect_content=True, link_preview_options=preview, reply_markup=keyboard
    )
    telegram.visitor().press("Ja")
    [_, update] = await bot.get_updates(allowed_updates=FOUR)
    assert update.callback_query is not None
    assert update.callback_query.message == sent
    assert await bot.answer_callback_query(update.callback_query.id, "Tack")
    assert await bot.send_chat_action(KIM, "typing")
    assert await bot.delete_messages(KIM, [1, sent.message_id])
    kim = telegram.visitor()
    assert (kim.toasts, len(kim.typing), kim.shown()) == (["Tack"], 1, [])
    assert telegram.calls[1].params["protect_content"] is True
    assert telegram.indiscretions == []


async def test_the_library_is_told_of_a_wrong_token(telegram: Telegram) -> None:
    request = EmulatorRequest(telegram)
    with pytest.raises(InvalidToken):
        await Bot("123:wrong", request=request, get_updates_request=request).initialize()


async def test_the_library_is_told_what_is_wrong(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"(?i)message is too long"):
        await bot.send_message(KIM, "x" * 4097)


@pytest.mark.parametrize("how", ["json", "data", "params", "multipart"])
async def test_the_server_takes_every_way_of_asking(telegram: Telegram, how: str) -> None:
    said = {"chat_id": str(KIM), "text": "25", "reply_markup": json.dumps(KEYBOARD)}
    form = aiohttp.FormData(said, default_to_multipart=True)
    body = {"data": form} if how == "multipart" else {how: said}
    async with serve(telegram) as url, aiohttp.ClientSession() as client:
        async with client.post(f"{url}{TOKEN}/SENDMESSAGE", **body) as answer:
            assert (await answer.json())["result"]["text"] == "25"
        async with client.post(f"{url}{TOKEN}/sendMessage", json=["Hej"]) as answer:
            assert answer.status == 400
    [_, shown] = telegram.visitor().shown()
    assert shown.buttons == ("Ja",)


@pytest.mark.parametrize(
    ("fault", "arrives"), [(broken.lost_answer, True), (broken.refused, False)]
)
async def test_the_server_loses_connections(
    telegram: Telegram, fault: broken.Fault, *, arrives: bool
) -> None:
    telegram.faults.next("sendMessage", fault)
    async with serve(telegram) as url, aiohttp.ClientSession() as client:
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await client.post(f"{url}{TOKEN}/sendMessage", json={"chat_id": KIM, "text": "Hej"})
    assert len(telegram.visitor().texts) == arrives


@pytest.mark.parametrize(("fault", "arrives"), [(broken.time_out, False), (broken.late(60), True)])
async def test_the_server_keeps_who_asks_waiting(
    telegram: Telegram, fault: broken.Fault, *, arrives: bool
) -> None:
    telegram.faults.next("sendMessage", fault)
    async with asking(telegram, "sendMessage", chat_id=KIM, text="Hej") as call:
        answered, _ = await asyncio.wait([call], timeout=BRIEF)
        assert not answered
    assert len(telegram.visitor().texts) == arrives


async def test_a_call_whose_client_gave_up_counts_as_never_answered(telegram: Telegram) -> None:
    telegram.faults.next("getMe", broken.late(60))
    async with asking(telegram, "getMe"):
        """It is given up."""
    assert [call.status for call in telegram.calls] == [0]


async def test_a_proxy_in_trouble_answers_with_a_page(telegram: Telegram) -> None:
    telegram.faults.next("getMe", broken.server_error(502))
    async with serve(telegram) as url, aiohttp.ClientSession() as client:
        answer = await client.get(f"{url}{TOKEN}/getMe")
        assert (answer.status, answer.content_type) == (502, "text/html")


async def test_the_network_takes_its_time(telegram: Telegram) -> None:
    telegram.answer_after = 60
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(say(telegram), 0.05)
    assert telegram.visitor().texts == ["Hej"]


async def test_a_terminal_is_a_phone(telegram: Telegram) -> None:
    told: list[str] = []
    terminal = Terminal(telegram, told.append)
    await say(telegram, "Får jag fråga?", reply_markup=KEYBOARD)
    await ask(telegram, "sendChatAction", chat_id=KIM, action="typing")
    await say(telegram, "1 väntar", STAFF)
    terminal.show()
    assert told == ["  Får jag fråga?\n    [1] Ja", "  (is writing)", "  staff group: 1 väntar"]
    for line in ("1", "2", "!edit Tre", "!photo", "!block", "!visitor 2", "/start A1", "!nonsense"):
        terminal.take(line)
    [_, *updates] = await fetch(telegram)
    assert [list(update)[1] for update in updates] == [
        "callback_query",
        "message",
        "edited_message",
        "message",
        "my_chat_member",
        "message",
    ]
    assert updates[2]["edited_message"]["text"] == "Tre"
    assert updates[-1]["message"]["chat"]["id"] == KIM + 1
    assert told[-1].startswith("Every line is a message")


async def test_a_terminal_waits_for_the_answers_to_what_is_piped(telegram: Telegram) -> None:
    told: list[str] = []
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    for line in ("Hej\n", "1\n", None):
        lines.put_nowait(line)
    terminal = Terminal(telegram, told.append, quiet=0.05)
    program = asyncio.create_task(_answers_everything(telegram))
    await terminal.run(lines, patient=True)
    program.cancel()
    assert told.count("  Svar\n    [1] Ja") == 3
    assert telegram.visitor().unanswered == 1


async def _answers_everything(telegram: Telegram) -> None:
    offset = 0
    while True:
        for update in await fetch(telegram, offset=offset, timeout=5):
            offset = update["update_id"] + 1
            await say(telegram, "Svar", reply_markup=KEYBOARD)


async def test_the_command_says_how_to_start_the_program() -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.emulator",
        cwd=ROOT,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await program.communicate()
    assert program.returncode == 0
    assert f"HELPLINE_TELEGRAM_TOKEN={TOKEN}\n".encode() in said
    assert b"HELPLINE_TELEGRAM_API_URL=http://127.0.0.1:" in said
