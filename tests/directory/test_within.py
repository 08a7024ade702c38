"""Places that are named with their county, and counties as they were called."""

import pytest

from directory.load import load
from tests.directory.reading import read

DIRECTORY = load()


@pytest.mark.parametrize("text", ["{} i {}", "{}, {}", "{} {}"])
def test_every_municipality_is_understood_beside_its_county(text: str) -> None:
    for place in DIRECTORY.municipalities.values():
        county = DIRECTORY.county_of(place)
        for name in (county.name, county.short_name):
            assert read(text.format(place.name, name)) == place.name


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Nora i Örebro", "Nora"),
        ("Mark i Västergötland", "Mark"),
        ("Trosa i Sörmland", "Trosa"),
        ("Värnamo i Småland", "Värnamo"),
        ("Årsta, Uppsala", "Uppsala"),
        ("från Småland men bor i Borås", "Borås"),
    ],
)
def test_a_county_or_landscape_tells_that_a_place_is_meant(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    "text", ["Täby eller Stockholm", "jobbar i Stockholm och bor i Täby", "Knivsta, Stockholm"]
)
def test_a_town_that_is_called_as_its_county_is_asked_about_elsewhere(text: str) -> None:
    assert "Stockholm" in read(text)
    assert read(text).endswith("?")


@pytest.mark.parametrize(
    ("former", "county"),
    [
        ("Malmöhus län", "Skåne län"),
        ("Kristianstads län", "Skåne län"),
        ("Älvsborgs län", "Västra Götalands län"),
        ("Skaraborgs län", "Västra Götalands län"),
        ("Göteborgs och Bohus län", "Västra Götalands län"),
        ("göteborgs- och bohuslän", "Västra Götalands län"),
        ("Kopparbergs län", "Dalarnas län"),
    ],
)
def test_a_county_is_understood_by_its_former_name(former: str, county: str) -> None:
    assert read(former) == county
    assert read(f"jag bor i {former.lower()}") == county


def test_a_name_before_lan_is_never_a_municipality() -> None:
    for place in DIRECTORY.municipalities.values():
        assert read(f"{place.name} län") == DIRECTORY.county_of(place).name
    assert read("sthlms län") == "Stockholms län"
    assert read("lunds län") == "Skåne län"


def test_a_place_that_does_not_lie_in_the_county_it_is_said_to_lie_in_is_asked_about() -> None:
    assert read("Kil i Örebro län") == "Kil?"
    assert read("Lund, Hallands län") == "Lund?"
    assert read("Södertälje i Södermanland") == "Södertälje"


def test_so_is_one_that_lies_far_from_the_landscape_it_is_said_to_lie_in() -> None:
    assert read("Väsby i Skåne") == "Upplands Väsby?"
    assert read("Malmö i Norrbotten") == "Malmö?"
    assert read("Norrtälje i Uppland") == "Norrtälje"
    assert read("Båstad i Halland") == "Båstad"


def test_a_county_of_former_times_does_not_deny_what_lay_in_it() -> None:
    assert read("Mullsjö skaraborgs län") == "Mullsjö"
    assert read("Habo, Skaraborgs län") == "Habo"
    assert read("Mullsjö Hallands län") == "Mullsjö?"


def test_lan_as_a_heading_says_nothing_of_the_name_before_it() -> None:
    assert read("Kommun: Malmö, Län: Skåne") == "Malmö"
