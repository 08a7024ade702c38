"""The command that shows what a note would be refused or warned for."""

import json
from collections.abc import Iterable

import click

from bot.resources import read_reviewer
from bot.settings import read_settings
from bot.streams import lines
from flows.redaction import Finding


@click.command()
@click.option("--json", "in_json", is_flag=True, help="One JSON document a line.")
def redact(*, in_json: bool) -> None:
    """Say of each line on stdin what in it could identify somebody, if anything."""
    read_settings()
    reviewer = read_reviewer()
    for line in lines():
        findings = reviewer.review(line)
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
