"""A real Chromium and a real server on loopback, for the tests that need eyes.

    with serving(house) as served, browser() as driver:
        driver.get(served.url)

`browser` skips where there is no Chromium, and fails instead with CI=true.
"""

import asyncio
import atexit
import json
import os
import re
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_core_python.selenium import Axe
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from starlette.types import ASGIApp

PATIENCE = 120.0
"""Seconds until something that a browser should show counts as missing."""

PHONE = 320
DESKTOP = 1280
HEIGHT = 800

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--lang=sv",
)
_PORT = re.compile(r"started successfully on port (\d+)\.")
_NO_JAVASCRIPT = {"profile.managed_default_content_settings.javascript": 2}

_PRESS = """
const isReached = (each) => {
  const [at] = each.getClientRects();
  return at && each.contains(document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2));
};
const there = [...document.querySelectorAll(arguments[0])].find((each) => {
  if (!isReached(each)) each.scrollIntoView({ block: "center" });
  return isReached(each);
});
there?.focus({ preventScroll: true });
there?.click();
return Boolean(there);
"""
"""Press the first of these that a pointer would reach, and say whether there was one."""

_FIND_IN_LIST = "return document.activeElement.selectedOptions[0]?.text === arguments[0]"

_FORGOTTEN = 1.5
"""Seconds; a list takes letters that come more than one second apart for a new search."""

T = TypeVar("T")


@contextmanager
def browser(
    *, javascript: bool = True, width: int = DESKTOP, dark: bool = False
) -> Iterator[Chrome]:
    """A Chromium without cookies, history or open pages; whoever comes next finds none of it."""
    idle = _idle[javascript]
    driver = idle.pop() if idle else _start(javascript=javascript)
    _forget(driver)
    resize(driver, width)
    colours(driver, dark=dark)
    yield driver
    _close_pages(driver)
    idle.append(driver)  # after a failure it is left as it is, and not used again


def _close_pages(driver: Chrome) -> None:
    """Leave a new tab, without history; an open page would go on asking for its server.

    Once that is gone, another server may have its port.
    """
    before = driver.window_handles
    driver.switch_to.new_window("tab")
    fresh = driver.current_window_handle
    for handle in before:
        driver.switch_to.window(handle)
        driver.close()
    driver.switch_to.window(fresh)


def _forget(driver: Chrome) -> None:
    """Forget cookies, files and what was noted of the pages before."""
    driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
    driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    for kind in ("performance", "browser"):
        _log(driver, kind)


def _start(*, javascript: bool) -> Chrome:
    """Start a Chromium with a profile of its own; it ends with the tests."""
    chromium, chromedriver = _programs()
    profile = tempfile.mkdtemp()
    options = ChromeOptions()
    options.binary_location = chromium
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {} if javascript else _NO_JAVASCRIPT)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    said = Path(profile, "chromedriver.txt")
    with said.open("w") as log_output:
        driver = Chrome(options=options, service=_Chromedriver(chromedriver, said, log_output))
    driver.set_script_timeout(PATIENCE)
    atexit.register(shutil.rmtree, profile, ignore_errors=True)
    atexit.register(driver.quit)
    return driver


class _Chromedriver(Service):
    """It chooses its port: one that is chosen for it may be somebody else's when it begins."""

    def __init__(self, program: str, said: Path, log_output: IO[str]) -> None:
        super().__init__(program, log_output=log_output)
        self._said = said

    def command_line_args(self) -> list[str]:
        return ["--port=0"]

    def is_connectable(self) -> bool:
        found = _PORT.search(self._said.read_text())
        if found:
            self.port = int(found[1])
        return bool(found) and super().is_connectable()


_idle: dict[bool, list[Chrome]] = {True: [], False: []}
"""Browsers that run and that no test uses: starting one takes longer than most tests."""


