"""A form is handed in when the talk is over, also while the visitor can still say if it helped."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from bot import alarms
from bot.filing import file_ready
from bot.forms import Recorded
from bot.jobs import Happened
from directory.load import load
from directory.models import Directory
from flows.events import ConfirmedErasure, Departed, EndedTalk, Event, ToldHelped
from tests.bot.desks import AtDesk, DeskHouse, open_desk
from tests.bot.page_forms import fields_of
from tests.bot.test_desk_forms import WHOLE, file, revision
from tests.bot.test_desk_live import opened
from tests.cast import ANNA

UNTIL = "Besökarens eget svar om det hjälpte läggs till, senast kl. 10.21."


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def closing(desk: DeskHouse, *, channel: str = "web") -> tuple[AtDesk, str, str]:
    """Anna just after a talk, the visitor who may still answer, and the form's id."""
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej", channel=channel)
    await anna.post("/desk/next")
    desk.clock.move(minutes=11)
    await desk.happens(visitor, EndedTalk())
    return anna, visitor, desk.draft(ANNA)


async def handed_in(desk: DeskHouse, *, channel: str = "web") -> tuple[AtDesk, str, str]:
    """The same, when she has handed her form in."""
    anna, visitor, draft = await closing(desk, channel=channel)
    assert (await file(desk, anna, draft)).headers["location"] == f"/desk#{draft}"
    return anna, visitor, draft


async def a_second_later(desk: DeskHouse) -> None:
    """Let the house do what it does once a second."""
    await alarms.ring(desk.house.board, desk.clock())
    await file_ready(desk.house.board, desk.house.records)


async def kept(desk: DeskHouse) -> list[dict[str, str]]:
    """What of Anna's has been filed."""
    return [each.answers for each in await desk.house.records.waiting_of(ANNA)]


async def changed(anna: AtDesk, draft: str, order: str, **answers: str) -> int:
    """She changes answers of the form as its page has it."""
    fields = fields_of(await anna.page(), f"/desk/form/{draft}/save")
    sent: dict[str, str | list[str]] = {**fields, **answers}
    return (await anna.post(f"/desk/form/{draft}/{order}", **sent)).status_code


async def test_a_form_is_taken_in_at_once_and_the_desk_says_what_is_added(desk: DeskHouse) -> None:
    anna, _, _ = await handed_in(desk)
    page = await anna.page()
    assert f"<strong>Inlämnat.</strong> {UNTIL}" in page
    assert '<span class="kind">Inlämnat</span>' in page
    assert '<details class="reopen">' in page
    await a_second_later(desk)
    assert await desk.house.records.waiting_count() == 0


async def test_a_script_gets_the_form_as_it_is_then(desk: DeskHouse) -> None:
    anna, _, draft = await closing(desk)
    fields = {**WHOLE, "revision": revision(desk, draft)}
    answer = await anna.script(f"/desk/form/{draft}/file", **fields)
    assert answer.status_code == 200
    assert UNTIL in unescape(answer.json()["html"])


@pytest.mark.parametrize("wrong", [{"gender": ""}, {"note": "Johan ringde"}, {"age.other": "3"}])
async def test_what_is_wrong_is_told_at_once_and_then_nothing_is_taken_in(
    desk: DeskHouse, wrong: dict[str, str]
) -> None:
    anna, visitor, draft = await closing(desk)
    refused = await file(desk, anna, draft, **wrong)
    assert refused.status_code == 422
    assert "Formuläret kan inte lämnas in än" in refused.text
    await desk.erase(visitor)
    await a_second_later(desk)
    assert await kept(desk) == []
    assert draft in desk.house.board.book.drafts


async def test_whether_it_helped_is_the_visitors_to_say_and_never_missing(desk: DeskHouse) -> None:
    for mine in ("", "better"):
        anna, visitor, draft = await closing(desk)
        assert (await file(desk, anna, draft, helped=mine)).status_code == 303
        await desk.erase(visitor)
        await a_second_later(desk)
    assert [each["helped"] for each in await kept(desk)] == ["no_answer", "no_answer"]


