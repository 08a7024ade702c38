"""Gathers what stands beside a report: days, the week by the hour, look-ups of the directory."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.reports.comparing import Earlier
from bot.reports.page import Context
from bot.reports.tables import CHOSEN, Table, group_names, of_look_ups
from bot.store.counts import CountsStore
from bot.store.directory import DirectoryStore
from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from directory.models import County
from flows.channel_report import Channel, channels
from flows.columns import Columns
from flows.comparison import A_YEAR, Reference, a_year_before, period_before
from flows.demand import released, times
from flows.internal_report import internal
from flows.line import Line
from flows.opening_days import days, opening_days
from flows.periods import Quarter, quarters
from flows.questions import Form
from flows.ranking import few_of_used
from flows.report import Level, Report, from_json
from flows.week import Week, by_hour

BEFORE = "perioden närmast före"
A_YEAR_BEFORE = "samma tid året före"
THE_YEAR_BEFORE = "året före"

AFTER_ALL = "9999-99"
"""Later than every month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where it all comes from."""

    form: Form
    line: Line
    records: RecordsStore
    counts: CountsStore
    lookups: DirectoryStore
    counties: Mapping[str, County]
    releases: ReleasesStore
    reference: Reference


async def gathered(sources: Sources, report: Report, *, group: str = CHOSEN) -> Context:
    """Put together what is shown with a report; with a public one, nothing that is internal."""
    is_known = group in group_names(report, sources.form)
    context = Context(
        form=sources.form,
        line=sources.line.name,
        group=group if is_known else CHOSEN,
        reference=sources.reference,
        opening_days=opening_days(sources.line, report.first, report.last),
        earlier=await _earlier(sources, report),
        invented=await sources.records.invented_count() > 0,
    )
    return context if report.level == "public" else await _with_more(sources, report, context)


async def _with_more(sources: Sources, report: Report, context: Context) -> Context:
    """Add what only an internal report has beside it."""
    columns = await sources.records.columns(report.first, report.last)
    return replace(
        context,
        channels=await _channels(sources, report, columns),
        few=few_of_used(sources.form, columns),
        weeks=await _weeks(sources, report.first, report.last),
        look_ups=await _look_ups(sources, report.first, report.last),
    )


async def _earlier(sources: Sources, report: Report) -> list[Earlier]:
    """The period before and the same months of last year; one when they are the same.

    More than a year has no same months of last year: they would overlap.
    """
    before = period_before(report.first, report.last)
    spans = {before: BEFORE}
    if len(report.per_month) <= A_YEAR:
        year = a_year_before(report.first, report.last)
        spans[year] = A_YEAR_BEFORE if year != before else THE_YEAR_BEFORE
    found = [
        (name, span, await _contacts(sources, report.level, *span)) for span, name in spans.items()
    ]
    return [Earlier(name, *span, contacts) for name, span, contacts in found if contacts]


async def _contacts(sources: Sources, level: Level, first: str, last: str) -> int | None:
    """How many contacts a report of these months shows; a public one only once it was released.

    None where the records begin later: what came in before them was not counted.
    """
    if level == "public":
        kept = await sources.releases.released(first, last)
        return from_json(kept).contacts if kept else None
    if await sources.records.waiting_count(first=first, last=last):
        return None
    begin, _ = await sources.records.first_and_last(before=AFTER_ALL)
    if not begin or first < begin:
        return None
    columns = await sources.records.columns(first, last)
    return internal(sources.form, columns, first=first, last=last).contacts


async def _channels(sources: Sources, report: Report, columns: Columns) -> Mapping[str, Channel]:
    return await asyncio.to_thread(
        channels, sources.form, columns, first=report.first, last=report.last
    )


async def _weeks(sources: Sources, first: str, last: str) -> dict[str, Week]:
    """The week by the hour of whole quarters, which is how they are counted."""
    spanned = list(_quarters(first, last))
    if not spanned or (spanned[0].months[0], spanned[-1].months[-1]) != (first, last):
        return {}
    counts = await sources.counts.hours(spanned[0].name, spanned[-1].name)
    return {
        kind: released(counts, kind, time)
        for kind, time in times(sources.line, list(days(first, last))).items()
        if any(by_hour(counts, kind).values())
    }


def _quarters(first: str, last: str) -> Iterator[Quarter]:
    for year in range(int(first[:4]), int(last[:4]) + 1):
        for quarter in quarters(year):
            if first <= quarter.months[0] and quarter.months[-1] <= last:
                yield quarter


async def _look_ups(sources: Sources, first: str, last: str) -> Table | None:
    """How often help was looked up in each county; nothing when it never was."""
    counts = Counter[str]()
    for (_, county), n in (await sources.lookups.lookups(first, last)).items():
        counts[county] += n
    if not counts:
        return None
    return of_look_ups(
        {code: (county.name, counts[code]) for code, county in sources.counties.items()}
    )
