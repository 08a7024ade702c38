import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from directory import hsds
from directory.confirming import unconfirmed
from directory.edits import Edit, applied
from directory.importing import MOST_BYTES, MOST_FAULTS, Import, difference, read
from directory.importing_document import MOST_DEPTH
from directory.importing_faults import MOST_ROWS
from directory.importing_table import REQUIRED
from directory.load import load
from directory.models import Directory, Service
from directory.rules import LONGEST_NAME, MEANING
from directory.sheet import written
from directory.table import COLUMNS, to_row
from tests.directory.entries import (
    MALMO,
    TODAY,
    a_full_service,
    a_service,
    nobody,
    with_services,
)
from tests.effort import least_effort

KNOWN = a_service()
BASE = with_services([KNOWN])
LITTLE = 20.0
"""Seconds of work, on a slow machine, within which anything is answered."""

ENOUGH = (*REQUIRED, "municipality_codes", "source", "checked")
"""The columns that a new service needs."""

Row = Mapping[str, str]


def table(
    rows: Sequence[Row], columns: Sequence[str] = COLUMNS, *, delimiter: str = ",", end: str = "\n"
) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end)
    writer.writerows([columns, *([row.get(name, "") for name in columns] for row in rows)])
    return text.getvalue().encode()


def row(id: str = KNOWN.id, **cells: str) -> Row:
    """A row like KNOWN; one with another id has another name too."""
    name = KNOWN.name if id == KNOWN.id else f"Kriscentrum {id}"
    return {**to_row(KNOWN), "id": id, "name": name, **cells}


def imported(data: bytes, directory: Directory = BASE) -> Import:
    return read(data, directory, TODAY, is_name=nobody)


def services_of(data: bytes, directory: Directory = BASE) -> tuple[Service, ...]:
    found = imported(data, directory)
    assert found.faults == ()
    return found.services


def fault_of(data: bytes) -> str:
    """The one fault of a file that changes nothing."""
    found = imported(data)
    assert found.services == ()
    (fault,) = found.faults
    return fault


def test_every_field_of_a_table_is_read() -> None:
    services = (KNOWN, a_full_service())
    assert services_of(table([to_row(service) for service in services])) == services


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_table_is_read_as_any_spreadsheet_saves_it(delimiter: str, end: str, mark: bytes) -> None:
    data = mark + table([to_row(a_full_service())], delimiter=delimiter, end=end)
    assert services_of(data) == (a_full_service(),)


def test_columns_may_come_in_any_order() -> None:
    columns = list(reversed(COLUMNS))
    assert services_of(table([to_row(a_full_service())], columns)) == (a_full_service(),)


def test_a_missing_column_keeps_what_the_directory_has() -> None:
    full = unconfirmed(a_full_service())
    data = table([{**to_row(full), "name": "Nytt namn"}], REQUIRED)
    (service,) = services_of(data, with_services([full]))
    assert service == full.model_copy(update={"name": "Nytt namn"})


def test_a_missing_column_of_a_new_service_is_not_known() -> None:
    data = table([row("ny")], ENOUGH)
    (service,) = services_of(data)
    assert (service.phones, service.as_of, service.status) == ((), "", "unverified")


def test_an_empty_cell_empties_the_field() -> None:
    (service,) = services_of(table([row(phones="", checked="", as_of="2020")]))
    assert (service.phones, service.checked) == ((), None)


def test_zeros_that_a_spreadsheet_dropped_are_put_back() -> None:
    data = table([row(municipality_codes="1280|180", county_codes="1")])
    (service,) = services_of(data, load())
    assert (service.municipality_codes, service.county_codes) == (("1280", "0180"), ("01",))


def test_the_shipped_directory_survives_a_spreadsheet() -> None:
    """A spreadsheet takes codes for numbers; what it saves is read as it was."""
    directory = load()
    lines = list(
        csv.DictReader(io.StringIO(written(directory.services.values())[1:]), delimiter=";")
    )
    for line in lines:
        for column in ("municipality_codes", "county_codes"):
            line[column] = str(int(line[column])) if line[column].isdecimal() else line[column]
    assert difference(directory, services_of(table(lines), directory)) == ()


