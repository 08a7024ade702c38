"""Records as files: a table with its description, a workbook, and for statistical programs.

All records as they are leave for the house itself, and coarse ones for who evaluates it.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.workbook import write_table, write_text, write_workbook
from flows.data_package import DELIMITER
from flows.questions import Form
from flows.record_export import (
    STATA_NAME,
    cells,
    codebook_rows,
    package,
    typed,
    variables,
)
from flows.record_sheet import as_text
from flows.records import ContactRecord

TABLE, DESCRIPTION, NOTES = "records.csv", "datapackage.json", "notes.csv"
WORKBOOK, SPSS, STATA = "records.xlsx", "records.sav", "records.dta"

NEEDS_EXTRA = (
    "The files for SPSS and Stata need two more libraries: install the program with its extra "
    "spss, as in pip install '.[spss]'."
)


def write_all(
    folder: Path, form: Form, records: Sequence[ContactRecord], *, name: str = "contact-records"
) -> Iterator[Path]:
    """Write the files that need no extra library, and give each as it is done."""
    write_table(folder / TABLE, cells(form, records), delimiter=DELIMITER)
    yield folder / TABLE
    write_json(folder / DESCRIPTION, package(form, TABLE) | {"name": name})
    yield folder / DESCRIPTION
    sheets = {"Kontakter": typed(form, records), "Kodbok": codebook_rows(form)}
    write_workbook(folder / WORKBOOK, sheets)
    yield folder / WORKBOOK


def write_notes(folder: Path, notes: Sequence[str]) -> Path:
    """Write the notes, which stand beside nothing else."""
    lines = [["note"], *([as_text(note)] for note in notes)]
    write_table(folder / NOTES, lines, delimiter=DELIMITER, is_marked=True)
    return folder / NOTES


def write_statistical(folder: Path, form: Form, records: Sequence[ContactRecord]) -> Iterator[Path]:
    """Write for SPSS and Stata. Raises ImportError where the extra is not installed."""
    from bot.statistics_files import write_dta, write_sav  # noqa: PLC0415 - an extra

    write_sav(folder / SPSS, variables(form), records)
    yield folder / SPSS
    write_dta(folder / STATA, variables(form, longest=STATA_NAME), records)
    yield folder / STATA


def write_json(path: Path, document: object) -> None:
    """Write a document as people can read it too."""
    write_text(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
