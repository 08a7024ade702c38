from datetime import datetime

import pytest

from directory import finder
from directory.models import Service
from directory.places import Candidate, Place
from flows import referral
from flows.effects import CountLookUp, Forget, Say
from flows.events import AskedPlaces, ToldPlace, Wrote
from flows.hours import STOCKHOLM
from flows.machine import step
from flows.menu import OTHER_PLACE
from flows.referral import FEW_NATIONAL, FEW_NEAR
from flows.states import Menu, Seeking
from tests.fakes import offered, read, said, stay, world

SEEKING = Seeking(stay(), has_words=True)


def test_asking_for_help_nearby_promises_that_the_place_is_not_kept() -> None:
    turn = step(Menu(stay(), has_words=True), AskedPlaces(), world())
    assert turn.state == SEEKING
    assert "Vi sparar inte platsen" in read(turn)


def test_a_place_is_answered_with_services_and_forgotten() -> None:
    turn = step(SEEKING, Wrote("jag bor i Malmö"), world())
    assert turn.effects[:2] == (Forget(), CountLookUp("12"))
    assert turn.state == Menu(stay(), has_words=True)
    assert said(turn)[0] == "referral-intro"
    assert said(turn)[-2:] == ["referral-how", "referral-next"]
    assert offered(turn) == ["talk", "places", "menu"]


def test_no_more_services_are_shown_than_can_be_taken_in() -> None:
    turn = step(SEEKING, Wrote("Stockholm"), world())
    assert said(turn).count("referral-entry") == FEW_NEAR + 1 + FEW_NATIONAL


@pytest.mark.parametrize("code", sorted(world().directory.municipalities)[::10])
def test_the_answer_is_never_empty(code: str) -> None:
    assert "referral-entry" in said(step(SEEKING, ToldPlace(code), world()))


def test_when_nobody_is_there_the_talk_is_not_offered_afterwards() -> None:
    turn = step(SEEKING, Wrote("Malmö"), world(present=0))
    assert offered(turn) == ["places", "menu"]


def test_several_places_are_asked_about_not_guessed() -> None:
    turn = step(SEEKING, Wrote("Järna"), world())
    assert turn.state == SEEKING
    assert offered(turn) == ["place:0181", "place:2021", "places"]


def test_a_district_of_a_city_can_be_chosen_too() -> None:
    turn = step(SEEKING, Wrote("Alvik"), world())
    assert offered(turn) == ["place:0180-bromma", "place:2580", "places"]
    chosen = step(SEEKING, ToldPlace("0180-bromma"), world())
    assert "Hjälp i och nära Bromma" in read(chosen)


def test_a_place_that_is_only_likely_is_asked_about() -> None:
    guess = Place(candidates=(Candidate("municipality", "1267", "Höör"),))
    asked = referral.which(guess, OTHER_PLACE)
    assert (asked.text, dict(asked.args)) == ("place-sure", {"place": "Höör"})
    assert [button.choice for button in asked.buttons] == ["place:1267", "places"]


def test_a_whole_county_is_answered() -> None:
    turn = step(SEEKING, Wrote("Skåne"), world())
    assert turn.state == Menu(stay(), has_words=True)
    assert "Skåne län" in read(turn)
    assert CountLookUp("12") in turn.effects


def test_a_county_can_be_tapped_when_no_place_was_understood() -> None:
    asked = step(SEEKING, Wrote("där jag bor"), world())
    assert len(offered(asked)) == 21 + 1
    turn = step(SEEKING, ToldPlace("12"), world())
    assert turn.state == Menu(stay(), has_words=True)
    assert "Skåne län" in read(turn)


def test_what_is_no_place_is_forgotten_and_asked_again() -> None:
    turn = step(SEEKING, Wrote("jag vet inte"), world())
    assert turn.effects[0] == Forget()
    assert turn.state == SEEKING
    assert said(turn) == ["place-unknown"]


def test_a_municipality_that_does_not_exist_is_asked_again() -> None:
    turn = step(SEEKING, ToldPlace("9999"), world())
    assert turn.state == SEEKING
    assert said(turn) == ["place-unknown"]


