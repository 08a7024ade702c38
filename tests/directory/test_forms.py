"""Names with an ending, in other languages and in other scripts."""

import pytest

from tests.directory.reading import read


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Stockholmissa", "Stockholm"),
        ("asun Norrköpingissä", "Norrköping"),
        ("Boråsissa", "Borås"),
        ("Kiirunassa", "Kiruna"),
        ("Haaparannalla", "Haparanda"),
        ("Eskilstunasta", "Eskilstuna"),
        ("Malmöde", "Malmö"),
        ("Malmö'de yaşıyorum", "Malmö"),
        ("Stockholmda yaşıyorum", "Stockholm"),
        ("mieszkam w Sztokholmie", "Stockholm"),
        ("w Goeteborgu", "Göteborg"),
        ("malmöbo", "Malmö"),
        ("Göteborgsbo", "Göteborg"),
        ("i östra göingetrakten", "Östra Göinge"),
    ],
)
def test_a_town_is_understood_with_what_a_language_adds_to_it(text: str, meant: str) -> None:
    assert read(text) == meant


def test_an_everyday_word_or_a_hamlet_with_such_an_ending_is_nothing() -> None:
    for text in ("borde", "marken", "varade", "norade", "Lundabo", "handla"):
        assert read(text) == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Stoccolma", "Stockholm"),
        ("Στοκχόλμη", "Stockholm"),
        ("斯德哥尔摩", "Stockholm"),
        ("สตอกโฮล์ม", "Stockholm"),
        ("ስቶክሆልም", "Stockholm"),
        ("სტოკჰოლმი", "Stockholm"),
        ("رينكبي", "Stockholm"),
        ("马尔默", "Malmö"),
        ("مَالْمُو", "Malmö"),
        ("سُتُوكْهُولْم", "Stockholm"),
    ],
)
def test_a_large_town_is_understood_in_many_scripts_with_or_without_vowel_marks(
    text: str, meant: str
) -> None:
    assert read(text) == meant
