"""The page on staffing answers what would happen, from counts as they may be shown."""

import random
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from starlette.types import ASGIApp

from bot.desk.staffing import percent
from flows.staffing import Load, impatient
from tests.bot.browser import (
    PHONE,
    Served,
    browser,
    colours,
    complaints,
    faults,
    resize,
    serving,
    until,
)
from tests.bot.desks import PASSWORD, AtDesk, DeskHouse, open_desk
from tests.cast import ANNA, KARIN

MONDAY_EVENING = range(18, 21)
OPEN_HOURS = [day * 24 + hour for day in (0, 1, 4) for hour in range(9, 16)]
QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3")
"""Those of the year that are closed."""

WEEKS = 39
"""In them."""


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def arrive(
    desk: DeskHouse,
    n: int,
    *,
    hours: list[int],
    kind: str = "arrived",
    within: Sequence[str] = QUARTERS,
) -> None:
    """Count so many in each of these hours, spread over the quarters."""
    for at, quarter in enumerate(within):
        share = n * (at + 1) // len(within) - n * at // len(within)
        await desk.counts.count({(quarter, kind, "web", hour): share for hour in hours})


async def talks(desk: DeskHouse, n: int, **answers: str) -> None:
    """Publish contacts of a closed month."""
    source = random.Random(f"{n} {answers}")  # the same ids again would be the same forms
    record = {"period": "2026-05", "channel": "web", "outcome": "completed", **answers}
    for _ in range(n):
        await desk.house.records.file(source.randbytes(16), record)
    await desk.house.records.publish(
        this_month="2026-11", ids=lambda: source.randbytes(16), shuffle=source.shuffle
    )


async def shown(person: AtDesk, query: str = "") -> str:
    return re.sub(r"\s+", " ", await person.page(f"/desk/staffing{query}"))


def answer_of(page: str) -> str:
    found = re.search(r'<p class="answer">(.*?)</p>', page)
    assert found, "no answer"
    return unescape(found[1])


