"""Gathers what stands beside a report: days, the week by the hour, look-ups of the directory."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
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
from flows.internal_report import find
from flows.line import Line
from flows.opening_days import days, opening_days
from flows.periods import Quarter
from flows.questions import Form
from flows.ranking import few_of_used
from flows.report import Level, Report, from_json
from flows.review_rows import whole_quarters
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


async def gathered(
    sources: Sources, report: Report, *, group: str = CHOSEN, in_words: bool = False
) -> Context:
    """Put together what is shown with a report; with a public one, nothing that is internal.

    `in_words`: only what the report in words says.
    """
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
    if report.level == "public":
        return context
    columns = await sources.records.columns(report.first, report.last)
    context = replace(context, few=few_of_used(sources.form, columns))
    return context if in_words else await _with_more(sources, report, context, columns)


async def _with_more(
    sources: Sources, report: Report, context: Context, columns: Columns
) -> Context:
    """Add what only an internal report has beside it."""
    spanned = whole_quarters(report.first, report.last)
    return replace(
        context,
        channels=await _channels(sources, report, columns),
        weeks=await _weeks(sources, spanned) if spanned else {},
        weeks_of=(spanned[0].months[0], spanned[-1].months[-1]) if spanned else None,
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
    found = await asyncio.to_thread(
        find, sources.form, columns, first=first, last=last, only=frozenset()
    )
    return found.contacts


async def _channels(sources: Sources, report: Report, columns: Columns) -> Mapping[str, Channel]:
    return await asyncio.to_thread(
        channels, sources.form, columns, first=report.first, last=report.last
    )


async def _weeks(sources: Sources, spanned: Sequence[Quarter]) -> dict[str, Week]:
    """The week by the hour of whole quarters, which is how they are counted."""
    first, last = spanned[0], spanned[-1]
    counts = await sources.counts.hours(first.name, last.name)
    time = times(sources.line, list(days(first.months[0], last.months[-1])))
    return {
        kind: released(counts, kind, exposure)
        for kind, exposure in time.items()
        if any(by_hour(counts, kind).values())
    }


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
