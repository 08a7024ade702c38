from dataclasses import replace
from datetime import timedelta

import pytest

from flows.effects import (
    Answer,
    FillForm,
    OpenForm,
    RelayToCounsellor,
    RelayToVisitor,
    ReleaseForm,
    Say,
    Tell,
)
from flows.events import (
    AskedHours,
    AskedMenu,
    AskedPlaces,
    AskedTalk,
    Attached,
    Claimed,
    Ended,
    Event,
    HandedBack,
    Opened,
    Rang,
    Rewrote,
    Said,
    Vanished,
    Wrote,
)
from flows.machine import step
from flows.states import Closing, Intake, Menu, Talking, Waiting
from tests.cast import ANNA, BO, MONDAY_MORNING
from tests.fakes import on_telegram, read, said, stay, world

LATER = MONDAY_MORNING + timedelta(minutes=30)
TOLD = Intake("uses_violence", "0180", "01")
WAITING = Waiting(stay(), MONDAY_MORNING, MONDAY_MORNING, TOLD, "role")
TALKING = Talking(stay(), ANNA, MONDAY_MORNING, "draft", TOLD)


def test_a_claim_begins_the_talk_with_a_prefilled_form() -> None:
    turn = step(WAITING, Claimed(ANNA, "draft"), world(LATER))
    assert turn.state == Talking(stay(touched=LATER), ANNA, LATER, "draft", TOLD)
    form, hello = turn.effects
    assert isinstance(form, OpenForm)
    assert (form.draft, form.counsellor) == ("draft", ANNA)
    assert dict(form.answers) == {
        "period": "2026-11",
        "channel": "web",
        "language": "sv",
        "wait_minutes": "30",
        "role": "uses_violence",
        "municipality": "0180",
        "county": "01",
    }
    assert hello == Say("counsellor-here", (("counsellor", ANNA),))


def test_the_campaign_fills_in_how_they_found_us_and_nothing_else() -> None:
    def filled(state: Waiting) -> dict[str, str]:
        form = step(state, Claimed(ANNA, "draft"), world()).effects[0]
        assert isinstance(form, OpenForm)
        return dict(form.answers)

    came = replace(WAITING, stay=stay(heard_via="public_transport"))
    assert filled(came) == filled(WAITING) | {"heard_via": "public_transport"}
    assert filled(on_telegram(WAITING)) == filled(WAITING) | {"channel": "telegram"}


def test_what_was_not_told_is_not_prefilled() -> None:
    turn = step(replace(WAITING, intake=Intake()), Claimed(ANNA, "draft"), world())
    form = turn.effects[0]
    assert isinstance(form, OpenForm)
    assert not {"role", "municipality", "county"} & dict(form.answers).keys()


def test_a_counsellor_whose_hands_are_full_is_told_so() -> None:
    turn = step(WAITING, Claimed(ANNA, "draft"), world(holding=2))
    assert turn.state is WAITING
    assert turn.effects == (Answer("answer-full", (("most", 2),)),)


def test_who_loses_the_race_is_told_who_has_the_visitor() -> None:
    turn = step(TALKING, Claimed(BO, "other"), world())
    assert turn.state is TALKING
    assert turn.effects == (Answer("answer-already-with", (("counsellor", ANNA),)),)


def test_claiming_twice_is_no_harm() -> None:
    turn = step(TALKING, Claimed(ANNA, "other"), world())
    assert turn.state is TALKING
    assert [effect.text for effect in turn.effects if isinstance(effect, Answer)] == [
        "answer-yours"
    ]


def test_words_go_both_ways() -> None:
    heard = step(TALKING, Wrote("hej"), world(LATER))
    assert heard.effects == (RelayToCounsellor("hej"),)
    answered = step(TALKING, Said(ANNA, "Hej."), world(LATER))
    assert answered.effects == (RelayToVisitor("Hej."),)
    assert heard.state == answered.state == replace(TALKING, stay=stay(touched=LATER))


def test_identifiers_are_masked_and_both_sides_are_told() -> None:
    turn = step(TALKING, Wrote("min mejl är a@example.com"), world())
    assert turn.effects == (
        RelayToCounsellor("min mejl är [mejladress]"),
        Say("masked"),
        Tell("note-masked"),
    )


def test_changed_words_are_masked_like_the_first_and_are_never_a_command() -> None:
    turn = step(TALKING, Rewrote("min mejl är a@example.com"), world(LATER))
    masked = RelayToCounsellor("min mejl är [mejladress]")
    assert turn.effects == (masked, Say("masked"), Tell("note-masked"))
    assert turn.state == replace(TALKING, stay=stay(touched=LATER))
    assert step(TALKING, Rewrote("/radera"), world()).effects == (RelayToCounsellor("/radera"),)


def test_words_changed_after_the_end_are_refused() -> None:
    closing = Closing(stay(), MONDAY_MORNING, "draft")
    turn = step(closing, Rewrote("jag dödar henne nu"), world())
    assert turn.state is closing
    assert turn.effects == ()


@pytest.mark.parametrize("event", [Said(BO, "Hej."), Attached(BO, "preventell"), HandedBack(BO)])
def test_somebody_elses_order_is_answered_and_does_nothing(event: Event) -> None:
    turn = step(TALKING, event, world())
    assert turn.state is TALKING
    assert turn.effects == (Answer("answer-already-with", (("counsellor", ANNA),)),)


