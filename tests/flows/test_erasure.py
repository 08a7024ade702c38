from datetime import timedelta
from itertools import product

import pytest

from flows.effects import (
    Answer,
    Effect,
    Erase,
    FillForm,
    ForgetReminder,
    OpenForm,
    RecordLeftQueue,
    Say,
    Unsend,
)
from flows.events import (
    AskedErasure,
    Claimed,
    ConfirmedErasure,
    Departed,
    Emptied,
    Event,
    HandedBack,
    Opened,
    Rang,
    Said,
    ToldHelped,
    Wrote,
)
from flows.machine import EVENTS, step
from flows.states import Closed, Closing, Deciding, Erasing, Menu, Open, Seeking, Talking, Waiting
from tests.cast import ANNA, MONDAY_MORNING
from tests.fakes import offered, on_telegram, read, stay, world
from tests.walks import samples, steps

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
ERASING = on_telegram(Erasing(stay(), MONDAY_MORNING))


@pytest.mark.parametrize("state", [*EVERYWHERE, *map(on_telegram, EVERYWHERE)])
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
    for left in (state, on_telegram(state)):
        turn = step(left, Rang(), world(LATER))
        assert turn.state == Closed()
        assert turn.effects == (Erase(),)


# Where the channel keeps copies.


@pytest.mark.parametrize("state", EVERYWHERE)
def test_where_copies_lie_they_are_deleted_before_the_key(state: Open) -> None:
    turn = step(on_telegram(state), ConfirmedErasure(), world(LATER))
    assert turn.state == Erasing(on_telegram(state).stay, LATER)
    assert turn.effects[-2:] == (ForgetReminder(), Unsend())
    assert Erase() not in turn.effects
    assert step(ERASING, Emptied(), world()).effects == (Erase(),)


@pytest.mark.parametrize("state", EVERYWHERE)
def test_the_counsellor_and_the_statistics_learn_the_same_on_every_channel(state: Open) -> None:
    def learnt(state: Open) -> list[Effect]:
        effects = step(state, ConfirmedErasure(), world(LATER)).effects
        return [e for e in effects if not isinstance(e, Erase | Unsend | ForgetReminder)]

    assert learnt(on_telegram(state)) == learnt(state)


@pytest.mark.parametrize("state", EVERYWHERE)
def test_who_has_blocked_us_is_erased_at_once_for_nothing_can_be_deleted_there(state: Open) -> None:
    turn = step(on_telegram(state), Departed(), world(LATER))
    assert turn.state == Closed()
    assert turn.effects[-2:] == (ForgetReminder(), Erase())


def test_nothing_is_deleted_on_the_channel_unless_the_visitor_asks_for_it() -> None:
    unsent = {type(each.event) for each in steps() if Unsend() in each.turn.effects}
    assert unsent <= {ConfirmedErasure, Wrote}
    assert Unsend() not in step(on_telegram(CLOSING), Rang(), world(LATER)).effects


@pytest.mark.parametrize("event", [Emptied(), Rang(), Departed()])
def test_what_cannot_be_deleted_in_time_does_not_keep_the_key_alive(event: Event) -> None:
    turn = step(ERASING, event, world(LATER))
    assert turn.state == Closed()
    assert turn.effects == (Erase(),)


def test_from_erasing_the_only_way_is_to_the_end() -> None:
    for event in (each for kind in EVENTS for each in samples(kind)):
        turn = step(ERASING, event, world())
        assert turn.state in (ERASING, Closed())
        assert all(isinstance(effect, Erase | Answer) for effect in turn.effects)


@pytest.mark.parametrize("event", [Opened(), Wrote("vänta"), Wrote("jag dödar henne nu")])
def test_who_erases_is_told_nothing_more(event: Event) -> None:
    turn = step(ERASING, event, world())
    assert turn.state is ERASING
    assert turn.effects == ()


@pytest.mark.parametrize("event", [Claimed(ANNA, "d"), Said(ANNA, "Hej.")])
def test_a_counsellor_learns_that_there_is_no_talk_with_who_erases(event: Event) -> None:
    turn = step(ERASING, event, world())
    assert turn.state is ERASING
    assert turn.effects == (Answer("answer-not-talking"),)


def test_on_telegram_the_question_says_whose_words_go_and_what_is_left() -> None:
    text = read(step(on_telegram(Menu(stay())), AskedErasure(), world()))
    assert "både ditt och vårt" in text
    assert "Äldre meddelanden här i chatten tar du bort själv" in text


def test_who_is_gone_hears_nothing_on_any_channel() -> None:
    gone: tuple[Event, ...] = (ConfirmedErasure(), Departed())
    for state, event in product(EVERYWHERE, gone):
        effects = step(on_telegram(state), event, world()).effects
        assert not any(isinstance(effect, Say) for effect in effects)
