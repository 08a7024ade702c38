"""Reads what is shipped and says how the line is: its texts and its service file.

It stands apart from `bot.resources`, since what tells the hours needs no more than this.
"""

from pathlib import Path

from bot.settings import FLOWS, SettingsError
from flows.line import Line, parse_line
from flows.texts import Texts


def read_texts() -> Texts:
    """Every language that has a folder under flows/texts."""
    folders = sorted(path for path in (FLOWS / "texts").iterdir() if path.is_dir())
    return Texts({folder.name: _sources(folder) for folder in folders})


def read_line(path: Path) -> Line:
    """The service file; SettingsError with one sentence when it cannot be read or is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        why = error.strerror
        raise SettingsError(f"The service file {path} cannot be read: {why}.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"The service file {path} is not text in UTF-8.") from None
    try:
        return parse_line(text)
    except ValueError as error:
        raise SettingsError(str(error)) from None


def _sources(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ftl"))]
