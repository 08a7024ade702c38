"""What is done now and then while the service runs; what fails is tried again the next time."""

import asyncio
import random
import secrets
from pathlib import Path

from bot.catalogue import Catalogue
from bot.clock import wall_clock
from bot.former import forget_former
from bot.logs import log
from bot.store.connection import StoreError
from bot.store.counts import CountsStore
from bot.store.directory import DirectoryStore
from bot.store.records import RecordsStore
from bot.tally import Tally
from flows.periods import open_month

PUBLISH_EVERY = 6 * 3600.0
"""Seconds between two looks at whether a month has closed."""

FORGET_EVERY = 6 * 3600.0
"""Seconds between two looks at whether a copy is older than it may be."""

REFRESH_EVERY = 30.0
"""Seconds until the service has seen what the command changed in the directory."""

COUNT_EVERY = 3600.0
"""Seconds for which counts are gathered before they are written down."""


async def publish_often(records: RecordsStore) -> None:
    """Turn filed forms of closed months into records, when there are enough of them."""
    while True:
        try:
            published = await publish(records)
        except StoreError:
            log("failed", kind="publish")
        else:
            log("published", n=published)
            if records.rewrite_refused:
                log("failed", kind="rewrite")
        await asyncio.sleep(PUBLISH_EVERY)


async def publish(records: RecordsStore) -> int:
    return await records.publish(
        this_month=open_month(wall_clock()),
        ids=lambda: secrets.token_bytes(16),
        shuffle=random.SystemRandom().shuffle,
    )


async def forget_often(folder: Path) -> None:
    """Remove what upgrades and restores kept of the past, when its time has come."""
    while True:
        try:
            forget_former(folder, now=wall_clock())
        except OSError:
            log("failed", kind="forget")
        await asyncio.sleep(FORGET_EVERY)


async def refresh_often(catalogue: Catalogue) -> None:
    """Take in what the command has changed in the directory."""
    while True:
        await asyncio.sleep(REFRESH_EVERY)
        try:
            await catalogue.refresh()
        except StoreError:
            log("failed", kind="refresh")


async def count_often(tally: Tally, directory: DirectoryStore, counts: CountsStore) -> None:
    """Every hour on the dot of the program's own clock, whatever there was to count."""
    while True:
        await asyncio.sleep(COUNT_EVERY)
        # Once taken they are written or given back, also where the service stops meanwhile.
        await asyncio.shield(count_all(tally, directory, counts))


async def count_all(tally: Tally, directory: DirectoryStore, counts: CountsStore) -> None:
    await count_lookups(tally, directory)
    await count_hours(tally, counts)


async def count_lookups(tally: Tally, store: DirectoryStore) -> None:
    """Write the look-ups down, also when there were none; what cannot be waits for next time."""
    counted = tally.look_ups.take()
    try:
        await store.count_lookups(counted)
    except StoreError:
        tally.look_ups.give_back(counted)
        log("failed", kind="count")


async def count_hours(tally: Tally, store: CountsStore) -> None:
    """Write down who came, by the hour of the week, as look-ups are."""
    counted = tally.hours.take()
    try:
        await store.count(counted)
    except StoreError:
        tally.hours.give_back(counted)
        log("failed", kind="count")
