"""What the documentation says is so."""

import re
from pathlib import Path

import click
import pytest

from bot.cli import COMMANDS, helpline
from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def test_the_readme_names_every_setting_and_no_other() -> None:
    told = set(re.findall(rf"`{PREFIX}([A-Z_]+)`", README))
    assert told == {name.upper() for name in Settings.model_fields}


def test_the_readme_names_every_command_and_no_other() -> None:
    told = set(re.findall(r"`helpline ([a-z]+)", README))
    assert told == set(COMMANDS)


@pytest.mark.parametrize("command", re.findall(r"`helpline ([a-z]+ [^`]*)`", README))
def test_every_option_that_the_readme_shows_exists(command: str) -> None:
    name, *rest = command.split()
    context = click.Context(helpline)
    found = helpline.get_command(context, name)
    if isinstance(found, click.Group):
        name, *rest = rest
        found = found.get_command(context, name)
    assert found
    known = {option for each in found.params for option in each.opts}
    shown = {word.strip("[]") for word in rest if word.strip("[]").startswith("--")} - {"--"}
    assert shown <= known


def test_every_file_that_the_documentation_links_to_exists() -> None:
    for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "flows" / "README.md"):
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_every_test_that_the_promises_lean_on_exists() -> None:
    text = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`(?:tests/[a-z/]*/)?(test_[a-z_]+\*?\.py)`", text))
    assert len(names) > 10
    for name in names:
        assert list((ROOT / "tests").rglob(name)), name


def test_the_unit_gives_the_service_what_it_needs() -> None:
    unit = (ROOT / "docs" / "helpline.service").read_text(encoding="utf-8")
    telegram = (ROOT / "docs" / "telegram.conf").read_text(encoding="utf-8")
    for name in re.findall(rf"Environment={PREFIX}([A-Z_]+)=", unit):
        assert name.lower() in Settings.model_fields
    assert "RuntimeDirectoryPreserve=yes" in unit
    assert "MemorySwapMax=0" in unit
    assert "IPAddressDeny=any" in unit
    assert "IPAddressAllow=any" in telegram


def test_every_event_that_the_manual_explains_can_be_logged() -> None:
    source = (ROOT / "bot" / "logs.py").read_text(encoding="utf-8")
    section = RUNNING.partition("## When something is wrong")[2]
    events = re.findall(r"`([a-z]+(?:-[a-z]+)+)`", section)
    assert events
    assert all(f'"{event}"' in source for event in events)


def test_the_requirements_are_pinned_with_hashes_and_name_no_index() -> None:
    for path in (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"):
        text = path.read_text(encoding="utf-8")
        pins = re.findall(r"(?m)^[a-z].*$", text)
        assert all(re.fullmatch(r"[a-z0-9.-]+==\S+ \\", pin) for pin in pins)
        assert "://" not in text
        assert "index" not in text
