"""`helpline form`: what it prints and how it ends, for a form that is right and for others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli_form import form
from bot.resources import read_form

ROOT = Path(__file__).parents[2]


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(form, arguments)


def test_the_form_in_use_passes_with_one_line() -> None:
    result = ran("check")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Version {read_form().version} of the contact form is ")
    assert result.stdout.count("\n") == 1


def test_the_codebook_is_swedish_unless_asked_otherwise() -> None:
    assert ran("codebook").stdout == ran("codebook", "--language", "sv").stdout
    assert ran("codebook").stdout.startswith("# Kodbok för kontaktformuläret, version ")
    assert ran("codebook", "--language", "en").stdout.startswith("# Codebook of the contact form")


@pytest.mark.parametrize(
    "arguments",
    [["check", "more"], ["codebook", "more"], ["codebook", "--language", "no"], ["print"]],
)
def test_wrong_use_ends_with_two(arguments: list[str]) -> None:
    result = ran(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program with a form of its own to change."""
    for name in ("bot", "directory"):
        (tmp_path / name).symlink_to(ROOT / name)
    compiled = shutil.ignore_patterns("__pycache__")  # where others may be writing just now
    shutil.copytree(ROOT / "flows", tmp_path / "flows", ignore=compiled)
    return tmp_path


def change(copy: Path, *replacements: tuple[str, str]) -> None:
    file = copy / "flows" / "contact_form.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def ran_there(copy: Path, *arguments: str) -> tuple[int, str]:
    """Run the changed program; give its exit status and what it printed."""
    start = "from bot.cli_form import form; form()"
    done = subprocess.run(
        [sys.executable, "-c", start, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


MAN = '{ code = "man", sv = "Man", en = "Man" }'


def test_a_coordinators_new_code_passes_and_is_printed(copy: Path) -> None:
    new = '{ code = "both", sv = "Båda", en = "Both" }'
    change(copy, ("version = 1\n", "version = 2\n"), (MAN, f"{MAN}, {new}"))
    status, said = ran_there(copy, "check")
    assert status == 0
    assert said.startswith("Version 2 of the contact form is right, and not published yet: ")
    status, said = ran_there(copy, "codebook")
    assert status == 0
    assert "| `both` | Båda |" in said


def test_every_broken_promise_is_one_line(copy: Path) -> None:
    change(copy, ("version = 1\n", "version = 2\n"), (f"  {MAN},\n", ""), ('"Kvinna"', '"Dam"'))
    status, said = ran_there(copy, "check")
    assert status == 1
    assert [line.split(";")[0] for line in said.splitlines()] == [
        'gender, woman: "Kvinna" has become "Dam"',
        "gender: the code man is gone",
    ]


def test_a_form_that_cannot_be_read_names_each_place(copy: Path) -> None:
    change(copy, (MAN, '{ code = "man", sv = "Man" }'), ('type = "month"', 'type = "moon"'))
    status, said = ran_there(copy, "check")
    assert status == 1
    assert [line.split(": ")[0] for line in said.splitlines()] == [
        "The contact form is wrong at question.period.type",
        "The contact form is wrong at question.gender.codes.man.en",
    ]


def test_without_its_published_versions_the_form_does_not_pass(copy: Path) -> None:
    shutil.rmtree(copy / "flows" / "forms")
    assert ran_there(copy, "check") == (1, "The published form 1.toml is gone: put it back.\n")
