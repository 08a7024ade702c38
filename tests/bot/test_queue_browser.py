"""Waiting in the queue on a small phone."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from starlette.types import ASGIApp

from tests.bot.browser import browser, press, resize, serving, until
from tests.bot.houses import open_house
from tests.bot.visitors import site_of
from tests.cast import ANNA

pytestmark = pytest.mark.browser

SIZE = (360, 740)

SEEN = """
const head = document.querySelector('header').getBoundingClientRect().bottom;
const foot = document.querySelector('#composer').getBoundingClientRect().top;
const asked = document.querySelector('#messages').lastElementChild.getBoundingClientRect();
const skip = document.querySelector('button[value="skip"]').getBoundingClientRect();
return asked.top >= head - 1 && skip.bottom <= foot + 1;
"""
"""Whether the question and the last of its answers stand between what is fixed."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("queue")

    @asynccontextmanager
    async def open_site(url: str) -> AsyncIterator[ASGIApp]:
        async with open_house(folder) as house:
            house.present(ANNA)
            yield site_of(house, url=url)

    with serving(open_site) as served:
        yield f"{served.url}/"


def test_a_question_in_the_queue_is_seen_with_its_answers(url: str) -> None:
    with browser(width=SIZE[0]) as driver:
        resize(driver, *SIZE)
        driver.get(url)
        press(driver, 'button[value="talk"]')
        press(driver, 'button[value="yes"]')
        until(driver, lambda it: it.execute_script(SEEN), "the first question")
        say(driver, "utsatt")
        until(driver, lambda it: "Vilken kommun" in it.find_element(By.ID, "messages").text)
        until(driver, lambda it: it.execute_script(SEEN), "the second question")


def say(driver: Chrome, text: str) -> None:
    driver.find_element(By.ID, "words").send_keys(text, Keys.ENTER)
