import random
import re
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import closing
from html import unescape
from pathlib import Path

import httpx
import pytest
from starlette.datastructures import FormData, UploadFile

from bot.desk.answers import parts, posted
from bot.invented import invent
from flows.contact_form import cleaned, relevant
from flows.events import EndedTalk, ToldHelped, ToldPlace, ToldRole
from flows.questions import codes_in
from tests.bot.desks import AtDesk, DeskHouse, contact_form, hidden, open_desk
from tests.cast import ANNA

WHOLE: dict[str, str | list[str]] = {
    "outcome": "completed",
    "role": "public",
    "reason": ["where_to_get_help", "other"],
    "referred_to": "none",
    "age.other": "37",
    "gender": "man",
    "county": "01",
    "municipality": "0180",
    "born_in_sweden": "not_asked",
    "heard_via": "internet",
    "language": "sv",
    "interpreter": "no",
    "helped": "better",
    "note": "Vill ha hjälp att sluta.",
}
"""All that a counsellor answers about a member of the public."""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def ended(desk: DeskHouse) -> tuple[AtDesk, str]:
    """Anna after a talk, and the form's id."""
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    desk.clock.move(minutes=4)
    await anna.post("/desk/next")
    desk.clock.move(minutes=11)
    await desk.happens(visitor, EndedTalk())
    await desk.erase(visitor)
    return anna, desk.draft(ANNA)


def answers(desk: DeskHouse, draft: str) -> Mapping[str, str]:
    return desk.house.board.book.drafts[draft].answers


def revision(desk: DeskHouse, draft: str) -> str:
    return str(desk.house.board.book.drafts[draft].revision)


async def file(desk: DeskHouse, anna: AtDesk, draft: str, **changed: str) -> httpx.Response:
    fields = {**WHOLE, **changed, "revision": revision(desk, draft)}
    return await anna.post(f"/desk/form/{draft}/file", **fields)


async def filed(desk: DeskHouse) -> list[dict[str, str]]:
    """The forms that wait for their month to close, as they will be published."""
    source = random.Random(1)
    for number in range(9):
        await desk.house.records.file(source.randbytes(16), {"period": "2026-11", "n": f"{number}"})
    await desk.house.records.publish(
        this_month="2026-12", ids=lambda: source.randbytes(16), shuffle=source.shuffle
    )
    found = await desk.house.records.records(first="2026-11", last="2026-11")
    return [record for record in found if "n" not in record]


