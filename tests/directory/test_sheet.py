"""The services as a sheet: what Excel opens, and what comes back from it."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from directory import importing, sheet
from directory.load import load
from directory.models import Service
from directory.table import COLUMNS, to_row
from tests.directory.entries import a_full_service, nobody

DIRECTORY = load()
TODAY = date(2026, 11, 16)


def rows(services: tuple[Service, ...]) -> list[dict[str, str]]:
    """What a program reads that knows nothing of us."""
    text = sheet.written(services).removeprefix(sheet.BYTE_ORDER_MARK)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_a_sheet_names_its_columns_and_holds_every_service() -> None:
    services = DIRECTORY.living_services()
    found = rows(services)
    assert tuple(found[0]) == COLUMNS
    assert [row["id"] for row in found] == [service.id for service in services]


def test_excel_is_told_of_utf_8_and_given_its_own_line_ends() -> None:
    data = sheet.written(DIRECTORY.living_services()).encode()
    assert data.startswith(b'\xef\xbb\xbf"id";"name";')
    assert data.count(b"\r\n") == data.count(b"\n") == len(DIRECTORY.living_services()) + 1


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_cell_is_taken_for_a_formula(name: str) -> None:
    [service] = [each for each in DIRECTORY.living_services() if each.id == "kriscentrum-malmo"]
    [row] = rows((service.model_copy(update={"name": name, "phones": ("+46 8 123 45 67",)}),))
    assert row["name"] == f"'{name}"
    assert row["phones"] == "'+46 8 123 45 67"


def test_no_formula_begins_where_a_program_splits_at_commas() -> None:
    odd = DIRECTORY.living_services()[0].model_copy(update={"description": "Ring oss,=1+1"})
    cells = sheet.written((odd,)).removeprefix(sheet.BYTE_ORDER_MARK).split("\r\n")[1]
    assert '"Ring oss,=1+1"' in cells


def test_cells_may_hold_what_parts_cells() -> None:
    odd = DIRECTORY.living_services()[0].model_copy(update={"name": 'a;b"c\nd'})
    assert rows((odd,)) == [to_row(odd)]


def test_what_is_written_is_read_back_as_it_was() -> None:
    services = DIRECTORY.living_services()
    found = importing.read(sheet.written(services).encode(), DIRECTORY, TODAY, is_name=nobody)
    assert found == importing.Import(services)


def test_columns_that_are_left_out_are_kept_by_whoever_reads_the_sheet() -> None:
    service = a_full_service()
    text = sheet.written([service], [name for name in COLUMNS if name != "checked_with"])
    assert "checked_with" not in text
    assert service.checked_with not in text
    base = replace(DIRECTORY, services={service.id: service})
    assert importing.read(text.encode(), base, TODAY, is_name=nobody).services == (service,)
