"""Workbooks (XLSX) whose cells are numbers or text and never a formula, and tables (CSV)."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.whole_file import ExportError, put_in_place

BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the letters are UTF-8."""

Cell = str | int | float | None

Rows = Iterable[Sequence[Cell]]
"""The first row names the columns."""

_WIDTH = 18
"""Of a column, in characters."""


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Write each sheet by its name; with empty cells where there is None. Raises ExportError."""
    with put_in_place(path) as part:
        # Row by row into the folder of the file: the records lie nowhere else, nor whole in memory.
        workbook = Workbook(str(part), {"constant_memory": True, "tmpdir": str(part.parent)})
        bold = workbook.add_format({"bold": True})
        for name, rows in sheets.items():
            _fill(workbook.add_worksheet(name), rows, bold)
        try:
            workbook.close()
        except XlsxWriterException:
            raise ExportError(f"{path} cannot be written: look whether there is room.") from None


def write_table(path: Path, rows: Rows, *, delimiter: str, is_marked: bool = False) -> None:
    """Write a table (CSV) in UTF-8, marked as such for spreadsheets. Raises ExportError."""
    with put_in_place(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        file.write(BYTE_ORDER_MARK if is_marked else "")
        # All in quotes: a program that parts cells otherwise finds no formula behind a comma.
        quoted = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        quoted.writerows(rows)


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8. Raises ExportError."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file as it is. Raises ExportError."""
    with put_in_place(path) as part:
        part.write_bytes(content)


def _fill(sheet: Worksheet, rows: Rows, bold: Format) -> None:
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, place, cell, None if number else bold)
            elif cell is not None:
                sheet.write_number(number, place, cell)
