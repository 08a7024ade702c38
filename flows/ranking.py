"""Which answers are named as the most frequent ones, as far as what is shown can tell (pure)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flows.bands import MISSING
from flows.columns import Columns
from flows.counting import USED_VIOLENCE, counted_by, statistical
from flows.hiding import FEW
from flows.questions import Form
from flows.report import Cell, QuestionTable, Report

Few: TypeAlias = Collection[tuple[str, str]]
"""Answers to questions with several, by question and code, that under five gave."""

MOST_NAMED = 3
"""How many answers to a question are named, the most frequent first, unless the last is a tie."""

MOST_TIED = 6
"""How many are named at most to name all of a tie; of a larger one none is, or all if it leads."""

_NO_NAME = frozenset({"none", "other", "no_answer", *MISSING})
"""Answers that are never among the most frequent ones that are named."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader knows of answers that are hidden: none is more frequent than this.

    `rest` is what the answers that are shown leave of the base, where each gave one. `of_code`
    is by code what is left of an answer in the whole report; a code that is not there may be as
    frequent as `base`.
    """

    base: int
    rest: int | None
    of_code: Mapping[str, int]

    def most(self, hidden: Collection[str]) -> int:
        """Give how frequent the most frequent of these can be."""
        rest = self.base if self.rest is None else self.rest
        return max((min(rest, self.of_code.get(code, self.base)) for code in hidden), default=0)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The named answers, the most frequent first: of all when sure, else of those shown."""

    cells: Mapping[str, Cell]
    is_sure: bool


def ranked(cells: Mapping[str, Cell], limits: Limits, *, off: int = 0, fewest: int = 1) -> Ranked:
    """Name those that are surely the most frequent, or else, of too few, the largest shown.

    The counts may be `off` by so much.
    """
    named = {code: cell for code, cell in cells.items() if code not in _NO_NAME}
    shown = _leading({code: cell for code, cell in named.items() if cell.n})
    most = limits.most([code for code, cell in named.items() if cell.n is None])
    sure = {code: cell for code, cell in shown.items() if (cell.n or 0) - off > most}
    return Ranked(sure, is_sure=True) if len(sure) >= fewest else Ranked(shown, is_sure=False)


def _leading(given: Mapping[str, Cell]) -> dict[str, Cell]:
    """Take the most frequent answers, and either all or none of those that are equally so."""
    order = sorted(given.items(), key=lambda each: -(each[1].n or 0))
    least = order[:MOST_NAMED][-1][1].n or 0 if order else 0
    more = [each for each in order if (each[1].n or 0) > least]
    whole = [each for each in order if (each[1].n or 0) >= least]
    return dict(more if more and len(whole) > MOST_TIED else whole)


def limits(
    report: Report,
    form: Form,
    question: str,
    table: QuestionTable,
    *,
    few: Collection[str] = (),
    off: int = 0,
) -> Limits:
    """Find how frequent a hidden answer of a table can be, from all else that the report shows.

    The table is of all, or of those who used violence; `few` are answers known to be that.
    """
    everybody = report.groups["all"].questions.get(question, table)
    roles = form.by_name["role"].known.keys() - USED_VIOLENCE
    others = [
        group.questions[question]
        for role, group in report.groups.items()
        if role in roles and question in group.questions
    ]
    return Limits(
        (table.base or 0) + off,
        None if form.by_name[question].has_several else _left_of_base(table, off),
        dict.fromkeys(few, FEW - 1)
        | ({} if table is everybody else _left_of_all(everybody, others, off)),
    )


def _left_of_base(table: QuestionTable, off: int) -> int:
    """Give how many at most gave the answers that are hidden, where each gave one."""
    shown = [cell.n for cell in table.answers.values() if cell.n is not None]
    return (table.base or 0) + off - sum(n - off for n in shown)


def _left_of_all(
    everybody: QuestionTable, others: Collection[QuestionTable], off: int
) -> dict[str, int]:
    """Give by code how many at most gave an answer whom these others do not hold."""
    return {
        code: cell.n + off - sum((_n(each, code) or off) - off for each in others)
        for code, cell in everybody.answers.items()
        if cell.n is not None
    }


def _n(table: QuestionTable, code: str) -> int | None:
    return table.answers[code].n if code in table.answers else None


def few_of_used(form: Form, columns: Columns) -> Few:
    """Find which answers are few among those who used violence.

    To say that such an answer is not among the most frequent tells nothing new of it: several
    answers add up to nothing that is printed.
    """
    asked = [question for question in statistical(form) if question.has_several]
    found = {
        each.name: counted_by(form, columns, each.name, by="role", rows={"": USED_VIOLENCE})[""]
        for each in asked
    }
    return frozenset(
        (name, code) for name, each in found.items() for code, n in each.answers.items() if n < FEW
    )
