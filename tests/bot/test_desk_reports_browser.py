"""The reports at the desk in a real browser, and the file that is made of one. No scripts."""

import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select
from starlette.types import ASGIApp

from bot.reports.page import Context, html
from tests.bot.browser import (
    DESKTOP,
    PHONE,
    Served,
    browser,
    colours,
    complaints,
    faults,
    hosts_asked,
    new_page,
    resize,
    serving,
)
from tests.bot.desks import PASSWORD, DeskHouse, contact_form, open_desk
from tests.cast import KARIN
from tests.flows.made_reports import spring_to_autumn_2021

pytestmark = pytest.mark.browser

QUARTER = "from=2025-01&to=2025-03"
WIDER = "return document.documentElement.scrollWidth - innerWidth"


@dataclass(slots=True)
class Screen:
    """A browser in which Karin is logged in, at a house with some invented records."""

    driver: Chrome
    served: Served

    def open(self, path: str) -> None:
        self.driver.get(f"{self.served.url}/desk/reports{path}")

    def wrong(self, *, width: int, dark: bool) -> list[str]:
        """What axe finds on the page that is open."""
        resize(self.driver, width, 900)
        colours(self.driver, dark=dark)
        found = faults(self.driver)
        is_wider = self.driver.execute_script(WIDER) > 0
        where = f"{self.driver.current_url} {width}"
        return [f"{where}: {each}" for each in (*found, *["scrolls sideways"] * is_wider)]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    opened: list[DeskHouse] = []

    @asynccontextmanager
    async def house(url: str) -> AsyncIterator[ASGIApp]:
        async with open_desk(tmp_path, url=url) as desk:
            opened.append(desk)
            yield desk.site

    with serving(house) as served, browser() as driver:
        desk = opened[0]
        served.do(_fill(desk))
        served.do(desk.staff.set_password(KARIN, PASSWORD))
        token = served.do(desk.staff.begin_session(KARIN, confirmed=True))
        driver.get(f"{served.url}/desk/login")
        driver.add_cookie({"name": "desk", "value": token, "path": "/"})
        yield Screen(driver, served)


async def _fill(desk: DeskHouse) -> None:
    """Two months in which some questions have answers: axe takes long over many tables."""
    person = {"outcome": "completed", "county": "01", "violence": "psychological|physical"}
    some = [
        *[{"channel": "web", "role": "uses_violence", "gender": "man"}] * 40,
        *[{"channel": "phone", "role": "exposed", "gender": "woman"}] * 30,
        *[{"channel": "phone", "role": "relative", "gender": "woman"}] * 10,
    ]
    records = [
        {"period": month, "age": f"{20 + n % 40}", **person, **each}
        for month in ("2025-02", "2025-03")
        for n, each in enumerate(some)
    ]
    source = random.Random(5)
    await desk.house.records.import_invented(records, ids=lambda: source.randbytes(16))
    nine_to_ten = {("2025-Q1", "arrived", "web", hour): 12 for hour in (9, 10, 33, 34)}
    await desk.counts.count(nine_to_ten)
    await desk.catalogue.store.count_lookups({("2025-03", "01"): 30, ("2025-03", "12"): 12})


def test_axe_finds_nothing_in_a_report_at_the_desk_or_in_its_file(
    screen: Screen, tmp_path: Path
) -> None:
    screen.open(f"?{QUARTER}")
    found = screen.wrong(width=PHONE, dark=False) + screen.wrong(width=DESKTOP, dark=True)
    made = html(spring_to_autumn_2021(), Context(form=contact_form(), line="Välj att sluta"))
    (tmp_path / "rapport.html").write_text(made, encoding="utf-8")
    screen.driver.get(f"file://{tmp_path}/rapport.html")
    found += screen.wrong(width=PHONE, dark=False)
    assert found == []
    assert complaints(screen.driver) == []
    assert hosts_asked(screen.driver) <= {"127.0.0.1"}


def test_a_report_is_chosen_with_the_keyboard(screen: Screen) -> None:
    screen.open(f"?{QUARTER}")
    chosen = screen.driver.find_element(By.ID, "group")
    Select(chosen).select_by_value("exposed")
    with new_page(screen.driver):
        chosen.send_keys(Keys.TAB + Keys.ENTER)
    assert "group=exposed" in screen.driver.current_url
    assert screen.driver.find_element(By.ID, "r-group").text == "Är utsatt för våld"


HOW_IT_WENT = """
    return [...document.querySelectorAll('.alike tbody tr')].map(row => {
      const how = row.lastElementChild.getBoundingClientRect();
      const above = row.firstElementChild.getBoundingClientRect();
      return how.right <= innerWidth && how.top >= above.bottom - 1;
    })
"""


def test_on_a_phone_how_contacts_went_stands_under_their_row_and_is_not_cut_off(
    screen: Screen,
) -> None:
    screen.open(f"/rows?{QUARTER}")
    assert screen.wrong(width=PHONE, dark=True) == []
    rows = screen.driver.execute_script(HOW_IT_WENT)
    assert rows
    assert all(rows)
    hidden = (
        "return [...document.querySelectorAll('.scroll')].some(e => e.scrollWidth > e.clientWidth)"
    )
    assert not screen.driver.execute_script(hidden)


def test_the_caption_of_a_wide_table_does_not_scroll_away_with_it(screen: Screen) -> None:
    screen.open(f"?{QUARTER}")
    resize(screen.driver, PHONE, 900)
    for table in screen.driver.find_elements(By.CSS_SELECTOR, ".report .scroll table"):
        named = screen.driver.find_element(By.ID, table.get_attribute("aria-labelledby") or "")
        assert named.is_displayed()
        assert not screen.driver.execute_script(
            "return arguments[0].closest('.scroll') !== null", named
        )


def test_on_paper_there_is_the_report_and_nothing_to_press(screen: Screen) -> None:
    for path in (f"?{QUARTER}", f"/rows?{QUARTER}"):
        screen.open(path)
        screen.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        pressed = screen.driver.find_elements(By.CSS_SELECTOR, "header.top, nav, form, button")
        assert [each.text for each in pressed if each.is_displayed()] == []
        assert "2025" in screen.driver.find_element(By.TAG_NAME, "main").text
        screen.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
