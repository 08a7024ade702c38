"""The contact form in a real browser: a call by the keyboard alone, and the gate of its note."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from bot.filing import file_ready
from bot.forms import HandedIn
from flows.events import Departed, EndedTalk, ToldHelped
from tests.bot.browser import PHONE, colours, faults, find_in_list, resize, until
from tests.bot.desks import DeskHouse
from tests.bot.test_desk_browser import HERE, WIDE, Screen, on_screen
from tests.cast import ANNA

pytestmark = pytest.mark.browser

A_KEY = 0.35
"""Seconds: the pace of somebody who knows the form, with the time to think between keys."""

FEW_ENOUGH = 60.0
"""Seconds in which a practised counsellor files a call."""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    with on_screen(tmp_path) as shown:
        yield shown


class Keyboard:
    """Presses keys and counts them; one that is held counts too."""

    def __init__(self, driver: Chrome) -> None:
        self._driver = driver
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed += 1
            ActionChains(self._driver).send_keys(key).perform()

    def find(self, letters: str, entry: str) -> None:
        """Find an entry of a list by its first letters."""
        self.pressed += len(letters)
        find_in_list(self._driver, letters, entry)

    def hold(self, held: str, key: str) -> None:
        self.pressed += 2
        ActionChains(self._driver).key_down(held).send_keys(key).key_up(held).perform()


def focused(screen: Screen) -> str:
    return str(screen.driver.execute_script("return document.activeElement.name ?? ''"))


def judged(screen: Screen) -> str | None:
    """The marked words that the next key decides on."""
    script = "return document.activeElement.closest('.ways')?.getAttribute('aria-label')"
    found: str | None = screen.driver.execute_script(script)
    return found


WRITES_WITHOUT_END = """
const note = document.querySelector("[name=note]");
setInterval(() => {
  note.value += "a";
  note.dispatchEvent(new Event("input", { bubbles: true }));
}, 100);
"""

NEVER_PAUSES = "window.setTimeout = () => 0"
"""No pause comes to an end, so that nothing is saved for having waited."""

CALL = {
    "outcome": "1",
    "role": "1",
    "reason": "13",
    "violence": "12",
    "severe": "2",
    "exposed_person": "1",
    "children": "1",
    "other_problem": "4",
    "sought_help": "2",
    "earlier_contact": "0",
    "referred_to": "1",
    "find": "",
    "child_concern": "2",
    "age.other": "37",
    "gender": "2",
    "county": "",
    "municipality": "",
    "born_in_sweden": "1",
    "heard_via": "1",
    "language": "",
    "interpreter": "",
    "wait_minutes": "",
    "talk_minutes": "",
    "helped": "1",
}
"""What is pressed in each question of a whole call, in the order in which they come."""


def test_a_practised_counsellor_files_a_call_with_the_keyboard_in_less_than_a_minute(
    screen: Screen,
) -> None:
    screen.log_in(ANNA)
    keyboard = Keyboard(screen.driver)
    keyboard.hold(Keys.ALT, "n")
    until(screen.driver, lambda _: focused(screen) == "outcome")
    for name, keys in CALL.items():
        assert focused(screen) == name
        if name == "municipality":
            keyboard.find("soln", "Solna")
        keyboard.press(*keys, Keys.ENTER)
    keyboard.press(*"Vill ha hjälp att sluta.")
    keyboard.hold(Keys.CONTROL, Keys.ENTER)
    screen.sees("#notice", "Formuläret är inlämnat")
    [filed] = screen.served.do(screen.desk.house.records.waiting_of(ANNA))
    expected = {
        "channel": "phone", "outcome": "completed", "role": "uses_violence",
        "reason": "new_or_worse_act|wants_to_change", "violence": "psychological|physical",
        "severe": "no", "sought_help": "no", "earlier_contact": "none", "age": "37",
        "gender": "man", "county": "01", "municipality": "0184", "language": "sv",
        "interpreter": "no", "helped": "better", "talk_minutes": "0",
    }  # fmt: skip
    assert expected.items() <= filed.answers.items()
    seconds = keyboard.pressed * A_KEY
    print(f"\n{keyboard.pressed} keys, {seconds:.0f} s")  # noqa: T201 - says what it measured
    assert seconds < FEW_ENOUGH


def test_a_form_is_handed_in_by_the_keyboard_and_filed_when_the_visitor_has_answered(
    screen: Screen,
) -> None:
    visitor = _after_a_talk(screen)
    for answer in ("[name=role][value=public]", "[name=interpreter][value=no]"):
        screen.click(f"{HERE} {answer}")
    keyboard = Keyboard(screen.driver)
    keyboard.hold(Keys.CONTROL, Keys.ENTER)
    screen.sees(f"{HERE} .faults", "saknar svar")
    keyboard.hold(Keys.ALT, "r")
    until(screen.driver, lambda _: focused(screen) == "referred_to")
    screen.sees(f"{HERE} .field .left", "svara på själv: ”Vart har du hänvisat?")
    keyboard.press("a")
    keyboard.hold(Keys.CONTROL, Keys.ENTER)
    is_told = "return document.activeElement.matches('.handed')"
    until(screen.driver, lambda d: d.execute_script(is_told))
    screen.sees(".tabs .kind", "Inlämnat")
    records = screen.desk.house.records
    assert screen.served.do(records.waiting_count()) == 0
    keyboard.press(Keys.TAB, Keys.ENTER)
    screen.one(f"{HERE} [name=note]").send_keys("Ringer igen.")
    keyboard.hold(Keys.CONTROL, Keys.ENTER)
    until(screen.driver, lambda d: d.execute_script(is_told))
    screen.click(f"{HERE} .reopen summary")
    assert _faults(screen, "opened again") == []
    screen.served.do(screen.desk.happens(visitor, ToldHelped("better")))
    screen.sees(f"{HERE} .handed", "Det läggs strax bland dina inlämnade formulär.")
    screen.served.do(file_ready(screen.desk.house.board, records))
    screen.lacks(".panel")
    [filed] = screen.served.do(records.waiting_of(ANNA))
    assert (filed.answers["helped"], filed.answers["note"]) == ("better", "Ringer igen.")


def test_changes_that_were_not_handed_in_stay_on_the_open_page_as_a_correction(
    screen: Screen,
) -> None:
    visitor = _after_a_talk(screen)
    board, records = screen.desk.house.board, screen.desk.house.records
    [draft] = board.book.drafts.values()
    answers = {**draft.answers, "helped": "no_answer"}
    screen.served.do(board.ask(HandedIn(draft.id, ANNA, draft.revision, answers)))
    screen.click(f"{HERE} .reopen summary")
    screen.one(f"{HERE} [name=note]").send_keys("Ringer igen.")
    until(screen.driver, lambda _: screen.answers().get("note") == "Ringer igen.")
    screen.served.do(screen.desk.happens(visitor, Departed()))
    screen.served.do(file_ready(board, records))
    screen.sees(f"{HERE} .paper h2", "Rätta formuläret")
    screen.lacks(f"{HERE} .words, {HERE} .handed")
    assert screen.one(f"{HERE} [name=note]").get_property("value") == "Ringer igen."
    [filed] = screen.served.do(records.waiting_of(ANNA))
    assert "note" not in filed.answers


def _after_a_talk(screen: Screen) -> str:
    """Anna and the form, ready to be filed, of a visitor who can still say whether it helped."""
    screen.log_in(ANNA)
    visitor = screen.visitor("Hej")
    screen.take_next()
    screen.served.do(screen.desk.happens(visitor, EndedTalk()))
    screen.sees(f"{HERE} .ended", "Samtalet är slut")
    screen.one(f"{HERE} [data-order=file]")
    return visitor


def test_marked_words_are_replaced_or_kept_with_one_key_each(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.click("#call button")
    until(screen.driver, lambda _: focused(screen) == "outcome")
    keyboard = Keyboard(screen.driver)
    keyboard.press("1", Keys.ENTER, "6")
    keyboard.hold(Keys.ALT, "r")
    until(screen.driver, lambda _: screen.answers().get("gender") == "not_asked")
    until(screen.driver, lambda _: focused(screen) == "referred_to")
    keyboard.press("a")
    screen.one(f"{HERE} [name=note]").send_keys("Johan i Borås ringer på nytt 1 gång.")
    screen.sees(f"{HERE} .gate mark", "Borås")
    keyboard.hold(Keys.CONTROL, Keys.ENTER)
    until(screen.driver, lambda _: judged(screen) == "Johan")
    assert screen.served.do(screen.desk.house.records.waiting_count()) == 0
    keyboard.press("1")
    until(screen.driver, lambda _: judged(screen) == "Borås")
    assert screen.answers()["note"].startswith("Partnern i Borås")
    keyboard.press("0")
    on_filing = "return document.activeElement.matches('[data-order=file]')"
    until(screen.driver, lambda d: d.execute_script(on_filing))
    keyboard.hold(Keys.CONTROL, Keys.ENTER)
    screen.sees("#notice", "Formuläret är inlämnat")
    [filed] = screen.served.do(screen.desk.house.records.waiting_of(ANNA))
    assert filed.answers["note"] == "Partnern i Borås ringer på nytt 1 gång."


def test_what_is_written_without_a_pause_is_saved_meanwhile(screen: Screen) -> None:
    _begin_call(screen)
    screen.driver.execute_script(WRITES_WITHOUT_END)
    until(screen.driver, lambda _: screen.answers().get("note"))


def test_a_form_is_saved_when_its_tab_is_left_however_soon(screen: Screen) -> None:
    _begin_call(screen)
    screen.driver.execute_script(NEVER_PAUSES)
    screen.one(f"{HERE} [name=note]").send_keys("Ringer igen.")
    assert not screen.answers().get("note")
    first = screen.driver.current_window_handle
    screen.driver.switch_to.new_window("tab")
    until(screen.driver, lambda _: screen.answers().get("note") == "Ringer igen.")
    screen.driver.close()
    screen.driver.switch_to.window(first)


def test_who_is_logged_out_while_the_server_is_away_is_told_that_alone(screen: Screen) -> None:
    _begin_call(screen)
    screen.driver.execute_script(NEVER_PAUSES)
    screen.one(f"{HERE} [name=note]").send_keys("Kvar att skriva.")
    screen.served.do(_end_streams(screen.desk))
    screen.sees("#lost", "Ingen kontakt med servern")
    screen.served.do(screen.desk.staff.disable(ANNA))
    screen.sees("#notice", "Du är utloggad.")
    until(screen.driver, lambda d: not d.find_element(By.ID, "lost").is_displayed())
    note = screen.one(f"{HERE} [name=note]")
    assert note.get_property("value") == "Kvar att skriva."


async def _end_streams(desk: DeskHouse) -> None:
    desk.house.board.feeds.close()


def _begin_call(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.click("#call button")
    until(screen.driver, lambda _: focused(screen) == "outcome")


def test_axe_finds_nothing_in_a_call_its_gate_and_the_list_of_what_was_filed(
    screen: Screen,
) -> None:
    screen.log_in(ANNA)
    filed = {"period": "2026-11", "channel": "phone", "note": "Vill ha hjälp att sluta."}
    screen.served.do(screen.desk.house.records.file(bytes(16), filed, counsellor=ANNA))
    screen.click("#call button")
    until(screen.driver, lambda _: focused(screen) == "outcome")
    screen.click(f"{HERE} .keys summary")
    screen.click(f"{HERE} .sure summary")
    screen.one(f"{HERE} [name=note]").send_keys("Johan i Borås, 070-123 45 67.")
    screen.sees(f"{HERE} .gate mark", "Borås")
    found = _faults(screen, "call")
    screen.one(f"{HERE} .filing:has(.sure[open]) .keys[open]")
    screen.driver.get(f"{screen.served.url}/desk/filed")
    assert found + _faults(screen, "filed") == []


def _faults(screen: Screen, page: str) -> list[str]:
    found = []
    for width, dark in ((PHONE, True), (WIDE, False)):
        resize(screen.driver, width, 900)
        colours(screen.driver, dark=dark)
        found += [f"{page} {width}: {fault}" for fault in faults(screen.driver)]
        wider = "return document.documentElement.scrollWidth - innerWidth"
        if screen.driver.execute_script(wider) > 0:
            found.append(f"{page} {width}: scrolls sideways")
    return found
