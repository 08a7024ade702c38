"""`helpline stop`: it needs nothing of the service but its lock and its keys."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import click

from bot.folders import StartError
from bot.lock import running
from bot.settings import read_settings
from bot.vault import Vault

PATIENCE = 15.0
"""Seconds that `stop` waits for the service to finish what it has begun."""

WHEN_KILLED = 60.0
"""Seconds that it waits for one that was ended by force: only the machine can delay that."""


@click.command()
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
    _send(process, signal.SIGTERM)
    has_ended = _has_ended(process, folder, within=PATIENCE)
    if has_ended or not by_force:
        return has_ended
    _send(process, signal.SIGKILL)
    return _has_ended(process, folder, within=WHEN_KILLED)


def _send(process: int, order: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # it has ended by itself just now
        os.kill(process, order)


def _has_ended(process: int, folder: Path, *, within: float) -> bool:
    deadline = time.monotonic() + within
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
