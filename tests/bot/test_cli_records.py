"""`helpline records`: what it says, how it ends, and that a fault changes nothing."""

import asyncio
import csv
import json
import os
import random
import sqlite3
import sys
import zipfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from bot.invented import invent
from bot.resources import read_form
from bot.store.records import BATCH, RecordsStore
from directory.load import load
from flows.codebook import columns
from flows.hiding import FEW
from tests.bot.commands import Ran, Run, go_to, runner
from tests.flows.test_record_import import CALL, LEFT

Answers = Mapping[str, str]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder."""
    go_to(tmp_path, monkeypatch)


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys, "records")


def written(*records: Answers, name: str = "fil.csv", encoding: str = "utf-8") -> str:
    with Path(name).open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns(read_form()), restval="")
        writer.writeheader()
        writer.writerows(records)
    return name


def kept() -> list[Answers]:
    """All records that the store holds now."""

    async def look() -> list[Answers]:
        store = await RecordsStore.open(Path("data") / "records.db")
        try:
            return [*await store.records(first="0000-00", last="9999-99")]
        finally:
            await store.close()

    Path("data").mkdir(exist_ok=True)
    return asyncio.run(look())


def filed(forms: int, *, period: str = "2020-03") -> None:
    """Let so many forms of a closed month wait."""

    async def file() -> None:
        store = await RecordsStore.open(Path("data") / "records.db")
        for number in range(forms):
            await store.file(f"{period} {number}".encode(), {**CALL, "period": period})
        await store.close()

    Path("data").mkdir(exist_ok=True)
    asyncio.run(file())


def quarter() -> list[Answers]:
    """Contacts of the second quarter of 2020, made by chance that is always the same."""
    months, services = ["2020-04", "2020-05", "2020-06"], sorted(load().services)[:3]
    return [*invent(read_form(), months=months, chance=random.Random(4), services=services)]


# import


def test_a_pipe_is_not_imported_and_nobody_waits_for_it(ran: Run) -> None:
    os.mkfifo("pf")
    answer = ran("import", "pf")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "pf is not an ordinary file: save the table in one first.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_an_import_adds_the_records_and_says_what_it_read_otherwise(
    ran: Run, encoding: str
) -> None:
    rows = [{**CALL, "county": "1"}, {**CALL, "period": "2020-01", "age": ""}, LEFT]
    answer = ran("import", written(*rows, encoding=encoding))
    assert answer.status == 0
    assert answer.out == (
        "3 records of 2019-02 to 2020-01: added.\n"
        "Zeros that a spreadsheet ate were given back in 1 cell: county 1.\n"
        "Empty answers to relevant questions were read as not_asked in 1 cell: age 1.\n"
    )
    assert len(kept()) == 3


def test_a_dry_run_says_the_same_and_changes_nothing(ran: Run) -> None:
    name = written(CALL, LEFT)
    answer = ran("import", name, "--dry-run")
    assert answer.status == 0
    assert answer.out == "2 records of 2019-02: found without fault; nothing was changed.\n"
    assert kept() == []
    assert ran("import", name).status == 0


def test_an_import_counts_notes_that_may_tell_who_somebody_is_and_repeats_none(ran: Run) -> None:
    named = {**CALL, "note": "Hans fru heter Annika."}
    name = written(named, {**named, "note": "Bor i Hässleholm."}, {**CALL, "note": "Vill sluta."})
    dry = ran("import", name, "--dry-run").out.splitlines()[-1]
    assert dry == "2 notes may hold names or places: look at them in the file, before they are in."
    said = ran("import", name)
    assert (
        "2 notes may hold names or places: look at them at the desk under Granskning." in said.out
    )
    assert not [word for word in ("Annika", "Hässleholm") if word in said.out + said.err]


def test_one_fault_keeps_everything_out_and_all_faults_are_listed(ran: Run) -> None:
    answer = ran("import", written(CALL, {**CALL, "age": "9", "gender": "canary"}, CALL))
    assert (answer.status, answer.out) == (2, "")
    first, *others = answer.err.splitlines()
    assert first == "fil.csv was not imported, and nothing was changed."
    assert [line.partition(": ")[0] for line in others] == [
        "line 3, column age",
        "line 3, column gender",
    ]
    assert "canary" not in answer.err
    assert kept() == []


def test_of_very_many_faults_fifty_are_listed_and_the_rest_counted(ran: Run) -> None:
    answer = ran("import", written(*[{**CALL, "age": "9"}] * 60))
    assert len(answer.err.splitlines()) == 1 + 50 + 1
    assert answer.err.splitlines()[-1] == "… and 10 more."


def test_the_same_file_is_imported_again_only_on_purpose(ran: Run) -> None:
    name = written(CALL, CALL)
    assert ran("import", name).status == 0
    again = ran("import", name)
    assert again.status == 2
    assert "imported before and gave 2 records: give --again" in again.err
    assert len(kept()) == 2
    assert ran("import", name, "--again").status == 0
    assert len(kept()) == 4


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The first line is empty"),
        (b"PK\x03\x04", "workbook or a zip file"),
        ("period".encode("utf-16"), "not written in UTF-8"),
        (b"period,note\n2019-02,\xe5\n", "The column channel is missing."),
        (b"period;\0\n", "holds a byte that no text has"),
        (b"x" * 1_000_001, "more than 1000000 bytes"),
        (",".join(columns(read_form())).encode(), "no rows under its first line"),
        (",".join(columns(read_form())).encode() + b"\n\xe5", "Line 2 holds a letter"),
        (",".join(columns(read_form())).encode() + b'\n"' + b"x" * 900_000, "Line 2 cannot be"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(ran: Run, data: bytes, words: str) -> None:
    Path("fil.csv").write_bytes(data)
    answer = ran("import", "fil.csv")
    assert answer.status == 2
    assert words in answer.err
    assert kept() == []


def test_a_long_file_says_how_far_it_has_come(ran: Run) -> None:
    answer = ran("import", written(*[LEFT] * 20_500))
    assert answer.err == "10000 rows read\n20000 rows read\n"


# publish


def test_publishing_says_how_many_and_why_others_are_held_over(ran: Run) -> None:
    filed(BATCH - 1)
    held = ran("publish")
    assert held.out.startswith("Published: 0 ")
    assert f"Held over: {BATCH - 1} (of closed months, but fewer than {BATCH}" in held.out
    filed(BATCH)
    assert ran("publish").out == f"Published: {BATCH} (forms of closed months, now records).\n"
    assert len(kept()) == BATCH


def test_few_forms_that_wait_are_not_numbered(ran: Run) -> None:
    filed(FEW - 1)
    filed(FEW, period="2999-01")
    filed(1, period="2999-02")
    assert "Held over: a few (" in ran("publish").out
    assert f"Waiting: {FEW + 1} (" in ran("publish").out


def test_a_file_that_cannot_be_rewritten_takes_nothing_back_of_what_was_published(
    ran: Run,
) -> None:
    filed(BATCH)
    with closing(sqlite3.connect(Path("data") / "records.db")) as raw:
        raw.create_function("ours", 1, lambda n: n, deterministic=True)
        raw.execute("CREATE TABLE odd (n)")
        raw.execute("CREATE INDEX odd_ones ON odd (ours(n))")  # which only this connection can make
        answer = ran("publish")
        raw.execute("DROP TABLE odd")
    assert answer.status == 0
    assert answer.out == f"Published: {BATCH} (forms of closed months, now records).\n"
    assert answer.err.startswith("What is said above is done, but the file could not be rewritten")
    assert "The next round rewrites it" in answer.err
    again = ran("publish")
    assert (again.status, again.err) == (0, "")
    assert again.out.startswith("Published: 0 ")
    assert len(kept()) == BATCH


# report


def test_a_report_is_one_document(ran: Run) -> None:
    ran("import", written(*quarter()))
    answer = ran("report", "--from", "2020-04", "--to", "2020-06", "--level", "internal")
    document = json.loads(answer.out)
    assert document["contacts"] == len(quarter())
    assert document["period"] == {"from": "2020-04", "to": "2020-06"}
    assert answer.err == ""


def test_a_public_report_is_given_as_it_was_first_made(ran: Run) -> None:
    ran("import", written(*quarter()))
    asked = ("report", "--from", "2020-04", "--to", "2020-06", "--level", "public")
    first = ran(*asked)
    assert json.loads(first.out)["contacts"] % 5 == 0
    ran("import", written(*[{**CALL, "period": "2020-05"}] * 40))
    assert ran(*asked).out == first.out


def test_an_import_into_quarters_that_are_released_says_that_their_reports_stay(ran: Run) -> None:
    ran("import", written(*quarter()))
    for first, last in (("2020-04", "2020-06"), ("2020-01", "2020-03")):
        ran("report", "--from", first, "--to", last, "--level", "public")
    months = ("2020-03", "2020-04", "2020-06")
    name = written(*[{**CALL, "period": month} for month in months])
    for more in (("--dry-run",), ()):
        answer = ran("import", name, *more)
        assert answer.status == 0
        _, *others = answer.out.splitlines()
        assert others == ["The public report of 2020-04 to 2020-06 stays as it was released."]


@pytest.mark.parametrize(
    ("first", "last", "level", "words"),
    [
        ("2020-04", "2020-05", "public", "one calendar quarter or year"),
        ("2020-04", "2020-06", "public", "fewer than"),
        ("2020-06", "2020-04", "internal", "--from is after"),
        ("2020-4", "2020-06", "internal", "--from must be a year and a month"),
        ("2020-04", "2999-01", "internal", "2999-01 is not closed yet"),
        ("2020-03", "2020-03", "internal", "Of these months a few forms cannot be counted"),
    ],
)
def test_a_report_that_cannot_be_given_is_refused_in_a_sentence(
    ran: Run, first: str, last: str, level: str, words: str
) -> None:
    filed(1)
    answer = ran("report", "--from", first, "--to", last, "--level", level)
    assert (answer.status, answer.out) == (2, "")
    assert words in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_report_is_also_a_page_a_table_and_a_workbook(ran: Run) -> None:
    ran("import", written(*quarter()))
    asked = ("report", "--from", "2020-04", "--to", "2020-06", "--level", "internal")
    assert ran(*asked, "--format", "html", "--out", "r.html").status == 0
    assert Path("r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    table = ran(*asked, "--format", "csv").out
    assert "all;Alla kontakter;months;Kontakter per månad;2020-04;april 2020;" in table
    assert ran(*asked, "--format", "xlsx").status == 2
    assert ran(*asked, "--format", "xlsx", "--out", "r.xlsx").status == 0
    book = openpyxl.load_workbook("r.xlsx", read_only=True)
    assert book["I korthet"]["B2"].value == len(quarter())
    book.close()
    assert ran(*asked, "--format", "csv", "--out", "r.zip").status == 0
    with zipfile.ZipFile("r.zip") as packed:
        assert packed.namelist() == ["rapport.csv", "datapackage.json"]
        assert packed.read("rapport.csv").decode() + "\n" == table


def test_months_before_the_first_records_are_refused_and_told_from_when_there_are_some(
    ran: Run,
) -> None:
    def asked(first: str, last: str) -> Ran:
        return ran("report", "--from", first, "--to", last, "--level", "internal")

    assert "There are no records yet" in asked("2019-01", "2020-03").err
    ran("import", written(*[{**each, "period": "2020-05"} for each in quarter()]))
    for first, last in (("2019-01", "2020-03"), ("2020-03", "2020-06"), ("0000-01", "2020-05")):
        answer = asked(first, last)
        assert (answer.status, answer.out) == (2, "")
        assert answer.err == (
            "There are no records from before 2020-04: give months from 2020-04 on.\n"
        )
    for first, last in (("2020-04", "2020-04"), ("2020-04", "2020-05"), ("2020-07", "2020-08")):
        assert asked(first, last).status == 0


def test_a_workbook_of_invented_records_says_so_as_the_pages_do(ran: Run) -> None:
    Path("data").mkdir()
    asyncio.run(invent_some())
    asked = ("report", "--from", "2020-04", "--to", "2020-06", "--level", "internal")
    assert ran(*asked, "--format", "xlsx", "--out", "r.xlsx").status == 0
    book = openpyxl.load_workbook("r.xlsx", read_only=True)
    said = [row[0] for row in book["Rapport"].iter_rows(values_only=True)]
    book.close()
    assert "Påhittade uppgifter. Statistiken här beskriver inga riktiga kontakter." in said


async def invent_some() -> None:
    store = await RecordsStore.open(Path("data") / "records.db")
    await store.import_invented(quarter(), ids=lambda: os.urandom(16))
    await store.close()


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(ran: Run) -> None:
    Path("taken").write_text("", encoding="utf-8")
    ran("import", written(*quarter()))
    asked = ("report", "--from", "2020-04", "--to", "2020-06", "--level", "internal")
    assert "cannot be written" in ran(*asked, "--out", "taken/r.json").err


def test_a_report_into_a_pipe_is_refused_before_a_quarter_is_released(ran: Run) -> None:
    ran("import", written(*quarter()))
    os.mkfifo("r.json")
    asked = ("report", "--from", "2020-04", "--to", "2020-06", "--level", "public")
    answer = ran(*asked, "--out", "r.json")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "r.json is there and is not an ordinary file: name another one.\n"
    assert (
        "stays as it was released" not in ran("import", written({**CALL, "period": "2020-05"})).out
    )


# export


def test_export_and_import_give_the_same_report(ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ran("import", written(*quarter()))
    assert ran("export", "out").status == 0
    asked = ("report", "--from", "2020-04", "--to", "2020-06", "--level", "internal")
    before = ran(*asked).out
    monkeypatch.setenv("HELPLINE_DATA_DIR", "another")
    moved = ran("import", "out/records.csv")
    calls = sum(each["channel"] == "phone" for each in quarter())
    assert moved.status == 0
    assert moved.out.splitlines() == [
        f"{len(quarter())} records of 2020-04 to 2020-06: added.",
        f"Empty minutes stay empty in {calls} cells: wait_minutes {calls}.",
    ]
    assert ran(*asked).out == before


def test_without_the_extra_a_sentence_says_how_to_get_it(
    ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bot.statistics_files", None)  # as if it were not installed
    answer = ran("export", "out")
    assert answer.status == 0
    assert "install the program with its extra spss" in answer.err
    assert Path("out/records.xlsx").exists()
    assert not Path("out/records.sav").exists()


def test_an_export_that_cannot_be_written_is_said_in_a_sentence(ran: Run) -> None:
    Path("taken").write_text("", encoding="utf-8")
    answer = ran("export", "taken/out")
    assert answer.status == 2
    assert "cannot be written" in answer.err
