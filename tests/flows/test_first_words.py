"""What a partner reads over somebody's shoulder, or in a notification, is how a text begins."""

import re

import pytest
from fluent.syntax import FluentParser, ast

from bot.resources import FLOWS
from tests.fakes import world

SPOKEN = ("entry", "farewell", "handoff", "referral", "safety", "talk")
"""The files with what is said in a conversation. Buttons are read only with the page open."""

SHOWN = 60
"""Characters: about what a locked phone shows of a message."""

TELLING = re.compile(
    r"våld|slag|slå|hot(?!ell)|misshand|polis|utsatt|skad|kränk|övergrepp|sluta\b|socialtjänst"
    r"|självmord|kris|brott|behandling",
    re.IGNORECASE,
)
ASKED_FOR = {
    "violence": "the answer to a button that asks whether this is violence",
    "audience-uses_violence": "part of an entry of the directory, far from its beginning",
    "audience-exposed": "the same",
}
"""Texts that may begin so, and why."""


def texts() -> dict[str, str]:
    """Every Swedish text that is said, with what is filled in left out and every variant shown."""
    return {
        entry.id.name: _written(entry.value)
        for name in SPOKEN
        for entry in FluentParser().parse(_source(name)).body
        if isinstance(entry, ast.Message) and entry.value
    }


def _source(name: str) -> str:
    return (FLOWS / "texts" / "sv" / f"{name}.ftl").read_text("utf-8")


def _written(pattern: ast.Pattern) -> str:
    return "".join(_part(part) for part in pattern.elements)


def _part(part: ast.TextElement | ast.Placeable) -> str:
    if isinstance(part, ast.TextElement):
        return part.value
    if isinstance(part.expression, ast.SelectExpression):
        return " ".join(_written(variant.value) for variant in part.expression.variants)
    return ""


@pytest.mark.parametrize("name", sorted(texts().keys() - ASKED_FOR.keys()))
def test_the_first_words_tell_nothing_to_who_looks_at_the_screen(name: str) -> None:
    assert not TELLING.search(texts()[name].strip()[:SHOWN])


def test_every_exception_is_one() -> None:
    assert [name for name in ASKED_FOR if not TELLING.search(texts()[name][:SHOWN])] == []


def test_every_number_we_say_is_one_of_the_service_file() -> None:
    line = world().line
    known = {line.phone, *(other.number for other in line.lines.values())}
    said = {n for text in texts().values() for n in re.findall(r"\d[\d –-]+\d", text)}
    assert said <= known


@pytest.mark.parametrize("name", sorted(texts()))
def test_texts_are_calm_and_promise_no_more_than_is_true(name: str) -> None:
    text = texts()[name].casefold()
    assert "!" not in text
    assert "anonym" not in text
