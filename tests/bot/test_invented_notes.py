"""Invented notes could have been filed, and tell of nobody."""

import random

from bot.invented import invent
from bot.invented_notes import NOTED, with_notes
from bot.resources import read_form, read_reviewer
from flows.contact_form import problems

CHANCE = 4
RECORDS = invent(read_form(), months=["2025-01"] * 6, chance=random.Random(CHANCE), services=["x"])
NOTED_RECORDS = with_notes(RECORDS, random.Random(CHANCE))


def test_some_contacts_have_a_note_and_nothing_else_of_them_changes() -> None:
    notes = [record["note"] for record in NOTED_RECORDS if "note" in record]
    assert NOTED / 2 < len(notes) / len(RECORDS) < NOTED
    bare = [{name: record[name] for name in record if name != "note"} for record in NOTED_RECORDS]
    assert bare == RECORDS


def test_a_record_with_an_invented_note_could_have_been_filed() -> None:
    assert not [r for r in NOTED_RECORDS if problems(read_form(), r, known_services=["x"])]


def test_no_invented_note_holds_anything_that_the_gate_would_stop_or_warn_of() -> None:
    reviewer = read_reviewer()
    notes = {record["note"] for record in NOTED_RECORDS if "note" in record}
    assert not [note for note in notes if list(reviewer.review(note))]
