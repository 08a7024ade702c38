"""Looking up a place on a small phone, with a keyboard and with the eyes."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from starlette.types import ASGIApp

from tests.bot.browser import PHONE, browser, faults, press, resize, serving, until
from tests.bot.houses import open_house
from tests.bot.visitors import site_of

pytestmark = pytest.mark.browser

COUNTIES = 21

SIZES = ((PHONE, 640), (PHONE, 256))
"""Width and height: a small phone, and a desktop with letters four times as large."""

COVERED = """
const at = document.activeElement.getBoundingClientRect();
const head = document.querySelector('header').getBoundingClientRect().bottom;
const foot = document.querySelector('#composer').getBoundingClientRect().top;
return [document.activeElement.value ?? '', at.top < head - 1, at.bottom > foot + 1];
"""
"""What has the focus, and whether any of it lies behind what is fixed above or below."""

ASK_AGAIN = """
const [words, done] = arguments;
document.querySelector('#choices button').focus();
const met = document.querySelectorAll('.message').length;
fetch('/say', { method: 'POST', body: new URLSearchParams({ text: words, client_id: '7' }) });
const has_answer = () => document.querySelectorAll('.message').length === met + 2;
const settle = () => (has_answer() ? setTimeout(done, 200) : setTimeout(settle, 10));
settle();
"""
"""Say something from elsewhere while a county has the focus, and let what comes be shown."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("lookup")

    @asynccontextmanager
    async def open_site(url: str) -> AsyncIterator[ASGIApp]:
        async with open_house(folder) as house:
            yield site_of(house, url=url)

    with serving(open_site) as served:
        yield f"{served.url}/"


def look_up(driver: Chrome, url: str, place: str, shows: str) -> None:
    driver.get(url)
    press(driver, 'button[value="places"]')
    until(driver, lambda it: "Var bor du" in it.find_element(By.ID, "messages").text)
    driver.find_element(By.ID, "words").send_keys(place, Keys.ENTER)
    until(driver, lambda it: it.find_elements(By.CSS_SELECTOR, shows), shows)


def tabbed(driver: Chrome, *, start: str, back: bool) -> list[tuple[str, bool, bool]]:
    """What has the focus each time that Tab is pressed, on the way through the counties."""
    driver.find_element(By.ID, "words").send_keys("")
    driver.execute_script("document.querySelector(arguments[0]).focus()", start)
    met = []
    for _ in range(COUNTIES + 1):
        keys = ActionChains(driver)
        (keys.key_down(Keys.SHIFT) if back else keys).send_keys(Keys.TAB)
        (keys.key_up(Keys.SHIFT) if back else keys).perform()
        met.append(tuple(driver.execute_script(COVERED)))
    return met


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_county_that_the_keyboard_comes_to_is_never_covered(
    url: str, width: int, height: int
) -> None:
    with browser(width=width) as driver:
        resize(driver, width, height)
        look_up(driver, url, "där jag bor", 'button[value="place:12"]')
        onwards = tabbed(driver, start="#choices", back=False)
        backwards = tabbed(driver, start="#words", back=True)
    for met in (onwards, backwards):
        assert len([value for value, *_ in met if value.startswith("place:")]) == COUNTIES
        assert [value for value, above, below in met if above or below] == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_messages_that_come_do_not_cover_the_county_that_the_keyboard_is_at(
    url: str, width: int, height: int
) -> None:
    with browser(width=width) as driver:
        resize(driver, width, height)
        look_up(driver, url, "där jag bor", 'button[value="place:12"]')
        driver.execute_async_script(ASK_AGAIN, "där jag bor")
        assert driver.execute_script(COVERED) == ["place:10", False, False]


def test_what_is_found_stands_name_by_name_and_more_on_request(url: str) -> None:
    with browser(width=PHONE) as driver:
        look_up(driver, url, "Malmö", 'button[value^="more:"]')
        assert driver.find_elements(By.CSS_SELECTOR, ".words b")[0].text == (
            "Kriscentrum Malmö, Samtalsmottagningen"
        )
        before = len(driver.find_elements(By.CSS_SELECTOR, ".words b"))
        assert before <= 5
        press(driver, 'button[value^="more:"]')
        until(driver, lambda it: len(it.find_elements(By.CSS_SELECTOR, ".words b")) > before)
        assert faults(driver) == []
