"""Releases a year of contacts as the public sees it, and attacks everything that was released."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bot.releases import FEWEST
from flows.bands import row_of
from flows.columns import Columns, Mask
from flows.counting import counted, groups, per_month, statistical
from flows.periods import quarters
from flows.public_report import public
from flows.questions import Form
from flows.report import Group, Report
from tests.campaigns.attackers import (
    CROWD,
    FEW,
    Puzzle,
    Truth,
    describe,
    read_quarter,
    read_year,
)
from tests.campaigns.solver import Solver

YEAR = 2026


@dataclass(frozen=True, slots=True)
class Releases:
    """Everything that is ever printed about a year, and the truth behind it.

    Of quarters with too few contacts nothing is printed, and then nothing of the year.
    """

    quarters: tuple[Report, ...]
    year: Report | None
    truths: tuple[Truth, ...]
    used: Truth
    others: Truth


def released(form: Form, columns: Columns) -> Releases:
    every = {f"q{at}": each.months for at, each in enumerate(quarters(YEAR))}
    spans = {
        part: (months[0], months[-1])
        for part, months in every.items()
        if columns.between(months[0], months[-1]).n >= FEWEST
    }
    is_in = groups(form, columns)["used_violence"]
    return Releases(
        tuple(public(form, columns, first=first, last=last) for first, last in spans.values()),
        public(form, columns, first=f"{YEAR}-01", last=f"{YEAR}-12")
        if len(spans) == len(every)
        else None,
        tuple(
            truth_of(form, columns.between(first, last), part, first=first, last=last)
            for part, (first, last) in spans.items()
        ),
        truth_of(form, columns, "used", within=is_in),
        truth_of(form, columns, "others", within=~is_in),
    )


def truth_of(
    form: Form,
    columns: Columns,
    part: str,
    *,
    within: Mask | None = None,
    first: str = "",
    last: str = "",
) -> Truth:
    tables = {each.name: counted(form, columns, each.name, within) for each in statistical(form)}
    n = columns.n if within is None else int(within.sum())
    months = per_month(columns, first=first, last=last) if first else {}
    return Truth(part, n, tables, months, _years(form, columns, within))


def _years(form: Form, columns: Columns, within: Mask | None) -> dict[str, int]:
    """Add up the known ages in each band."""
    ages, years = columns["age"], Counter[str]()
    for cell, n in zip(ages.cells, ages.counts(within).tolist(), strict=True):
        if cell.isdecimal():
            years[row_of(form.by_name["age"], cell)] += n * int(cell)
    return years


def attacked(form: Form, releases: Releases) -> list[tuple[str, object]]:
    """Give every disclosure with its kind."""
    found: list[tuple[str, object]] = [("singling out", each) for each in too_few(releases)]
    found += [("homogeneity", each) for each in alike(releases)]
    return found + worked_out(form, releases)


def worked_out(form: Form, releases: Releases) -> list[tuple[str, object]]:
    """Give what follows from one quarter, or only from it and other releases."""
    found: list[tuple[str, object]] = []
    told = {each.key: each for each in Solver(everything(form, releases)).found()}
    alone = {key for at in range(len(releases.quarters)) for key in _subtracted(form, releases, at)}
    for key, each in told.items():
        found.append(("subtraction" if key in alone else "differencing", each))
    return found


def everything(form: Form, releases: Releases) -> Puzzle:
    """Put the quarters and their year into one puzzle."""
    puzzle = Puzzle()
    for truth, report in zip(releases.truths, releases.quarters, strict=True):
        describe(puzzle, form, truth)
        read_quarter(puzzle, form, truth.part, report)
    if releases.year:
        describe(puzzle, form, releases.used)
        describe(puzzle, form, releases.others)
        parts = [truth.part for truth in releases.truths]
        read_year(puzzle, form, releases.year, dict(zip(parts, releases.quarters, strict=True)))
    return puzzle


def _subtracted(form: Form, releases: Releases, at: int) -> set[tuple[str, str, str]]:
    """Find what one quarter tells by itself."""
    puzzle = Puzzle()
    describe(puzzle, form, releases.truths[at])
    read_quarter(puzzle, form, releases.truths[at].part, releases.quarters[at])
    return {each.key for each in Solver(puzzle).found()}


def too_few(releases: Releases) -> Iterator[str]:
    """Find answers that are printed though fewer gave them than the limit, or to the very one."""
    for truth, report in zip(releases.truths, releases.quarters, strict=True):
        for name, code, n in _printed(report.groups["all"]):
            if n % 5 or n < FEW or truth.tables[name].answers[code] < FEW:
                yield f"{truth.part} {name} {code}"
    year = releases.year.groups["used_violence"] if releases.year else None
    for name, code, n in _printed(year) if year else ():
        for truth in (releases.used, releases.others):
            if n % 5 or truth.tables[name].answers[code] < CROWD:
                yield f"{truth.part} {name} {code}"


def _printed(group: Group) -> Iterator[tuple[str, str, int]]:
    for name, table in group.questions.items():
        for code, cell in table.answers.items():
            if cell.n is not None:
                yield name, code, cell.n


def alike(releases: Releases) -> Iterator[str]:
    """Find tables that tell what (nearly) everybody in them answered."""
    seen = [
        (truth, report.groups["all"], FEW)
        for truth, report in zip(releases.truths, releases.quarters, strict=True)
    ]
    if releases.year:
        seen.append((releases.used, releases.year.groups["used_violence"], CROWD))
    for truth, group, few in seen:
        for name, code, _ in _printed(group):
            table = truth.tables[name]
            if name in {"violence", "children"} and table.base - table.answers[code] < few:
                yield f"{truth.part} {name} {code}"
