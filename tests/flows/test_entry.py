from dataclasses import replace
from datetime import timedelta

import pytest

from flows.effects import Forget, Keep, Say, Tell
from flows.events import (
    AskedHours,
    AskedMenu,
    AskedPrivacy,
    AskedViolence,
    Hurried,
    Opened,
    Rewrote,
    SentUnsupported,
    Wrote,
    chosen,
)
from flows.machine import step
from flows.states import Closing, Deciding, Erasing, Menu, Open, Seeking, Talking, Waiting
from tests.cast import ANNA, MONDAY_EVENING, MONDAY_MORNING
from tests.fakes import offered, on_telegram, read, said, stay, world

MENU = Menu(stay())
TALKING = Talking(stay(), ANNA, MONDAY_MORNING, "draft", warned=True)
EVERYWHERE: tuple[Open, ...] = (
    MENU,
    Seeking(stay()),
    Deciding(stay()),
    Waiting(stay(), MONDAY_MORNING, MONDAY_MORNING),
    TALKING,
    Closing(stay(), MONDAY_MORNING, "draft"),
)
LATER = MONDAY_MORNING + timedelta(minutes=5)


def test_the_first_words_say_what_this_is_that_humans_answer_and_112() -> None:
    text = read(step(MENU, Opened(), world()))
    assert "Välj att sluta" in text
    assert "automatiskt svar" in text
    assert "en människa" in text
    assert "ring 112" in text
    assert "Chatten är öppen nu, till kl. 16.00." in text


def test_after_a_restart_the_greeting_begins_with_what_was_lost() -> None:
    turn = step(MENU, Opened(), world(has_restarted=True))
    assert said(turn) == ["restarted", "greeting"]


def test_a_human_is_offered_only_where_there_is_one() -> None:
    assert "talk" in offered(step(MENU, Opened(), world(present=1)))
    assert "talk" not in offered(step(MENU, Opened(), world(present=0)))
    assert "talk" not in offered(step(MENU, Opened(), world(MONDAY_EVENING, present=1)))


def test_open_hours_without_anybody_there_are_told_as_they_are() -> None:
    text = read(step(MENU, Opened(), world(present=0)))
    assert "Chatten är öppen nu, till kl. 16.00. Ingen rådgivare är på plats just nu" in text


def test_a_campaigns_code_is_remembered_until_another_one_comes() -> None:
    came = step(MENU, Opened("public_transport"), world()).state
    assert came == Menu(stay(heard_via="public_transport"))
    assert step(came, Opened(), world()).state == came
    assert step(came, Opened("internet"), world()).state == Menu(stay(heard_via="internet"))


def test_a_campaigns_code_changes_nothing_that_is_said() -> None:
    assert step(MENU, Opened("internet"), world()).effects == step(MENU, Opened(), world()).effects


def test_words_are_met_with_the_offer_of_a_human_and_kept_for_nobody() -> None:
    turn = step(MENU, Wrote("jag vet inte vad jag gör"), world())
    assert turn.effects[0] == Keep("jag vet inte vad jag gör")
    assert said(turn) == ["words-open"]
    assert turn.state == Menu(stay(), has_words=True)


def test_words_when_it_is_closed_are_met_with_when_and_where_else() -> None:
    text = read(step(MENU, Wrote("är ni där"), world(MONDAY_EVENING)))
    assert "Den öppnar i morgon kl. 08.30." in text
    assert "020-555 666" in text
    assert "112" in text


def test_who_writes_many_short_messages_reads_the_offer_once() -> None:
    offer = step(MENU, Wrote("hon"), world()).effects[-1]
    assert isinstance(offer, Say)
    assert offer.slot


def test_hard_identifiers_are_masked_before_anything_is_kept() -> None:
    turn = step(MENU, Wrote("ring 070-174 06 05"), world())
    assert turn.effects[0] == Keep("ring [telefonnummer]")
    assert said(turn) == ["masked-kept", "words-open"]


@pytest.mark.parametrize("state", [MENU, Seeking(stay()), Deciding(stay(), has_words=True)])
def test_changed_words_are_kept_as_the_first_ones_and_nothing_more_is_said(
    state: Menu | Seeking | Deciding,
) -> None:
    turn = step(state, Rewrote("ring 070-174 06 05"), world())
    assert turn.state == state
    assert turn.effects[0] == Keep("ring [telefonnummer]")
    assert said(turn) == ["masked-kept"]
    assert said(step(state, Rewrote("jag menade i går"), world())) == []


