import csv
import io
import json
import random
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import openpyxl
import pyotp
import pyreadstat
import pytest

from bot.desk.evaluation_page import PATH
from bot.desk.guesses import FREE
from tests.bot.desks import PASSWORD, AtDesk, DeskHouse, open_desk
from tests.cast import KARIN

MARIA = "Maria"
"""Another coordinator."""

RECORDS = 40

TEXTS = (".csv", ".json", ".md", ".txt")

AGE_WORDS = {"18-34": "18–34 år", "35-54": "35–54 år", "55+": "55 år eller äldre"}


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        await opened.staff.add(MARIA, "coordinator")
        yield opened


@pytest.fixture
async def karin(desk: DeskHouse) -> AtDesk:
    await publish(desk)
    return await desk.person(KARIN)


@pytest.fixture
async def maria(desk: DeskHouse) -> AtDesk:
    return await desk.person(MARIA)


async def publish(desk: DeskHouse) -> None:
    chance = random.Random(1)
    records = [
        {
            "period": "2026-09",
            "channel": "web",
            "outcome": "completed",
            "role": "exposed",
            "age": f"{20 + number}",
            "municipality": "0180",
            "county": "01",
            "referred_service": "preventell",
            "note": f"Anteckning {number}",
        }
        for number in range(RECORDS)
    ]
    await desk.house.records.import_records(
        records, ids=lambda: chance.randbytes(16), digest=chance.randbytes(32)
    )


async def ask(person: AtDesk, **changed: str) -> httpx.Response:
    fields = {
        "from": "2026-07",
        "to": "2026-09",
        "purpose": "Utvärdering av linjen",
        "receiver": "Socialstyrelsen",
        "password": PASSWORD,
        **changed,
    }
    return await person.post(PATH, **fields)


async def approve(person: AtDesk, password: str = PASSWORD, seen: str = "") -> httpx.Response:
    """Say yes to what stands on the page now, or to what stood there before."""
    seen = seen or await on_the_page(person)
    return await person.post(f"{PATH}/1/approve", password=password, seen=seen)


async def on_the_page(person: AtDesk) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', await person.page(PATH))
    return found[1] if found else ""


async def one_more(desk: DeskHouse, period: str = "2026-09") -> None:
    """Import one more record."""
    record = {"period": period, "channel": "web", "outcome": "completed", "role": "exposed"}
    chance = random.Random(period)
    await desk.house.records.import_records(
        [record], ids=lambda: chance.randbytes(16), digest=chance.randbytes(32)
    )


async def fetch(person: AtDesk, password: str = PASSWORD) -> httpx.Response:
    return await person.post(f"{PATH}/1/fetch", password=password)


def unpacked(answer: httpx.Response) -> dict[str, bytes]:
    package = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: package.read(name) for name in package.namelist()}


async def acts(desk: DeskHouse) -> list[tuple[str, str]]:
    """Everything that the log holds: what was done and by whom."""
    requests = await desk.releases.requests()
    return [(step.act, step.who) for request in requests for step in request.steps]


async def test_what_one_asks_for_and_another_approves_can_be_fetched(
    desk: DeskHouse, karin: AtDesk, maria: AtDesk
) -> None:
    assert (await ask(karin)).status_code == 303
    assert (await approve(maria)).status_code == 303
    answer = await fetch(karin)
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    assert await acts(desk) == [("asked", KARIN), ("approved", MARIA), ("fetched", KARIN)]


