from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from directory.checking import KINDS, OLD, Task, broken, faults, takes_last_line, tasks
from directory.finder import national
from directory.freshness import STALE
from directory.load import load
from directory.models import Directory, Service
from tests.directory.entries import (
    MALMO,
    TODAY,
    a_contact,
    a_full_service,
    a_provision,
    a_service,
    with_services,
)
from tests.effort import least_effort

DAY = timedelta(days=1)
LITTLE = 10.0
"""Seconds of work, on a slow machine; without an index it is minutes."""


def of_service(service: Service) -> list[str]:
    """The kinds of the tasks that an entry gives."""
    found = tasks(with_services([service]), TODAY)
    return [task.kind for task in found if task.key == ("service", service.id)]


def of_malmo(directory: Directory) -> list[str]:
    found = tasks(directory, TODAY)
    return [task.kind for task in found if task.key[1] == MALMO]


def faults_with(service: Service) -> tuple[str, ...]:
    """What is wrong when an entry stands beside all that is shipped."""
    shipped = load()
    return broken(replace(shipped, services={**shipped.services, service.id: service}), TODAY)


def test_the_directory_that_is_shipped_is_whole_dated_and_unbroken() -> None:
    assert faults(load(), TODAY) == ()


def test_the_id_of_social_services_stands_for_nothing_else() -> None:
    (fault,) = faults_with(a_service("socialtjansten-1280"))
    assert fault.startswith("socialtjansten-1280, social_services: ")


@pytest.mark.parametrize(
    ("who_for", "whom"), [({"uses_violence", "exposed"}, "anybody"), ({"exposed"}, "exposed")]
)
def test_a_directory_without_a_national_line_is_not_whole(who_for: set[str], whom: str) -> None:
    kept = (
        each
        for each in load().services.values()
        if not (each.national and who_for.intersection(each.who_for))
    )
    (fault,) = broken(with_services(kept), TODAY)
    assert fault == f"No national line is in service for {whom}; keep one that is."


@pytest.mark.parametrize("who_for", ["uses_violence", "exposed"])
def test_the_last_line_for_any_of_those_who_ask_is_a_last_line(who_for: str) -> None:
    whole = load()
    those = [each for each in whole.living_services() if each.national and who_for in each.who_for]
    kept = {id: each for id, each in whole.services.items() if each not in those}
    with_one = replace(whole, services={**kept, those[0].id: those[0]})
    without = replace(whole, services=kept)
    assert national(without)
    assert not takes_last_line(whole, with_one)
    assert takes_last_line(with_one, without)
    assert not takes_last_line(without, without)


def test_a_good_entry_is_no_fault() -> None:
    assert faults_with(a_service()) == ()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"checked": TODAY + DAY}, "ligger i framtiden"),
        ({"status": "verified", "checked_how": None}, "checked_how"),
        ({"status": "verified", "checked": None, "as_of": "2015", "checked_how": "web"}, "checked"),
        ({"hours": "vardagar"}, "hours"),
        ({"phones": ("34 56 78",)}, "phones"),
        ({"source": ""}, "source"),
        ({"checked": None}, "as_of"),
        ({"checked_with": "Anna, 070-123 45 67"}, "checked_with"),
        ({"municipality_codes": ("9999",)}, "9999"),
        ({"municipality_codes": ()}, "nobody"),
        ({"district_codes": ("0180-farsta",)}, "Farsta"),
        ({"who_for": ()}, "who_for"),
        ({"as_of": "aug-20"}, "as_of"),
    ],
)
def test_each_fault_of_an_entry_is_told_in_one_sentence(fields: dict[str, Any], said: str) -> None:
    (fault,) = faults_with(a_service(**fields))
    assert "kriscentrum-malmo" in fault
    assert said in fault


def test_social_services_need_no_source_since_the_law_says_that_they_exist() -> None:
    assert faults_with(a_service(social_services=True, source="", checked=None)) == ()
    (fault,) = faults_with(a_service(social_services=True, checked=None))
    assert "as_of" in fault


