"""The coordinator looks after the directory at the desk."""

import asyncio
import csv
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.catalogue import Catalogue
from bot.desk.directory_entry import new_id
from bot.desk.directory_reading import UnreadableError, cells_of, read
from bot.desk.routes import DIRECTORY, DIRECTORY_ORDERS
from directory import checking
from directory.checking import KINDS, tasks
from directory.edits import Edit
from directory.finder import Need, national, social_services_of
from directory.load import load
from directory.models import Provision, Service
from directory.provision import coverage, provision_of
from directory.rules import LONGEST_NAME
from directory.table import COLUMNS, to_row
from tests.bot.desks import AtDesk, DeskHouse, open_desk
from tests.bot.page_forms import fields_of
from tests.cast import ANNA, KARIN
from tests.directory.entries import TODAY, a_full_service

LINE = "valj-att-sluta"
PAGE = f"/desk/directory/service/{LINE}"
STOCKHOLM = "/desk/directory/place/0180"
IMPORT = "/desk/directory/import"
CHANGES = "/desk/directory/changes"

NEW: dict[str, str | list[str]] = {
    "name": "Välj att sluta",
    "operator": "Malmö stad",
    "description": "Samtal.",
    "who_for": ["uses_violence"],
    "municipality_codes": "Malmö",
    "source": "Samtal med receptionen",
    "checked": "2026-11-16",
}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
async def karin(desk: DeskHouse) -> AtDesk:
    return await desk.person(KARIN)


def service(desk: DeskHouse, id: str = LINE) -> Service:
    return desk.catalogue.directory.services[id]


async def fill_in(
    karin: AtDesk, page: str, action: str = "", /, **changed: str | list[str]
) -> httpx.Response:
    """Open a page, change some fields of one of its forms, and send it."""
    html = (await karin.get(page)).text
    fields = {**fields_of(html, action or page), **changed}
    return await karin.client.post(action or page, data=fields)


async def upload(karin: AtDesk, data: bytes) -> httpx.Response:
    return await karin.client.post(
        IMPORT, data={"csrf": karin.csrf}, files={"file": ("katalog.csv", data)}
    )


def table(*services: Service, **cells: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows({**to_row(each), **cells} for each in services)
    return text.getvalue().encode()


async def apply(karin: AtDesk) -> httpx.Response:
    fields = fields_of((await karin.get(IMPORT)).text, f"{IMPORT}/apply")
    return await karin.client.post(f"{IMPORT}/apply", data=fields)


# Searching


async def test_a_search_finds_by_name_and_by_place(karin: AtDesk) -> None:
    assert PAGE in await karin.page("/desk/directory?find=valj+att")
    assert "Manscentrum i Stockholm" in await karin.page("/desk/directory?find=stockholm")


async def test_a_search_that_finds_nothing_says_so(karin: AtDesk) -> None:
    assert "Inget hittades" in await karin.page("/desk/directory?find=qqqq")


async def test_what_is_retired_is_found_by_coordinators(desk: DeskHouse, karin: AtDesk) -> None:
    await fill_in(karin, PAGE, f"{PAGE}/retire")
    assert service(desk).status == "retired"
    page = await karin.page("/desk/directory?find=Välj+att&status=retired")
    assert PAGE in page
    assert 'tagen ur katalogen <span class="n">1</span>' in page


async def test_any_search_is_answered_and_shown_back_harmless(karin: AtDesk) -> None:
    script = "<script>alert(1)</script>"
    for words in (script, "x" * 10_000, "\x00\x1b[2J", "' OR 1=1 --", "🦆", "%"):
        answer = await karin.client.get("/desk/directory", params={"find": words})
        assert answer.status_code == 200
        assert "<script>" not in answer.text
        assert "\x1b" not in answer.text
        assert len(answer.text) < 50_000


# One entry


@pytest.mark.parametrize(
    "each", [*load().services.values(), a_full_service()], ids=lambda it: it.id
)
def test_what_the_form_shows_it_reads_back_the_same(each: Service) -> None:
    assert read(cells_of(each, load()), each.id, load(), TODAY) == each


async def test_sending_the_form_as_it_stands_changes_nothing(
    desk: DeskHouse, karin: AtDesk
) -> None:
    before = service(desk)
    answer = await fill_in(karin, PAGE)
    assert answer.headers["location"] == f"{PAGE}?done=same"
    assert service(desk) == before
    assert not await desk.catalogue.store.edits()


async def test_an_edit_keeps_who_and_when_and_what_it_was(desk: DeskHouse, karin: AtDesk) -> None:
    answer = await fill_in(karin, PAGE, phones="020-555 667\n020-555 668")
    assert answer.headers["location"] == f"{PAGE}?done=saved"
    assert service(desk).phones == ("020-555 667", "020-555 668")
    page = await karin.page(PAGE)
    assert "020-555 666" in page
    assert "Karin · 2026-11-16 kl. 10.00" in page


async def test_places_are_written_by_name_or_code_one_or_many(
    desk: DeskHouse, karin: AtDesk
) -> None:
    written = "Malmö, lunds kommun\n0180,  UPPLANDS   väsby"
    await fill_in(karin, PAGE, municipality_codes=written, county_codes="Skåne, 01")
    assert service(desk).municipality_codes == ("1280", "1281", "0180", "0114")
    assert service(desk).county_codes == ("12", "01")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Skriv vad verksamheten heter."),
        ("name", "x" * 10_000, f"Skriv högst {LONGEST_NAME} tecken."),
        ("description", "x" * 301, "Skriv högst 300 tecken."),
        ("who_for", "", "Välj minst en."),
        ("who_for", "spioner", "Välj minst en."),
        ("min_age", "arton", "Skriv åldern i hela år, från 0 till 99."),
        ("max_age", "100", "Skriv åldern i hela år, från 0 till 99."),
        ("gender", "x", "Välj bland det som står där."),
        ("languages", "rövarspråket", "Det finns inget språk som heter ”rövarspråket”."),
        ("municipality_codes", "Malmö, Ankeborg", "Det finns ingen kommun som heter ”Ankeborg”."),
        ("county_codes", "Skåneland", "Det finns inget län som heter ”Skåneland”."),
        ("district_codes", "Gamla Ankeborg", "Det finns ingen stadsdel som heter"),
        ("phones", "ring mig", "Skriv numret med siffror, till exempel 08-123 45 67"),
        ("phones", "123 45 67", "går inte att ringa"),
        ("hours", "vardagar åtta till fem", "Öppettiden kan inte läsas"),
        ("email", "hej", "Skriv en hel e-postadress."),
        ("url", "javascript:alert(1)", "Adressen går inte."),
        ("addresses", "Storgatan", "Skriv gata, postnummer och ort så"),
        ("source", "javascript:alert(1)", "Skriv sidans adress"),
        ("source", "x" * 501, "Skriv högst 500 tecken."),
        ("checked", "i går", "Skriv dagen så: 2026-06-04."),
        ("checked", "2027-01-01", "Den kan inte vara efter i dag."),
        ("checked", "", "Skriv dagen när någon kontrollerade uppgifterna. Vet ni inte den, fyll i"),
        ("checked_with", "x" * 61, "Skriv högst 60 tecken."),
        ("checked_with", "Anna, 070-123 45 67", "Skriv en funktion, till exempel receptionen"),
        ("checked_with", "anna@malmo.se", "aldrig ett namn"),
        ("as_of", "i fjol", "Skriv med ett årtal"),
        ("source", "", "Skriv sidans adress"),
        ("status", "borta", "Välj en status."),
        ("description", "<b>fet</b>", "skriv utan HTML"),
    ],
)
def test_a_wrong_field_is_named(field: str, typed: str, said: str) -> None:
    cells = {**cells_of(load().services[LINE], load()), field: typed}
    with pytest.raises(UnreadableError) as raised:
        read(cells, LINE, load(), TODAY)
    problem = raised.value.problems[0]
    assert problem.name == field
    assert said in problem.sentence