async def test_the_form_begins_with_what_the_visitor_chose_to_tell(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await desk.happens(visitor, ToldRole("uses_violence"))
    await desk.happens(visitor, ToldPlace("1490"))
    desk.clock.move(minutes=4)
    await anna.post("/desk/next")
    page = await anna.page()
    assert re.search(r'name="role" value="uses_violence" checked', page)
    assert re.search(r'<option value="1490" selected>Borås', page)
    assert re.search(r"<dt>Väntetid i minuter</dt><dd>4</dd>", page)


async def test_every_question_of_the_data_file_stands_on_the_page(desk: DeskHouse) -> None:
    anna, _ = await ended(desk)
    page = await anna.page()
    for question in contact_form().questions:
        if question.filled_by == "counsellor":
            assert f'data-name="{question.name}"' in page
            assert question.label.sv in page
            assert question.hint.sv in page


async def test_only_questions_that_the_answers_ask_for_are_shown(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    for role in ("public", "professional", "uses_violence"):
        fields = {"outcome": "completed", "role": role, "revision": revision(desk, draft)}
        await anna.post(f"/desk/form/{draft}/save", **fields)
        page = (await anna.get("/desk")).text
        fields_shown = re.findall(r'<div class="field"[^>]*data-name="(\w+)"([^>]*)>', page)
        shown = {name for name, rest in fields_shown if not rest.endswith("hidden")}
        asked = relevant(contact_form(), answers(desk, draft))
        system = {q.name for q in contact_form().questions if q.filled_by == "system"}
        assert shown == asked - system


async def test_answers_are_kept_while_the_talk_goes_on_and_after_a_reload(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    draft = desk.draft(ANNA)
    saved = await anna.script(
        f"/desk/form/{draft}/save", revision="0", role="exposed", reason=["other", "unknown"]
    )
    assert saved.json()["revision"] == 1
    assert answers(desk, draft)["reason"] == "other|unknown"
    assert re.search(r'name="role" value="exposed" checked', await anna.page())


async def test_a_script_that_searches_and_saves_at_once_only_saves(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    fields = {"revision": revision(desk, draft), "find": "preventell", "note": "Hej"}
    saved = await anna.script(f"/desk/form/{draft}/save", **fields)
    assert "revision" in saved.json()


async def test_the_directory_can_be_searched_from_the_form_without_scripts(
    desk: DeskHouse,
) -> None:
    anna, draft = await ended(desk)
    fields = {"revision": revision(desk, draft), "find": "preventell", "note": "Kvar"}
    page = await anna.post(f"/desk/form/{draft}/save", **fields)
    assert 'type="checkbox" name="referred_service" value="preventell" data-key="1">' in page.text
    assert answers(desk, draft)["note"] == "Kvar"
    by_script = await anna.script("/desk/search", find="preventell", panel=draft, into="form")
    assert 'value="preventell"' in by_script.json()["html"]


async def test_what_the_system_answers_cannot_be_changed_by_a_post(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    fields = {"revision": revision(desk, draft), "talk_minutes": "999", "channel": "phone"}
    await anna.post(f"/desk/form/{draft}/save", **fields)
    assert answers(desk, draft)["talk_minutes"] == "11"
    assert answers(desk, draft)["channel"] == "web"


async def test_a_stale_save_is_refused_and_shows_both_answers(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    old = revision(desk, draft)
    await anna.script(f"/desk/form/{draft}/save", revision=old, note="Den första fliken")
    for send in (anna.script, anna.post):
        stale = await send(f"/desk/form/{draft}/save", revision=old, note="Den andra fliken")
        assert stale.status_code == 409
        text = stale.json()["html"] if send == anna.script else stale.text
        assert "Den första fliken" in text
        assert "Den andra fliken" in text
        assert answers(desk, draft)["note"] == "Den första fliken"


async def test_the_choice_between_two_tabs_is_kept(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    old = revision(desk, draft)
    first = {"revision": old, "note": "Den första", "gender": "man"}
    await anna.script(f"/desk/form/{draft}/save", **first)
    shown = await anna.post(f"/desk/form/{draft}/save", **{**first, "note": "Den andra"})
    chosen = {"revision": hidden(shown.text, "revision"), "settle.note": "Den andra"}
    assert (await anna.post(f"/desk/form/{draft}/settle", **chosen)).status_code == 303
    assert answers(desk, draft)["note"] == "Den andra"
    assert answers(desk, draft)["gender"] == "man"
    again = {**chosen, "revision": revision(desk, draft), "settle.note": ""}
    settled = await anna.script(f"/desk/form/{draft}/settle", **again)
    assert "html" in settled.json()
    assert "note" not in answers(desk, draft)


async def test_what_is_settled_is_made_as_safe_as_what_is_saved(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    sent = {"revision": revision(desk, draft), "settle.note": " Lugn\x00\x1b\r\nnu "}
    assert (await anna.post(f"/desk/form/{draft}/settle", **sent)).status_code == 303
    assert answers(desk, draft)["note"] == "Lugn\nnu"


async def test_a_whole_form_is_filed_and_its_draft_forgotten(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    assert (await file(desk, anna, draft)).status_code == 303
    assert draft not in desk.house.board.book.drafts
    assert draft not in desk.house.vault.ids
    (record,) = await filed(desk)
    assert record == {
        **{name: cell for name, cell in WHOLE.items() if isinstance(cell, str) and "." not in name},
        "reason": "where_to_get_help|other",
        "age": "37",
        "period": "2026-11",
        "channel": "web",
        "wait_minutes": "4",
        "talk_minutes": "11",
    }


async def test_filing_twice_files_once(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    fields = {**WHOLE, "revision": revision(desk, draft)}
    done = await anna.script(f"/desk/form/{draft}/file", **fields)
    assert done.json() == {"gone": "Formuläret är inlämnat."}
    again = await anna.script(f"/desk/form/{draft}/file", **fields)
    assert again.status_code == 404
    assert "redan inlämnat" in again.json()["sentence"]
    assert await desk.house.records.waiting_count() == 1


async def test_a_form_whose_draft_was_not_forgotten_is_filed_over_itself(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    cells = {"period": "2026-11", "note": "filed before a crash"}
    await desk.house.records.file(bytes.fromhex(draft.removeprefix("draft-")), cells)
    await file(desk, anna, draft)
    assert await desk.house.records.waiting_count() == 1


async def test_a_form_is_not_filed_while_its_talk_goes_on(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    draft = desk.draft(ANNA)
    refused = await file(desk, anna, draft, note="Bra samtal")
    assert refused.status_code == 409
    assert "när samtalet är slut" in refused.text
    assert answers(desk, draft)["note"] == "Bra samtal"
    assert await desk.house.records.waiting_count() == 0


async def test_who_goes_without_a_word_has_not_answered(desk: DeskHouse) -> None:
    _, draft = await ended(desk)
    assert answers(desk, draft)["helped"] == "no_answer"


async def test_what_is_missing_is_said_at_the_question_and_at_the_top(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    refused = await file(desk, anna, draft, gender="")
    assert refused.status_code == 422
    page = unescape(refused.text)
    assert f'<a href="#{draft}-gender">”Kön” saknar svar</a>' in page
    assert re.search(rf'id="{draft}-gender-fault">”Kön” saknar svar\. Välj', page)
    assert page.count("saknar svar</a>") == 1
    assert await desk.house.records.waiting_count() == 0


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Ring 070-123 45 67", "ett telefonnummer"),
        ("anna@example.org", "en mejladress"),
        ("Heter @kalle.karlsson", "ett användarnamn"),
        ("Född 850709-9805", "ett personnummer"),
    ],
)
async def test_a_note_with_a_hard_identifier_is_refused_whatever_the_browser_does(
    desk: DeskHouse, note: str, kind: str
) -> None:
    anna, draft = await ended(desk)
    refused = await file(desk, anna, draft, note=note)
    assert refused.status_code == 422
    assert f"Anteckningen innehåller något som ser ut som {kind}" in unescape(refused.text)
    assert await desk.house.records.waiting_count() == 0


async def test_a_script_gets_the_form_with_its_faults(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    fields = {"revision": revision(desk, draft), "outcome": "completed"}
    answer = await anna.script(f"/desk/form/{draft}/file", **fields)
    assert answer.status_code == 422
    assert "”Kön” saknar svar" in answer.json()["html"]


async def test_only_services_of_the_directory_are_filed(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    refused = await file(desk, anna, draft, referred_service="finns-inte")
    assert refused.status_code == 422
    assert (await file(desk, anna, draft, referred_service="preventell")).status_code == 303


async def test_a_form_that_the_records_cannot_take_stays(desk: DeskHouse, tmp_path: Path) -> None:
    anna, draft = await ended(desk)
    with closing(sqlite3.connect(tmp_path / "records.db")) as broken:
        broken.execute("DROP TABLE waiting")
    fields = {**WHOLE, "revision": revision(desk, draft)}
    answer = await anna.script(f"/desk/form/{draft}/file", **fields)
    assert answer.status_code == 503
    assert draft in desk.house.board.book.drafts


async def test_answers_that_are_no_longer_asked_for_are_not_filed(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    await file(desk, anna, draft, severe="yes", violence="physical")
    (record,) = await filed(desk)
    assert "severe" not in record
    assert "violence" not in record


async def test_a_code_that_the_form_does_not_have_is_refused(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    refused = await file(desk, anna, draft, gender="x' OR 1=1")
    assert refused.status_code == 422
    assert "har ett svar som inte finns" in unescape(refused.text)


async def test_what_the_visitor_answers_at_the_end_comes_into_the_open_form(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    await desk.happens(visitor, EndedTalk())
    await desk.happens(visitor, ToldHelped("better"))
    assert re.search(r'name="helped" value="better" checked', await anna.page())


async def test_an_odd_revision_is_stale_and_harms_nothing(desk: DeskHouse) -> None:
    anna, draft = await ended(desk)
    for odd in ("", "-1", "abc", "²"):
        stale = await anna.script(f"/desk/form/{draft}/save", revision=odd, note="x")
        assert stale.status_code == 409


async def test_a_form_that_is_nobodys_is_not_there(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    for name in ("save", "settle", "file"):
        answer = await anna.script(f"/desk/form/draft-{'0' * 32}/{name}", revision="0")
        assert answer.status_code == 404


def test_whatever_the_page_shows_it_reads_back_the_same() -> None:
    form = contact_form()
    chance = random.Random(3)
    services = ["preventell"]
    for record in invent(form, months=["2026-10"], chance=chance, services=services):
        sent: list[tuple[str, str | UploadFile]] = []
        for part in parts(form, record):
            for shown in part.fields:
                codes = [code for code in codes_in(shown.cell) if not shown.written]
                sent += [(shown.question.name, code) for code in codes]
                if shown.question.type == "text":
                    sent = [pair for pair in sent if pair[0] != shown.question.name]
                    sent.append((shown.question.name, shown.cell))
                elif shown.written:
                    box = ".other" if shown.question.type in {"age", "language"} else ""
                    sent.append((f"{shown.question.name}{box}", shown.written))
        assert cleaned(form, posted(form, FormData(sent), record)) == cleaned(form, record)


def test_places_are_listed_by_the_swedish_alphabet_and_the_unknown_last() -> None:
    fields = {
        each.question.name: each for part in parts(contact_form(), {}) for each in part.fields
    }
    names = [code.sv for code in fields["municipality"].codes]
    assert names[:2] == ["Ale", "Alingsås"]
    assert names[-4:] == ["Överkalix", "Övertorneå", "Vet ej", "Inte frågat"]
    letters = list(dict.fromkeys(name[0] for name in names[:-2]))
    assert letters == list("ABDEFGHJKLMNOPRSTUVYÅÄÖ")
    counties = [code.sv for code in fields["county"].codes]
    assert counties[-4:-2] == ["Örebro län", "Östergötlands län"]
