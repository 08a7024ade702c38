from dataclasses import replace
from datetime import timedelta

import pytest

from flows.effects import (
    Forget,
    Keep,
    RecordLeftQueue,
    RelayToCounsellor,
    Say,
    ShareKept,
    Tell,
    Withhold,
)
from flows.events import (
    AskedMenu,
    AskedPlaces,
    AskedTalk,
    Consented,
    Event,
    LeftQueue,
    Opened,
    Rang,
    Rewrote,
    Skipped,
    ToldPlace,
    ToldRole,
    Wrote,
)
from flows.machine import step
from flows.states import Asking, Deciding, Intake, Menu, Waiting
from flows.world import World
from tests.cast import MONDAY_EVENING, MONDAY_MORNING
from tests.fakes import offered, on_telegram, read, said, stay, world

DECIDING = Deciding(stay())
YES = Consented(with_words=False)
SEVEN_MINUTES_LATER = MONDAY_MORNING + timedelta(minutes=7)


def waiting(asking: Asking = "", intake: Intake | None = None) -> Waiting:
    given = intake or Intake()
    return Waiting(stay(), MONDAY_MORNING, MONDAY_MORNING, given, asking)


# The disclosure and the yes.


def test_before_the_yes_everything_that_must_be_said_is_said() -> None:
    turn = step(Menu(stay()), AskedTalk(), world())
    text = read(turn)
    assert turn.state == DECIDING
    assert "Vi sparar inte vem du är" in text
    assert "Skriv inte namn eller adresser" in text
    assert "skyldig att agera" in text
    assert "anonym" not in text.casefold()


def test_on_telegram_who_else_holds_the_words_is_said_first_with_a_bare_link() -> None:
    turn = step(on_telegram(Menu(stay())), AskedTalk(), world())
    assert said(turn) == ["disclosure-copies", "disclosure"]
    copies, *_ = read(turn).split("\nSå här går det till")
    assert "Telegram vet vilket konto du har" in copies
    assert "ligger kvar där tills den raderas" in copies
    assert copies.splitlines()[-1] == "https://chatt.example"


def test_on_the_web_nobody_else_holds_the_words_so_nothing_is_said_of_it() -> None:
    turn = step(Menu(stay()), AskedTalk(), world())
    assert said(turn) == ["disclosure"]
    assert "Telegram" not in read(turn)


def test_who_has_written_chooses_whether_it_is_handed_over() -> None:
    assert offered(step(Menu(stay()), AskedTalk(), world())) == ["yes", "menu"]
    turn = step(Menu(stay(), has_words=True), AskedTalk(), world())
    assert offered(turn) == ["yes-with-words", "yes", "menu"]


@pytest.mark.parametrize(
    "around", [world(present=0), world(MONDAY_EVENING, present=0), world(MONDAY_EVENING, present=1)]
)
def test_where_no_human_is_there_it_says_when_and_who_else_answers(around: World) -> None:
    turn = step(Menu(stay()), AskedTalk(), around)
    assert isinstance(turn.state, Menu)
    text = read(turn)
    assert "Chatten är" in text
    for number in ("020-555 666", "90390", "116 016", "112"):
        assert number in text


def test_words_before_the_yes_go_to_nobody() -> None:
    turn = step(DECIDING, Wrote("min sambo är rädd för mig"), world())
    assert turn.effects[0] == Keep("min sambo är rädd för mig")
    assert turn.state == replace(DECIDING, has_words=True)
    assert offered(turn) == ["yes-with-words", "yes", "menu"]


def test_a_written_yes_to_a_disclosure_on_its_way_is_words_and_is_asked_for_again() -> None:
    asked = on_telegram(DECIDING)
    turn = step(asked, Wrote("ja"), world(has_unsent=True))
    assert turn.state == replace(asked, has_words=True)
    assert turn.effects[0] == Keep("ja")
    assert said(turn) == ["consent-first"]
    assert isinstance(step(turn.state, Wrote("ja"), world()).state, Waiting)


@pytest.mark.parametrize("with_words", [False, True])
def test_a_button_that_was_pressed_had_arrived_so_it_counts(with_words: bool) -> None:  # noqa: FBT001  pytest gives it
    turn = step(on_telegram(DECIDING), Consented(with_words), world(has_unsent=True))
    assert isinstance(turn.state, Waiting)


def test_a_yes_puts_the_visitor_in_the_queue_with_two_questions_they_may_skip() -> None:
    turn = step(DECIDING, YES, world())
    assert turn.state == waiting("role")
    assert said(turn) == ["queue-joined", "queue-standing", "role-ask"]
    assert "skip" in offered(turn)