async def test_a_form_with_faults_names_them_all_and_changes_nothing(
    desk: DeskHouse, karin: AtDesk
) -> None:
    before = service(desk)
    answer = await fill_in(karin, PAGE, name="", phones="ring mig", who_for=[], status="borta")
    assert answer.status_code == 422
    for field in ("name", "phones", "who_for", "status"):
        assert f'href="#f-{field}"' in answer.text
        assert f'id="f-{field}-fault"' in answer.text
    assert service(desk) == before


def test_faults_of_every_kind_are_told_at_once() -> None:
    typed = {
        "name": "",
        "description": "x" * 301,
        "who_for": "spioner",
        "languages": "rövarspråket",
        "phones": "123 45 67",
        "hours": "vardagar",
        "national": "0",
        "status": "verified",
        "source": "javascript:alert(1)",
        "checked": "i går",
        "checked_how": "",
        "checked_with": "070-123 45 67",
    }
    cells = {**cells_of(load().services[LINE], load()), **typed}
    with pytest.raises(UnreadableError) as raised:
        read(cells, LINE, load(), TODAY)
    named = {problem.name for problem in raised.value.problems}
    assert named == {*typed, "municipality_codes"} - {"national", "status"}


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"as_of": "x" * 41, "checked": ""}, ["as_of"]),
        ({"status": "borta", "checked_how": ""}, ["status"]),
        ({"national": "0", "municipality_codes": "Ankeborg"}, ["municipality_codes"]),
        ({"national": "0", "county_codes": "Ankeborgs län"}, ["county_codes"]),
        (
            {"municipality_codes": "Stockhlm", "district_codes": "Farsta"},
            ["municipality_codes"],
        ),
    ],
)
def test_a_field_is_not_blamed_for_another(typed: dict[str, str], named: list[str]) -> None:
    cells = {**cells_of(load().services[LINE], load()), **typed}
    with pytest.raises(UnreadableError) as raised:
        read(cells, LINE, load(), TODAY)
    assert [problem.name for problem in raised.value.problems] == named


async def test_what_was_typed_stays_when_something_is_wrong(karin: AtDesk) -> None:
    answer = await fill_in(
        karin, PAGE, name="Nytt namn", hours="hela tiden", forms=["group"], national=[]
    )
    again = fields_of(answer.text, PAGE)
    assert again["name"] == ["Nytt namn"]
    assert again["hours"] == ["hela tiden"]
    assert again["forms"] == ["group"]
    assert "national" not in again


async def test_a_service_for_nobody_is_refused(karin: AtDesk) -> None:
    answer = await fill_in(karin, PAGE, national=[])
    assert answer.status_code == 422
    assert "Skriv minst en kommun eller ett län" in answer.text


