"""The desk in a real browser."""

import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from starlette.types import ASGIApp

from bot.deliveries import GivenUp
from bot.health import Trouble
from bot.invented import invent
from flows.channels import TELEGRAM
from flows.events import ConfirmedErasure, EndedTalk, ToldHelped, ToldRole, Wrote
from tests.bot.browser import (
    PHONE,
    Served,
    browser,
    colours,
    complaints,
    faults,
    find_in_list,
    hosts_asked,
    new_page,
    press,
    resize,
    serving,
    until,
)
from tests.bot.desks import PASSWORD, DeskHouse, contact_form, open_desk
from tests.cast import ANNA, KARIN

pytestmark = pytest.mark.browser

WIDE = 1440
HEIGHT = 900
HERE = ".panel:not([hidden])"
LIVE = "html.live"

AT_NEW = """
const at = document.activeElement;
const panel = at.matches("form.say textarea") && at.closest(".panel:not([hidden])");
return Boolean(panel) && !arguments[0].includes(panel.id);
"""
"""Whether the keyboard is where one writes to somebody who was not there before."""

IS_OF_THE_TALK_SHOWN = """
const [tab, paper] = ["#tabs [aria-current]", ".panel:not([hidden]) .paper"]
  .map((part) => document.querySelector(`${part} .title`)?.textContent);
return Boolean(tab) && tab === paper;
"""
"""Whether the tab that is marked is that of the form beside the talk."""


LISTEN = """
window.air = [];
window.AudioContext = class extends AudioContext {
  constructor() { super(); window.air.push(this); }
};
"""
"""Lets a test know what a page would be heard by."""


@dataclass(slots=True)
class Screen:
    """A browser that shows the desk, and the house behind it."""

    driver: Chrome
    served: Served
    desk: DeskHouse
    page: str = LIVE
    """The desk's page when it can be used: with scripts not before they run."""

    def log_in(self, name: str) -> None:
        self.served.do(self.desk.staff.set_password(name, PASSWORD))
        self.driver.get(f"{self.served.url}/desk/login")
        self.one("#name").send_keys(name)
        self.one("#secret").send_keys(PASSWORD + Keys.ENTER)
        self.click(f"{self.page} #presence [value=present]")
        self.sees('#presence [value=present][aria-pressed="true"]')

    def one(self, selector: str) -> WebElement:
        """Wait for something that can be used."""

        def usable(driver: Chrome) -> WebElement | None:
            found = driver.find_elements(By.CSS_SELECTOR, selector)
            return next((each for each in found if each.is_displayed()), None)

        found = until(self.driver, usable, selector)
        assert found
        return found

    def click(self, selector: str) -> None:
        press(self.driver, selector)

    def sees(self, selector: str, words: str = "") -> None:
        """Wait until an element says something."""

        def said(driver: Chrome) -> bool:
            script = "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)"
            return any(words in text for text in driver.execute_script(script, selector))

        until(self.driver, said, f"{selector}: {words}")

    def lacks(self, selector: str) -> None:
        until(self.driver, lambda d: not d.find_elements(By.CSS_SELECTOR, selector), selector)

    def say(self, words: str) -> None:
        self.one(f"{HERE} form.say textarea").send_keys(words + Keys.ENTER)

    def visitor(self, *words: str, channel: str = "web") -> str:
        return self.served.do(self.desk.visitor(*words, channel=channel))

    def writes(self, visitor: str, words: str) -> None:
        self.served.do(self.desk.happens(visitor, Wrote(words)))

    def trouble(self, trouble: Trouble) -> None:
        async def note() -> None:
            self.desk.health.note(trouble)

        self.served.do(note())

    def ends(self, visitor: str) -> None:
        """The visitor ends the talk and says whether it helped; the form shows it."""
        for event in (EndedTalk(), ToldHelped("better")):
            self.served.do(self.desk.happens(visitor, event))
        self.sees(f"{HERE} .facts", "Samtalet är slut")
        self.sees(f"{HERE} [name=helped][value=better]:checked")

    def take_next(self) -> None:
        """Take who is next, and go to where one writes to them."""
        ids = "return [...document.querySelectorAll('.panel')].map(each => each.id)"
        before = self.driver.execute_script(ids)
        self.click("#queue .main")
        until(self.driver, lambda it: it.execute_script(AT_NEW, before), "at the one taken")

    def heard(self, visitor: str) -> list[str]:
        messages = self.desk.house.board.book.conversations[visitor].messages
        return [message.text for message in messages if message.author == "counsellor"]

    def answers(self) -> dict[str, str]:
        return dict(self.desk.house.board.book.drafts_of(ANNA)[-1].answers)


