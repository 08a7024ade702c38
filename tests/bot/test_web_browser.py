from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.deliveries import Seen
from bot.jobs import Happened, TookNext
from bot.shop import Job, Reply
from flows.events import ConfirmedErasure, Event, Said
from tests.bot.browser import (
    DESKTOP,
    PHONE,
    Served,
    browser,
    complaints,
    faults,
    hosts_asked,
    new_page,
    press,
    serving,
    until,
)
from tests.bot.houses import FullDisk, House, open_house
from tests.bot.visitors import only, site_of
from tests.cast import ANNA

pytestmark = pytest.mark.browser

PAYLOAD = '<img src=x onerror="document.title=1"><script>document.title=1</script>\u202e</p>'

HEIGHTS = """
return [...document.querySelectorAll("button, summary, textarea")]
  .filter((each) => each.checkVisibility())
  .map((each) => each.getBoundingClientRect().height);
"""
"""How high each thing is that can be pressed."""


@dataclass(slots=True)
class Line:
    """A connection that can lose answers on their way back."""

    site: ASGIApp
    answers_to_lose: int = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not (self.answers_to_lose and scope["path"] == "/say"):
            await self.site(scope, receive, send)
            return
        self.answers_to_lose -= 1
        await self.site(scope, receive, _into_the_void)
        await Response(status_code=502)(scope, receive, send)


async def _into_the_void(message: Message) -> None:
    """Whatever is sent here arrives nowhere."""


@dataclass(slots=True)
class Stage:
    """A running site, and a counsellor who can be made to act."""

    served: Served
    house: House
    line: Line

    def do(self, job: Job) -> Reply:
        return self.served.do(self.house.board.ask(job))

    def happen(self, event: Event) -> None:
        self.do(Happened(only(self.house).id, event))

    def answer(self, text: str) -> None:
        self.happen(Said(ANNA, text))

    @contextmanager
    def visitor(
        self, *, javascript: bool = True, width: int = DESKTOP, dark: bool = False
    ) -> Iterator["Eyes"]:
        with browser(javascript=javascript, width=width, dark=dark) as driver:
            driver.get("about:blank#before")
            driver.get(f"{self.served.url}/")
            yield Eyes(driver, has_script=javascript)


@dataclass(slots=True)
class Eyes:
    """Somebody before a screen: they read, write and press."""

    driver: Chrome
    has_script: bool = True

    def element(self, selector: str) -> WebElement:
        found = until(self.driver, lambda it: it.find_elements(By.CSS_SELECTOR, selector), selector)
        return found[0]

    def press(self, selector: str) -> None:
        press(self.driver, selector)

    def choose(self, choice: str) -> None:
        """Choose, and wait until that is taken."""
        button = f'button[value="{choice}"]'
        if self.has_script:
            self.press(button)
            until(self.driver, lambda _: not self.words("#pending .words"), f"{choice} is taken")
        else:
            with new_page(self.driver):
                self.press(button)

    def write(self, text: str) -> None:
        self.element("#words").send_keys(text)
        with nullcontext() if self.has_script else new_page(self.driver):
            self.press("#composer > button")

    def paste(self, text: str) -> None:
        """What the keyboard would take long to write."""
        script = "arguments[0].value = arguments[1]"
        self.driver.execute_script(script, self.element("#words"), text)

    def sees(self, text: str) -> None:
        script = "return document.body?.innerText ?? ''"
        until(self.driver, lambda it: text in it.execute_script(script), text)

    def words(self, selector: str = "#messages .words") -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map((it) => it.textContent)"
        return list(self.driver.execute_script(script, selector))

    def hears(self, text: str, selector: str = "#messages .words") -> None:
        until(self.driver, lambda _: text in self.words(selector), text)

    def has_left(self, word: str) -> bool:
        """Press Escape twice; on a busy machine the second time can come too late to count."""
        ActionChains(self.driver).send_keys(Keys.ESCAPE, Keys.ESCAPE).perform()
        return word not in self.words()

    def in_frame(self) -> AbstractContextManager[None]:
        @contextmanager
        def inside() -> Iterator[None]:
            self.driver.switch_to.frame(self.element("iframe"))
            try:
                yield
            finally:
                self.driver.switch_to.default_content()

        return inside()

    def keeps_nothing(self) -> None:
        until(self.driver, lambda _: self.kept() == [0, 0, 0])

    def kept(self) -> list[int]:
        """How much the browser keeps: cookies, local storage, session storage."""
        script = "return [localStorage.length, sessionStorage.length]"
        return [len(self.driver.get_cookies()), *self.driver.execute_script(script)]