async def test_html_and_control_characters_in_every_field_are_shown_back_harmless(
    karin: AtDesk,
) -> None:
    nasty = '"><script>alert(1)</script>\x00\x1b</textarea>'
    html = (await karin.get(PAGE)).text
    fields = {
        name: nasty if name not in {"csrf", "seen"} else value[0]
        for name, value in fields_of(html, PAGE).items()
    }
    answer = await karin.client.post(PAGE, data=fields)
    assert answer.status_code == 422
    assert "<script" not in answer.text
    assert "\x1b" not in answer.text
    assert answer.text.count("</textarea>") == html.count("</textarea>")


async def test_ten_thousand_characters_in_every_field_get_an_answer(karin: AtDesk) -> None:
    names = fields_of((await karin.get(PAGE)).text, PAGE)
    long = {name: "å" * 1000 if name != "csrf" else karin.csrf for name in names}
    for name in ("description", "municipality_codes", "hours", "phones", "addresses", "languages"):
        fields = {**{k: v[0] for k, v in names.items()}, name: "x" * 10_000}
        answer = await karin.client.post(PAGE, data=fields)
        assert answer.status_code == 422
        assert "Skriv högst" in answer.text
    assert (await karin.client.post(PAGE, data=long)).status_code == 409


async def test_a_form_that_somebody_else_overtook_shows_what_differs_and_changes_nothing(
    desk: DeskHouse, karin: AtDesk
) -> None:
    mine = fields_of((await karin.get(PAGE)).text, PAGE)
    await fill_in(karin, PAGE, operator="Någon annan")
    answer = await karin.client.post(PAGE, data={**mine, "phones": "020-555 669"})
    assert answer.status_code == 409
    assert "Någon annan har ändrat posten" in answer.text
    assert re.search(r"Huvudman</th><td>Någon annan</td><td>Socialstyrelsen", answer.text)
    assert service(desk).operator == "Någon annan"
    assert service(desk).phone == "020-555 666"
    settled = fields_of(answer.text, PAGE)
    assert (await karin.client.post(PAGE, data=settled)).status_code == 303
    assert service(desk).phone == "020-555 669"


async def test_an_unknown_entry_is_not_found(karin: AtDesk) -> None:
    for path in ("service/finns-inte", "service/socialtjansten-9999", "place/9999", "place/x"):
        assert (await karin.get(f"/desk/directory/{path}")).status_code == 404
    gone = "/desk/directory/service/finns-inte"
    for order in ("", "/verify", "/retire", "/restore"):
        answer = await karin.post(f"{gone}{order}", checked_with="x", checked_how="web")
        assert answer.status_code == 404
    for order in ("provision", "contact"):
        answer = await karin.post(f"/desk/directory/place/9999/{order}", kind="own")
        assert answer.status_code == 404


# Confirming, retiring, adding


async def test_a_check_makes_the_age_of_the_source_unimportant(
    desk: DeskHouse, karin: AtDesk
) -> None:
    page = "/desk/directory/service/kriscentrum-sydostra-skane"
    assert service(desk, "kriscentrum-sydostra-skane").as_of
    asked = {"checked_with": "receptionen", "checked_how": "phone"}
    await fill_in(karin, page, f"{page}/verify", **asked)
    found = service(desk, "kriscentrum-sydostra-skane")
    assert (found.checked, found.as_of) == (TODAY, "")


async def test_a_check_keeps_the_day_whom_and_how(desk: DeskHouse, karin: AtDesk) -> None:
    answer = await fill_in(
        karin, PAGE, f"{PAGE}/verify", checked_with="receptionen", checked_how="phone"
    )
    assert answer.headers["location"] == f"{PAGE}?done=verified"
    found = service(desk)
    assert (found.status, found.checked) == ("verified", TODAY)
    assert (found.checked_with, found.checked_how) == ("receptionen", "phone")


async def test_a_check_without_whom_or_how_is_none(desk: DeskHouse, karin: AtDesk) -> None:
    before = service(desk)
    for asked, how in (("", "phone"), ("receptionen", ""), ("x" * 61, "web"), ("<b>", "web")):
        typed = {"checked_with": asked, "checked_how": how}
        assert (await fill_in(karin, PAGE, f"{PAGE}/verify", **typed)).status_code == 422
    assert service(desk) == before


async def test_a_check_with_the_number_or_address_of_a_person_is_none(
    desk: DeskHouse, karin: AtDesk
) -> None:
    before = service(desk)
    for asked in (
        "Anna Svensson, tel 070-123 45 67, 19850101-1234",
        "anna@malmo.se",
        "Anna ０７０",
        "Anna Andersson",
        "kuratorn Eva",
    ):
        typed = {"checked_with": asked, "checked_how": "phone"}
        answer = await fill_in(karin, PAGE, f"{PAGE}/verify", **typed)
        assert answer.status_code == 422
        assert "aldrig ett namn, ett nummer eller en e-postadress" in answer.text
        assert (await fill_in(karin, PAGE, checked_with=asked)).status_code == 422
    assert service(desk) == before


async def test_what_somebody_changed_meanwhile_is_not_confirmed_unseen(
    desk: DeskHouse, karin: AtDesk
) -> None:
    mine = fields_of((await karin.get(PAGE)).text, f"{PAGE}/verify")
    await fill_in(karin, PAGE, phones="020-555 669")
    fields = {**mine, "checked_with": "receptionen", "checked_how": "phone"}
    assert (await karin.client.post(f"{PAGE}/verify", data=fields)).status_code == 409
    assert service(desk).status == "unverified"


