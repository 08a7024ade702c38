"""Which services are shown for a place, and in which order."""

from dataclasses import replace

import pytest

from directory import finder
from directory.finder import Match
from directory.load import load
from directory.models import Service

DIRECTORY = load()
ROLES = (None, "uses_violence", "risks_violence", "exposed", "relative", "professional")
ORDER = ("own", "shared", "regional", "neighbour", "social_services", "national")


def find(name: str, role: str | None = None) -> tuple[Match, ...]:
    code = next(place.code for place in DIRECTORY.municipalities.values() if place.name == name)
    return finder.find(DIRECTORY, code, role=role)


def ids(matches: tuple[Match, ...], serves: str) -> list[str]:
    return [match.service.id for match in matches if match.serves == serves]


@pytest.mark.parametrize("role", ROLES)
def test_every_municipality_has_social_services_and_a_national_line(role: str | None) -> None:
    for code in DIRECTORY.municipalities:
        matches = finder.find(DIRECTORY, code, role=role)
        assert ids(matches, "social_services")
        assert "valj-att-sluta" in ids(matches, "national")


@pytest.mark.parametrize("role", ROLES)
def test_the_nearest_stand_first_and_nothing_stands_twice(role: str | None) -> None:
    for code in DIRECTORY.municipalities:
        matches = finder.find(DIRECTORY, code, role=role)
        reaches = [ORDER.index(match.serves) for match in matches]
        assert reaches == sorted(reaches)
        assert len({match.service.id for match in matches}) == len(matches)


def test_all_that_is_shown_meets_a_strict_need_but_the_social_services() -> None:
    for role, need in (("risks_violence", "uses_violence"), ("exposed", "exposed")):
        for code in DIRECTORY.municipalities:
            for match in finder.find(DIRECTORY, code, role=role):
                assert need in match.service.who_for or match.serves == "social_services"


def test_a_municipality_has_its_own_service_first() -> None:
    assert find("Norrköping", "uses_violence")[0].service.id == "frideborg-norrkoping"
    assert find("Norrköping", "uses_violence")[0].serves == "own"


def test_a_shared_service_is_shown_as_shared_in_each_of_its_municipalities() -> None:
    for name in ("Lund", "Höör", "Staffanstorp"):
        assert ids(find(name), "shared") == ["kriscentrum-mellersta-skane"]


def test_a_service_for_a_county_is_shown_as_regional() -> None:
    assert ids(find("Danderyd", "uses_violence"), "regional") == ["manscentrum-stockholm"]
    assert ids(find("Tierp", "uses_violence"), "regional") == ["mvu-uppsala"]


def test_neighbours_are_shown_only_where_nothing_else_meets_the_need() -> None:
    assert ids(find("Kil", "uses_violence"), "neighbour") == ["atv-arvika"]
    assert ids(find("Norrköping", "uses_violence"), "neighbour") == []
    assert ids(find("Gävle", "uses_violence"), "neighbour") == ["familjeteamet-heby"]
    assert ids(find("Gävle", "exposed"), "neighbour") == []


def test_nearer_neighbours_stand_first_and_at_most_three() -> None:
    shown = ids(find("Kungälv", "uses_violence"), "neighbour")
    assert len(shown) == 3
    assert ids(find("Strängnäs", "uses_violence"), "neighbour") == []
    assert ids(find("Mjölby", "uses_violence"), "neighbour") == ["rad-och-stod-linkoping"]
    assert ids(find("Perstorp", "uses_violence"), "neighbour") == []
    assert ids(find("Finspång", "uses_violence"), "neighbour") == [
        "frideborg-norrkoping",
        "rad-och-stod-linkoping",
    ]


def test_a_service_for_an_unknown_part_of_a_county_does_not_hide_neighbours() -> None:
    matches = find("Vimmerby", "uses_violence")
    assert ids(matches, "regional") == ["atv-sodra-kalmar"]
    assert ids(matches, "neighbour") == ["vastervik-samtal-om-vald"]


def test_neighbours_social_services_are_not_offered() -> None:
    for code in DIRECTORY.municipalities:
        for match in finder.find(DIRECTORY, code):
            if match.serves == "neighbour":
                assert not match.service.social_services


def test_social_services_are_made_where_none_are_known() -> None:
    service = find("Kiruna")[0].service
    assert service.id == "socialtjansten-2584"
    assert service.name == "Socialtjänsten i Kiruna"
    assert service.phone is None
    assert "växel" in service.description
    assert service.status == "unverified"


def test_social_services_that_are_known_stand_instead() -> None:
    assert ids(find("Vännäs"), "social_services") == ["vannas-socialtjanst"]
    assert ids(find("Vännäs"), "own") == []


