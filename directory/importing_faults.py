"""What the ways of reading a file of services share: its limits, and what is said of it (pure)."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from directory.models import Service
from directory.rules import MEANING, Fault

MOST_ROWS = 1_000
"""Services of a file; the whole country has fewer."""

SAVE_AS = "spara den som ”CSV UTF-8” och försök igen."

IsName: TypeAlias = Callable[[str], bool]
"""Tells whether a text may hold the name of a person."""


class UnreadableFileError(Exception):
    """The file as a whole cannot be used; each argument is a sentence that says why."""


def told_of(service: Service, is_name: IsName) -> Iterator[Fault]:
    """Whether it names whom somebody asked, who is told by function and never by name."""
    if service.checked_with and is_name(service.checked_with):
        yield "checked_with", MEANING["checked_with"]
