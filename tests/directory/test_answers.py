"""The look-up as JSON."""

import json

import pytest

from directory.answers import as_json
from directory.load import load

DIRECTORY = load()
KEYS = ["query_understood", "municipality", "district", "county", "candidates", "services"]
SERVICE_KEYS = ["id", "name", "phone", "url", "serves", "checked", "status"]


@pytest.mark.parametrize("text", ["Malmö", "Rinkeby", "Skåne", "Järna", "asdfgh", "", "\0"])
def test_the_form_is_always_the_same_and_never_without_services(text: str) -> None:
    answer = as_json(text, DIRECTORY)
    assert list(answer) == KEYS
    assert answer["services"]
    assert all(list(service) == SERVICE_KEYS for service in answer["services"])
    assert json.loads(json.dumps(answer)) == answer


def test_a_municipality_is_named_with_its_county() -> None:
    answer = as_json("malmo", DIRECTORY)
    assert answer["query_understood"] is True
    assert answer["municipality"] == {
        "code": "1280",
        "name": "Malmö",
        "county_code": "12",
        "county": "Skåne län",
    }
    assert (answer["district"], answer["county"], answer["candidates"]) == (None, None, [])


def test_a_district_is_named_beside_its_city() -> None:
    answer = as_json("Rinkeby", DIRECTORY)
    assert answer["district"] == {"code": "0180-jarva", "name": "Järva"}
    assert answer["municipality"]["code"] == "0180"


def test_a_county_has_its_own_services() -> None:
    answer = as_json("Skåne", DIRECTORY, role="uses_violence")
    assert answer["county"] == {"code": "12", "name": "Skåne län"}
    assert answer["municipality"] is None
    assert "kriscentrum-malmo" in [service["id"] for service in answer["services"]]


def test_several_places_are_offered_and_not_guessed() -> None:
    answer = as_json("Järna", DIRECTORY)
    assert answer["query_understood"] is True
    assert answer["municipality"] is None
    assert {"kind": "municipality", "code": "0181", "name": "Södertälje"} in answer["candidates"]


def test_what_is_not_understood_still_gets_the_national_line() -> None:
    answer = as_json("asdfgh", DIRECTORY)
    assert answer["query_understood"] is False
    assert (answer["municipality"], answer["district"], answer["county"]) == (None, None, None)
    assert answer["candidates"] == []
    assert {service["serves"] for service in answer["services"]} == {"national"}
    assert answer["services"][0]["id"] == "valj-att-sluta"


def test_the_day_of_the_source_is_an_iso_date_or_null() -> None:
    services = as_json("Norrköping", DIRECTORY)["services"]
    assert services[0]["checked"] == "2022-11-16"
    assert next(each for each in services if each["serves"] == "social_services")["checked"] is None