def test_only_a_yes_with_words_shares_what_was_kept() -> None:
    before = replace(DECIDING, has_words=True)
    assert ShareKept() not in step(before, YES, world()).effects
    assert ShareKept() in step(before, Consented(with_words=True), world()).effects


def test_a_yes_that_comes_when_the_counsellor_has_gone_does_not_lead_into_the_queue() -> None:
    turn = step(DECIDING, YES, world(present=0))
    assert turn.state == Menu(stay())
    assert said(turn) == ["no-human"]


# The two questions.


def test_role_and_municipality_prefill_the_form() -> None:
    asked = step(waiting("role"), ToldRole("exposed"), world())
    assert asked.state == waiting("municipality", Intake("exposed"))
    told = step(asked.state, Wrote("Lund"), world())
    assert told.state == replace(waiting("", Intake("exposed", "1281", "12")), has_words=True)
    assert told.effects[0] == RelayToCounsellor("Lund")
    assert Forget() not in told.effects, "the answer is kept, so nothing may say that it is not"
    assert said(told) == ["intake-thanks", "queue-standing"]


def test_a_county_is_an_answer_too() -> None:
    turn = step(waiting("municipality"), Wrote("Skåne"), world())
    assert turn.state == replace(waiting("", Intake(county="12")), has_words=True)
    assert said(turn) == ["intake-thanks", "queue-standing"]


def test_a_municipality_can_be_chosen_among_several() -> None:
    turn = step(waiting("municipality"), Wrote("Järna"), world())
    assert turn.state == replace(waiting("municipality"), has_words=True)
    assert offered(turn) == ["place:0181", "place:2021", "skip"]
    chosen = step(turn.state, ToldPlace("0181"), world())
    lives = waiting("", Intake(municipality="0181", county="01"))
    assert chosen.state == replace(lives, has_words=True)


def test_a_landscape_is_kept_and_which_county_is_asked() -> None:
    turn = step(waiting("municipality"), Wrote("Småland"), world())
    assert turn.effects[0] == RelayToCounsellor("Småland")
    assert said(turn) == ["place-counties"]
    assert offered(turn) == ["place:06", "place:08", "place:07", "skip"]
    assert isinstance(turn.state, Waiting)
    told = step(turn.state, ToldPlace("07"), world())
    assert told.state == replace(waiting("", Intake(county="07")), has_words=True)


def test_a_postcode_is_kept_and_a_name_is_asked_for() -> None:
    turn = step(waiting("municipality"), Wrote("123 45"), world())
    assert turn.effects[0] == RelayToCounsellor("123 45")
    assert said(turn) == ["place-postcode"]


def test_changing_ones_mind_about_the_role_asks_nothing_again() -> None:
    turn = step(waiting("", Intake("exposed")), ToldRole("relative"), world())
    assert turn.state == waiting("", Intake("relative"))
    assert said(turn) == ["intake-thanks"]


def test_each_question_can_be_skipped() -> None:
    first = step(waiting("role"), Skipped(), world())
    assert first.state == waiting("municipality")
    second = step(first.state, Skipped(), world())
    assert second.state == waiting()
    assert said(second) == ["queue-standing"]


@pytest.mark.parametrize("asking", ["", "role"])
def test_an_old_button_with_a_place_does_not_fill_the_form(asking: Asking) -> None:
    turn = step(waiting(asking), ToldPlace("1280"), world())
    assert turn.state == waiting(asking)


def test_a_municipality_that_does_not_exist_fills_nothing() -> None:
    turn = step(waiting("municipality"), ToldPlace("9999"), world())
    assert turn.state == waiting("municipality")


# Words while waiting.


def test_words_while_waiting_are_kept_for_the_counsellor() -> None:
    turn = step(waiting(), Wrote("jag har inte sovit"), world())
    assert turn.effects == (RelayToCounsellor("jag har inte sovit"),)
    assert turn.state == replace(waiting(), has_words=True)


@pytest.mark.parametrize("words", ["Han väntar i Malmö", "jag är så rädd"])
@pytest.mark.parametrize("asking", ["municipality", ""])
def test_no_words_are_swallowed_by_a_question(asking: Asking, words: str) -> None:
    turn = step(waiting(asking), Wrote(words), world())
    assert turn.effects[0] == RelayToCounsellor(words)


def test_words_that_are_no_place_are_kept_though_a_place_was_asked_for() -> None:
    turn = step(waiting("place"), Wrote("jag är så rädd"), world())
    assert turn.effects[0] == RelayToCounsellor("jag är så rädd")
    assert said(turn) == ["kept-no-place"]


