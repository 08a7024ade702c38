"""Places that people are called after."""

import pytest

from tests.directory.reading import read


@pytest.mark.parametrize(
    "text",
    [
        *(
            "mitt namn är Kil",
            "hon hette Orsa",
            "my name is Mora",
            "Malin Lund",
            "malin lund",
            "Anna Sala",
            "min chef Boden",
        ),
        *("Erik Holm", "min kompis Mora"),
    ],
)
def test_a_name_that_is_rather_somebody_s_is_never_taken(text: str) -> None:
    assert read(text).endswith("?")


@pytest.mark.parametrize(
    "text",
    [
        *("jag heter Nora", "min dotter Nora är rädd", "min man heter Sven Berg", "Anna Berg"),
        *("jag heter Vilhelmina", "jag heter Dorotea", "hon hette Salem", "my name is Salem"),
    ],
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


@pytest.mark.parametrize(
    "text", ["hej Åsa", "Åsa här", "Åsa är rädd", "Åsa Edberg", "jag slog Åsa", "Arild slog mig"]
)
def test_a_village_that_people_are_called_after_is_somebody_where_nobody_lives_in_it(
    text: str,
) -> None:
    assert read(text) == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("jag slog Vilhelmina", "Vilhelmina"), ("vilhelmina slår mig", "Vilhelmina")),
        *(("Salem är min man", "Salem"), ("Eda är rädd", "Eda")),
        *(("Åsa", "Kungsbacka"), ("åsa", "Kungsbacka"), ("nära Åsa", "Kungsbacka")),
    ],
)
def test_where_it_may_be_either_it_is_asked_about(text: str, meant: str) -> None:
    assert read(text) == f"{meant}?"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("jag bor i Vilhelmina", "Vilhelmina"), ("Vilhelmina", "Vilhelmina")),
        *(("jag bor i Åsa", "Kungsbacka"), ("bor i åsa", "Kungsbacka")),
        *(("Åsa, Halland", "Kungsbacka"), ("Salem, Stockholm", "Salem"), ("i eda", "Eda")),
    ],
)
def test_where_somebody_lives_in_it_it_is_the_place(text: str, meant: str) -> None:
    assert read(text) == meant


def test_a_name_is_no_misspelt_place() -> None:
    assert read("han heter Vilhelmin") == ""
