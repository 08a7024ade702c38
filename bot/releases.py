"""Public reports, each made once: whoever asks again gets the same, whatever was imported since.

A quarter is frozen together with what it is counted from when it, or its year, is first released.
A year is counted from its four frozen quarters, so that the one less the others tells of nobody;
where one of them holds too few there is no year.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from flows.columns import Columns, joined, packed, unpacked
from flows.periods import Quarter, open_month, quarters
from flows.public_report import public
from flows.questions import Form
from flows.report import Report, as_json, from_json

FEWEST = 20
"""Contacts without which no quarter is frozen: their number is always told, and of 12 or 17 spread
over few answers it alone tells how few gave each. Of 320 lopsided quarters of 18 to 40 none did."""


class NotReleasedError(ValueError):
    """No public report can be given of these months; one sentence (English) that says why."""


async def released_report(releases: ReleasesStore, first: str, last: str) -> Report | None:
    """Give the public report of these months if it was made; looking never makes one."""
    kept = await releases.released(first, last)
    return from_json(kept) if kept else None


async def public_report(
    records: RecordsStore,
    releases: ReleasesStore,
    form: Form,
    *,
    first: str,
    last: str,
    now: datetime,
) -> Report:
    """Give the public report of one quarter or one year (months as 2026-01), made once for all.

    NotReleasedError when the months are neither, are not closed and settled, or a quarter of them
    holds too few.
    """
    if made := await released_report(releases, first, last):
        return made
    parts = _quarters_of(first, last)
    await _refuse_unsettled(records, first, last, now)
    columns = [await records.columns(each.months[0], each.months[-1]) for each in parts]
    _refuse_few(parts, columns)
    frozen = [
        await _released(releases, form, part, each)
        for part, each in zip(parts, columns, strict=True)
    ]
    return await _kept(releases, form, joined(frozen), first=first, last=last)


def _quarters_of(first: str, last: str) -> tuple[Quarter, ...]:
    year = quarters(int(first[:4]))
    quarter = {(part.months[0], part.months[-1]): (part,) for part in year}
    spans = {**quarter, (year[0].months[0], year[-1].months[-1]): year}
    if (first, last) not in spans:
        raise NotReleasedError(
            f"A public report is of one calendar quarter or year, not of {first} to {last}."
        )
    return spans[first, last]


async def _refuse_unsettled(records: RecordsStore, first: str, last: str, now: datetime) -> None:
    if last >= open_month(now):
        raise NotReleasedError(
            f"{last} is not closed yet: a public report is of closed months only."
        )
    if await records.waiting_count(first=first, last=last):
        raise NotReleasedError(
            f"Not all forms from {first} to {last} are published yet: "
            "a public report is made when they are."
        )


def _refuse_few(parts: Sequence[Quarter], columns: Sequence[Columns]) -> None:
    for part, each in zip(parts, columns, strict=True):
        if each.n < FEWEST:
            raise NotReleasedError(
                f"There are fewer than {FEWEST} contacts from {part.months[0]} to "
                f"{part.months[-1]}: too few for a public report of the quarter or of its year."
            )


async def _released(
    releases: ReleasesStore, form: Form, part: Quarter, columns: Columns
) -> Columns:
    """Freeze a quarter and keep its report; gives what was frozen first."""
    first, *_, last = part.months
    frozen = unpacked(await releases.freeze(first, last, packed(columns)))
    await _kept(releases, form, frozen, first=first, last=last)
    return frozen


async def _kept(
    releases: ReleasesStore, form: Form, columns: Columns, *, first: str, last: str
) -> Report:
    report = await asyncio.to_thread(public, form, columns, first=first, last=last)
    return from_json(await releases.keep(first, last, as_json(report)))