def test_blank_lines_do_not_count() -> None:
    data = table([row()]).replace(b"\n", b"\n\n").replace(b"\n\n", b"\n,,\n", 1)
    assert services_of(b"\n" + data) == (KNOWN,)


def test_a_text_that_looks_like_a_formula_is_read_where_it_is_marked_as_text() -> None:
    (service,) = services_of(table([row(description="'=2+2 är fyra")]))
    assert service.description == "=2+2 är fyra"
    (service,) = services_of(table([row(phones="'+46 40 34 56 78")]))
    assert service.phones == ("+46 40 34 56 78",)


def test_an_apostrophe_of_the_text_itself_stays() -> None:
    (service,) = services_of(table([row(name="'Ny' start")]))
    assert service.name == "'Ny' start"


def test_entries_that_the_file_does_not_name_are_left_alone() -> None:
    services = services_of(table([row("ny")]))
    after = applied(BASE, difference(BASE, services))
    assert after.services == {KNOWN.id: KNOWN, "ny": a_service("ny", name="Kriscentrum ny")}


def test_the_difference_holds_only_what_changes() -> None:
    services = services_of(table([row(), row("ny")]))
    assert difference(BASE, services) == (Edit(None, a_service("ny", name="Kriscentrum ny")),)
    changed = services_of(table([row(status="retired")]))
    assert difference(BASE, changed) == (Edit(KNOWN, a_service(status="retired")),)


