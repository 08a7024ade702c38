from dataclasses import dataclass, replace
from functools import cache

import pytest

from bot.resources import read_reviewer
from flows.note_gate import WAYS, Mark, Note, gate_problem, marks
from flows.redaction import Finding
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


@pytest.mark.parametrize(
    ("text", "way", "replaced"),
    [
        ("Partnern Anna Svensson grät.", "partnern", "Partnern grät."),
        ("Hans partner Anna grät.", "partnern", "Hans partner grät."),
        ("Tog partnern Annas bil.", "partnerns", "Tog partnerns bil."),
        ("Ringde en anhörig Anna.", "en anhörig", "Ringde en anhörig."),
        ("Ringde partnern Anna.", "barnet", "Ringde partnern barnet."),
    ],
)
def test_a_replacement_does_not_repeat_the_word_before_it(
    text: str, way: str, replaced: str
) -> None:
    (name,) = read(text)
    note = Note(text).replacing(name, way)
    assert note.text == replaced


def test_what_is_kept_further_on_stays_kept_where_a_word_is_not_repeated() -> None:
    text = "Partnern Anna bor i Borås."
    anna, boras = read(text)
    note = Note(text).keeping(boras).replacing(anna, "partnern")
    assert [note.text[start:end] for start, end in note.kept] == ["Borås"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Reviewer):
    """A reviewer that finds what it is told to."""

    findings: tuple[Finding, ...]

    def review(self, text: str) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.end <= len(text))


TOLD = Told(names=reviewer().names, whereabouts=reviewer().whereabouts, findings=())


def test_two_kinds_of_words_side_by_side_are_one_and_what_must_go_stays_apart() -> None:
    findings = (
        Finding(0, 3, "employer", "warn"),
        Finding(4, 8, "name", "warn"),
        Finding(9, 17, "phone"),
    )
    told = replace(TOLD, findings=findings)
    together = marks(Note("ICA Maxi 08123456"), told)
    assert [(each.words, each.kind) for each in together] == [
        ("ICA Maxi", "employer"),
        ("08123456", "phone"),
    ]


def test_a_workplace_is_marked_with_the_whole_of_its_name() -> None:
    text = "Jobbar på ICA Maxi i Borås."
    told = replace(TOLD, findings=(Finding(10, 13, "employer", "warn"),))
    assert [each.words for each in marks(Note(text), told)] == ["ICA Maxi"]


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
