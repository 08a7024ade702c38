import pytest

from flows.commands import COMMANDS, KNOWN, command_in, commanded
from flows.events import (
    AskedErasure,
    AskedHours,
    AskedMenu,
    AskedPlaces,
    EndedTalk,
    Event,
    LeftQueue,
    Mistyped,
    Opened,
)
from flows.machine import BOT, step
from flows.states import Closing, Deciding, Menu, Open, Seeking, Talking, Waiting
from tests.cast import ANNA, MONDAY_MORNING
from tests.fakes import offered, read, said, stay, world

MENU = Menu(stay())
WAITING = Waiting(stay(), MONDAY_MORNING, MONDAY_MORNING)
TALKING = Talking(stay(), ANNA, MONDAY_MORNING, "draft")
CLOSING = Closing(stay(), MONDAY_MORNING, "draft")
LONGEST = 60
"""Characters that fit in Telegram's list on a small phone."""


@pytest.mark.parametrize(
    ("name", "event"),
    [
        ("start", Opened()),
        ("meny", AskedMenu()),
        ("menu", AskedMenu()),
        ("help", AskedMenu()),
        ("hjälp", AskedMenu()),
        ("hjalp", AskedMenu()),
        ("settings", Mistyped()),
        ("hitta", AskedPlaces()),
        ("find", AskedPlaces()),
        ("oppet", AskedHours()),
        ("öppet", AskedHours()),
        ("ÖPPET", AskedHours()),
        ("tider", AskedHours()),
        ("radera", AskedErasure()),
        ("Radera", AskedErasure()),
        ("erase", AskedErasure()),
        ("delete", AskedErasure()),
    ],
)
@pytest.mark.parametrize("state", [None, MENU, WAITING, TALKING, CLOSING])
def test_a_command_means_the_same_everywhere(name: str, event: Event, state: Open | None) -> None:
    assert commanded(name, state) == event


@pytest.mark.parametrize("name", ["avsluta", "stop", "slut", "Avsluta"])
def test_to_end_is_to_end_what_one_is_in(name: str) -> None:
    assert commanded(name, TALKING) == EndedTalk()
    assert commanded(name, WAITING) == LeftQueue()
    for state in (None, MENU, Seeking(stay()), Deciding(stay()), CLOSING):
        assert commanded(name, state) == AskedMenu()


@pytest.mark.parametrize("name", sorted(KNOWN))
@pytest.mark.parametrize("state", [None, MENU, WAITING, TALKING, CLOSING])
def test_every_command_we_know_means_something_however_it_is_written(
    name: str, state: Open | None
) -> None:
    assert name == name.casefold()
    assert commanded(name.upper(), state) == commanded(name, state)


@pytest.mark.parametrize("name", ["hjalp", "Meny", "xyz", "a_1", "hjälp", "ÖPPET"])
@pytest.mark.parametrize("bot", ["", "@helpline_test_bot"])
def test_a_word_with_a_slash_is_a_command_be_there_one_or_not(name: str, bot: str) -> None:
    assert command_in(f"/{name}{bot}") == name


@pytest.mark.parametrize("text", ["", "/", "meny", "/rädd", "/ hej", "/det/", "/" + "x" * 33, "/Ω"])
def test_what_can_be_no_command_is_words(text: str) -> None:
    assert command_in(text) == ""


@pytest.mark.parametrize("state", [MENU, Seeking(stay()), Deciding(stay()), WAITING, TALKING])
def test_who_types_a_command_that_there_is_not_is_told_which_there_are(state: Open) -> None:
    turn = step(state, Mistyped(), world(present=1))
    assert type(turn.state) is type(state)
    assert said(turn) == ["mistyped"]
    assert all(f"/{name}" in read(turn) for name in COMMANDS)
    assert bool(offered(turn)) == isinstance(state, BOT)


def test_every_command_we_announce_is_known_and_says_in_a_few_words_what_it_does() -> None:
    assert COMMANDS == ("meny", "hitta", "oppet", "avsluta", "radera")
    assert {"start", *COMMANDS} <= KNOWN
    assert len({commanded(name, TALKING) for name in COMMANDS}) == len(COMMANDS)
    for name in COMMANDS:
        assert 0 < len(world().texts.say("sv", f"command-{name}")) <= LONGEST


def test_no_command_is_announced_without_a_text_or_the_other_way_round() -> None:
    ids = world().texts.ids("sv")
    assert {id for id in ids if id.startswith("command-")} == {f"command-{c}" for c in COMMANDS}