@pytest.mark.parametrize("data", [b"", b" ", b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    assert fault_of(data) == "Filen är tom."


@pytest.mark.parametrize("end", [b"", b"\n\n", b",,,\n"])
def test_a_table_of_a_header_alone_is_a_fault(end: bytes) -> None:
    assert fault_of(table([]) + end) == "Filen har inga rader under rubrikerna."


@pytest.mark.parametrize("data", [b"[]", b'{"contents": []}'])
def test_a_document_without_services_is_a_fault(data: bytes) -> None:
    assert fault_of(data) == "Filen har inga tjänster."


def test_unknown_missing_and_doubled_columns_are_all_named() -> None:
    columns = ["id", "name", "name", "who_for", "operator", "telefon"]
    faults = imported(table([row()], columns)).faults
    assert faults[:3] == (
        "Kolumnen ”telefon” känns inte igen.",
        "Kolumnen name finns 2 gånger.",
        "Kolumnen description saknas.",
    )
    assert ", ".join(COLUMNS) in faults[3]


@pytest.mark.parametrize("data", [b";", b"hej", "kött och potatis\n".encode(), b"PRAGMA"])
def test_what_is_no_table_is_refused(data: bytes) -> None:
    assert imported(data).services == ()
    assert "Kolumnen id saknas." in imported(data).faults


@pytest.mark.parametrize(
    "data",
    [
        table([row(name="Önnestad")]).decode().encode("latin-1"),
        table([row()]).decode().encode("utf-16"),
        table([row()]).decode().encode("utf-16-le"),
        table([row()]).decode().encode("utf-32"),
        table([row()]) + b"\0",
    ],
)
def test_another_encoding_is_refused_with_what_to_do(data: bytes) -> None:
    assert "spara den som ”CSV UTF-8”" in fault_of(data)


def test_a_letter_in_another_encoding_is_told_by_its_line() -> None:
    data = table([row(), row("ny", name="Önnestad")])
    assert fault_of(data.replace("Ö".encode(), b"\xd6")).startswith("Rad 3: ")


def test_an_archive_is_refused_unopened_however_much_it_holds() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    data = packed.getvalue()
    assert "Excel" in fault_of(data)
    assert least_effort(lambda: imported(data)) < LITTLE / 100


def test_a_file_that_is_too_large_is_refused() -> None:
    assert "för stor" in fault_of(b" " * (MOST_BYTES + 1))


@pytest.mark.parametrize("line", [b"x,y,z,u,v", b",".join([b"x"] * 5)])
def test_a_hundred_thousand_rows_are_refused_fast(line: bytes) -> None:
    data = ",".join(REQUIRED).encode() + b"\n" + (line + b"\n") * 100_000
    assert f"fler än {MOST_ROWS} rader" in fault_of(data)
    assert least_effort(lambda: imported(data), rounds=1) < LITTLE


def test_the_most_rows_that_are_read_are_read() -> None:
    rows = [row(f"nummer-{number}") for number in range(MOST_ROWS)]
    assert len(services_of(table(rows, ENOUGH))) == MOST_ROWS


def test_a_file_of_faults_alone_is_answered_fast_and_in_short() -> None:
    rows = [row("INTE EN SLUG", name="<b>", checked="i går") for _ in range(MOST_ROWS)]
    data = table(rows)
    assert least_effort(lambda: imported(data), rounds=1) < LITTLE
    faults = imported(data).faults
    assert len(faults) == MOST_FAULTS + 1
    assert faults[-1].endswith("till.")


def test_columns_parted_by_tabs_are_refused_with_that_word() -> None:
    assert "tabb" in fault_of(table([row()], delimiter="\t"))


def test_the_social_services_that_every_municipality_has_cannot_be_retired() -> None:
    cells = {"name": "Socialtjänsten i Malmö", "social_services": "1", "status": "retired"}
    assert "rätta posten i stället" in fault_of(table([row("socialtjansten-1280", **cells)]))


def test_a_formula_is_refused_in_a_document_as_in_a_table() -> None:
    formula = a_service("ny", name="=cmd()")
    assert "formel" in fault_of(as_bytes(document(formula)))
    assert services_of(as_bytes(document(formula)), with_services([formula])) == (formula,)


@pytest.mark.parametrize(
    "cells",
    [
        {"social_services": "0"},
        {"social_services": "1", "municipality_codes": "1281"},
        {"social_services": "1", "municipality_codes": "1280|1281"},
        {"social_services": "1", "county_codes": "12"},
        {"social_services": "1", "national": "1"},
    ],
)
def test_the_id_of_social_services_is_given_to_nothing_else(cells: Row) -> None:
    fault = fault_of(table([row("socialtjansten-1280", **cells)]))
    assert fault.startswith("Rad 2, kolumnen social_services: ska vara 1, och municipality_codes")


def test_the_social_services_of_a_municipality_may_be_imported_under_their_id() -> None:
    (service,) = services_of(table([row("socialtjansten-1280", social_services="1")]))
    assert service.social_services


@pytest.mark.parametrize("age", ["aug-20", "20-aug", "i fjol", "läst 2026"])
def test_an_age_without_a_year_is_refused_as_a_spreadsheet_makes_it(age: str) -> None:
    fault = fault_of(table([row(as_of=age)]))
    assert fault == f"Rad 2, kolumnen as_of: {MEANING['as_of']}"


@pytest.mark.parametrize("age", ["2020-08", "cirka 2020", "2018–2020", "okänt år; läst 2026", ""])
def test_an_age_says_a_year_or_that_none_is_known(age: str) -> None:
    (service,) = services_of(table([row(as_of=age)]))
    assert service.as_of == age


def test_a_number_without_its_spaces_is_the_one_that_we_have() -> None:
    known = a_service(phones=("116 016", "020-50 50 50"))
    written = {**to_row(known), "phones": "116016"}
    (service,) = services_of(table([written]), with_services([known]))
    assert service.phones == ("116 016",)
    (service,) = services_of(table([{**written, "phones": "116017"}]), with_services([known]))
    assert service.phones == ("116017",)


def test_a_file_does_not_take_the_last_national_line() -> None:
    lines = [a_service(f"linje-{n}", name=f"Linje {n}", national=True) for n in range(2)]
    base = with_services([KNOWN, *lines])
    without = [{**to_row(line), "status": "retired"} for line in lines]
    (fault,) = imported(table(without), base).faults
    assert "nationella" in fault
    assert services_of(table(without[:1]), base)
    hidden = [without[0], {**to_row(lines[1]), "offered": "0"}]
    assert imported(table(hidden), base).services == ()
    inactive = [{**each, "status": "inactive"} for each in document(*lines)]
    assert imported(as_bytes(inactive), base).faults == (fault,)


def test_nor_the_last_one_for_some_of_those_who_ask() -> None:
    theirs = a_service("linje-1", name="Linje 1", national=True)
    another = a_service("linje-2", name="Linje 2", national=True, who_for=("exposed",))
    base = with_services([KNOWN, theirs, another])
    (fault,) = imported(table([{**to_row(theirs), "status": "retired"}]), base).faults
    assert "den sista nationella linjen för några" in fault


def test_whoever_was_asked_is_not_named_in_any_file() -> None:
    asked = a_service(status="verified", checked_how="phone", checked_with="Anna Lind")
    for data in (table([to_row(asked)]), as_bytes(document(asked))):
        found = read(data, BASE, TODAY, is_name=lambda text: "Lind" in text)
        assert [MEANING["checked_with"] in fault for fault in found.faults] == [True]
        assert "Lind" not in "".join(found.faults)


def test_a_row_that_repeats_an_id_is_told_apart_from_the_row_that_it_repeats() -> None:
    like = a_service("annan", name="En annan")
    data = table([row("ny"), row("ny", name="En annan")])
    twice, alike = imported(data, with_services([KNOWN, like])).faults
    assert twice == "Rad 3, kolumnen id: ny står redan på rad 2."
    assert alike.startswith("Rad 3, kolumnen name: har samma namn")
    assert "som posten annan;" in alike


def test_a_row_that_stands_twice_is_one_fault() -> None:
    assert fault_of(table([row("ny"), row("ny")])) == "Rad 3, kolumnen id: ny står redan på rad 2."


def test_an_id_that_stands_twice_is_told_with_both_lines() -> None:
    data = table([row(), row("ny"), row(name="En annan")])
    assert fault_of(data) == f"Rad 4, kolumnen id: {KNOWN.id} står redan på rad 2."


def test_lines_are_counted_as_an_editor_shows_them() -> None:
    data = b"id,name,operator,who_for,description\n\n" + b'a,"b\nc",d,e,f\n' + b"g,h,i,j\n"
    faults = imported(data).faults
    lines = [fault.partition(",")[0].partition(":")[0] for fault in faults]
    assert list(dict.fromkeys(lines)) == ["Rad 3", "Rad 5"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("id", "Stora Bokstäver"),
        ("id", "../../etc/passwd"),
        ("name", ""),
        ("name", "x" * (LONGEST_NAME + 1)),
        ("name", "<script>alert(1)</script>"),
        ("operator", "Malmö > Lund"),
        ("description", "Ring <b>nu</b>"),
        ("description", "x" * 301),
        ("description", '=HYPERLINK("https://x.example")'),
        ("name", "@SUM(A1)"),
        ("operator", "+1+1"),
        ("description", "-2+3"),
        ("description", "ett\x07pling"),
        ("description", "två\nrader"),
        ("name", "bakl\u202eänges"),
        ("name", "gl\u200bapp"),
        ("name", "Malm\ufffd"),
        ("municipality_codes", "9999"),
        ("municipality_codes", "1280|1280"),
        ("municipality_codes", ""),
        ("county_codes", "99"),
        ("district_codes", "0180-finns-inte"),
        ("district_codes", "0180-farsta"),
        ("partial", "ibland"),
        ("national", "kanske"),
        ("phones", "040"),
        ("phones", "34 56 78"),
        ("phones", "=1+1"),
        ("phones", "ring oss"),
        ("hours", "vardagar"),
        ("hours", "Mo-Fr 25:00-26:00"),
        ("phones", "0000000"),
        ("phones", "+0812345678"),
        ("name", "\u3164\u3164"),
        ("name", "ett\u2800namn"),
        ("url", "https://./"),
        ("url", "https://malmo.example:99999/"),
        ("url", "https://malmo.example:0/"),
        ("url", "https://polisen.se@ond.example/"),
        ("url", "http://127.0.0.1/"),
        ("languages", "xx"),
        ("languages", "sv|zzz"),
        ("checked", "0001-01-01"),
        ("email", "hej"),
        ("url", "javascript:alert(1)"),
        ("url", "file:///etc/passwd"),
        ("url", "/etc/passwd"),
        ("url", "www.malmo.example"),
        ("source", "javascript:alert(1)"),
        ("source", "JavaScript:alert(1)"),
        ("source", "file:///etc/passwd"),
        ("source", "/etc/passwd"),
        ("source", "../services.csv"),
        ("source", "C:\\Users\\karin"),
        ("source", "\\\\server\\delad"),
        ("source", "data:text/html,hej"),
        ("addresses", "ingenstans"),
        ("who_for", ""),
        ("who_for", "alla"),
        ("gender", "alla"),
        ("min_age", "arton"),
        ("max_age", "-1"),
        ("languages", "svenska"),
        ("interpreter", "ja"),
        ("checked", "2026-02-30"),
        ("checked", "5 juni 2026"),
        ("checked", "1577836800"),
        ("checked", "2026-06-05T00:00:00"),
        ("checked", (TODAY + timedelta(days=1)).isoformat()),
        ("checked_how", "brev"),
        ("status", "ny"),
        ("source", ""),
        ("checked", ""),
        ("checked_with", "Anna Svensson, tel 070-123 45 67"),
        ("checked_with", "19850101-1234"),
        ("checked_with", "anna@malmo.example"),
        ("checked_with", "Anna ０７０ １２３"),
    ],
)
def test_a_bad_cell_is_told_by_line_and_column_and_nothing_is_imported(
    column: str, cell: str
) -> None:
    fault = fault_of(table([row("bra"), {**row(), column: cell}]))
    assert fault.startswith(f"Rad 3, kolumnen {column}: ")
    assert cell not in fault or len(cell) < 20


def test_who_is_verified_has_a_day_and_a_way_of_checking() -> None:
    data = table([row(status="verified", checked="", checked_how="")])
    faults = imported(data).faults
    assert [fault.split(":")[0] for fault in faults] == [
        "Rad 2, kolumnen checked",
        "Rad 2, kolumnen checked_how",
    ]
    assert "phone, mail, web eller visit" in faults[1]


def test_a_day_in_words_is_a_source() -> None:
    (service,) = services_of(table([row(source="Uppgift: receptionen, per telefon")]))
    assert service.source == "Uppgift: receptionen, per telefon"


def test_an_age_that_ends_before_it_begins_is_a_fault() -> None:
    assert "max_age" in fault_of(table([row(min_age="30", max_age="20")]))


def test_faults_of_several_rows_are_told_in_one_list() -> None:
    data = table([row("a", checked="x"), row("b"), row("c", name="", phones="x")])
    places = [fault.split(":")[0] for fault in imported(data).faults]
    assert places == [
        "Rad 2, kolumnen checked",
        "Rad 4, kolumnen name",
        "Rad 4, kolumnen phones",
    ]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    cells = {"phones": "=1+1", "municipality_codes": "9999", "hours": "jämt", "status": "ny"}
    faults = imported(table([row("ny", **cells)])).faults
    assert [fault.split(":")[0].removeprefix("Rad 2, kolumnen ") for fault in faults] == [
        name for name in COLUMNS if name in cells
    ]


def test_a_column_is_not_blamed_for_another_that_cannot_be_read() -> None:
    faults = imported(table([row("ny", municipality_codes="", county_codes="=12")])).faults
    assert [fault.split(":")[0] for fault in faults] == ["Rad 2, kolumnen county_codes"]


def test_two_rows_that_visitors_could_not_tell_apart_are_refused() -> None:
    faults = imported(table([row("ett"), row("tva", name="KRISCENTRUM  ett")])).faults
    (fault,) = faults
    assert fault.startswith("Rad 3, kolumnen name: ")
    assert "rad 2" in fault


def test_a_row_that_visitors_could_not_tell_from_an_entry_is_refused() -> None:
    fault = fault_of(table([row("ny", name=KNOWN.name)]))
    assert fault.startswith("Rad 2, kolumnen name: ")
    assert KNOWN.id in fault
    twin = a_service("ny")
    assert KNOWN.id in fault_of(as_bytes(document(twin)))


def test_a_row_may_take_the_place_of_an_entry_that_the_same_file_retires() -> None:
    rows = [row(status="retired"), row("ny", name=KNOWN.name)]
    assert len(services_of(table(rows))) == 2


CONFIRMED = a_service(
    status="verified", checked=TODAY, checked_how="phone", checked_with="receptionen"
)


def confirmed_with(columns: Sequence[str], **cells: str) -> Service:
    """CONFIRMED as it is after an import of a table with some cells."""
    data = table([{**to_row(CONFIRMED), **cells}], columns)
    (service,) = services_of(data, with_services([CONFIRMED]))
    return service


@pytest.mark.parametrize(
    "cells",
    [
        {"phones": "040-10 10 10", "checked": "2026-01-02"},
        {"phones": "040-10 10 10"},
        {"checked": "2026-01-02"},
        {"source": "https://annan.example/"},
    ],
)
def test_facts_that_nobody_asked_about_are_not_imported_as_verified(cells: dict[str, str]) -> None:
    columns = [*ENOUGH, "phones"]
    found = confirmed_with(columns, **cells)
    assert (found.status, found.checked_how, found.checked_with) == ("unverified", None, "")
    assert found.checked == date.fromisoformat(cells.get("checked", TODAY.isoformat()))


def test_an_entry_that_an_import_leaves_as_it_is_stays_verified() -> None:
    assert confirmed_with(ENOUGH) == CONFIRMED
    assert confirmed_with(COLUMNS) == CONFIRMED
    assert confirmed_with([*ENOUGH, "offered"], offered="0").status == "verified"


def test_a_check_that_an_import_repeats_does_not_confirm_other_facts() -> None:
    assert confirmed_with(COLUMNS, phones="040-10 10 10").status == "unverified"
    base = with_services([CONFIRMED])
    published = CONFIRMED.model_copy(update={"checked_with": "", "phones": ("040-10 10 10",)})
    (service,) = services_of(as_bytes(document(published)), base)
    assert (service.status, service.checked_with) == ("unverified", "")


def test_an_import_that_names_a_check_of_its_own_verifies() -> None:
    before = CONFIRMED.model_copy(update={"checked": TODAY - timedelta(days=1)})
    row = {**to_row(CONFIRMED), "phones": "040-10 10 10", "checked_how": "web"}
    (found,) = services_of(table([row], COLUMNS), with_services([before]))
    assert (found.status, found.checked_how) == ("verified", "web")


def test_a_row_of_another_length_is_told() -> None:
    columns = [*REQUIRED, "municipality_codes"]
    data = table([row()], columns).rstrip() + b",mer\n"
    assert fault_of(data) == "Rad 2: har 7 celler, men rad 1 har 6."


@pytest.mark.parametrize("cell", ['"aldrig slut', '"a"b', "x" * 200_000])
def test_a_cell_that_cannot_be_read_is_told_by_its_line(cell: str) -> None:
    data = table([row()], REQUIRED) + f"ny,{cell},c,d,e\n".encode()
    assert fault_of(data).startswith("Rad 3 går inte att läsa")


def test_a_sentence_repeats_nothing_that_upsets_a_terminal() -> None:
    data = b"id,\x1b[31m" + b"x" * 1000 + b"\n"
    fault = imported(data).faults[0]
    assert fault.isprintable()
    assert len(fault) < 100


def test_every_column_has_words_for_what_must_stand_in_it() -> None:
    assert tuple(MEANING) == COLUMNS


def document(*services: Service) -> Any:
    return hsds.as_list(with_services(services))


def as_bytes(document: Any) -> bytes:
    return json.dumps(document).encode()


def test_what_is_exported_in_the_standard_is_read_back() -> None:
    services = (KNOWN, a_full_service())
    data = json.dumps(document(*services), ensure_ascii=False, indent=2).encode()
    assert services_of(b"\xef\xbb\xbf \n" + data) == services
    assert difference(with_services(services), services) == ()


@pytest.mark.parametrize(
    "data",
    [
        b"[",
        b"{",
        b"{}",
        b"[1, 2]",
        b'["text", null]',
        b'{"contents": 7}',
        b'[{"id": {}}]',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1),
        b"[" + b"9" * 10_000 + b"]",
        b'[{"id": ' + b"9" * 30 + b"}]",
        b"[1e999]",
        b"[NaN]",
        b"[-Infinity]",
        b'["\\ud800"]',
        b'{"\\udfff": 1}',
        b"[" + b"0," * 100_000 + b"0]",
    ],
)
def test_a_document_that_is_no_hsds_is_refused_fast(data: bytes) -> None:
    found = imported(data)
    assert least_effort(lambda: imported(data), rounds=1) < LITTLE
    assert found.services == ()
    assert found.faults
    assert all(fault.isprintable() for fault in found.faults)


