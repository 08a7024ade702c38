"""The coordinator's page: contacts by month and by role, over closed months only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from flows.statistics import FEW, NO_ROLE, Table, by_role, per_month

USUAL = 12
"""Months that are shown when none are chosen."""

MOST = 60
"""Months that fit on one page."""

NOT_CLOSED = "Välj hela månader som är avslutade, den första före den sista, högst fem år."

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a table: a label, a count or None where it is hidden, and how long its bar is."""

    label: str
    n: int | None
    share: int


async def show_reports(desk: Desk, visit: Visit) -> Response:
    last_closed = before(f"{desk.clock():%Y-%m}")
    usual = span_back(last_closed, USUAL)
    asked = visit.request.query_params
    first, last = asked.get("first", usual[0]), asked.get("last", last_closed)
    months = span(first, last) if last <= last_closed else ()
    problem = "" if months else NOT_CLOSED
    months = months or usual
    records = await desk.records.records(first=months[0], last=months[-1])
    by_month = per_month(records, months=months)
    roles = [code.code for code in desk.form.by_name["role"].codes]
    return await desk.page(
        "reports.html",
        422 if problem else 200,
        person=visit.person,
        problem=problem,
        months=months,
        last_closed=last_closed,
        base=by_month.base,
        by_month=_bars(by_month, {month: in_words(month) for month in months}),
        by_role=_bars(by_role(records, roles=roles), _role_names(desk)),
        waiting=await desk.records.waiting_count(),
        few=FEW,
        span=f"{in_words(months[0])} – {in_words(months[-1])}",
    )


def span(first: str, last: str) -> tuple[str, ...]:
    """All months from the first to the last; none where that makes no sense."""
    if not (_MONTH.fullmatch(first) and _MONTH.fullmatch(last)) or first > last:
        return ()
    start, end = _number(first), _number(last)
    return tuple(_month(n) for n in range(start, end + 1)) if end - start < MOST else ()


def span_back(last: str, count: int) -> tuple[str, ...]:
    """As many months as asked for, up to the last."""
    return tuple(_month(_number(last) - back) for back in reversed(range(count)))


def before(month: str) -> str:
    return _month(_number(month) - 1)


def in_words(month: str) -> str:
    day = datetime.strptime(month, "%Y-%m")  # noqa: DTZ007 - a month has no zone
    return f"{MONTHS[day.month - 1]} {day.year}"


def _bars(table: Table, labels: dict[str, str]) -> Sequence[Bar]:
    """Each row with its share of the longest, in percent."""
    longest = max((row.n or 0 for row in table.rows), default=0) or 1
    return [
        Bar(labels.get(row.code, row.code), row.n, round(100 * (row.n or 0) / longest))
        for row in table.rows
    ]


def _role_names(desk: Desk) -> dict[str, str]:
    names = {code.code: code.sv for code in desk.form.by_name["role"].codes}
    return {**names, NO_ROLE: "Ingen roll (lämnade kön, tyst eller oseriös kontakt)"}


def _number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02}"