@contextmanager
def on_screen(folder: Path, *, width: int = WIDE) -> Iterator[Screen]:
    """A house of its own, whose desk a browser shows."""
    opened: list[DeskHouse] = []
    with serving(desk_house(folder, opened)) as served, browser() as driver:
        resize(driver, width, HEIGHT)
        yield Screen(driver, served, opened[0])


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    with on_screen(tmp_path) as shown:
        yield shown


def desk_house(
    folder: Path, opened: list[DeskHouse]
) -> Callable[[str], AbstractAsyncContextManager[ASGIApp]]:
    @asynccontextmanager
    async def house(url: str) -> AsyncIterator[ASGIApp]:
        async with open_desk(folder, demo=True, url=url) as desk:
            opened.append(desk)
            yield desk.site

    return house


def test_a_visitor_is_taken_and_both_write(screen: Screen) -> None:
    screen.log_in(ANNA)
    visitor = screen.visitor("Hej, är någon där?")
    until(screen.driver, lambda d: d.title == "(1) Skrivbord")
    screen.take_next()
    screen.sees(f"{HERE} .line.visitor", "Hej, är någon där?")
    until(screen.driver, lambda d: d.title == "Skrivbord")
    screen.say("Ja, jag är här.")
    screen.sees(f"{HERE} .line.counsellor .delivery", "skickas")
    screen.writes(visitor, "Vad bra.")
    screen.sees(f"{HERE} .line.visitor", "Vad bra.")
    screen.served.do(screen.desk.acknowledge(visitor))
    screen.sees(f"{HERE} .line.counsellor .delivery", "framme")
    assert screen.heard(visitor) == ["Ja, jag är här."]
    assert complaints(screen.driver) == []
    assert hosts_asked(screen.driver) <= {"127.0.0.1"}


def test_two_talks_stay_apart_and_unread_words_are_counted(screen: Screen) -> None:
    screen.log_in(ANNA)
    first, second = screen.visitor("Ett"), screen.visitor("Två")
    screen.take_next()
    screen.one(f"{HERE} form.say textarea").send_keys("Halvskrivet till den första")
    screen.take_next()
    screen.say("Hej du andra")
    screen.writes(first, "Är du kvar?")
    screen.sees("#tabs .unread", "1 ny")
    screen.click("#tabs a:not([aria-current])")
    assert screen.driver.execute_script(IS_OF_THE_TALK_SHOWN)
    box = screen.one(f"{HERE} form.say textarea")
    assert box.get_property("value") == "Halvskrivet till den första"
    box.send_keys(Keys.ENTER)
    screen.lacks("#tabs .unread")
    screen.sees(f"{HERE} .line.counsellor .delivery")
    assert screen.heard(first) == ["Halvskrivet till den första"]
    until(screen.driver, lambda _: screen.heard(second))
    assert screen.heard(second) == ["Hej du andra"]


def test_words_written_fast_keep_their_order_and_come_once(screen: Screen) -> None:
    screen.log_in(ANNA)
    visitor = screen.visitor("Hej")
    screen.take_next()
    for number in range(20):
        screen.say(f"Mening {number}")
    until(screen.driver, lambda _: len(screen.heard(visitor)) == 20)
    assert screen.heard(visitor) == [f"Mening {number}" for number in range(20)]
    screen.lacks(".pending")


def test_shift_and_enter_make_a_new_line(screen: Screen) -> None:
    screen.log_in(ANNA)
    visitor = screen.visitor("Hej")
    screen.take_next()
    screen.say(f"Ett{Keys.SHIFT}{Keys.ENTER}{Keys.NULL}Två")
    until(screen.driver, lambda _: screen.heard(visitor))
    assert screen.heard(visitor) == ["Ett\nTvå"]


def test_the_page_may_be_heard_from_the_first_word_though_it_begins_with_shift(
    screen: Screen,
) -> None:
    screen.log_in(ANNA)
    driver = screen.driver
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})
    driver.get(f"{screen.served.url}/desk")
    screen.one(LIVE)
    ActionChains(driver).key_down(Keys.SHIFT).key_up(Keys.SHIFT).perform()
    assert driver.execute_script("return window.air.length") == 0
    ActionChains(driver).send_keys("a").perform()
    running = "return window.air.map((each) => each.state)"
    until(driver, lambda it: it.execute_script(running) == ["running"], "a page that is heard")
    assert complaints(driver) == []