def test_who_wrote_of_danger_is_told_what_the_counsellor_will_see() -> None:
    warned = Deciding(replace(stay(), acute=("self",)))
    assert said(step(warned, AskedTalk(), world(present=1))) == ["disclosure-acute", "disclosure"]


def test_a_story_is_no_answer_to_where_somebody_lives() -> None:
    story = "vi bodde i Lund när det började"
    turn = step(waiting("municipality"), Wrote(story), world())
    assert turn.effects == (RelayToCounsellor(story),)


def test_short_words_that_are_no_place_are_told_to_the_counsellor() -> None:
    turn = step(waiting("municipality"), Wrote("vet inte"), world())
    assert turn.effects == (RelayToCounsellor("vet inte"),)


def test_identifiers_are_masked_while_waiting_and_both_sides_are_told() -> None:
    turn = step(waiting(), Wrote("070-174 06 05"), world())
    assert turn.effects == (
        RelayToCounsellor("[telefonnummer]"),
        Say("masked"),
        Tell("note-masked"),
    )


def test_on_telegram_what_is_masked_still_stands_in_the_visitors_own_chat() -> None:
    text = read(step(on_telegram(waiting()), Wrote("070-174 06 05"), world()))
    assert "dolts för rådgivaren" in text
    assert "Här i chatten står det kvar tills det raderas." in text
    assert "står det kvar" not in read(step(waiting(), Wrote("070-174 06 05"), world()))


def test_changed_words_are_kept_for_the_counsellor_and_fill_in_nothing() -> None:
    for asking in ("municipality", "place", "role"):
        turn = step(waiting(asking), Rewrote("Lund"), world())
        assert turn.effects == (RelayToCounsellor("Lund"),)
        assert turn.state == replace(waiting(asking), has_words=True)


def test_identifiers_in_changed_words_are_masked_too() -> None:
    turn = step(waiting(), Rewrote("070-174 06 05"), world())
    assert turn.effects[0] == RelayToCounsellor("[telefonnummer]")
    assert said(turn) == ["masked"]


def test_changed_words_do_not_lead_out_of_the_queue() -> None:
    for words in ("radera allt nu", "lämna kön", "/radera"):
        turn = step(waiting(), Rewrote(words), world())
        assert turn.effects == (RelayToCounsellor(words),)


# A look-up while waiting.


def test_help_nearby_can_be_looked_up_while_waiting_and_the_place_is_forgotten() -> None:
    asked = step(waiting(), AskedPlaces(), world())
    assert asked.state == waiting("place")
    turn = step(asked.state, Wrote("Malmö"), world())
    assert turn.state == waiting("another")
    assert turn.effects[0] == Forget()
    assert said(turn)[0] == "referral-intro"
    assert said(turn)[-1] == "queue-standing"


def test_a_county_can_be_looked_up_while_waiting() -> None:
    turn = step(waiting("place"), Wrote("Skåne"), world())
    assert turn.state == waiting("another")
    assert said(turn)[-1] == "queue-standing"


@pytest.mark.parametrize(
    "words", ["jag bor i närheten av Hässleholm", "en by utanför Hässleholm", "Hässleholm"]
)
def test_a_sentence_that_says_where_one_lives_is_looked_up_and_forgotten(words: str) -> None:
    turn = step(waiting("place"), Wrote(words), world())
    assert turn.effects[0] == Forget()
    assert not any(isinstance(effect, RelayToCounsellor) for effect in turn.effects)


@pytest.mark.parametrize("words", ["vill dö Lund", "lund slog mig", "han är hemma i Lund nu"])
def test_a_place_within_what_is_told_is_looked_up_and_the_words_are_kept(words: str) -> None:
    turn = step(waiting("place"), Wrote(words), world())
    assert turn.effects[0] == RelayToCounsellor(words)
    assert "referral-intro" in said(turn)
    assert Forget() not in turn.effects
    assert isinstance(turn.state, Waiting)
    assert turn.state.has_words


@pytest.mark.parametrize(
    "words", ["jag orkar inte vänta längre i Lund ikväll", "jag vet inte vad jag ska göra"]
)
def test_what_may_be_meant_for_the_counsellor_is_kept_and_told_so(words: str) -> None:
    turn = step(waiting("place"), Wrote(words), world())
    assert turn.effects[0] == RelayToCounsellor(words)
    assert said(turn) == ["kept-no-place"]
    assert len(offered(turn)) == 21 + 1


def test_a_place_chosen_in_a_look_up_does_not_fill_the_form() -> None:
    turn = step(waiting("place"), ToldPlace("1280"), world())
    assert turn.state == waiting("another")
    assert "referral-short" in said(turn)