async def weather(request: Request) -> Response:  # noqa: ARG001 - a route is given it
    return HTMLResponse("<!doctype html><title>Weather</title><p>Rain.</p>")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    opened: list[tuple[House, Line]] = []

    @asynccontextmanager
    async def open_site(url: str) -> AsyncIterator[ASGIApp]:
        async with open_house(tmp_path) as house:
            house.present(ANNA)
            line = Line(site_of(house, url=url, exit_url=f"{url}/weather"))
            opened.append((house, line))
            yield Starlette(routes=[Route("/weather", weather), Mount("/", line)])

    with serving(open_site) as served:
        yield Stage(served, *opened[0])


def join_queue(eyes: Eyes) -> None:
    eyes.choose("talk")
    eyes.choose("yes")
    eyes.sees("Du står i kön")


def start_talk(stage: Stage, eyes: Eyes) -> None:
    join_queue(eyes)
    stage.house.clock.move(minutes=1)
    stage.do(TookNext(ANNA))


def test_a_whole_conversation_from_the_first_words_to_nothing(stage: Stage) -> None:
    with stage.visitor() as eyes:
        eyes.write("Jag skrämmer mina barn.")
        eyes.hears("Jag skrämmer mina barn.")
        eyes.choose("talk")
        eyes.choose("yes-with-words")
        eyes.choose("role:uses_violence")
        eyes.choose("skip")
        stage.do(TookNext(ANNA))
        eyes.sees("Du skriver med Anna")
        stage.answer("Hej. Vill du berätta mer?")
        eyes.hears("Hej. Vill du berätta mer?")
        eyes.write("Ja.")
        eyes.hears("Ja.")
        eyes.press(".end summary")
        stage.do(Seen(only(stage.house).id, ANNA, only(stage.house).next_seq - 1))
        until(eyes.driver, lambda _: eyes.words(".mark")[-1] == "Läst")
        until(eyes.driver, lambda _: not only(stage.house).outbox, "not acknowledged")
        eyes.choose("end")
        eyes.sees("Samtalet är slut")
        until(eyes.driver, lambda _: not eyes.element("#composer").is_displayed())
        eyes.choose("helped:better")
        eyes.choose("erase-now")
        eyes.sees("Allt är raderat")
        assert eyes.words() == []
        assert stage.house.board.book.conversations == {}
        eyes.keeps_nothing()
        assert hosts_asked(eyes.driver) == {"127.0.0.1"}
        assert complaints(eyes.driver) == []


def test_a_whole_conversation_without_javascript(stage: Stage) -> None:
    with stage.visitor(javascript=False, width=PHONE) as eyes:
        eyes.write("Jag skrämmer mina barn.")
        with eyes.in_frame():
            eyes.hears("Jag skrämmer mina barn.", ".words")
        assert not eyes.element("#messages").is_displayed()
        eyes.choose("talk")
        eyes.choose("yes-with-words")
        eyes.sees("Du står i kön")
        stage.house.clock.move(minutes=1)
        stage.do(TookNext(ANNA))
        stage.answer("Hej. Vill du berätta mer?")
        eyes.write("Ja.")
        eyes.sees("Du skriver med Anna")
        with eyes.in_frame():
            assert eyes.words(".words")[-2:] == ["Hej. Vill du berätta mer?", "Ja."]
        eyes.paste("å" * 8001)
        with new_page(eyes.driver):
            eyes.press("#composer > button")
        eyes.sees("Dela gärna upp det")
        assert eyes.element("#words").get_property("value") == "å" * 8001
        eyes.press(".end summary")
        eyes.choose("end")
        eyes.choose("helped:better")
        eyes.choose("erase-now")
        eyes.sees("Allt är raderat")
        assert eyes.driver.current_url == f"{stage.served.url}/"
        assert stage.house.board.book.conversations == {}
        assert eyes.driver.get_cookies() == []
        assert hosts_asked(eyes.driver) == {"127.0.0.1"}
        assert complaints(eyes.driver)[1:] == []  # the one refusal above


def test_the_frame_without_javascript_fetches_what_is_new_by_itself(stage: Stage) -> None:
    with stage.visitor(javascript=False) as eyes:
        start_talk(stage, eyes)
        stage.answer("Är du där?")
        with eyes.in_frame():
            eyes.hears("Är du där?", ".words")
            eyes.sees("Det har hänt något nytt")
        assert only(stage.house).outbox == ()


