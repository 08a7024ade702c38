from pathlib import Path

import pytest

import flows
from flows.texts import TextError, Texts

SHIPPED = Path(flows.__file__).parent / "texts"

SWEDISH = """
# A comment says nothing.
-house = Välj att sluta
name = { -house }
greeting = Hej { $name }.
letter =
    { greeting } { $waiting ->
        [one] En person väntar.
       *[other] { $waiting } personer väntar.
    }
"""
ENGLISH = "greeting = Hello { $name }."


def texts(swedish: str = SWEDISH) -> Texts:
    return Texts({"sv": [swedish], "en": [ENGLISH]})


def shipped() -> Texts:
    folders = [folder for folder in SHIPPED.iterdir() if folder.is_dir()]
    return Texts(
        {
            folder.name: [file.read_text("utf-8") for file in sorted(folder.glob("*.ftl"))]
            for folder in folders
        }
    )


def test_a_text_is_said_in_the_language_asked_for() -> None:
    assert texts().say("en", "greeting", name="Bo") == "Hello Bo."
    assert texts().say("sv", "greeting", name="Bo") == "Hej Bo."


def test_what_a_language_lacks_is_said_in_swedish() -> None:
    assert texts().say("en", "name") == "Välj att sluta"
    assert texts().say("so", "greeting", name="Bo") == "Hej Bo."


def test_a_number_chooses_its_plural() -> None:
    assert texts().say("sv", "letter", name="Bo", waiting=1) == "Hej Bo. En person väntar."
    assert texts().say("sv", "letter", name="Bo", waiting=3) == "Hej Bo. 3 personer väntar."


def test_no_invisible_marks_are_put_around_what_is_filled_in() -> None:
    assert texts().say("sv", "greeting", name="Bo").isprintable()


def test_languages_and_ids_are_listed_without_terms_and_fallbacks() -> None:
    assert texts().languages == {"sv", "en"}
    assert texts().ids("sv") == {"name", "greeting", "letter"}
    assert texts().ids("en") == {"greeting"}


def test_variables_are_found_in_every_branch_and_in_texts_referred_to() -> None:
    assert texts().variables("sv", "letter") == {"name", "waiting"}
    assert texts().variables("sv", "name") == frozenset()
    assert texts().variables("en", "greeting") == {"name"}


def test_the_variables_of_a_term_are_not_asked_for() -> None:
    source = "-house = { $case ->\n  [upper] Huset\n *[lower] huset\n }\nhere = { -house }"
    assert texts(source).variables("sv", "here") == frozenset()
    assert texts(source).say("sv", "here") == "huset"


def test_an_unknown_text_is_an_error_that_names_it() -> None:
    with pytest.raises(TextError, match="There is no text 'goodbye', neither in 'en' nor in 'sv'"):
        texts().say("en", "goodbye")
    with pytest.raises(TextError, match="There is no text 'goodbye'"):
        texts().variables("sv", "goodbye")


def test_a_missing_argument_is_an_error_even_where_its_branch_is_not_said() -> None:
    source = "wait = { $n ->\n  [0] Ingen.\n *[other] Du är { $place } av { $n }.\n }"
    with pytest.raises(TextError, match=r"The text 'wait' needs place\."):
        texts(source).say("sv", "wait", n=0)


def test_a_text_that_cannot_be_formatted_is_an_error_without_the_words_filled_in() -> None:
    with pytest.raises(TextError) as caught:
        texts().say("sv", "greeting", name="hemligt" * 500)
    assert str(caught.value) == "The text 'greeting' in 'sv' cannot be formatted (ValueError)."


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["a = A", "a = B"], "The text 'a' stands twice in 'sv'."),
        (["-a = A", "-a = B"], "The text '-a' stands twice in 'sv'."),
        (["a = A\nthis is not Fluent"], "The texts in 'sv' are not valid Fluent at: this is not"),
        (["a =\n  .title = T"], "The text 'a' has no words of its own."),
        (["a = { b }"], "The text 'a' refers to 'b', which does not exist."),
        (["a = { -b }"], "The text 'a' refers to '-b', which does not exist."),
        (["a = { b }\nb = { a }"], "The text 'a' refers to itself."),
    ],
)
def test_bad_sources_are_refused_in_a_sentence(files: list[str], said: str) -> None:
    with pytest.raises(ValueError, match="The text") as caught:
        Texts({"sv": files})
    assert str(caught.value).startswith(said)


def test_swedish_has_to_be_there() -> None:
    with pytest.raises(ValueError, match="There are no texts for 'sv'"):
        Texts({"en": [ENGLISH]})


def test_a_language_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="'xx' is not the code of a language"):
        Texts({"sv": [SWEDISH], "xx": [ENGLISH]})


def test_every_language_we_ship_has_the_same_texts_with_the_same_variables() -> None:
    ours = shipped()
    for language in ours.languages:
        assert ours.ids(language) == ours.ids("sv")
        for name in ours.ids("sv"):
            assert ours.variables(language, name) == ours.variables("sv", name)
