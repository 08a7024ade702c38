"""One's own filed forms: seen and corrected until they are statistics, and no longer."""

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.desks import AtDesk, DeskHouse, hidden, open_desk
from tests.bot.page_forms import fields_of
from tests.bot.test_desk_forms import ended, file
from tests.cast import ANNA

SOURCE = random.Random(7)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def has_filed(desk: DeskHouse) -> tuple[AtDesk, str]:
    """Anna, who has filed a form, and its id."""
    anna, draft = await ended(desk)
    assert (await file(desk, anna, draft)).status_code == 303
    return anna, draft.removeprefix("draft-")


async def opened(anna: AtDesk, id: str) -> dict[str, list[str]]:
    """Open a filed form; gives what its page would send."""
    answer = await anna.post(f"/desk/filed/{id}/correct")
    assert answer.headers["location"] == f"/desk#draft-{id}"
    return fields_of(await anna.page(), f"/desk/form/draft-{id}/save")


async def others_file(desk: DeskHouse, count: int, month: str = "2026-11") -> None:
    for _ in range(count):
        await desk.house.records.file(SOURCE.randbytes(16), {"period": month})


async def publish(desk: DeskHouse) -> None:
    await desk.house.records.publish(
        this_month="2026-12", ids=lambda: SOURCE.randbytes(16), shuffle=SOURCE.shuffle
    )


async def kept(desk: DeskHouse) -> list[dict[str, str]]:
    return [each.answers for each in await desk.house.records.waiting_of(ANNA)]


async def test_a_filed_form_stands_in_the_list_until_its_month_has_closed(desk: DeskHouse) -> None:
    anna, _ = await has_filed(desk)
    page = await anna.page("/desk/filed")
    assert "November 2026" in page
    assert "Webbchatt · Genomfört samtal · Allmänhet · Man · Stockholms län" in page
    assert "Blir statistik efter den 2 december, tillsammans med minst nio andra." in page
    assert '<a href="/desk/filed">' in await anna.page()


async def test_forms_of_a_closed_month_that_are_too_few_are_said_to_be_held_over(
    desk: DeskHouse,
) -> None:
    anna, _ = await has_filed(desk)
    desk.clock.move(days=16, hours=13, minutes=44)
    anna = await desk.person(ANNA)
    assert "Blir statistik efter den 2 december" in await anna.page("/desk/filed")
    desk.clock.move(minutes=1)
    anna = await desk.person(ANNA)
    assert "de är minst tio" in await anna.page("/desk/filed")
    await others_file(desk, 9)
    assert "inom några timmar" in await anna.page("/desk/filed")


async def test_what_was_not_asked_is_no_name_of_a_form(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    await file(desk, anna, draft, gender="not_asked", county="unknown", municipality="not_asked")
    page = await anna.page("/desk/filed")
    assert "<p>Webbchatt · Genomfört samtal · Allmänhet<" in page


async def test_forms_that_look_alike_are_told_apart_by_what_was_answered(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    alike = {"period": "2026-11", "channel": "phone", "role": "public", "talk_minutes": "5"}
    for answers in ({"age": "37"}, {"age": "41", "heard_via": "internet", "talk_minutes": "9"}):
        await desk.house.records.file(SOURCE.randbytes(16), alike | answers, counsellor=ANNA)
    page = await anna.page("/desk/filed")
    assert "Telefon · Allmänhet · Ålder: 37 · Hur hittade personen hit? –" in page
    assert "Telefon · Allmänhet · Ålder: 41 · Hur hittade personen hit? Internet" in page
    assert "Samtalstid" not in page


async def test_the_order_of_the_list_tells_nothing_of_when_forms_were_filed(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    ids = [SOURCE.randbytes(16) for _ in range(12)]
    for id in ids:
        await desk.house.records.file(id, {"period": "2026-11"}, counsellor=ANNA)
    page = await anna.page("/desk/filed")
    shown = sorted(ids, key=lambda each: page.index(each.hex()))
    assert shown == sorted(ids)


async def test_a_filed_form_is_corrected_in_place(desk: DeskHouse) -> None:
    anna, id = await has_filed(desk)
    fields = await opened(anna, id)
    assert fields["age.other"] == ["37"]
    fields["age.other"] = ["38"]
    answer = await anna.post(f"/desk/form/draft-{id}/file", **fields)
    assert answer.status_code == 303
    [record] = await kept(desk)
    assert (record["age"], record["talk_minutes"], record["channel"]) == ("38", "11", "web")
    assert await desk.house.records.waiting_count() == 1
    assert desk.house.board.book.drafts == {}


async def test_a_correction_counts_only_when_it_is_handed_in(desk: DeskHouse) -> None:
    anna, id = await has_filed(desk)
    before = await kept(desk)
    fields = await opened(anna, id)
    fields["age.other"] = ["38"]
    await anna.post(f"/desk/form/draft-{id}/save", **fields)
    assert await kept(desk) == before
    again = await opened(anna, id)
    assert again["age.other"] == ["38"]
    await anna.post(f"/desk/form/draft-{id}/discard")
    assert await kept(desk) == before
    assert (await opened(anna, id))["age.other"] == ["37"]


async def test_a_correction_meets_the_same_checks_and_the_same_gate(desk: DeskHouse) -> None:
    anna, id = await has_filed(desk)
    before = await kept(desk)
    fields = await opened(anna, id)
    faulty = (
        {"gender": "", "note": "Johan ringde"},
        {"note": "Född 850709-9805"},
        {"age.other": "3"},
    )
    for wrong in faulty:
        revision = hidden(await anna.page(), "revision")
        sent: dict[str, str | list[str]] = {**fields, **wrong, "revision": revision}
        answer = await anna.post(f"/desk/form/draft-{id}/file", **sent)
        assert answer.status_code == 422
        assert "Rättelsen kan inte sparas än" in answer.text
        assert "Formuläret kan inte lämnas in" not in answer.text
    assert await kept(desk) == before


async def test_what_was_published_meanwhile_is_not_changed_and_that_is_said(
    desk: DeskHouse,
) -> None:
    anna, id = await has_filed(desk)
    fields = await opened(anna, id)
    await others_file(desk, 9)
    await publish(desk)
    fields["age.other"] = ["38"]
    answer = await anna.script(f"/desk/form/draft-{id}/file", **fields)
    assert answer.status_code == 409
    assert "Formuläret har blivit statistik" in answer.json()["sentence"]
    assert await desk.house.records.waiting_count() == 0
    records = await desk.house.records.records(first="2026-11", last="2026-11")
    assert [record["age"] for record in records if "age" in record] == ["37"]
    assert (await anna.post(f"/desk/filed/{id}/correct")).status_code == 404
    assert "inga inlämnade formulär" in await anna.page("/desk/filed")


async def test_a_form_that_is_not_there_is_not_found(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    for odd in ("0" * 32, "x", "draft-00"):
        assert (await anna.post(f"/desk/filed/{odd}/correct")).status_code == 404
    assert desk.house.board.book.drafts == {}