def service(**known: object) -> Service:
    plain = {"id": "x", "name": "Huset", "operator": "Kommunen", "who_for": ()}
    return Service.model_validate(
        {**plain, "description": "Samtal.", "source": "", "national": True, **known}
    )


def written(entry: Say) -> str:
    return world().texts.say("sv", entry.text, **dict(entry.args))


def test_an_entry_says_who_it_is_for_how_to_reach_it_and_how_old_it_is() -> None:
    full = service(
        who_for=("uses_violence", "exposed", "everyone"),
        phones=("08-123",),
        hours="Mo 08:00-09:00",
        url="https://example.org/",
        checked="2026-06-04",
    )
    assert written(referral.entry(full, "sv", world())).splitlines() == [
        "Huset",
        "Samtal.",
        "För dig som använder våld, dig som är utsatt och alla.",
        "Telefon: 08-123",
        "Stängt nu (öppet mån 08–09).",
        "https://example.org/",
        "Uppgiften är från 4 juni 2026 och kan ha ändrats.",
    ]


@pytest.mark.parametrize(
    ("status", "checked", "sentence"),
    [
        ("verified", "2026-11-01", "Kontrollerad 1 november 2026."),
        ("unverified", "2025-11-16", "Uppgiften är från 16 november 2025 och"),
        (
            "verified",
            "2025-11-15",
            "Uppgiften är gammal, från 15 november 2025.",
        ),
        (
            "unverified",
            "2018-01-02",
            "Uppgiften är gammal, från 2 januari 2018.",
        ),
    ],
)
def test_an_entry_says_how_far_it_can_be_relied_on(
    status: str, checked: str, sentence: str
) -> None:
    known = service(status=status, checked=checked, checked_how="phone")
    assert written(referral.entry(known, "sv", world())).splitlines()[-1].startswith(sentence)


def test_who_answers_now_is_named_first_among_the_national_lines() -> None:
    night = world(now=datetime(2026, 11, 18, 23, 30, tzinfo=STOCKHOLM), present=0)
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
    night = world(now=datetime(2026, 11, 18, 23, 30, tzinfo=STOCKHOLM), present=0)
    assert "Oss når du på 020-555 666. Telefonen är stängd." in read(
        step(SEEKING, Wrote("Kiruna"), night)
    )
    assert "referral-us" not in said(step(SEEKING, Wrote("Kiruna"), world()))


@pytest.mark.parametrize("code", sorted(world().directory.counties))
def test_for_a_whole_county_the_way_to_social_services_is_told(code: str) -> None:
    turn = step(SEEKING, ToldPlace(code), world())
    assert "be om socialtjänsten, våld i nära relationer" in read(turn)


@pytest.mark.parametrize(("hours", "shown"), [("off", "none"), ("Mo 08:00+", "unsure")])
def test_hours_that_say_nothing_are_not_shown_as_closed(hours: str, shown: str) -> None:
    entry = referral.entry(service(phones=("08-123",), hours=hours), "sv", world())
    assert dict(entry.args)["open"] == shown
    assert "Stängt nu (öppet )" not in written(entry)


def test_an_entry_says_plainly_what_is_not_known() -> None:
    assert written(referral.entry(service(), "sv", world())).splitlines() == [
        "Huset",
        "Samtal.",
        "Fråga dem om det passar dig.",
        "Telefonnumret har vi inte.",
        "Vi vet inte när uppgiften senast stämde.",
    ]


def test_a_language_without_texts_reads_swedish_entries() -> None:
    entry = referral.entry(service(checked="2026-06-04"), "fi", world())
    assert "4 juni 2026" in written(entry)


def test_every_entry_of_the_directory_can_be_shown() -> None:
    directory = world().directory
    for id in (*directory.services, "socialtjansten-0180"):
        found = finder.service(directory, id)
        assert found
        lines = written(referral.entry(found, "sv", world())).splitlines()
        assert any(line.startswith(("För ", "Fråga ")) for line in lines)
