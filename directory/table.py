"""A service as one row of a table, for people who live in a spreadsheet (pure)."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from directory.models import Address, Service

JOINER = "|"
"""Stands between several values in one cell."""

COLUMNS = tuple(Service.model_fields)
"""The columns in order. Their names are those of `Service`."""

LISTS = frozenset(
    {
        "municipality_codes",
        "district_codes",
        "county_codes",
        "phones",
        "addresses",
        "who_for",
        "forms",
        "languages",
    }
)

UNKNOWN = "–"

CALM: Mapping[str, str] = {
    "id": "utan-id",
    "name": UNKNOWN,
    "operator": UNKNOWN,
    "description": UNKNOWN,
    "who_for": "everyone",
    "source": UNKNOWN,
    "as_of": UNKNOWN,
    "status": "unverified",
}
"""What stands in for a column that cannot be read while the others are judged."""

_ADDRESS = re.compile(r"(?P<street>.+), (?:(?P<postal_code>\d{3} \d{2}) )?(?P<city>[^,]+)")


def to_row(service: Service) -> dict[str, str]:
    """Write every field as a cell."""
    return {column: _cell(getattr(service, column)) for column in COLUMNS}


def from_row(row: Mapping[str, str]) -> Service:
    """Read a row; ValidationError names the columns that are wrong. A column may be missing."""
    cells = {column: _value(column, text.strip()) for column, text in row.items()}
    return Service.model_validate({name: value for name, value in cells.items() if value != ""})


def read_calmly(row: Mapping[str, str]) -> tuple[Service, tuple[str, ...]]:
    """Read a row with something calm in place of each column that is wrong; those are named."""
    try:
        return from_row(row), ()
    except ValidationError as error:
        wrong = dict.fromkeys(str(each["loc"][0]) for each in error.errors(include_url=False))
    return from_row({**row, **{name: CALM.get(name, "") for name in wrong}}), tuple(wrong)


def address_text(address: Address) -> str:
    """Write an address as people do: "Storgatan 1, 211 22 Malmö"."""
    return f"{address.street}, {f'{address.postal_code} {address.city}'.strip()}"


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(int(value))
        case Address():
            return address_text(value)
        case tuple():
            return JOINER.join(map(_cell, value))
        case _:
            return str(value)


def _value(column: str, text: str) -> Any:
    if column == "addresses":
        return tuple(map(_address, _parts(text)))
    if column in LISTS:
        return tuple(_parts(text))
    return text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(JOINER) if part.strip()]


def _address(text: str) -> Mapping[str, str] | str:
    found = _ADDRESS.fullmatch(text)
    return {name: part or "" for name, part in found.groupdict().items()} if found else text
