import tomllib
from collections import Counter

import pytest

from bot.settings import FLOWS
from directory.places import understand
from flows.effects import Button, Keep
from flows.events import Event, Opened, Wrote, chosen
from flows.farewell import HELPED_BUTTONS
from flows.handoff import ROLE_BUTTONS
from flows.machine import step
from flows.menu import (
    ALL,
    BACK,
    ERASE,
    ERASE_NOW,
    KEEP,
    LEAVE_QUEUE,
    REMIND,
    YES,
    YES_WITH_WORDS,
    YES_WITHOUT_WORDS,
)
from flows.spoken import LONGEST, Spoken, heard, parse_spoken
from flows.states import Closing, Deciding, Menu, Open, Seeking, Talking, Waiting
from tests.cast import ANNA, MONDAY_MORNING
from tests.fakes import on_telegram, said, stay, world

MENU = Menu(stay())
SEEKING = Seeking(stay())
DECIDING = Deciding(stay(), has_words=True)
WAITING = Waiting(stay(), MONDAY_MORNING, MONDAY_MORNING)
ASKED_ROLE = Waiting(stay(), MONDAY_MORNING, MONDAY_MORNING, asking="role")
TALKING = Talking(stay(), ANNA, MONDAY_MORNING, "draft")
CLOSING = Closing(stay(), MONDAY_MORNING, "draft")

LABELS: list[tuple[Open, Button]] = [
    *((state, button) for state in (MENU, SEEKING, DECIDING) for button in (*ALL, BACK, KEEP)),
    *(
        (on_telegram(state), each)
        for state in (MENU, SEEKING, DECIDING)
        for each in (ERASE, REMIND)
    ),
    *((DECIDING, button) for button in (YES, YES_WITH_WORDS, YES_WITHOUT_WORDS)),
    *((ASKED_ROLE, button) for button in ROLE_BUTTONS),
    (WAITING, LEAVE_QUEUE),
    *((CLOSING, button) for button in HELPED_BUTTONS),
    *((state, ERASE_NOW) for state in (MENU, SEEKING, DECIDING, WAITING, TALKING, CLOSING)),
]


def shipped() -> dict[str, list[str]]:
    return tomllib.loads((FLOWS / "spoken.toml").read_text("utf-8"))


def meant(state: Open, text: str) -> Event:
    return heard(state, Wrote(text), world().spoken, has_unsent=False)


@pytest.mark.parametrize(("state", "button"), LABELS)
def test_writing_what_a_button_says_is_the_button(state: Open, button: Button) -> None:
    label = world().texts.say("sv", button.label, channel=state.stay.channel)
    assert meant(state, label) == chosen(button.choice)


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("ÖPPETTIDER???", "hours"),
        ("oppetider", "hours"),
        ("  radgivare ", "talk"),
        ("Är det våld?!", "violence"),
        ("/start", "menu"),
        ("raderaaa", "erase"),
        ("tillbaka...", "menu"),
    ],
)
def test_capitals_signs_dots_and_doubled_letters_do_not_matter(text: str, choice: str) -> None:
    assert meant(MENU, text) == chosen(choice)


def test_yes_and_no_mean_what_was_asked() -> None:
    assert meant(MENU, "ja") == chosen("talk")
    assert meant(DECIDING, "ja") == chosen("yes")
    assert meant(DECIDING, "nej") == chosen("menu")
    assert meant(SEEKING, "ja") == Wrote("ja")


@pytest.mark.parametrize(
    "text", ["ja", "nej", "öppettider", "rådgivare", "meny", "utsatt", "tider", "hoppa över"]
)
def test_a_word_to_a_counsellor_is_a_word_to_a_counsellor(text: str) -> None:
    assert meant(TALKING, text) == Wrote(text)
    assert meant(WAITING, text) == Wrote(text)


@pytest.mark.parametrize("state", [MENU, SEEKING, DECIDING, on_telegram(WAITING)])
def test_where_nobody_can_be_rung_a_wish_to_be_told_is_words(state: Open) -> None:
    assert meant(state, "säg till när ni öppnar") == Wrote("säg till när ni öppnar")


def test_a_phrase_within_a_longer_text_is_somebody_telling_something() -> None:
    assert meant(MENU, "ja hon sa att jag skulle radera") == Wrote(
        "ja hon sa att jag skulle radera"
    )
    long = "ja" + "!" * LONGEST
    assert meant(MENU, long) == Wrote(long)


def test_what_is_not_written_is_left_as_it_is() -> None:
    assert heard(MENU, Opened(), Spoken({}), has_unsent=False) == Opened()


def test_no_phrase_stands_for_two_choices() -> None:
    bare = [phrase for each in shipped().values() for phrase in parse_spoken(f"x={each}").choices]
    assert [phrase for phrase, times in Counter(bare).items() if times > 1] == []


def test_every_phrase_stands_for_a_choice_there_is() -> None:
    assert [choice for choice in shipped() if choice != "no" and not chosen(choice)] == []


def test_no_phrase_that_is_heard_where_a_place_is_asked_for_is_a_place() -> None:
    phrases = [phrase for each in shipped().values() for phrase in each]
    assert [p for p in phrases if understand(p, world().directory).is_understood] == []


@pytest.mark.parametrize("state", [WAITING, TALKING])
def test_where_somebody_listens_only_an_order_erases(state: Open) -> None:
    assert said(step(state, Wrote("ta bort"), world())) == []
    assert said(step(state, Wrote("radera allt"), world())) == ["erase-ask"]


@pytest.mark.parametrize(
    ("answer", "place"), [("nej jag vågar inte", Menu), ("ja det vill jag", Waiting)]
)
def test_a_short_answer_to_the_disclosure_is_heard(answer: str, place: type[Open]) -> None:
    turn = step(Deciding(stay()), Wrote(answer), world(present=1))
    assert isinstance(turn.state, place)


@pytest.mark.parametrize(
    "story",
    [
        "ja asså det var så här att hon började skrika",
        "ja han är här",
        "ja men inte nu",
        "ja nej vet inte",
        "nej hjälp mig nu",
        "ja han dödar mig",
        "nej jag vill dö",
    ],
)
def test_a_story_that_begins_with_yes_or_no_is_no_answer_and_is_kept(story: str) -> None:
    turn = step(Deciding(stay()), Wrote(story), world(present=1))
    assert isinstance(turn.state, Deciding)
    assert turn.effects[0] == Keep(story)


@pytest.mark.parametrize("words", ["ja han dödar mig", "nej jag vill dö"])
def test_danger_is_met_whatever_the_words_begin_with(words: str) -> None:
    turn = step(Deciding(stay()), Wrote(words), world(present=1))
    assert said(turn)[0].startswith("acute-")


@pytest.mark.parametrize("text", ["ja", "nej", "ja det vill jag", "visa det", "inte nu"])
def test_no_answer_is_heard_to_a_disclosure_that_has_not_arrived(text: str) -> None:
    assert heard(DECIDING, Wrote(text), world().spoken, has_unsent=True) == Wrote(text)
    assert meant(DECIDING, text) != Wrote(text)


def test_what_is_no_answer_to_the_disclosure_is_heard_whatever_has_arrived() -> None:
    for text in ("radera", "öppettider", "meny", "hitta hjälp"):
        event = heard(DECIDING, Wrote(text), world().spoken, has_unsent=True)
        assert event == meant(DECIDING, text)
    assert heard(MENU, Wrote("ja"), world().spoken, has_unsent=True) == chosen("talk")