@pytest.mark.parametrize(
    "value",
    ["9" * 30, "1e999", "NaN", "Infinity", '"\\ud800"', "[" * MOST_DEPTH + "]" * MOST_DEPTH],
)
def test_a_document_is_refused_for_what_stands_in_it_also_where_nobody_reads_it(value: str) -> None:
    data = as_bytes(document(KNOWN))
    harmless = data.replace(b'"name"', b'"of_others": [7, 1.5, "\\u00e5"], "name"', 1)
    assert services_of(harmless) == (KNOWN,)
    fault_of(data.replace(b'"name"', f'"of_others": {value}, "name"'.encode(), 1))


def test_a_document_is_held_to_the_same_rules_as_a_table() -> None:
    later = TODAY + timedelta(days=1)
    fault = fault_of(as_bytes(document(a_service(checked=later))))
    assert fault == f"Tjänsten {KNOWN.id}, checked: {later} ligger i framtiden."
    for fields in ({"source": ""}, {"checked": None}, {"checked_with": "Anna 070-123 45 67"}):
        assert next(iter(fields)) in fault_of(as_bytes(document(a_service(**fields))))


def test_what_many_services_of_a_document_lack_is_said_once() -> None:
    services = [a_service(f"nummer-{n}", name=f"Nummer {n}", source="") for n in range(5)]
    fault = fault_of(as_bytes(document(*services)))
    assert fault.startswith("5 tjänster (nummer-0, nummer-1, nummer-2 …), source: är tom;")
    assert fault_of(as_bytes(document(*services[:2]))).startswith(
        "2 tjänster (nummer-0, nummer-1),"
    )


def test_whom_somebody_asked_stays_while_it_is_the_same_check() -> None:
    asked = a_full_service()
    base = with_services([asked])
    published = asked.model_copy(update={"checked_with": ""})
    columns = [name for name in COLUMNS if name != "checked_with"]
    assert services_of(table([to_row(asked)], columns), base) == (asked,)
    assert services_of(as_bytes(document(published)), base) == (asked,)
    later = published.model_copy(update={"checked": TODAY})
    assert services_of(as_bytes(document(later)), base) == (later,)


def test_an_apostrophe_before_a_formula_is_what_the_fault_asks_for() -> None:
    assert "sätt ' före" in fault_of(table([row(name="=2+2")]))
    (service,) = services_of(table([row(name="'=2+2")]))
    assert service.name == "=2+2"


def test_a_service_that_stands_twice_in_a_document_is_told() -> None:
    assert "mer än en gång" in fault_of(as_bytes(document(KNOWN) * 2))


def test_places_of_a_document_are_those_that_it_names() -> None:
    (service,) = services_of(as_bytes(document(KNOWN)))
    assert service.municipality_codes == (MALMO,)
