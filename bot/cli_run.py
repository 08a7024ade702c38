"""`helpline run`."""

import click
import uvloop

from bot import logs
from bot.app import run
from bot.settings import read_settings


@click.command("run")
def run_() -> None:
    """Run the service until it is told to stop."""
    settings = read_settings()
    logs.set_up(settings.log_level)
    uvloop.run(run(settings))
