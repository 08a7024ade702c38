"""The review of the work: rows of contacts that are alike, and the notes apart from them."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from bot.desk.report_choice import Choice, calendar, choice
from flows.counting import months
from flows.hiding import FEW
from flows.questions import Question
from flows.review_rows import FEWEST_NOTES, LONGEST_SPAN, Review, Row, review, whole_quarters
from flows.swedish import month_in_words, period_in_words

PATH = "/desk/reports/rows"

TOO_LONG = f"Välj högst {LONGEST_SPAN} månader åt gången."


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words."""

    month: str
    role: str
    channel: str
    n: int
    outcomes: str


async def show_rows(desk: Desk, visit: Visit) -> Response:
    found = await calendar(desk)
    asked = choice(visit.request.query_params, found)
    problem = asked.problem or _too_long(asked)
    is_there = asked.has_months and not problem
    rows = await _review(desk, asked.first, asked.last) if is_there else None
    return await desk.page(
        "review.html",
        422 if problem else 200,
        person=visit.person,
        problem=problem,
        asked=asked,
        months=found.settled,
        unsettled=found.sentences(),
        path=PATH,
        period=period_in_words(asked.first, asked.last) if is_there else "",
        review=rows,
        lines=[_line(desk, row) for row in rows.rows] if rows else [],
        notes=await _notes(desk, asked.first, asked.last) if is_there else [],
        fewest_notes=FEWEST_NOTES,
        longest=LONGEST_SPAN,
        few=FEW,
        month_words=month_in_words,
    )


def _too_long(asked: Choice) -> str:
    is_long = asked.has_months and len(months(asked.first, asked.last)) > LONGEST_SPAN
    return TOO_LONG if is_long else ""


async def _review(desk: Desk, first: str, last: str) -> Review:
    columns = await desk.records.columns(first, last)
    return await asyncio.to_thread(review, desk.form, columns, first=first, last=last)


async def _notes(desk: Desk, first: str, last: str) -> list[str]:
    """The notes of whole quarters that have enough of them, in an order that tells nothing.

    By the quarter, since otherwise two spans that differ by a month would tell whose notes are of
    that month.
    """
    shown: list[str] = []
    for quarter in whole_quarters(first, last):
        notes = await desk.records.notes(quarter.months[0], quarter.months[-1])
        if len(notes) >= FEWEST_NOTES:
            shown += notes
    random.SystemRandom().shuffle(shown)
    return shown


def _line(desk: Desk, row: Row) -> Line:
    named = desk.form.by_name
    outcomes = (f"{_name(named['outcome'], code)} {n}" for code, n in row.outcomes.items() if n)
    return Line(
        month_in_words(row.month),
        _name(named["role"], row.role) if row.role else "Ingen roll",
        _name(named["channel"], row.channel),
        row.n,
        ", ".join(outcomes),
    )


def _name(question: Question, code: str) -> str:
    known: Mapping[str, str] = {each.code: each.sv for each in question.codes}
    return known.get(code, code)
