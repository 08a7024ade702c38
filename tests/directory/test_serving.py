"""Where a service is for somebody who lives elsewhere."""

import pytest

from bot.desk.entries import where_served
from directory.finder import kilometres
from directory.load import load
from directory.serving import BEYOND, mil_to
from tests.directory.entries import MALMO, a_service

DIRECTORY = load()
HOME = DIRECTORY.municipalities[MALMO]


def test_more_than_five_mil_is_said_only_of_what_is_farther_than_fifty_kilometres() -> None:
    for place in DIRECTORY.municipalities.values():
        mil = mil_to(a_service(municipality_codes=(place.code,)), HOME, DIRECTORY)
        assert (mil == BEYOND) is (kilometres(HOME, place) > 50)


@pytest.mark.parametrize(
    ("counties", "told"),
    [
        (("03",), "i ett annat län, för den som bor i Uppsala län"),
        (("03", "01"), "i ett annat län, för den som bor i Uppsala län och Stockholms län"),
        (("12",), "Skåne län"),
    ],
)
def test_a_service_for_a_county_is_named_by_it_wherever_somebody_lives(
    counties: tuple[str, ...], told: str
) -> None:
    service = a_service(municipality_codes=(), county_codes=counties)
    assert where_served(service, DIRECTORY, HOME) == told
