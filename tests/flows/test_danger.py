import pytest

from flows.effects import Keep, RelayToCounsellor, Say, Tell
from flows.events import Rewrote, Wrote
from flows.machine import step
from flows.states import Closing, Menu, Open, Seeking, Talking, Waiting
from tests.cast import ANNA, MONDAY_MORNING
from tests.fakes import read, said, stay, world

KILL = Wrote("jag dödar henne nu")
DIE = Wrote("jag vill inte leva längre")
SHAKE = Wrote("jag håller på att skaka bebisen")

MENU = Menu(stay())
WAITING = Waiting(stay(), MONDAY_MORNING, MONDAY_MORNING)
TALKING = Talking(stay(), ANNA, MONDAY_MORNING, "draft")


@pytest.mark.parametrize(("event", "number"), [(KILL, "112"), (DIE, "90101"), (SHAKE, "116 111")])
def test_each_danger_has_its_number_after_112(event: Wrote, number: str) -> None:
    first = read(step(MENU, event, world())).splitlines()[0]
    assert first.startswith("Ring 112")
    assert number in first


def test_danger_never_stops_the_words() -> None:
    assert Keep(KILL.text) in step(MENU, KILL, world()).effects
    assert RelayToCounsellor(KILL.text) in step(TALKING, KILL, world()).effects


@pytest.mark.parametrize("state", [MENU, Seeking(stay()), Closing(stay(), MONDAY_MORNING, "d")])
def test_where_nobody_reads_the_number_is_said_every_time(state: Open) -> None:
    once = step(state, KILL, world()).state
    assert isinstance(once, Open)
    assert said(step(once, KILL, world()))[0] == "acute-other"


def test_who_will_read_is_told_once_and_who_waits_hears_the_number_every_time() -> None:
    turn = step(WAITING, KILL, world())
    assert Tell("note-acute") in turn.effects
    assert isinstance(turn.state, Open)
    again = step(turn.state, KILL, world())
    assert said(again) == ["acute-other"]
    assert Tell("note-acute") not in again.effects


def test_in_a_talk_the_number_is_said_once_and_the_counsellor_is_told() -> None:
    turn = step(TALKING, KILL, world())
    assert said(turn) == ["acute-other"]
    assert Tell("note-acute") in turn.effects
    assert isinstance(turn.state, Open)
    again = step(turn.state, KILL, world())
    assert said(again) == []
    assert Tell("note-acute") not in again.effects


def test_a_new_danger_is_said_though_another_was_marked_before() -> None:
    turn = step(WAITING, KILL, world())
    assert isinstance(turn.state, Waiting)
    assert said(step(turn.state, DIE, world())) == ["acute-self"]


def test_several_dangers_are_all_marked_in_order() -> None:
    turn = step(MENU, Wrote(f"{DIE.text}. {KILL.text}."), world())
    assert isinstance(turn.state, Menu)
    assert turn.state.stay.acute == ("other", "self")
    assert said(turn)[:2] == ["acute-other", "acute-self"]


def test_danger_in_changed_words_is_marked_and_met_as_in_any_others() -> None:
    turn = step(TALKING, Rewrote(KILL.text), world())
    assert said(turn) == ["acute-other"]
    assert Tell("note-acute") in turn.effects
    assert isinstance(turn.state, Talking)
    assert turn.state.stay.acute == ("other",)


def test_the_number_stands_by_itself_where_texts_are_sent_as_one() -> None:
    first, *others = (e for e in step(MENU, KILL, world()).effects if isinstance(e, Say))
    assert first.alone
    assert not any(say.alone for say in others)


def test_calm_words_are_not_marked() -> None:
    turn = step(MENU, Wrote("jag slog henne för ett år sedan"), world())
    assert isinstance(turn.state, Menu)
    assert turn.state.stay.acute == ()
