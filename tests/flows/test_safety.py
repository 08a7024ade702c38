"""The phrases of safety.toml against texts that counsellors can read and add to (acute/*.txt)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import safety
from flows.safety import KINDS, LONGEST, parse
from tests.effort import least_effort

TEXTS = Path(__file__).parent / "acute"
PHRASES = (Path(safety.__file__).parent / "safety.toml").read_text(encoding="utf-8")
RECOGNISER = parse(PHRASES)

SMALL = """
gap = 2
breaks = "inte"
now = "nu"
habit = "ibland"
elsewhere = "förr i tiden"
[spelling]
"jag" = "ja"
"" = "bara"
[words]
"henne" = "henne, min _"
[other]
not = "döda tiden"
always = "döda ... <henne>/alla, hot*/*hota (dig) nu"
unless_habit = "slår <henne>"
with_now = "arg, vred & döma"
[self]
not = ""
always = "vill bara dö"
unless_habit = ""
with_now = ""
[child]
not = ""
always = ""
unless_habit = ""
with_now = ""
"""


def lines(name: str) -> Iterator[str]:
    written = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    yield from (line for line in written if line and not line.startswith("#"))


@pytest.mark.parametrize("kind", KINDS)
def test_acute_texts_are_marked(kind: str) -> None:
    assert [text for text in lines(kind) if kind not in RECOGNISER.kinds(text)] == []


def test_ordinary_talk_is_not_marked() -> None:
    assert [(text, kinds) for text in lines("calm") if (kinds := RECOGNISER.kinds(text))] == []


def test_there_are_texts_enough_to_judge_by() -> None:
    assert sum(len(list(lines(kind))) for kind in KINDS) >= 120
    assert len(list(lines("calm"))) >= 200


@pytest.mark.parametrize("kind", KINDS)
def test_how_it_is_typed_makes_no_difference(kind: str) -> None:
    for text in lines(kind):
        for typed in (
            text.upper(),
            text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")),
            text.replace("å", "a\u030a").replace("ö", "o\u0308"),
            "\u200b".join(text),
            text.replace("dö", "döööö"),
            f"{text}!!! 😢",
            text.replace(" ", "  "),
        ):
            assert kind in RECOGNISER.kinds(typed), typed


def test_ordinary_talk_in_capitals_or_without_dots_is_still_ordinary() -> None:
    wrong = [text for text in lines("calm") if RECOGNISER.kinds(text.upper())]
    plain = str.maketrans("åäö", "aao")
    wrong += [text for text in lines("calm") if RECOGNISER.kinds(text.translate(plain))]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("pappa slår mig nu", ("other", "child")),
        ("jag ska ta livet av min fru och sen av mig själv", ("other",)),
        ("jag dödar henne och sen mig själv", ("other", "self")),
        ("jag vill inte leva, jag ska döda mina barn och mig själv", ("other", "self", "child")),
        ("jag är rädd att jag gör barnen illa ikväll", ("child",)),
        ("jag tänker ta livet av mig", ("self",)),
        ("han ska döda mig", ("other",)),
        ("", ()),
        ("   \n\x00 🙂", ()),
    ],
)
def test_a_text_can_have_several_kinds_in_a_fixed_order(text: str, kinds: tuple[str, ...]) -> None:
    assert RECOGNISER.kinds(text) == kinds


@pytest.mark.parametrize(
    ("calm", "acute"),
    [
        ("jag är rädd att jag ska slå henne", "jag är rädd att jag ska slå henne ikväll"),
        ("min man slår mig", "min man slår mig just nu"),
        ("min man slår mig", "Min man slår mig. Just nu."),
        ("jag är rädd att jag ska slå henne", "jag är rädd att jag ska döda henne"),
        ("jag ska inte döda henne", "jag ska döda henne"),
        (
            "för tio år sedan ville han döda henne",
            "för tio år sedan gick det men nu vill han döda henne",
        ),
        (
            "för tio år sedan ville han döda henne",
            "för tio år sedan bråkade vi men han vill döda henne",
        ),
        ("ibland slår han barnen", "han slår barnen"),
        ("i filmen vill han döda henne", "han vill döda henne"),
    ],
)
def test_the_line_between_talk_and_danger(calm: str, acute: str) -> None:
    assert RECOGNISER.kinds(calm) == ()
    assert RECOGNISER.kinds(acute) != ()


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("döda henne", True),
        ("DODA   min mamma", True),
        ("döda en två alla", True),
        ("döda en två tre alla", False),
        ("döda inte henne", False),
        ("döda tiden, henne", False),
        ("döda henne förr i tiden", False),
        ("förr i tiden men döda henne", True),
        ("döda henne men förr i tiden", True),
        ("döda henne förr i tiden nu", True),
        ("hotar nu", True),
        ("hotar dig nu", True),
        ("jaghota nu", True),
        ("hotar er nu", False),
        ("slår henne", True),
        ("slår henne ibland", False),
        ("slår henne ibland nu", True),
        ("arg", False),
        ("jag är nu arg", True),
        ("jag är arg. nu", True),
        ("jag är väldigt arg på dig. det är höst nu", False),
        ("vred " + "och " * 30 + "döma nu", True),
    ],
)
def test_the_pattern_language_means_what_it_says(text: str, heard: bool) -> None:  # noqa: FBT001 - a table
    assert (parse(SMALL).kinds(text) == ("other",)) is heard


def test_a_word_that_is_passed_over_in_texts_may_stand_in_a_phrase() -> None:
    assert parse(SMALL).kinds("ja vill verkligen inte, vill dö") == ("self",)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("<henne>/alla", "<honom>"), "<honom>, which is not among"),
        (("hot*", "(hot"), "'(hot': not a word"),
        (('habit = "ibland"', ""), "lack the list 'habit'"),
        (("gap = 2", "gap = "), "not valid TOML"),
        (("vill bara dö", "bara"), "'bara' would be heard everywhere"),
        (("vill bara dö", "..."), "would be heard everywhere"),
    ],
)
def test_phrases_that_cannot_be_read_are_named(change: tuple[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says.replace("(", r"\(")):
        parse(SMALL.replace(*change))


def test_what_comes_after_eight_thousand_characters_is_not_read() -> None:
    assert RECOGNISER.kinds("a " * (LONGEST // 2) + "jag vill dö") == ()
    assert RECOGNISER.kinds("jag vill dö. " + "a " * LONGEST) == ("self",)


def test_five_hundred_characters_take_no_time() -> None:
    text = " ".join(lines("calm"))[:500]
    assert least_effort(lambda: RECOGNISER.kinds(text)) < 0.03, "some 1.5 ms, and room"


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "a ",
            "jag ska ",
            "min man har inte ",
            "bebisen ",
            "jag är 12 ",
            "döda ",
            "å",
            "\u200b",
        ),
        "vi pratar om hur barnen mår och vad jag ska göra när jag blir arg på min fru ",
    ],
)
def test_no_text_of_eight_thousand_characters_takes_long(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    assert least_effort(lambda: RECOGNISER.kinds(text)) < 2, "it must not grow with the square"
