from dataclasses import replace
from datetime import datetime

import pytest

from directory.answers import matches
from directory.finder import Need
from directory.places import Candidate, Place
from flows import referral
from flows.effects import Button, CountLookUp, Forget, Keep, Say, Turn
from flows.events import AskedMore, AskedPlaces, Event, ToldPlace, Wrote, chosen
from flows.machine import step
from flows.menu import OTHER_PLACE
from flows.referral import FEW_MORE, FEW_NATIONAL, FEW_NEAR, LONGEST_LABEL
from flows.states import Deciding, Menu, Open, Seeking, State
from flows.stockholm import STOCKHOLM
from flows.where import Where, where
from tests.cast import MONDAY_MORNING
from tests.fakes import offered, read, said, stay, world

SEEKING = Seeking(stay(), has_words=True)
SHOWN = replace(SEEKING, has_shown=True)
ASKED = replace(SEEKING, asks=True)
NIGHT = datetime(2026, 11, 18, 23, 30, tzinfo=STOCKHOLM)


def test_asking_for_help_nearby_promises_that_the_place_is_not_kept() -> None:
    turn = step(Menu(stay(), has_words=True), AskedPlaces(), world())
    assert turn.state == SEEKING
    assert "Vi sparar inte platsen" in read(turn)


def test_a_place_is_answered_with_services_and_forgotten() -> None:
    turn = step(SEEKING, Wrote("jag bor i Malmö"), world())
    assert turn.effects[:2] == (Forget(), CountLookUp("12"))
    assert turn.state == SHOWN
    assert said(turn)[0] == "referral-intro"
    assert said(turn)[-2:] == ["referral-how", "referral-next-more"]
    assert offered(turn) == ["more:1280:0", "talk", "places", "menu"]


def test_no_more_services_are_shown_than_can_be_taken_in() -> None:
    turn = step(SEEKING, Wrote("Stockholm"), world())
    assert said(turn).count("referral-short") == FEW_NEAR + 1 + FEW_NATIONAL


def named(turn: Turn[State]) -> list[object]:
    """The services that a turn shows."""
    shown = (each for each in turn.effects if isinstance(each, Say))
    return [dict(each.args)["name"] for each in shown if each.text == "referral-short"]


def pages(code: str, now: datetime) -> list[list[object]]:
    """What somebody sees who asks for more until there is no more."""
    turn = step(SEEKING, ToldPlace(code), world(now=now))
    seen = [named(turn)]
    while more := [each for each in offered(turn) if each.startswith("more:")]:
        event = chosen(more[0])
        assert isinstance(event, AskedMore)
        turn = step(Menu(stay()), event, world(now=now))
        seen.append(named(turn))
    return seen


@pytest.mark.parametrize("now", [MONDAY_MORNING, NIGHT])
@pytest.mark.parametrize("code", ["0180", "1280", "2584", "12", "01", "0180-bromma"])
def test_whoever_asks_for_more_sees_every_service_once_and_few_at_a_time(
    code: str, now: datetime
) -> None:
    first, *rest = pages(code, now)
    directory = world().directory
    found = matches(referral.placed(code, directory), directory, Need())
    others = {each.service.name for each in found if each.service.phone != world().line.phone}
    assert all(0 < len(page) <= FEW_MORE for page in rest)
    seen = [name for page in (first, *rest) for name in page]
    assert len(seen) == len(set(seen))
    assert others <= set(seen)


def test_more_is_not_counted_as_another_look_up_and_begins_with_words_of_ours() -> None:
    turn = step(Menu(stay(), has_words=True), AskedMore("1280", 0), world())
    assert turn.state == SHOWN
    assert said(turn)[0] == "referral-more"
    assert not [effect for effect in turn.effects if isinstance(effect, CountLookUp)]


@pytest.mark.parametrize("state", [Menu(stay()), SEEKING, Deciding(stay())])
def test_more_of_a_place_that_does_not_exist_asks_where_the_visitor_lives(state: Open) -> None:
    turn = step(state, AskedMore("9999", 0), world())
    assert (type(turn.state), said(turn)) == (Seeking, ["place-ask"])


@pytest.mark.parametrize("choice", ["more:", "more:1280", "more:1280:", "more:1280:x", "more::4"])
def test_only_a_button_of_ours_asks_for_more(choice: str) -> None:
    assert chosen(choice) is None


@pytest.mark.parametrize("code", sorted(world().directory.municipalities)[::10])
def test_the_answer_is_never_empty(code: str) -> None:
    assert "referral-short" in said(step(SEEKING, ToldPlace(code), world()))


def test_when_nobody_is_there_the_talk_is_not_offered_afterwards() -> None:
    turn = step(SEEKING, Wrote("Malmö"), world(present=0))
    assert offered(turn) == ["more:1280:0", "places", "menu"]


def test_several_places_are_asked_about_not_guessed() -> None:
    turn = step(SEEKING, Wrote("Järna"), world())
    assert turn.state == ASKED
    assert offered(turn) == ["place:0181", "place:2021", "places"]


