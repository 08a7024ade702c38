"""Version 1 of the contact form, which nobody edits, and what a coordinator may make of it."""

from pathlib import Path

from flows.contact_form import Form, parse_form

FORMS = Path(__file__).parents[2] / "flows" / "forms"
VERSION_1 = (FORMS / "1.toml").read_text(encoding="utf-8")

COUNTIES = {"01": "Stockholms län", "12": "Skåne län"}
MUNICIPALITIES = {"0180": "Stockholm", "1280": "Malmö"}


def parsed(toml_text: str) -> Form:
    return parse_form(toml_text, municipalities=MUNICIPALITIES, counties=COUNTIES)


def changed(*replacements: tuple[str, str], text: str = VERSION_1, version: int = 2) -> str:
    """Replace words that must be there, the first time they stand; raise the version."""
    for old, new in ((f"version = {version - 1}\n", f"version = {version}\n"), *replacements):
        assert old in text
        text = text.replace(old, new, 1)
    return text
