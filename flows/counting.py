"""How many gave each answer, out of whom: the definitions that every report shares.

Only a question that was relevant counts (its cell is not empty). The base is those with a known
answer; unknown and not asked are counted beside it. A question with several answers counts each.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.bands import MISSING, NOT_ASKED, UNKNOWN, labels, row_of
from flows.columns import PERIOD, Column, Columns, Mask
from flows.contact_form import Form, Question, codes_in
from flows.rounding import half_up, to_decimals

USED_VIOLENCE = frozenset({"uses_violence"})
PRIMARY_GROUP = frozenset({"uses_violence", "risks_violence"})

TREATMENT = frozenset(
    {
        "municipal_violence_service",
        "shared_or_regional_service",
        "social_services",
        "crisis_centre_men",
        "psychiatry",
        "preventell",
    }
)
"""Where a referral is one to treatment."""

_BASE = "base"


@dataclass(frozen=True, slots=True)
class ShareRule:
    """Those whose answer to `question` is in `among` (None: anything) and has none of `without`."""

    question: str
    among: frozenset[str] | None = None
    without: frozenset[str] = frozenset()

    def holds(self, given: Container[str]) -> bool:
        """Tell whether a known answer, which may be several codes, counts."""
        is_among = self.among is None or any(code in given for code in self.among)
        return is_among and not any(code in given for code in self.without)


SHARES: Mapping[str, ShareRule] = {
    "referred_to_treatment": ShareRule("referred_to", TREATMENT),
    "referred_anywhere": ShareRule("referred_to", without=frozenset({"none"})),
    "has_children": ShareRule(
        "children", frozenset({"living_with", "not_living_with", "expecting"})
    ),
    "never_sought_help": ShareRule("sought_help", frozenset({"no"})),
}
"""By their names in a report; each is out of the base of its question."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One question among some records: `answers` by code, `shares` by their names in SHARES."""

    base: int
    unknown: int
    not_asked: int
    answers: Mapping[str, int]
    shares: Mapping[str, int]

    @property
    def relevant(self) -> int:
        return self.base + self.unknown + self.not_asked


@dataclass(frozen=True, slots=True)
class Ages:
    """The sum of all known ages, in years, and how many are known."""

    years: int
    n: int

    @property
    def mean(self) -> float:
        """In years, rounded half up to one decimal; there must be somebody."""
        return to_decimals(self.years, self.n, 1)


def statistical(form: Form) -> tuple[Question, ...]:
    """Give the questions that have tables, in the order of the form."""
    return tuple(question for question in form.questions if question.statistics)


def members(form: Form) -> dict[str, frozenset[str]]:
    """Name the groups of a report, each with its roles: all, the two of DOMAIN, every role."""
    roles = tuple(code.code for code in form.by_name["role"].codes)
    return {
        "all": frozenset({"", *roles}),
        "used_violence": USED_VIOLENCE,
        "primary_group": PRIMARY_GROUP,
        **{role: frozenset({role}) for role in roles},
    }


def groups(form: Form, columns: Columns) -> dict[str, Mask]:
    """Mark the records of each group of `members`, in the same order."""
    role = columns["role"]
    return {
        name: _chosen(role.cells, roles)[role.numbers].astype(np.bool_)
        for name, roles in members(form).items()
    }


def counted(form: Form, columns: Columns, question: str, within: Mask | None = None) -> Counted:
    """Count the answers to one question, of all or of the records within the mask."""
    column, asked = columns[question], form.by_name[question]
    return _counted(asked, column.counts(within) @ _marks(asked, column.cells))


def counted_by(
    form: Form, columns: Columns, question: str, *, by: str, rows: Mapping[str, Container[str]]
) -> dict[str, Counted]:
    """Count one question within each of `rows`, which hold cells of the question `by`."""
    column, asked = columns[question], form.by_name[question]
    table = _membership(columns[by], rows) @ columns[by].crossed(column)
    counts = table @ _marks(asked, column.cells)
    return {name: _counted(asked, each) for name, each in zip(rows, counts, strict=True)}


