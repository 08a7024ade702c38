"""Whether it may be told how contacts went, to somebody who knows the role and channel of one.

Such a reader knows in which row of the review that contact is, and has the reports of the same
time, which tell how many were completed in each role and by each channel; it is taken for granted
that they tell all of it. Of every contact with a role it must stay possible that it was completed.

The completed contacts are thought of as a flow from rows to channels whose sums are known. One
more in a class is possible where one less elsewhere, and so on around, comes back to the same row:
a cycle in what is left of the network (L. R. Ford and D. R. Fulkerson, 1956).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from flows.relations import NO_ROLE

COMPLETED = "completed"
LEFT_QUEUE = "left_queue"

Class: TypeAlias = tuple[str, str]
"""A role and a channel."""

_Table: TypeAlias = npt.NDArray[np.int64]
"""A row of the review in each row, a channel in each column."""


def is_deniable(
    rows: Iterable[Collection[Class]],
    counts: Mapping[Class, int],
    completed: Mapping[Class, int],
) -> bool:
    """Tell whether every contact with a role may have been completed for all that is told.

    `rows` are the classes that each row of the review has; a class that is not in `completed` had
    none.
    """
    rows = [[each for each in row if each[0] != NO_ROLE] for row in rows]
    there, went = _table(rows, counts), _table(rows, completed)
    may_lose, may_gain = went > 0, went < there
    step = may_lose.T @ may_gain
    reached = np.eye(len(step), dtype=np.bool_)
    for _ in step:
        reached |= reached @ step
    may_have_one = (reached @ may_lose.T).T
    return bool(may_have_one[there > 0].all())


def singles_nobody_out(role: str | None, outcomes: Mapping[str, int]) -> bool:
    """Tell whether a row without a role is not all of those who were silent or misused the line."""
    return role != NO_ROLE or LEFT_QUEUE in outcomes


def _table(rows: Collection[Collection[Class]], counts: Mapping[Class, int]) -> _Table:
    channels = sorted({channel for row in rows for _, channel in row})
    table = np.zeros((len(rows), len(channels)), np.int64)
    for at, row in enumerate(rows):
        for each in row:
            table[at, channels.index(each[1])] += counts.get(each, 0)
    return table
