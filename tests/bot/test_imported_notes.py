"""Notes of an import are read on their way, and no more of them than there is time for."""

from bot.imported_notes import NoteReader
from bot.resources import read_reviewer

DOUBTFUL = {"note": "Hans fru heter Annika."}
HARMLESS = {"note": "Vill sluta."}


def test_every_record_passes_as_it_came() -> None:
    records = [DOUBTFUL, HARMLESS, {"role": "exposed"}]
    assert list(NoteReader(read_reviewer).passing(records)) == records


def test_nothing_is_said_of_harmless_notes() -> None:
    reader = NoteReader(read_reviewer)
    assert len(list(reader.passing([HARMLESS] * 3))) == 3
    assert list(reader.summary(is_kept=True)) == []


def test_of_very_many_notes_the_first_are_read() -> None:
    reader = NoteReader(read_reviewer, most=2)
    assert len(list(reader.passing([DOUBTFUL, HARMLESS, DOUBTFUL]))) == 3
    (sentence,) = reader.summary(is_kept=True)
    assert sentence.startswith("1 note of the first 2 may hold names or places")
