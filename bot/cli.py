"""The `helpline` command."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import click

from bot import cli_ask, cli_staff, logs
from bot.app import StartError, run
from bot.check import check
from bot.demo import demo
from bot.demo_once import ScriptError
from bot.lock import AlreadyRunningError, running
from bot.settings import SettingsError, read_settings
from bot.store.connection import StoreError
from bot.store.staff import StaffError
from bot.vault import Vault

WRONG_USE = 2
COMPLAINTS = (
    SettingsError,
    StartError,
    AlreadyRunningError,
    StoreError,
    StaffError,
    ScriptError,
    ValueError,
)
"""What carries one sentence for whoever asked."""

PATIENCE = 15.0
"""Seconds that `stop` waits for the service to finish what it has begun."""


@click.group(no_args_is_help=True)
def helpline() -> None:
    """Välj att sluta – chatt: an anonymous way in by text, answered by people."""


@helpline.command("run")
def run_() -> None:
    """Run the service until it is told to stop."""
    settings = read_settings()
    logs.set_up(settings.log_level)
    asyncio.run(run(settings))


@helpline.command()
@click.option("--wipe", is_flag=True, help="End every open conversation and destroy its key.")
def stop(*, wipe: bool) -> None:
    """Stop the service; open conversations stay open unless --wipe is given."""
    settings = read_settings()
    was_running = _stop_running(settings.data_dir)
    print("The service has stopped." if was_running else "The service was not running.")
    if wipe:
        gone = Vault(settings.runtime_dir).wipe()
        print(f"{gone} keys were destroyed; what they sealed can be read by nobody.")


def _stop_running(folder: Path) -> bool:
    process = running(folder)
    if process is None:
        return False
    os.kill(process, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while running(folder) == process:
        if time.monotonic() > deadline:
            raise StartError(f"The service (process {process}) has not stopped; look at its log.")
        time.sleep(0.05)
    return True


for command in (demo, check, *cli_ask.COMMANDS, cli_staff.staff):
    helpline.add_command(command)


def main() -> None:
    """Run the command: what goes wrong is one sentence on stderr and exit status 2."""
    sys.exit(call(sys.argv[1:]))


def call(arguments: list[str]) -> int:
    """Run the command with these arguments; give the exit status."""
    try:
        status = helpline.main(arguments, prog_name="helpline", standalone_mode=False)
    except click.ClickException as error:
        return _complain(error.format_message())
    except COMPLAINTS as error:
        return _complain(str(error))
    except (click.Abort, KeyboardInterrupt):
        return _complain("Stopped.")
    return status if isinstance(status, int) else 0


def _complain(message: str) -> int:
    sentence = " ".join(message.split())
    print(sentence or "Say what to do; helpline --help lists it.", file=sys.stderr)
    return WRONG_USE