@pytest.mark.parametrize("role", ["uses_violence", "exposed"])
async def test_the_last_national_line_for_somebody_is_not_retired(
    desk: DeskHouse, karin: AtDesk, role: str
) -> None:
    need = Need(role=role)
    lines = [match.service.id for match in national(desk.catalogue.directory, need=need)]
    answers = [
        await fill_in(karin, (page := f"/desk/directory/service/{line}"), f"{page}/retire")
        for line in lines
    ]
    assert [answer.status_code for answer in answers] == [*[303] * (len(lines) - 1), 409]
    assert "Det är den sista nationella linjen" in answers[-1].text
    assert national(desk.catalogue.directory, need=need)


def test_the_social_services_of_a_municipality_stay_what_they_are() -> None:
    entry = social_services_of(load(), "1280")
    for field, typed in (("social_services", "0"), ("municipality_codes", "Malmö, Lund")):
        cells = {**cells_of(entry, load()), field: typed, "source": "En rapport", "as_of": "2026"}
        with pytest.raises(UnreadableError) as raised:
            read(cells, entry.id, load(), TODAY)
        (problem,) = raised.value.problems
        assert problem.sentence.startswith("Det här är kommunens socialtjänst")


async def test_what_is_retired_comes_back_unconfirmed(desk: DeskHouse, karin: AtDesk) -> None:
    await fill_in(karin, PAGE, f"{PAGE}/verify", checked_with="receptionen", checked_how="web")
    await fill_in(karin, PAGE, f"{PAGE}/retire")
    assert service(desk).status == "retired"
    assert LINE not in {each.id for each in desk.catalogue.directory.living_services()}
    await fill_in(karin, PAGE, f"{PAGE}/restore")
    assert service(desk).status == "unverified"


ASKED: dict[str, str | list[str]] = {"checked_with": "receptionen", "checked_how": "phone"}


async def test_a_fact_that_changes_after_a_check_is_not_said_to_be_checked(
    desk: DeskHouse, karin: AtDesk
) -> None:
    await fill_in(karin, PAGE, f"{PAGE}/verify", **ASKED)
    answer = await fill_in(karin, PAGE, phones="020-555 669")
    assert answer.headers["location"] == f"{PAGE}?done=unconfirmed"
    found = service(desk)
    assert (found.phone, found.status) == ("020-555 669", "unverified")
    assert (found.checked_how, found.checked_with) == (None, "")
    assert "räknas som inte kontrollerad" in await karin.page(f"{PAGE}?done=unconfirmed")


async def test_a_save_that_checks_anew_verifies_what_it_changes(
    desk: DeskHouse, karin: AtDesk
) -> None:
    checked = {"status": "verified", "checked": "2026-11-15", **ASKED}
    await fill_in(karin, PAGE, phones="020-555 669", **checked)
    assert (service(desk).phone, service(desk).status) == ("020-555 669", "verified")


async def test_an_import_takes_the_check_from_what_it_changes(
    desk: DeskHouse, karin: AtDesk
) -> None:
    await fill_in(karin, PAGE, f"{PAGE}/verify", **ASKED)
    assert "receptionen" in await about(karin, PAGE)
    names = [name for name in COLUMNS if name not in {"status", "checked_how", "checked_with"}]
    row = to_row(service(desk)) | {"phones": "020-555 669", "checked": "2026-01-02"}
    text = io.StringIO()
    writer = csv.DictWriter(text, names, extrasaction="ignore")
    writer.writeheader()
    writer.writerow(row)
    await upload(karin, text.getvalue().encode())
    await apply(karin)
    assert (service(desk).phone, service(desk).status) == ("020-555 669", "unverified")
    assert await about(karin, PAGE) == "inte kontrollerad uppgift från 2026-01-02"


