"""The gate of the note at the desk: what identifies is refused, replaced, or kept on purpose."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from tests.bot.desks import AtDesk, DeskHouse, open_desk
from tests.bot.page_forms import fields_of
from tests.bot.test_desk_forms import WHOLE, ended, file, filed, revision
from tests.cast import ANNA

NOTE = "Johan i Borås vill sluta."


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


def note(desk: DeskHouse) -> str:
    return desk.house.board.book.drafts_of(ANNA)[-1].answers["note"]


def orders(page: str) -> list[str]:
    """What the buttons of the gate say, in order."""
    return [unescape(each) for each in re.findall(r'name="judge" value="([^"]*)"', page)]


def marked(page: str) -> list[str]:
    return re.findall(r"<mark[^>]*>([^<]*)</mark>", page)


async def judge(anna: AtDesk, draft: str, order: str) -> str:
    """Press a button of the page as it stands; gives the page after that."""
    sent = fields_of(await anna.page(), f"/desk/form/{draft}/save")
    answer = await anna.post(f"/desk/form/{draft}/note", **sent, judge=order)
    assert answer.status_code == 303
    return await anna.page()


async def test_a_note_with_a_name_is_not_filed_and_its_words_are_marked(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    refused = await file(desk, anna, draft, note=NOTE)
    assert refused.status_code == 422
    page = unescape(refused.text)
    assert marked(page) == ["Johan", "Borås"]
    assert "”Johan” ser ut som ett namn." in page
    assert "”Borås” ser ut som en ort." in page
    assert "Ersätt dem som är markerade, eller välj att behålla dem." in page
    assert await desk.house.records.waiting_count() == 0


async def test_a_word_is_replaced_with_one_button_without_scripts(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    await file(desk, anna, draft, note=NOTE)
    page = await judge(anna, draft, "0-5:partnern")
    assert note(desk) == "Partnern i Borås vill sluta."
    assert marked(page) == ["Borås"]
    page = await judge(anna, draft, orders(page)[0])
    assert note(desk) == "Partnern i en ort i länet vill sluta."
    assert marked(page) == []
    assert (await file(desk, anna, draft, note=note(desk))).status_code == 303


async def test_words_that_are_kept_on_purpose_are_filed_as_they_are(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    await file(desk, anna, draft, note=NOTE)
    await judge(anna, draft, "0-5:")
    assert (await file(desk, anna, draft, note=NOTE)).status_code == 422
    await judge(anna, draft, "8-13:")
    assert (await file(desk, anna, draft, note=NOTE)).status_code == 303
    [record] = await filed(desk)
    assert record["note"] == NOTE


async def test_a_note_that_changes_after_words_were_kept_is_read_anew(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    await file(desk, anna, draft, note=NOTE)
    for order in ("0-5:", "8-13:"):
        await judge(anna, draft, order)
    for changed in (f"{NOTE} Ja.", NOTE):
        refused = await file(desk, anna, draft, note=changed)
        assert refused.status_code == 422
        assert marked(refused.text) == ["Johan", "Borås"]


async def test_a_button_of_an_older_note_changes_nothing(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    await file(desk, anna, draft, note=NOTE)
    newer = "Annas man vill sluta."
    fields = {**WHOLE, "note": newer, "read": NOTE, "judge": "0-5:"}
    await anna.post(f"/desk/form/{draft}/note", **fields, revision=revision(desk, draft))
    assert note(desk) == newer
    assert desk.house.board.book.drafts[draft].kept == frozenset()


@pytest.mark.parametrize("order", ["", "0-5", "0-5:Johan", "0-4:", "x:y", "0-999:", "8-13:barnet"])
async def test_an_odd_order_of_the_gate_changes_nothing(desk: DeskHouse, order: str) -> None:
    anna, draft = await ended(desk)
    await file(desk, anna, draft, note=NOTE)
    fields = {**WHOLE, "note": NOTE, "read": NOTE, "judge": order}
    await anna.script(f"/desk/form/{draft}/note", **fields, revision=revision(desk, draft))
    assert note(desk) == NOTE
    assert desk.house.board.book.drafts[draft].kept == frozenset()


async def test_a_hard_identifier_cannot_be_kept_whatever_is_sent(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    hard = "Ring 070-123 45 67"
    await file(desk, anna, draft, note=hard)
    await judge(anna, draft, "5-18:")
    refused = await file(desk, anna, draft, note=hard)
    assert refused.status_code == 422
    await judge(anna, draft, "5-18:ett telefonnummer")
    assert note(desk) == "Ring ett telefonnummer"


async def test_the_gate_speaks_while_the_note_is_written(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    fields = {"revision": revision(desk, draft), "note": NOTE}
    saved = (await anna.script(f"/desk/form/{draft}/save", **fields)).json()
    assert marked(saved["gate"]) == ["Johan", "Borås"]
    quiet = {"revision": str(saved["revision"]), "note": "Vill sluta."}
    assert marked((await anna.script(f"/desk/form/{draft}/save", **quiet)).json()["gate"]) == []


async def test_what_must_go_comes_first_and_is_told_apart_by_a_word(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    page = unescape((await file(desk, anna, draft, note="Johan, 070-123 45 67")).text)
    assert '<mark>Johan</mark>, <mark class="must">070-123 45 67</mark>' in page
    assert orders(page)[0] == "7-20:ett telefonnummer"
    assert page.index('<span class="level must">Måste bort</span>') < page.index("Se över</span>")


async def test_what_is_marked_is_text_on_the_page(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    refused = await file(desk, anna, draft, note="<b>Johan</b> & Anna <script>")
    assert "<b>" not in refused.text
    assert "&lt;b&gt;<mark>Johan</mark>&lt;/b&gt; &amp; <mark>Anna</mark>" in refused.text


async def test_a_note_that_is_not_asked_for_is_not_read(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    answer = await file(desk, anna, draft, outcome="silent_or_misuse", note=NOTE)
    assert answer.status_code == 303
    [record] = await filed(desk)
    assert "note" not in record
