"""The command that shows what a note would be refused or warned for."""

import json
import sys
from collections.abc import Iterable
from io import TextIOWrapper

import click

from bot.resources import read_reviewer
from bot.settings import read_settings
from flows.redaction import Finding


@click.command()
@click.option("--json", "in_json", is_flag=True, help="One JSON document a line.")
def redact(*, in_json: bool) -> None:
    """Say of each line on stdin what in it could identify somebody, if anything."""
    read_settings()
    reviewer = read_reviewer()
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    for line in sys.stdin:
        findings = reviewer.review(line.rstrip("\n"))
        print(_as_json(findings) if in_json else _in_words(findings))


def _as_json(findings: Iterable[Finding]) -> str:
    return json.dumps(
        {
            "findings": [
                {"start": each.start, "end": each.end, "kind": each.kind, "level": each.level}
                for each in findings
            ]
        }
    )


def _in_words(findings: Iterable[Finding]) -> str:
    return ", ".join(f"{each.kind} ({each.level})" for each in findings) or "-"