async def test_the_visitors_answer_is_added_and_the_form_filed_at_once(desk: DeskHouse) -> None:
    anna, visitor, draft = await handed_in(desk)
    await desk.happens(visitor, ToldHelped("worse"))
    assert "Det läggs strax bland dina inlämnade formulär." in await anna.page()
    await a_second_later(desk)
    [record] = await kept(desk)
    assert (record["helped"], record["age"], record["talk_minutes"]) == ("worse", "37", "11")
    assert draft not in desk.house.board.book.drafts
    assert draft not in desk.house.vault.ids
    assert 'class="handed"' not in await anna.page()


async def test_a_form_whose_visitor_is_silent_is_filed_when_the_last_minutes_are_over(
    desk: DeskHouse,
) -> None:
    await handed_in(desk)
    desk.clock.move(minutes=9, seconds=59)
    await a_second_later(desk)
    assert await kept(desk) == []
    desk.clock.move(seconds=1)
    await a_second_later(desk)
    [record] = await kept(desk)
    assert record["helped"] == "no_answer"
    assert not desk.house.board.book.conversations
    assert not desk.house.vault.ids


@pytest.mark.parametrize("channel", ["web", "telegram"])
@pytest.mark.parametrize("event", [ConfirmedErasure(), Departed()])
async def test_a_form_is_filed_at_once_when_the_visitor_erases_all_or_goes(
    desk: DeskHouse, event: Event, channel: str
) -> None:
    _, visitor, draft = await handed_in(desk, channel=channel)
    await desk.happens(visitor, event)
    await a_second_later(desk)
    [record] = await kept(desk)
    assert record["helped"] == "no_answer"
    assert draft not in desk.house.vault.ids


async def test_an_answer_that_the_visitor_erases_afterwards_is_kept(desk: DeskHouse) -> None:
    _, visitor, _ = await handed_in(desk)
    await desk.happens(visitor, ToldHelped("better"))
    await desk.happens(visitor, ConfirmedErasure())
    await a_second_later(desk)
    [record] = await kept(desk)
    assert record["helped"] == "better"


async def test_a_form_that_does_not_ask_whether_it_helped_waits_for_nobody(desk: DeskHouse) -> None:
    anna, visitor, draft = await closing(desk)
    fields = {"outcome": "silent_or_misuse", "revision": revision(desk, draft)}
    answer = await anna.script(f"/desk/form/{draft}/file", **fields)
    assert answer.json() == {"gone": "Formuläret är inlämnat."}
    await desk.happens(visitor, ToldHelped("better"))
    await a_second_later(desk)
    [record] = await kept(desk)
    assert "helped" not in record


async def test_a_form_may_be_changed_and_handed_in_anew_until_it_is_filed(desk: DeskHouse) -> None:
    anna, visitor, draft = await handed_in(desk)
    assert await changed(anna, draft, "file", **{"age.other": "38"}) == 303
    await desk.happens(visitor, ToldHelped("same"))
    assert await changed(anna, draft, "file", **{"age.other": "39"}) == 303
    assert await kept(desk) == []
    await a_second_later(desk)
    [record] = await kept(desk)
    assert (record["age"], record["helped"]) == ("39", "same")
    assert draft not in desk.house.board.book.drafts


async def test_what_was_changed_and_not_handed_in_becomes_a_correction(desk: DeskHouse) -> None:
    anna, visitor, draft = await handed_in(desk)
    assert await changed(anna, draft, "save", **{"age.other": "38"}) == 303
    assert '<details class="reopen" open>' in await anna.page()
    await desk.happens(visitor, ToldHelped("same"))
    await a_second_later(desk)
    [record] = await kept(desk)
    assert (record["age"], record["helped"]) == ("37", "same")
    assert "Rätta formuläret" in await anna.page()
    assert await changed(anna, draft, "file") == 303
    [record] = await kept(desk)
    assert (record["age"], record["helped"]) == ("38", "same")
    assert desk.house.board.book.drafts == {}


