"""A report as files: what the page says is in the workbook and in the table too."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from bot.reference import read_reference
from bot.reports import files
from bot.reports.comparing import Earlier
from bot.reports.flat import COLUMNS
from bot.reports.page import Context
from bot.reports.tables import of_look_ups
from flows.internal_report import internal
from flows.report import Level, Report, as_json
from flows.told import told
from flows.week import week
from tests.bot.test_report_page import CONTEXT, channel
from tests.flows.contacts import MONTH, columns, contacts, parts
from tests.flows.made_reports import group, report, spring_to_autumn_2021, table

BESIDE = replace(
    CONTEXT,
    opening_days=100,
    earlier=[Earlier("samma tid året före", "2020-03", "2020-10", 300)],
    reference=read_reference(),
    channels={"phone": channel(100), "web": channel(100)},
    weeks={"arrived": week({9: 40, 10: 10, 33: 20, 34: 12}, within={9, 10, 33, 34})},
    look_ups=of_look_ups({"01": ("Stockholms län", 40), "12": ("Skåne län", 12)}),
)


def workbook(of: Report, context: Context = BESIDE) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(files.workbook(of, context)))


def lines(book: Workbook, sheet: str) -> list[list[object]]:
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


def rows(of: Report, context: Context = BESIDE) -> list[dict[str, str]]:
    text = files.table(of, context).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def found(all_rows: list[dict[str, str]], **wanted: str) -> dict[str, str]:
    (row,) = [each for each in all_rows if wanted.items() <= each.items()]
    return row


def test_a_workbook_has_a_sheet_for_each_subject_in_the_order_of_the_page() -> None:
    book = workbook(spring_to_autumn_2021())
    assert book.sheetnames == [
        "Rapport", "I korthet", "Månader", "Andra perioder", "Per 100 000 invånare", "Vilka",
        "Har använt våld", "Län", "Väg, väntan och samtal", "Kontaktvägar", "Veckan, hörde av sig",
        "Sökningar", "Grupp för grupp", "Siffror", "Kodbok",
    ]  # fmt: skip
    assert {sheet.freeze_panes for sheet in book} == {"A2"}
    assert all(sheet.column_dimensions["A"].width > 10 for sheet in book)


def test_numbers_are_numbers_with_what_they_are_out_of_and_what_is_hidden_is_called_so() -> None:
    book = workbook(spring_to_autumn_2021())
    violence = [row for row in lines(book, "Har använt våld") if row[0] == "Vilket slags våld?"]
    assert violence[0][1:] == ["Psykiskt", 118, 149, 79, 4, 0, None]
    assert violence[-1][1:] == ["Försummelse", "dolt", 149, None, 4, 0, None]
    assert ["mars 2021", "dolt", 331] in lines(book, "Månader")
    assert ["I månaden, i 8 månader", 41.4, None, None] in lines(book, "I korthet")
    assert ["Per öppen dag, på 100 dagar", 3.3, None, None] in lines(book, "I korthet")
    assert lines(book, "Andra perioder")[2][1:3] == [300, 10.3]
    assert lines(book, "Per 100 000 invånare")[1][3] == 0.39
    assert lines(book, "Kontaktvägar")[2][1:8] == [
        "Genomfört samtal", 80, 100, 80, 80, 100, 80,
    ]  # fmt: skip
    assert lines(book, "Veckan, hörde av sig")[1] == ["09–10", 40, 20, 60]
    assert any("kom det in 331 kontakter" in str(row[0]) for row in lines(book, "Rapport"))


def test_the_table_has_what_stands_beside_the_report_too() -> None:
    all_rows = rows(spring_to_autumn_2021())
    assert found(all_rows, table="means", code="opening_day")["mean"] == "3.3"
    changed = found(all_rows, table="change")
    assert (changed["percent"], changed["text"]) == ("10.3", "10,3 procent fler än då")
    assert found(all_rows, table="line_100000", code="this")["mean"] == "0.39"
    completed = found(all_rows, group="channel_phone", table="outcome", code="completed")
    assert (completed["n"], completed["base"], completed["percent"]) == ("80", "100", "80")
    assert found(all_rows, table="week_arrived", code="2-09")["n"] == "20"
    assert found(all_rows, group="look_ups", code="01")["n"] == "40"
    assert "kom det in 331 kontakter" in found(all_rows, table="text", code="1")["text"]
    assert found(all_rows, group="used_violence", code="neglect")["n"] == ""


@pytest.mark.parametrize(
    ("answers", "together"),
    [({"unknown": 5, "not_asked": 3}, 8), ({"unknown": 3}, None)],
)
def test_those_without_an_answer_are_one_number_in_the_files_where_they_are_on_the_page(
    answers: dict[str, int], together: int | None
) -> None:
    men = contacts(60, gender=parts(man=60 - sum(answers.values()), **answers))
    made = internal(CONTEXT.form, columns(men), first=MONTH, last=MONTH)
    of_gender = found(rows(made, CONTEXT), group="used_violence", table="gender", code="man")
    assert of_gender["together"] == ("" if together is None else f"{together}")
    sheet = lines(workbook(made, CONTEXT), "Har använt våld")
    (row,) = [each for each in sheet if each[:2] == ["Kön", "Man"]]
    assert row[5:] == ["dolt", "dolt", "dolt" if together is None else together]
    assert sheet[0][7] == "Vet ej eller inte frågat"


def test_every_column_with_figures_has_a_heading_on_every_sheet() -> None:
    left = contacts(20, outcome="left_queue", wait_minutes="6")
    counted = internal(CONTEXT.form, columns(contacts(60), left), first=MONTH, last=MONTH)
    for made in (spring_to_autumn_2021(), told(counted, CONTEXT.form)):
        for sheet in workbook(made):
            head, *rest = sheet.iter_rows(values_only=True)
            with_figures = {at for row in rest for at, cell in enumerate(row) if is_figure(cell)}
            assert [at for at in with_figures if not head[at]] == [], sheet.title
            assert len(head) == len(set(head) - {None}) or not with_figures, sheet.title


def is_figure(cell: object) -> bool:
    return isinstance(cell, int | float) or cell == "dolt"


def test_a_public_change_is_told_in_words_only() -> None:
    made = replace(spring_to_autumn_2021(), level="public")
    changed = found(rows(made), table="change")
    assert changed["percent"] == ""
    assert changed["text"].startswith("ungefär ")


def test_the_table_is_described_column_by_column() -> None:
    packed = zipfile.ZipFile(io.BytesIO(files.package(spring_to_autumn_2021(), BESIDE)))
    described = json.loads(packed.read("datapackage.json"))
    (resource,) = described["resources"]
    head = packed.read(resource["path"]).decode("utf-8-sig").partition("\n")[0]
    assert [field["name"] for field in resource["schema"]["fields"]] == head.split(";")
    types = {name: type_ for name, (type_, _) in COLUMNS.items()}
    for row in rows(spring_to_autumn_2021()):
        for name, cell in row.items():
            assert not cell or types[name] == "string" or float(cell) is not None
            assert types[name] != "integer" or not cell or int(cell) >= 0


@pytest.mark.parametrize("level", ["internal", "public"])
def test_the_document_is_the_report_and_nothing_else(level: Level) -> None:
    made = replace(spring_to_autumn_2021(), level=level)
    assert json.loads(files.KINDS["json"].make(made, BESIDE)) == as_json(made)


def test_no_word_becomes_a_formula() -> None:
    heard = {"heard_via": table({"=1+1": 40, "@SUM": 12})}
    groups = {"all": group(100, 100, heard), "used_violence": group(50, 100)}
    made = report(groups, first="2026-01", last="2026-03")
    cells = [cell for row in rows(made, CONTEXT) for cell in row.values()]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]
    book = workbook(made, CONTEXT)
    types = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert types <= {"s", "n"}


def test_invented_records_are_called_that_in_each_file_with_words() -> None:
    context = replace(BESIDE, invented=True)
    made = spring_to_autumn_2021()
    assert any("Påhittade" in str(row[0]) for row in lines(workbook(made, context), "Rapport"))
    packed = zipfile.ZipFile(io.BytesIO(files.package(made, context)))
    assert "Påhittade" in packed.read("datapackage.json").decode()