@pytest.mark.parametrize(
    ("fields", "columns"),
    [
        ({"source": "En rapport", "checked": TODAY}, []),
        ({"source": "En rapport", "as_of": "2020"}, []),
        ({"kind": "unknown"}, []),
        ({"source": "En rapport"}, ["checked"]),
        ({"as_of": "2020"}, ["source"]),
        ({"kind": "individual_talks"}, ["source", "checked"]),
    ],
)
def test_what_is_recorded_of_a_municipality_has_a_source_and_an_age(
    fields: dict[str, Any], columns: list[str]
) -> None:
    found = broken(replace(load(), provisions={MALMO: a_provision(**fields)}), TODAY)
    assert [fault.split(": ")[0].split(", ")[1] for fault in found] == columns
    assert all(MALMO in fault for fault in found)


def test_the_same_service_twice_is_a_fault_unless_one_is_retired() -> None:
    one, two = a_service(), a_service("samma-igen")
    shipped = load()

    def found(*services: Service) -> tuple[str, ...]:
        by_id = {service.id: service for service in services}
        return broken(replace(shipped, services={**shipped.services, **by_id}), TODAY)

    assert found(one, two) == ("Kriscentrum stands there 2 times for the same places.",)
    assert (
        len(found(one, a_service("samma-igen", name=" KRISCENTRUM", operator="malmö  Stad"))) == 1
    )
    assert found(one, a_service("samma-igen", status="retired")) == ()


def test_a_missing_municipality_and_a_missing_county_are_faults() -> None:
    shipped = load()
    without = {code: each for code, each in shipped.municipalities.items() if code != "0980"}
    fewer = faults(replace(shipped, municipalities=without), TODAY)
    assert "There are 289 municipalities; Sweden has 290." in fewer
    assert any("0980" in fault for fault in fewer)
    assert faults(replace(shipped, counties={}), TODAY)[0].startswith("There are 0 counties")


def test_a_neighbour_that_does_not_border_back_is_a_fault() -> None:
    shipped = load()
    lonely = shipped.municipalities["1280"].model_copy(update={"neighbours": ()})
    found = faults(
        replace(shipped, municipalities={**shipped.municipalities, "1280": lonely}), TODAY
    )
    assert any("Malmö" in fault for fault in found)


def test_provision_or_contact_of_a_later_day_is_a_fault() -> None:
    later = {MALMO: a_provision(source="En rapport", checked=TODAY + DAY)}
    (fault,) = broken(replace(load(), provisions=later), TODAY)
    assert MALMO in fault


@pytest.mark.parametrize(
    "fields",
    [
        {"national": True, "municipality_codes": (), "name": "117", "operator": "117"},
        {"municipality_codes": (MALMO,), "who_for": ("children",), "offered": False, "name": "1"},
    ],
)
def test_a_service_that_nobody_finds_is_a_fault(fields: dict[str, Any]) -> None:
    shipped = load()
    lost = a_service(**{"operator": "1", **fields})
    retired = a_service("nedlagd", **{"operator": "1", **fields, "status": "retired"})
    services = {**shipped.services, lost.id: lost, retired.id: retired}
    directory = replace(shipped, services=services)
    assert faults(directory, TODAY) == ("kriscentrum-malmo is found by nobody.",)


def test_a_verified_entry_with_a_phone_gives_no_task() -> None:
    assert of_service(a_full_service()) == []


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"phones": ()}, ["no_phone", "unverified"]),
        ({}, ["unverified"]),
        ({"checked": TODAY - OLD}, ["unverified"]),
        ({"checked": TODAY - OLD - DAY}, ["unverified", "old"]),
        ({"checked": None, "as_of": "cirka 2015"}, ["unverified", "old"]),
        ({"checked": None, "as_of": "2026-04"}, ["unverified", "old"]),
        ({"checked": None, "as_of": "2026"}, ["unverified"]),
        ({"checked": None, "as_of": "okänt år; läst 2026"}, ["unverified", "undated"]),
        ({"checked": None, "source": "", "social_services": True}, ["unverified"]),
        ({"checked": date(2020, 1, 1), "status": "retired", "phones": ()}, []),
    ],
)
def test_an_entry_gives_a_task_for_each_thing_to_look_at(
    fields: dict[str, Any], kinds: list[str]
) -> None:
    assert of_service(a_service(**fields)) == kinds