def field(page: str, name: str) -> str:
    found = re.search(rf'<input id="{name}" name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def rows_of(page: str, table: str) -> list[list[str]]:
    _, _, after = page.partition(f'<caption id="{table}">')
    body = after[after.index("<tbody>") : after.index("</table>")]
    rows = re.findall(r"<tr.*?</tr>", body)
    return [re.findall(r"<t[hd][^>]*>([^<]*)", row) for row in rows]


async def test_monday_evenings_are_answered_in_one_sentence_and_a_table(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await arrive(desk, WEEKS, hours=list(MONDAY_EVENING), kind="knocked")
    asked = "?weekday=0&opens=18:00&closes=21:00&counsellors=2&slots=2&more=1&talk=45&patience=30"
    page = await shown(karin, asked)
    wait = impatient(Load(arrivals=2, slots=4, talk_minutes=45), 30)
    assert round(wait.mean_minutes, 1) == 0.6
    assert answer_of(page) == (
        "Med 2 rådgivare på måndagar kl. 18–21 (4 samtal åt gången) och 2 som hör av sig i "
        "timmen får 6 % vänta, väntan blir i medeltal 0,6 minuter och 2 % ger upp innan någon "
        "svarar."
    )
    rows = rows_of(page, "by-number")
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert rows[1][1:] == ["6 %", "0,6", "2 %", "1,3"]


async def test_those_who_knocked_are_measured_and_the_rest_is_called_an_assumption(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    await arrive(desk, WEEKS, hours=list(MONDAY_EVENING), kind="knocked")
    page = await shown(karin, "?weekday=0&opens=18:00&closes=21:00&more=0,5")
    assert (
        "Mätt 2026 (kvartal 1, 2 och 3): 1 i timmen ville prata den tiden när ni hade stängt."
        in page
    )
    assert "Antaget: 0,5 till i timmen, som inte försöker nu." in page
    assert "1,5 som hör av sig i timmen" in answer_of(page)


async def test_assumptions_are_prefilled_with_what_was_measured(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await arrive(desk, 2 * WEEKS, hours=OPEN_HOURS)
    await talks(desk, 80, role="exposed", wait_minutes="4", talk_minutes="32")
    await talks(desk, 20, outcome="left_queue", wait_minutes="4")
    page = await shown(karin)
    assert field(page, "more") == "1,9"
    assert field(page, "talk") == "32"
    assert field(page, "patience") == f"{(80 * 4 + 20 * 4) // 20}"
    assert "Uppmätt väntan 2026 var 4 minuter, för dem vars väntan är känd." in page
    assert "som om 1 rådgivare alltid var där" in page
    assert "Förifyllt: all väntan 2026 delad på dem som lämnade kön." in page
    late = {"period": "2026-05", "channel": "web", "outcome": "completed", "talk_minutes": "99"}
    await desk.house.records.file(b"0123456789abcdef", late)
    assert field(await shown(karin), "talk") == "45", "not all forms are records yet"


async def test_before_anything_is_measured_the_page_says_so_and_answers(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    page = await shown(karin)
    assert (field(page, "more"), field(page, "talk"), field(page, "patience")) == ("1", "45", "30")
    assert page.count("Inte mätt än.") == 3
    assert "1 som hör av sig i timmen" in answer_of(page)
    assert "för få kontakter" in page


async def test_hours_that_were_open_already_count_those_who_came(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await arrive(desk, 3 * WEEKS, hours=OPEN_HOURS)
    page = await shown(karin, "?weekday=1&opens=10:00&closes=12:00&more=50")
    assert "i timmen hörde av sig den tiden när ni redan hade öppet" in page
    assert "Antaget" not in page
    assert re.search(r"och [23](,\d)? som hör av sig", answer_of(page))
    assert "går inte att lägga ihop rakt av" not in page


async def test_where_part_of_the_time_was_open_it_is_said_that_the_numbers_are_weighted(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    await arrive(desk, 3 * WEEKS, hours=OPEN_HOURS)
    page = await shown(karin, "?weekday=1&opens=12:00&closes=18:00&more=1")
    assert "hörde av sig den tiden" in page
    assert "Antaget: 1 till i timmen" in page
    assert "går inte att lägga ihop rakt av" in page


async def test_too_many_for_the_counsellors_is_said_and_has_an_end_since_people_leave(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    page = await shown(karin, "?counsellors=1&slots=2&more=9&talk=45&patience=30")
    assert "om ingen gav upp skulle kön växa utan gräns" in answer_of(page)
    assert rows_of(page, "by-number")[0][-1] == "växer utan gräns"


def test_none_and_all_are_said_of_nobody_and_everybody_only() -> None:
    shares = (0, 0.001, 0.005, 0.994, 0.997, 1)
    assert [percent(share) for share in shares] == [
        "0 %", "under 1 %", "1 %", "99 %", "över 99 %", "100 %",
    ]  # fmt: skip


@pytest.mark.parametrize("more", ["0", "5e-324", "0.004"])
async def test_nobody_expected_is_said(desk: DeskHouse, more: str) -> None:
    karin = await desk.person(KARIN)
    page = await shown(karin, f"?more={more}")
    assert answer_of(page).startswith("Ingen väntas höra av sig")


async def test_the_week_is_shown_for_open_hours_only_with_swedish_decimals(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    await arrive(desk, 4 * WEEKS, hours=OPEN_HOURS)
    page = await shown(karin, "?counsellors=2&slots=2&talk=45&patience=600")
    assert re.findall(r'abbr title="(\w+)"', page) == ["måndag", "tisdag", "fredag"]
    rows = rows_of(page, "week")
    assert [row[0] for row in rows] == [f"{hour:02}–{hour + 1:02}" for hour in range(8, 16)]
    assert all(re.fullmatch(r"\d+,\d", cell) for cell in rows[-1][1:])


async def test_few_are_taken_together_and_marked(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await arrive(desk, 3 * WEEKS, hours=OPEN_HOURS[2:])
    await arrive(desk, 4, hours=OPEN_HOURS[:2])
    page = await shown(karin)
    rows = {row[0]: row[1:] for row in rows_of(page, "week")}
    assert rows["09–10"][0].endswith("*")
    assert not rows["14–15"][0].endswith("*")


async def test_a_quarter_that_goes_on_counts_for_nothing(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    before = await shown(karin)
    await desk.counts.count({("2026-Q4", "arrived", "web", hour): 99 for hour in OPEN_HOURS})
    assert await shown(karin) == before


async def test_quarters_before_anybody_was_counted_make_no_hour_seem_calmer(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    tuesday_at_ten = 24 + 10
    await arrive(desk, 2 * 13, hours=[tuesday_at_ten], within=["2026-Q3"])
    page = await shown(karin, "?weekday=1&opens=10:00&closes=11:00")
    assert "Mätt 2026 (kvartal 3): 2 i timmen hörde av sig" in page
    assert "ringde 2026 (kvartal 3)." in page


async def test_a_quarter_in_which_nobody_came_is_counted_as_one(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    tuesday_at_ten = 24 + 10
    await arrive(desk, WEEKS, hours=[tuesday_at_ten], within=["2025-Q4"])
    open_tuesdays = WEEKS - 1  # one is a holiday
    await arrive(desk, open_tuesdays, hours=[tuesday_at_ten], within=["2026-Q2"])
    page = await shown(karin, "?year=2026&weekday=1&opens=10:00&closes=11:00")
    assert "Mätt 2026 (kvartal 1, 2 och 3): 1 i timmen hörde av sig" in page


async def test_where_counting_began_it_is_said_that_it_may_have_begun_halfway(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    halfway = "Om den började mitt i kvartalet är talen för låga"
    assert halfway not in await shown(karin)
    await arrive(desk, WEEKS, hours=OPEN_HOURS, within=["2025-Q4", "2026-Q3"])
    assert halfway not in await shown(karin, "?year=2026")
    page = await shown(karin, "?year=2025")
    assert f"I kvartal 4 2025 började räkningen av hur många som hör av sig. {halfway}" in page


async def test_the_last_whole_year_is_shown_unasked(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    for year in (2024, 2025):
        whole = [f"{year}-Q{number}" for number in range(1, 5)]
        await arrive(desk, 360, hours=OPEN_HOURS, within=whole)
    await arrive(desk, 90, hours=OPEN_HOURS)
    assert '<option value="2025" selected>' in await shown(karin)
    assert '<option value="2026" selected>' in await shown(karin, "?year=2026")


async def test_what_makes_no_sense_is_said_and_stays_text_and_nothing_is_answered(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    for query, sentence in (
        ("counsellors=två", "Skriv antalet rådgivare som ett heltal från 1 till 20."),
        ("year=1999", "Välj ett av åren i listan."),
    ):
        response = await karin.get(f"/desk/staffing?{query}&more=%22%3E%3Cscript%3E")
        assert response.status_code == 422
        assert f'<p class="notice" role="alert">{sentence}</p>' in unescape(response.text)
        assert 'class="answer"' not in response.text
        assert "<script" not in response.text
        assert "&#34;&gt;&lt;script&gt;" in response.text


async def test_staffing_is_for_coordinators(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    assert (await anna.get("/desk/staffing")).status_code == 403
    assert "/desk/staffing" not in await anna.page()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Served, str]]:
    """A desk on loopback, and the login of Karin."""
    opened: list[DeskHouse] = []

    @asynccontextmanager
    async def house(url: str) -> AsyncIterator[ASGIApp]:
        async with open_desk(tmp_path, url=url) as desk:
            opened.append(desk)
            yield desk.site

    with serving(house) as at:
        staff = opened[0].staff
        at.do(staff.set_password(KARIN, PASSWORD))
        at.do(arrive(opened[0], 3 * WEEKS, hours=OPEN_HOURS))
        yield at, at.do(staff.begin_session(KARIN, confirmed=True))


def open_page(driver: Chrome, served: tuple[Served, str]) -> None:
    at, token = served
    driver.get(f"{at.url}/desk/login")
    driver.add_cookie({"name": "desk", "value": token, "path": "/"})
    driver.get(f"{at.url}/desk/staffing")


@pytest.mark.browser
def test_a_question_is_asked_by_keyboard_without_scripts_on_a_small_screen(
    served: tuple[Served, str],
) -> None:
    with browser(javascript=False, width=PHONE) as driver:
        open_page(driver, served)
        counsellors = driver.find_element(By.NAME, "counsellors")
        counsellors.clear()
        counsellors.send_keys("3", Keys.ENTER)
        until(driver, lambda _: "Med 3 rådgivare på måndagar" in driver.page_source)


@pytest.mark.browser
def test_the_page_is_for_everybody_small_and_wide_in_light_and_dark(
    served: tuple[Served, str],
) -> None:
    with browser() as driver:
        open_page(driver, served)
        for width, dark in ((1280, False), (PHONE, True)):
            resize(driver, width)
            colours(driver, dark=dark)
            assert faults(driver) == []
            wider = "return document.documentElement.scrollWidth - innerWidth"
            assert driver.execute_script(wider) <= 0
            cut = "return arguments[0].scrollWidth - arguments[0].clientWidth"
            answer = driver.find_element(By.CSS_SELECTOR, "[aria-labelledby=by-number]")
            assert driver.execute_script(cut, answer) <= 0
        assert complaints(driver) == []
