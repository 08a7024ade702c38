import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from directory.load import load
from directory.models import Address, Service
from directory.table import COLUMNS, LISTS, from_row, to_row
from tests.directory.entries import a_full_service, a_service

STREETS = st.from_regex(r"[A-Za-zåäö]{2,20} \d{1,3}(, uppgång [A-Z])?", fullmatch=True)
POSTAL_CODES = st.from_regex(r"([1-9]\d{2} \d{2})?", fullmatch=True)
CITIES = st.from_regex(r"[A-ZÅÄÖ][a-zåäö]{1,15}( [A-Z][a-z]{1,8})?", fullmatch=True)


def test_every_service_that_is_shipped_comes_back_from_its_row() -> None:
    for service in load().services.values():
        assert from_row(to_row(service)) == service


@pytest.mark.parametrize("service", [a_service(), a_full_service()])
def test_every_field_comes_back_from_its_row(service: Service) -> None:
    assert from_row(to_row(service)) == service


def test_an_unknown_fact_comes_back_as_unknown_and_no_as_no() -> None:
    for known in (None, True, False):
        service = a_service(interpreter=known, is_free=known)
        assert from_row(to_row(service)) == service


@given(street=STREETS, postal_code=POSTAL_CODES, city=CITIES)
def test_every_address_comes_back_from_its_row(street: str, postal_code: str, city: str) -> None:
    address = Address.model_validate({"street": street, "postal_code": postal_code, "city": city})
    service = a_service(addresses=(address, address))
    assert from_row(to_row(service)).addresses == (address, address)


def test_a_row_has_every_field_as_text() -> None:
    row = to_row(a_full_service())
    assert tuple(row) == COLUMNS
    assert row["municipality_codes"] == "1280|1281"
    assert row["partial"] == "1"
    assert row["needs_decision"] == "0"
    assert row["checked"] == "2026-10-01"


def test_a_missing_column_has_the_default() -> None:
    row = {name: cell for name, cell in to_row(a_service()).items() if name != "status"}
    assert from_row(row).status == "unverified"


def test_every_column_of_several_values_is_known_as_such() -> None:
    values = {name for name in COLUMNS if isinstance(getattr(a_full_service(), name), tuple)}
    assert values == LISTS


def test_blanks_around_values_do_not_count() -> None:
    row = {**to_row(a_service()), "municipality_codes": " 1280 | 1281 |", "name": "  Kriscentrum "}
    assert from_row(row) == a_service(municipality_codes=("1280", "1281"))


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("municipality_codes", "1280|malmö"),
        ("addresses", "ingenstans"),
        ("checked", "i går"),
        ("partial", "ibland"),
        ("status", "kanske"),
        ("phones", "ring oss"),
        ("okänd", "x"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_by_its_column(column: str, cell: str) -> None:
    with pytest.raises(ValidationError) as caught:
        from_row({**to_row(a_service()), column: cell})
    assert {each["loc"][0] for each in caught.value.errors()} == {column}
