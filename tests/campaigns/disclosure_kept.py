"""How much of what was counted can still be read in the tables of the quarters of a year."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flows.bands import MISSING, row_of
from flows.columns import Columns
from flows.contact_form import codes_in
from flows.counting import Counted, counted, statistical
from flows.periods import quarters
from flows.questions import Form, Question
from flows.report import QuestionTable
from tests.campaigns.attackers import FEW
from tests.campaigns.disclosure import YEAR, Releases

_NOTHING = QuestionTable(None, None, None, {})
"""The table of a quarter that is not released."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one question in four quarters, or of several questions together.

    `answers` are all cells added together: each answer that somebody gave, and each unknown and
    not asked; somebody who gave two answers is in two cells. `answers_shown` are those in cells
    that are printed.

    `records` are the records that the question was relevant for. `records_seen` are those that
    have at least one answer, or unknown or not asked, in a cell that is printed. `records_counted`
    are those that stand in a base that is printed, or without an answer in a cell beside it: they
    are counted in the table, whether the cell of their answer is printed or not.
    """

    answers: int = 0
    answers_shown: int = 0
    records: int = 0
    records_seen: int = 0
    records_counted: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(
            self.answers + other.answers,
            self.answers_shown + other.answers_shown,
            self.records + other.records,
            self.records_seen + other.records_seen,
            self.records_counted + other.records_counted,
        )


def kept_of(form: Form, columns: Columns, releases: Releases) -> dict[str, Kept]:
    """Give what is kept by question; `columns` are the year's.

    Of a quarter with too few contacts nothing is printed, and all of it is lost.
    """
    kept = {question.name: Kept() for question in statistical(form)}
    reports = {report.first: report for report in releases.quarters}
    for each in quarters(YEAR):
        first, *_, last = each.months
        part, report = columns.between(first, last), reports.get(first)
        for question in statistical(form):
            table = report.groups["all"].questions[question.name] if report else _NOTHING
            truth = counted(form, part, question.name)
            kept[question.name] += _kept(question, part, truth, table)
    return kept


def _kept(question: Question, columns: Columns, truth: Counted, table: QuestionTable) -> Kept:
    printed = _printed(table)
    without = {"unknown": truth.unknown, "not_asked": truth.not_asked}
    found = Counter[str]()
    for rows, n in _given(question, columns):
        base = table.base is not None and (rows[0] not in MISSING or without[rows[0]] < FEW)
        seen = [row for row in rows if row in printed]
        found["answers"] += n * len(rows)
        found["answers_shown"] += n * len(seen)
        found["records"] += n
        found["records_seen"] += n * bool(seen)
        found["records_counted"] += n * (base or (rows[0] in MISSING and bool(seen)))
    return Kept(**found)


def _printed(table: QuestionTable) -> set[str]:
    cells = {code: cell.n for code, cell in table.answers.items()}
    cells |= {"unknown": table.unknown, "not_asked": table.not_asked}
    return {row for row, n in cells.items() if n is not None}


def _given(question: Question, columns: Columns) -> Iterator[tuple[list[str], int]]:
    """Give the rows that records stand in together, and how many records do."""
    column = columns[question.name]
    for cell, n in zip(column.cells, column.counts().tolist(), strict=True):
        if cell in MISSING:
            yield [cell], n
        elif cell:
            yield [row_of(question, code) for code in codes_in(cell)], n
