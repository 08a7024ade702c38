"""A file of records as lines of text: its letters are looked at before anything else is."""

from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 1_000_000
"""Bytes; a record takes a thousandth of it."""

_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_ZIP = b"PK"
_SAVE_AS = "save it as CSV UTF-8 and try again."


class FileError(ValueError):
    """The file cannot be read; one sentence that says why and what to do."""


def lines(file: BinaryIO) -> Iterator[str]:
    """Give the lines, with their ends, of a file in UTF-8 with or without a byte order mark."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if number == 1:
            _refuse_foreign(line)
            line = line.removeprefix(BOM_UTF8)
        yield _decoded(line, number)


def _refuse_foreign(first: bytes) -> None:
    if first.startswith(_ZIP):
        raise FileError(f"The file is a workbook or a zip file, and not CSV: {_SAVE_AS}")
    if first.startswith(_OTHER_ENCODINGS):
        raise FileError(f"The file is not written in UTF-8: {_SAVE_AS}")


def _decoded(line: bytes, number: int) -> str:
    if len(line) > LONGEST_LINE:
        raise FileError(f"Line {number} has more than {LONGEST_LINE} bytes.")
    if b"\0" in line:
        raise FileError(f"Line {number} holds a byte that no text has: {_SAVE_AS}")
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise FileError(
            f"Line {number} holds a letter that is not written in UTF-8: {_SAVE_AS}"
        ) from None