async def test_the_file_holds_coarse_records_and_says_how_anonymous_they_are(
    karin: AtDesk, maria: AtDesk
) -> None:
    await ask(karin)
    await approve(maria)
    files = unpacked(await fetch(karin))
    texts = {name: data.decode() for name, data in files.items() if name.endswith(TEXTS)}
    rows = list(csv.DictReader(io.StringIO(texts["records.csv"]), delimiter=";"))
    assert len(rows) == RECORDS
    assert {row["age"] for row in rows} == {"18-34", "35-54", "55+"}
    assert {row["county"] for row in rows} == {"01"}
    secrets = ("Anteckning", "0180", "preventell")
    assert not [word for word in secrets if word in texts["records.csv"]]
    assert not {"note", "municipality", "referred_service"} & rows[0].keys()
    assert "Socialstyrelsen" in texts["k-anonymity.txt"]
    assert json.loads(texts["k-anonymity.json"])[0]["records"] == RECORDS
    fields = json.loads(texts["datapackage.json"])["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows[0])
    assert "18–34 år" in texts["codebook.md"]


async def test_the_file_holds_the_same_for_spreadsheets_and_statistical_programs(
    karin: AtDesk, maria: AtDesk, tmp_path: Path
) -> None:
    await ask(karin)
    await approve(maria)
    files = unpacked(await fetch(karin))
    book = openpyxl.load_workbook(io.BytesIO(files["records.xlsx"]))
    head, *rows = book["Kontakter"].iter_rows(values_only=True)
    table = list(csv.DictReader(io.StringIO(files["records.csv"].decode()), delimiter=";"))
    ages = [row["age"] for row in table]
    assert [row[head.index("age")] for row in rows] == ages
    assert ("age", "18–34 år") in {(row[0], row[3]) for row in book["Kodbok"].values}
    assert files["records.csv"].startswith(b'"period";')
    for name, read in (("records.sav", pyreadstat.read_sav), ("records.dta", pyreadstat.read_dta)):
        (tmp_path / name).write_bytes(files[name])
        frame, told = read(tmp_path / name)
        words = told.variable_value_labels["age"]
        assert [words[number] for number in frame["age"]] == [AGE_WORDS[age] for age in ages]
        assert not [column for column in frame if column.startswith(("note", "municipality"))]


async def test_the_months_of_a_report_are_offered_first(karin: AtDesk) -> None:
    page = await karin.page(PATH)
    assert '<option value="2026-09" selected>' in page.split('name="to"')[1]


async def test_the_page_says_what_is_left_after_each_time(karin: AtDesk, maria: AtDesk) -> None:
    await ask(karin)
    await approve(maria)
    for left in ("3 gånger", "2 gånger", "1 gång"):
        page = await karin.page(PATH)
        assert f"När sidan visades var det {left} kvar." in page
        assert f'<a href="{PATH}">Visa sidan igen</a>' in page
        await fetch(karin)
    assert "Visa sidan igen" not in await karin.page(PATH)


async def test_nobody_answers_their_own_request(desk: DeskHouse, karin: AtDesk) -> None:
    await ask(karin)
    for order in ("approve", "decline"):
        answer = await karin.post(f"{PATH}/1/{order}", password=PASSWORD)
        assert answer.status_code == 409
        assert "Du kan inte svara på din egen begäran." in answer.text
    assert await acts(desk) == [("asked", KARIN)]
    assert f"{PATH}/1/approve" not in await karin.page(PATH)


async def test_what_somebody_asked_for_who_has_left_is_not_approved(
    desk: DeskHouse, karin: AtDesk, maria: AtDesk
) -> None:
    await ask(karin)
    await desk.staff.disable(KARIN)
    assert (await approve(maria)).status_code == 409
    assert await acts(desk) == [("asked", KARIN)]


async def test_only_the_one_who_asked_fetches(
    desk: DeskHouse, karin: AtDesk, maria: AtDesk
) -> None:
    await ask(karin)
    await approve(maria)
    assert (await fetch(maria)).status_code == 409
    assert ("fetched", MARIA) not in await acts(desk)


async def test_without_a_yes_nothing_is_fetched(karin: AtDesk, maria: AtDesk) -> None:
    await ask(karin)
    answers = [await fetch(karin)]
    assert (await maria.post(f"{PATH}/1/decline")).status_code == 303
    answers.append(await fetch(karin))
    for answer in answers:
        assert answer.status_code == 409
        assert "Begäran är inte godkänd." in answer.text


async def test_a_week_after_the_yes_it_is_too_late(
    desk: DeskHouse, karin: AtDesk, maria: AtDesk
) -> None:
    await ask(karin)
    await approve(maria)
    desk.clock.move(days=7, seconds=1)
    late = await desk.person(KARIN)
    assert (await fetch(late)).status_code == 409
    assert "för gammal" in await late.page(PATH)


async def test_what_is_fetched_is_what_was_approved_or_nothing(
    desk: DeskHouse, karin: AtDesk, maria: AtDesk
) -> None:
    await ask(karin)
    await approve(maria)
    await one_more(desk, "2026-06")
    assert (await fetch(karin)).status_code == 200
    await one_more(desk)
    answer = await fetch(karin)
    assert answer.status_code == 409
    changed = "Kontakterna under de månaderna har ändrats sedan godkännandet."
    assert f'role="alert">{changed}' in answer.text
    page = await karin.page(PATH)
    assert changed in page
    assert f"{PATH}/1/fetch" not in page
    assert [act for act, _ in await acts(desk)] == ["asked", "approved", "fetched"]


async def test_what_is_approved_is_what_was_seen(
    desk: DeskHouse, karin: AtDesk, maria: AtDesk
) -> None:
    await ask(karin)
    seen = await on_the_page(maria)
    await one_more(desk)
    answer = await approve(maria, seen=seen)
    assert answer.status_code == 409
    assert "Kontakterna har ändrats sedan sidan visades." in answer.text
    assert await acts(desk) == [("asked", KARIN)]
    assert (await approve(maria)).status_code == 303


async def test_who_asked_takes_the_request_back_and_nobody_else_does(
    karin: AtDesk, maria: AtDesk
) -> None:
    await ask(karin)
    assert f"{PATH}/1/withdraw" not in await maria.page(PATH)
    assert (await maria.post(f"{PATH}/1/withdraw")).status_code == 409
    await approve(maria)
    assert f"{PATH}/1/withdraw" in await karin.page(PATH)
    assert (await karin.post(f"{PATH}/1/withdraw")).status_code == 303
    for answer in (await fetch(karin), await approve(maria)):
        assert answer.status_code == 409
        assert "Begäran är återtagen." in answer.text
    assert "Karin tog tillbaka begäran" in await maria.page(PATH)
    assert (await karin.post(f"{PATH}/1/withdraw")).status_code == 409


async def test_a_request_that_nobody_answers_lapses_after_thirty_days(
    desk: DeskHouse, karin: AtDesk
) -> None:
    await ask(karin)
    desk.clock.move(days=30)
    maria = await desk.person(MARIA)
    assert "väntar på svar" in await maria.page(PATH)
    seen = await on_the_page(maria)
    desk.clock.move(seconds=1)
    assert "fick inget svar i tid" in await maria.page(PATH)
    answer = await approve(maria, seen=seen)
    assert answer.status_code == 409
    assert "Begäran har väntat mer än 30 dagar på svar" in answer.text
    assert await acts(desk) == [("asked", KARIN)]


async def test_it_is_fetched_three_times_and_no_more(karin: AtDesk, maria: AtDesk) -> None:
    await ask(karin)
    await approve(maria)
    assert [(await fetch(karin)).status_code for _ in range(4)] == [200, 200, 200, 409]


async def test_every_step_that_lets_something_out_asks_for_the_password_again(
    desk: DeskHouse, karin: AtDesk, maria: AtDesk
) -> None:
    wrong = "ett annat långt lösenord"
    assert (await ask(karin, password=wrong)).status_code == 403
    assert await acts(desk) == []
    await ask(karin)
    assert (await approve(maria, wrong)).status_code == 403
    assert await acts(desk) == [("asked", KARIN)]
    await approve(maria)
    answer = await fetch(karin, wrong)
    assert answer.status_code == 403
    assert "Lösenordet stämmer inte." in answer.text
    assert len(await acts(desk)) == 2


async def test_who_has_a_second_factor_gives_it_too_and_no_code_serves_twice(
    desk: DeskHouse, karin: AtDesk
) -> None:
    secret = await desk.staff.totp_secret(KARIN, pyotp.random_base32())
    await desk.staff.use_totp_step(KARIN, 1)
    code = pyotp.TOTP(secret).at(desk.clock())
    assert "Koden i din app" in await karin.page(PATH)
    assert (await ask(karin)).status_code == 403
    assert (await ask(karin, code=code)).status_code == 303
    assert (await ask(karin, code=code)).status_code == 403


async def test_guessing_here_is_slow_and_keeps_nobody_from_logging_in(
    desk: DeskHouse, karin: AtDesk
) -> None:
    answers = [await ask(karin, password="fel") for _ in range(FREE + 1)]
    assert [answer.status_code for answer in answers] == [403] * FREE + [429]
    assert answers[-1].headers["retry-after"] == "6"
    async with desk.client() as stranger:
        await stranger.get("/desk/login")
        fields = {"name": KARIN, "secret": PASSWORD, "csrf": stranger.cookies["desk-door"]}
        assert (await stranger.post("/desk/login", data=fields)).status_code == 303


async def test_what_was_written_stays_on_the_page_but_not_the_password(karin: AtDesk) -> None:
    answer = await ask(karin, password="ett annat långt lösenord")
    assert 'value="Socialstyrelsen"' in answer.text
    assert "ett annat långt lösenord" not in answer.text


async def test_a_request_that_makes_no_sense_is_refused_in_one_sentence(
    desk: DeskHouse, karin: AtDesk
) -> None:
    senseless: tuple[tuple[dict[str, str], str], ...] = (
        ({"purpose": " "}, "Skriv vad uppgifterna ska användas till och vem som ska få dem."),
        ({"receiver": "x" * 201}, "Skriv kortare"),
        ({"from": "2026-09", "to": "2026-07"}, "ska inte komma efter"),
        ({"to": "2026-11"}, "Välj en första och en sista månad ur listorna."),
        ({"to": "x"}, "Välj en första och en sista månad ur listorna."),
        ({"from": "2026-10", "to": "2026-10"}, "Det finns inga kontakter under de månaderna."),
    )
    for changed, sentence in senseless:
        answer = await ask(karin, **changed)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert await acts(desk) == []


async def test_a_request_that_is_not_there_is_said(karin: AtDesk) -> None:
    for number in ("2", "0", "x", "9" * 30):
        for order in ("approve", "decline", "withdraw", "fetch"):
            answer = await karin.post(f"{PATH}/{number}/{order}", password=PASSWORD)
            assert answer.status_code == 404, (number, order)


async def test_who_approves_sees_how_easily_somebody_is_recognised(
    karin: AtDesk, maria: AtDesk
) -> None:
    await ask(karin)
    page = await maria.page(PATH)
    assert "Utvärdering av linjen" in page
    assert "Hur lätt någon kan kännas igen" in page
    assert '<th scope="row">Län</th><td class="count">40</td><td class="count">0</td>' in page


async def test_two_requests_for_the_same_months_are_each_told_how_anonymous_they_are(
    karin: AtDesk, maria: AtDesk
) -> None:
    await ask(karin)
    await ask(karin)
    page = await maria.page(PATH)
    assert page.count("<summary>Hur lätt någon kan kännas igen") == 2


async def test_every_step_stands_on_the_page(desk: DeskHouse, karin: AtDesk, maria: AtDesk) -> None:
    await ask(karin)
    desk.clock.move(minutes=8)
    await approve(maria)
    await fetch(karin)
    page = await maria.page(PATH)
    for words in ("Karin begärde uppgifterna", "Maria godkände", "Karin hämtade uppgifterna"):
        assert words in page
    assert "2026-11-16 kl. 10.08" in page
