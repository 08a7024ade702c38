"""Places where somebody says that they do not live, or live no more."""

import pytest

from directory.load import load
from directory.places import Place, understand


def named(place: Place) -> str:
    """The place that was taken, or with a question mark the ones that are asked about."""
    taken = place.municipality or place.county
    asked = ", ".join(candidate.name for candidate in place.candidates)
    return taken.name if taken else f"{asked}?" if asked else ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("inte Malmö utan Lund", "Lund"),
        ("Lund, inte Malmö", "Lund"),
        ("jag bor inte i Malmö längre, jag bor i Lund", "Lund"),
        ("inte i Upplands Väsby utan i Märsta", "Sigtuna"),
        ("inte i Mallmö utan i Lund", "Lund"),
        ("i Skåne men inte Malmö", "Skåne län"),
        ("varken Malmö eller Eslöv, Lund", "Lund"),
        ("not in Malmö but Lund", "Lund"),
        ("inte i Malmö", ""),
        ("inte i mallmö", ""),
        ("varken Malmö eller Lund", ""),
        ("det är inte Hjo", ""),
    ],
)
def test_a_place_that_is_denied_is_not_where_somebody_lives(text: str, meant: str) -> None:
    assert named(understand(text, load())) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("jag har flyttat från Malmö till Lund", "Lund"),
        ("flyttade till Lund från Malmö", "Lund"),
        ("bodde i Malmö förut, nu Lund", "Lund"),
        ("från Malmö till Lund", "Lund"),
        ("moved from Malmö to Lund", "Lund"),
        ("flyttat från Malmö till Lnd", "Lund?"),
        ("jag har flyttat från Malmö", "Malmö?"),
        ("jag har bott i Malmö", "Malmö?"),
    ],
)
def test_a_place_that_was_left_gives_way_or_is_asked_about(text: str, meant: str) -> None:
    assert named(understand(text, load())) == meant


@pytest.mark.parametrize(
    "text",
    [
        "inte långt från Malmö",
        "inte så långt ifrån Malmö",
        "jag vet inte, Malmö kanske",
        "vågar inte bo kvar i Malmö",
        "han slår mig inte, jag bor i Malmö",
        "jag kommer från Malmö",
        "utan pengar i Malmö",
    ],
)
def test_a_not_that_is_said_of_something_else_takes_no_place_away(text: str) -> None:
    assert named(understand(text, load())) == "Malmö"


def test_a_not_that_may_be_said_of_something_else_is_asked_about() -> None:
    assert named(understand("jag orkar inte längre Malmö", load())) == "Malmö?"
