"""The coordinator's reports: chosen, shown on one page, as text, and as a file to send."""

import asyncio

from starlette.responses import PlainTextResponse, Response

from bot.desk.desk import Desk, Visit
from bot.desk.report_choice import Calendar, Choice, about, calendar, choice, public_periods
from bot.reference import read_reference
from bot.releases import NotReleasedError, public_report
from bot.reports.files import KINDS
from bot.reports.gathered import Sources, gathered
from bot.reports.page import Context, body, text
from bot.reports.tables import groups_to_choose
from bot.reports.words import LEVELS
from flows.internal_report import internal
from flows.report import Report
from flows.swedish import month_in_words, period_in_words

TOO_FEW = "Perioden har för få kontakter för en offentlig rapport."
NO_SUCH_KIND = "Det finns inget sådant slags fil. Välj bland dem på sidan Statistik."
NO_REPORT = "Det finns ingen sådan rapport. Välj månader på sidan Statistik."


async def show_reports(desk: Desk, visit: Visit) -> Response:
    found, asked = await _asked(desk, visit)
    report, problem = await _report(desk, asked)
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
        periods=await public_periods(desk, found) if asked.level == "public" else [],
        unsettled=found.sentences(),
        waiting=about(waiting).capitalize() if waiting else "",
        groups=groups,
        group=context.group if context else "",
        month_words=month_in_words,
        level=LEVELS[asked.level],
        title=period_in_words(asked.first, asked.last) if report else "",
        query=visit.request.url.query,
        body=body(report, context) if report and context else "",
    )


async def show_text(desk: Desk, visit: Visit) -> Response:
    """The standing report alone, to copy."""
    _, asked = await _asked(desk, visit)
    report, problem = await _report(desk, asked)
    if report is None:
        return await desk.sorry(visit.person, problem or NO_REPORT, 422)
    context = await _context(desk, asked, report, in_words=True)
    return PlainTextResponse(text(report, context) + "\n")


async def send_file(desk: Desk, visit: Visit) -> Response:
    """The report as one file to save, send and print: the same as the command writes."""
    kind = KINDS.get(visit.request.query_params.get("as", "html"))
    if kind is None:
        return await desk.sorry(visit.person, NO_SUCH_KIND, 422)
    _, asked = await _asked(desk, visit)
    report, problem = await _report(desk, asked)
    if report is None:
        return await desk.sorry(visit.person, problem or NO_REPORT, 422)
    context = await _context(desk, asked, report, in_words=kind.in_words)
    made = await asyncio.to_thread(kind.make, report, context)
    name = f"rapport-{report.first}-{report.last}-{report.level}.{kind.ending}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=kind.media_type, headers=headers)


async def _asked(desk: Desk, visit: Visit) -> tuple[Calendar, Choice]:
    found = await calendar(desk)
    return found, choice(visit.request.query_params, found)


async def _report(desk: Desk, asked: Choice) -> tuple[Report | None, str]:
    """Give the report, or why there is none; neither when nothing was asked for yet."""
    if not asked.has_months:
        return None, asked.problem
    first, last = asked.first, asked.last
    if asked.level == "internal":
        columns = await desk.records.columns(first, last)
        return await asyncio.to_thread(internal, desk.form, columns, first=first, last=last), ""
    try:
        report = await public_report(
            desk.records, desk.releases, desk.form, first=first, last=last, now=desk.clock()
        )
    except NotReleasedError:
        return None, TOO_FEW
    return report, ""


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
