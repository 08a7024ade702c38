"""The services as a sheet for people who live in Excel (pure)."""

import csv
import io
from collections.abc import Iterable, Sequence

from directory.models import Service
from directory.table import COLUMNS, to_row

BYTE_ORDER_MARK = "\ufeff"
"""Tells Excel that the letters are UTF-8."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell may not begin with: a spreadsheet could take it for a formula."""


def written(services: Iterable[Service], columns: Sequence[str] = COLUMNS) -> str:
    """Write these columns with semicolons, as Swedish Excel expects; the first line names them.

    A `'` stands before what could be taken for a formula. Every cell is quoted: where a program
    splits at commas, a formula could begin in the middle of one.
    """
    sheet = io.StringIO(newline="")
    lines = csv.DictWriter(
        sheet,
        columns,
        extrasaction="ignore",
        delimiter=";",
        lineterminator="\r\n",
        quoting=csv.QUOTE_ALL,
    )
    lines.writeheader()
    for service in services:
        lines.writerow({name: _as_text(cell) for name, cell in to_row(service).items()})
    return BYTE_ORDER_MARK + sheet.getvalue()


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