def resize(driver: Chrome, width: int, height: int = HEIGHT) -> None:
    """Give the page a size in CSS pixels, also one that no window can have."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def colours(driver: Chrome, *, dark: bool) -> None:
    """Choose between light and dark; nothing moves, so that what is seen is what will stay."""
    features = [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def until(driver: Chrome, is_so: Callable[[Chrome], T], message: str = "") -> T:
    """Wait until the page shows it, also while parts of it are made anew; give what was found."""
    made_anew = (StaleElementReferenceException,)
    wait = WebDriverWait(driver, PATIENCE, 0.05, ignored_exceptions=made_anew)
    return wait.until(is_so, message)


def press(driver: Chrome, selector: str) -> None:
    """Press what a page may make anew or move at any time, as soon as it can be pressed.

    To look for it and to press it is one step for the page: what a mouse presses could be gone, or
    something else be there, when the button is let go. Like a mouse it takes the keyboard there.
    """
    until(driver, lambda it: it.execute_script(_PRESS, selector), selector)


@contextmanager
def new_page(driver: Chrome) -> Iterator[None]:
    """Wait, after what the block does, until another page is there, and all of it."""
    before = driver.find_element(By.TAG_NAME, "html")
    yield

    def is_there(driver: Chrome) -> bool:
        with suppress(WebDriverException):  # between two pages there is none to look at
            is_another = driver.find_element(By.TAG_NAME, "html") != before
            state = driver.execute_script("return document.readyState")
            return is_another and bool(state == "complete")
        return False

    until(driver, is_there, "another page")


def find_in_list(driver: Chrome, letters: str, entry: str) -> None:
    """Type letters where the keyboard is, until the list there stands at an entry."""

    def has_found(driver: Chrome) -> bool:
        ActionChains(driver).send_keys(letters).perform()
        if driver.execute_script(_FIND_IN_LIST, entry):
            return True
        ActionChains(driver).pause(_FORGOTTEN).perform()
        return False

    until(driver, has_found, entry)


def faults(driver: Chrome) -> list[str]:
    """What axe finds wrong with the page for somebody who uses it in another way."""
    found = Axe().run(driver, options={"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def hosts_asked(driver: Chrome) -> set[str]:
    """The hosts that pages have asked for anything since this was last called."""
    entries = [json.loads(entry["message"])["message"] for entry in _log(driver, "performance")]
    sent = (each["params"] for each in entries if each["method"] == "Network.requestWillBeSent")
    addresses = (urlsplit(params["request"]["url"]) for params in sent)
    return {at.hostname or "" for at in addresses if at.scheme in {"http", "https", "ws", "wss"}}


def complaints(driver: Chrome) -> list[str]:
    """What the browser's console holds: refused scripts and styles, errors."""
    return [entry["message"] for entry in _log(driver, "browser")]


@dataclass(frozen=True, slots=True)
class Served:
    """An application that runs in a thread of its own."""

    url: str
    loop: asyncio.AbstractEventLoop

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Have something done in the server's own loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)


@contextmanager
def serving(house: Callable[[str], AbstractAsyncContextManager[ASGIApp]]) -> Iterator[Served]:
    """Serve what `house` opens for an address, on a free port of loopback."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        loop = asyncio.new_event_loop()
        started, stop = threading.Event(), asyncio.Event()
        task = _serve(house(url), listening, started, stop)
        thread = threading.Thread(target=_run, args=(loop, task, started))
        thread.start()
        assert started.wait(PATIENCE), "the server did not start"
        try:
            yield Served(url, loop)
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(PATIENCE)
            assert not thread.is_alive(), "the server did not stop"


def _log(driver: Chrome, kind: str) -> list[dict[str, Any]]:
    return list(driver.get_log(kind))  # type: ignore[no-untyped-call]


async def _serve(
    house: AbstractAsyncContextManager[ASGIApp],
    listening: socket.socket,
    started: threading.Event,
    stop: asyncio.Event,
) -> None:
    async with house as app:
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        )
        running = asyncio.create_task(server.serve(sockets=[listening]))
        while not (server.started or running.done()):  # noqa: ASYNC110 - uvicorn has no event
            await asyncio.sleep(0.01)
        started.set()
        await stop.wait()
        server.should_exit = True
        await running


def _run(
    loop: asyncio.AbstractEventLoop, task: Coroutine[Any, Any, None], started: threading.Event
) -> None:
    """Run it and leave nothing half done, which would be told of in some later test."""
    try:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(task)
    finally:
        started.set()


def _programs() -> tuple[str, str]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    chromedriver = shutil.which("chromedriver")
    if chromium and chromedriver:
        return chromium, chromedriver
    reason = (
        "There is no Chromium here: install chromium and chromedriver (Debian: chromium-driver)."
    )
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
