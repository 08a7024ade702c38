"""Places where somebody says that they do not live, or live no more."""

import pytest

from tests.directory.reading import read


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
        ("we don’t live in Malmö but in Lund", "Lund"),
        ("I don't live in Malmö, I live in Lund", "Lund"),
        ("hela Skåne utom Malmö", "Skåne län"),
        ("inte i Malmö", ""),
        ("Inte i närheten av Malmö", ""),
        ("bor inte nära Malmö", ""),
        ("absolut inte Malmö", ""),
        ("inte till Malmö utan till Lund", "Lund"),
        ("not near Malmö", ""),
        ("inte här i Malmö", ""),
        ("utom Malmö", ""),
        ("everywhere except in Malmö", ""),
        ("inte i mallmö", ""),
        ("varken Malmö eller Lund", ""),
        ("det är inte Hjo", ""),
        ("jag bor aldrig i Malmö", ""),
        ("I don't live in Malmö", ""),
        ("i dont live in malmö", ""),
        ("I do not live in Malmö", ""),
        ("I no longer live in Malmö", ""),
        ("we never live in Malmö", ""),
        ("never lives in Malmö", ""),
        ("we never lived in Malmö", ""),
        ("I'm not living in Malmö", ""),
        ("we're not from Malmö", ""),
    ],
)
def test_a_place_that_is_denied_is_not_where_somebody_lives(text: str, meant: str) -> None:
    assert read(text) == meant


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
        ("jag har bott i Malmö förut", "Malmö?"),
        ("tidigare har jag bott i Malmö", "Malmö?"),
        ("har bott i Malmö innan, nu Lund", "Lund"),
        ("bott i Malmö, bodde i Eslöv, nu Lund", "Lund"),
        ("jag har aldrig bott i Malmö", "Malmö?"),
        ("född i Malmö men bor i Lund", "Lund"),
        ("född i Malmö", "Malmö?"),
        ("förr bodde jag i Malmö", "Malmö?"),
        ("där bodde vi tidigare i Malmö", "Malmö?"),
        ("förr bodde vi i Malmö, nu i Lund", "Lund"),
        ("född och uppvuxen i Malmö", "Malmö?"),
        ("jag växte upp i Malmö", "Malmö?"),
        ("I was born in Malmö", "Malmö?"),
        ("I grew up in Malmö, now in Lund", "Lund"),
        ("I lived in Malmö", "Malmö?"),
        ("I have lived in Malmö before", "Malmö?"),
        ("I have lived in Malmö previously", "Malmö?"),
    ],
)
def test_a_place_that_was_left_gives_way_or_is_asked_about(text: str, meant: str) -> None:
    assert read(text) == meant


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
        "I do not, I live in Malmö",
        "I don't feel safe living in Malmö",
        "no, in Malmö",
    ],
)
def test_a_not_that_is_said_of_something_else_takes_no_place_away(text: str) -> None:
    assert read(text) == "Malmö"


@pytest.mark.parametrize(
    "text",
    [
        "jag har bott i Malmö hela mitt liv",
        "jag har bott i Malmö i tio år",
        "bott i Malmö sen 2010",
        "jag har alltid bott i Malmö",
        "I have lived in Malmö for ten years",
        "I've lived in Malmö all my life",
    ],
)
def test_who_has_lived_somewhere_lives_there_still(text: str) -> None:
    assert read(text) == "Malmö"


def test_a_not_that_may_be_said_of_something_else_is_asked_about() -> None:
    assert read("jag orkar inte längre Malmö") == "Malmö?"
    assert read("Jag vill INTE till Malmö") == "Malmö?"
