"""Reads an internal report as somebody who also knows that nobody can be less than nought.

The equations are those of `tests.flows.subtraction`; of questions with several answers each lies
within the base, and together they make it up. A hidden count is told when one number is left.
"""

import random
from collections.abc import Iterator, Mapping, Sequence

from bot.invented import invent
from flows.channel_report import channels
from flows.columns import encoded
from flows.contact_form import Form
from flows.counting import months, statistical
from flows.internal_report import internal
from tests.campaigns.attackers import FEW, Found, Key, Puzzle
from tests.campaigns.solver import Solver
from tests.flows.contacts import counted_plainly
from tests.flows.subtraction import ENDINGS, NOBODY, Seen, Var, equations, shown, silent_in
from tests.flows.subtraction import MISSING as WITHOUT_ANSWER

Record = dict[str, str]


def span_of_calls(form: Form, seed: int) -> tuple[list[Record], str, str]:
    """Invent up to half a year in which few call, and none of them says whether it helped."""
    chance = random.Random(seed)
    period = months("2024-01", "2024-06")[: chance.choice((1, 1, 2, 3, 6))]
    kept, calls = chance.choice((1, 0.6, 0.3, 0.1)), chance.choice((1, 0.3, 0.1, 0.05))
    records = [
        _without_help(each)
        for each in invent(form, months=period, chance=chance, services=["one"])
        if chance.random() < (kept * calls if each["channel"] == "phone" else kept)
    ]
    return records, period[0], period[-1]


def _without_help(record: Record) -> Record:
    is_asked = record["channel"] == "phone" and "helped" in record
    return {**record, "helped": "not_asked"} if is_asked else record


def all_that_is_shown(form: Form, records: Sequence[Record], first: str, last: str) -> Seen:
    """Give every count of a report and of the channels beside it."""
    some = encoded(form, records)
    report = internal(form, some, first=first, last=last)
    seen = shown(report, channels(form, some, first=first, last=last))
    return {var: n for var, n in seen.items() if var[0] != "years"}


def told(form: Form, records: Sequence[Record], seen: Seen) -> list[Found]:
    """Give the hidden counts of one to four that can be only one number."""
    puzzle = Puzzle()
    sums = [each for each in equations(form, seen, silent_in(records)) if _is_of_counts(each)]
    every = dict.fromkeys([*seen, *(var for each in sums for var in each)])
    counts = counted_plainly(records, every)
    puzzle.counts = {_key(var): n for var, n in counts.items()} | {_EVERYBODY: len(records)}
    puzzle.rows = [(0, 0, {_key(var): float(n) for var, n in each.items()}) for each in sums]
    for var, n in counts.items():
        if (figure := seen.get(var)) is not None:
            puzzle.know(_key(var), figure, figure)
        elif 1 <= n < FEW and _is_watched(var):
            puzzle.secrets[_key(var)] = 2
    for base, answers in _several(form, counts):
        puzzle.cover(_key(base), [_key(each) for each in answers])
    return Solver(puzzle).found()


_EVERYBODY: Key = ("", "contacts", "")


def _is_of_counts(each: Mapping[Var, int]) -> bool:
    return all(var[0] != "years" for var in each)


def _is_watched(var: Var) -> bool:
    """Nothing protects those without a role or an answer: little is told of them."""
    return var[-1] != NOBODY and var[0] not in {*WITHOUT_ANSWER, *ENDINGS}


def _several(form: Form, counts: Mapping[Var, int]) -> Iterator[tuple[Var, list[Var]]]:
    names = {question.name for question in statistical(form) if question.has_several}
    for base in [var for var in counts if var[0] == "base" and var[1] in names]:
        yield base, [var for var in counts if var[0].startswith("=") and var[1:] == base[1:]]


def _key(var: Var) -> Key:
    kind, *rest = var
    question, group = [*rest, ""][:2]
    return kind, question, group
