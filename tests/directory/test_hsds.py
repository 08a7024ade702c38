"""The directory as Open Referral HSDS: what is written, and what is read back."""

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import hsds
from directory.hsds_read import MOST_FAULTS, MOST_SERVICES
from directory.hsds_words import COST, service_uuid
from directory.load import load
from directory.models import Address, CheckedHow, Directory, Form, Service, WhoFor
from tests.directory import hsds_rules

DIRECTORY = load()
MALMO = DIRECTORY.services["kriscentrum-malmo"]
HOURS = ("", "24/7", "Mo-Fr 08:30-16:00; PH off", "Mo-Su 21:00-06:00", '"efter tid"', "Mo 08:00+")

FOREIGN: dict[str, Any] = {
    "id": "0b1f7c1e-5a53-4b1c-9f3e-2d1f0c9a7e11",
    "name": "Kvinnojouren Öppna dörren",
    "status": "active",
    "description": "Stöd och boende.",
    "last_modified": "2026-01-01T10:00:00Z",
    "minimum_age": 18.0,
    "assured_date": "2026-05-04T09:00:00Z",
    "phones": [{"id": "x", "number": "040-12 34 56", "languages": None}],
    "schedules": [
        {"byday": "MO,TU", "opens_at": "09:00", "closes_at": "23:59", "freq": "WEEKLY"},
        {"byday": "SA", "opens_at": "10:00:00", "closes_at": "14:00+02:00"},
        {"description": "Stängt ibland."},
    ],
    "service_areas": [{"name": "Malmö stad"}, {"name": "skåne län"}, {"extent": "1281"}],
    "service_at_locations": [
        {"location": {"addresses": [{"address_1": "Storgatan 1", "city": "Malmö"}]}},
        {"location": None},
    ],
    "languages": [{"code": "sv"}, {"name": "Arabiska"}],
    "cost_options": [{"amount": 0}],
    "organization": {"name": "Föreningen Öppna dörren", "$ref": "https://example.org/evil"},
    "attributes": [
        {"value": "exposed", "taxonomy_term": {"code": "who_for", "taxonomy": "valj-att-sluta"}},
        {"value": "men", "taxonomy_term": {"code": "gender", "taxonomy": "another"}},
    ],
    "unheard_of": {"deep": [1, 2]},
}
"""What another directory may write, with what we need to know."""


def among(values: Any, most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(sorted(values)), max_size=most, unique=True).map(tuple)


def words(most: int) -> st.SearchStrategy[str]:
    """What the rules let people write."""
    letters = st.characters(
        exclude_categories=("Cc", "Cf", "Co", "Cs", "Zl", "Zp"), exclude_characters="<>|,�"
    )
    return st.text(letters, min_size=1, max_size=most).map(str.strip).filter(bool)


ADDRESSES = st.builds(
    Address,
    street=words(40),
    postal_code=st.sampled_from(["", "211 22"]),
    city=words(20),
)
MAYBE = st.none() | st.booleans()
SERVICES = st.builds(
    Service,
    id=st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,3}", fullmatch=True),
    name=words(80),
    operator=words(80),
    municipality_codes=among(DIRECTORY.municipalities).filter(bool),
    district_codes=among(DIRECTORY.districts),
    county_codes=among(DIRECTORY.counties),
    partial=st.booleans(),
    national=st.booleans(),
    offered=st.booleans(),
    social_services=st.booleans(),
    phones=st.lists(st.sampled_from(["112", "020-555 666", "+46 8 123 45 67"])).map(tuple),
    hours=st.sampled_from(HOURS),
    email=st.sampled_from([None, "info@example.se"]),
    url=st.sampled_from([None, "https://example.se/a?b=c&d#e"]),
    addresses=st.lists(ADDRESSES, max_size=3).map(tuple),
    who_for=among(get_args(WhoFor), 6).filter(bool),
    gender=st.sampled_from([None, "women", "men"]),
    min_age=st.none() | st.integers(0, 99),
    max_age=st.none() | st.integers(0, 99),
    forms=among(get_args(Form), 7),
    languages=among(["sv", "en", "ar", "prs", "so"]),
    interpreter=MAYBE,
    is_free=MAYBE,
    needs_decision=MAYBE,
    anonymous=MAYBE,
    accessibility=st.just("") | words(300),
    description=words(300),
    source=st.just("") | words(500),
    checked=st.none() | st.dates(),
    checked_how=st.none() | st.sampled_from(get_args(CheckedHow)),
    checked_with=st.just("") | words(60),
    as_of=st.just("") | words(40),
    status=st.sampled_from(["verified", "unverified", "retired"]),
)


