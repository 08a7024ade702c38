"""The stream that keeps an open desk true."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Self

import pytest

from bot.deliveries import GivenUp
from bot.desk import live
from bot.desk.desk import Desk, Person
from bot.pages import Sent
from bot.presence import LEASE
from flows.channels import TELEGRAM
from flows.events import ConfirmedErasure, EndedTalk, Wrote
from flows.stockholm import STOCKHOLM
from tests.bot.desks import A_WHILE, AtDesk, DeskHouse, contact_form, open_desk, reviewer
from tests.cast import ANNA, BO

SOON = 60.0
"""Seconds until something that should come counts as missing."""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


class Page:
    """An open page: it holds what its stream has sent so far."""

    def __init__(self, desk: Desk, person: Person, beat: float) -> None:
        self._events = live.follow(desk, person, beat=beat)
        self._task: asyncio.Task[None] | None = None
        self._came = asyncio.Event()
        self.got: list[Sent] = []
        self.is_over = False

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._read())
        await self.sees("beat")
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _read(self) -> None:
        async for sent in self._events:
            if sent:
                self.got.append(sent)
                self._came.set()
        self.is_over = True

    async def sees(self, event: str, words: str = "") -> Sent:
        """Wait until the stream has sent this, and give it."""
        async with asyncio.timeout(SOON):
            while not self.find(event, words):
                self._came.clear()
                await self._came.wait()
        return self.find(event, words)[-1]

    async def comes_to(self, event: str, data: str) -> None:
        """Wait until this is what the stream has sent last of an event that has come before."""
        async with asyncio.timeout(SOON):
            while self.find(event)[-1].data != data:
                self._came.clear()
                await self._came.wait()

    async def ends(self) -> None:
        """Wait until the stream is over."""
        assert self._task
        async with asyncio.timeout(SOON):
            await asyncio.shield(self._task)
        assert self.is_over

    def find(self, event: str, words: str = "") -> list[Sent]:
        return [sent for sent in self.got if sent.event == event and words in sent.data]


async def opened(desk: DeskHouse, anna: AtDesk, *, beat: float = 0.05) -> Page:
    """A page of hers; with a long beat it hears only of what rings."""
    session = await desk.staff.session(anna.token)
    assert session
    shared = Desk(
        board=desk.house.board,
        staff=desk.staff,
        records=desk.house.records,
        catalogue=desk.catalogue,
        releases=desk.releases,
        counts=desk.counts,
        form=contact_form(),
        reviewer=reviewer(),
        public_url="http://127.0.0.1",
        clock=desk.clock,
        health=desk.health,
        demo=False,
        restored={ANNA, BO},
    )
    return Page(shared, Person(anna.token, session), beat)


async def test_a_page_that_opens_is_told_everything(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Första ordet")
    await anna.post("/desk/next")
    await desk.visitor("Hej")
    async with await opened(desk, anna) as page:
        assert "Ta nästa" in (await page.sees("queue")).data
        assert desk.draft(ANNA) in (await page.sees("tabs")).data
        assert "Första ordet" in (await page.sees("talk")).data
        assert desk.draft(ANNA) in (await page.sees("form")).data
        assert (await page.sees("presence")).data == "present"
        assert (await page.sees("beat")).data == "10.00.00"


async def test_new_words_come_alone_and_at_once(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Första ordet")
    await anna.post("/desk/next")
    async with await opened(desk, anna, beat=60) as page:
        await desk.happens(visitor, Wrote("Andra ordet"))
        assert "Första ordet" not in (await page.sees("talk", "Andra ordet")).data


async def test_somebody_new_in_the_queue_is_shown(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    async with await opened(desk, anna, beat=60) as page:
        await desk.visitor("Hej")
        assert 'data-waiting="1"' in (await page.sees("queue", "nyss kommen")).data


async def test_waiting_minutes_go_by_without_anything_happening(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    async with await opened(desk, anna) as page:
        desk.clock.move(minutes=3)
        await page.sees("queue", "väntat 3 min")


async def test_the_page_is_told_once_for_each_sign_that_the_visitor_writes(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    async with await opened(desk, anna) as page:
        talk = desk.house.board.book.conversations[visitor]
        desk.house.board.note_writing(talk, "visitor")
        assert (await page.sees("writing")).data == desk.draft(ANNA)
        await asyncio.sleep(0.2)
        assert len(page.find("writing")) == 1


async def test_only_the_visitors_own_counsellor_is_seen_to_write(desk: DeskHouse) -> None:
    anna, bo = await desk.person(ANNA), await desk.person(BO)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    writing, now = desk.house.board.writing, desk.clock()
    await bo.script(f"/desk/talk/{visitor}/writes")
    assert writing.last(visitor, "counsellor", now) is None
    await anna.script(f"/desk/talk/{visitor}/writes")
    assert writing.last(visitor, "counsellor", now) == now


async def test_delivery_is_told_when_the_visitors_page_has_the_words(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    async with await opened(desk, anna, beat=60) as page:
        await anna.post(f"/desk/talk/{visitor}/say", words="Hej själv")
        await page.sees("talk", "skickas")
        await desk.acknowledge(visitor)
        await page.sees("talk", "framme")


async def test_trouble_with_a_channel_is_told_at_once_and_taken_back(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    async with await opened(desk, anna, beat=60) as page:
        assert (await page.sees("trouble")).data == ""
        desk.health.note("away")
        await page.sees("trouble", "Telegram svarar inte sedan kl. 10.00.")
        page.got.clear()
        desk.health.note("")
        assert (await page.sees("trouble")).data == ""


async def test_words_that_may_not_have_come_are_told_with_a_way_to_say_them_again(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej", channel=TELEGRAM)
    await anna.post("/desk/next")
    async with await opened(desk, anna, beat=60) as page:
        await anna.post(f"/desk/talk/{visitor}/say", words="Hej själv")
        seq = desk.seq_of(visitor, "Hej själv")
        await desk.ask(GivenUp(visitor, seq, "unknown"))
        await page.sees("talk", "Skicka igen")
        page.got.clear()
        await anna.script(f"/desk/talk/{visitor}/again", seq=str(seq))
        assert "Skicka igen" not in (await page.sees("talk", "skickat igen nedan")).data


async def test_words_that_are_changed_come_with_those_that_they_change(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Första ordet", "Andra ordet", channel=TELEGRAM)
    await anna.post("/desk/next")
    async with await opened(desk, anna, beat=60) as page:
        await desk.rewrites(visitor, "Första ordet", "Ett annat ord")
        sent = (await page.sees("talk", "Besökaren, ändrat")).data
        assert "ändrat nedan" in sent
        assert "Andra ordet" not in sent


async def test_words_that_telegram_still_deletes_are_taken_from_the_page_at_once(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Ett ord", channel=TELEGRAM)
    await anna.post("/desk/next")
    async with await opened(desk, anna, beat=60) as page:
        await desk.happens(visitor, ConfirmedErasure())
        assert "Ett ord" not in (await page.sees("talk", 'data-phase="over"')).data


async def test_erased_words_are_taken_from_the_page_at_once(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Ett ord")
    await anna.post("/desk/next")
    async with await opened(desk, anna, beat=60) as page:
        await desk.happens(visitor, EndedTalk())
        assert "Ett ord" in (await page.sees("talk", 'data-phase="closing"')).data
        await desk.erase(visitor)
        assert "Ett ord" not in (await page.sees("talk", 'data-phase="over"')).data


async def test_a_form_that_another_tab_changed_is_sent(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    draft = desk.draft(ANNA)
    async with await opened(desk, anna, beat=60) as page:
        await anna.script(f"/desk/form/{draft}/save", revision="0", note="Från en annan flik")
        assert 'name="revision" value="1"' in (await page.sees("form", "en annan flik")).data


async def test_a_talk_of_somebody_else_never_comes(desk: DeskHouse) -> None:
    anna, bo = await desk.person(ANNA), await desk.person(BO)
    visitor = await desk.visitor("Ett ord till Anna")
    await anna.post("/desk/next")
    async with await opened(desk, bo) as page:
        await desk.happens(visitor, Wrote("Ett till"))
        await desk.visitor("Nästa")
        await page.sees("queue", "nyss kommen")
        hers = ("Ett ord", "Ett till", visitor)  # which no token spells by chance
        assert not [sent for sent in page.got if any(each in sent.data for each in hers)]


async def test_an_open_page_keeps_its_person_present(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    async with await opened(desk, anna) as page:
        for _ in range(3):
            desk.clock.move(seconds=LEASE.total_seconds() - 5)
            now = desk.clock().astimezone(STOCKHOLM).strftime("%H.%M.%S")
            for _ in range(2):  # presence is renewed between two beats
                page.got.clear()
                await page.sees("beat", now)
        assert desk.house.board.shop.presence.present(desk.clock()) == {ANNA}


async def test_a_page_asks_before_it_logs_out_and_then_does(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    async with await opened(desk, anna) as page:
        desk.clock.move(minutes=13, seconds=30)
        assert int((await page.sees("idle")).data) <= live.WARNING
        await anna.script("/desk/awake")
        await page.comes_to("idle", "")
        desk.clock.move(minutes=A_WHILE.total_seconds() / 60)
        await page.sees("out")
        await page.ends()


async def test_the_stream_goes_through_proxies_and_begins_at_once(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    desk.house.board.feeds.close()
    answer = await anna.get("/desk/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["x-accel-buffering"] == "no"


async def test_a_page_ends_when_its_person_is_disabled(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    async with await opened(desk, anna) as page:
        await desk.staff.disable(ANNA)
        await page.sees("out")


async def test_a_page_ends_when_the_program_stops(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    async with await opened(desk, anna) as page:
        desk.house.board.feeds.close()
        await page.ends()


async def test_status_set_in_another_tab_is_told(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    async with await opened(desk, anna, beat=60) as page:
        await anna.post("/desk/presence", status="paused")
        await page.sees("presence", "paused")


async def test_a_page_without_scripts_has_a_frame_that_tells_what_is_new(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    await desk.visitor("Hej")
    assert '<iframe class="pulse" src="/desk/pulse"' in await anna.page()
    frame = await anna.page("/desk/pulse")
    assert "1 väntar" in frame
    assert "1 ny." in frame
    assert 'http-equiv="refresh"' in frame
