"""What the commands read and write: always UTF-8, whatever the machine's language is said to be."""

import io
import os
import sys
from collections.abc import Iterator

NO_CHARACTER = "\N{REPLACEMENT CHARACTER}"
"""What stands in what was read where bytes were no UTF-8."""


def set_up() -> None:
    """Read and write UTF-8; bytes that are none become signs that say so, never an error.

    A stream that was closed when the program began raises io.UnsupportedOperation when it is used.
    Lines end at a line feed alone, so that the answers to them can be counted.
    """
    _fill_closed()
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def lines() -> Iterator[str]:
    """Each line of stdin, without what ends it."""
    while (line := next_line()) is not None:
        yield line


def next_line() -> str | None:
    """The next line of stdin, without what ends it (LF or CRLF); None when there are no more."""
    line = sys.stdin.readline()
    return line.removesuffix("\n").removesuffix("\r") if line else None


def let_go() -> None:
    """Drop what could not be written: at its end Python would try again, and say so at length."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fill_closed() -> None:
    # In this order each gets its own number, which no database can then be opened under.
    # They are open the other way round: whoever uses them is told that it cannot be done.
    if sys.stdin is None:
        sys.stdin = open(os.devnull, "w")  # noqa: PTH123, SIM115 - as long as the program
    if sys.stdout is None:
        sys.stdout = open(os.devnull)  # noqa: PTH123, SIM115 - as long as the program
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - nobody is there to be told