def document(service: Service = MALMO) -> Any:
    """A service as another program gets it."""
    return json.loads(json.dumps(hsds.as_service(DIRECTORY, service)))


def only(*services: Service) -> Directory:
    return replace(DIRECTORY, services={service.id: service for service in services})


# Writing


def test_every_service_that_is_shipped_is_written_by_the_rules() -> None:
    for written in hsds.as_list(DIRECTORY):
        assert hsds_rules.faults("service", written) == [], written["name"]


@given(SERVICES)
def test_any_service_is_written_by_the_rules_and_read_back_as_it_was(service: Service) -> None:
    written = document(service)
    assert hsds_rules.faults("service", written) == []
    assert hsds.read(written, DIRECTORY) == ((service,), ())


def test_all_that_is_shipped_comes_back_as_it_was() -> None:
    exported = json.loads(json.dumps(hsds.as_list(DIRECTORY)))
    assert hsds.read(exported, DIRECTORY) == (DIRECTORY.living_services(), ())


def test_the_pages_hold_every_living_service_once_and_are_read_back() -> None:
    retired = MALMO.model_copy(update={"id": "gone", "status": "retired"})
    directory = replace(DIRECTORY, services={**DIRECTORY.services, "gone": retired})
    found: list[Service] = []
    number = 1
    while not (page := hsds.as_page(directory, page=number, per_page=40))["empty"]:
        assert {name: type(value) for name, value in page.items()} == hsds_rules.PAGE
        assert page["size"] == len(page["contents"]) <= 40
        assert (page["first_page"], page["last_page"]) == (number == 1, number == 3)
        services, faults = hsds.read(page, directory)
        assert faults == ()
        found += services
        number += 1
    assert tuple(found) == directory.living_services()
    assert page["total_items"] == len(found)
    assert page["total_pages"] == number - 1


def test_a_directory_without_services_has_an_empty_first_and_last_page() -> None:
    page = hsds.as_page(only(), page=1, per_page=25)
    assert (page["total_pages"], page["first_page"], page["last_page"]) == (0, True, True)
    assert hsds.read(page, DIRECTORY) == ((), ())


def test_ids_follow_from_our_names_and_never_change() -> None:
    assert service_uuid("kriscentrum-malmo") == "4a8d69ad-a671-5486-b9bd-fbe1d1786f35"
    one = document(MALMO)
    other = document(MALMO.model_copy(update={"id": "another"}))
    assert one["id"] != other["id"]
    assert one["organization"] == other["organization"]


def test_what_is_not_known_is_left_out() -> None:
    service = Service(
        id="a", name="A", operator="B", national=True, who_for=("everyone",), description="C"
    )
    written = document(service)
    assert set(written) == {
        *("id", "name", "status", "description", "eligibility_description"),
        *("organization_id", "organization", "service_areas", "attributes"),
    }


def test_a_service_is_found_by_our_name_and_by_its_uuid_unless_it_is_retired() -> None:
    assert hsds.named(DIRECTORY, "kriscentrum-malmo") is MALMO
    assert hsds.named(DIRECTORY, service_uuid(MALMO.id)) is MALMO
    assert hsds.named(DIRECTORY, "kriscentrum") is None
    retired = MALMO.model_copy(update={"status": "retired"})
    assert hsds.named(only(retired), MALMO.id) is None


@pytest.mark.parametrize(
    ("hours", "spans"),
    [
        ("Mo-Fr 08:30-16:00; PH off", [("MO,TU,WE,TH,FR", "08:30", "16:00")]),
        ("Mo-Su 21:00-06:00", [("MO,TU,WE,TH,FR,SA,SU", "21:00", "06:00")]),
        ("Sa 00:00-24:00", [("SA", "00:00", "23:59")]),
        ("Su 08:00+", [("SU", "08:00", None)]),
        ('"efter överenskommelse"', [(None, None, None)]),
    ],
)
def test_hours_are_written_as_weekly_schedules_with_their_text(
    hours: str, spans: list[tuple[str | None, ...]]
) -> None:
    schedules = document(MALMO.model_copy(update={"hours": hours}))["schedules"]
    names = ("byday", "opens_at", "closes_at")
    assert [tuple(each.get(name) for name in names) for each in schedules] == spans
    assert {each["description"] for each in schedules} == {hours}


@pytest.mark.parametrize(
    ("is_free", "amounts", "words"),
    [(True, [0], COST[True]), (False, None, COST[False]), (None, None, None)],
)
def test_only_what_is_free_costs_nothing(
    amounts: list[int] | None, words: str | None, *, is_free: bool | None
) -> None:
    written = document(MALMO.model_copy(update={"is_free": is_free}))
    costs = written.get("cost_options")
    assert (costs and [cost["amount"] for cost in costs]) == amounts
    assert written.get("fees_description") == words


