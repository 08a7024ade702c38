"""The shipped files are whole, and files that are not are refused with a sentence."""

import csv
import shutil
from collections import Counter
from pathlib import Path

import pytest

import directory as package
from directory.load import BrokenDirectoryError, load, read

DIRECTORY = load()
DATA = Path(package.__file__).parent / "data"


def test_there_are_290_municipalities_in_21_counties() -> None:
    assert len(DIRECTORY.municipalities) == 290
    assert len(DIRECTORY.counties) == 21
    per_county = Counter(place.county_code for place in DIRECTORY.municipalities.values())
    assert per_county.keys() == DIRECTORY.counties.keys()
    assert per_county.total() == 290
    assert per_county["14"] == 49


def test_a_municipality_s_code_begins_with_its_county_s() -> None:
    for place in DIRECTORY.municipalities.values():
        assert place.code.startswith(place.county_code)


def test_neighbours_are_mutual_and_only_gotland_has_none() -> None:
    for place in DIRECTORY.municipalities.values():
        for code in place.neighbours:
            assert place.code in DIRECTORY.municipalities[code].neighbours
    alone = [place.name for place in DIRECTORY.municipalities.values() if not place.neighbours]
    assert alone == ["Gotland"]


def test_neighbours_by_water_count_as_neighbours() -> None:
    assert "0180" in DIRECTORY.municipalities["0186"].neighbours


def test_every_municipality_has_a_locality() -> None:
    assert {each.municipality_code for each in DIRECTORY.localities} == set(
        DIRECTORY.municipalities
    )


def test_at_least_eighteen_names_of_localities_lie_in_several_municipalities() -> None:
    places = {(each.name, each.municipality_code) for each in DIRECTORY.localities}
    names = Counter(name for name, _ in places)
    assert sum(count > 1 for count in names.values()) >= 18


def test_services_and_lines_are_read_together_in_the_order_of_their_files() -> None:
    ids = list(DIRECTORY.services)
    assert ids[0] == "valj-att-sluta"
    assert ids.index("gallivare-socialtjanst") + 1 == ids.index("sos-alarm")


def test_what_is_known_of_a_municipality_is_found_by_its_code() -> None:
    assert DIRECTORY.provisions["2182"].kind == "individual_talks"
    assert DIRECTORY.contacts["2180"].phone == "026-17 80 00"


def test_every_file_is_named_among_the_sources() -> None:
    sources = (DATA / "SOURCES.md").read_text("utf-8")
    for file in (*DATA.glob("*.csv"), *DATA.glob("geo/*")):
        assert f"`{file.relative_to(DATA).as_posix()}`" in sources
    assert "Place data © GeoNames, geonames.org, licensed CC BY 4.0" in sources


def test_the_directory_is_read_once() -> None:
    assert load() is DIRECTORY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def change(file: Path, row: int, **cells: str) -> None:
    """Write other cells into a row of a CSV file, counted from 0."""
    with file.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    rows[row] |= cells
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def refusal(folder: Path) -> str:
    with pytest.raises(BrokenDirectoryError) as refused:
        read(folder)
    return str(refused.value)


@pytest.mark.parametrize(
    ("file", "column", "cell", "where"),
    [
        ("services.csv", "status", "sure", "status"),
        ("services.csv", "description", "x" * 301, "description"),
        ("services.csv", "who_for", "everybody", "who_for.0"),
        ("services.csv", "phones", "020-555 666|ring", "phones.1"),
        ("services.csv", "addresses", "Storgatan 1", "addresses.0"),
        ("crisis_lines.csv", "checked", "2026-02-30", "checked"),
        ("provision.csv", "kind", "none", "kind"),
        ("contacts.csv", "url", "javascript:alert(1)", "url"),
        ("dated_facts.csv", "units", "about forty", "units"),
    ],
)
def test_a_wrong_cell_is_named_by_file_line_and_column(
    folder: Path, file: str, column: str, cell: str, where: str
) -> None:
    change(folder / file, 1, **{column: cell})
    assert refusal(folder).startswith(f"{file}, line 3, {where}")


@pytest.mark.parametrize("file", ["services.csv", "crisis_lines.csv"])
def test_an_id_that_stands_twice_is_refused_whichever_file_holds_it(
    folder: Path, file: str
) -> None:
    change(folder / file, 1, id="valj-att-sluta")
    assert refusal(folder) == "Service valj-att-sluta stands there twice."


@pytest.mark.parametrize(
    ("file", "value"), [("provision.csv", "Provision"), ("contacts.csv", "Contact")]
)
def test_a_municipality_that_stands_twice_in_a_file_is_refused(
    folder: Path, file: str, value: str
) -> None:
    change(folder / file, 0, municipality_code="2182")
    assert refusal(folder) == f"{value} 2182 stands there twice."


@pytest.mark.parametrize(
    ("file", "column", "code"),
    [
        ("services.csv", "municipality_codes", "9999"),
        ("services.csv", "district_codes", "0180-nowhere"),
        ("services.csv", "county_codes", "99"),
        ("localities.csv", "municipality_code", "9999"),
        ("place_aliases.csv", "code", "9999"),
        ("districts.csv", "municipality_code", "9999"),
        ("municipalities.csv", "neighbours_by_land", "9999"),
        ("provision.csv", "municipality_code", "9999"),
        ("contacts.csv", "municipality_code", "9999"),
        ("dated_facts.csv", "county_code", "99"),
    ],
)
def test_a_code_that_no_place_has_is_refused(
    folder: Path, file: str, column: str, code: str
) -> None:
    change(folder / file, 1, **{column: code})
    assert f"names the code {code}, which no place has." in refusal(folder)


def test_neighbours_that_are_not_mutual_are_refused(folder: Path) -> None:
    change(folder / "municipalities.csv", 0, neighbours_by_land="2584")
    assert refusal(folder) == "municipalities.csv: Upplands Väsby borders on Kiruna, not back."


def test_a_service_for_nobody_is_refused(folder: Path) -> None:
    change(folder / "services.csv", 3, municipality_codes="", county_codes="")
    assert "serves nobody" in refusal(folder)


def test_a_district_outside_the_municipalities_of_a_service_is_refused(folder: Path) -> None:
    change(folder / "services.csv", 3, district_codes="0180-farsta")
    assert "serves Farsta but not its municipality." in refusal(folder)