async def about(karin: AtDesk, page: str) -> str:
    """What stands of the check under the name of an entry."""
    (found,) = re.findall(r'<p class="about">(.*?)</p>', await karin.page(page), re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", found).split())


async def test_the_social_services_of_a_municipality_cannot_be_taken_away(
    desk: DeskHouse, karin: AtDesk
) -> None:
    page = "/desk/directory/service/socialtjansten-1280"
    html = await karin.page(page)
    assert f"{page}/retire" not in html
    (seen,) = fields_of(html, page)["seen"]
    answer = await karin.post(f"{page}/retire", seen=seen)
    assert answer.status_code == 409
    assert "Varje kommun har socialtjänst; rätta posten i stället." in answer.text
    assert (await fill_in(karin, page, status="retired")).status_code == 422
    assert "socialtjansten-1280" not in desk.catalogue.directory.services


@pytest.mark.parametrize("id", ["socialtjansten-1280", "socialtjansten-2180", LINE])
async def test_an_entry_that_is_saved_as_it_stands_has_not_changed(
    desk: DeskHouse, karin: AtDesk, id: str
) -> None:
    page = f"/desk/directory/service/{id}"
    assert (await fill_in(karin, page)).headers["location"] == f"{page}?done=same"
    assert not await desk.catalogue.store.edits()


async def test_an_entry_comes_back_only_where_no_other_took_its_place(
    desk: DeskHouse, karin: AtDesk
) -> None:
    first = f"{PAGE}-2"
    await fill_in(karin, "/desk/directory/new", **NEW)
    await fill_in(karin, first, f"{first}/retire")
    await fill_in(karin, "/desk/directory/new", **NEW)
    for answer in (
        await fill_in(karin, first, f"{first}/restore"),
        await karin.post(f"{CHANGES}/2/undo"),
    ):
        assert answer.status_code == 409
        assert "samma namn, huvudman och platser" in answer.text
    assert service(desk, f"{LINE}-2").status == "retired"
    assert not checking.broken(desk.catalogue.directory, TODAY)


async def test_a_new_entry_gets_an_id_of_its_own(desk: DeskHouse, karin: AtDesk) -> None:
    answer = await fill_in(karin, "/desk/directory/new", **NEW)
    assert answer.headers["location"] == f"{PAGE}-2?done=added"
    assert service(desk, f"{LINE}-2").municipality_codes == ("1280",)
    assert provision_of(desk.catalogue.directory, "1280").kind in {"own", "shared"}


async def test_an_entry_that_is_sent_twice_is_added_once(desk: DeskHouse, karin: AtDesk) -> None:
    await fill_in(karin, "/desk/directory/new", **NEW)
    for again in (NEW, {**NEW, "name": "  VÄLJ att  sluta", "description": "Något annat."}):
        answer = await fill_in(karin, "/desk/directory/new", **again)
        assert answer.status_code == 422
        assert "Det finns redan en post som heter så" in answer.text
        assert f'<a href="{PAGE}-2">Välj att sluta</a>' in answer.text
    assert len(await desk.catalogue.store.edits()) == 1
    await fill_in(karin, f"{PAGE}-2", f"{PAGE}-2/retire")
    answer = await fill_in(karin, "/desk/directory/new", **NEW)
    assert answer.headers["location"] == f"{PAGE}-3?done=added"


async def test_two_that_add_the_same_entry_at_once_add_one(desk: DeskHouse, karin: AtDesk) -> None:
    fields = {**NEW, "csrf": karin.csrf, "status": "unverified"}
    send = (karin.client.post("/desk/directory/new", data=fields) for _ in range(4))
    answers = await asyncio.gather(*send)
    assert sorted(answer.status_code for answer in answers) == [303, 422, 422, 422]
    assert len(await desk.catalogue.store.edits()) == 1


async def test_an_entry_without_a_source_or_an_age_is_not_added(
    desk: DeskHouse, karin: AtDesk
) -> None:
    answer = await fill_in(karin, "/desk/directory/new", **{**NEW, "source": "", "checked": ""})
    assert answer.status_code == 422
    assert 'id="f-source-fault"' in answer.text
    assert 'id="f-checked-fault"' in answer.text
    law: dict[str, str | list[str]] = {**NEW, "source": "", "checked": "", "social_services": "1"}
    assert (await fill_in(karin, "/desk/directory/new", **law)).status_code == 303
    assert checking.broken(desk.catalogue.directory, TODAY) == ()


async def test_an_empty_new_form_says_all_that_is_missing(desk: DeskHouse, karin: AtDesk) -> None:
    answer = await fill_in(karin, "/desk/directory/new")
    assert answer.status_code == 422
    for field in ("name", "operator", "description", "who_for", "source", "checked"):
        assert f'href="#f-{field}"' in answer.text
    assert not await desk.catalogue.store.edits()


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Kriscentrum för män, Örebro", "kriscentrum-for-man-orebro"),
        ("Socialtjänsten 0180", "socialtjansten-0180-2"),
        ("Socialtjänsten 9999", "socialtjansten-9999-2"),
        ("مركز", "post"),
        ("-- / --", "post"),
        ("ö" * 500, "o" * 60),
    ],
)
def test_an_id_is_made_of_the_name(name: str, id: str) -> None:
    assert new_id(name, load()) == id


async def test_made_up_social_services_become_an_entry_with_the_first_edit(
    desk: DeskHouse, karin: AtDesk
) -> None:
    page = "/desk/directory/service/socialtjansten-2584"
    assert "socialtjansten-2584" not in desk.catalogue.directory.services
    await fill_in(karin, page, phones="0980-700 00")
    assert service(desk, "socialtjansten-2584").phone == "0980-700 00"
    await fill_in(karin, page, f"{CHANGES}/1/undo")
    assert "socialtjansten-2584" not in desk.catalogue.directory.services


# A municipality


async def test_provision_is_recorded_and_forgotten_again(desk: DeskHouse, karin: AtDesk) -> None:
    page = "/desk/directory/place/2584"
    answer = await fill_in(
        karin,
        page,
        f"{page}/provision",
        kind="individual_talks",
        source="Samtal med socialtjänsten",
        checked="2026-11-16",
    )
    assert answer.headers["location"] == f"{page}?done=saved"
    assert provision_of(desk.catalogue.directory, "2584").kind == "individual_talks"
    await fill_in(karin, page, f"{page}/provision", forget="1")
    assert "2584" not in desk.catalogue.directory.provisions


async def test_a_switchboard_is_written_down_and_leaves_the_work_list(
    desk: DeskHouse, karin: AtDesk
) -> None:
    await fill_in(
        karin,
        STOCKHOLM,
        f"{STOCKHOLM}/contact",
        phone="08-508 00 000",
        url="https://stockholm.se",
        source="https://stockholm.se",
        as_of="2026",
    )
    contact = desk.catalogue.directory.contacts["0180"]
    assert (contact.phone, contact.url) == ("08-508 00 000", "https://stockholm.se")
    assert STOCKHOLM not in await karin.page("/desk/directory/work?kind=no_contact&county=01")


