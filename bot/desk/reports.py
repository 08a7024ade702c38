"""The coordinator's reports: chosen, shown on one page, as text, and as a file to send."""

import asyncio

from starlette.datastructures import QueryParams
from starlette.responses import PlainTextResponse, Response

from bot.desk.desk import Desk, Visit, see
from bot.desk.report_choice import (
    NO_SUCH_PERIOD,
    Calendar,
    Choice,
    about,
    calendar,
    choice,
    public_periods,
)
from bot.reference import read_reference
from bot.releases import NotReleasedError, public_report, released_report
from bot.reports.files import KINDS
from bot.reports.gathered import Sources, gathered
from bot.reports.page import Context, body, text
from bot.reports.tables import groups_to_choose
from bot.reports.words import LEVELS
from flows.internal_report import internal
from flows.report import Report
from flows.swedish import month_in_words, period_in_words
from flows.told import told

TOO_FEW = "Perioden har för få kontakter för en offentlig rapport."
NOT_LOCKED = (
    "Ingen offentlig rapport är låst för perioden. På sidan Statistik står om den kan låsas."
)
NO_SUCH_KIND = "Det finns inget sådant slags fil. Välj bland dem på sidan Statistik."
NO_REPORT = "Det finns ingen sådan rapport. Välj månader på sidan Statistik."


async def show_reports(desk: Desk, visit: Visit) -> Response:
    found, asked = await _asked(desk, visit)
    return await _page(desk, visit, found, asked)


async def lock_report(desk: Desk, visit: Visit) -> Response:
    """Make a public report, which never changes afterwards; one that was made is left as it is."""
    found = await calendar(desk)
    query = {"level": "public", "period": visit.field("period")}
    asked = choice(QueryParams(query), found)
    if not asked.has_months:
        return await _page(desk, visit, found, asked, problem=asked.problem or NO_SUCH_PERIOD)
    try:
        await public_report(
            desk.records,
            desk.releases,
            desk.form,
            first=asked.first,
            last=asked.last,
            now=desk.clock(),
        )
    except NotReleasedError:
        return await _page(desk, visit, found, asked, problem=TOO_FEW)
    return see(f"/desk/reports?level=public&period={asked.period}")


async def _page(
    desk: Desk, visit: Visit, found: Calendar, asked: Choice, *, problem: str = ""
) -> Response:
    periods = await public_periods(desk, found) if asked.level == "public" else []
    report = None if problem else await _report(desk, asked)
    can_lock = asked.period in {each.value for each in periods if not each.is_locked}
    if not problem and report is None:
        problem = asked.problem or ("" if can_lock or not asked.has_months else TOO_FEW)
    context = await _context(desk, asked, report) if report else None
    groups = groups_to_choose(report, desk.form) if report else {}
    waiting = await desk.records.waiting_count()
    return await desk.page(
        "reports.html",
        422 if problem else 200,
        person=visit.person,
        problem=problem,
        asked=asked,
        months=found.settled,
        periods=periods,
        can_lock=can_lock,
        unsettled=found.sentences(),
        waiting=about(waiting).capitalize() if waiting else "",
        groups=groups,
        group=context.group if context else "",
        month_words=month_in_words,
        level=LEVELS[asked.level],
        title=period_in_words(asked.first, asked.last) if asked.has_months else "",
        query=visit.request.url.query,
        body=body(report, context) if report and context else "",
    )


async def show_text(desk: Desk, visit: Visit) -> Response:
    """The standing report alone, to copy."""
    _, asked = await _asked(desk, visit)
    report = await _report(desk, asked)
    if report is None:
        return await desk.sorry(visit.person, _why_none(asked), 422)
    context = await _context(desk, asked, report, in_words=True)
    return PlainTextResponse(text(report, context) + "\n")


async def send_file(desk: Desk, visit: Visit) -> Response:
    """The report as one file to save, send and print: the same as the command writes."""
    kind = KINDS.get(visit.request.query_params.get("as", "html"))
    if kind is None:
        return await desk.sorry(visit.person, NO_SUCH_KIND, 422)
    _, asked = await _asked(desk, visit)
    report = await _report(desk, asked)
    if report is None:
        return await desk.sorry(visit.person, _why_none(asked), 422)
    context = await _context(desk, asked, report, in_words=kind.in_words)
    made = await asyncio.to_thread(kind.make, report, context)
    name = f"rapport-{report.first}-{report.last}-{report.level}.{kind.ending}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=kind.media_type, headers=headers)


async def _asked(desk: Desk, visit: Visit) -> tuple[Calendar, Choice]:
    found = await calendar(desk)
    return found, choice(visit.request.query_params, found)


def _why_none(asked: Choice) -> str:
    return asked.problem or (NOT_LOCKED if asked.has_months else NO_REPORT)


async def _report(desk: Desk, asked: Choice) -> Report | None:
    """Give the report; None when nothing fit was asked for, or it is public and not locked yet."""
    if not asked.has_months:
        return None
    first, last = asked.first, asked.last
    if asked.level == "public":
        return await released_report(desk.releases, first, last)
    columns = await desk.records.columns(first, last)
    found = await asyncio.to_thread(internal, desk.form, columns, first=first, last=last)
    return told(found, desk.form)


async def _context(desk: Desk, asked: Choice, report: Report, *, in_words: bool = False) -> Context:
    sources = Sources(
        form=desk.form,
        line=desk.board.shop.line,
        records=desk.records,
        counts=desk.counts,
        lookups=desk.catalogue.store,
        counties=desk.catalogue.directory.counties,
        releases=desk.releases,
        reference=read_reference(),
    )
    return await gathered(sources, report, group=asked.group, in_words=in_words)
