"""The whole of it: the real program, two counsellors and three visitors, all at the same time.

Two visitors are on Telegram, one on our own page. Counsellors and that visitor sit before real
browsers. Screenshots lie in the test's folder.
"""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM

import pytest

from bot.conversation import Address
from flows.channels import TELEGRAM
from tests.bot.browser import browser, complaints
from tests.campaigns.screens import DeskScreen, PageScreen
from tests.campaigns.service import Service
from tests.campaigns.telegram_people import Texter
from tests.campaigns.verdicts import keys_left, rows_left, said
from tests.cast import ANNA, BO
from tests.emulator.phones import Visitor
from tests.emulator.privacy import must_be_silent
from tests.emulator.server import serve
from tests.emulator.telegram import FIRST_VISITOR, TOKEN, Telegram

STAFF = -1_001_234_567_890
OLD_ACCOUNT = 704_117_902
"""The number of an account that was made long ago."""

ROUNDS = 5
WIDE = 1440
PATIENCE = 180.0


@dataclass(slots=True)
class Stage:
    """Everybody, before the first word."""

    service: Service
    telegram: Telegram
    anna: DeskScreen
    bo: DeskScreen
    kim: Texter
    robin: Texter
    sam: PageScreen
    album: Path

    async def photograph(self, moment: str) -> None:
        for name in ("anna", "bo", "sam"):
            await getattr(self, name).photograph(self.album / f"{moment}-{name}.png")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    telegram = Telegram()
    telegram.group(STAFF)
    async with serve(telegram) as url, running(tmp_path, url) as (service, logins):
        with browser(width=WIDE) as annas, browser(width=WIDE) as bos, browser() as sams:
            stage = Stage(
                service=service,
                telegram=telegram,
                anna=DeskScreen(annas),
                bo=DeskScreen(bos),
                kim=texter("Kim", telegram.visitor(FIRST_VISITOR)),
                robin=texter("Robin", telegram.visitor(OLD_ACCOUNT, language="en")),
                sam=PageScreen(sams),
                album=tmp_path,
            )
            for screen, token in zip((stage.anna, stage.bo), logins, strict=True):
                await screen.open(f"{service.url}/desk", desk=token)
                await screen.press("#presence [value=present]")
            await stage.sam.open(service.url)
            yield stage


@asynccontextmanager
async def running(folder: Path, url: str) -> AsyncIterator[tuple[Service, list[str]]]:
    settings = {
        "HELPLINE_TELEGRAM_TOKEN": TOKEN,
        "HELPLINE_TELEGRAM_API_URL": url,
        "HELPLINE_TELEGRAM_STAFF_CHAT": str(STAFF),
    }
    service = Service(folder, telegram=settings)
    logins = await service.hire(ANNA, BO)
    await service.start()
    try:
        yield service, [token for token, _ in logins.values()]
    finally:
        service.kill()


def texter(name: str, phone: Visitor) -> Texter:
    return Texter(name=name, phone=phone, chance=random.Random(1))


async def until(is_so: Callable[[], object]) -> None:
    """Wait for something on a phone."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - a phone has no event
            await asyncio.sleep(0.02)


def heard(phone: Visitor) -> list[str]:
    return [text for text in phone.texts if text.startswith("Svar ")]


async def everybody_arrives(stage: Stage) -> None:
    """Kim and Sam come to Anna, Robin to Bo; the staff's group hears that somebody waits."""
    await stage.kim.arrive()
    await until(lambda: stage.telegram.group(STAFF).texts)
    for choice in ("talk", "yes", "skip", "skip"):
        await stage.sam.choose(choice)
    await stage.sam.sees("#place", "kön")
    await stage.anna.take_next()
    await stage.anna.take_next()
    await stage.robin.arrive()
    await stage.bo.take_next()
    await stage.sam.sees("#place", ANNA)


async def write_to(desk: DeskScreen, whom: str, numbers: range) -> list[str]:
    words = [f"Svar {number} till {whom}" for number in numbers]
    for each in words:
        await desk.say(each)
    return words


async def talk(stage: Stage) -> None:
    """All three write while both counsellors answer; Anna turns from one talk to the other."""

    async def on_telegram(who: Texter) -> None:
        for _ in range(ROUNDS):
            who.write()
            await asyncio.sleep(0.1)

    async def on_the_page() -> None:
        for number in range(ROUNDS):
            await stage.sam.say(f"Sam ord {number}")

    async def annas() -> None:
        for number in range(ROUNDS):
            await stage.anna.turn_to(1)
            await write_to(stage.anna, "Kim", range(number, number + 1))
            await stage.anna.turn_to(2)
            await write_to(stage.anna, "Sam", range(number, number + 1))

    await asyncio.gather(
        on_telegram(stage.kim),
        on_telegram(stage.robin),
        on_the_page(),
        annas(),
        write_to(stage.bo, "Robin", range(ROUNDS)),
    )


