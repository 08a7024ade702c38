"""The page about help in a municipality, as a browser shows it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.channels.web import visitor_routes
from bot.pages import Guard
from bot.public.routes import public_routes
from directory.load import load
from directory.models import Address, Service
from tests.bot.browser import (
    DESKTOP,
    PHONE,
    Served,
    browser,
    complaints,
    faults,
    hosts_asked,
    new_page,
    serving,
    until,
)
from tests.bot.houses import Clock, line, open_house, texts

pytestmark = pytest.mark.browser

PLACE = "/hjalp/1280-malmo"
LONG = Service(
    id="long",
    name="Mottagningenförnärståendeochallaandrasombehöverpratamednågon",
    operator="Malmö stad",
    municipality_codes=("1280",),
    phones=("040-29 09 99", "+46 40 12 34 56"),
    hours="Mo-We,Fr 08:30-12:00,13:00-16:30; Th 09:00-19:00; PH off",
    addresses=(Address(street="Storgatan 1, ingång från gården", city="Malmö"),),
    url="https://www.en-mycket-lang-adress-for-en-mottagning.example.se/a",
    who_for=("uses_violence", "exposed", "children", "relatives"),
    languages=("sv", "ar", "prs"),
    is_free=True,
    description="Samtal enskilt och i grupp.",
)
DIRECTORY = replace(load(), services={**load().services, "long": LONG})


async def weather(request: Request) -> Response:  # noqa: ARG001 - a route is given it
    return HTMLResponse("<!doctype html><title>Weather</title><p>Rain.</p>")


async def news(request: Request) -> Response:  # noqa: ARG001 - a route is given it
    return HTMLResponse('<!doctype html><title>News</title><a href="/hjalp">Help</a>')


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    @asynccontextmanager
    async def open_site(url: str) -> AsyncIterator[ASGIApp]:
        away = f"{url}/weather"
        async with open_house(tmp_path) as house:
            visitors = visitor_routes(
                house.board, public_url=url, new_token=lambda: "token", demo=False, exit_url=away
            )
            public = public_routes(
                directory=lambda: DIRECTORY,
                line=line(),
                texts=texts(),
                clock=Clock(),
                public_url=url,
                exit_url=away,
            )
            others = [Route("/weather", weather), Route("/news", news)]
            routes = [*others, *public, *visitors]
            yield Guard(Starlette(routes=routes), url)

    with serving(open_site) as served:
        yield served


def fits(driver: Chrome) -> bool:
    """Whether nothing stands beyond the right edge."""
    script = "return document.documentElement.scrollWidth <= window.innerWidth"
    return bool(driver.execute_script(script))


def press(driver: Chrome, by: str, what: str) -> None:
    found = driver.find_element(by, what)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
    found.click()


def follow(driver: Chrome, link: str) -> None:
    with new_page(driver):
        press(driver, By.LINK_TEXT, link)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_anybody_can_use_the_pages_on_any_screen(served: Served, width: int, *, dark: bool) -> None:
    with browser(width=width, dark=dark) as driver:
        for path in ("/hjalp", PLACE, "/hjalp/9999"):
            driver.get(f"{served.url}{path}")
            driver.execute_script(
                "document.querySelectorAll('details').forEach(it => it.open = true)"
            )
            assert faults(driver) == []
            assert fits(driver)
        assert hosts_asked(driver) == {"127.0.0.1"}


def test_nothing_is_kept_and_nothing_is_refused(served: Served) -> None:
    with browser() as driver:
        driver.get(f"{served.url}{PLACE}")
        assert driver.get_cookies() == []
        assert driver.execute_script("return localStorage.length + sessionStorage.length") == 0
        assert complaints(driver) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_the_exit_button_leads_away(served: Served, *, javascript: bool) -> None:
    with browser(javascript=javascript, width=PHONE) as driver:
        driver.get(f"{served.url}{PLACE}")
        if javascript:
            until(driver, lambda it: it.find_elements(By.CSS_SELECTOR, "#exit-hint:not([hidden])"))
        driver.find_element(By.CSS_SELECTOR, "#exit button").click()
        until(driver, lambda it: it.current_url == f"{served.url}/weather")


def test_from_the_list_to_a_municipality_to_the_chat_without_javascript(served: Served) -> None:
    with browser(javascript=False, width=PHONE) as driver:
        driver.get(f"{served.url}/hjalp")
        press(driver, By.XPATH, "//summary[.='Skåne län']")
        follow(driver, "Malmö")
        assert driver.current_url.endswith(PLACE)
        follow(driver, "skriva i chatten")
        assert driver.current_url == f"{served.url}/"


@pytest.mark.parametrize("link", ["Välj en annan kommun", "skriva i chatten"])
def test_after_leaving_back_shows_none_of_our_pages(served: Served, link: str) -> None:
    with browser(width=PHONE) as driver:
        driver.get(f"{served.url}/news")
        follow(driver, "Help")
        until(driver, lambda it: it.find_elements(By.CSS_SELECTOR, "#exit-hint:not([hidden])"))
        press(driver, By.XPATH, "//summary[.='Skåne län']")
        follow(driver, "Malmö")
        until(driver, lambda it: it.find_elements(By.CSS_SELECTOR, "#exit-hint:not([hidden])"))
        follow(driver, link)
        until(driver, lambda it: it.find_elements(By.CSS_SELECTOR, "#exit-hint:not([hidden])"))
        press(driver, By.CSS_SELECTOR, "#exit button")
        until(driver, lambda it: it.current_url == f"{served.url}/weather")
        driver.back()
        until(driver, lambda it: it.title == "News")
