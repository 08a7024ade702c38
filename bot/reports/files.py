"""A report as files: a page, a workbook, a table with its description, a document, a text."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from bot.reports.flat import description, rows
from bot.reports.page import Context, html, text
from bot.reports.sheets import Sheet, sheets
from bot.workbook import BYTE_ORDER_MARK
from flows.data_package import DELIMITER
from flows.record_sheet import as_text
from flows.report import Report, as_json

TABLE, DESCRIPTION = "rapport.csv", "datapackage.json"

_WIDE = 60
"""Characters: words in a column from this width on are wrapped."""


def page_file(report: Report, context: Context) -> bytes:
    return html(report, context).encode()


def document(report: Report) -> bytes:
    """Write the report as JSON."""
    return json.dumps(as_json(report), ensure_ascii=False).encode()


def table(report: Report, context: Context) -> bytes:
    """Write every number in one table (CSV), marked as UTF-8 for spreadsheets."""
    file = io.StringIO(newline="")
    lines = csv.writer(file, delimiter=DELIMITER, lineterminator="\n")
    for row in rows(report, context):
        lines.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row])
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def package(report: Report, context: Context) -> bytes:
    """Pack the table together with the description of its columns (ZIP)."""
    describing = description(report, context, TABLE)
    described = json.dumps(describing, ensure_ascii=False, indent=2) + "\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for name, file in ((TABLE, table(report, context)), (DESCRIPTION, described.encode())):
            folder.writestr(zipfile.ZipInfo(name), file, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def workbook(report: Report, context: Context) -> bytes:
    """Write a workbook (XLSX) with a sheet for each subject; nothing of it touches the disk."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True})
    bold = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets(report, context):
        _write(book, sheet, bold, wrapped)
    book.close()
    return file.getvalue()


def words(report: Report, context: Context) -> bytes:
    """Write the standing report in prose."""
    return f"{text(report, context)}\n".encode()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: how its name ends, what a browser is told that it is, how it is made.

    `in_words`: of what stands beside the report, at most the report in words is in it.
    """

    ending: str
    media_type: str
    make: Callable[[Report, Context], bytes]
    in_words: bool = False


KINDS: Mapping[str, Kind] = {
    "html": Kind("html", "text/html; charset=utf-8", page_file),
    "xlsx": Kind(
        "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook
    ),
    "csv": Kind("zip", "application/zip", package),
    "json": Kind("json", "application/json", lambda report, _: document(report), in_words=True),
    "txt": Kind("txt", "text/plain; charset=utf-8", words, in_words=True),
}
"""What can be fetched at the desk."""


def _write(book: Workbook, sheet: Sheet, bold: Format, wrapped: Format) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    for place, width in enumerate(sheet.widths):
        page.set_column(place, place, width)
    for number, row in enumerate(sheet.rows):
        for place, cell in enumerate(row):
            is_wide = place < len(sheet.widths) and sheet.widths[place] >= _WIDE
            looks = wrapped if number and is_wide else None if number else bold
            if isinstance(cell, str):
                page.write_string(number, place, cell, looks)
            elif cell is not None:
                page.write_number(number, place, cell, looks)
