"""`helpline directory`: what it prints, how it ends, and that a fault changes nothing."""

import asyncio
import csv
import io
import json
from pathlib import Path

import pytest

from bot.catalogue import FILE, Catalogue
from bot.cli import call
from bot.cli_directory import STANDARD, TABLE, WHO
from directory.edits import Change, Edit
from directory.load import load
from directory.models import Directory
from directory.table import COLUMNS, to_row
from tests.bot.commands import Run, go_to, runner
from tests.cast import KARIN, MONDAY_MORNING
from tests.directory.entries import a_service


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder."""
    go_to(tmp_path, monkeypatch)


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys, "directory")


def written(*rows: dict[str, str], name: str = "fil.csv") -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    Path(name).write_text(text.getvalue(), encoding="utf-8")
    return name


def new_row(**cells: str) -> dict[str, str]:
    return {**to_row(a_service("ny")), **cells}


def test_whoever_was_asked_is_not_imported_by_name(ran: Run) -> None:
    asked = {"status": "verified", "checked_how": "phone", "checked_with": "Anna Andersson"}
    ended = ran("import", written(new_row(**asked)))
    assert ended.status == 2
    assert "kolumnen checked_with" in ended.err
    assert "Andersson" not in ended.err
    assert laid()[1] == []


async def open_catalogue() -> Catalogue:
    return await Catalogue.open(Path("data") / FILE, load())


def laid() -> tuple[Directory, list[Change]]:
    """The directory as it is now, and what was changed in it."""

    Path("data").mkdir(exist_ok=True)

    async def look() -> tuple[Directory, list[Change]]:
        catalogue = await open_catalogue()
        try:
            return catalogue.directory, await catalogue.store.history(limit=9)
        finally:
            await catalogue.close()

    return asyncio.run(look())


def change(edit: Edit) -> None:
    Path("data").mkdir(exist_ok=True)

    async def make() -> None:
        catalogue = await open_catalogue()
        await catalogue.change([edit], who=KARIN, why="edited", at=MONDAY_MORNING)
        await catalogue.close()

    asyncio.run(make())


def test_check_finds_what_is_shipped_right_and_says_how_much_there_is(ran: Run) -> None:
    result = ran("check")
    assert result.status == 0
    first, second = result.out.splitlines()
    assert "290 municipalities, 21 counties: whole, dated and unbroken." in first
    assert "tasks wait in the work list" in second
    assert result.err == ""


def test_check_lists_what_is_wrong_in_the_edits_and_ends_with_status_1(ran: Run) -> None:
    change(Edit(None, a_service("lost", municipality_codes=(), hours="vardagar")))
    result = ran("check")
    assert result.status == 1
    assert len([line for line in result.out.splitlines() if line.startswith("lost")]) == 2


@pytest.mark.parametrize("arguments", [("check",), ("coverage",), ("export", "ut")])
def test_who_only_reads_makes_no_data_folder(ran: Run, arguments: tuple[str, ...]) -> None:
    assert ran(*arguments).status == 0
    assert not Path("data").exists()


def test_coverage_counts_every_municipality_once(ran: Run) -> None:
    answer = json.loads(ran("coverage", "--json").out)
    kinds = ("own", "shared", "regional", "individual_talks", "unknown")
    for county in answer["counties"]:
        assert list(county) == ["code", "name", "municipalities", *kinds]
        assert sum(county[kind] for kind in kinds) == county["municipalities"]
    assert sum(county["municipalities"] for county in answer["counties"]) == 290
    assert {fact["county_code"] for fact in answer["dated_facts"]} == {"01", "12"}


def test_a_look_up_knows_what_people_changed(capsys: pytest.CaptureFixture[str]) -> None:
    change(Edit(None, a_service("ny", municipality_codes=("2506",))))
    assert call(["find", "--json", "--", "Arjeplog"]) == 0
    found = json.loads(capsys.readouterr().out)["services"][0]
    assert (found["id"], found["serves"]) == ("ny", "own")


def test_coverage_in_words_has_a_line_for_each_county(ran: Run) -> None:
    lines = ran("coverage").out.splitlines()
    assert len(lines) == 21
    assert lines[0].startswith("Stockholms län (26): ")


def test_coverage_knows_what_people_changed(ran: Run) -> None:
    before = json.loads(ran("coverage", "--json").out)
    change(Edit(None, a_service("ny", municipality_codes=("2506",))))
    after = json.loads(ran("coverage", "--json").out)
    assert after["counties"][-1]["own"] == before["counties"][-1]["own"] + 1


def test_import_shows_what_it_adds_and_changes_and_how_to_undo_it(ran: Run) -> None:
    known = load().services["preventell"]
    file = written(new_row(), to_row(known.model_copy(update={"is_free": None})))
    result = ran("import", file)
    assert result.status == 0
    assert result.out.splitlines() == [
        "+ ny  Kriscentrum",
        "~ preventell  PrevenTell",
        "    is_free: 1 -> -",
        "Done, as change 1. A coordinator can undo it at /desk/directory/changes.",
    ]
    directory, changes = laid()
    assert directory.services["ny"] == a_service("ny")
    assert {(each.batch, each.who, each.why) for each in changes} == {(1, WHO, "imported")}
    assert len(changes) == 2


def test_a_dry_run_shows_the_same_and_changes_nothing(ran: Run) -> None:
    file = written(new_row())
    result = ran("import", file, "--dry-run")
    assert (result.status, result.out) == (0, "+ ny  Kriscentrum\n")
    assert not Path("data").exists()
    assert ran("import", file).out.startswith(result.out)


def test_importing_twice_changes_nothing_the_second_time(ran: Run) -> None:
    file = written(new_row())
    ran("import", file)
    assert ran("import", file).out == "Nothing changes: the directory says all that already.\n"
    assert len(laid()[1]) == 1


def test_a_file_with_a_fault_is_told_of_on_stderr_and_changes_nothing(ran: Run) -> None:
    file = written(new_row(), new_row(id="annan", phones="x", municipality_codes="9999"))
    result = ran("import", file)
    assert (result.status, result.out) == (2, "")
    columns = [line.split(":")[0] for line in result.err.splitlines()]
    assert columns == ["Rad 3, kolumnen municipality_codes", "Rad 3, kolumnen phones"]
    assert not Path("data").exists()


def test_a_file_that_is_not_there_is_one_sentence(ran: Run) -> None:
    result = ran("import", "finns-inte.csv")
    assert (result.status, result.out) == (2, "")
    assert "finns-inte.csv" in result.err


def test_a_file_without_end_is_refused(ran: Run) -> None:
    result = ran("import", "/dev/zero")
    assert result.status == 2
    assert "för stor" in result.err


def test_an_import_lays_over_what_people_changed(ran: Run) -> None:
    change(Edit(None, a_service("ny", name="Av Karin")))
    result = ran("import", written(new_row()))
    assert result.out.splitlines()[:2] == ["~ ny  Kriscentrum", "    name: Av Karin -> Kriscentrum"]


@pytest.mark.parametrize("name", [TABLE, STANDARD])
def test_what_is_exported_can_be_imported_and_changes_nothing(ran: Run, name: str) -> None:
    change(Edit(None, a_service("ny", description="=2+2", phones=("+46 40 34 56 78",))))
    result = ran("export", "ut/hit")
    assert result.status == 0
    assert result.out.splitlines() == [f"ut/hit/{TABLE}", f"ut/hit/{STANDARD}"]
    again = ran("import", f"ut/hit/{name}")
    assert (again.err, again.out) == (
        "",
        "Nothing changes: the directory says all that already.\n",
    )


def test_an_exported_table_holds_also_what_is_retired(ran: Run) -> None:
    change(Edit(None, a_service("nedlagd", status="retired")))
    ran("export", "ut")
    assert "nedlagd" in Path("ut", TABLE).read_text("utf-8")


def test_an_export_replaces_an_older_one_and_touches_nothing_else(ran: Run) -> None:
    Path("ut").mkdir()
    Path("ut", TABLE).write_text("gammalt")
    Path("ut", "annat.txt").write_text("kvar")
    assert ran("export", "ut").status == 0
    assert Path("ut", TABLE).read_text("utf-8") != "gammalt"
    assert Path("ut", "annat.txt").read_text() == "kvar"


def test_an_export_to_where_nothing_can_be_written_is_one_sentence(ran: Run) -> None:
    Path("fil").write_text("en fil")
    result = ran("export", "fil/under")
    assert result.status == 2
    assert "fil/under" in result.err
