"""The directory at the desk in a real browser. Its pages have no scripts."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from starlette.types import ASGIApp

from directory.models import Service
from tests.bot.browser import (
    DESKTOP,
    Served,
    browser,
    colours,
    complaints,
    faults,
    hosts_asked,
    new_page,
    resize,
    serving,
    until,
)
from tests.bot.desks import PASSWORD, DeskHouse, open_desk
from tests.bot.test_desk_directory import LINE, table
from tests.cast import KARIN
from tests.directory.entries import a_full_service

pytestmark = pytest.mark.browser

SMALL = 390
NARROW = 360
LISTS = ("", "?find=stockholm", "/new", "/work", "/work?kind=no_contact", "/map", "/changes")
VIEWS = ("/map?view=freshness", "/place/0180", "/service/socialtjansten-2584", "/import")


@dataclass(slots=True)
class Screen:
    """A browser in which Karin is logged in, and the house behind it."""

    driver: Chrome
    served: Served
    desk: DeskHouse

    def open(self, path: str) -> None:
        self.driver.get(f"{self.served.url}/desk/directory{path}")

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def press(self, selector: str) -> None:
        """Press a button and wait for the page that comes of it."""
        with new_page(self.driver):
            self.one(selector).click()

    def fill_in(self, selector: str, words: str) -> None:
        box = self.one(selector)
        box.clear()
        box.send_keys(words)

    @property
    def text(self) -> str:
        return self.one("main").text

    def service(self) -> Service:
        return self.desk.catalogue.directory.services[LINE]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    opened: list[DeskHouse] = []
    with serving(_house(tmp_path, opened)) as served, browser() as driver:
        desk = opened[0]
        served.do(desk.staff.set_password(KARIN, PASSWORD))
        token = served.do(desk.staff.begin_session(KARIN, confirmed=True))
        driver.get(f"{served.url}/desk/login")
        driver.add_cookie({"name": "desk", "value": token, "path": "/"})
        yield Screen(driver, served, desk)


def _house(
    folder: Path, opened: list[DeskHouse]
) -> Callable[[str], AbstractAsyncContextManager[ASGIApp]]:
    @asynccontextmanager
    async def house(url: str) -> AsyncIterator[ASGIApp]:
        async with open_desk(folder, url=url) as desk:
            opened.append(desk)
            yield desk.site

    return house


def _wrong(screen: Screen) -> list[str]:
    """What axe finds on the page that is open, small and wide, in light and in dark."""
    found = []
    for width, dark in product((SMALL, DESKTOP), (False, True)):
        resize(screen.driver, width, 900)
        colours(screen.driver, dark=dark)
        where = f"{screen.driver.current_url} {width} dark={dark}"
        found += [f"{where}: {fault}" for fault in faults(screen.driver)]
        wider = "return document.documentElement.scrollWidth - innerWidth"
        if screen.driver.execute_script(wider) > 0:
            found.append(f"{where}: scrolls sideways")
    return found


def test_axe_finds_nothing_on_any_page(screen: Screen) -> None:
    found = []
    for path in (*LISTS, *VIEWS):
        screen.open(path)
        found += _wrong(screen)
    assert found == []
    assert complaints(screen.driver) == []
    assert hosts_asked(screen.driver) <= {"127.0.0.1"}


def test_axe_finds_nothing_where_something_went_wrong(screen: Screen, tmp_path: Path) -> None:
    screen.open(f"/service/{LINE}")
    screen.fill_in("#f-phones", "ring mig")
    screen.press(".record .filing .main")
    found = _wrong(screen)
    screen.open(f"/service/{LINE}")
    screen.press(".check .main")
    found += _wrong(screen)
    screen.open("/place/0180")
    screen.press("#provision .main")
    found += _wrong(screen)
    found += _wrong(_overtaken(screen))
    for name, data in (("fel.csv", b"id\nx"), ("ratt.csv", _file(screen))):
        (tmp_path / name).write_bytes(data)
        screen.open("/import")
        screen.one("#file").send_keys(str(tmp_path / name))
        screen.press("form[enctype] button")
        found += _wrong(screen)
    screen.press("form[action$=apply] .main")
    found += _wrong(screen)
    assert found == []


def _overtaken(screen: Screen) -> Screen:
    """Save a form that another tab has overtaken."""
    mine = screen.driver.current_window_handle
    screen.open(f"/service/{LINE}")
    screen.driver.switch_to.new_window("tab")
    screen.open(f"/service/{LINE}")
    screen.fill_in("#f-operator", "Någon annan")
    screen.press(".record .filing .main")
    screen.driver.close()
    screen.driver.switch_to.window(mine)
    screen.fill_in("#f-phones", "020-555 667")
    screen.press(".record .filing .main")
    assert "Det här skiljer" in screen.text
    return screen


def _file(screen: Screen) -> bytes:
    changed = screen.service().model_copy(update={"phones": ("020-555 668",)})
    return table(a_full_service(), changed)


def test_an_entry_is_found_checked_edited_and_taken_back(screen: Screen) -> None:
    hours = screen.service().hours
    screen.open("")
    with new_page(screen.driver):
        screen.one("#find").send_keys("valj att sluta" + Keys.ENTER)
    screen.press(".hits a")
    screen.one("#v-with").send_keys("receptionen")
    screen.one(".check [value=phone]").click()
    screen.press(".check .main")
    assert "Kontrollen är sparad." in screen.text
    assert screen.service().status == "verified"
    screen.fill_in("#f-hours", "Mo-Fr 09:00-15:00")
    screen.press(".record .filing .main")
    assert "mån–fre 09–15" in screen.text
    screen.press(".past form button")
    assert "Ångrat." in screen.text
    assert screen.service().hours == hours


def test_a_number_in_the_legend_stays_on_one_line(screen: Screen) -> None:
    resize(screen.driver, NARROW, 900)
    for view in ("", "?view=freshness"):
        screen.open(f"/map{view}")
        lines = "return [...document.querySelectorAll('.legend .n')].map(rows)"
        rows = """
            const rows = (each) => {
                const range = document.createRange();
                range.selectNodeContents(each);
                return range.getClientRects().length;
            };
        """
        assert set(screen.driver.execute_script(rows + lines)) == {1}


def test_the_provision_of_every_county_fits_the_smallest_phone(screen: Screen) -> None:
    resize(screen.driver, 320, 900)
    screen.open("/map")
    table = (
        "const box = document.querySelector('.scroll'); return box.scrollWidth - box.clientWidth"
    )
    assert screen.driver.execute_script(table) == 0


def classes(element: WebElement) -> list[str]:
    return (element.get_attribute("class") or "").split()


def test_what_is_wrong_with_an_entry_is_where_the_keyboard_is(screen: Screen) -> None:
    screen.open(f"/service/{LINE}")
    screen.fill_in("#f-phones", "x")
    screen.press("form.record .filing button")
    until(screen.driver, lambda d: "faults" in classes(d.switch_to.active_element))
    assert "Rätta det här" in screen.driver.switch_to.active_element.text


def test_a_browser_shows_why_a_file_is_too_large(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "stor.csv").write_bytes(b"x" * 12_000_000)
    screen.open("/import")
    screen.one("#file").send_keys(str(tmp_path / "stor.csv"))
    screen.press("form[enctype] button")
    assert "högst 5 megabyte" in screen.text
    assert _wrong(screen) == []
    screen.press("main a")
    assert "Välj en fil" in screen.text


def test_the_work_list_leads_to_where_the_work_is_done(screen: Screen) -> None:
    screen.open("/work?kind=unknown_provision")
    Select(screen.one("#county")).select_by_value("25")
    screen.press(".span button")
    before = screen.one(".kinds [aria-current] .n").text
    screen.press(".group a")
    Select(screen.one("#provision-kind")).select_by_value("individual_talks")
    screen.fill_in("#provision-source", "Samtal med socialtjänsten")
    screen.fill_in("#provision-as_of", "hösten 2026")
    screen.press("#provision .main")
    assert "Sparat." in screen.text
    screen.open("/work?kind=unknown_provision&county=25")
    assert int(screen.one(".kinds [aria-current] .n").text) == int(before) - 1


def test_the_keyboard_skips_to_the_content_and_finds_every_way(screen: Screen) -> None:
    screen.open("/work")
    screen.one("body").send_keys(Keys.TAB)
    skip = screen.driver.switch_to.active_element
    assert skip.text == "Till innehållet"
    skip.send_keys(Keys.ENTER)
    content = screen.one("#content")
    until(screen.driver, lambda d: d.switch_to.active_element == content)
    ways = [each.text for each in screen.driver.find_elements(By.CSS_SELECTOR, ".rooms a")]
    assert ways == ["Sök", "Arbetslista", "Karta", "Ny post", "Importera", "Ändringar"]