WRONG_FACTS = (
    ("provision", "kind", ""),
    ("provision", "kind", "mycket"),
    ("provision", "checked", "2027-01-01"),
    ("provision", "checked", "nyss"),
    ("provision", "source", "x" * 10_000),
    ("provision", "source", ""),
    ("provision", "checked", ""),
    ("provision", "as_of", "<b>" * 3),
    ("provision", "as_of", "aug-20"),
    ("contact", "as_of", "i fjol"),
    ("contact", "phone", "växeln"),
    ("contact", "phone", "123 45 67"),
    ("contact", "url", "javascript:alert(1)"),
    ("contact", "url", "https://./"),
    ("contact", "source", ""),
    ("contact", "checked", ""),
    ("contact", "checked", "0001-01-01"),
)


async def test_a_wrong_fact_of_a_municipality_is_named_and_not_kept(
    desk: DeskHouse, karin: AtDesk
) -> None:
    before = desk.catalogue.directory
    for order, field, typed in WRONG_FACTS:
        right = {"kind": "own", "source": "En rapport", "checked": "2026-11-16"}
        called = {"phone": "08-508 00 000", "source": "En rapport", "as_of": "", "checked": ""}
        dated = called if field == "checked" else {**called, "as_of": "2026"}
        given = {**(right if order == "provision" else dated), field: typed}
        answer = await fill_in(karin, STOCKHOLM, f"{STOCKHOLM}/{order}", **given)
        assert answer.status_code == 422
        assert f'id="{order}-{field}-fault"' in answer.text
        shown = fields_of(answer.text, f"{STOCKHOLM}/{order}")[field]
        assert shown == ["" if field == "kind" else typed]
        assert "<b>" not in answer.text
    assert desk.catalogue.directory is before


async def test_an_import_does_not_take_back_what_its_file_does_not_name(
    desk: DeskHouse, karin: AtDesk
) -> None:
    names = ("id", "name", "operator", "who_for", "description")
    row = to_row(service(desk))
    cells = {name: row[name] for name in names} | {"description": "En ny beskrivning."}
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerow(cells)
    await upload(karin, text.getvalue().encode())
    now = service(desk)
    moved = now.model_copy(update={"phones": ("020-555 667",)})
    edit = Edit(now, moved)
    await desk.catalogue.change([edit], who=ANNA, why="edited", at=desk.clock())
    assert (await apply(karin)).status_code == 409
    assert (await apply(karin)).status_code == 303
    after = service(desk)
    assert (after.description, after.phones) == ("En ny beskrivning.", ("020-555 667",))


async def test_a_municipality_that_changed_meanwhile_is_not_overwritten_unseen(
    desk: DeskHouse, karin: AtDesk
) -> None:
    mine = fields_of((await karin.get(STOCKHOLM)).text, f"{STOCKHOLM}/contact")
    await fill_in(karin, STOCKHOLM, f"{STOCKHOLM}/contact", phone="08-508 00 000")
    answer = await karin.client.post(f"{STOCKHOLM}/contact", data={**mine, "phone": "08-123 45 67"})
    assert answer.status_code == 409
    assert "08-508 00 000" in answer.text
    assert desk.catalogue.directory.contacts["0180"].phone == "08-508 00 000"


# The work list and the map


async def test_the_work_list_counts_every_kind_and_leads_to_where_it_is_done(
    desk: DeskHouse, karin: AtDesk
) -> None:
    everything = tasks(desk.catalogue.directory, TODAY)
    for kind in KINDS:
        page = await karin.page(f"/desk/directory/work?kind={kind}")
        mine = [task for task in everything if task.kind == kind]
        assert page.count('class="n"') >= len(KINDS)
        assert f": {len(mine)}</h3>" in page
        for task in mine:
            assert f"/{task.key[1]}" in page


async def test_the_work_list_of_one_county_holds_nothing_of_another(karin: AtDesk) -> None:
    page = await karin.page("/desk/directory/work?kind=no_contact&county=08")
    assert set(re.findall(r"place/(\d\d)\d\d", page)) == {"08"}


async def test_an_odd_filter_shows_the_list(karin: AtDesk) -> None:
    for asked in ("kind=x&county=99", "kind=&county=", "county='; DROP"):
        assert (await karin.get(f"/desk/directory/work?{asked}")).status_code == 200


def legend(page: str) -> list[int]:
    return [int(n) for n in re.findall(r'</span> <span class="n">(\d+)</span></li>', page)]


async def test_the_map_counts_as_coverage_does(desk: DeskHouse, karin: AtDesk) -> None:
    counties = coverage(desk.catalogue.directory)["counties"]
    page = await karin.page("/desk/directory/map")
    kinds = ("own", "shared", "regional", "individual_talks", "unknown")
    assert legend(page) == [sum(county[kind] for county in counties) for kind in kinds]
    assert page.count("<path ") == 290 + 21
    assert "Kiruna: " in page


async def test_the_map_tells_what_was_once_counted_and_of_what_units(karin: AtDesk) -> None:
    page = await karin.page("/desk/directory/map")
    assert "40 av 40 kommuner och stadsdelar hade specialiserad verksamhet (6 av dem" in page
    assert "21 av 33 kommuner hade specialiserad verksamhet (ingen regional" in page