def test_a_referral_is_shown_at_once_and_put_into_the_form_once() -> None:
    first = step(TALKING, Attached(ANNA, "preventell"), world())
    assert isinstance(first.state, Talking)
    assert "020-66 77 88" in read(first)
    second = step(first.state, Attached(ANNA, "valj-att-sluta"), world())
    assert isinstance(second.state, Talking)
    again = step(second.state, Attached(ANNA, "preventell"), world())
    assert isinstance(again.state, Talking)
    assert again.state.services == ("preventell", "valj-att-sluta")
    sent = (("referred_to", "preventell"), ("referred_service", "preventell"))
    assert again.effects[1] == FillForm("draft", sent)


def test_on_a_locked_phone_a_referral_begins_with_neutral_words() -> None:
    turn = step(on_telegram(TALKING), Attached(ANNA, "preventell"), world())
    assert said(turn) == ["referral-sent", "referral-entry"]
    assert said(step(TALKING, Attached(ANNA, "preventell"), world())) == ["referral-entry"]


def test_an_entry_is_the_counsellors_own_and_the_goodbye_is_ours() -> None:
    turn = step(on_telegram(TALKING), Attached(ANNA, "preventell"), world())
    assert isinstance(turn.state, Talking)
    end = step(turn.state, Ended(ANNA), world())
    theirs = [each.by_counsellor for each in turn.effects if isinstance(each, Say)]
    ours = [each.by_counsellor for each in end.effects if isinstance(each, Say)]
    assert theirs == [True, True]
    assert True not in ours


def test_a_service_that_is_gone_is_not_sent() -> None:
    turn = step(TALKING, Attached(ANNA, "nowhere"), world())
    assert turn.state is TALKING
    assert turn.effects == (Answer("answer-no-such-service"),)


def test_handing_back_keeps_place_form_and_what_was_told() -> None:
    turn = step(TALKING, HandedBack(ANNA), world(LATER, talks=2))
    assert turn.state == Waiting(
        stay(touched=LATER),
        MONDAY_MORNING,
        LATER,
        TOLD,
        has_words=True,
        draft="draft",
        earlier=ANNA,
        talked=30,
    )
    assert ReleaseForm("draft") in turn.effects
    assert said(turn) == ["handed-back", "queue-standing"]


def test_the_talk_that_was_handed_back_no_longer_counts_in_the_wait() -> None:
    turn = step(TALKING, HandedBack(ANNA), world(present=1, talks=2))
    assert "Det finns en ledig rådgivare" in read(turn)


def test_what_was_sent_and_the_minutes_so_far_outlive_a_hand_back() -> None:
    sent = step(TALKING, Attached(ANNA, "preventell"), world()).state
    assert isinstance(sent, Talking)
    back = step(sent, HandedBack(ANNA), world(LATER)).state
    assert isinstance(back, Waiting)
    again = step(back, Claimed(BO, "unused"), world(LATER)).state
    assert isinstance(again, Talking)
    end = step(again, Ended(BO), world(LATER + timedelta(minutes=9)))
    assert FillForm("draft", (("talk_minutes", "39"), ("outcome", "completed"))) in end.effects
    assert "goodbye-agreed" in said(end)


def test_the_next_counsellor_goes_on_with_the_same_form() -> None:
    back = step(TALKING, HandedBack(ANNA), world()).state
    assert isinstance(back, Waiting)
    turn = step(back, Claimed(BO, "fresh"), world())
    assert isinstance(turn.state, Talking)
    assert turn.state.draft == "draft"


def test_a_counsellor_out_of_reach_does_not_leave_the_visitor_alone() -> None:
    turn = step(TALKING, Vanished(ANNA), world())
    assert isinstance(turn.state, Waiting)
    assert said(turn) == ["counsellor-lost", "queue-standing"]


def test_another_counsellor_out_of_reach_changes_nothing() -> None:
    turn = step(TALKING, Vanished(BO), world())
    assert turn.state is TALKING
    assert turn.effects == ()


def test_silence_is_met_with_a_question_first() -> None:
    turn = step(TALKING, Rang(), world(LATER))
    assert turn.state == replace(TALKING, warned=True)
    assert "Är du kvar?" in read(turn)
    assert "30 minuter" in read(turn)
    assert Tell("note-silence") in turn.effects


def test_silence_after_the_question_ends_the_talk() -> None:
    turn = step(replace(TALKING, warned=True), Rang(), world(LATER))
    assert isinstance(turn.state, Closing)
    assert said(turn)[0] == "ended-by-silence"
    assert FillForm("draft", (("talk_minutes", "30"), ("outcome", "interrupted"))) in turn.effects


@pytest.mark.parametrize("event", [Wrote("jag är kvar"), Said(ANNA, "Jag väntar."), AskedHours()])
def test_any_sign_of_life_answers_the_question(event: Event) -> None:
    turn = step(replace(TALKING, warned=True), event, world(LATER))
    assert isinstance(turn.state, Talking)
    assert not turn.state.warned


def test_after_the_longest_time_a_talk_ends_though_nobody_is_silent() -> None:
    turn = step(TALKING, Rang(), world(MONDAY_MORNING + timedelta(hours=12)))
    assert isinstance(turn.state, Closing)
    assert said(turn)[0] == "ended-by-limit"


@pytest.mark.parametrize("event", [Opened(), AskedMenu(), AskedTalk(), AskedPlaces()])
def test_a_reload_or_an_old_button_says_who_is_here(event: Event) -> None:
    turn = step(TALKING, event, world())
    assert turn.state is TALKING
    assert read(turn) == "Du skriver med Anna. Fråga gärna här."


@pytest.mark.parametrize(
    "event", [Claimed(ANNA, "d"), Said(ANNA, "Hej."), Attached(ANNA, "x"), HandedBack(ANNA)]
)
def test_an_order_where_there_is_no_talk_is_answered(event: Event) -> None:
    menu = Menu(stay())
    turn = step(menu, event, world())
    assert turn.state is menu
    assert turn.effects == (Answer("answer-not-talking"),)
