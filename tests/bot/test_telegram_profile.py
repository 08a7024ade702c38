"""How the bot looks, whether its token is good, and how the house says that Telegram is away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from telegram import Bot

from bot.channels.telegram import TokenError, knock, open_telegram
from bot.channels.telegram_profile import faults, hints, introduce
from bot.channels.telegram_wire import Wire
from bot.delivery import AwayError
from bot.health import Health
from flows.commands import COMMANDS
from tests.bot.houses import everything_logged, open_house, texts
from tests.bot.telegrams import Channel, open_channel
from tests.emulator.faults import Fault, away, refused, server_error, time_out, too_many
from tests.emulator.in_process import EmulatorRequest
from tests.emulator.telegram import TOKEN, Telegram

STAFF = -1_001_234_567_890
WRONG = "123456789:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw9"


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def wire(telegram: Telegram) -> Wire:
    return wire_to(telegram)


def wire_to(telegram: Telegram, token: str = TOKEN) -> Wire:
    transport = EmulatorRequest(telegram)
    return Wire(Bot(token, request=transport, get_updates_request=transport))


def settings_made(telegram: Telegram) -> list[str]:
    return [call.method for call in telegram.calls if call.method.startswith("setMy")]


# The profile


async def test_name_texts_and_commands_are_set_once(telegram: Telegram, wire: Wire) -> None:
    await introduce(wire, texts())
    assert sorted(settings_made(telegram)) == [
        "setMyCommands",
        "setMyDescription",
        "setMyName",
        "setMyShortDescription",
    ]
    await introduce(wire, texts())
    assert len(settings_made(telegram)) == 4


async def test_only_what_differs_is_set(telegram: Telegram, wire: Wire) -> None:
    await introduce(wire, texts())
    await wire.call("setMyDescription", {"description": "Något annat"})
    before = len(settings_made(telegram))
    await introduce(wire, texts())
    assert settings_made(telegram)[before:] == ["setMyDescription"]


async def test_the_profile_is_neutral_and_names_every_command(wire: Wire) -> None:
    await introduce(wire, texts())
    assert await wire.call("getMyName", {}) == {"name": "Chatt"}
    shown = await wire.call("getMyCommands", {})
    assert tuple(each["command"] for each in shown) == COMMANDS
    assert all(each["description"] for each in shown)


@pytest.mark.parametrize("fault", [too_many(9999), server_error(400)], ids=["too many", "refused"])
async def test_a_name_that_telegram_will_not_set_keeps_the_rest_from_nothing(
    tmp_path: Path, telegram: Telegram, fault: Fault
) -> None:
    telegram.faults.next("setMyName", fault, times=9999)
    async with open_channel(tmp_path, telegram=telegram) as channel:
        await channel.until(lambda: "setMyCommands" in settings_made(telegram))
        assert "setMyDescription" in settings_made(telegram)


async def test_the_channel_introduces_itself(tmp_path: Path) -> None:
    async with open_channel(tmp_path) as channel:
        await channel.until(lambda: len(settings_made(channel.telegram)) == 4)


async def test_a_bot_as_it_should_be_has_no_faults(telegram: Telegram, wire: Wire) -> None:
    telegram.group(STAFF)
    await introduce(wire, texts())
    assert await faults(wire, STAFF) == []
    assert await faults(wire, None) == []
    assert await hints(wire, texts()) == []


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ("can_join_groups", "/setjoingroups"),
        ("can_read_all_group_messages", "/setprivacy"),
        ("supports_inline_queries", "/setinline"),
    ],
)
async def test_what_the_bot_may_and_should_not_is_named(
    telegram: Telegram, wire: Wire, field: str, named: str
) -> None:
    telegram.me[field] = True
    [sentence] = await faults(wire, None)
    assert named in sentence


async def test_a_staff_chat_that_has_not_let_the_bot_in_is_named(
    telegram: Telegram, wire: Wire
) -> None:
    telegram.group(STAFF).leave()
    [sentence] = await faults(wire, STAFF)
    assert "HELPLINE_TELEGRAM_STAFF_CHAT" in sentence


async def test_what_the_next_start_sets_is_named(wire: Wire) -> None:
    assert len(await hints(wire, texts())) == 4
    await introduce(wire, texts())
    await wire.call("setMyName", {"name": "Välj att sluta"})
    [sentence] = await hints(wire, texts())
    assert "name" in sentence


# The token


async def test_a_token_that_telegram_does_not_know_is_said_to_be_wrong(telegram: Telegram) -> None:
    with pytest.raises(TokenError, match="HELPLINE_TELEGRAM_TOKEN") as raised:
        await knock(wire_to(telegram, WRONG))
    assert WRONG not in repr(raised.value)


async def test_a_good_token_opens(wire: Wire) -> None:
    await knock(wire)


@pytest.mark.parametrize(
    "fault",
    [away, time_out, server_error(), too_many(5)],
    ids=["away", "time-out", "502", "429"],
)
async def test_a_telegram_that_is_away_keeps_nobody_from_starting(
    telegram: Telegram, wire: Wire, fault: Fault
) -> None:
    telegram.faults.next("getMe", fault)
    await knock(wire)


# How it goes


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[Channel]:
    async with open_channel(tmp_path) as channel:
        yield channel


async def test_who_starts_while_telegram_is_away_is_well_when_it_comes_back(
    tmp_path: Path, telegram: Telegram
) -> None:
    telegram.faults.next("getUpdates", away)
    telegram.visitor().write("hej")
    with everything_logged() as written:
        async with open_channel(tmp_path, telegram=telegram) as channel:
            await channel.until(lambda: channel.health.trouble == "away")
            assert channel.health.since == channel.house.clock()
            telegram.faults.clear()
            await channel.until(lambda: channel.health.trouble == "")
            await channel.quiet()
            assert channel.words(telegram.visitor()) == ["hej"]
            assert channel.health.since is None
    assert "telegram-trouble kind=away" in written.getvalue()
    assert "telegram-well" in written.getvalue()


async def test_a_telegram_that_falls_away_is_noted_and_loses_nothing(channel: Channel) -> None:
    kim = channel.telegram.visitor()
    await channel.until(lambda: channel.calls("getUpdates"))
    channel.telegram.faults.next("getUpdates", refused, times=2)
    kim.write("ett")
    await channel.until(lambda: channel.health.trouble == "away")
    kim.write("två")
    await channel.until(lambda: channel.health.trouble == "")
    await channel.quiet()
    assert channel.words(kim) == ["ett", "två"]


async def test_that_telegram_is_back_is_noticed_before_anybody_writes(
    tmp_path: Path, telegram: Telegram
) -> None:
    telegram.faults.next("getUpdates", away)
    async with open_channel(tmp_path, telegram=telegram) as channel:
        await channel.until(lambda: channel.health.trouble == "away")
        telegram.faults.clear()
        await channel.until(lambda: channel.health.trouble == "")


async def test_another_program_that_takes_the_updates_is_named(channel: Channel) -> None:
    await channel.until(lambda: channel.calls("getUpdates"))
    other = asyncio.create_task(_poll(wire_to(channel.telegram)))
    await channel.until(lambda: channel.health.trouble == "taken")
    other.cancel()
    with suppress(asyncio.CancelledError):
        await other
    channel.telegram.visitor().write("hej")
    await channel.until(lambda: channel.health.trouble == "")


async def _poll(wire: Wire) -> None:
    while True:
        await wire.updates(None)


async def test_a_token_that_is_withdrawn_is_named(tmp_path: Path, telegram: Telegram) -> None:
    async with open_house(tmp_path) as house:
        health, wire = Health(house.clock), wire_to(telegram, WRONG)
        channel = Channel(house, telegram, health, wire)
        async with open_telegram(wire, house.board, health, staff_chat=None):
            await channel.until(lambda: health.trouble == "token")


async def test_a_change_is_told_once(channel: Channel) -> None:
    told: list[str] = []
    channel.health.changed = lambda: told.append(channel.health.trouble)
    for trouble in ("away", "away", "taken", "", ""):
        channel.health.note(trouble)
    assert told == ["away", "taken", ""]


async def test_a_call_over_a_wire_that_is_away_says_so(telegram: Telegram, wire: Wire) -> None:
    telegram.faults.next("getMe", away)
    with pytest.raises(AwayError):
        await wire.call("getMe", {})