def test_the_form_is_filled_in_and_filed_with_the_keyboard_alone(screen: Screen) -> None:
    screen.log_in(ANNA)
    visitor = screen.visitor("Hej")
    screen.take_next()
    screen.ends(visitor)
    _fill_with_keys(screen)
    until(screen.driver, lambda _: screen.answers().get("note") == "Ett bra samtal.")
    screen.driver.switch_to.active_element.send_keys(Keys.CONTROL, Keys.ENTER)
    screen.sees("#notice", "Formuläret är inlämnat")
    assert screen.desk.house.board.book.drafts == {}
    assert screen.served.do(screen.desk.house.records.waiting_count()) == 1


def _fill_with_keys(screen: Screen) -> None:
    """Tab from question to question; a space or an arrow chooses."""
    keys = {
        "role": Keys.SPACE + Keys.ARROW_DOWN * 5,
        "reason": Keys.SPACE,
        "referred_to": Keys.SPACE,
        "age.other": "37",
        "gender": Keys.SPACE,
        "born_in_sweden": Keys.SPACE,
        "heard_via": Keys.SPACE,
        "interpreter": Keys.SPACE,
        "helped": Keys.SPACE,
        "note": "Ett bra samtal.",
    }
    lists = {"county": "Stockholms län", "municipality": "Solna"}
    screen.one(f"{HERE} form.paper [name=outcome]:checked").send_keys(Keys.TAB)
    for _ in range(200):
        focused = screen.driver.switch_to.active_element
        name = focused.get_attribute("name") or ""
        if name in keys:
            focused.send_keys(keys.pop(name))
        if name in lists:
            find_in_list(screen.driver, lists[name][:5], lists.pop(name))
        if not keys | lists:
            return
        screen.driver.switch_to.active_element.send_keys(Keys.TAB)
    pytest.fail(f"no way to {', '.join(keys | lists)} with the keyboard")


def test_what_is_missing_is_shown_and_its_link_leads_to_the_question(screen: Screen) -> None:
    screen.log_in(ANNA)
    visitor = screen.visitor("Hej")
    screen.take_next()
    screen.ends(visitor)
    screen.click(f"{HERE} [data-order=file]")
    screen.click(f"{HERE} .faults a[href$=gender]")
    assert screen.driver.switch_to.active_element.get_attribute("name") == "gender"


