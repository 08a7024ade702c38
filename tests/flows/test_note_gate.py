from functools import cache

import pytest

from bot.resources import read_reviewer
from flows.note_gate import WAYS, Mark, Note, gate_problem, marks
from flows.redaction_notes import Reviewer

TEXT = "Johan i Borås slog Anna. Barnet går på Lundsbergs skola."


@cache
def reviewer() -> Reviewer:
    return read_reviewer()


def read(text: str) -> tuple[Mark, ...]:
    return marks(Note(text), reviewer())


def settled(note: Note) -> tuple[bool, ...]:
    return tuple(mark.is_settled for mark in marks(note, reviewer()))


def test_words_are_marked_with_what_they_look_like() -> None:
    found = [(mark.words, mark.looks_like) for mark in read(TEXT)]
    assert found == [
        ("Johan", "ett namn"),
        ("Borås", "en ort"),
        ("Anna", "ett namn"),
        ("Lundsbergs skola", "en skola"),
    ]


def test_a_replaced_word_is_gone_and_what_was_kept_stays_kept() -> None:
    johan, boras, anna, _ = read(TEXT)
    note = Note(TEXT).keeping(johan).keeping(anna).replacing(boras, "en ort i länet")
    assert note.text.startswith("Johan i en ort i länet slog Anna. Barnet")
    assert settled(note) == (True, True, False)
    assert {note.text[start:end] for start, end in note.kept} == {"Johan", "Anna"}


def test_a_word_that_was_kept_can_still_be_replaced() -> None:
    johan = read(TEXT)[0]
    note = Note(TEXT).keeping(johan).replacing(johan, "partnern")
    assert note.text.startswith("Partnern i Borås")
    assert note.kept == frozenset()


def test_a_sentence_begins_with_a_capital_whatever_replaces_its_first_word() -> None:
    first, second = read("Johan ringde. Anna grät.")
    note = Note("Johan ringde. Anna grät.").replacing(second, "barnet").replacing(first, "partnern")
    assert note.text == "Partnern ringde. Barnet grät."


@pytest.mark.parametrize(
    ("text", "replaced"),
    [
        ("Bor hos Annas mamma.", "Bor hos partnerns mamma."),
        ("Jonas mamma ringde.", "Partnerns mamma ringde."),
        ("Såg Erik Anderssons bil.", "Såg partnerns bil."),
        ("Jonas ringde.", "Partnern ringde."),
    ],
)
def test_what_replaces_a_genitive_is_a_genitive(text: str, replaced: str) -> None:
    (name,) = read(text)
    assert Note(text).replacing(name, name.ways[0]).text == replaced


def test_a_note_is_let_through_when_every_warning_is_replaced_or_kept() -> None:
    note = Note(TEXT)
    while found := [mark for mark in marks(note, reviewer()) if not mark.is_settled]:
        assert gate_problem(found)
        mark = found[0]
        note = note.keeping(mark) if mark.kind == "place" else note.replacing(mark, mark.ways[0])
    assert gate_problem(marks(note, reviewer())) is None
    assert note.text == "Partnern i Borås slog partnern. Barnet går på en skola."


def test_keeping_holds_for_the_words_at_their_place_only() -> None:
    kept = Note(TEXT).keeping(read(TEXT)[0])
    assert settled(Note("Nu: " + TEXT, kept.kept)) == (False, False, False, False)


def test_a_hard_identifier_cannot_be_kept() -> None:
    text = "Ring 070-123 45 67 till mig"
    (number,) = read(text)
    note = Note(text).keeping(number)
    problem = gate_problem(marks(note, reviewer()))
    assert problem
    assert "ser ut som ett telefonnummer. Ta bort det" in problem.sentence
    changed = note.replacing(number, number.ways[0])
    assert changed.text == "Ring ett telefonnummer till mig"
    assert gate_problem(marks(changed, reviewer())) is None


def test_all_that_must_go_is_said_at_once_and_no_word_of_it_is_repeated() -> None:
    problem = gate_problem(read("070-123 45 67, anna@example.org, 070-123 45 68 och Anna"))
    assert problem
    assert problem.sentence == (
        "Anteckningen innehåller något som ser ut som ett telefonnummer och en mejladress. "
        "Ta bort det innan du lämnar in formuläret."
    )


def test_a_note_with_nothing_in_it_to_see_passes() -> None:
    assert gate_problem(read("Vill ringa mottagningen i morgon.")) is None
    assert gate_problem(read("")) is None


@pytest.mark.parametrize("way", sorted({way for ways in WAYS.values() for way in ways}))
@pytest.mark.parametrize("sentence", ["Bor med {}.", "Jobbar på {}.", "Rädd för {}", "{} är här"])
def test_what_replaces_a_word_is_never_marked_itself(way: str, sentence: str) -> None:
    assert read(sentence.format(way)) == ()
