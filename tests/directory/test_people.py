"""Places that people are called after."""

import pytest

from tests.directory.reading import read


@pytest.mark.parametrize(
    "text",
    [
        *("jag heter Vilhelmina", "jag heter Dorotea", "hon hette Salem", "mitt namn är Kil"),
        *("my name is Salem", "Malin Lund", "malin lund", "Anna Sala", "min chef Boden"),
        *("Erik Holm", "min kompis Mora"),
    ],
)
def test_a_name_that_is_rather_somebody_s_is_never_taken(text: str) -> None:
    assert read(text).endswith("?")


@pytest.mark.parametrize(
    "text", ["jag heter Nora", "min dotter Nora är rädd", "min man heter Sven Berg", "Anna Berg"]
)
def test_one_that_is_an_everyday_word_besides_is_nothing(text: str) -> None:
    assert read(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Malin Lund, bor i Malmö",
        "jag heter Vilhelmina och bor i Malmö",
        "min fru Nora bor i Malmö",
        "min chef Boden är i Malmö",
    ],
)
def test_it_gives_way_to_where_somebody_lives(text: str) -> None:
    assert read(text) == "Malmö"


@pytest.mark.parametrize(
    "text",
    [
        *("Anna från Malmö", "kommunen heter Malmö", "orten heter Malmö"),
        *("samma stad som min syster bor i Malmö", "man 34 Malmö", "psykolog malmö"),
    ],
)
def test_a_place_beside_a_name_is_still_a_place(text: str) -> None:
    assert read(text) == "Malmö"


def test_a_name_is_no_misspelt_place() -> None:
    assert read("han heter Vilhelmin") == ""
