"""Who asks to be told when the line opens is told once, by silence forgotten, and never lost."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot import alarms
from bot.jobs import Happened
from bot.presence import Status
from flows.events import Rang
from flows.states import Talking
from tests.bot.houses import Clock, texts
from tests.bot.telegrams import Channel, open_channel
from tests.cast import ANNA, MONDAY_EVENING, MONDAY_MORNING
from tests.emulator.faults import away, server_error
from tests.emulator.phones import Visitor
from tests.emulator.telegram import Telegram

OPEN = texts().say("sv", "reminder-open")
TUESDAY = MONDAY_EVENING.replace(day=17, hour=8, minute=31)
"""A minute after the line has opened again."""

REMIND = "Säg till när ni öppnar"


@pytest.fixture
def telegram() -> Telegram:
    return Telegram()


@pytest.fixture
def kim(telegram: Telegram) -> Visitor:
    return telegram.visitor()


@pytest.fixture
async def closed(tmp_path: Path, telegram: Telegram) -> AsyncIterator[Channel]:
    async with open_channel(tmp_path, telegram=telegram, clock=Clock(MONDAY_EVENING)) as channel:
        yield channel


async def ask(channel: Channel, *visitors: Visitor) -> None:
    """Ask to be told, and be forgotten in all else."""
    for visitor in visitors:
        visitor.start()
    await channel.quiet()
    for visitor in visitors:
        visitor.press(REMIND)
    await channel.quiet()
    await look(channel, minutes=40, status="away")
    assert channel.conversations == []


async def look(channel: Channel, *, status: Status = "present", **by: float) -> None:
    """Let time pass, a counsellor come or go, and the clock look."""
    channel.house.clock.move(**by)
    now = channel.house.clock()
    channel.house.board.shop.presence.set(ANNA, status, now)
    await alarms.ring(channel.house.board, now)
    await channel.quiet()


async def morning(channel: Channel, *, status: Status = "present") -> None:
    channel.house.clock.now = TUESDAY
    await look(channel, status=status)


def told(visitor: Visitor) -> int:
    return sum(OPEN in text for text in visitor.texts)


async def test_who_asks_is_told_once_when_it_is_open_and_somebody_is_there(
    closed: Channel, kim: Visitor
) -> None:
    await ask(closed, kim)
    await look(closed, minutes=5)
    assert told(kim) == 0
    await morning(closed, status="away")
    assert told(kim) == 0
    await look(closed, minutes=1)
    assert told(kim) == 1
    for _ in range(3):
        await look(closed, minutes=40)
    assert told(kim) == 1
    assert closed.house.board.book.reminders == {}


async def test_the_promise_says_when_and_for_how_long(closed: Channel, kim: Visitor) -> None:
    await ask(closed, kim)
    assert "i morgon kl. 08.30" in kim.texts[-1]
    assert "7 dagar" in kim.texts[-1]


async def test_who_is_told_can_go_on_from_there(closed: Channel, kim: Visitor) -> None:
    await ask(closed, kim)
    await morning(closed)
    kim.press("Skriv med en rådgivare")
    await closed.quiet()
    kim.press("Ja, jag vill skriva med en rådgivare")
    await closed.quiet()
    await closed.take_next()
    assert closed.of(kim).counsellor == ANNA


async def test_a_reminder_has_a_key_of_its_own_and_nothing_else_is_kept(
    tmp_path: Path, closed: Channel, kim: Visitor
) -> None:
    kim.write("KANARIE")
    await ask(closed, kim)
    [reminder] = closed.house.board.book.reminders.values()
    assert closed.house.vault.ids == {reminder.id}
    with closing(sqlite3.connect(tmp_path / "live.db")) as live:
        for table, n in (("conversations", 0), ("messages", 0), ("outbox", 0), ("reminders", 1)):
            assert live.execute(f"SELECT count(*) FROM {table}").fetchone() == (n,)  # noqa: S608 - ours
        [(sealed,)] = live.execute("SELECT sealed FROM reminders")
    assert str(kim.id).encode() not in sealed
    await morning(closed)
    assert reminder.id not in closed.house.vault.ids


async def test_a_reminder_survives_a_restart(
    tmp_path: Path, telegram: Telegram, kim: Visitor
) -> None:
    async with open_channel(tmp_path, telegram=telegram, clock=Clock(MONDAY_EVENING)) as channel:
        await ask(channel, kim)
    async with open_channel(tmp_path, telegram=telegram, clock=Clock(TUESDAY)) as channel:
        await look(channel)
        assert told(kim) == 1


async def test_a_reminder_is_forgotten_after_seven_days(closed: Channel, kim: Visitor) -> None:
    await ask(closed, kim)
    await look(closed, days=6, status="away")
    assert len(closed.house.board.book.reminders) == 1
    await look(closed, days=1, status="away")
    assert closed.house.board.book.reminders == {}
    assert closed.house.vault.ids == frozenset()
    closed.house.clock.now = MONDAY_MORNING + timedelta(days=14)
    await look(closed)
    assert told(kim) == 0


async def test_when_somebody_is_there_nothing_is_promised(
    tmp_path: Path, telegram: Telegram, kim: Visitor
) -> None:
    async with open_channel(tmp_path, telegram=telegram) as channel:
        kim.start()
        await channel.quiet()
        assert REMIND not in kim.shown()[-1].buttons
        kim.press_data("remind")
        await channel.quiet()
        assert channel.house.board.book.reminders == {}
        assert told(kim) == 1


async def test_many_who_asked_are_all_told(closed: Channel, telegram: Telegram) -> None:
    visitors = [telegram.visitor(n + 1) for n in range(60)]
    await ask(closed, *visitors)
    telegram.faults.next("sendMessage", server_error(), times=3)
    await morning(closed)
    assert [told(each) for each in visitors] == [1] * len(visitors)


async def test_nobody_is_told_before_telegram_can_be_reached(
    closed: Channel, telegram: Telegram, kim: Visitor
) -> None:
    await ask(closed, kim)
    telegram.faults.next("getUpdates", away)
    telegram.put({})
    await closed.until(lambda: closed.health.trouble)
    closed.house.clock.now = TUESDAY
    closed.house.present(ANNA)
    await alarms.ring(closed.house.board, TUESDAY)
    assert len(closed.house.board.book.reminders) == 1
    telegram.faults.clear()
    await closed.until(lambda: not closed.health.trouble)
    await look(closed)
    assert told(kim) == 1


async def test_who_asks_twice_is_told_once(closed: Channel, kim: Visitor) -> None:
    await ask(closed, kim)
    await ask(closed, kim)
    assert len(closed.house.board.book.reminders) == 1
    await morning(closed)
    assert told(kim) == 1


async def test_who_has_blocked_us_is_not_told_and_leaves_nothing(
    closed: Channel, kim: Visitor
) -> None:
    await ask(closed, kim)
    kim.block()
    await closed.until(lambda: not closed.house.board.book.reminders)
    assert closed.house.vault.ids == frozenset()


async def test_who_has_blocked_us_unnoticed_leaves_nothing_when_told(
    closed: Channel, kim: Visitor
) -> None:
    await ask(closed, kim)
    kim.blocked = True
    await morning(closed)
    await closed.until(lambda: not closed.conversations)
    assert closed.house.vault.ids == frozenset()


async def test_who_talks_already_is_not_told(closed: Channel, kim: Visitor) -> None:
    await ask(closed, kim)
    closed.house.clock.now = TUESDAY
    closed.house.present(ANNA)
    await closed.start_talk(kim)
    await look(closed)
    assert isinstance(closed.of(kim).state, Talking)
    assert told(kim) == 0
    assert closed.house.board.book.reminders == {}


async def test_being_told_is_silent_and_forgotten_when_nobody_answers(
    closed: Channel, kim: Visitor
) -> None:
    await ask(closed, kim)
    await morning(closed)
    assert all(shown.silent for shown in kim.shown() if not shown.mine)
    await closed.house.board.ask(Happened(closed.of(kim).id, Rang()))
    assert closed.house.vault.ids == frozenset()