@pytest.mark.parametrize("words", ["ja", "radera", "öppettider", "Malmö"])
@pytest.mark.parametrize("state", [MENU, Seeking(stay()), Deciding(stay(), has_words=True)])
def test_changed_words_are_never_a_command_or_a_place(
    state: Menu | Seeking | Deciding, words: str
) -> None:
    turn = step(state, Rewrote(words), world())
    assert turn.state == state
    assert turn.effects == (Keep(words),)


@pytest.mark.parametrize("state", [MENU, Seeking(stay()), Deciding(stay(), has_words=True)])
def test_the_menu_is_never_far(state: Menu | Seeking | Deciding) -> None:
    turn = step(state, AskedMenu(), world())
    assert turn.state == Menu(stay(), state.has_words)
    assert offered(turn) == ["talk", "places", "hours", "violence", "privacy", "erase"]


def test_hours_are_told_for_both_channels_with_the_number() -> None:
    text = read(step(MENU, AskedHours(), world(MONDAY_EVENING)))
    assert "Chatten är stängd." in text
    assert "Telefonen är stängd." in text
    assert "020-555 666" in text


@pytest.mark.parametrize("event", [AskedHours(), AskedViolence(), AskedPrivacy()])
def test_plain_questions_are_answered_and_lead_on(
    event: AskedHours | AskedViolence | AskedPrivacy,
) -> None:
    assert offered(step(MENU, event, world())) == ["talk", "places", "menu"]
    assert offered(step(MENU, event, world(present=0))) == ["places", "menu"]


@pytest.mark.parametrize("event", [AskedHours(), AskedViolence(), AskedPrivacy()])
def test_plain_questions_in_a_talk_do_not_lead_away_from_it(
    event: AskedHours | AskedViolence | AskedPrivacy,
) -> None:
    turn = step(TALKING, event, world())
    assert turn.state == replace(TALKING, warned=False)
    assert offered(turn) == []


@pytest.mark.parametrize("state", [MENU, TALKING])
def test_a_picture_is_declined_kindly_and_kept_nowhere(state: Menu | Talking) -> None:
    turn = step(state, SentUnsupported(), world())
    assert said(turn) == ["unsupported"]
    assert not any(isinstance(effect, Keep | Forget) for effect in turn.effects)


def test_the_counsellor_learns_of_a_picture_that_nobody_has_read() -> None:
    assert Tell("note-unsupported") in step(TALKING, SentUnsupported(), world()).effects
    assert Tell("note-unsupported") not in step(MENU, SentUnsupported(), world()).effects


def test_on_telegram_forwarded_messages_are_named_among_what_is_not_read() -> None:
    assert "vidarebefordrade" in read(step(on_telegram(MENU), SentUnsupported(), world()))


@pytest.mark.parametrize("state", EVERYWHERE)
def test_who_writes_too_fast_is_told_so_once_and_it_is_no_sign_of_life(state: Open) -> None:
    turn = step(state, Hurried(), world(LATER))
    assert turn.state is state
    (say,) = (effect for effect in turn.effects if isinstance(effect, Say))
    assert (say.text, say.slot) == ("too-often", "too-often")
    assert "skicka det igen" in read(turn)


def test_the_counsellor_learns_that_some_words_were_not_taken() -> None:
    assert Tell("note-too-often") in step(TALKING, Hurried(), world()).effects
    assert [type(effect) for effect in step(MENU, Hurried(), world()).effects] == [Say]


def test_who_erases_may_hurry_as_they_like() -> None:
    erasing = on_telegram(Erasing(stay(), MONDAY_MORNING))
    turn = step(erasing, Hurried(), world())
    assert turn.state is erasing
    assert turn.effects == ()


def test_no_button_says_that_somebody_hurries() -> None:
    assert chosen("hurried") is None
    assert chosen("too-often") is None


def test_on_telegram_the_promise_names_who_else_holds_the_words_and_the_more_private_way() -> None:
    text = read(step(on_telegram(MENU), AskedPrivacy(), world()))
    assert "Vi sparar inte vem du är" in text
    assert "Telegram vet vilket konto du har" in text
    assert "Så länge samtalet är öppet kan du skriva /radera" in text
    assert "högst 30 minuter efter det sista du skrev" in text
    assert "när som helst" not in text
    assert text.splitlines()[-1] == "https://chatt.example"


def test_the_promise_holds_no_more_than_is_true() -> None:
    text = read(step(MENU, AskedPrivacy(), world())).casefold()
    assert "vi sparar inte vem du är" in text
    assert "anonym" not in text
    assert "ingen kan se" not in text
