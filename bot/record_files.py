"""All records as files: a table with its description, notes, a workbook, and statistical programs.

The records are exact, municipalities too: they are for the house itself, and to move it.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.workbook import write_table, write_text, write_workbook
from flows.questions import Form
from flows.record_export import (
    DELIMITER,
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
    folder: Path, form: Form, records: Sequence[ContactRecord], notes: Sequence[str]
) -> Iterator[Path]:
    """Write the files that need no extra library, and give each as it is done."""
    write_table(folder / TABLE, cells(form, records), delimiter=DELIMITER)
    yield folder / TABLE
    described = json.dumps(package(form, TABLE), ensure_ascii=False, indent=2)
    write_text(folder / DESCRIPTION, f"{described}\n")
    yield folder / DESCRIPTION
    lines = [["note"], *([as_text(note)] for note in notes)]
    write_table(folder / NOTES, lines, delimiter=DELIMITER, is_marked=True)
    yield folder / NOTES
    sheets = {"Kontakter": typed(form, records), "Kodbok": codebook_rows(form)}
    write_workbook(folder / WORKBOOK, sheets)
    yield folder / WORKBOOK


def write_statistical(folder: Path, form: Form, records: Sequence[ContactRecord]) -> Iterator[Path]:
    """Write for SPSS and Stata. Raises ImportError where the extra is not installed."""
    from bot.statistics_files import write_dta, write_sav  # noqa: PLC0415 - an extra

    wanted = variables(form)
    write_sav(folder / SPSS, wanted, records)
    yield folder / SPSS
    write_dta(folder / STATA, wanted, records)
    yield folder / STATA
