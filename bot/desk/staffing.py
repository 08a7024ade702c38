"""The coordinator's page on staffing: how long people wait, and what if we open at other hours?

What is worked out here stands on counts as they may be shown, and on nothing finer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from bot.desk.staffing_question import (
    HALF_HOURS,
    WEEKDAYS,
    Question,
    QuestionError,
    asked,
    clock,
    prefilled,
    question,
    written_time,
)
from flows.demand import Rate, mean_over, mean_rate, rates, released, times
from flows.hiding import FEW
from flows.periods import Quarter, quarters
from flows.staffing import Wait, impatient, patient
from flows.stockholm import date_of
from flows.swedish import listed, number
from flows.waiting_times import Measured, measured
from flows.week import DAYS, HOURS, WEEK

NO_SUCH_YEAR = "Välj ett av åren i listan."

ALWAYS_SHOWN = range(1, 7)
"""Numbers of counsellors that are answered for whatever was asked."""

OPEN = 1 / 3
"""An hour of the week is called open when it was open this much of the time: half an hour too."""

LEAST_MINUTES = 0.05
LEAST_SHARE = 0.005
"""Less than these would be rounded to nought, which is not so."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What was measured in a year's closed quarters since counting began.

    `counted` are those quarters; `is_first`: counting began in one of them, perhaps halfway.
    `is_open` are the hours of the week that were open.
    """

    year: int
    known: Measured
    counted: Sequence[Quarter] = ()
    is_first: bool = False
    arrived: Mapping[int, Rate] = field(default_factory=dict)
    knocked: Mapping[int, Rate] = field(default_factory=dict)
    is_open: frozenset[int] = frozenset()
    mean: float | None = None

    @property
    def when(self) -> str:
        """Write the quarters as "2026" where they are all, else "2026 (kvartal 3 och 4)"."""
        if len(self.counted) == len(quarters(self.year)):
            return f"{self.year}"
        return f"{self.year} (kvartal {listed([f'{each.number}' for each in self.counted])})"


@dataclass(frozen=True, slots=True)
class Expected:
    """How many come in an hour of what was asked; None where there is no such hour in it."""

    per_hour: float
    knocked: float | None
    arrived: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One number of counsellors, and what becomes of those who come."""

    counsellors: int
    is_asked: bool
    waiting: str
    minutes: str
    leaving: str
    unending: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The mean wait in one hour of the week; nothing where it cannot be said."""

    minutes: str
    is_pooled: bool = False
    is_overload: bool = False


async def show_staffing(desk: Desk, visit: Visit) -> Response:
    given = visit.request.query_params
    counted = await _counted(desk)
    years = _years(desk, counted)
    year = {f"{each}": each for each in years}.get(given.get("year", f"{years[0]}"))
    basis = await _basis(desk, year or years[0], counted)
    written = asked(given, prefilled(basis.known, desk.board.shop.line.capacity, basis.mean))
    try:
        if year is None:
            raise QuestionError(NO_SUCH_YEAR)  # noqa: TRY301 - said where the others are
        about, problem = question(written), ""
    except QuestionError as error:
        about, problem = None, str(error)
    return await desk.page(
        "staffing.html",
        422 if problem else 200,
        person=visit.person,
        problem=problem,
        written=written,
        basis=basis,
        years=years,
        weekdays=WEEKDAYS,
        times=[(written_time(minutes), clock(minutes)) for minutes in HALF_HOURS],
        few=FEW,
        number=number,
        **(_answer(about, basis) if about else {"about": None}),
    )


async def _counted(desk: Desk) -> list[Quarter]:
    """Give the closed quarters since counting began, the earliest first.

    The quarters before the first that has counts tell of nobody, and must not be taken for quarters
    in which nobody came; an empty quarter after it is just that.
    """
    now, counts = desk.clock(), await desk.counts.hours("0000-Q1", "9999-Q4")
    if not counts:
        return []
    name = min(name for name, *_ in counts)
    first = Quarter(int(name[:4]), int(name[-1]))
    years = range(first.year, date_of(now).year + 1)
    found = (each for year in years for each in quarters(year))
    return [each for each in found if each >= first and each.is_closed(now)]


def _years(desk: Desk, counted: Sequence[Quarter]) -> Sequence[int]:
    """Give the years with such a quarter, first the one to show unasked.

    That is the last whole one; a year that has hardly begun tells too little.
    """
    n_quarters = Counter(each.year for each in counted)
    found = sorted(n_quarters, reverse=True)
    this_year = date_of(desk.clock()).year
    return sorted(found, key=lambda year: n_quarters[year] < len(quarters(year))) or [this_year]


async def _basis(desk: Desk, year: int, counted: Sequence[Quarter]) -> Basis:
    within = [each for each in counted if each.year == year]
    known = await _measured(desk, year)
    if not within:
        return Basis(year, known)
    counts = await desk.counts.hours(within[0].name, within[-1].name)
    time = times(desk.board.shop.line, [day for each in within for day in each.days])
    opened, shut = time["arrived"], time["knocked"]
    arrived = released(counts, "arrived", opened)
    return Basis(
        year=year,
        known=known,
        counted=within,
        is_first=counted[0] in within,
        arrived=rates(arrived, opened),
        knocked=rates(released(counts, "knocked", shut), shut),
        is_open=frozenset(hour for hour in WEEK if opened[hour] >= OPEN * (opened + shut)[hour]),
        mean=mean_rate(arrived, opened),
    )


async def _measured(desk: Desk, year: int) -> Measured:
    """Measure waits and talks, once every form of the closed quarters has become a record."""
    closed = [each for each in quarters(year) if each.is_closed(desk.clock())]
    if not closed:
        return Measured()
    first, last = closed[0].months[0], closed[-1].months[-1]
    if await desk.records.waiting_count(first=first, last=last):
        return Measured()
    columns = await desk.records.columns(first=first, last=last)
    return measured(desk.form, columns, first=first, last=last)


def _answer(about: Question, basis: Basis) -> dict[str, object]:
    expected = _expected(about, basis)
    rows = [_row(about, expected.per_hour, n) for n in sorted({*ALWAYS_SHOWN, about.counsellors})]
    return {
        "about": about,
        "expected": expected,
        "sentence": _sentence(about, expected.per_hour),
        "rows": rows,
        "cells": _cells(about, basis),
        "open_days": sorted({hour // HOURS for hour in basis.arrived}),
        "open_hours": sorted({hour % HOURS for hour in basis.arrived}),
        "hour_text": lambda hour: f"{hour:02}–{hour + 1:02}",
    }


def _expected(about: Question, basis: Basis) -> Expected:
    """Those who knocked, and as many more as are assumed; in hours that were open, who came."""
    shares = about.shares
    opened = {hour: share for hour, share in shares.items() if hour in basis.is_open}
    shut = {hour: share for hour, share in shares.items() if hour not in basis.is_open}
    arrived = mean_over(opened, basis.arrived) if opened else None
    knocked = mean_over(shut, basis.knocked) if shut else None
    come = (arrived or 0.0) * sum(opened.values())
    would_come = ((knocked or 0.0) + about.more) * sum(shut.values())
    return Expected((come + would_come) / sum(shares.values()), knocked, arrived)


def _sentence(about: Question, arrivals: float) -> str:
    if not arrivals:
        return f"Ingen väntas höra av sig {about.when}, så ingen behöver vänta."
    load = about.load(arrivals)
    wait = impatient(load, about.patience)
    grows = ", och om ingen gav upp skulle kön växa utan gräns" if load.is_overload else ""
    return (
        f"Med {about.counsellors} rådgivare {about.when} ({load.slots} samtal åt gången) och "
        f"{number(round(arrivals, 1))} som hör av sig i timmen får {percent(wait.share_waiting)} "
        f"vänta, väntan blir i medeltal {in_minutes(wait.mean_minutes)} minuter och "
        f"{percent(wait.share_leaving)} ger upp innan någon svarar{grows}."
    )


def _row(about: Question, arrivals: float, counsellors: int) -> Row:
    nobody = Wait(0.0, 0.0)
    load = about.load(arrivals, counsellors=counsellors)
    wait = impatient(load, about.patience) if arrivals else nobody
    return Row(
        counsellors,
        counsellors == about.counsellors,
        percent(wait.share_waiting),
        in_minutes(wait.mean_minutes),
        percent(wait.share_leaving),
        in_minutes((patient(load) if arrivals else nobody).mean_minutes),
    )


def _cells(about: Question, basis: Basis) -> list[list[Cell]]:
    """Give the mean wait of every hour of the week: a row of 24 hours for each day."""
    return [
        [_cell(about, basis.arrived.get(day * HOURS + hour)) for hour in range(HOURS)]
        for day in range(DAYS)
    ]


def _cell(about: Question, rate: Rate | None) -> Cell:
    if rate is None:
        return Cell("")
    if not rate.per_hour:
        return Cell("0", rate.is_pooled)
    load = about.load(rate.per_hour)
    wait = impatient(load, about.patience)
    return Cell(in_minutes(wait.mean_minutes), rate.is_pooled, load.is_overload)


def in_minutes(minutes: float) -> str:
    """Write minutes as a Swedish decimal: "8,5"."""
    if minutes == inf:
        return "växer utan gräns"
    return "under 0,1" if 0 < minutes < LEAST_MINUTES else number(round(minutes, 1))


def percent(share: float) -> str:
    """Write a share of one: none and all are said of nobody and everybody only."""
    if 0 < share < LEAST_SHARE:
        return "under 1 %"
    return "över 99 %" if 1 - LEAST_SHARE <= share < 1 else f"{int(share * 100 + 1 / 2)} %"
