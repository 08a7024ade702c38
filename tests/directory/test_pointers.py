"""Towns and villages that are called as everyday words: where they are meant, and where not."""

import pytest

from tests.directory.reading import read

WORDS = ("Trosa", "Mark", "Vara", "Nora", "Berg")


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize(
    "text",
    [
        "jag bor i närheten av {}",
        "norr om {}",
        "strax söder om {}",
        "öster om {}",
        "sydväst om {}",
        "väster om {}",
        "bor {}",
        "centrala {}",
        "min kommun är {}",
        "kommunen heter {}",
        "byn heter {}",
        "en ort som heter {}",
        "{} centrum",
        "{} stad",
        "{} med omnejd",
        "I live north of {}",
    ],
)
def test_beside_a_word_that_points_a_town_that_is_an_everyday_word_is_taken(
    text: str, name: str
) -> None:
    assert read(text.format(name)) == name
    assert read(text.format(name.lower())) == name


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize(
    "text", ["typ {}", "kanske {}", "vid {}", "det är {}", "gäller {}", "flyttat till {}", "{} typ"]
)
def test_beside_a_word_that_hints_it_is_asked_about(text: str, name: str) -> None:
    assert read(text.format(name.lower())) == f"{name}?"


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize(
    "text", ["{} tror jag", "{} jag vill inte säga mer", "{}. Finns det hjälp?", "{} (Sverige)"]
)
def test_with_a_capital_it_is_asked_about(text: str, name: str) -> None:
    assert read(text.format(name)) == f"{name}?"


@pytest.mark.parametrize(
    "text",
    [
        "det kan vara svårt",
        "jag vill vara ifred",
        "det är kanske bäst att vara ifred en stund",
        "mark my words",
        "han tog min trosa",
        "i bergen",
    ],
)
def test_elsewhere_it_is_the_everyday_word(text: str) -> None:
    assert read(text) == ""


def test_beside_another_place_it_is_asked_about_and_the_other_not_guessed() -> None:
    for name in WORDS:
        assert read(f"mellan {name} och Skövde") == f"{name}, Skövde?"
        assert read(f"skövde eller {name.lower()}") == f"Skövde, {name}?"
    assert read("Nora och Mora") == "Nora, Mora?"
    assert read("nora och mora") == "Nora, Mora?"


def test_one_of_a_pair_of_everyday_words_is_asked_about() -> None:
    assert read("i berg och dal") == "Berg?"
    assert read("i Berg") == read("i berg") == "Berg"


@pytest.mark.parametrize(
    "text",
    ["jag är så mora", "mobil och sala", "jag dricker ale", "fyra åre", "Mora, jag är så kil"],
)
def test_a_short_name_in_small_letters_that_nothing_points_at_is_never_taken(text: str) -> None:
    assert read(text).endswith("?")
    assert read("hjälp umeå") == "Umeå"


@pytest.mark.parametrize(
    ("name", "municipality"),
    [
        ("ed", "Dals-Ed"),
        ("handen", "Haninge"),
        ("viken", "Höganäs"),
        ("lit", "Östersund"),
        ("kosta", "Lessebo"),
        ("horn", "Kinda"),
        ("hede", "Härjedalen"),
    ],
)
def test_a_village_in_small_letters_is_asked_about_where_it_is_a_home(
    name: str, municipality: str
) -> None:
    assert read(f"bor i {name}") == f"{municipality}?"
    assert read(f"jag kommer från {name}") == f"{municipality}?"
    assert read(f"det gick i {name} igår") == ""


@pytest.mark.parametrize(
    "text",
    [
        "ven kan hjälpa mig",
        "min hille slog mig",
        "jag blev arg och nol",
        "vad är det för rud",
        "Tuve slog mig",
        "han bad mig backa",
        "han teg hela kvällen",
        "det är vara jag som slår",
    ],
)
def test_what_one_letter_makes_of_an_everyday_word_is_no_place_unless_it_is_pointed_at(
    text: str,
) -> None:
    assert read(text) == ""


@pytest.mark.parametrize(
    ("name", "municipality"),
    [("Ven", "Landskrona"), ("Teg", "Umeå"), ("Rosta", "Örebro"), ("Nol", "Ale")],
)
def test_a_part_that_is_called_as_an_everyday_word_is_found_where_somebody_lives_on_it(
    name: str, municipality: str
) -> None:
    assert read(f"bor på {name}") == read(name) == municipality
    assert read(f"bor på {name.lower()}") == read(name.lower()) == f"{municipality}?"
    assert read("bor på Lidingö") == "Lidingö"
