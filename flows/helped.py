"""Whether the talk helped, told of those who answered.

In the form not to answer is a known answer like the others, so the base of the table holds it.
"""

from dataclasses import dataclass

from flows.counting import percent
from flows.public_rules import BASE_OF_PERCENT
from flows.report import Level, QuestionTable, Share

HELPED = "helped"
BETTER = "better"
NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Helped:
    """How many of those who answered felt better, and how many did not answer."""

    better: Share
    silent: int


def helped(table: QuestionTable, level: Level) -> Helped | None:
    """Work it out from what is shown; None where too much is hidden, or nobody answered."""
    better, silent = (
        table.answers[code].n if code in table.answers else None for code in (BETTER, NO_ANSWER)
    )
    if table.base is None or better is None or silent is None:
        return None
    answered = table.base - silent
    if not answered or answered < better:  # of rounded numbers
        return None
    has_percent = level == "internal" or answered >= BASE_OF_PERCENT
    return Helped(
        Share(better, answered, percent(better, answered) if has_percent else None), silent
    )


def is_silent(table: QuestionTable) -> bool:
    """Tell whether nobody answered, of exact numbers."""
    silent = table.answers.get(NO_ANSWER)
    return silent is not None and silent.n is not None and silent.n == table.base