def test_a_district_of_a_city_can_be_chosen_too() -> None:
    turn = step(SEEKING, Wrote("Alvik"), world())
    assert offered(turn) == ["place:0180-bromma", "place:2580", "places"]
    chosen = step(SEEKING, ToldPlace("0180-bromma"), world())
    assert "Hjälp i och nära Bromma" in read(chosen)


def test_a_place_that_is_only_likely_is_asked_about() -> None:
    guess = Place(candidates=(Candidate("municipality", "1267", "Höör"),))
    asked = referral.which(Where(guess), OTHER_PLACE, SEEKING, world())
    assert asked
    assert (asked.text, dict(asked.args)) == ("place-sure", {"place": "Höör"})
    assert [button.choice for button in asked.buttons] == ["place:1267", "places"]


def test_a_whole_county_is_answered() -> None:
    turn = step(SEEKING, Wrote("Skåne"), world())
    assert turn.state == SHOWN
    assert "Skåne län" in read(turn)
    assert CountLookUp("12") in turn.effects


def test_a_county_can_be_tapped_when_no_place_was_understood() -> None:
    asked = step(SEEKING, Wrote("där jag bor"), world())
    assert len(offered(asked)) == 21 + 1
    turn = step(SEEKING, ToldPlace("12"), world())
    assert turn.state == SHOWN
    assert "Skåne län" in read(turn)


def test_what_is_no_place_is_forgotten_and_asked_again() -> None:
    turn = step(SEEKING, Wrote("jag vet inte"), world())
    assert turn.effects[0] == Forget()
    assert turn.state == ASKED
    assert said(turn) == ["place-unknown"]


def test_a_municipality_that_does_not_exist_is_asked_again() -> None:
    turn = step(SEEKING, ToldPlace("9999"), world())
    assert turn.state == ASKED
    assert said(turn) == ["place-unknown"]


def test_who_answers_now_is_named_first_among_the_national_lines() -> None:
    night = world(now=NIGHT, present=0)
    turn = step(SEEKING, Wrote("Kiruna"), night)
    entries = [dict(say.args) for say in turn.effects if isinstance(say, Say)]
    shown = [(each["name"], each["open"]) for each in entries if "open" in each]
    assert shown[-2:] == [("Kvinnofridslinjen", "yes"), ("Hjälplinjen", "yes")]


def test_when_a_line_for_those_who_use_violence_answers_it_stands_there_instead() -> None:
    noon = world(now=datetime(2026, 11, 18, 12, 30, tzinfo=STOCKHOLM), present=0)
    names = [
        dict(say.args).get("name")
        for say in step(SEEKING, Wrote("Kiruna"), noon).effects
        if isinstance(say, Say)
    ]
    assert "PrevenTell" in names
    assert "Hjälplinjen" not in names


def test_when_nobody_is_there_a_look_up_ends_with_our_number_and_when_it_is_answered() -> None:
    night = world(now=NIGHT, present=0)
    assert "Oss når du på 020-555 666. Telefonen är stängd." in read(
        step(SEEKING, Wrote("Kiruna"), night)
    )
    assert "referral-us" not in said(step(SEEKING, Wrote("Kiruna"), world()))


@pytest.mark.parametrize("code", sorted(world().directory.counties))
def test_for_a_whole_county_the_way_to_social_services_is_told(code: str) -> None:
    turn = step(SEEKING, ToldPlace(code), world())
    assert "be om socialtjänsten, våld i nära relationer" in read(turn)


# After a look-up.


@pytest.mark.parametrize("first", ["Skåne", "Malmö"])
@pytest.mark.parametrize("then", ["Lund", "och i lund då?", "jag bor i Lund", "lunds kommun"])
@pytest.mark.parametrize("present", [0, 1])
def test_a_place_that_is_typed_after_a_look_up_is_looked_up_and_forgotten(
    first: str, then: str, present: int
) -> None:
    around = world(present=present)
    shown = step(SEEKING, Wrote(first), around).state
    assert isinstance(shown, Seeking)
    turn = step(shown, Wrote(then), around)
    assert turn.effects[:2] == (Forget(), CountLookUp("12"))
    assert "Hjälp i och nära Lund." in read(turn)
    assert turn.state == SHOWN


def test_after_more_was_shown_another_place_may_follow_too() -> None:
    more = step(Menu(stay(), has_words=True), AskedMore("1280", 0), world()).state
    assert isinstance(more, Seeking)
    assert step(more, Wrote("Lund"), world()).effects[0] == Forget()


@pytest.mark.parametrize(
    "words",
    [
        "jag slog henne i Lund",
        "han väntar i Malmö",
        "jag är så rädd",
        "hjälp",
        "hör",
        "flyttade från Lund",
        "vet inte",
        "jag vill inte bo i Lund",
        "hjälp mig nu jag är i Lund",
        "Lund" + 300 * "\n" + "han slår mig",
        "stad",
        "mora mig",
        "jag är 18 bor 123",
        "1 2 3 4 5",
    ],
)
def test_what_says_more_than_a_place_is_kept_as_words_after_a_look_up(words: str) -> None:
    turn = step(SHOWN, Wrote(words), world(present=1))
    assert Keep(words) in turn.effects
    assert said(turn) == ["words-open"]
    assert turn.state == SHOWN


