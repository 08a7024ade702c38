"""What a coordinator may ask about staffing, and what is said to anything else."""

from dataclasses import replace

import pytest

from bot.desk.staffing_question import QuestionError, asked, prefilled, question
from flows.line import Capacity
from flows.waiting_times import Measured

FIELDS = prefilled(Measured(), Capacity(), None)


def test_a_question_is_read_as_it_is_written_in_swedish() -> None:
    written = replace(FIELDS, weekday="1", opens="08:30", closes="12:00", more="1,5", slots=" 3 ")
    found = question(written)
    assert found.when == "på tisdagar kl. 8.30–12"
    assert found.more == 1.5
    assert found.load(2, counsellors=4).slots == 12


def test_the_end_of_the_day_is_twenty_four() -> None:
    assert question(replace(FIELDS, closes="24:00")).when == "på måndagar kl. 18–24"


def test_fields_are_prefilled_with_what_was_measured_or_else_with_what_is_assumed() -> None:
    known = Measured(talk=32.4, wait=4, patience=66.7)
    measured = prefilled(known, Capacity(per_counsellor=3), 0.84)
    assert (measured.more, measured.talk, measured.patience) == ("0,8", "32", "67")
    assert (FIELDS.more, FIELDS.talk, FIELDS.patience) == ("1", "45", "30")
    assert (measured.slots, FIELDS.slots) == ("3", "2")


def test_what_was_measured_beyond_what_may_be_asked_is_brought_within() -> None:
    endless = prefilled(Measured(talk=400, patience=5000), Capacity(), None)
    assert question(endless).patience == 600
    assert question(endless).talk == 180


def test_a_field_that_was_not_sent_is_as_it_was_before() -> None:
    assert asked({"talk": "20", "year": "2025"}, FIELDS) == replace(FIELDS, talk="20")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"weekday": "7"}, "Välj en veckodag."),
        ({"opens": "21:00", "closes": "18:00"}, "Välj tider så att slutet kommer efter början."),
        ({"opens": "18:00", "closes": "18:00"}, "Välj tider så att slutet kommer efter början."),
        ({"opens": "18:15"}, "Välj hel eller halv timme, från 00:00 till 24:00."),
        ({"counsellors": "0"}, "Skriv antalet rådgivare som ett heltal från 1 till 20."),
        ({"counsellors": "två"}, "Skriv antalet rådgivare som ett heltal från 1 till 20."),
        ({"slots": "4"}, "Skriv antalet samtal per rådgivare som ett heltal från 1 till 3."),
        (
            {"more": "-1"},
            "Skriv hur många fler som hör av sig i timmen som ett tal från 0 till 100.",
        ),
        (
            {"more": "nan"},
            "Skriv hur många fler som hör av sig i timmen som ett tal från 0 till 100.",
        ),
        ({"talk": "0"}, "Skriv hur många minuter ett samtal tar som ett tal från 5 till 180."),
        ({"patience": ""}, "Skriv hur många minuter man orkar vänta som ett tal från 1 till 600."),
    ],
)
def test_what_makes_no_sense_is_said_in_one_sentence(
    changed: dict[str, str], sentence: str
) -> None:
    with pytest.raises(QuestionError) as told:
        question(asked(changed, FIELDS))
    assert str(told.value) == sentence