# Reading


def test_a_foreign_document_is_read_as_far_as_it_says() -> None:
    [service], faults = hsds.read([FOREIGN], DIRECTORY)
    assert faults == ()
    assert service == Service(
        id="kvinnojouren-oppna-dorren-0b1f7c1e",
        name="Kvinnojouren Öppna dörren",
        operator="Föreningen Öppna dörren",
        municipality_codes=("1280", "1281"),
        county_codes=("12",),
        phones=("040-12 34 56",),
        hours='Mo,Tu 09:00-24:00 "Stängt ibland.", Sa 10:00-14:00 "Stängt ibland."',
        addresses=(Address(street="Storgatan 1", city="Malmö"),),
        who_for=("exposed",),
        min_age=18,
        languages=("sv",),
        is_free=True,
        description="Stöd och boende.",
        checked=date(2026, 5, 4),
    )


def test_a_service_alone_stands_for_its_operator_and_its_description() -> None:
    bare = {name: FOREIGN[name] for name in ("id", "name", "status", "service_areas", "attributes")}
    [service], _ = hsds.read(bare, DIRECTORY)
    assert service.name == service.operator == service.description


def test_a_service_that_we_have_is_known_by_its_uuid_when_our_name_is_lost() -> None:
    written = document()
    written["attributes"] = [
        each for each in written["attributes"] if each["taxonomy_term"]["code"] != "id"
    ]
    assert hsds.read(written, DIRECTORY) == ((MALMO,), ())


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_what_is_not_active_elsewhere_is_retired_here(status: str) -> None:
    [service], _ = hsds.read({**document(), "status": status}, DIRECTORY)
    assert service.status == "retired"


@pytest.mark.parametrize(("amounts", "is_free"), [([], None), ([0], True), ([0, 200], False)])
def test_what_costs_nothing_is_free(amounts: list[int], *, is_free: bool | None) -> None:
    options = [{"amount": amount} for amount in amounts]
    [service], _ = hsds.read({**FOREIGN, "cost_options": options}, DIRECTORY)
    assert service.is_free is is_free


Spoil = Callable[[Any], object]


@pytest.mark.parametrize(
    ("spoil", "pointer", "words"),
    [
        (lambda it: it.pop("name"), "/name", "saknas"),
        (lambda it: it.update(name=7), "/name", "text"),
        (lambda it: it.update(name="  "), "/name", "tecken"),
        (lambda it: it.update(name="<b>Hej</b>"), "/name", "HTML"),
        (lambda it: it.update(name="a\u202eb"), "/name", "inte syns"),
        (lambda it: it.update(id="kriscentrum"), "/id", "UUID"),
        (lambda it: it.update(status="open"), "/status", "standarden"),
        (lambda it: it.update(description="x" * 301), "/description", "300"),
        (lambda it: it.update(description="x" * 2001), "/description", "lång"),
        (lambda it: it.update(url="javascript:alert(1)"), "/url", "https"),
        (lambda it: it.update(assured_date="i går"), "/assured_date", "datum"),
        (lambda it: it.update(assured_date="2026-02-30"), "/assured_date", "datum"),
        (lambda it: it.update(minimum_age=16.5), "/minimum_age", "helt tal"),
        (lambda it: it.update(minimum_age="16"), "/minimum_age", "tal"),
        (lambda it: it.update(phones={}), "/phones", "lista"),
        (lambda it: it.update(phones=[{}]), "/phones/0/number", "saknas"),
        (lambda it: it.update(phones=["112"]), "/phones/0", "objekt"),
        (lambda it: it.update(phones=[{"number": "ring oss"}]), "/phones", "telefonnummer"),
        (lambda it: it.update(phones=[{"number": "112"}] * 401), "/phones", "många"),
        (lambda it: it.update(service_areas=[]), "/service_areas", "var tjänsten finns"),
        (lambda it: it.update(service_areas=[{"extent": "9999"}]), "/service_areas/0", "9999"),
        (lambda it: it.update(service_areas=[{"name": "Oz"}]), "/service_areas/0", "Oz"),
        (lambda it: it.update(service_areas=[{}]), "/service_areas/0", "kod"),
        (lambda it: it.update(attributes=[]), "/attributes", "who_for"),
        (lambda it: it["attributes"][0].update(value="alla"), "/attributes", "who_for"),
        (lambda it: it["attributes"][0].update(value=None), "/attributes", "who_for"),
        (lambda it: it["schedules"][0].update(freq="DAILY"), "/schedules/0", "WEEKLY"),
        (lambda it: it["schedules"][0].update(byday="XX"), "/schedules/0", "WEEKLY"),
        (lambda it: it["schedules"][0].update(opens_at="09:00Z"), "/schedules/0", "08:30"),
        (lambda it: it["schedules"][0].update(opens_at="29:00"), "/schedules/0", "08:30"),
        (lambda it: it["schedules"][0].update(opens_at="24:00"), "/schedules", "läsas"),
    ],
)
def test_a_fault_names_its_place_and_nothing_is_read(
    spoil: Spoil, pointer: str, words: str
) -> None:
    spoilt = copy.deepcopy(FOREIGN)
    spoil(spoilt)
    services, [fault] = hsds.read({"contents": [document(), spoilt]}, DIRECTORY)
    assert services == (MALMO,)
    where, _, sentence = fault.partition(": ")
    assert where == f"#/contents/1{pointer}"
    assert words in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    "odd", [None, 7, "text", True, {}, {"contents": {}}, {"contents": None}, {"name": "A"}]
)
def test_a_document_of_another_kind_is_one_fault(odd: object) -> None:
    services, [fault] = hsds.read(odd, DIRECTORY)
    assert services == ()
    assert fault.startswith("#: ")


