"""What rows of a table become, and what is said of those that are wrong."""

import csv
import io
from collections.abc import Iterable, Mapping
from functools import cache

import pytest

from bot.resources import read_form
from flows.codebook import columns
from flows.record_import import MOST_FAULTS, RecordImport
from flows.record_sheet import SheetError, rows

THIS_MONTH = "2026-11"
SERVICE = "kriscentrum-for-man"

form = cache(read_form)

CALL: Mapping[str, str] = {
    "period": "2019-02",
    "channel": "phone",
    "outcome": "completed",
    "role": "uses_violence",
    "reason": "wants_to_change",
    "violence": "psychological|physical",
    "severe": "no",
    "exposed_person": "partner",
    "children": "none",
    "other_problem": "none",
    "sought_help": "no",
    "earlier_contact": "none",
    "referred_to": "municipal_violence_service",
    "child_concern": "not_relevant",
    "age": "37",
    "gender": "man",
    "county": "01",
    "municipality": "0180",
    "born_in_sweden": "yes",
    "heard_via": "internet",
    "language": "sv",
    "interpreter": "no",
    "wait_minutes": "2",
    "talk_minutes": "30",
    "helped": "better",
}
"""A filled-in form of an ordinary call."""

LEFT = {"period": "2019-02", "channel": "web", "outcome": "left_queue", "wait_minutes": "4"}


def table(*records: Mapping[str, str], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns(form()), restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


def read(text: str) -> tuple[RecordImport, list[Mapping[str, str]]]:
    reading = RecordImport(form(), this_month=THIS_MONTH, services={SERVICE})
    lines = text.splitlines(keepends=True)
    return reading, list(reading.records(rows(lines, columns(form()))))


def faults(*records: Mapping[str, str]) -> list[str]:
    reading, _ = read(table(*records))
    return [f"{fault}" for fault in reading.tally.faults]


def only_fault(**cells: str) -> str:
    (fault,) = faults({**CALL, **cells})
    return fault


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_whole_row_becomes_the_same_record(delimiter: str) -> None:
    reading, found = read(table(CALL, LEFT, delimiter=delimiter))
    assert found == [CALL, LEFT]
    assert reading.tally.faults == []
    assert reading.tally.months == {"2019-02": 2}


def test_the_columns_may_stand_in_any_order() -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, sorted(columns(form())), restval="")
    writer.writeheader()
    writer.writerow(CALL)
    assert read(text.getvalue())[1] == [CALL]


def test_lines_that_are_blank_count_for_nothing_but_their_number() -> None:
    blank = "," * (len(CALL) + 2)
    text = table(CALL).rstrip() + f"\n\n{blank}\n" + table({**CALL, "age": "9"}).splitlines()[1]
    reading, _ = read(text)
    assert [fault.line for fault in reading.tally.faults] == [5]


def test_codes_are_put_in_the_order_of_the_form() -> None:
    _, found = read(table({**CALL, "violence": "physical|psychological|physical"}))
    assert found[0]["violence"] == "psychological|physical"


def test_zeros_that_a_spreadsheet_ate_are_given_back_and_counted() -> None:
    reading, found = read(table({**CALL, "county": "1", "municipality": "180"}, CALL))
    assert found == [CALL, CALL]
    assert reading.tally.restored == {"county": 1, "municipality": 1}


def test_an_empty_answer_to_a_relevant_question_is_not_asked_and_counted() -> None:
    reading, found = read(table({**CALL, "age": "", "violence": " "}))
    assert found == [{**CALL, "age": "not_asked", "violence": "not_asked"}]
    assert reading.tally.not_asked == {"age": 1, "violence": 1}


def test_an_answer_that_hangs_on_an_empty_role_is_an_error() -> None:
    assert faults({**CALL, "role": ""})[0] == (
        "line 2, column violence: must be empty: the question is not relevant with the role "
        "of the same line."
    )


@pytest.mark.parametrize("county", ["", "unknown", "not_asked"])
def test_a_county_that_only_the_municipality_tells_is_filled_in_and_counted(county: str) -> None:
    reading, found = read(table({**CALL, "county": county}, CALL))
    assert found == [CALL, CALL]
    assert reading.tally.located == {"county": 1}
    assert reading.tally.not_asked.total() == 0


def test_a_county_stays_unknown_where_the_municipality_is() -> None:
    unknown = {**CALL, "county": "unknown", "municipality": "unknown"}
    assert read(table(unknown))[1] == [unknown]


def test_minutes_that_nobody_wrote_down_stay_empty_and_are_counted() -> None:
    reading, found = read(table({**CALL, "wait_minutes": "", "talk_minutes": ""}))
    assert {"wait_minutes", "talk_minutes"}.isdisjoint(found[0])
    assert reading.tally.left_empty == {"wait_minutes": 1, "talk_minutes": 1}


def test_what_may_be_empty_is_not_counted_as_not_asked() -> None:
    reading, _ = read(table(CALL))
    assert reading.tally.not_asked.total() == 0


