"""Releases a year of contacts as the public sees it, and attacks everything that was released."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

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
    """Everything that is ever printed about a year, and the truth behind it."""

    quarters: tuple[Report, ...]
    year: Report
    truths: tuple[Truth, ...]
    used: Truth
    others: Truth


def released(form: Form, columns: Columns) -> Releases:
    spans = [each.months for each in quarters(YEAR)]
    is_in = groups(form, columns)["used_violence"]
    return Releases(
        tuple(public(form, columns, first=each[0], last=each[-1]) for each in spans),
        public(form, columns, first=spans[0][0], last=spans[-1][-1]),
        tuple(
            truth_of(
                form, columns.between(each[0], each[-1]), f"q{at}", first=each[0], last=each[-1]
            )
            for at, each in enumerate(spans)
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
    return Truth(part, n, tables, per_month(columns, first=first, last=last) if first else {})


def attacked(form: Form, releases: Releases) -> list[tuple[str, object]]:
    """Give every disclosure with its kind."""
    found: list[tuple[str, object]] = [("singling out", each) for each in too_few(releases)]
    found += [("homogeneity", each) for each in alike(releases)]
    return found + worked_out(form, releases)


def worked_out(form: Form, releases: Releases) -> list[tuple[str, object]]:
    """Give what follows from one quarter, or only from it and other releases."""
    found: list[tuple[str, object]] = []
    told = {each.key: each for each in Solver(everything(form, releases)).found()}
    alone = {key for at in range(4) for key in _subtracted(form, releases, at)}
    for key, each in told.items():
        found.append(("subtraction" if key in alone else "differencing", each))
    return found


def everything(form: Form, releases: Releases) -> Puzzle:
    """Put the quarters and their year into one puzzle."""
    puzzle = Puzzle()
    for truth, report in zip(releases.truths, releases.quarters, strict=True):
        describe(puzzle, form, truth)
        read_quarter(puzzle, form, truth.part, report)
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
    for name, code, n in _printed(releases.year.groups["used_violence"]):
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
    seen.append((releases.used, releases.year.groups["used_violence"], CROWD))
    for truth, group, few in seen:
        for name, code, _ in _printed(group):
            table = truth.tables[name]
            if name in {"violence", "children"} and table.base - table.answers[code] < few:
                yield f"{truth.part} {name} {code}"


def shown_and_all(releases: Releases) -> dict[str, tuple[int, int]]:
    """Count by question the answers, known or not, that are in a shown cell, and all."""
    shown: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for truth, report in zip(releases.truths, releases.quarters, strict=True):
        for name, table in truth.tables.items():
            printed = report.groups["all"].questions[name]
            cells = {code: (n, printed.answers[code].n) for code, n in table.answers.items()}
            cells["unknown"] = (table.unknown, printed.unknown)
            cells["not_asked"] = (table.not_asked, printed.not_asked)
            every[name] += sum(n for n, _ in cells.values())
            shown[name] += sum(n for n, figure in cells.values() if figure is not None)
    return {name: (shown[name], every[name]) for name in every}