def test_the_exposed_are_shown_the_lines_for_them() -> None:
    assert ids(find("Kiruna", "exposed"), "national") == [
        "valj-att-sluta",
        "kvinnofridslinjen",
        "stodlinjen-for-man",
        "brottsofferjouren",
    ]


def test_those_who_use_violence_are_not_shown_lines_for_the_exposed() -> None:
    assert ids(find("Kiruna", "risks_violence"), "national") == ["valj-att-sluta", "preventell"]


def test_without_a_role_services_for_those_who_use_violence_stand_first() -> None:
    own = [match.service for match in find("Stockholm") if match.serves == "own"]
    uses = ["uses_violence" in service.who_for for service in own]
    assert uses == sorted(uses, reverse=True)
    assert False in uses


def test_a_relative_sees_those_for_relatives_first_and_the_others_too() -> None:
    matches = finder.find_in_county(DIRECTORY, "21", role="relative")
    own = ids(matches, "own")
    assert own[0] == "centrum-mot-vald-hudiksvall"
    assert "enheten-vald-gavle" in own


def test_an_unknown_role_is_treated_as_none() -> None:
    assert find("Lund", "public") == find("Lund")


def test_an_unknown_municipality_is_an_error() -> None:
    with pytest.raises(KeyError):
        finder.find(DIRECTORY, "9999")


@pytest.mark.parametrize("role", ROLES)
def test_every_county_has_an_answer(role: str | None) -> None:
    for code in DIRECTORY.counties:
        assert "valj-att-sluta" in ids(
            finder.find_in_county(DIRECTORY, code, role=role), "national"
        )


def test_a_county_shows_the_widest_reach_first() -> None:
    matches = finder.find_in_county(DIRECTORY, "12", role="uses_violence")
    assert ids(matches, "shared") == ["kriscentrum-mellersta-skane", "kriscentrum-sydostra-skane"]
    assert ids(matches, "own") == ["kriscentrum-malmo", "myndighetsteam-vald-kristianstad"]
    assert ids(matches, "social_services") == []
    assert finder.find_in_county(DIRECTORY, "03")[0].serves == "regional"


def test_every_service_is_reached_from_some_municipality() -> None:
    shown = {
        match.service.id
        for code in DIRECTORY.municipalities
        for match in finder.find(DIRECTORY, code)
    }
    assert shown >= DIRECTORY.services.keys()


def test_every_service_shown_is_found_again_by_its_id() -> None:
    for code in DIRECTORY.municipalities:
        for match in finder.find(DIRECTORY, code):
            assert finder.service(DIRECTORY, match.service.id) == match.service


def test_an_unknown_id_finds_nothing() -> None:
    for unknown in ("", "nothing", "socialtjansten-", "socialtjansten-9999", "2584"):
        assert finder.service(DIRECTORY, unknown) is None


def searched(words: str) -> list[str]:
    return [service.id for service in finder.search(DIRECTORY, words)]


def test_a_counsellor_finds_by_name_place_and_municipality() -> None:
    assert searched("frideborg") == ["frideborg-norrkoping"]
    assert searched("Välj att sluta") == ["valj-att-sluta"]
    assert searched("kvinnofridslinjen") == ["kvinnofridslinjen"]
    assert searched("Kiruna") == ["socialtjansten-2584"]
    assert "kriscentrum-mellersta-skane" in searched("eslov")
    assert "centrum-mot-vald-jamtland" in searched("Åre")
    assert searched("socialtjänsten kils")[0] == "socialtjansten-1715"
    assert searched("Märsta")[0] == "manscentrum-stockholm"


def test_names_that_hold_the_first_word_stand_first() -> None:
    assert searched("kriscentrum malmö")[0] == "kriscentrum-malmo"
    assert searched("malmö")[0] == "kriscentrum-malmo"


def test_a_search_answers_with_twenty_at_most() -> None:
    assert len(searched("kommun")) == finder.MOST_FOUND


def test_a_search_for_nothing_finds_nothing() -> None:
    for words in ("", "  ", "\0", "asdfgh", "x" * 10_000):
        assert searched(words) == []


def test_a_service_that_is_added_is_found() -> None:
    added = Service(
        id="new",
        name="Mottagningen",
        operator="Kiruna kommun",
        municipality_codes=("2584",),
        who_for=("uses_violence",),
        description="En mottagning.",
        source="",
    )
    directory = replace(DIRECTORY, services={**DIRECTORY.services, "new": added})
    assert finder.find(directory, "2584")[0] == Match(added, "own")
    assert added in finder.search(directory, "mottagningen")
