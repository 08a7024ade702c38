"""Reads what is shipped with the program: phrases, the form, and names."""

from collections.abc import Mapping

from bot.settings import FLOWS
from directory.load import load
from flows.contact_form import parse_form
from flows.questions import Form
from flows.redaction_notes import Reviewer, parse_reviewer
from flows.safety import Recogniser, parse
from flows.spoken import Spoken, parse_spoken


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
