"""Where the keyboard is at the desk after each step: never on what does something unasked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from flows.events import Departed, ToldPlace, ToldRole
from tests.bot.browser import faults, resize, until
from tests.bot.test_desk_browser import HERE, Screen, on_screen
from tests.cast import ANNA, KARIN

pytestmark = pytest.mark.browser

HASSLEHOLM = "1293"
FIND = f"{HERE} form.find input[name=find]"
SMALL_DESK = 1280
PHONE = (360, 700)

HOLD = """
const [ask, path] = [window.fetch, arguments[0]];
window.held = [];
window.fetch = async (...asked) => {
  const answer = await ask(...asked);
  if (!String(asked[0]).endsWith(path)) return answer;
  await answer.clone().text(); // all of it is there
  return new Promise((give) => held.push(() => give(answer)));
};
"""
"""Keep the answers from one path back until they are let go."""

LET_GO = """
const [number, done] = arguments;
held[number]();
setTimeout(done, 50);
"""
"""Let one go, and let the page do what it does with it: nothing of that has to wait."""

TAKE_NEXT_AND_WRITE_ON = """
document.querySelector('#queue form').requestSubmit();
document.querySelector('.panel:not([hidden]) form.say textarea').focus();
"""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    with on_screen(tmp_path, width=SMALL_DESK) as shown:
        yield shown


def is_at(screen: Screen, selector: str) -> bool:
    """Whether the keyboard is there, or in something there."""
    script = "return Boolean(document.activeElement.closest(arguments[0]))"
    return bool(screen.driver.execute_script(script, selector))


def goes_to(screen: Screen, selector: str) -> None:
    until(screen.driver, lambda _: is_at(screen, selector), selector)


def press(screen: Screen, *keys: str) -> None:
    for key in keys:
        screen.driver.switch_to.active_element.send_keys(key)


def holds(screen: Screen, number: int) -> None:
    """Wait until so many answers are kept back."""
    until(screen.driver, lambda it: it.execute_script("return held.length") == number)


def let_go(screen: Screen, number: int) -> None:
    screen.driver.execute_async_script(LET_GO, number)


def sent(screen: Screen) -> str:
    return screen.answers().get("referred_service", "")


def question_at(screen: Screen) -> str | None:
    """The question of the form at which the keyboard is."""
    script = "return document.activeElement.closest('.field')?.dataset.name"
    found: str | None = screen.driver.execute_script(script)
    return found


def near_hassleholm(screen: Screen) -> str:
    """Somebody who has said where they live, and waits."""
    visitor = screen.visitor("Jag bor utanför hässleholm")
    for told in (ToldRole("uses_violence"), ToldPlace(HASSLEHOLM)):
        screen.served.do(screen.desk.happens(visitor, told))
    return visitor


def end(screen: Screen) -> None:
    screen.click(f"{HERE} .tool:not(.refer) > summary")
    screen.click(f"{HERE} .sure:last-of-type > summary")
    screen.one(f"{HERE} .ending").send_keys(Keys.ENTER)
    screen.sees(f"{HERE} .facts", "Samtalet är slut")


def test_after_the_end_of_a_talk_the_keyboard_is_in_its_form_and_takes_nobody(
    screen: Screen,
) -> None:
    screen.log_in(ANNA)
    for words in ("Ett", "Två"):
        screen.visitor(words)
    screen.take_next()
    end(screen)
    goes_to(screen, f"{HERE} form.paper [data-needed]")
    question = question_at(screen)
    press(screen, Keys.ENTER)
    until(screen.driver, lambda _: question_at(screen) not in {question, None})
    assert not screen.desk.house.board.book.talks_of(ANNA)
    assert len(screen.desk.house.board.book.queue()) == 1


def test_handing_back_leaves_the_keyboard_where_enter_takes_nobody(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.visitor("Hej")
    screen.take_next()
    screen.click(f"{HERE} .tool:not(.refer) > summary")
    screen.click(f"{HERE} .sure:first-of-type > summary")
    screen.click(f"{HERE} .sure:first-of-type form button")
    goes_to(screen, "#empty")


def test_the_place_is_searched_at_once_and_only_a_digit_in_the_list_sends(screen: Screen) -> None:
    screen.log_in(ANNA)
    near_hassleholm(screen)
    screen.take_next()
    screen.one(f"{HERE} .refer summary").send_keys(Keys.ENTER)
    screen.sees(f"{HERE} .hits", "på ”Hässleholm”")
    goes_to(screen, FIND)
    press(screen, "1", Keys.BACKSPACE, *"Hässleholm", Keys.ENTER)
    goes_to(screen, f"{HERE} .services")
    screen.sees(f"{HERE} .hits", "för att skicka.")
    press(screen, Keys.ENTER, "x", " ")
    assert sent(screen) == ""
    button = screen.one(f"{HERE} .services li:nth-child(2) button")
    is_in_sight = "return arguments[0].getBoundingClientRect().bottom < innerHeight"
    assert screen.driver.execute_script(is_in_sight, button)
    second = button.get_attribute("value")
    press(screen, "2")
    screen.sees(f"{HERE} .line.counsellor .author", "Du hänvisade")
    goes_to(screen, f"{HERE} form.say")
    until(screen.driver, lambda _: sent(screen) == second)


def test_a_hit_out_of_sight_is_shown_before_it_is_sent(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.visitor("Hej")
    screen.take_next()
    resize(screen.driver, *PHONE)
    screen.lacks(".menu[open]")
    screen.click(f"{HERE} .refer summary")
    screen.one(FIND).send_keys("våld" + Keys.ENTER)
    goes_to(screen, f"{HERE} .services")
    press(screen, "9")
    goes_to(screen, f"{HERE} .services li:nth-child(9) button")
    assert sent(screen) == ""
    ninth = screen.one(f"{HERE} .services li:nth-child(9) button").get_attribute("value")
    press(screen, "9")
    until(screen.driver, lambda _: sent(screen) == ninth)


def test_what_is_written_while_a_search_is_under_way_keeps_the_keyboard(screen: Screen) -> None:
    screen.log_in(ANNA)
    screen.visitor("Hej")
    screen.take_next()
    screen.click(f"{HERE} .refer summary")
    screen.driver.execute_script(HOLD, "/desk/search")
    screen.one(FIND).send_keys("göteborg" + Keys.ENTER + "1")
    holds(screen, 1)
    let_go(screen, 0)
    screen.sees(f"{HERE} .hits", "på ”göteborg”")
    press(screen, "2")
    assert screen.one(FIND).get_property("value") == "göteborg12"
    assert sent(screen) == ""


def test_after_filing_the_keyboard_is_at_the_tab_of_a_form_that_waits_and_the_news_goes(
    screen: Screen,
) -> None:
    screen.log_in(ANNA)
    live, over = screen.visitor("Ett"), screen.visitor("Två")
    screen.take_next()
    screen.take_next()
    screen.served.do(screen.desk.happens(over, Departed()))
    screen.sees("#tabs .kind", "Formulär")
    screen.click("#call button")
    goes_to(screen, f"{HERE}.alone form.paper")
    screen.click(f"{HERE} [name=outcome][value=silent_or_misuse]")
    press(screen, Keys.CONTROL + Keys.ENTER)
    screen.sees("#notice", "Formuläret är inlämnat")
    goes_to(screen, "#tabs a[aria-current][data-phase=over]")
    screen.click("#tabs a[data-phase=talking]")
    until(screen.driver, lambda d: not d.find_element(By.ID, "notice").is_displayed())
    assert screen.heard(live) == []


def test_on_a_phone_the_talk_comes_first_and_how_many_wait_is_said_above_it(
    screen: Screen,
) -> None:
    resize(screen.driver, *PHONE)
    screen.log_in(KARIN)
    screen.visitor("Hej")
    screen.visitor("Jag vill ta livet av mig")
    screen.take_next()
    screen.sees("#waiting", "1 väntar, 1 akut")
    assert screen.one("#waiting").is_displayed()
    assert screen.one("#presence").is_displayed()
    assert not screen.driver.find_element(By.CSS_SELECTOR, ".top nav").is_displayed()
    top = "scrollTo(0, 0); return document.querySelector('.words').getBoundingClientRect().top"
    assert screen.driver.execute_script(top) < PHONE[1] * 0.6
    assert faults(screen.driver) == []
    screen.click(".menu > summary")
    assert screen.one(".top nav").is_displayed()


def test_what_is_being_written_is_not_led_to_the_one_who_is_taken_meanwhile(
    screen: Screen,
) -> None:
    screen.log_in(ANNA)
    for words in ("Ett", "Två"):
        screen.visitor(words)
    screen.take_next()
    first = screen.one(HERE).get_attribute("id")
    screen.driver.execute_script(HOLD, "/desk/next")
    screen.driver.execute_script(TAKE_NEXT_AND_WRITE_ON)
    until(screen.driver, lambda it: len(it.find_elements(By.CSS_SELECTOR, "#tabs a")) == 2)
    until(screen.driver, lambda it: len(it.find_elements(By.CSS_SELECTOR, ".panel")) == 2)
    holds(screen, 1)
    let_go(screen, 0)
    assert is_at(screen, f"#{first} form.say")
    assert screen.one(HERE).get_attribute("id") == first


def test_somebody_who_is_there_before_the_taking_is_answered_is_gone_to_all_the_same(
    screen: Screen,
) -> None:
    screen.log_in(ANNA)
    for words in ("Ett", "Två"):
        screen.visitor(words)
    screen.take_next()
    first = screen.one(HERE).get_attribute("id")
    screen.driver.execute_script(HOLD, "/desk/next")
    screen.click("#queue .main")
    until(screen.driver, lambda it: len(it.find_elements(By.CSS_SELECTOR, ".panel")) == 2)
    holds(screen, 1)
    let_go(screen, 0)
    goes_to(screen, f".panel:not([hidden], #{first}) form.say")


def test_an_answer_that_comes_too_late_does_not_replace_a_newer_one(screen: Screen) -> None:
    screen.log_in(ANNA)
    near_hassleholm(screen)
    screen.take_next()
    screen.driver.execute_script(HOLD, "/desk/search")
    screen.one(f"{HERE} .refer summary").send_keys(Keys.ENTER)
    holds(screen, 1)
    screen.one(FIND).send_keys("göteborg" + Keys.ENTER)
    holds(screen, 2)
    let_go(screen, 1)
    screen.sees(f"{HERE} .hits", "på ”göteborg”")
    let_go(screen, 0)
    assert "på ”göteborg”" in screen.one(f"{HERE} .hits").text
    assert is_at(screen, f"{HERE} .services")