def answers(whom: str) -> list[str]:
    return [f"Svar {number} till {whom}" for number in range(ROUNDS)]


def words(who: str) -> list[str]:
    return [f"{who} ord {number}" for number in range(ROUNDS)]


async def everybody_has_their_own(stage: Stage) -> None:
    """Nobody sees a word of another, and all of their own stand in order."""
    await until(lambda: heard(stage.kim.phone) == answers("Kim"))
    await until(lambda: heard(stage.robin.phone) == answers("Robin"))
    await stage.sam.shows("#messages .counsellor .words", answers("Sam"))
    await stage.sam.shows("#messages .visitor .words", words("Sam"))
    talks = ((stage.anna, 1, "Kim"), (stage.anna, 2, "Sam"), (stage.bo, 1, "Robin"))
    for desk, number, whom in talks:
        await desk.turn_to(number)
        await desk.reads("visitor", words(whom))
        await desk.reads("counsellor", answers(whom))
        await desk.all_come("framme" if whom == "Sam" else "framme hos Telegram", ROUNDS)


async def change_a_word(stage: Stage) -> None:
    """Both versions stand at the desk, and Bo's visitor is not touched."""
    first = stage.kim.told[0].message
    stage.kim.phone.edit(first, "Kim menade något annat")
    await stage.anna.turn_to(1)
    await stage.anna.reads("visitor", [*words("Kim"), "Kim menade något annat"])
    await stage.anna.sees(".panel:not([hidden]) .former", "Tidigare: Kim ord 0")
    await stage.bo.reads("visitor", words("Robin"))


async def erase(stage: Stage) -> None:
    """One visitor erases: nothing is on the phone, and the words are gone from the desk."""
    await stage.kim.erase()
    await until(lambda: not stage.kim.phone.messages)
    await stage.anna.sees(".panel:not([hidden]) .facts", "orden är raderade")
    assert "Kim ord" not in stage.anna.driver.page_source


async def say_goodbye(stage: Stage) -> None:
    """Anna ends one talk, its visitor answers and erases; the other visitor ends it himself."""
    await stage.anna.turn_to(2)
    await stage.anna.end()
    await stage.sam.choose("helped:better")
    await stage.sam.choose("erase-now")
    await stage.sam.sees("body", "Allt är raderat")
    await stage.robin.press("Det känns bättre", after=stage.robin.phone.write("/avsluta"))
    await stage.bo.sees(".panel:not([hidden]) .facts", "Samtalet är slut")


async def file_all(stage: Stage) -> None:
    await stage.anna.turn_to(2)
    await stage.anna.file()
    await stage.anna.file()
    await stage.bo.file()


async def only_what_should_be_is_left(stage: Stage) -> None:
    """Robin's last minutes, three filed forms, and nothing else: no conversation, key or row."""
    rows, keys = rows_left(stage.service), keys_left(stage.service.keys)
    [robins] = (await stage.service.left()).conversations
    assert robins.address == Address(TELEGRAM, str(OLD_ACCOUNT))
    assert said(robins, "visitor") == words("Robin")
    assert said(robins, "counsellor") == answers("Robin")
    assert rows["conversations"] == rows["messages"] == {robins.id} == keys
    assert not any(rows[table] for table in ("outbox", "drafts", "reminders"))
    with closing(sqlite3.connect(stage.service.data / "records.db")) as records:
        assert records.execute("SELECT count(*) FROM waiting").fetchone() == (3,)


def nothing_was_given_away(stage: Stage) -> None:
    assert stage.telegram.indiscretions == []
    assert all("vänta" in text for text in stage.telegram.group(STAFF).texts)
    must_be_silent(stage.telegram, [*answers("Kim"), *answers("Robin")])
    assert " ord " not in stage.service.log.read_text(encoding="utf-8")


def no_page_complained(stage: Stage) -> None:
    for screen in (stage.anna, stage.bo, stage.sam):
        assert complaints(screen.driver) == []


@pytest.mark.browser
@pytest.mark.campaign
async def test_three_visitors_and_two_counsellors_never_meet_each_others_words(
    stage: Stage,
) -> None:
    await everybody_arrives(stage)
    await talk(stage)
    await everybody_has_their_own(stage)
    await stage.photograph("talking")
    await change_a_word(stage)
    await stage.photograph("changed")
    await erase(stage)
    await stage.photograph("erased")
    await say_goodbye(stage)
    await file_all(stage)
    await stage.photograph("filed")
    no_page_complained(stage)
    stage.service.signal(SIGTERM)
    assert await asyncio.to_thread(stage.service.wait) == 0
    await only_what_should_be_is_left(stage)
    nothing_was_given_away(stage)