def test_a_reload_shows_everything_again_once_and_goes_on(stage: Stage) -> None:
    with stage.visitor() as eyes:
        start_talk(stage, eyes)
        eyes.write("ett")
        eyes.hears("ett")
        eyes.driver.refresh()
        stage.answer("två")
        eyes.hears("två")
        assert eyes.words().count("ett") == 1
        assert eyes.words()[-2:] == ["ett", "två"]


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("is_begun", [True, False])
def test_after_the_exit_back_shows_nothing_and_the_browser_keeps_nothing(
    stage: Stage, *, javascript: bool, is_begun: bool
) -> None:
    with stage.visitor(javascript=javascript) as eyes:
        if is_begun:
            eyes.write("hemligt")
            until(eyes.driver, lambda _: stage.house.board.book.conversations)
            until(eyes.driver, lambda it: it.get_cookies())
        eyes.press("#exit button")
        eyes.sees("Rain.")
        until(eyes.driver, lambda _: not stage.house.board.book.conversations)
        assert stage.house.vault.ids == frozenset()
        eyes.keeps_nothing()
        for _ in range(3):
            eyes.driver.back()
            assert "hemligt" not in eyes.driver.page_source
        for _ in range(3):
            eyes.driver.forward()
            assert "hemligt" not in eyes.driver.page_source
        assert stage.house.board.book.conversations == {}


def test_with_javascript_back_after_the_exit_skips_the_page(stage: Stage) -> None:
    with stage.visitor() as eyes:
        eyes.write("hemligt")
        eyes.hears("hemligt")
        eyes.press("#exit button")
        eyes.sees("Rain.")
        eyes.driver.back()
        until(eyes.driver, lambda it: it.current_url == "about:blank#before")


def test_escape_twice_leaves_and_once_does_not(stage: Stage) -> None:
    with stage.visitor() as eyes:
        eyes.write("hemligt")
        eyes.hears("hemligt")
        ActionChains(eyes.driver).send_keys(Keys.ESCAPE).pause(1.2).send_keys(Keys.ESCAPE).perform()
        assert "hemligt" in eyes.words()
        until(eyes.driver, lambda _: eyes.has_left("hemligt"))
        eyes.sees("Rain.")
        until(eyes.driver, lambda _: not stage.house.board.book.conversations)


def test_two_windows_show_the_same_and_end_together(stage: Stage) -> None:
    with stage.visitor() as eyes:
        eyes.write("ett")
        eyes.hears("ett")
        one = eyes.driver.current_window_handle
        eyes.driver.switch_to.new_window("tab")
        two = eyes.driver.current_window_handle
        eyes.driver.get(f"{stage.served.url}/")
        eyes.hears("ett")
        eyes.write("två")
        eyes.driver.switch_to.window(one)
        eyes.hears("två")
        assert len(stage.house.board.book.conversations) == 1
        eyes.choose("erase")
        eyes.choose("erase-now")
        eyes.sees("Allt är raderat")
        eyes.driver.switch_to.window(two)
        eyes.sees("Allt är raderat")
        assert eyes.words() == []
        eyes.keeps_nothing()


def test_what_is_erased_elsewhere_leaves_nothing_in_the_browser(stage: Stage) -> None:
    with stage.visitor() as eyes:
        eyes.write("ett")
        eyes.hears("ett")
        stage.happen(ConfirmedErasure())
        eyes.sees("Allt är raderat")
        eyes.keeps_nothing()


def test_whatever_is_written_stays_words(stage: Stage) -> None:
    with stage.visitor() as eyes:
        start_talk(stage, eyes)
        eyes.write(PAYLOAD)
        stage.answer(PAYLOAD)
        until(eyes.driver, lambda _: eyes.words().count(PAYLOAD) == 2)
        eyes.driver.refresh()
        until(eyes.driver, lambda _: eyes.words().count(PAYLOAD) == 2)
        assert eyes.driver.title == "Chatt"
        assert eyes.driver.find_elements(By.CSS_SELECTOR, "main img, main script") == []
        assert complaints(eyes.driver) == []


