"""Reads what is shipped with the program: texts, phrases, the form, the service file, figures."""

from collections.abc import Mapping
from pathlib import Path

from bot.settings import SettingsError
from directory.load import load
from flows.comparison import Reference
from flows.contact_form import parse_form
from flows.line import Line, parse_line
from flows.questions import Form
from flows.redaction_notes import Reviewer, parse_reviewer
from flows.safety import Recogniser, parse
from flows.spoken import Spoken, parse_spoken
from flows.texts import Texts

FLOWS = Path(__file__).parent.parent / "flows"


def read_texts() -> Texts:
    """Every language that has a folder under flows/texts."""
    folders = sorted(path for path in (FLOWS / "texts").iterdir() if path.is_dir())
    return Texts({folder.name: _sources(folder) for folder in folders})


def read_line(path: Path) -> Line:
    """The service file; SettingsError with one sentence when it cannot be read or is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"The service file {path.name} cannot be read.") from None
    try:
        return parse_line(text)
    except ValueError as error:
        raise SettingsError(str(error)) from None


def read_safety() -> Recogniser:
    return parse((FLOWS / "safety.toml").read_text(encoding="utf-8"))


def read_spoken() -> Spoken:
    return parse_spoken((FLOWS / "spoken.toml").read_text(encoding="utf-8"))


def read_reviewer() -> Reviewer:
    """What reads notes, with the places of the directory."""
    directory = load()
    return parse_reviewer(
        (FLOWS / "names.toml").read_text(encoding="utf-8"),
        (FLOWS / "whereabouts.toml").read_text(encoding="utf-8"),
        places=(
            *(municipality.name for municipality in directory.municipalities.values()),
            *(locality.name for locality in directory.localities),
        ),
        ordinary=directory.ordinary_words,
    )


def read_form() -> Form:
    """The contact form, with the places of the directory."""
    directory = load()
    places: Mapping[str, str] = {m.code: m.name for m in directory.municipalities.values()}
    counties: Mapping[str, str] = {c.code: c.name for c in directory.counties.values()}
    source = (FLOWS / "contact_form.toml").read_text(encoding="utf-8")
    return parse_form(source, municipalities=places, counties=counties)


def read_reference() -> Reference:
    """What the number of contacts is compared with."""
    return Reference.parse((FLOWS / "reference.toml").read_text(encoding="utf-8"))


def _sources(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.ftl"))]
