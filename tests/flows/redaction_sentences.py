"""Sentences and notes that the tests read: names stand in brackets in the file of sentences."""

import re
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
NOTES = (
    "harmless_notes.txt",
    "more_notes.txt",
    "harmless_chat.txt",
    "learned_harmless.txt",
    "held_back_harmless.txt",
)
"""The later ones were written when the rules stood."""
NAMES = (
    "names_in_sentences.txt",
    "more_names_in_sentences.txt",
    "even_more_names_in_sentences.txt",
    "fresh_names_in_sentences.txt",
    "more_fresh_names_in_sentences.txt",
    "learned_names_in_sentences.txt",
    "held_back_names_in_sentences.txt",
)
"""Likewise; names stand in brackets."""

Span = tuple[int, int]


def lines(name: str) -> list[str]:
    every = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in every if line and not line.startswith("#")]


def sentences(name: str) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Give each sentence without its brackets, and where its names stand."""
    for line in lines(name):
        text, spans = "", []
        for part in re.split(r"(\[[^\]]*\])", line):
            bare = part.strip("[]")
            if part.startswith("["):
                spans.append((len(text), len(text) + len(bare)))
            text += bare
        yield text, tuple(spans)
