"""Records as files: nothing in them runs, notes stand alone, and all say the same."""

import csv
import io
import json
import random
import re
import stat
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pyreadstat
import pytest

from bot.invented import invent
from bot.record_files import (
    DESCRIPTION,
    NOTES,
    SPSS,
    STATA,
    TABLE,
    WORKBOOK,
    write_all,
    write_notes,
    write_statistical,
)
from bot.resources import read_form
from bot.whole_file import ExportError
from bot.workbook import write_table, write_workbook
from flows.codebook import columns
from flows.record_export import (
    LONGEST_LABEL,
    NOT_ASKED,
    SPSS_NAME,
    STATA_NAME,
    UNKNOWN,
    variables,
)
from tests.flows.test_record_import import CALL, LEFT

PAYLOADS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x.se")')

form = cache(read_form)

UNANSWERED = ("severe", "age", "born_in_sweden", "violence", "heard_via", "reason")
SAID_NOTHING = {**CALL, **dict.fromkeys(UNANSWERED, "not_asked")}
DID_NOT_KNOW = {**CALL, **dict.fromkeys(UNANSWERED, "unknown")}
EMPTY = dict.fromkeys(CALL, "")


def exported(
    folder: Path, *records: Mapping[str, str], notes: tuple[str, ...] = ()
) -> dict[str, Path]:
    paths = [*write_all(folder, form(), records), write_notes(folder, notes)]
    return {path.name: path for path in paths}


