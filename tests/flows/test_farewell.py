from dataclasses import replace
from datetime import timedelta

import pytest

from flows.effects import Answer, FillForm, Forget, Tell
from flows.events import (
    HELPED,
    AskedMenu,
    AskedPlaces,
    AskedTalk,
    Ended,
    EndedTalk,
    Event,
    Opened,
    ToldHelped,
    Wrote,
)
from flows.machine import step
from flows.states import Closing, Talking
from tests.cast import ANNA, BO, MONDAY_MORNING
from tests.fakes import offered, on_telegram, read, said, stay, world

LATER = MONDAY_MORNING + timedelta(minutes=41)
TALKING = Talking(stay(), ANNA, MONDAY_MORNING, "draft")
CLOSING = Closing(stay(), MONDAY_MORNING, "draft")


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


def test_on_telegram_the_goodbye_tells_how_to_delete_what_lies_there() -> None:
    text = read(step(on_telegram(TALKING), EndedTalk(), world()))
    assert "Om 10 minuter glömmer vår server" in text
    assert "Chatten i Telegram ligger kvar tills den raderas" in text
    assert "Skriv /radera innan dess" in text
    assert "ta bort chatten själv" in text


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


def test_who_feels_worse_is_not_just_thanked() -> None:
    turn = step(CLOSING, ToldHelped("worse"), world())
    assert said(turn) == ["helped-worse"]
    assert "112" in read(turn)
