"""The page of the evaluation sets: who asked for what, and what may still be done with it."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from starlette.datastructures import QueryParams
from starlette.responses import Response

from bot.desk.again import asks_code
from bot.desk.desk import Desk, Visit
from bot.desk.directory_words import moment_text
from bot.desk.report_choice import Choice, calendar, choice
from flows.anonymity import CROWD, Anonymity, anonymities, known_words
from flows.evaluation import EvaluationSet, evaluation_set
from flows.evaluation_request import (
    ANSWERED_WITHIN,
    FETCHED_WITHIN,
    LONGEST_WORDS,
    MOST_FETCHES,
    Act,
    Request,
    State,
    no_answer_from,
    no_fetch_by,
    no_fetch_of,
    no_withdrawal_by,
)
from flows.hiding import FEW
from flows.swedish import month_in_words, period_in_words

PATH = "/desk/reports/evaluation"

DONE = {
    "asked": "Begäran är sparad. En annan samordnare ska godkänna den.",
    "approved": "Begäran är godkänd. Den som begärde uppgifterna kan nu hämta dem.",
    "declined": "Begäran är avslagen.",
    "withdrawn": "Begäran är återtagen.",
}
ACTS: dict[Act, str] = {
    "asked": "begärde uppgifterna",
    "approved": "godkände",
    "declined": "avslog",
    "fetched": "hämtade uppgifterna",
    "withdrawn": "tog tillbaka begäran",
}
STATES: dict[State, str] = {
    "waiting": "väntar på svar",
    "approved": "godkänd",
    "declined": "avslagen",
    "expired": "för gammal",
    "fetched": "hämtad",
    "withdrawn": "återtagen",
    "lapsed": "fick inget svar i tid",
}

OPEN = frozenset({"waiting", "approved"})
"""States in which somebody may still do something with a request."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How anonymous a set is, and its digest, by which it is known again."""

    anonymities: Sequence[Anonymity] = ()
    digest: bytes = b""


Measured: TypeAlias = Mapping[tuple[str, str], Measure]
"""What is known of the records by their first and last month."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as one person sees it; measured while somebody still may do something with it."""

    request: Request
    state: State
    period: str
    steps: Sequence[tuple[str, str, str]]
    measured: Sequence[tuple[str, Anonymity]]
    seen: str
    may_answer: bool
    may_withdraw: bool
    may_fetch: bool
    changed: str
    """What keeps an approved set from being fetched that is no longer the same."""
    fetches_left: int
    fetched_before: str


async def show_evaluation(desk: Desk, visit: Visit) -> Response:
    return await page(desk, visit)


async def page(desk: Desk, visit: Visit, status: int = 200, problem: str = "") -> Response:
    """The whole page, with what is wrong in one sentence."""
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
        "answer_days": ANSWERED_WITHIN.days,
        "most_fetches": MOST_FETCHES,
        "few": FEW,
        "crowd": CROWD,
        "month_words": month_in_words,
    }


async def _measured(desk: Desk, requests: Sequence[Request]) -> Measured:
    """Measure once what open requests ask for, beside the talks that go on meanwhile."""
    now, found = desk.clock(), dict[tuple[str, str], Measure]()
    for request in requests:
        span = request.first, request.last
        if span not in found and request.state(now) in OPEN:
            found[span] = await asyncio.to_thread(_measure, await asked_set(desk, request))
    return found


def _measure(found: EvaluationSet) -> Measure:
    return Measure(anonymities(found), found.digest)


def _shown(desk: Desk, visit: Visit, request: Request, measured: Measured) -> Shown:
    name, now = visit.person.name, desk.clock()
    state, answer = request.state(now), request.answer
    found = measured[request.first, request.last] if state in OPEN else Measure()
    may_fetch = not no_fetch_by(request, name, now)
    changed = no_fetch_of(request, found.digest) if may_fetch else ""
    return Shown(
        request=request,
        state=state,
        period=period_in_words(request.first, request.last),
        steps=[(moment_text(step.at), step.who, ACTS[step.act]) for step in request.steps],
        measured=[(known_words(each.fields), each) for each in found.anonymities],
        seen=found.digest.hex(),
        may_answer=not no_answer_from(request, name, now),
        may_withdraw=not no_withdrawal_by(request, name, now),
        may_fetch=may_fetch and not changed,
        changed=changed,
        fetches_left=MOST_FETCHES - request.fetches,
        fetched_before=moment_text(answer.at + FETCHED_WITHIN) if answer else "",
    )


async def asked_set(desk: Desk, request: Request) -> EvaluationSet:
    """The records that a request is about, as they are now."""
    records = await desk.records.records(first=request.first, last=request.last)
    shuffle = random.SystemRandom().shuffle
    return await asyncio.to_thread(evaluation_set, desk.form, records, shuffle=shuffle)
