"""The evaluation set: one coordinator asks for it, another approves, the first one fetches it."""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from starlette.datastructures import QueryParams
from starlette.responses import Response

from bot.desk.again import Doubt, asks_code, doubt
from bot.desk.desk import Desk, Visit, see
from bot.desk.directory_words import moment_text
from bot.desk.evaluation_file import packed
from bot.desk.report_choice import Choice, calendar, choice
from bot.store.releases import RefusedError
from bot.words import cleaned, whole_number
from flows.anonymity import CROWD, Anonymity, anonymities, known_words
from flows.evaluation import EvaluationSet, evaluation_set
from flows.evaluation_request import (
    FETCHED_WITHIN,
    LONGEST_WORDS,
    MOST_FETCHES,
    Act,
    Request,
    State,
    no_answer_from,
    no_approval_from,
    no_fetch_by,
    unfit_words,
)
from flows.hiding import FEW
from flows.swedish import month_in_words, period_in_words

PATH = "/desk/reports/evaluation"

NO_SUCH_REQUEST = "Begäran finns inte."
NO_RECORDS = "Det finns inga kontakter under de månaderna."

DONE = {
    "asked": "Begäran är sparad. En annan samordnare ska godkänna den.",
    "approved": "Begäran är godkänd. Den som begärde uppgifterna kan nu hämta dem.",
    "declined": "Begäran är avslagen.",
}
ACTS: dict[Act, str] = {
    "asked": "begärde uppgifterna",
    "approved": "godkände",
    "declined": "avslog",
    "fetched": "hämtade uppgifterna",
}
STATES: dict[State, str] = {
    "waiting": "väntar på svar",
    "approved": "godkänd",
    "declined": "avslagen",
    "expired": "för gammal",
    "fetched": "hämtad",
}


OPEN = frozenset({"waiting", "approved"})
"""States in which somebody may still do something with a request."""

Measured: TypeAlias = Mapping[tuple[str, str], Sequence[Anonymity]]
"""What is known of the records by their first and last month."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as one person sees it; measured while somebody still may do something with it."""

    request: Request
    state: State
    period: str
    steps: Sequence[tuple[str, str, str]]
    measured: Sequence[tuple[str, Anonymity]]
    may_answer: bool
    may_fetch: bool
    fetches_left: int
    fetched_before: str


async def show_evaluation(desk: Desk, visit: Visit) -> Response:
    return await _page(desk, visit)


async def ask(desk: Desk, visit: Visit) -> Response:
    asked = choice(
        QueryParams({"from": visit.field("from"), "to": visit.field("to")}),
        await calendar(desk),
    )
    purpose, receiver = (cleaned(visit.field(name)) for name in ("purpose", "receiver"))
    problem = asked.problem or unfit_words(purpose, receiver) or await _emptiness(desk, asked)
    if problem:
        return await _page(desk, visit, 422, problem)
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
    name, request = visit.person.name, await _request(desk, visit)
    if request is None:
        return await _page(desk, visit, 404, NO_SUCH_REQUEST)
    asker = await desk.staff.member(request.asker)
    is_here = asker is not None and asker.role == "coordinator" and not asker.disabled

    def refusal(found: Request) -> str:
        return no_approval_from(found, name, asker_is_here=is_here)

    if sentence := refusal(request):
        return await _page(desk, visit, 409, sentence)
    if doubtful := await doubt(desk, visit):
        return await _doubted(desk, visit, doubtful)
    return await _taken(desk, visit, request, "approved", refusal)


async def decline(desk: Desk, visit: Visit) -> Response:
    """Say no to another coordinator's request; nothing leaves the house, so it needs no more."""
    name, request = visit.person.name, await _request(desk, visit)
    if request is None:
        return await _page(desk, visit, 404, NO_SUCH_REQUEST)
    return await _taken(desk, visit, request, "declined", lambda found: no_answer_from(found, name))


async def fetch(desk: Desk, visit: Visit) -> Response:
    """Give the asker the file; it is noted before it is sent."""
    name, now, request = visit.person.name, desk.clock(), await _request(desk, visit)
    if request is None:
        return await _page(desk, visit, 404, NO_SUCH_REQUEST)

    def refusal(found: Request) -> str:
        return no_fetch_by(found, name, now)

    if sentence := refusal(request):
        return await _page(desk, visit, 409, sentence)
    if doubtful := await doubt(desk, visit):
        return await _doubted(desk, visit, doubtful)
    file = await asyncio.to_thread(_file, await _set(desk, request), request)
    try:
        await desk.releases.take(request.number, "fetched", who=name, at=now, unless=refusal)
    except RefusedError as error:
        return await _page(desk, visit, 409, str(error))
    disposition = f'attachment; filename="utvardering-{request.first}-{request.last}.zip"'
    return Response(
        file, media_type="application/zip", headers={"content-disposition": disposition}
    )


