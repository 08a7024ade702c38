"""`helpline records publish`: filed forms of closed months become records."""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import click

from bot.chores import publish
from bot.cli_few import about
from bot.clock import wall_clock
from bot.store.records import BATCH
from bot.stores import open_records
from flows.periods import open_month


@click.command("publish")
def publish_() -> None:
    """Make records of the filed forms of closed months, when there are at least ten of them."""
    round_ = asyncio.run(_published())
    for sentence in _in_words(round_):
        print(sentence)
    if round_.refusal:
        print(_not_rewritten(round_.refusal), file=sys.stderr)


@dataclass(frozen=True, slots=True)
class _Round:
    """What came of publishing; `refusal` says why the pages could not be rewritten, if so."""

    published: int
    held: int
    later: int
    refusal: str


async def _published() -> _Round:
    async with open_records() as store:
        n = await publish(store)
        refusal = store.rewrite_refused
        held = sum((await store.waiting_months(before=open_month(wall_clock()))).values())
        later = await store.waiting_count() - held
    return _Round(n, held, later, refusal)


def _in_words(came: _Round) -> Iterator[str]:
    """Say how many were published, and how many were not and why."""
    yield f"Published: {came.published} (forms of closed months, now records)."
    if came.held:
        yield (
            f"Held over: {about(came.held)} (of closed months, but fewer than {BATCH}, and at "
            f"least {BATCH} are published at once, so that nobody can tell whose a record is)."
        )
    if came.later:
        yield f"Waiting: {about(came.later)} (of months that are not closed yet)."


def _not_rewritten(refusal: str) -> str:
    """Say that the file was not rewritten, which takes nothing back of what was published."""
    return (
        "What is said above is done, but the file could not be rewritten, and until it is it may "
        f"hold traces of deleted forms. {refusal} The next round rewrites it: that of the running "
        "service, within six hours, or this command."
    )