def test_the_same_service_twice_is_a_fault() -> None:
    services, [fault] = hsds.read([document(), document()], DIRECTORY)
    assert services == (MALMO,)
    assert fault == "#/1: Tjänsten kriscentrum-malmo står mer än en gång."


def test_a_uuid_that_stands_twice_is_a_fault_whatever_the_services_are_called() -> None:
    other = {**document(MALMO.model_copy(update={"id": "en-annan"})), "id": document()["id"]}
    for twice in (other, {**other, "url": "javascript:alert(1)"}):
        _, faults = hsds.read([document(), FOREIGN, twice], DIRECTORY)
        assert "#/2/id: står redan på #/0/id; varje tjänst ska ha ett eget UUID." in faults
    renamed = {**FOREIGN, "name": "En annan"}
    _, [fault] = hsds.read([FOREIGN, renamed], DIRECTORY)
    assert fault.startswith("#/1/id: ")


def test_whom_services_are_for_is_asked_for_once_however_many_lack_it() -> None:
    foreign = [
        {**FOREIGN, "attributes": [], "name": f"Jour {number}", "id": service_uuid(str(number))}
        for number in range(200)
    ]
    services, [fault] = hsds.read([document(), *foreign], DIRECTORY)
    assert services == (MALMO,)
    assert fault.startswith("200 tjänster (Jour 0, Jour 1, Jour 2 …) saknar who_for.")
    _, [fault] = hsds.read(foreign[:2], DIRECTORY)
    assert fault.startswith("2 tjänster (Jour 0, Jour 1) saknar who_for.")
    _, faults = hsds.read([*foreign[:2], {**foreign[2], "phones": [{"number": "x"}]}], DIRECTORY)
    assert [each.split()[0] for each in faults] == ["3", "#/2/phones:"]


def test_faults_and_services_are_bounded() -> None:
    services, faults = hsds.read([7] * MOST_SERVICES, DIRECTORY)
    assert (len(services), len(faults)) == (0, MOST_FAULTS + 1)
    services, [fault] = hsds.read([document()] * (MOST_SERVICES + 1), DIRECTORY)
    assert services == ()
    assert str(MOST_SERVICES) in fault


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(sorted(FOREIGN)) | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(sorted(FOREIGN)), JSON, max_size=4))
def test_no_document_is_too_odd(changes: dict[str, Any]) -> None:
    services, faults = hsds.read([{**FOREIGN, **changes}], DIRECTORY)
    assert len(services) == (0 if faults else 1)
    assert len(faults) <= MOST_FAULTS + 1
    assert all(fault.startswith("#/0") for fault in faults)


# The rules that the tests hold it to


@pytest.mark.parametrize(
    "spoil",
    [
        lambda it: it.pop("status"),
        lambda it: it.update(status="open"),
        lambda it: it.update(id="kriscentrum-malmo"),
        lambda it: it.update(minimum_age="18"),
        lambda it: it.update(url="example.se"),
        lambda it: it.update(slug="kriscentrum-malmo"),
        lambda it: it["phones"][0].pop("number"),
        lambda it: it["schedules"][0].update(byday="Mo"),
        lambda it: it["organization"].pop("description"),
        lambda it: it["attributes"][0]["taxonomy_term"].pop("name"),
    ],
)
def test_the_rules_find_what_is_wrong(spoil: Spoil) -> None:
    known = {"hours": "24/7", "phones": ("040-34 56 78",)}
    spoilt = document(MALMO.model_copy(update=known))
    assert hsds_rules.faults("service", spoilt) == []
    spoil(spoilt)
    assert len(hsds_rules.faults("service", spoilt)) == 1
