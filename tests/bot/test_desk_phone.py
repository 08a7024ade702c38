"""Phone calls at the desk: the same form, without a conversation."""

from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from bot import alarms
from bot.forms import MOST_CALLS
from tests.bot.desks import AtDesk, DeskHouse, open_desk
from tests.bot.test_desk_forms import WHOLE, ended, filed, revision
from tests.cast import ANNA, BO


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def call(anna: AtDesk) -> str:
    """She begins a call; gives the form."""
    started = await anna.script("/desk/phone")
    return str(started.json()["panel"])


async def send(desk: DeskHouse, anna: AtDesk, draft: str, order: str, **changed: str) -> int:
    fields = {**WHOLE, **changed, "revision": revision(desk, draft)}
    return (await anna.script(f"/desk/form/{draft}/{order}", **fields)).status_code


async def test_a_call_begins_with_all_that_is_known_of_it(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    assert (await anna.post("/desk/phone")).status_code == 303
    draft = desk.draft(ANNA)
    assert desk.house.board.book.drafts[draft].answers == {
        "period": "2026-11",
        "channel": "phone",
        "language": "sv",
        "interpreter": "no",
    }
    page = await anna.page()
    assert "<dt>Kontaktväg</dt><dd>Telefon</dd>" in page
    assert "räknas minuterna från kl. 10.00, då formuläret öppnades" in page
    assert 'class="talk"' not in page


async def test_a_call_is_filed_with_the_minutes_since_its_form_was_opened(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    draft = await call(anna)
    desk.clock.move(minutes=23, seconds=40)
    assert await send(desk, anna, draft, "file") == 200
    [record] = await filed(desk)
    assert record["talk_minutes"] == "23"
    assert record["channel"] == "phone"
    assert record["helped"] == "better"


async def test_how_long_a_caller_waited_is_unknown_unless_the_counsellor_writes_it(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    unknown, told = await call(anna), await call(anna)
    assert "Lämna rutan tom om du inte vet." in await anna.page()
    assert await send(desk, anna, unknown, "file", wait_minutes="") == 200
    assert await send(desk, anna, told, "file", wait_minutes="x") == 422
    assert await send(desk, anna, told, "file", wait_minutes="12") == 200
    waiting = await desk.house.records.waiting_of(ANNA)
    assert {form.answers.get("wait_minutes") for form in waiting} == {None, "12"}


async def test_minutes_that_the_counsellor_writes_count(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    draft = await call(anna)
    desk.clock.move(minutes=50)
    assert await send(desk, anna, draft, "file", talk_minutes="x") == 422
    assert await send(desk, anna, draft, "file", talk_minutes="12") == 200
    [record] = await filed(desk)
    assert record["talk_minutes"] == "12"


async def test_nobody_is_logged_out_in_the_middle_of_a_call(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await call(anna)
    desk.clock.move(minutes=59)
    assert (await anna.get("/desk")).status_code == 200
    desk.clock.move(minutes=14)
    assert (await anna.get("/desk")).status_code == 200
    desk.clock.move(minutes=15)
    assert (await anna.get("/desk")).headers["location"] == "/desk/login"


async def test_a_call_cannot_be_made_a_chat_by_a_post(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    draft = await call(anna)
    await send(desk, anna, draft, "save", channel="web", period="2020-01")
    answers = desk.house.board.book.drafts[draft].answers
    assert [answers[name] for name in ("channel", "period")] == ["phone", "2026-11"]


async def test_the_note_of_a_call_meets_the_same_gate(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    draft = await call(anna)
    assert await send(desk, anna, draft, "file", note="Johan i Borås") == 422
    assert await desk.house.records.waiting_count() == 0


async def test_a_call_is_taken_up_where_it_was_after_a_crash_and_a_logout(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        anna = await desk.person(ANNA)
        draft = await call(anna)
        await send(desk, anna, draft, "save", note="Kvar efteråt")
    assert "Kvar efteråt".encode() not in (tmp_path / "live.db").read_bytes()
    async with open_desk(tmp_path) as desk:
        page = await (await desk.person(ANNA)).page()
        assert "Kvar efteråt" in page
        assert "Telefonsamtal" in page


async def test_the_last_two_hours_of_a_form_are_said_in_it_and_in_its_tab(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await call(anna)
    desk.clock.move(hours=22)
    page = await (await desk.person(ANNA)).page()
    assert "Lämna in det innan dess" not in page
    desk.clock.move(minutes=1)
    page = await (await desk.person(ANNA)).page()
    assert '<span class="expires late">raderas 17/11 kl. 10.00</span>' in page
    assert "<strong>Formuläret raderas 17/11 kl. 10.00.</strong>" in page


async def test_a_call_that_nobody_files_is_forgotten_after_a_day(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    draft = await call(anna)
    desk.clock.move(hours=24)
    await alarms.ring(desk.house.board, desk.clock())
    assert desk.house.board.book.drafts == {}
    assert draft not in desk.house.vault.ids


async def test_only_so_many_calls_are_open_at_once_and_that_is_said(desk: DeskHouse) -> None:
    anna, bo = await desk.person(ANNA), await desk.person(BO)
    drafts = [await call(anna) for _ in range(MOST_CALLS)]
    for send_ in (anna.post, anna.script):
        refused = await send_("/desk/phone")
        assert refused.status_code == 409
        assert "5 telefonformulär öppna" in refused.text
    assert await call(bo)
    await anna.post(f"/desk/form/{drafts[0]}/discard")
    assert await call(anna)


async def test_a_call_can_be_thrown_away_and_a_chats_form_cannot(desk: DeskHouse) -> None:
    anna, chat = await ended(desk)
    draft = await call(anna)
    assert (await anna.post(f"/desk/form/{draft}/discard")).status_code == 303
    assert draft not in desk.house.vault.ids
    assert (await anna.post(f"/desk/form/{chat}/discard")).status_code == 409
    assert list(desk.house.board.book.drafts) == [chat]
    assert await desk.house.records.waiting_count() == 0


async def test_the_rest_is_not_asked_and_what_one_knows_oneself_stays_empty(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    draft = await call(anna)
    sent = {"outcome": "completed", "role": "uses_violence", "violence": "physical"}
    fields = {**sent, "language": "sv", "interpreter": "no", "revision": "0"}
    page = unescape((await anna.post(f"/desk/form/{draft}/rest", **fields)).text)
    assert "svara på själv: ”Vart har du hänvisat?”, ”Oro för barn”.</span>" in page
    answers = desk.house.board.book.drafts[draft].answers
    assert answers["violence"] == "physical"
    assert {name for name, cell in answers.items() if cell == "not_asked"} == {
        "reason", "severe", "exposed_person", "children", "other_problem", "sought_help",
        "earlier_contact", "age", "gender", "county", "municipality", "born_in_sweden",
        "heard_via", "helped",
    }  # fmt: skip
    for name in ("referred_to", "child_concern", "referred_service", "note", "talk_minutes"):
        assert name not in answers


async def test_a_municipality_fills_in_its_county(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    draft = await call(anna)
    for unsaid in ("", "unknown", "not_asked"):
        await send(desk, anna, draft, "save", county=unsaid, municipality="1490")
        assert desk.house.board.book.drafts[draft].answers["county"] == "14"
