"""The coordinator's page: contacts by month and by role, one closed quarter at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from flows.periods import Quarter, open_month, quarters
from flows.statistics import FEW, NO_ROLE, Table, by_role, per_month, released

FIRST_YEAR = 2019
"""The line was opened in February 2019."""

NO_SUCH_YEAR = f"Välj ett år från {FIRST_YEAR} till i år."

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

ORDINALS = ("Första", "Andra", "Tredje", "Fjärde")


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a table: a label, a count or None where it is hidden, and how long its bar is."""

    label: str
    n: int | None
    share: int


@dataclass(frozen=True, slots=True)
class Part:
    """One quarter of the page. Without `base` and rows where it cannot be shown yet."""

    heading: str
    is_settled: bool
    base: int | None = None
    by_month: Sequence[Bar] = ()
    by_role: Sequence[Bar] = ()
    looked_up: Sequence[Bar] = ()
    """How often help was looked up, by county; empty when it never was."""
    look_ups: int | None = None


async def show_reports(desk: Desk, visit: Visit) -> Response:
    now = desk.clock()
    asked = visit.request.query_params.get("year", "")
    years = range(FIRST_YEAR, now.year + 1)
    known = {str(year): year for year in years}
    problem = NO_SUCH_YEAR if asked and asked not in known else ""
    year = known.get(asked, await _latest(desk, now))
    closed = [quarter for quarter in quarters(year) if quarter.is_closed(now)]
    return await desk.page(
        "reports.html",
        422 if problem else 200,
        person=visit.person,
        problem=problem,
        year=year,
        years=years,
        parts=[await _part(desk, quarter) for quarter in closed],
        waiting=await desk.records.waiting_count(),
        few=FEW,
    )


async def _latest(desk: Desk, now: datetime) -> int:
    """The year that is shown unasked: the last one with a closed quarter that has records."""
    month = await desk.records.last_month(before=open_month(now))
    return int(month[:4]) if month else now.year


async def _part(desk: Desk, quarter: Quarter) -> Part:
    """Count one quarter, once every form of it has become a record."""
    heading = f"{ORDINALS[quarter.number - 1]} kvartalet {quarter.year}"
    first, *_, last = quarter.months
    if await desk.records.waiting_count(first=first, last=last):
        return Part(heading, is_settled=False)
    records = await desk.records.records(first=first, last=last)
    by_month = per_month(records, months=quarter.months)
    roles = by_role(records, roles=[code.code for code in desk.form.by_name["role"].codes])
    names = {month: in_words(month) for month in quarter.months}
    look_ups = await _look_ups(desk, first, last)
    return Part(
        heading,
        is_settled=True,
        base=by_month.base,
        by_month=_bars(by_month, names),
        by_role=_bars(roles, _role_names(desk)),
        looked_up=_bars(look_ups, _county_names(desk)) if look_ups.base else (),
        look_ups=look_ups.base,
    )


async def _look_ups(desk: Desk, first: str, last: str) -> Table:
    """How often help was looked up in each county, under the same rules as contacts."""
    counts: Counter[str] = Counter()
    for (_, county), n in (await desk.catalogue.store.lookups(first, last)).items():
        counts[county] += n
    return released(counts, sorted(desk.catalogue.directory.counties))


def in_words(month: str) -> str:
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def _bars(table: Table, labels: dict[str, str]) -> Sequence[Bar]:
    """Each row with its share of the longest, in percent."""
    longest = max((row.n or 0 for row in table.rows), default=0) or 1
    return [
        Bar(labels.get(row.code, row.code), row.n, round(100 * (row.n or 0) / longest))
        for row in table.rows
    ]


def _county_names(desk: Desk) -> dict[str, str]:
    return {code: county.name for code, county in desk.catalogue.directory.counties.items()}


def _role_names(desk: Desk) -> dict[str, str]:
    names = {code.code: code.sv for code in desk.form.by_name["role"].codes}
    return {**names, NO_ROLE: "Ingen roll (lämnade kön, tyst eller oseriös kontakt)"}
