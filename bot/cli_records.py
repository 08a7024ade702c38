"""`helpline records`: contact records in and out of the house, and reports of them."""

from collections.abc import Mapping

import click

from bot.lazy import LazyGroup

COMMANDS: Mapping[str, str] = {
    "export": "bot.cli_export:export",
    "import": "bot.cli_import:import_",
    "publish": "bot.cli_publish:publish_",
    "report": "bot.cli_report:report",
}


@click.group(cls=LazyGroup, found_at=COMMANDS)
def records() -> None:
    """The contact records: get older ones in, publish, report, and get them out."""