def test_questions_come_and_go_with_the_answers(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.visitor("Hej")
    screen.take_next()
    assert not _is_shown(screen, "violence")
    screen.click(f"{HERE} [name=role][value=exposed]")
    assert _is_shown(screen, "violence")
    screen.click(f"{HERE} [name=outcome][value=silent_or_misuse]")
    assert not _is_shown(screen, "violence")
    assert not _is_shown(screen, "role")


def _is_shown(screen: Screen, name: str) -> bool:
    field = screen.driver.find_element(By.CSS_SELECTOR, f'{HERE} [data-name="{name}"]')
    return field.is_displayed()


def test_a_desk_that_the_browser_kept_is_emptied_and_asked_for_again(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.visitor("Hej")
    screen.sees("#queue", "nyss kommen")
    screen.driver.delete_all_cookies()  # she has logged out meanwhile
    kept = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
    left = screen.driver.execute_script(f"{kept}; return document.body.textContent.trim()")
    assert left == ""
    assert screen.one("#name").is_displayed()


def test_a_reload_loses_nothing(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.visitor("Ett ord")
    screen.take_next()
    screen.say("Ett svar")
    screen.sees(f"{HERE} .line.counsellor .delivery", "skickas")
    screen.click(f"{HERE} [name=role][value=exposed]")
    screen.one(f"{HERE} [name=note]").send_keys("En anteckning")
    until(screen.driver, lambda _: screen.answers().get("note") == "En anteckning")
    screen.driver.refresh()
    screen.sees(f"{LIVE} {HERE} .line.visitor", "Ett ord")
    screen.sees(f"{HERE} .line.counsellor", "Ett svar")
    assert screen.one(f"{HERE} [name=role][value=exposed]").is_selected()
    assert screen.one(f"{HERE} [name=note]").get_property("value") == "En anteckning"
    stored = "return localStorage.length + sessionStorage.length"
    assert screen.driver.execute_script(stored) == 0


def test_two_tabs_take_over_what_the_other_saved(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.visitor("Hej")
    screen.take_next()
    first = screen.driver.current_window_handle
    screen.driver.switch_to.new_window("tab")
    screen.driver.get(f"{screen.served.url}/desk")
    screen.click(f"{LIVE} {HERE} [name=gender][value=woman]")
    until(screen.driver, lambda _: screen.answers().get("gender") == "woman")
    screen.driver.switch_to.window(first)
    until(screen.driver, lambda _: screen.one(f"{HERE} [value=woman]").is_selected())
    screen.one(f"{HERE} [name=note]").send_keys("Båda")
    until(screen.driver, lambda _: screen.answers().get("note") == "Båda")
    assert screen.answers()["gender"] == "woman"


def test_a_clash_of_two_tabs_is_shown_and_settled(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.visitor("Hej")
    screen.take_next()
    revision = "document.querySelector('form.paper [name=revision]')"
    screen.driver.execute_script(f"{revision}.value = 7")
    screen.one(f"{HERE} [name=note]").send_keys("!")  # one key: no save comes before the last
    screen.click(f"{HERE} .differences [data-settle]")
    until(screen.driver, lambda _: screen.answers().get("note") == "!")
    screen.lacks(f"{HERE} .differences")


def test_a_service_is_found_sent_and_in_the_form(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.visitor("Hej")
    screen.take_next()
    screen.click(f"{HERE} .refer summary")
    screen.one(f"{HERE} form.find input[name=find]").send_keys("preventell" + Keys.ENTER)
    screen.click(f"{HERE} .services button")
    screen.sees(f"{HERE} .facts", "Hänvisat till: PrevenTell")
    until(
        screen.driver,
        lambda _: screen.one(f"{HERE} [name=referred_service][value=preventell]").is_selected(),
    )


def test_ending_takes_one_step_more_than_a_slip_and_then_words_vanish(screen: Screen) -> None:
    screen.log_in(ANNA)
    visitor = screen.visitor("Ett ord att minnas")
    screen.take_next()
    screen.click(f"{HERE} .tool:not(.refer) > summary")
    screen.click(f"{HERE} .sure:last-of-type > summary")
    assert screen.desk.house.board.book.talks_of(ANNA)
    screen.click(f"{HERE} .ending")
    screen.sees(f"{HERE} .facts", "Samtalet är slut")
    screen.served.do(screen.desk.happens(visitor, ConfirmedErasure()))
    screen.sees(f"{HERE} .facts", "orden är raderade")
    assert "Ett ord att minnas" not in screen.driver.page_source
    screen.one(f"{HERE} [data-order=file]")


def test_a_lost_connection_is_said_and_comes_back_by_itself(screen: Screen) -> None:
    screen.log_in(ANNA)
    visitor = screen.visitor("Hej")
    screen.take_next()
    network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    screen.driver.execute_cdp_cmd("Network.enable", {})
    go_offline = {"offline": True, **network}
    screen.driver.execute_cdp_cmd("Network.emulateNetworkConditions", go_offline)
    screen.say("Skrivet utan nät")
    screen.sees(f"{HERE} .pending", "försöker igen")
    screen.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": False, **network})
    until(screen.driver, lambda _: screen.heard(visitor) == ["Skrivet utan nät"])
    screen.lacks(".pending")


def test_markup_from_a_visitor_is_text(screen: Screen) -> None:
    screen.log_in(ANNA)
    visitor = screen.visitor("<img src=x onerror=document.title='fel'>")
    screen.take_next()
    screen.writes(visitor, "</p><script>document.title='fel'</script>")
    screen.sees(f"{HERE} .line.visitor", "</p><script>")
    assert "fel" not in screen.driver.title
    assert not screen.driver.find_elements(By.CSS_SELECTOR, ".words img, .words script")


def _into_doubt(screen: Screen, visitor: str) -> None:
    """Take a visitor, who changes "Jag är arg jämt" and may not have got the question."""
    screen.take_next()
    screen.say("Vad händer i dig då?")
    until(screen.driver, lambda _: screen.heard(visitor))
    place = screen.desk.seq_of(visitor, "Vad händer i dig då?")
    screen.served.do(screen.desk.ask(GivenUp(visitor, place, "unknown")))
    screen.served.do(screen.desk.rewrites(visitor, "Jag är arg jämt", "Jag är arg ibland"))
    screen.sees(f"{HERE} .former", "Jag är arg jämt")


def test_words_in_doubt_are_said_again_and_writing_goes_on_in_the_box(screen: Screen) -> None:
    screen.log_in(ANNA)
    visitor = screen.visitor("Jag är arg jämt", channel=TELEGRAM)
    _into_doubt(screen, visitor)
    screen.click(f"{HERE} .line form button")
    screen.sees(f"{HERE} .line.counsellor", "skickat igen nedan")
    screen.lacks(f"{HERE} .line form")
    assert screen.heard(visitor) == ["Vad händer i dig då?"] * 2
    until(screen.driver, lambda d: d.switch_to.active_element.tag_name == "textarea")


def test_trouble_comes_and_goes_on_an_open_page(screen: Screen) -> None:
    screen.log_in(ANNA)
    assert not screen.driver.find_element(By.ID, "trouble").is_displayed()
    screen.trouble("away")
    assert "Telegram svarar inte" in screen.one("#trouble").text
    screen.trouble("")
    until(screen.driver, lambda d: not d.find_element(By.ID, "trouble").is_displayed())


def test_axe_finds_nothing_on_any_page_in_light_and_dark_small_and_wide(screen: Screen) -> None:
    screen.driver.get(f"{screen.served.url}/desk/login")
    found = _faults_in_all_looks(screen, "login")
    _invent(screen)
    screen.log_in(KARIN)
    visitor = screen.visitor("Jag orkar inte mer, jag vill ta livet av mig")
    screen.served.do(screen.desk.happens(visitor, ToldRole("uses_violence")))
    other = screen.visitor("Jag är arg jämt", channel=TELEGRAM)
    screen.sees("#queue .acute")
    found += _faults_in_all_looks(screen, "queue")
    screen.take_next()
    screen.say("Hej")
    screen.click(f"{HERE} .refer summary")
    found += _faults_in_all_looks(screen, "talk and form")
    screen.trouble("away")
    _into_doubt(screen, other)
    screen.sees("#trouble", "Telegram svarar inte")
    found += _faults_in_all_looks(screen, "changed words, doubt and trouble")
    screen.click("#tabs a:not([aria-current])")
    screen.ends(visitor)
    screen.click(f"{HERE} [data-order=file]")
    screen.one(f"{HERE} .faults")
    found += _faults_in_all_looks(screen, "form with faults")
    assert found == []


def _faults_in_all_looks(screen: Screen, page: str) -> list[str]:
    found = []
    for width, dark in product((PHONE, WIDE), (False, True)):
        resize(screen.driver, width, 900)
        colours(screen.driver, dark=dark)
        found += [f"{page} {width} dark={dark}: {fault}" for fault in faults(screen.driver)]
        wider = "return document.documentElement.scrollWidth - innerWidth"
        if screen.driver.execute_script(wider) > 0:
            found.append(f"{page} {width}: scrolls sideways")
    return found


def _invent(screen: Screen) -> None:
    chance = random.Random(5)
    months = [f"2025-{month:02}" for month in range(1, 13)]
    records = invent(contact_form(), months=months, chance=chance, services=["preventell"])
    store = screen.desk.house.records
    screen.served.do(store.import_invented(records, ids=lambda: chance.randbytes(16)))


def test_everything_works_without_scripts(tmp_path: Path) -> None:
    opened: list[DeskHouse] = []
    with (
        serving(desk_house(tmp_path, opened)) as served,
        browser(javascript=False, width=WIDE) as driver,
    ):
        screen = Screen(driver, served, opened[0], page="html:not(.live)")
        screen.log_in(ANNA)
        visitor = screen.visitor("Hej utan skript")
        driver.refresh()
        with new_page(driver):
            screen.click("#queue .main")
        screen.one("form.say textarea").send_keys("Hej du")
        with new_page(driver):
            screen.click("form.say .main")
        assert screen.heard(visitor) == ["Hej du"]
        served.do(
            screen.desk.ask(GivenUp(visitor, screen.desk.seq_of(visitor, "Hej du"), "unknown"))
        )
        driver.refresh()
        with new_page(driver):
            screen.click(".line form button")
        assert screen.heard(visitor) == ["Hej du"] * 2
        screen.one("[name=note]").send_keys("Sparat för hand")
        with new_page(driver):
            screen.click(".filing .unscripted")
        assert screen.answers().get("note") == "Sparat för hand"
