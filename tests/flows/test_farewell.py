from dataclasses import replace
from datetime import timedelta

import pytest

from flows.effects import Answer, Erase, FillForm, Forget, OpenForm, RecordLeftQueue, Tell
from flows.events import (
    HELPED,
    AskedErasure,
    AskedMenu,
    AskedPlaces,
    AskedTalk,
    ConfirmedErasure,
    Departed,
    Ended,
    EndedTalk,
    Event,
    HandedBack,
    Opened,
    Rang,
    ToldHelped,
    Wrote,
)
from flows.machine import step
from flows.states import Closed, Closing, Deciding, Menu, Open, Seeking, Talking, Waiting
from tests.cast import ANNA, BO, MONDAY_MORNING
from tests.fakes import offered, read, said, stay, world

LATER = MONDAY_MORNING + timedelta(minutes=41)
WAITING = Waiting(stay(), MONDAY_MORNING, MONDAY_MORNING)
TALKING = Talking(stay(), ANNA, MONDAY_MORNING, "draft")
CLOSING = Closing(stay(), MONDAY_MORNING, "draft")
EVERYWHERE: tuple[Open, ...] = (
    Menu(stay()),
    Seeking(stay()),
    Deciding(stay()),
    WAITING,
    TALKING,
    CLOSING,
)


@pytest.mark.parametrize("event", [Ended(ANNA), EndedTalk()])
def test_either_side_can_end_the_talk(event: Event) -> None:
    turn = step(TALKING, event, world(LATER))
    assert turn.state == Closing(stay(touched=LATER), LATER, "draft")
    assert said(turn) == ["goodbye", "goodbye-traces", "helped-ask"]
    assert turn.effects[0] == FillForm("draft", (("talk_minutes", "41"), ("outcome", "completed")))
    assert Tell("note-ended") in turn.effects


def test_another_counsellor_cannot_end_it() -> None:
    turn = step(TALKING, Ended(BO), world())
    assert turn.state is TALKING
    assert turn.effects == (Answer("answer-already-with", (("counsellor", ANNA),)),)


def test_the_goodbye_repeats_what_was_agreed() -> None:
    talking = replace(TALKING, services=("preventell", "no-longer-there"))
    turn = step(talking, Ended(ANNA), world())
    assert said(turn)[:3] == ["goodbye", "goodbye-agreed", "referral-entry"]
    assert "020-66 77 88" in read(turn)


def test_referrals_that_are_all_gone_leave_a_plain_goodbye() -> None:
    talking = replace(TALKING, services=("no-longer-there",))
    assert "goodbye-agreed" not in said(step(talking, Ended(ANNA), world()))


def test_the_goodbye_tells_when_it_is_erased_and_what_remains_elsewhere() -> None:
    text = read(step(TALKING, EndedTalk(), world()))
    assert "Om 10 minuter raderas allt här" in text
    assert "webbläsarens historik" in text


@pytest.mark.parametrize("answer", HELPED)
def test_whether_it_helped_goes_into_the_form(answer: str) -> None:
    turn = step(CLOSING, ToldHelped(answer), world())
    assert turn.effects[0] == FillForm("draft", (("helped", answer),))
    assert turn.state == replace(CLOSING, has_answered=True)
    assert offered(turn) == ["erase-now"]


def test_words_after_the_end_are_kept_for_nobody() -> None:
    turn = step(CLOSING, Wrote("vänta"), world())
    assert turn.state == CLOSING
    assert turn.effects[0] == Forget()
    assert said(turn) == ["after-the-end"]


@pytest.mark.parametrize("event", [Opened(), AskedMenu(), AskedTalk(), AskedPlaces()])
def test_coming_back_after_the_end_says_how_to_begin_anew(event: Event) -> None:
    turn = step(CLOSING, event, world())
    assert turn.state is CLOSING
    assert said(turn) == ["after-the-end"]


@pytest.mark.parametrize("state", EVERYWHERE)
def test_erasing_can_be_asked_for_anywhere_and_takes_one_more_step(state: Open) -> None:
    for event in (AskedErasure(), Wrote("/radera")):
        turn = step(state, event, world())
        assert turn.state == state
        assert offered(turn) == ["erase-now", "menu"]


@pytest.mark.parametrize("state", EVERYWHERE)
def test_nothing_is_left_after_erasing_or_leaving(state: Open) -> None:
    for event in (ConfirmedErasure(), Departed()):
        turn = step(state, event, world())
        assert turn.state == Closed()
        assert turn.effects[-1] == Erase()


def test_who_goes_while_waiting_is_counted() -> None:
    turn = step(WAITING, Departed(), world(LATER))
    assert turn.effects == (RecordLeftQueue(41), Erase())


def test_who_goes_in_the_middle_of_a_talk_leaves_the_counsellor_the_form_alone() -> None:
    turn = step(TALKING, ConfirmedErasure(), world(LATER))
    form = FillForm("draft", (("talk_minutes", "41"), ("outcome", "interrupted")))
    silent = FillForm("draft", (("helped", "no_answer"),))
    assert turn.effects == (form, silent, Erase())


@pytest.mark.parametrize("event", [ConfirmedErasure(), Departed(), Rang()])
def test_who_goes_without_saying_if_it_helped_has_not_answered(event: Event) -> None:
    turn = step(CLOSING, event, world(LATER))
    assert turn.effects == (FillForm("draft", (("helped", "no_answer"),)), Erase())
    answered = step(CLOSING, ToldHelped("same"), world())
    assert isinstance(answered.state, Closing)
    assert step(answered.state, event, world(LATER)).effects == (Erase(),)


def test_who_feels_worse_is_not_just_thanked() -> None:
    turn = step(CLOSING, ToldHelped("worse"), world())
    assert said(turn) == ["helped-worse"]
    assert "112" in read(turn)


@pytest.mark.parametrize("event", [ConfirmedErasure(), Departed()])
def test_who_was_handed_back_and_goes_is_in_the_earlier_counsellors_form(event: Event) -> None:
    talked = world(LATER)
    back = step(TALKING, HandedBack(ANNA), talked).state
    assert isinstance(back, Waiting)
    *form, last = step(back, event, world(LATER)).effects
    assert form == [
        OpenForm("draft", ANNA, ()),
        FillForm("draft", (("outcome", "interrupted"), ("helped", "no_answer"))),
    ]
    assert last == Erase()


@pytest.mark.parametrize("state", [Menu(stay()), Seeking(stay()), Deciding(stay())])
def test_what_nobody_touches_is_erased(state: Open) -> None:
    turn = step(state, Rang(), world(LATER))
    assert turn.state == Closed()
    assert turn.effects == (Erase(),)