async def test_the_map_of_freshness_follows_what_somebody_checks(
    desk: DeskHouse, karin: AtDesk
) -> None:
    fresh, *_ = legend(await karin.page("/desk/directory/map?view=freshness"))
    wanted = Provision(municipality_code="2584", kind="own", checked=TODAY)
    await desk.catalogue.change([Edit(None, wanted)], who=KARIN, why="edited", at=desk.clock())
    after, *_ = legend(await karin.page("/desk/directory/map?view=freshness"))
    assert after == fresh + 1


async def test_what_was_counted_long_ago_is_told_apart(karin: AtDesk) -> None:
    page = await karin.page("/desk/directory/map")
    assert "Stockholms län 2018: 40 av 40" in page
    assert "Räknades på annat sätt än tabellen." in page


async def test_no_page_is_heavy(karin: AtDesk) -> None:
    for path, _ in DIRECTORY:
        page = await karin.get(path.format(id=LINE, code="0180"))
        assert page.status_code == 200
        assert len(page.content) < 400_000


# Importing


async def test_a_file_shows_what_it_would_change_and_changes_nothing(
    desk: DeskHouse, karin: AtDesk
) -> None:
    new, same = a_full_service(), service(desk, "preventell")
    changed = service(desk).model_copy(update={"phones": ("020-555 667",)})
    answer = await upload(karin, table(new, changed, same))
    assert answer.headers["location"] == IMPORT
    page = await karin.page(IMPORT)
    assert "1 ny post, 1 ändrad, 1 som redan är lika" in page
    assert "020-555 666" in page
    assert not await desk.catalogue.store.edits()


async def test_an_import_is_made_as_a_whole_and_taken_back_as_a_whole(
    desk: DeskHouse, karin: AtDesk
) -> None:
    before = dict(desk.catalogue.directory.services)
    changed = service(desk).model_copy(update={"phones": ("020-555 667",)})
    await upload(karin, table(a_full_service(), changed))
    assert (await apply(karin)).headers["location"] == f"{CHANGES}?done=imported"
    assert service(desk).phone == "020-555 667"
    assert service(desk, "allt-kant") == a_full_service()
    assert "Ångra hela importen" in await karin.page(CHANGES)
    await fill_in(karin, CHANGES, f"{CHANGES}/1/undo")
    assert desk.catalogue.directory.services == before


async def test_a_file_with_faults_lists_them_and_leaves_nothing_waiting(
    desk: DeskHouse, karin: AtDesk
) -> None:
    await upload(karin, table(a_full_service()))
    answer = await upload(karin, table(a_full_service(), municipality_codes="9999"))
    assert answer.status_code == 422
    assert "Rad 2, kolumnen municipality_codes" in answer.text
    assert "Genomför" not in await karin.page(IMPORT)
    assert not await desk.catalogue.store.edits()


async def test_a_file_of_another_kind_is_refused_in_a_sentence(karin: AtDesk) -> None:
    utf16 = "id;namn\nå".encode("utf-16")
    for data in (b"PK\x03\x04zip", utf16, b"\xe5\xe4", b"<html>", b"[", b"[]x"):
        answer = await upload(karin, data)
        assert answer.status_code == 422
        assert "Inget är ändrat." in answer.text


async def test_no_file_is_said(karin: AtDesk) -> None:
    empty = f"""--x
Content-Disposition: form-data; name="csrf"

{karin.csrf}
--x
Content-Disposition: form-data; name="file"; filename=""
Content-Type: application/octet-stream


--x--
"""
    unchosen = await karin.client.post(
        IMPORT,
        content=empty.replace("\n", "\r\n"),
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    for answer in (unchosen, await karin.post(IMPORT)):
        assert answer.status_code == 422
        assert "Välj en fil först." in answer.text


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"", "Filen är tom."), (table(), "Filen har inga rader under rubrikerna.")],
)
async def test_a_file_without_entries_is_said_and_leaves_nothing_waiting(
    karin: AtDesk, data: bytes, said: str
) -> None:
    await upload(karin, table(a_full_service()))
    answer = await upload(karin, data)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Genomför" not in answer.text


async def test_a_file_that_is_too_large_is_refused_in_swedish_with_a_way_back(
    karin: AtDesk,
) -> None:
    for size, status in ((5_100_000, 422), (11_000_000, 413)):
        answer = await upload(karin, b"x" * size)
        assert answer.status_code == status
        assert "högst 5 megabyte" in answer.text
        assert f'href="{IMPORT}"' in answer.text


async def test_an_import_that_somebody_overtook_shows_the_new_difference(
    desk: DeskHouse, karin: AtDesk
) -> None:
    changed = service(desk).model_copy(update={"phones": ("020-555 667",)})
    await upload(karin, table(a_full_service(), changed))
    page = (await karin.get(IMPORT)).text
    await fill_in(karin, PAGE, operator="Någon annan")
    answer = await karin.client.post(f"{IMPORT}/apply", data=fields_of(page, f"{IMPORT}/apply"))
    assert answer.status_code == 409
    assert "Någon annan</del>" in answer.text
    assert "allt-kant" not in desk.catalogue.directory.services
    assert (await apply(karin)).status_code == 303
    assert service(desk).phone == "020-555 667"