def test_a_month_must_be_there_and_closed() -> None:
    assert only_fault(period="") == "line 2, column period: is missing."
    assert "must be a closed month" in only_fault(period=THIS_MONTH)
    assert "such as 2019-02" in only_fault(period="februari 2019")
    assert "from 2000 on" in only_fault(period="0219-02")
    assert faults({**CALL, "period": "2026-10"}) == []


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("role", "user", "must be one of the codes uses_violence"),
        ("violence", "physical|slag", "can only join the codes psychological"),
        ("other_problem", "none|alcohol", "can only stand alone"),
        ("age", "14", "whole years from 15 to 110"),
        ("age", "37,5", "whole years from 15 to 110"),
        ("county", "2", "two digits of a county"),
        ("municipality", "9999", "four digits of a municipality"),
        ("municipality", "1480", "not in the county"),
        ("language", "svenska", "tag of a language"),
        ("talk_minutes", "halvtimme", "whole minutes from 0"),
        ("talk_minutes", "-1", "whole minutes from 0"),
        ("age", "=37", "whole years from 15 to 110"),
        ("note", "- ringde", "put ' before it"),
        ("referred_service", "somewhere", "not in the directory"),
        ("note", "x" * 501, "at most 500 characters"),
        ("profession", "police", "not relevant with the role"),
    ],
)
def test_what_is_wrong_in_a_cell_is_said_by_line_and_column(
    column: str, cell: str, words: str
) -> None:
    fault = only_fault(**{column: cell})
    assert fault.startswith(f"line 2, column {column}: ")
    assert words in fault


def test_a_service_of_the_directory_may_be_named() -> None:
    assert faults({**CALL, "referred_service": SERVICE}) == []


def test_who_left_the_queue_has_no_answers() -> None:
    (fault,) = faults({**LEFT, "gender": "man"})
    assert "column gender: must be empty" in fault
    assert "the outcome of the same line" in fault


def test_of_a_wrong_role_nothing_more_is_said_of_what_hangs_on_it() -> None:
    assert len(faults({**CALL, "role": "wrong"})) == 1


@pytest.mark.parametrize(
    ("note", "thing"),
    [
        ("Ring 070-123 45 67", "a phone number"),
        ("skriv till eva@exempel.se", "a mail address"),
        ("pnr 19811228-9874", "a personal identity number"),
    ],
)
def test_a_note_that_identifies_somebody_is_refused_without_a_word_of_it(
    note: str, thing: str
) -> None:
    fault = only_fault(note=note)
    assert fault == f"line 2, column note: holds what looks like {thing}: take it out."


@pytest.mark.parametrize("column", ["note", "role", "age", "referred_service"])
@pytest.mark.parametrize("payload", ["=1+1", "+46", "-1", "@SUM(A1)", "\t=1"])
def test_a_formula_is_refused_in_every_column(column: str, payload: str) -> None:
    advised = "put ' before it" in only_fault(**{column: payload})
    assert advised == (column == "note"), "elsewhere a ' would help nobody"


def test_what_an_export_kept_from_being_a_formula_is_read_as_it_was() -> None:
    _, found = read(table({**CALL, "note": "'- ringde sent"}))
    assert found[0]["note"] == "- ringde sent"


def test_nothing_that_stands_in_a_cell_is_repeated() -> None:
    canary = dict.fromkeys(columns(form()), "canary")
    assert len(faults(canary)) > 20
    assert "canary" not in "".join(faults(canary))


def test_a_row_of_another_length_is_one_fault() -> None:
    reading, _ = read(table(CALL) + "2019-02,phone\r\n")
    assert [f"{fault}" for fault in reading.tally.faults] == [
        f"line 3 has 2 cells, and the first line names {len(columns(form()))} columns."
    ]


def test_faults_are_listed_up_to_a_number_and_then_only_counted() -> None:
    reading, found = read(table(*[{**CALL, "age": "9"}] * (MOST_FAULTS + 7), CALL))
    assert len(reading.tally.faults) == MOST_FAULTS
    assert reading.tally.faulty == MOST_FAULTS + 7
    assert found == [CALL]


def test_a_note_of_several_lines_is_one_row() -> None:
    reading, found = read(table({**CALL, "note": "En rad.\nEn till."}, {**CALL, "age": "9"}))
    assert found[0]["note"] == "En rad.\nEn till."
    assert reading.tally.faults[0].line == 4


def refusal(lines: Iterable[str]) -> str:
    with pytest.raises(SheetError) as refused:
        list(rows(lines, columns(form())))
    return " ".join(refused.value.args)


def test_a_table_that_is_not_ours_is_refused_in_words() -> None:
    names = list(columns(form()))
    assert "must be parted by , or ;" in refusal(["\t".join(names)])
    assert "The first line is empty" in refusal([])
    assert "The column note is missing." in refusal([",".join(names[:-1])])
    assert "The column period stands 2 times." in refusal([",".join([*names, "period"])])
    assert "Column 2 has a name" in refusal([",".join([names[0], "chanel", *names[2:]])])
    assert "is it channel?" in refusal([",".join([names[0], "chanel", *names[2:]])])


def test_a_table_without_a_head_is_refused_without_repeating_it() -> None:
    said = refusal([",".join(CALL.values())])
    assert "The first line must name the columns: period" in said
    assert "37" not in said


@pytest.mark.parametrize("broken", ['"' + "x" * 200_000, '"no end', 'x"y"z,"a"b'])
def test_a_cell_without_end_is_refused(broken: str) -> None:
    assert "Line 2 cannot be read" in refusal([",".join(columns(form())) + "\n", broken])
