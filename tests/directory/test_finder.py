"""Which services are shown for a place, and in which order."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import finder
from directory.finder import Match, Need
from directory.load import load
from directory.models import Contact, Directory, Service
from directory.search import MOST_FOUND, search
from tests.directory.entries import MALMO, a_service, with_services

DIRECTORY = load()
ROLES = (None, "uses_violence", "risks_violence", "exposed", "relative", "professional")
ORDER = ("own", "shared", "regional", "neighbour", "social_services", "national")


def find(name: str, role: str | None = None) -> tuple[Match, ...]:
    code = next(place.code for place in DIRECTORY.municipalities.values() if place.name == name)
    return finder.find(DIRECTORY, code, need=Need(role=role))


def ids(matches: tuple[Match, ...], serves: str) -> list[str]:
    return [match.service.id for match in matches if match.serves == serves]


@pytest.mark.parametrize("role", ROLES)
def test_every_municipality_has_social_services_and_a_national_line(role: str | None) -> None:
    for code in DIRECTORY.municipalities:
        matches = finder.find(DIRECTORY, code, need=Need(role=role))
        assert ids(matches, "social_services")
        assert "valj-att-sluta" in ids(matches, "national")


@given(
    code=st.sampled_from(sorted(DIRECTORY.municipalities)),
    need=st.builds(
        Need,
        role=st.none() | st.sampled_from(ROLES) | st.text(max_size=20),
        gender=st.none() | st.sampled_from(["women", "men"]),
        age=st.none() | st.integers(0, 120),
        language=st.none() | st.sampled_from(["sv", "ar", "so", "fi"]) | st.text(max_size=8),
    ),
    district=st.sampled_from(["", "nowhere", *DIRECTORY.districts]),
)
def test_nobody_anywhere_gets_an_empty_answer(code: str, need: Need, district: str) -> None:
    matches = finder.find(DIRECTORY, code, need=need, district=district)
    assert ids(matches, "social_services")
    assert ids(matches, "national")
    assert all(match.service.status != "retired" for match in matches)


@pytest.mark.parametrize("role", ROLES)
def test_the_nearest_stand_first_and_nothing_stands_twice(role: str | None) -> None:
    for code in DIRECTORY.municipalities:
        matches = finder.find(DIRECTORY, code, need=Need(role=role))
        reaches = [ORDER.index(match.serves) for match in matches]
        assert reaches == sorted(reaches)
        assert len({match.service.id for match in matches}) == len(matches)


def test_all_that_is_shown_meets_a_strict_need_but_the_social_services() -> None:
    for role, need in (("risks_violence", "uses_violence"), ("exposed", "exposed")):
        for code in DIRECTORY.municipalities:
            for match in finder.find(DIRECTORY, code, need=Need(role=role)):
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
    assert ids(find("Leksand", "uses_violence"), "neighbour") == [
        "enheten-vald-falun",
        "familjefrid-mora",
    ]
    assert ids(find("Finspång", "uses_violence"), "neighbour") == ["frideborg-norrkoping"]


def test_a_neighbour_that_nobody_can_reach_is_not_offered() -> None:
    unknown: dict[str, Any] = {"municipality_codes": ("1281",), "phones": ()}
    assert "neighbour" not in serving_malmo(a_service(**unknown))
    assert "neighbour" in serving_malmo(a_service(**unknown, email="hej@lund.example"))
    assert "own" in serving_malmo(a_service(phones=()))


def test_what_several_share_does_not_hide_neighbours_where_nobody_can_reach_it() -> None:
    shared = a_service("delad", municipality_codes=(MALMO, "1282"), phones=())
    near = a_service("granne", municipality_codes=("1281",))
    shown = [match.serves for match in finder.find(with_services([shared, near]), MALMO)]
    assert shown[:2] == ["shared", "neighbour"]
    reached = shared.model_copy(update={"email": "hej@delad.example"})
    matches = finder.find(with_services([reached, near]), MALMO)
    assert "neighbour" not in [match.serves for match in matches]


def serving_malmo(service: Service) -> list[str]:
    """How what is shown in Malmö serves it, were this the only service."""
    return [match.serves for match in finder.find(with_services([service]), MALMO)]


def test_where_no_neighbour_has_anything_the_nearest_within_reach_is_shown() -> None:
    shown = ids(find("Perstorp", "uses_violence"), "neighbour")
    assert shown[0] == "kriscentrum-mellersta-skane"
    assert ids(find("Kiruna", "uses_violence"), "neighbour") == []


def with_service(**known: object) -> Directory:
    """Give the directory with one more service in Kiruna, which has none of its own."""
    plain = {"id": "new", "name": "Mottagningen", "operator": "Kiruna", "description": "Samtal."}
    added = Service.model_validate(
        {**plain, "municipality_codes": ("2584",), "who_for": ("uses_violence",), **known}
    )
    return replace(DIRECTORY, services={**DIRECTORY.services, "new": added})


@pytest.mark.parametrize(
    ("service", "need", "is_shown"),
    [
        ({"gender": "men"}, Need(gender="women"), False),
        ({"gender": "men"}, Need(gender="men"), True),
        ({"gender": "men"}, Need(), True),
        ({"min_age": 18}, Need(age=17), False),
        ({"min_age": 18}, Need(age=18), True),
        ({"max_age": 25}, Need(age=26), False),
        ({"max_age": 25}, Need(age=25), True),
        ({"min_age": 18}, Need(), True),
        ({"languages": ("so",)}, Need(language="ar"), True),
        ({"status": "retired"}, Need(), False),
    ],
)
def test_a_service_is_shown_to_those_whom_it_is_for(
    service: dict[str, object], need: Need, *, is_shown: bool
) -> None:
    shown = finder.find(with_service(**service), "2584", need=need)
    assert ("new" in ids(shown, "own")) == is_shown


def test_retired_general_social_services_leave_the_general_entry() -> None:
    made = finder.service(DIRECTORY, "socialtjansten-2584")
    assert made
    retired = made.model_copy(update={"status": "retired", "description": "Nedlagd."})
    without = replace(DIRECTORY, services={**DIRECTORY.services, made.id: retired})
    assert finder.service(without, made.id) == made
    assert ids(finder.find(without, "2584"), "social_services") == [made.id]


def test_social_services_that_were_edited_still_get_the_switchboard() -> None:
    made = finder.service(DIRECTORY, "socialtjansten-2584")
    assert made
    edited = made.model_copy(update={"description": "Mottagningen på Hjalmar Lundbohmsvägen."})
    contact = Contact(municipality_code="2584", phone="0980-700 00")
    known = replace(
        DIRECTORY,
        services={**DIRECTORY.services, made.id: edited},
        contacts={"2584": contact},
    )
    (entry,) = [m.service for m in finder.find(known, "2584") if m.serves == "social_services"]
    assert (entry.description, entry.phone) == (edited.description, "0980-700 00")


def test_those_who_speak_the_language_stand_first() -> None:
    extra = with_service(municipality_codes=("0581",), languages=("so",))
    assert ids(finder.find(extra, "0581"), "own") == ["frideborg-norrkoping", "new"]
    spoken = finder.find(extra, "0581", need=Need(language="so"))
    assert ids(spoken, "own") == ["new", "frideborg-norrkoping"]


def test_a_service_for_one_gender_does_not_hide_neighbours_from_the_other() -> None:
    men_only = with_service(municipality_codes=("1715",), gender="men")
    assert ids(finder.find(men_only, "1715"), "neighbour") == ["atv-arvika"]
    assert ids(finder.find(men_only, "1715", need=Need(gender="men")), "neighbour") == []


def test_in_a_district_services_for_other_districts_are_left_out() -> None:
    farsta = ids(finder.find(DIRECTORY, "0180", district="0180-farsta"), "own")
    bromma = ids(finder.find(DIRECTORY, "0180", district="0180-bromma"), "own")
    assert "relationsvaldscentrum-vasterort" not in farsta
    assert "relationsvaldscentrum-vasterort" in bromma


def test_retired_social_services_give_way_to_the_general_entry() -> None:
    entry = DIRECTORY.services["vannas-socialtjanst"]
    retired = entry.model_copy(update={"status": "retired"})
    services = {**DIRECTORY.services, entry.id: retired}
    without = replace(DIRECTORY, services=services)
    shown = finder.find(without, "2460")
    assert ids(shown, "social_services") == ["socialtjansten-2460"]
    assert finder.service(without, entry.id) == retired, "a form may still name it"
    assert entry.id not in [found.id for found in search(without, "Vännäs")]


def test_a_known_switchboard_stands_with_the_social_services() -> None:
    contact = Contact(municipality_code="2584", phone="0980-700 00", checked=date(2026, 9, 1))
    known = replace(DIRECTORY, contacts={"2584": contact})
    (entry,) = [m.service for m in finder.find(known, "2584") if m.serves == "social_services"]
    assert (entry.phone, entry.checked) == ("0980-700 00", date(2026, 9, 1))
    nothing = Contact(municipality_code="2584", url="https://kiruna.se/", checked=date(2026, 9, 1))
    known = replace(DIRECTORY, contacts={"2584": nothing})
    (entry,) = [m.service for m in finder.find(known, "2584") if m.serves == "social_services"]
    assert (entry.url, entry.checked, entry.source) == ("https://kiruna.se/", None, "")


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
    matches = finder.find_in_county(DIRECTORY, "21", need=Need(role="relative"))
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
            finder.find_in_county(DIRECTORY, code, need=Need(role=role)), "national"
        )


def test_a_county_shows_the_widest_reach_first() -> None:
    matches = finder.find_in_county(DIRECTORY, "12", need=Need(role="uses_violence"))
    assert ids(matches, "shared") == ["kriscentrum-mellersta-skane", "kriscentrum-sydostra-skane"]
    assert ids(matches, "own") == ["kriscentrum-malmo", "myndighetsteam-vald-kristianstad"]
    assert ids(matches, "social_services") == []
    assert finder.find_in_county(DIRECTORY, "03")[0].serves == "regional"


def test_every_service_for_a_place_is_reached_from_some_municipality() -> None:
    shown = {
        match.service.id
        for code in DIRECTORY.municipalities
        for match in finder.find(DIRECTORY, code)
    }
    local = {each.id for each in DIRECTORY.services.values() if not each.national}
    assert shown >= local


def test_national_lines_that_are_not_offered_are_found_by_searching() -> None:
    hidden = [each for each in DIRECTORY.services.values() if not each.offered]
    assert hidden
    for line in hidden:
        assert line in search(DIRECTORY, line.name)
        assert line.id not in ids(finder.national(DIRECTORY), "national")


def test_every_service_shown_is_found_again_by_its_id() -> None:
    for code in DIRECTORY.municipalities:
        for match in finder.find(DIRECTORY, code):
            assert finder.service(DIRECTORY, match.service.id) == match.service


def test_an_unknown_id_finds_nothing() -> None:
    for unknown in ("", "nothing", "socialtjansten-", "socialtjansten-9999", "2584"):
        assert finder.service(DIRECTORY, unknown) is None


def searched(words: str) -> list[str]:
    return [service.id for service in search(DIRECTORY, words)]


def test_a_counsellor_finds_by_name_place_and_municipality() -> None:
    assert searched("frideborg") == ["frideborg-norrkoping"]
    assert searched("Välj att sluta") == ["valj-att-sluta"]
    assert searched("kvinnofridslinjen") == ["kvinnofridslinjen"]
    assert "kriscentrum-mellersta-skane" in searched("eslov")
    assert "centrum-mot-vald-jamtland" in searched("Åre")
    assert searched("socialtjänsten kils")[0] == "socialtjansten-1715"
    assert searched("Märsta")[0] == "manscentrum-stockholm"


def test_a_counsellor_finds_by_number() -> None:
    assert searched("112")[0] == "sos-alarm"
    assert searched("020-66 77 88") == ["preventell"]
    assert searched("020 667788") == ["preventell"]
    assert searched("999999") == []


def test_a_counsellor_finds_what_a_visitor_of_any_municipality_is_shown_in_its_order() -> None:
    for place in DIRECTORY.municipalities.values():
        shown = [match.service for match in find(place.name)]
        assert list(search(DIRECTORY, place.name))[: len(shown)] == shown, place.name


def test_the_national_lines_stand_last_and_once_where_several_places_are_meant() -> None:
    lines = [match.service.id for match in finder.national(DIRECTORY)]
    assert searched("Öland")[-len(lines) :] == lines
    assert len(set(searched("Öland"))) == len(searched("Öland"))


def test_a_place_that_is_called_nearly_the_same_is_not_offered() -> None:
    habo, haabo = "socialtjansten-0643", "socialtjansten-0305"
    for words, meant, other in (("Håbo", haabo, habo), ("socialtjänsten habo", habo, haabo)):
        assert meant in searched(words), words
        assert other not in searched(words), words
    assert "socialtjansten-0767" not in searched("Mark"), "Markaryd begins so too"


def test_exact_spelling_stands_before_spelling_without_dots() -> None:
    found = searched("män")
    assert found.index("kriscentrum-man-goteborg") < found.index("antivaldcenter-sodertalje")
    assert "stodlinjen-for-man" in searched("stodlinjen")


def test_a_place_gives_its_services_before_its_social_services() -> None:
    assert searched("Lund")[:2] == ["kriscentrum-mellersta-skane", "socialtjansten-1281"]
    assert searched("socialtjänsten lund")[0] == "socialtjansten-1281"


def test_a_county_and_places_of_one_name_are_found_too() -> None:
    assert {"kriscentrum-malmo", "myndighetsteam-vald-kristianstad"} <= set(searched("Skåne"))
    assert {"socialtjansten-0885", "socialtjansten-0840"} <= set(searched("Öland"))
    assert "familjefrid-mora" in searched("särna"), "the description names it"
    assert searched("malmö 112")[0] != "sos-alarm"


def test_names_that_hold_the_first_word_stand_first() -> None:
    assert searched("kriscentrum malmö")[0] == "kriscentrum-malmo"
    assert searched("malmö")[0] == "kriscentrum-malmo"


def test_those_of_a_place_stand_before_those_whose_operator_is_called_so() -> None:
    found = search(DIRECTORY, "stockholm")
    last_local = max(n for n, each in enumerate(found) if "0180" in each.municipality_codes)
    assert found.index(DIRECTORY.services["valj-att-sluta"]) > last_local


def test_a_search_answers_with_twenty_at_most() -> None:
    assert len(searched("kommun")) == MOST_FOUND


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
    assert added in search(directory, "mottagningen")
