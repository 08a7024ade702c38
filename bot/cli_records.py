"""`helpline records`: contact records in and out of the house, and reports of them."""

import asyncio
from collections.abc import Iterator

import click

from bot.chores import publish
from bot.cli_export import export
from bot.cli_import import import_
from bot.cli_report import report
from bot.clock import wall_clock
from bot.store.records import BATCH
from bot.stores import open_records
from flows.periods import open_month


@click.group()
def records() -> None:
    """The contact records: get older ones in, publish, report, and get them out."""


@records.command("publish")
def publish_() -> None:
    """Make records of the filed forms of closed months, when there are at least ten of them."""
    for sentence in asyncio.run(_published()):
        print(sentence)


async def _published() -> tuple[str, ...]:
    async with open_records() as store:
        n = await publish(store)
        held = sum((await store.waiting_months(before=open_month(wall_clock()))).values())
        later = await store.waiting_count() - held
    return tuple(_in_words(n, held, later))


def _in_words(n: int, held: int, later: int) -> Iterator[str]:
    """Say how many were published, and how many were not and why."""
    yield f"Published: {n} (forms of closed months, now records)."
    if held:
        yield (
            f"Held over: {held} (of closed months, but fewer than {BATCH}, and at least {BATCH} "
            "are published at once, so that nobody can tell whose a record is)."
        )
    if later:
        yield f"Waiting: {later} (of months that are not closed yet)."


for command in (import_, report, export):
    records.add_command(command)