def test_a_task_says_when_visitors_are_told_that_the_entry_is_old() -> None:
    for checked, stale in ((TODAY - STALE, False), (TODAY - STALE - DAY, True)):
        directory = with_services([a_service(checked=checked)])
        assert tasks(directory, TODAY)[0].is_stale is stale


@pytest.mark.parametrize(
    ("as_of", "stale"),
    [("cirka 2009", True), ("2016–2024", True), ("2025-10", True), ("2025", False)],
)
def test_a_source_that_names_only_a_year_ages_as_any_other(as_of: str, *, stale: bool) -> None:
    directory = with_services([a_service(checked=None, as_of=as_of)])
    assert {task.is_stale for task in tasks(directory, TODAY)[:1]} == {stale}


def test_a_switchboard_without_a_source_or_a_date_is_a_fault() -> None:
    def found(**fields: Any) -> list[str]:
        contacts = {MALMO: a_contact(phone="040-34 10 00", **fields)}
        faults = broken(replace(load(), contacts=contacts), TODAY)
        assert all(MALMO in fault for fault in faults)
        return [fault.split(", ")[1].split(":")[0] for fault in faults]

    assert found() == ["source", "checked"]
    assert found(source="https://malmo.example/") == ["checked"]
    assert found(source="https://malmo.example/", as_of="2021") == []


def test_thousands_of_entries_are_checked_in_a_moment() -> None:
    many = {f"ny-{n}": a_service(f"ny-{n}", name=f"Namn {n}") for n in range(3000)}
    shipped = load()
    directory = replace(shipped, services={**shipped.services, **many})
    assert least_effort(lambda: faults(directory, TODAY)) < LITTLE
    assert least_effort(lambda: tasks(directory, TODAY)) < LITTLE


def test_a_municipality_of_which_nothing_is_known_gives_two_tasks() -> None:
    assert of_malmo(with_services([])) == ["unknown_provision", "no_contact"]


def test_a_service_or_a_record_makes_provision_known() -> None:
    assert of_malmo(with_services([a_service()])) == ["no_contact"]
    recorded = {MALMO: a_provision(kind="individual_talks")}
    assert of_malmo(replace(with_services([]), provisions=recorded)) == ["no_contact"]


def test_a_switchboard_makes_contact_known_and_a_web_address_alone_does_not() -> None:
    base = with_services([a_service()])
    with_phone = {MALMO: a_contact(phone="040-34 10 00")}
    assert of_malmo(replace(base, contacts=with_phone)) == []
    with_page = {MALMO: a_contact(url="https://malmo.example/")}
    assert of_malmo(replace(base, contacts=with_page)) == ["no_contact"]


@pytest.mark.parametrize(
    ("kind", "status", "is_contradiction"),
    [
        ("own", "unverified", False),
        ("shared", "unverified", False),
        ("regional", "retired", True),
        ("own", "retired", True),
        ("individual_talks", "unverified", True),
        ("unknown", "unverified", True),
        ("individual_talks", "retired", False),
    ],
)
def test_a_record_that_the_living_services_deny_is_a_contradiction(
    kind: str, status: str, *, is_contradiction: bool
) -> None:
    base = with_services([a_service(status=status)])
    directory = replace(base, provisions={MALMO: a_provision(kind=kind)})
    first = "contradiction" if is_contradiction else "no_contact"
    assert of_malmo(directory)[0] == first
    assert "unknown_provision" not in of_malmo(directory)


def test_what_matters_most_comes_first_and_in_it_what_nobody_checked_for_longest() -> None:
    services = [
        a_service("nyss", checked=TODAY),
        a_service("aldrig", checked=None, as_of="2015"),
        a_service("i-fjol", checked=TODAY - STALE),
        a_service("utan-telefon", phones=()),
    ]
    base = with_services(services)
    found = tasks(replace(base, provisions={MALMO: a_provision(kind="unknown")}), TODAY)
    order = [KINDS.index(task.kind) for task in found]
    assert order == sorted(order)
    assert found[0] == Task("contradiction", ("provision", MALMO), "Malmö")
    unverified = [task.key[1] for task in found if task.kind == "unverified"]
    assert unverified == ["aldrig", "i-fjol", "utan-telefon", "nyss"]
