"""Commands as somebody runs them: what was printed where, and how it ended."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.cli import call


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str


Run: TypeAlias = Callable[..., Ran]
"""Runs a command with these arguments."""


def go_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in a folder, without any settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("HELPLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(folder)


def runner(capsys: pytest.CaptureFixture[str], *before: str) -> Run:
    """Give what runs `helpline` with these words before all others."""

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        status = call([*before, *arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run