def asked_by(
    columns: Columns, question: str, *, by: str, rows: Mapping[str, Container[str]]
) -> dict[str, int]:
    """Count the records within each of `rows` for which one question was relevant."""
    column = columns[question]
    is_relevant = np.array([bool(cell) for cell in column.cells])
    counts = _membership(columns[by], rows) @ columns[by].crossed(column) @ is_relevant
    return dict(zip(rows, counts.tolist(), strict=True))


def sizes_by(columns: Columns, *, by: str, rows: Mapping[str, Container[str]]) -> dict[str, int]:
    """Count the records within each of `rows`, which hold cells of the question `by`."""
    counts = _membership(columns[by], rows) @ columns[by].counts()
    return dict(zip(rows, counts.tolist(), strict=True))


def ages_by(columns: Columns, *, by: str, rows: Mapping[str, Container[str]]) -> dict[str, Ages]:
    """Add up the known ages within each of `rows`, which hold cells of the question `by`."""
    ages = columns["age"]
    known = np.array([[int(cell), 1] if cell.isdecimal() else [0, 0] for cell in ages.cells])
    sums = _membership(columns[by], rows) @ columns[by].crossed(ages) @ known
    return {name: Ages(*each) for name, each in zip(rows, sums.tolist(), strict=True)}


def per_month(columns: Columns, *, first: str, last: str) -> dict[str, int]:
    """Count the contacts of every month from `first` to `last`, also of those without any."""
    rows = {month: frozenset({month}) for month in months(first, last)}
    return sizes_by(columns, by=PERIOD, rows=rows)


def months(first: str, last: str) -> tuple[str, ...]:
    """Name every month from `first` to `last`, both included, each as 2026-11."""
    start, end = (12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last))
    return tuple(f"{at // 12:04}-{at % 12 + 1:02}" for at in range(start, end + 1))


def percent(n: int, base: int) -> int:
    """Give whole percent, rounded half up as in the published reports; the base is not 0."""
    return half_up(100 * n, base)


def _counted(question: Question, counts: NDArray[np.int64]) -> Counted:
    by_row = dict(zip(_rows(question), counts.tolist(), strict=True))
    return Counted(
        base=by_row[_BASE],
        unknown=by_row[UNKNOWN],
        not_asked=by_row[NOT_ASKED],
        answers={code: by_row[_answer(code)] for code in labels(question)},
        shares={name: by_row[name] for name in _shares_of(question)},
    )


def _rows(question: Question) -> tuple[str, ...]:
    answers = (_answer(code) for code in labels(question))
    return (*answers, _BASE, *MISSING, *_shares_of(question))


def _answer(code: str) -> str:
    # A code may be spelled like the name of another row.
    return f"={code}"


def _shares_of(question: Question) -> tuple[str, ...]:
    return tuple(name for name, rule in SHARES.items() if rule.question == question.name)


def _marks(question: Question, cells: Iterable[str]) -> NDArray[np.int64]:
    """Mark for each different cell (rows) what it counts as (columns, in the order of `_rows`)."""
    places = {row: place for place, row in enumerate(_rows(question))}
    cells, shares = tuple(cells), _shares_of(question)
    marks = np.zeros((len(cells), len(places)), np.int64)
    for at, cell in enumerate(cells):
        rows = _counts_as(question, cell, shares)
        marks[at, [places[row] for row in rows if row in places]] = 1
    return marks


def _counts_as(question: Question, cell: str, shares: Iterable[str]) -> tuple[str, ...]:
    if not cell or cell in MISSING:
        return (cell,)
    given = codes_in(cell)
    answers = (_answer(row_of(question, code)) for code in given)
    return (*answers, _BASE, *(name for name in shares if SHARES[name].holds(given)))


def _membership(column: Column, rows: Mapping[str, Container[str]]) -> NDArray[np.int64]:
    return np.array([_chosen(column.cells, cells) for cells in rows.values()])


def _chosen(cells: Iterable[str], among: Container[str]) -> NDArray[np.int64]:
    return np.array([cell in among for cell in cells], np.int64)
