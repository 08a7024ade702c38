"""How long talks took and people waited, as the contact records of a span have it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flows.columns import Columns
from flows.contact_form import Form
from flows.hiding import FEW
from flows.internal_report import find
from flows.relations import ALL
from flows.silent_channels import CHANNEL

OUTCOME = "outcome"
WAIT = "wait_minutes"
LEFT = "left_queue"


@dataclass(frozen=True, slots=True)
class Measured:
    """Means in minutes; None where too few are known, or where the number who left is hidden.

    `patience` is how long people wait before they give up: all the time that anybody waited, shared
    among those who left. (The mean wait of those alone would be too short, since the patient were
    answered before theirs ran out.)
    """

    talk: float | None = None
    wait: float | None = None
    patience: float | None = None


def measured(form: Form, columns: Columns, *, first: str, last: str) -> Measured:
    """Measure what came in from the first month to the last, which are those of `columns`."""
    talks, waits = _minutes(columns, "talk_minutes"), _minutes(columns, WAIT)
    left = _left(form, columns, first=first, last=last)
    patience = float(waits.sum()) / left if left else None
    return Measured(_mean(talks), _mean(waits), patience)


def _left(form: Form, columns: Columns, *, first: str, last: str) -> int | None:
    """Count those who left the queue, where an internal report shows that and who has a wait.

    From the mean and the patience of those who left, anybody could work out how many waits are
    known.
    """
    found = find(form, columns, first=first, last=last, only={CHANNEL, OUTCOME, WAIT})
    if found.seen[WAIT].get((ALL, "base")) is None:
        return None
    return found.seen[OUTCOME].get((ALL, "answer", LEFT))


def _mean(minutes: npt.NDArray[np.float64]) -> float | None:
    return float(minutes.mean()) if len(minutes) >= FEW else None


def _minutes(columns: Columns, name: str) -> npt.NDArray[np.float64]:
    """Give the minutes of all records in which they are known."""
    column = columns[name]
    minutes = np.array([float(cell) if cell.isdecimal() else np.nan for cell in column.cells])
    all_minutes: npt.NDArray[np.float64] = minutes[column.numbers]
    return all_minutes[~np.isnan(all_minutes)]