def test_words_that_could_not_be_kept_are_sent_again_once_and_in_order(stage: Stage) -> None:
    with stage.visitor() as eyes:
        start_talk(stage, eyes)
        eyes.sees("Du skriver med Anna")
        stage.house.board.store = FullDisk()
        eyes.write("ett")
        eyes.write("två")
        eyes.sees("kunde inte sparas, och ingen har fått det")
        assert eyes.words("#pending .mark") == ["Inte skickat än. Vi försöker igen.", "Skickas"]
        stage.house.board.store = stage.house.live
        eyes.hears("två")
        assert eyes.words()[-2:] == ["ett", "två"]
        assert eyes.words("#pending .words") == []
        assert not eyes.element("#fault").is_displayed()


def test_words_whose_answer_is_lost_are_there_once(stage: Stage) -> None:
    with stage.visitor() as eyes:
        start_talk(stage, eyes)
        stage.line.answers_to_lose = 2
        eyes.write("ett")
        eyes.write("två")
        eyes.hears("två")
        until(eyes.driver, lambda _: not eyes.words("#pending .words"))
        assert eyes.words()[-2:] == ["ett", "två"]
        assert [m.text for m in only(stage.house).messages].count("ett") == 1


def test_a_broken_stream_is_said_and_mended(stage: Stage) -> None:
    with stage.visitor() as eyes:
        start_talk(stage, eyes)
        eyes.sees("Du skriver med Anna")
        stage.served.loop.call_soon_threadsafe(stage.house.board.feeds.close)
        eyes.sees("Anslutningen är bruten")
        stage.house.board.feeds.is_closing = False
        stage.answer("Är du kvar?")
        eyes.hears("Är du kvar?")
        until(eyes.driver, lambda _: not eyes.element("#offline").is_displayed())
        assert eyes.words().count("Är du kvar?") == 1


def test_what_is_refused_is_given_back_in_the_box(stage: Stage) -> None:
    with stage.visitor() as eyes:
        too_long = "å" * 8001
        eyes.paste(too_long)
        eyes.press("#composer > button")
        eyes.sees("Dela gärna upp det")
        assert eyes.element("#words").get_property("value") == too_long
        assert stage.house.board.book.conversations == {}


def test_enter_sends_and_shift_enter_begins_a_new_line(stage: Stage) -> None:
    with stage.visitor() as eyes:
        box = eyes.element("#words")
        box.send_keys("en", Keys.SHIFT, Keys.ENTER, Keys.NULL, "två", Keys.ENTER)
        eyes.hears("en\ntvå")
        assert box.get_property("value") == ""


def test_what_arrives_takes_nothing_from_what_is_being_written(stage: Stage) -> None:
    with stage.visitor() as eyes:
        start_talk(stage, eyes)
        box = eyes.element("#words")
        box.send_keys("Jag håller på att")
        stage.answer("Ta den tid du behöver.")
        eyes.hears("Ta den tid du behöver.")
        box.send_keys(" skriva")
        assert box.get_property("value") == "Jag håller på att skriva"
        assert eyes.driver.switch_to.active_element == box


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_nothing_keeps_anybody_out_wherever_they_are(
    stage: Stage, *, width: int, dark: bool
) -> None:
    with stage.visitor(width=width, dark=dark) as eyes:
        found = {"landing": faults(eyes.driver)}
        eyes.write("hej")
        eyes.sees("Skickat")
        found["menu"] = faults(eyes.driver)
        join_queue(eyes)
        found["queue"] = faults(eyes.driver)
        stage.house.clock.move(minutes=1)
        stage.do(TookNext(ANNA))
        stage.answer("Hej.")
        eyes.hears("Hej.")
        eyes.press(".end summary")
        found["talk"] = faults(eyes.driver)
        assert is_within(eyes.driver)
        eyes.choose("end")
        eyes.sees("Samtalet är slut")
        found["closing"] = faults(eyes.driver)
        eyes.choose("erase-now")
        eyes.sees("Allt är raderat")
        found["gone"] = faults(eyes.driver)
    assert found == {where: [] for where in found}


def test_everything_that_is_pressed_is_large_enough_for_a_thumb(stage: Stage) -> None:
    with stage.visitor(width=PHONE) as eyes:
        start_talk(stage, eyes)
        eyes.sees("Du skriver med Anna")
        assert min(eyes.driver.execute_script(HEIGHTS)) >= 44


def is_within(driver: Chrome) -> bool:
    """Whether nothing stands outside the width of the screen."""
    return bool(driver.execute_script("return document.documentElement.scrollWidth <= innerWidth"))