async def test_an_import_waits_half_an_hour_and_for_one_person(
    desk: DeskHouse, karin: AtDesk
) -> None:
    await upload(karin, table(a_full_service()))
    fields = fields_of((await karin.get(IMPORT)).text, f"{IMPORT}/apply")
    await desk.staff.add("Disa", "coordinator")
    disa = await desk.person("Disa")
    assert "Genomför" not in await disa.page(IMPORT)
    stolen = await disa.post(f"{IMPORT}/apply", token=fields["token"])
    assert stolen.status_code == 409
    for _ in range(3):
        desk.clock.move(minutes=10)
        await karin.get("/desk/directory")
    assert (await karin.client.post(f"{IMPORT}/apply", data=fields)).status_code == 409
    assert not await desk.catalogue.store.edits()


async def test_only_the_difference_that_was_seen_is_made(desk: DeskHouse, karin: AtDesk) -> None:
    await upload(karin, table(a_full_service()))
    old = fields_of((await karin.get(IMPORT)).text, f"{IMPORT}/apply")
    await upload(karin, table(service(desk).model_copy(update={"operator": "X"})))
    assert (await karin.client.post(f"{IMPORT}/apply", data=old)).status_code == 409
    assert not await desk.catalogue.store.edits()


async def test_an_import_that_is_called_off_is_gone(karin: AtDesk) -> None:
    await upload(karin, table(a_full_service()))
    await fill_in(karin, IMPORT, f"{IMPORT}/cancel")
    assert "Genomför" not in await karin.page(IMPORT)


# What was changed


async def test_a_change_is_undone_once_and_the_undoing_can_be_undone(
    desk: DeskHouse, karin: AtDesk
) -> None:
    await fill_in(karin, PAGE, phones="020-555 667")
    answer = await fill_in(karin, CHANGES, f"{CHANGES}/1/undo")
    assert answer.headers["location"] == f"{PAGE}?done=undone"
    assert service(desk).phone == "020-555 666"
    again = await karin.post(f"{CHANGES}/1/undo")
    assert again.status_code == 409
    assert "ändrats igen" in again.text
    await fill_in(karin, CHANGES, f"{CHANGES}/2/undo")
    assert service(desk).phone == "020-555 667"


async def test_what_was_changed_again_says_that_it_cannot_be_undone(karin: AtDesk) -> None:
    await fill_in(karin, PAGE, phones="020-555 667")
    await fill_in(karin, PAGE, phones="020-555 668")
    page = await karin.page(PAGE)
    assert page.count("Går inte att ångra") == 1
    assert f"{CHANGES}/2/undo" in page


async def test_undoing_what_never_was_changes_nothing(desk: DeskHouse, karin: AtDesk) -> None:
    for batch in ("0", "7", "x", "9" * 30, "-1"):
        assert (await karin.post(f"{CHANGES}/{batch}/undo")).status_code == 404
    assert not await desk.catalogue.store.edits()


async def test_the_latest_changes_come_first_and_the_older_on_the_next_page(
    desk: DeskHouse, karin: AtDesk
) -> None:
    for number in range(30):
        wanted = service(desk).model_copy(update={"operator": f"Huvudman {number}"})
        edit = Edit(service(desk), wanted)
        await desk.catalogue.change([edit], who=KARIN, why="edited", at=desk.clock())
    first = await karin.page(CHANGES)
    assert "Huvudman 29" in first
    assert "Huvudman 3<" not in first
    (older,) = re.findall(r"\?before=\d+", first)
    second = await karin.page(f"{CHANGES}{older}")
    assert "Huvudman 0<" in second
    assert "?before=" not in second


async def test_what_another_process_changed_is_shown(
    desk: DeskHouse, karin: AtDesk, tmp_path: Path
) -> None:
    other = await Catalogue.open(tmp_path / "directory.db", load())
    now = other.directory.services[LINE]
    edit = Edit(now, now.model_copy(update={"operator": "En annan huvudman"}))
    await other.change([edit], who="Kommandot", why="imported", at=desk.clock())
    await other.close()
    shown = fields_of((await karin.get(PAGE)).text, PAGE)
    assert shown["operator"] == ["En annan huvudman"]


# Who may


async def test_the_directory_is_for_coordinators(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    for path, _ in DIRECTORY:
        at = path.format(id=LINE, code="0180")
        assert (await anna.get(at)).status_code == 403
    for path, _ in DIRECTORY_ORDERS:
        at = path.format(id=LINE, code="0180", batch="1")
        assert (await anna.post(at, checked_with="x", checked_how="web")).status_code == 403
    assert (await upload(anna, table(a_full_service()))).status_code == 403
    assert not await desk.catalogue.store.edits()


async def test_counsellors_see_no_way_to_the_directory(desk: DeskHouse, karin: AtDesk) -> None:
    anna = await desk.person(ANNA)
    assert 'href="/desk/directory"' not in await anna.page()
    assert 'href="/desk/directory"' in await karin.page()


async def test_a_forged_form_changes_nothing(desk: DeskHouse, karin: AtDesk) -> None:
    for path, _ in DIRECTORY_ORDERS:
        at = path.format(id=LINE, code="0180", batch="1")
        answer = await karin.client.post(at, data={"csrf": "fel", "checked_how": "web"})
        assert answer.status_code == 403
    forged = {"csrf": "fel"}
    answer = await karin.client.post(IMPORT, data=forged, files={"file": b"id\n"})
    assert answer.status_code == 403
    assert not await desk.catalogue.store.edits()
