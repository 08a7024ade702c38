"""`helpline backup` and `helpline restore`."""

import asyncio
from pathlib import Path

import click

from bot.backup import Manifest, back_up
from bot.clock import today
from bot.folders import make_folder
from bot.restore import RELEASES, read_manifest, restore
from bot.settings import read_settings

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))


@click.command("backup")
@_FOLDER
def backup(folder: Path) -> None:
    """Copy records, staff, directory edits, counts and releases into DIR, new or empty.

    The service may run. Open conversations and their keys are never copied.
    """
    manifest = asyncio.run(back_up(read_settings().data_dir, folder, today=today()))
    print(f"Backed up to {folder}: {_listed(manifest)}.")


@click.command("restore")
@_FOLDER
def restore_(folder: Path) -> None:
    """Put the backup in DIR into the data folder, all of it or nothing; stop the service first.

    What it replaces is kept beside for a week.
    """
    data = read_settings().data_dir
    manifest = read_manifest(folder)
    make_folder(data)
    former = asyncio.run(restore(data, folder, manifest))
    print(f"Restored the backup of {manifest.day}: {_listed(manifest)}.")
    if former:
        print(f"What was there before is kept in {former} for a week.")
    if former and (former / RELEASES).exists():
        print("What had been let out since the backup, reports and evaluation sets, stays so.")


def _listed(manifest: Manifest) -> str:
    return ", ".join(
        f"{name} (rows: {sum(file.rows.values())})" for name, file in manifest.files.items()
    )