def test_danger_that_is_told_after_a_look_up_is_met_first_and_the_words_are_kept() -> None:
    words = "jag dödar henne ikväll"
    turn = step(replace(SHOWN, has_words=False), Wrote(words), world(present=1))
    assert turn.effects[0] == Keep(words)
    assert said(turn) == ["acute-other", "words-open"]
    assert isinstance(turn.state, Seeking)
    assert turn.state.has_words


def test_a_place_after_words_after_a_look_up_is_still_looked_up() -> None:
    told = step(SHOWN, Wrote("jag är så rädd"), world()).state
    assert isinstance(told, Seeking)
    assert step(told, Wrote("Lund"), world()).effects[0] == Forget()


def test_a_yes_after_a_look_up_is_a_yes_to_the_talk_that_is_offered() -> None:
    assert isinstance(step(SHOWN, Wrote("ja"), world(present=1)).state, Deciding)


def test_a_yes_to_which_place_is_meant_is_no_wish_to_talk() -> None:
    asked = step(SHOWN, Wrote("hjo då"), world(present=1))
    assert said(asked) == ["place-sure"]
    assert isinstance(asked.state, Seeking)
    assert isinstance(step(asked.state, Wrote("ja"), world(present=1)).state, Seeking)


@pytest.mark.parametrize("event", [AskedMore("1280", 4), ToldPlace("1281"), AskedPlaces()])
def test_the_buttons_of_a_look_up_go_on_working(event: Event) -> None:
    assert isinstance(step(SHOWN, event, world()).state, Seeking)


# Landscapes and postcodes.


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Småland", ["06", "08", "07"]),
        ("jag bor i smaland", ["06", "08", "07"]),
        ("lappland", ["25", "24"]),
        ("Norrland", ["21", "23", "25", "24", "22"]),
    ],
)
@pytest.mark.parametrize("state", [SEEKING, SHOWN])
def test_a_landscape_of_several_counties_is_answered_with_those(
    state: Seeking, text: str, codes: list[str]
) -> None:
    turn = step(state, Wrote(text), world())
    assert turn.effects[0] == Forget()
    assert (said(turn), offered(turn)) == (
        ["place-counties"],
        [*(f"place:{code}" for code in codes), "places"],
    )


@pytest.mark.parametrize("state", [SEEKING, SHOWN])
def test_a_postcode_is_forgotten_and_a_name_asked_for(state: Seeking) -> None:
    turn = step(state, Wrote("123 45"), world())
    assert (turn.effects[0], said(turn)) == (Forget(), ["place-postcode"])


# What a place is called.


def labels(turn: Turn[State]) -> list[object]:
    """What stands on the buttons that lead to a place."""
    buttons = (button for say in turn.effects if isinstance(say, Say) for button in say.buttons)
    return [dict(each.args)["name"] for each in buttons if each.label == "button-place"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("sätra", ["Sätra i Stockholm (Skärholmen)", "Sätra i Gävle"]),
        ("jag bor i Årsta", ["Årsta i Stockholm (Enskede-Årsta-Vantör)", "Årsta i Uppsala"]),
        ("Järna", ["Järna i Södertälje", "Järna i Vansbro"]),
        ("roslagen", ["Norrtälje", "Östhammar"]),
    ],
)
def test_a_place_that_may_be_one_of_several_is_called_as_the_visitor_calls_it(
    text: str, named: list[str]
) -> None:
    assert labels(step(SEEKING, Wrote(text), world())) == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("rinkeby", "Rinkeby i Stockholm (Järva)"),
        ("Södra Sandby", "Södra Sandby i Lund"),
        ("Klintehamn", "Klintehamn på Gotland"),
        ("sollefta", "Sollefteå"),
        ("norr köping", "Norrköping"),
        ("väster ås", "Västerås"),
        ("Skåne", "Skåne län"),
        ("Bromma", "Bromma"),
    ],
)
def test_what_is_shown_begins_with_the_place_that_was_typed(text: str, named: str) -> None:
    assert f"Hjälp i och nära {named}." in read(step(SEEKING, Wrote(text), world()))


def test_no_two_buttons_say_the_same_and_each_fits_on_a_small_phone() -> None:
    directory = world().directory
    names = {name for each in directory.districts.values() for name in each.also_called}
    names |= {each.name for each in directory.localities} | {a.alias for a in directory.aliases}
    several = [each for name in sorted(names) if len(each := asked(name)) > 1]
    assert len(several) > 50
    for buttons in several:
        assert len(set(buttons)) == len(buttons)
        assert all(len(button) <= LONGEST_LABEL for button in buttons)


def asked(name: str) -> list[str]:
    told = where(name, world().directory)
    question = referral.which(told, Button("", ""), SEEKING, world())
    buttons = question.buttons[:-1] if question else ()
    return [str(dict(each.args)["name"]) for each in buttons]