def cells_of(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheet_of(path: Path, name: str) -> list[tuple[Any, ...]]:
    """Every cell as it lies in the file, formulas as formulas."""
    book = openpyxl.load_workbook(path)
    return [tuple((cell.value, cell.data_type) for cell in row) for row in book[name].iter_rows()]


def some() -> list[dict[str, str]]:
    chance = random.Random(2)
    return invent(form(), months=["2020-01", "2020-02"], chance=chance, services=["x"])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_of_a_table_can_be_taken_for_a_formula(tmp_path: Path, payload: str) -> None:
    record = dict.fromkeys(columns(form()), payload)
    files = exported(tmp_path, record, notes=(payload,))
    row = cells_of(files[TABLE])[1]
    assert row == [*[f"'{payload}"] * (len(columns(form())) - 1), ""]  # no note beside the others
    assert cells_of(files[NOTES]) == [["note"], [f"'{payload}"]]


def test_a_program_that_parts_cells_at_commas_finds_no_formula_behind_one(tmp_path: Path) -> None:
    path = exported(tmp_path, CALL, notes=("hej,=1+1",))[NOTES]
    text = path.read_bytes().decode("utf-8-sig")
    assert ["hej,=1+1"] in list(csv.reader(io.StringIO(text, newline=""), delimiter=","))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_cell_of_a_workbook_is_a_number_or_text(tmp_path: Path, payload: str) -> None:
    record = dict.fromkeys(columns(form()), payload)
    path = exported(tmp_path, record)[WORKBOOK]
    row = sheet_of(path, "Kontakter")[1]
    assert len(row) == len(columns(form())) - 1
    assert {kind for _, kind in row} == {"s"}
    assert not openpyxl.load_workbook(path)["Kontakter"]["A2"].hyperlink


def test_a_note_stands_in_a_file_of_its_own_and_in_no_other(tmp_path: Path) -> None:
    record = {**CALL, "note": "canary åäö"}
    files = exported(tmp_path, record, notes=("canary åäö",))
    list(write_statistical(tmp_path, form(), [record]))
    assert cells_of(files[NOTES]) == [["note"], ["canary åäö"]]
    others = [path for path in tmp_path.iterdir() if path.name != NOTES]
    assert not [path.name for path in others if b"canary" in path.read_bytes()]
    assert "canary" not in f"{sheet_of(files[WORKBOOK], 'Kontakter')}"


def test_only_its_owner_can_read_what_is_exported(tmp_path: Path) -> None:
    files = exported(tmp_path / "out", CALL)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in files.values()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700


def test_the_table_has_the_columns_of_the_codebook(tmp_path: Path) -> None:
    head, *rows = cells_of(exported(tmp_path, CALL, LEFT)[TABLE])
    assert tuple(head) == columns(form())
    found = [{name: cell for name, cell in zip(head, row, strict=True) if cell} for row in rows]
    assert found == [CALL, LEFT]


def test_the_workbook_has_numbers_as_numbers_and_codes_as_text(tmp_path: Path) -> None:
    head, row = sheet_of(exported(tmp_path, CALL)[WORKBOOK], "Kontakter")
    cells = {name: cell for (name, _), cell in zip(head, row, strict=True)}
    assert cells["age"] == (37, "n")
    assert cells["municipality"] == ("0180", "s")
    assert cells["profession"] == (None, "n")


def test_the_codebook_sheet_tells_every_code(tmp_path: Path) -> None:
    rows = sheet_of(exported(tmp_path, CALL)[WORKBOOK], "Kodbok")
    told = {(column, code) for (column, _), _, (code, _), _ in rows}
    assert told >= {
        (name, code) for name in ("role", "county") for code in form().by_name[name].known
    }


def test_the_description_fits_the_table(tmp_path: Path) -> None:
    files = exported(tmp_path, *some())
    described = json.loads(files[DESCRIPTION].read_text(encoding="utf-8"))["resources"][0]
    fields, missing = described["schema"]["fields"], described["schema"]["missingValues"]
    head, *rows = cells_of(tmp_path / described["path"])
    assert [field["name"] for field in fields] == head
    assert missing == ["", "unknown", "not_asked"]
    for row in rows:
        for field, cell in zip(fields, row, strict=True):
            assert cell in missing or fits(field, cell), field["name"]


def fits(field: Mapping[str, Any], cell: str) -> bool:
    """Whether a cell is what its field of the description allows."""
    rules = field.get("constraints", {})
    if field["type"] == "integer":
        return bool(rules["minimum"] <= int(cell) <= rules["maximum"])
    if field["type"] == "yearmonth":
        return re.fullmatch(r"\d{4}-\d{2}", cell) is not None
    in_enum = cell in rules.get("enum", [cell])
    return in_enum and re.fullmatch(rules.get("pattern", ".*"), cell) is not None


def test_statistical_programs_get_labels_and_missing_codes(tmp_path: Path) -> None:
    asked = {**CALL, "age": "unknown", "severe": "not_asked", "violence": "not_asked"}
    list(write_statistical(tmp_path, form(), [CALL, asked, LEFT]))
    frame, told = pyreadstat.read_sav(tmp_path / SPSS, user_missing=True)
    assert told.column_names_to_labels["role"] == "Vem hör av sig?"
    assert told.variable_value_labels["role"][1] == "Har använt våld"
    assert told.missing_ranges["age"] == [{"lo": n, "hi": n} for n in (UNKNOWN, NOT_ASKED)]
    assert frame["age"].tolist()[:2] == [37, UNKNOWN]
    assert frame["violence_physical"].tolist()[:2] == [1, NOT_ASKED]
    assert frame["violence_sexual"].tolist()[0] == 0
    assert frame["county"].tolist()[0] == 1
    known, _ = pyreadstat.read_sav(tmp_path / SPSS)
    assert known["age"].isna().tolist() == [False, True, True]


def test_stata_gets_the_same_with_letters_for_what_is_missing(tmp_path: Path) -> None:
    list(write_statistical(tmp_path, form(), [CALL, {**CALL, "severe": "not_asked"}, LEFT]))
    frame, told = pyreadstat.read_dta(tmp_path / STATA, user_missing=True)
    assert frame["severe"].tolist()[:2] == [2, "b"]
    assert told.variable_value_labels["severe"] == {
        1: "Ja", 2: "Nej", "a": "Vet ej", "b": "Inte frågat",
    }  # fmt: skip
    assert told.column_names_to_labels["violence_physical"] == "Vilket slags våld? Fysiskt"


def cells_read(path: Path) -> list[list[Any]]:
    """Every cell of a statistical file, with None for what is empty."""
    read = pyreadstat.read_sav if path.name == SPSS else pyreadstat.read_dta
    frame, _ = read(path, user_missing=True)
    return [[None if cell != cell else cell for cell in row] for row in frame.to_numpy().tolist()]  # noqa: PLR0124 - only what is not a number differs from itself


def cells_wanted(record: Mapping[str, str], letters: Mapping[int, str]) -> list[Any]:
    values = [each.value(record) for each in variables(form())]
    return [letters.get(value, value) if isinstance(value, int) else value for value in values]


@pytest.mark.parametrize(
    "records",
    [
        [*[SAID_NOTHING] * 120, CALL, {**CALL, "age": "64", "profession": "police"}],
        [*[DID_NOT_KNOW, LEFT] * 60, SAID_NOTHING, CALL],
        [*[EMPTY] * 120, CALL],
        [*[CALL] * 120, SAID_NOTHING],
        [SAID_NOTHING] * 120,
        [EMPTY],
        [CALL],
        [],
    ],
    ids=["asked late", "all kinds", "first empty", "asked early", "none asked", "empty", "1", "0"],
)
def test_statistical_files_hold_each_cell_whatever_comes_first(
    tmp_path: Path, records: list[Mapping[str, str]]
) -> None:
    list(write_statistical(tmp_path, form(), records))
    assert cells_read(tmp_path / SPSS) == [cells_wanted(each, {}) for each in records]
    letters = {UNKNOWN: "a", NOT_ASKED: "b"}
    assert cells_read(tmp_path / STATA) == [cells_wanted(each, letters) for each in records]


def test_statistical_files_count_as_the_records_do(tmp_path: Path) -> None:
    records = some()
    list(write_statistical(tmp_path, form(), records))
    for read, name in ((pyreadstat.read_sav, SPSS), (pyreadstat.read_dta, STATA)):
        frame, _ = read(tmp_path / name)
        physical = [record for record in records if "physical" in record.get("violence", "")]
        assert frame["violence_physical"].sum() == len(physical)
        ages = [int(record["age"]) for record in records if record.get("age", "").isdecimal()]
        assert frame["age"].sum() == sum(ages)


@pytest.mark.parametrize("longest", [SPSS_NAME, STATA_NAME])
def test_variables_have_names_and_labels_that_statistical_programs_take(longest: int) -> None:
    found = variables(form(), longest=longest)
    assert len({each.name for each in found}) == len(found)
    for each in found:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", each.name)
        assert len(each.name) <= longest
        assert len(each.label) <= LONGEST_LABEL


def test_names_are_cut_only_where_they_must_be_and_between_words() -> None:
    whole = [each.name for each in variables(form())]
    cut = [each.name for each in variables(form(), longest=STATA_NAME)]
    assert "exposed_person_former_partner" in cut
    assert "referred_to_municipal_violence_service" in whole
    for name, short in zip(whole, cut, strict=True):
        assert short == name if len(name) <= STATA_NAME else name.startswith(f"{short}_")


def test_names_that_would_be_the_same_when_cut_are_numbered() -> None:
    asked = form().by_name["other_problem"]
    codes = [asked.codes[0].model_copy(update={"code": f"something_very_long_{n}"}) for n in "abc"]
    question = asked.model_copy(update={"codes": tuple(codes)})
    found = variables(form().model_copy(update={"questions": (question,)}), longest=STATA_NAME)
    stem = "other_problem_something_very"
    assert [each.name for each in found] == [stem, f"{stem[:-5]}_2", f"{stem[:-5]}_3"]


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be written"):
        write_table(tmp_path / "taken" / "x.csv", [], delimiter=";")
    with pytest.raises(ExportError, match="cannot be written"):
        write_workbook(tmp_path / "taken" / "x.xlsx", {})
