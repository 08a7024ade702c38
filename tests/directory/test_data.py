"""What must hold of the data that are shipped: sourced, dated, honest, calm."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import get_args
from urllib.parse import urlsplit

import opening_hours
import pytest

from directory.load import load
from directory.models import ProvisionKind, Service
from directory.provision import coverage, provided, provision_of

DIRECTORY = load()
SERVICES = DIRECTORY.services
LINES = {service.id for service in SERVICES.values() if service.national}

WRITTEN = date(2026, 11, 22)
"""No source can be later."""

HOW_OLD = re.compile(r"(cirka )?\d{4}(-\d{2}|–\d{4})?|okänt år; läst \d{4}")
"""A year, a month, a span of years, or that the page has no date."""

SPOKEN_TO = frozenset({"du", "dig", "din", "ditt", "dina", "ni", "er", "ert", "era"})

LONGEST = 200
"""Characters of a description that can be taken in on a small phone."""


def those(wanted: Callable[[Service], object]) -> list[str]:
    return [service.id for service in SERVICES.values() if wanted(service)]


def test_all_researched_services_and_lines_are_there() -> None:
    assert len(SERVICES) == 64 + 29
    assert len(LINES) == 2 + 29


def test_every_entry_names_the_page_that_says_so() -> None:
    assert not those(lambda each: not each.source.startswith(("https://", "http://")))


def test_every_entry_is_either_dated_or_says_how_old_it_is() -> None:
    assert not those(lambda each: bool(each.checked) == bool(each.as_of))
    assert not those(lambda each: each.as_of and not HOW_OLD.fullmatch(each.as_of))
    assert not those(lambda each: each.checked and each.checked > WRITTEN)


def test_nothing_claims_that_somebody_has_confirmed_it() -> None:
    assert not those(lambda each: each.status != "unverified")
    assert not those(lambda each: each.checked_how or each.checked_with)


def test_all_hours_can_be_read() -> None:
    assert not those(lambda each: each.hours and not opening_hours.validate(each.hours))


def test_local_offices_with_hours_are_closed_on_public_holidays() -> None:
    local = those(lambda each: not each.national and each.hours not in ("", "Mo-Su 00:00-24:00"))
    assert len(local) == 6
    assert all(SERVICES[id].hours.endswith("; PH off") for id in local)


@pytest.mark.parametrize("id", ["stodlinjen-for-man", "ratt-att-valja"])
def test_where_sources_differ_about_hours_the_words_say_both(id: str) -> None:
    assert SERVICES[id].hours == ""
    assert "7–21" in SERVICES[id].description
    assert "dygnet runt" in SERVICES[id].description


def test_descriptions_are_calm_short_and_speak_to_nobody() -> None:
    for service in SERVICES.values():
        assert len(service.description) < LONGEST, service.id
        assert service.description.endswith("."), service.id
        assert "!" not in service.description, service.id
        assert not SPOKEN_TO & set(re.findall(r"\w+", service.description.lower())), service.id


def test_no_number_leads_to_emergency_help_unless_the_words_say_so() -> None:
    through_112 = those(lambda each: "112" in each.phones)
    assert through_112 == ["sos-alarm", "jourhavande-prast"]
    assert "112" in SERVICES["jourhavande-prast"].description


def test_a_number_is_shared_only_by_those_who_are_reached_through_it() -> None:
    numbers = Counter(phone for each in SERVICES.values() for phone in set(each.phones))
    assert [phone for phone, count in numbers.items() if count > 1] == ["112"]


def test_the_best_known_lines_have_their_numbers() -> None:
    known = {
        "valj-att-sluta": "020-555 666",
        "preventell": "020-66 77 88",
        "sos-alarm": "112",
        "polisen": "114 14",
        "1177": "1177",
        "kvinnofridslinjen": "116 016",
        "stodlinjen-for-man": "020-80 80 80",
        "brottsofferjouren": "116 006",
        "bris": "116 111",
        "sjalvmordslinjen": "90101",
        "hjalplinjen": "90390",
    }
    assert {id: SERVICES[id].phone for id in known} == known
    assert known.keys() == {id for id in LINES if SERVICES[id].offered}


def test_every_line_can_be_reached_by_telephone_or_chat() -> None:
    for id in LINES:
        assert SERVICES[id].phones or "chat" in SERVICES[id].forms
        assert SERVICES[id].url


def test_a_line_serves_the_whole_country_and_a_service_a_part_of_it() -> None:
    assert not those(
        lambda each: each.national == bool(each.municipality_codes or each.county_codes)
    )


def test_districts_belong_to_a_municipality_that_the_service_serves() -> None:
    for service in SERVICES.values():
        for code in service.district_codes:
            assert DIRECTORY.districts[code].municipality_code in service.municipality_codes


def test_no_district_of_stockholm_has_two_centres_against_violence() -> None:
    centres = those(lambda each: each.id.startswith("relationsvaldscentrum-"))
    served = Counter(code for id in centres for code in SERVICES[id].district_codes)
    assert len(centres) == 4
    assert set(served.values()) == {1}
    assert served.keys() < DIRECTORY.districts.keys()


def test_the_social_services_of_a_municipality_stand_there_once() -> None:
    social = [each for each in SERVICES.values() if each.social_services]
    codes = [code for each in social for code in each.municipality_codes]
    assert len(codes) == len(set(codes)) == len(social)


def test_who_counts_the_provision_is_told_what_the_report_of_2018_said() -> None:
    facts = {fact.pop("county_code"): fact for fact in coverage(DIRECTORY)["dated_facts"]}
    source = "Socialstyrelsen, delredovisning december 2019"
    common = {"as_of": "2018", "source": source}
    assert facts == {
        "01": common | {"units": 40, "specialised": 40, "via_regional": 6, "individual_talks": 0},
        "12": common | {"units": 33, "specialised": 21, "via_regional": 0, "individual_talks": 12},
    }


def test_what_is_recorded_of_a_municipality_differs_from_what_its_services_tell() -> None:
    assert DIRECTORY.provisions
    for code, provision in DIRECTORY.provisions.items():
        assert provision.source.startswith("https://")
        assert provision.checked or provision.as_of
        assert provision.kind != provided(DIRECTORY, code).kind


def test_where_no_source_speaks_provision_is_unknown() -> None:
    kinds = Counter(provision_of(DIRECTORY, code).kind for code in DIRECTORY.municipalities)
    assert kinds.keys() == set(get_args(ProvisionKind))
    assert kinds["unknown"] > 200
    for code in ("0482", "1080", "1380", "1880", "2281"):
        assert provision_of(DIRECTORY, code).kind == "unknown"


def test_a_municipality_s_contact_is_its_own_site_and_names_its_page() -> None:
    for contact in DIRECTORY.contacts.values():
        assert contact.url
        assert urlsplit(contact.url).path == "/"
        assert contact.source.startswith(("https://", "http://"))
    with_phone = [code for code, contact in DIRECTORY.contacts.items() if contact.phone]
    assert len(with_phone) == 9
