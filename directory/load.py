"""Reads the directory's files. The only module here that does."""

import csv
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from directory import table
from directory.models import (
    Alias,
    Contact,
    County,
    DatedFact,
    Directory,
    District,
    Locality,
    Municipality,
    Provision,
    Service,
)

Row = dict[str, Any]
Value = TypeVar("Value", bound=BaseModel)

LISTS = frozenset({"also_called", "other_names"})
"""Columns that hold several values, joined with `|`."""

MAY_BE_EMPTY = frozenset({"checked", "phone", "population", "url"})
"""Columns whose empty cell means that the fact is not known."""


class BrokenDirectoryError(ValueError):
    """A file of the directory contradicts itself or another file; the text says where."""


@cache
def load() -> Directory:
    """Read and check the directory that is shipped, once."""
    return read(files("directory") / "data")


def read(folder: Traversable) -> Directory:
    """Read the directory in `folder`; BrokenDirectoryError where the files are not whole."""
    directory = Directory(
        counties=_by("code", _values(folder, "counties.csv", County)),
        municipalities=_by(
            "code", _values(folder, "municipalities.csv", Municipality, _with_neighbours)
        ),
        districts=_by("code", _values(folder, "districts.csv", District)),
        services=_by("id", _services(folder)),
        localities=tuple(_values(folder, "localities.csv", Locality)),
        aliases=tuple(_values(folder, "place_aliases.csv", Alias)),
        ordinary_words=frozenset(row["word"] for row in _rows(folder, "ordinary_words.csv")),
        first_names=frozenset(row["name"] for row in _rows(folder, "first_names.csv")),
        provisions=_by("municipality_code", _values(folder, "provision.csv", Provision)),
        contacts=_by("municipality_code", _values(folder, "contacts.csv", Contact)),
        dated_facts=tuple(_values(folder, "dated_facts.csv", DatedFact)),
    )
    for fault in faults(directory):
        raise BrokenDirectoryError(fault)
    return directory


def faults(directory: Directory) -> Iterator[str]:
    """Name each contradiction between the files in a sentence."""
    yield from _unknown_codes(directory)
    yield from _one_way_neighbours(directory)
    for service in directory.services.values():
        if not (service.municipality_codes or service.county_codes or service.national):
            yield f"{service.id} serves nobody; give it municipalities or counties."
        for code in service.district_codes:
            district = directory.districts.get(code)
            if district and district.municipality_code not in service.municipality_codes:
                yield f"{service.id} serves {district.name} but not its municipality."


def _unknown_codes(directory: Directory) -> Iterator[str]:
    known = {*directory.municipalities, *directory.counties, *directory.districts}
    for where, codes in _references(directory):
        for code in codes:
            if code not in known:
                yield f"{where} names the code {code}, which no place has."


def _references(directory: Directory) -> Iterator[tuple[str, Iterable[str]]]:
    for place in directory.municipalities.values():
        yield f"municipalities.csv: {place.name}", (place.county_code, *place.neighbours)
    for locality in directory.localities:
        yield f"localities.csv: {locality.name}", (locality.municipality_code,)
    for alias in directory.aliases:
        yield f"place_aliases.csv: {alias.alias}", (alias.code,)
    for district in directory.districts.values():
        yield f"districts.csv: {district.name}", (district.municipality_code,)
    for code in (*directory.provisions, *directory.contacts):
        yield "provision.csv or contacts.csv", (code,)
    for fact in directory.dated_facts:
        yield "dated_facts.csv", (fact.county_code,)
    for service in directory.services.values():
        yield service.id, (*service.municipality_codes, *service.district_codes)
        yield service.id, service.county_codes


def _one_way_neighbours(directory: Directory) -> Iterator[str]:
    for place in directory.municipalities.values():
        for code in place.neighbours:
            neighbour = directory.municipalities.get(code)
            if neighbour and place.code not in neighbour.neighbours:
                yield f"municipalities.csv: {place.name} borders on {neighbour.name}, not back."


def _with_neighbours(row: Row) -> Row:
    land, water = row.pop("neighbours_by_land"), row.pop("neighbours_by_water")
    return {**row, "neighbours": [code for code in f"{land}|{water}".split("|") if code]}


def _services(folder: Traversable) -> Iterator[Service]:
    for name in ("services.csv", "crisis_lines.csv"):
        yield from _read(folder, name, table.from_row)


def _values(
    folder: Traversable,
    name: str,
    model: type[Value],
    shape: Callable[[Row], Row] = lambda row: row,
) -> Iterator[Value]:
    def value(row: dict[str, str]) -> Value:
        cells = {column: _cell(column, text) for column, text in row.items()}
        return model.model_validate(shape(cells))

    return _read(folder, name, value)


def _read(
    folder: Traversable, name: str, value: Callable[[dict[str, str]], Value]
) -> Iterator[Value]:
    for number, row in enumerate(_rows(folder, name), start=2):
        try:
            yield value(row)
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in problem["loc"])
            raise BrokenDirectoryError(
                f"{name}, line {number}, {where}: {problem['msg']}."
            ) from None


def _rows(folder: Traversable, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def _cell(column: str, text: str) -> object:
    if column in LISTS:
        return [part for part in text.split("|") if part]
    return None if column in MAY_BE_EMPTY and not text else text


def _by(key: str, values: Iterable[Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for value in values:
        code = getattr(value, key)
        if code in found:
            raise BrokenDirectoryError(f"{type(value).__name__} {code} stands there twice.")
        found[code] = value
    return found
