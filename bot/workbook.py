"""Workbooks (XLSX) whose cells are numbers or text and never a formula, and tables (CSV)."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException

PRIVATE = 0o600

BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the letters are UTF-8."""

Cell = str | int | float | None

Rows = Iterable[Sequence[Cell]]
"""The first row names the columns."""

_WIDTH = 18
"""Of a column, in characters."""


class ExportError(ValueError):
    """A file cannot be written; one sentence that says why."""


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Write each sheet by its name; with empty cells where there is None. Raises ExportError."""
    # Row by row into the folder of the file: the records lie nowhere else, nor whole in memory.
    options = {"constant_memory": True, "tmpdir": str(make_private(path).parent)}
    workbook = Workbook(str(path), options)
    bold = workbook.add_format({"bold": True})
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell, None if number else bold)
                elif cell is not None:
                    sheet.write_number(number, place, cell)
    try:
        workbook.close()
    except (OSError, XlsxWriterException):
        raise ExportError(f"{path} cannot be written: look whether there is room.") from None


def write_table(path: Path, rows: Rows, *, delimiter: str, is_marked: bool = False) -> None:
    """Write a table (CSV) in UTF-8, marked as such for spreadsheets. Raises ExportError."""
    try:
        with make_private(path).open("w", encoding="utf-8", newline="") as file:
            file.write(BYTE_ORDER_MARK if is_marked else "")
            # All in quotes: a program that parts cells otherwise finds no formula behind a comma.
            quoted = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
            quoted.writerows(rows)
    except OSError as error:
        raise unwritable(path, error) from None


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8. Raises ExportError."""
    try:
        make_private(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(path, error) from None


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file as it is. Raises ExportError."""
    try:
        make_private(path).write_bytes(content)
    except OSError as error:
        raise unwritable(path, error) from None


def make_private(path: Path) -> Path:
    """Make the file, empty, so that nobody else can read what is written there."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.touch(mode=PRIVATE)
    except OSError as error:
        raise unwritable(path, error) from None
    return path


def unwritable(path: Path, error: OSError) -> ExportError:
    return ExportError(f"{path} cannot be written: {error.strerror}.")
