"""The evaluation set: one coordinator asks for it, another approves, the first one fetches it."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from starlette.datastructures import QueryParams
from starlette.responses import Response

from bot.desk.again import Doubt, doubt
from bot.desk.desk import Desk, Visit, see
from bot.desk.evaluation_file import packed
from bot.desk.evaluation_page import PATH, asked_set, page
from bot.desk.report_choice import Choice, calendar, choice
from bot.store.releases import RefusedError
from bot.words import cleaned, whole_number
from flows.anonymity import anonymities
from flows.evaluation import EvaluationSet
from flows.evaluation_request import (
    Act,
    Request,
    Step,
    no_answer_from,
    no_approval_from,
    no_fetch_by,
    no_fetch_of,
    no_withdrawal_by,
    unfit_words,
)
from flows.swedish import period_in_words

NO_SUCH_REQUEST = "Begäran finns inte."
CHANGED_MEANWHILE = (
    "Kontakterna har ändrats sedan sidan visades. Läs siffrorna igen innan du godkänner."
)
NO_RECORDS = "Det finns inga kontakter under de månaderna."


async def ask(desk: Desk, visit: Visit) -> Response:
    asked = choice(
        QueryParams({"from": visit.field("from"), "to": visit.field("to")}),
        await calendar(desk),
    )
    purpose, receiver = (cleaned(visit.field(name)) for name in ("purpose", "receiver"))
    problem = asked.problem or unfit_words(purpose, receiver) or await _emptiness(desk, asked)
    if problem:
        return await page(desk, visit, 422, problem)
    if doubtful := await doubt(desk, visit):
        return await _doubted(desk, visit, doubtful)
    await desk.releases.ask(
        asked.first,
        asked.last,
        purpose=purpose,
        receiver=receiver,
        who=visit.person.name,
        at=desk.clock(),
    )
    return see(f"{PATH}?done=asked")


async def approve(desk: Desk, visit: Visit) -> Response:
    """Say yes to another coordinator's request, with the password once more."""
    name, now, request = visit.person.name, desk.clock(), await _request(desk, visit)
    if request is None:
        return await page(desk, visit, 404, NO_SUCH_REQUEST)
    asker = await desk.staff.member(request.asker)
    is_here = asker is not None and asker.role == "coordinator" and not asker.disabled

    def refusal(found: Request) -> str:
        return no_approval_from(found, name, now, asker_is_here=is_here)

    if sentence := refusal(request):
        return await page(desk, visit, 409, sentence)
    if doubtful := await doubt(desk, visit):
        return await _doubted(desk, visit, doubtful)
    digest = (await asked_set(desk, request)).digest
    if digest.hex() != visit.field("seen"):
        return await page(desk, visit, 409, CHANGED_MEANWHILE)
    return await _taken(desk, visit, request, Step("approved", name, now, digest), refusal)


async def decline(desk: Desk, visit: Visit) -> Response:
    """Say no to another coordinator's request; nothing leaves the house, so it needs no more."""
    return await _ended(desk, visit, "declined", no_answer_from)


async def withdraw(desk: Desk, visit: Visit) -> Response:
    """Take one's own request back; nothing leaves the house, so it needs no more."""
    return await _ended(desk, visit, "withdrawn", no_withdrawal_by)


async def fetch(desk: Desk, visit: Visit) -> Response:
    """Give the asker the file; it is noted before it is sent."""
    name, now, request = visit.person.name, desk.clock(), await _request(desk, visit)
    if request is None:
        return await page(desk, visit, 404, NO_SUCH_REQUEST)

    def refusal(found: Request) -> str:
        return no_fetch_by(found, name, now)

    if sentence := refusal(request):
        return await page(desk, visit, 409, sentence)
    if doubtful := await doubt(desk, visit):
        return await _doubted(desk, visit, doubtful)
    found = await asked_set(desk, request)
    if sentence := no_fetch_of(request, found.digest):
        return await page(desk, visit, 409, sentence)
    file = await asyncio.to_thread(_file, found, request)
    try:
        await desk.releases.take(request.number, Step("fetched", name, now), unless=refusal)
    except RefusedError as error:
        return await page(desk, visit, 409, str(error))
    disposition = f'attachment; filename="utvardering-{request.first}-{request.last}.zip"'
    return Response(
        file, media_type="application/zip", headers={"content-disposition": disposition}
    )


async def _ended(
    desk: Desk, visit: Visit, act: Act, refusal: Callable[[Request, str, datetime], str]
) -> Response:
    """Take a step after which nothing leaves the house."""
    name, now, request = visit.person.name, desk.clock(), await _request(desk, visit)
    if request is None:
        return await page(desk, visit, 404, NO_SUCH_REQUEST)
    step = Step(act, name, now)
    return await _taken(desk, visit, request, step, lambda found: refusal(found, name, now))


async def _taken(
    desk: Desk, visit: Visit, request: Request, step: Step, unless: Callable[[Request], str]
) -> Response:
    try:
        await desk.releases.take(request.number, step, unless=unless)
    except RefusedError as error:
        return await page(desk, visit, 409, str(error))
    return see(f"{PATH}?done={step.act}")


async def _request(desk: Desk, visit: Visit) -> Request | None:
    number = whole_number(visit.request.path_params["number"])
    return await desk.releases.request(number) if number else None


async def _emptiness(desk: Desk, asked: Choice) -> str:
    return "" if (await desk.records.columns(asked.first, asked.last)).n else NO_RECORDS


def _file(found: EvaluationSet, request: Request) -> bytes:
    heading = (
        f"Uppgifter för utvärdering, {period_in_words(request.first, request.last)}\n"
        f"Ändamål: {request.purpose}\nMottagare: {request.receiver}"
    )
    return packed(found, anonymities(found), heading=heading)


async def _doubted(desk: Desk, visit: Visit, doubtful: Doubt) -> Response:
    response = await page(desk, visit, doubtful.status, doubtful.sentence)
    if doubtful.wait_seconds:
        response.headers["retry-after"] = f"{doubtful.wait_seconds}"
    return response