@pytest.mark.parametrize("then", ["Lund", "och i lund då?", "Småland", "123 45", "Järna"])
def test_a_place_that_is_typed_after_a_look_up_while_waiting_is_forgotten_too(then: str) -> None:
    turn = step(waiting("another"), Wrote(then), world())
    assert turn.effects[0] == Forget()
    assert not any(isinstance(effect, RelayToCounsellor) for effect in turn.effects)


def test_when_several_places_fit_after_a_look_up_the_one_that_is_meant_can_be_chosen() -> None:
    asked = step(waiting("another"), Wrote("Järna"), world())
    assert asked.state == waiting("place")
    assert offered(asked) == ["place:0181", "place:2021", "skip"]
    assert step(asked.state, ToldPlace("0181"), world()).state == waiting("another")


@pytest.mark.parametrize("words", ["han väntar i Malmö", "jag är så rädd", "hör", "vet inte"])
def test_words_after_a_look_up_while_waiting_are_for_the_counsellor(words: str) -> None:
    turn = step(waiting("another"), Wrote(words), world())
    assert turn.effects == (RelayToCounsellor(words),)
    assert turn.state == replace(waiting("another"), has_words=True)


# The queue.


def test_the_standing_tells_place_and_a_fair_wait() -> None:
    turn = step(waiting(), Opened(), world(present=1, ahead=3, talks=2))
    assert read(turn).startswith("3 personer är före dig i kön. Det tar ungefär 90 minuter")
    alone = step(waiting(), Opened(), world(present=1, ahead=0, talks=0))
    assert read(alone).startswith("Du är först i kön. Det finns en ledig rådgivare")


def test_who_waits_on_telegram_need_not_keep_anything_open() -> None:
    text = read(step(on_telegram(waiting()), Opened(), world()))
    assert text.endswith("Vi skriver här när någon svarar.")
    assert "sidan" not in text


def test_when_nobody_is_present_no_wait_is_promised() -> None:
    turn = step(waiting(), Opened(), world(present=0))
    assert said(turn) == ["queue-alone"]
    assert "020-555 666" in read(turn)


@pytest.mark.parametrize("event", [Opened(), AskedMenu(), AskedTalk()])
def test_coming_back_shows_the_standing_in_the_place_of_the_last(event: Event) -> None:
    turn = step(waiting(), event, world())
    assert turn.state == waiting()
    (say,) = turn.effects
    assert isinstance(say, Say)
    assert say.slot


def test_a_sign_of_life_comes_while_waiting() -> None:
    turn = step(waiting(), Rang(), world(SEVEN_MINUTES_LATER))
    assert turn.state == replace(waiting(), told=SEVEN_MINUTES_LATER)
    assert said(turn) == ["queue-standing"]


def test_nobody_waits_in_vain_when_the_chat_has_closed() -> None:
    turn = step(waiting(), Rang(), world(MONDAY_EVENING, present=0))
    assert isinstance(turn.state, Menu)
    assert turn.effects[:2] == (RecordLeftQueue(9 * 60), Withhold())
    assert said(turn) == ["queue-closed", "no-human"]


def test_who_waits_at_closing_time_is_still_answered_by_who_is_there() -> None:
    turn = step(waiting(), Rang(), world(MONDAY_EVENING, present=1))
    assert isinstance(turn.state, Waiting)


def test_a_break_in_presence_keeps_the_place_in_the_queue() -> None:
    turn = step(waiting(), Rang(), world(SEVEN_MINUTES_LATER, present=0))
    assert isinstance(turn.state, Waiting)


def test_after_the_longest_time_waiting_ends_with_a_word() -> None:
    turn = step(waiting(), Rang(), world(MONDAY_MORNING + timedelta(hours=12)))
    assert isinstance(turn.state, Menu)
    assert said(turn) == ["queue-limit"]


def test_on_telegram_what_the_server_forgets_is_the_visitors_own_to_delete() -> None:
    late = world(MONDAY_MORNING + timedelta(hours=12))
    assert "tills du tar bort chatten" in read(step(on_telegram(waiting()), Rang(), late))
    begun = step(on_telegram(Menu(stay())), Opened(), world(has_restarted=True))
    assert "tills du tar bort chatten" in read(begun)


def test_leaving_the_queue_counts_the_wait_and_takes_the_words_back() -> None:
    before = replace(waiting(), has_words=True)
    turn = step(before, LeftQueue(), world(SEVEN_MINUTES_LATER))
    assert turn.state == Menu(stay(touched=SEVEN_MINUTES_LATER), has_words=True)
    assert turn.effects[:2] == (RecordLeftQueue(7), Withhold())