async def _taken(
    desk: Desk, visit: Visit, request: Request, act: Act, unless: Callable[[Request], str]
) -> Response:
    name, now = visit.person.name, desk.clock()
    try:
        await desk.releases.take(request.number, act, who=name, at=now, unless=unless)
    except RefusedError as error:
        return await _page(desk, visit, 409, str(error))
    return see(f"{PATH}?done={act}")


async def _request(desk: Desk, visit: Visit) -> Request | None:
    number = whole_number(visit.request.path_params["number"])
    return await desk.releases.request(number) if number else None


async def _emptiness(desk: Desk, asked: Choice) -> str:
    return "" if (await desk.records.columns(asked.first, asked.last)).n else NO_RECORDS


async def _set(desk: Desk, request: Request) -> EvaluationSet:
    records = await desk.records.records(first=request.first, last=request.last)
    shuffle = random.SystemRandom().shuffle
    return await asyncio.to_thread(evaluation_set, desk.form, records, shuffle=shuffle)


def _file(found: EvaluationSet, request: Request) -> bytes:
    heading = (
        f"Uppgifter för utvärdering, {period_in_words(request.first, request.last)}\n"
        f"Ändamål: {request.purpose}\nMottagare: {request.receiver}"
    )
    return packed(found, anonymities(found), heading=heading)


async def _doubted(desk: Desk, visit: Visit, doubtful: Doubt) -> Response:
    response = await _page(desk, visit, doubtful.status, doubtful.sentence)
    if doubtful.wait_seconds:
        response.headers["retry-after"] = f"{doubtful.wait_seconds}"
    return response


async def _page(desk: Desk, visit: Visit, status: int = 200, problem: str = "") -> Response:
    found = await calendar(desk)
    requests = await desk.releases.requests()
    measured = await _measured(desk, requests)
    done = "" if problem else DONE.get(visit.request.query_params.get("done", ""), "")
    return await desk.page(
        "evaluation.html",
        status,
        person=visit.person,
        csrf=visit.person.session.csrf,
        problem=problem,
        done=done,
        months=found.settled,
        unsettled=found.sentences(),
        path=PATH,
        written=_written(visit, choice(QueryParams(), found)),
        requests=[_shown(desk, visit, each, measured) for each in requests],
        **_words(desk, visit),
    )


def _written(visit: Visit, unasked: Choice) -> dict[str, str]:
    """What was written before it was refused; a password is never given back.

    Before anything was, the months are those that a report shows unasked.
    """
    return {
        "from": visit.field("from") or unasked.first,
        "to": visit.field("to") or unasked.last,
        "purpose": visit.field("purpose"),
        "receiver": visit.field("receiver"),
    }


def _words(desk: Desk, visit: Visit) -> dict[str, Any]:
    return {
        "states": STATES,
        "asks_code": asks_code(desk, visit.person),
        "longest": LONGEST_WORDS,
        "days": FETCHED_WITHIN.days,
        "most_fetches": MOST_FETCHES,
        "few": FEW,
        "crowd": CROWD,
        "month_words": month_in_words,
    }


async def _measured(desk: Desk, requests: Sequence[Request]) -> Measured:
    """Measure once what open requests ask for, beside the talks that go on meanwhile."""
    now, found = desk.clock(), dict[tuple[str, str], Sequence[Anonymity]]()
    for request in requests:
        span = request.first, request.last
        if span not in found and request.state(now) in OPEN:
            found[span] = await asyncio.to_thread(anonymities, await _set(desk, request))
    return found


def _shown(desk: Desk, visit: Visit, request: Request, measured: Measured) -> Shown:
    name, now = visit.person.name, desk.clock()
    state, answer = request.state(now), request.answer
    found = measured[request.first, request.last] if state in OPEN else ()
    return Shown(
        request=request,
        state=state,
        period=period_in_words(request.first, request.last),
        steps=[(moment_text(step.at), step.who, ACTS[step.act]) for step in request.steps],
        measured=[(known_words(each.fields), each) for each in found],
        may_answer=not no_answer_from(request, name),
        may_fetch=not no_fetch_by(request, name, now),
        fetches_left=MOST_FETCHES - request.fetches,
        fetched_before=moment_text(answer.at + FETCHED_WITHIN) if answer else "",
    )