async def test_a_change_with_a_fault_leaves_what_was_handed_in_as_it_was(desk: DeskHouse) -> None:
    anna, visitor, draft = await handed_in(desk)
    assert await changed(anna, draft, "file", note="Ring 070-123 45 67") == 422
    await desk.erase(visitor)
    await a_second_later(desk)
    [record] = await kept(desk)
    assert record["note"] == WHOLE["note"]


async def test_a_form_that_is_only_looked_at_and_saved_is_no_correction(desk: DeskHouse) -> None:
    anna, visitor, draft = await handed_in(desk)
    assert await changed(anna, draft, "save") == 303
    await desk.erase(visitor)
    await a_second_later(desk)
    assert len(await kept(desk)) == 1
    assert desk.house.board.book.drafts == {}


async def test_a_form_that_was_handed_in_cannot_be_thrown_away(desk: DeskHouse) -> None:
    anna, _, draft = await handed_in(desk)
    assert (await anna.post(f"/desk/form/{draft}/discard")).status_code == 409
    assert draft in desk.house.board.book.drafts


async def test_the_words_leave_an_open_page_although_the_form_is_a_correction_by_then(
    desk: DeskHouse,
) -> None:
    anna, visitor, draft = await handed_in(desk)
    await changed(anna, draft, "save", **{"age.other": "38"})
    answers = desk.house.board.book.drafts[draft].handed_in or {}
    async with await opened(desk, anna, beat=60) as page:
        ends = desk.house.board.submit(Happened(visitor, Departed()))
        await asyncio.gather(ends, desk.house.board.submit(Recorded(draft, answers)))
        await page.sees("talk", 'data-phase="over"')
        await page.sees("form", 'data-stage="filed"')


async def test_a_form_is_filed_although_its_counsellor_has_logged_out(desk: DeskHouse) -> None:
    anna, visitor, _ = await handed_in(desk)
    await anna.post("/desk/logout")
    await desk.happens(visitor, ToldHelped("better"))
    await a_second_later(desk)
    again = await desk.person(ANNA)
    assert "Webbchatt · Genomfört samtal · Allmänhet" in await again.page("/desk/filed")


async def test_a_form_is_filed_although_its_counsellor_has_been_shut_out(desk: DeskHouse) -> None:
    _, visitor, _ = await handed_in(desk)
    await desk.staff.disable(ANNA)
    await desk.erase(visitor)
    await a_second_later(desk)
    assert len(await kept(desk)) == 1


async def test_a_form_that_was_handed_in_does_not_expire(desk: DeskHouse) -> None:
    await handed_in(desk)
    desk.clock.move(hours=25)
    await alarms.ring(desk.house.board, desk.clock())
    page = await (await desk.person(ANNA)).page()
    assert "Det läggs strax bland dina inlämnade formulär." in page
    assert "raderas 1" not in page
    assert "finns kvar till" not in page
    await a_second_later(desk)
    assert len(await kept(desk)) == 1
    assert desk.house.board.book.drafts == {}


@pytest.mark.parametrize(
    ("event", "helped"), [(ToldHelped("better"), "better"), (Departed(), "no_answer")]
)
async def test_who_answers_or_goes_while_the_form_is_checked_is_heard(
    desk: DeskHouse, event: Event, helped: str
) -> None:
    anna, visitor, draft = await closing(desk)
    at = int(revision(desk, draft))
    board, came = desk.house.board, [event]

    def read() -> Directory:
        """What is known while the form is checked, between its save and its being handed in."""
        if came and board.book.drafts[draft].revision > at:
            board.submit(Happened(visitor, came.pop()))
        return load()

    board.shop = replace(board.shop, read_directory=read)
    answer = await file(desk, anna, draft, referred_service="preventell")
    assert answer.headers["location"] == "/desk"
    assert not came
    [record] = await kept(desk)
    assert record["helped"] == helped
    assert draft not in board.book.drafts
