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


def test_all_researched_services_are_there_with_a_source_and_unverified() -> None:
    assert len(DIRECTORY.services) == 63
    for service in DIRECTORY.services.values():
        assert service.source.startswith("http")
        assert service.status == "unverified"


def test_the_national_line_has_its_number() -> None:
    assert DIRECTORY.services["valj-att-sluta"].phone == "020-555 666"
    assert DIRECTORY.services["valj-att-sluta"].national


def test_the_lines_have_their_numbers() -> None:
    assert {line.id: line.phone for line in DIRECTORY.crisis_lines.values()} == {
        "sos-alarm": "112",
        "polisen": "114 14",
        "1177": "1177",
        "kvinnofridslinjen": "116 016",
        "stodlinjen-for-man": "020-80 80 80",
        "brottsofferjouren": "116 006",
        "bris": "116 111",
        "sjalvmordslinjen": "90101",
        "hjalplinjen": "90390",
        "preventell-linje": "020-66 77 88",
    }


def test_descriptions_are_calm_and_speak_to_nobody() -> None:
    descriptions = [
        *(service.description for service in DIRECTORY.services.values()),
        *(line.description for line in DIRECTORY.crisis_lines.values()),
    ]
    for description in descriptions:
        assert len(description) < 200
        assert description.endswith(".")
        assert "!" not in description
        assert not {"du", "dig", "din", "ditt", "dina"} & set(description.lower().split())


def test_ids_of_services_and_lines_do_not_meet() -> None:
    assert not DIRECTORY.services.keys() & DIRECTORY.crisis_lines.keys()


def test_every_file_is_named_among_the_sources() -> None:
    sources = (DATA / "SOURCES.md").read_text("utf-8")
    for file in DATA.glob("*.csv"):
        assert f"`{file.name}`" in sources
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


def test_a_value_out_of_bounds_is_named_by_file_line_and_column(folder: Path) -> None:
    change(folder / "services.csv", 0, status="verified", description="x" * 200)
    assert refusal(folder).startswith("services.csv, line 2, ")


def test_an_unknown_audience_is_refused(folder: Path) -> None:
    change(folder / "services.csv", 4, who_for="everybody")
    assert refusal(folder).startswith("services.csv, line 6, who_for.0")


def test_an_id_that_stands_twice_is_refused(folder: Path) -> None:
    change(folder / "services.csv", 1, id="valj-att-sluta")
    assert refusal(folder) == "Service valj-att-sluta stands there twice."


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("services.csv", "municipality_codes"),
        ("localities.csv", "municipality_code"),
        ("place_aliases.csv", "code"),
        ("districts.csv", "municipality_code"),
        ("municipalities.csv", "neighbours_by_land"),
    ],
)
def test_a_code_that_no_place_has_is_refused(folder: Path, file: str, column: str) -> None:
    change(folder / file, 3, **{column: "9999"})
    assert "names the code 9999, which no municipality or county has." in refusal(folder)


def test_neighbours_that_are_not_mutual_are_refused(folder: Path) -> None:
    change(folder / "municipalities.csv", 0, neighbours_by_land="2584")
    assert refusal(folder) == "municipalities.csv: Upplands Väsby borders on Kiruna, not back."


def test_a_service_for_nobody_is_refused(folder: Path) -> None:
    change(folder / "services.csv", 3, municipality_codes="", county_codes="")
    assert "serves nobody" in refusal(folder)
