"""The `helpline` command."""

import os
import signal
import sys
import time
from pathlib import Path

import click
import uvloop

from bot import cli_ask, cli_backup, cli_directory, cli_form, cli_records, cli_staff, logs
from bot.app import StartError, run
from bot.backup import BackupError
from bot.check import check
from bot.demo import demo
from bot.demo_once import ScriptError
from bot.lock import LockError, running
from bot.settings import SettingsError, read_settings
from bot.store.connection import StoreError
from bot.store.staff import StaffError
from bot.vault import Vault

BROKEN = 1
WRONG_USE = 2
COMPLAINTS = (
    SettingsError,
    StartError,
    LockError,
    BackupError,
    StoreError,
    StaffError,
    ScriptError,
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
    uvloop.run(run(settings))


@helpline.command()
@click.option("--wipe", is_flag=True, help="End every open conversation and destroy its key.")
def stop(*, wipe: bool) -> None:
    """Stop the service; open conversations stay open unless --wipe is given."""
    settings = read_settings()
    process = running(settings.data_dir)
    if process is None:
        print("The service was not running.")
    elif _end(process, settings.data_dir, by_force=wipe):
        print("The service has stopped.")
    else:
        raise StartError(f"The service (process {process}) has not stopped; look at its log.")
    if wipe:
        gone = _vault(settings.runtime_dir).wipe()
        print(f"{gone} keys were destroyed; what they sealed can be read by nobody.")


def _end(process: int, folder: Path, *, by_force: bool) -> bool:
    """Ask the service to stop; one that must not go on is ended if it does not."""
    os.kill(process, signal.SIGTERM)
    if not _has_ended(process, folder) and by_force:
        os.kill(process, signal.SIGKILL)
    return _has_ended(process, folder)


def _has_ended(process: int, folder: Path) -> bool:
    deadline = time.monotonic() + PATIENCE
    while running(folder) == process:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _vault(folder: Path) -> Vault:
    try:
        return Vault(folder)
    except OSError as error:
        raise StartError(f"The key folder {folder} cannot be used: {error.strerror}.") from None


GROUPS = (cli_directory.directory, cli_form.form, cli_records.records, cli_staff.staff)

for command in (demo, check, *cli_ask.COMMANDS, *cli_backup.COMMANDS, *GROUPS):
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
    except Exception as error:  # noqa: BLE001 - its text could hold what somebody wrote
        _complain(f"Something went wrong that should not ({type(error).__name__}).")
        return BROKEN
    return status if isinstance(status, int) else 0


def _complain(message: str) -> int:
    sentence = " ".join(message.split())
    print(sentence or "Say what to do; helpline --help lists it.", file=sys.stderr)
    return WRONG_USE
