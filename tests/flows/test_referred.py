"""What a service that was sent to a visitor becomes in the form."""

import pytest

from directory.load import load
from flows.referred import NAMED, referred_to

SERVICES = load().services


@pytest.mark.parametrize(
    ("service", "code"),
    [
        ("preventell", "preventell"),
        ("sos-alarm", "emergency"),
        ("terrafem", "womens_line_or_shelter"),
        ("kriscentrum-malmo", "municipal_violence_service"),
        ("kriscentrum-malmo-jour", "womens_line_or_shelter"),
        ("kriscentrum-man-goteborg", "crisis_centre_men"),
        ("manscentrum-stockholm", "crisis_centre_men"),
        ("kriscentrum-mellersta-skane", "shared_or_regional_service"),
        ("hjalplinjen", "other"),
    ],
)
def test_each_kind_of_service_has_its_answer_in_the_form(service: str, code: str) -> None:
    assert referred_to(SERVICES[service]) == code


def test_every_service_that_is_named_is_in_the_directory() -> None:
    assert set(NAMED) <= set(SERVICES)
