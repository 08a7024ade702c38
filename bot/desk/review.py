"""The review of the work: rows of contacts that are alike, and the notes apart from them."""

import asyncio
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from bot.desk.report_choice import Calendar, Choice, calendar, choice
from flows.counting import months
from flows.hiding import FEW
from flows.periods import Quarter
from flows.questions import Question
from flows.review_rows import (
    FEWEST_NOTES,
    LONGEST_SPAN,
    Review,
    Row,
    quarters_with,
    review,
    whole_quarters,
)
from flows.swedish import period_in_words

PATH = "/desk/reports/rows"

TOO_LONG = f"Välj högst {LONGEST_SPAN} månader åt gången."

NO_ROLE = "Ingen roll"
OTHER_ROLES = "Övriga roller"
OTHER_CHANNELS = "Övriga kontaktvägar"


@dataclass(frozen=True, slots=True)
class Line:
    """A row in words."""

    role: str
    channel: str
    n: int
    outcomes: str


async def show_rows(desk: Desk, visit: Visit) -> Response:
    found = await calendar(desk)
    asked = choice(visit.request.query_params, found)
    problem = asked.problem or _too_long(asked)
    chosen = quarters_with(asked.first, asked.last) if asked.has_months and not problem else ()
    whole = [quarter for quarter in chosen if set(quarter.months) <= set(found.settled)]
    rows = await _review(desk, whole) if whole else None
    return await desk.page(
        "review.html",
        422 if problem else 200,
        person=visit.person,
        problem=problem,
        asked=asked,
        quarters=_choices(found),
        unsettled=found.sentences(),
        path=PATH,
        unfinished=[_in_words(each) for each in chosen if each not in whole],
        period=period_in_words(whole[0].months[0], whole[-1].months[-1]) if whole else "",
        review=rows,
        lines=_lines(desk, rows.rows) if rows else {},
        notes=await _notes(desk, whole),
        fewest_notes=FEWEST_NOTES,
        longest=LONGEST_SPAN,
        few=FEW,
    )


def _too_long(asked: Choice) -> str:
    is_long = asked.has_months and len(months(asked.first, asked.last)) > LONGEST_SPAN
    return TOO_LONG if is_long else ""


def _choices(found: Calendar) -> dict[str, Quarter]:
    """Name the quarters that can be chosen, the newest first."""
    settled = set(found.settled)
    there = whole_quarters(found.closed[0], found.closed[-1]) if found.closed else ()
    return {_in_words(each): each for each in reversed(there) if set(each.months) <= settled}


def _in_words(quarter: Quarter) -> str:
    return period_in_words(quarter.months[0], quarter.months[-1])


async def _review(desk: Desk, chosen: Sequence[Quarter]) -> Review:
    columns = await desk.records.columns(chosen[0].months[0], chosen[-1].months[-1])
    return await asyncio.to_thread(review, desk.form, columns, chosen)


async def _notes(desk: Desk, chosen: Collection[Quarter]) -> list[str]:
    """The notes of whole quarters that have enough of them, in an order that tells nothing.

    By the quarter, since otherwise two spans that differ by a month would tell whose notes are of
    that month.
    """
    shown: list[str] = []
    for quarter in chosen:
        notes = await desk.records.notes(quarter.months[0], quarter.months[-1])
        if len(notes) >= FEWEST_NOTES:
            shown += notes
    random.SystemRandom().shuffle(shown)
    return shown


def _lines(desk: Desk, rows: Sequence[Row]) -> dict[str, list[Line]]:
    """Put the rows of each month or quarter together, under its name."""
    found: dict[str, list[Line]] = {}
    for row in rows:
        found.setdefault(period_in_words(row.first, row.last), []).append(_line(desk, row))
    return found


def _line(desk: Desk, row: Row) -> Line:
    named = desk.form.by_name
    outcomes = (f"{_name(named['outcome'], code)} {n}" for code, n in row.outcomes.items())
    return Line(
        OTHER_ROLES if row.role is None else _name(named["role"], row.role) or NO_ROLE,
        OTHER_CHANNELS if row.channel is None else _name(named["channel"], row.channel),
        row.n,
        ", ".join(outcomes),
    )


def _name(question: Question, code: str) -> str:
    known: Mapping[str, str] = {each.code: each.sv for each in question.codes}
    return known.get(code, code)
