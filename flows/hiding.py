"""What must be hidden in counts that add up, so that nobody can work a small number out.

A count under five is hidden, and nought looks like hidden. Then more is hidden, the smallest
first, until no sum and no sums taken together tell what a hidden count is, not even to somebody
who knows this rule. Counts that are hidden and together nought may be worked out: nobody is there
to protect.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

FEW = 5
"""A count under this is hidden."""

_ROUGHLY_NOUGHT = 1e-9

Key = TypeVar("Key", bound=Hashable)
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sum(Generic[Key]):
    """One count is the others added together, and the reader knows it."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def members(self) -> tuple[Key, ...]:
        return (self.total, *self.parts)


def concealed(
    counts: Mapping[Key, int], sums: Sequence[Sum[Key]], *, few: int = FEW
) -> frozenset[Key]:
    """Choose which counts to hide; sums may overlap, as the rows and columns of a table do.

    The same counts and sums give the same choice. Within a sum those of equal size go together:
    which of them was left would tell what size it is.
    """
    hidden = {key for key, n in counts.items() if n < few}
    while more := _by_one_sum(counts, sums, hidden, few) or _by_several(counts, sums, hidden, few):
        hidden |= more
    return frozenset(hidden)


def _by_one_sum(
    counts: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key], few: int
) -> set[Key]:
    """Give who must join the hidden so that each sum taken by itself is safe."""
    more: set[Key] = set()
    for each in sums:
        if not _is_safe(each, counts, hidden, few):
            more |= _smallest(each.parts, counts, hidden) or _smallest([each.total], counts, hidden)
    return more


def _is_safe(one: Sum[Key], counts: Mapping[Key, int], hidden: set[Key], few: int) -> bool:
    parts = [counts[part] for part in one.parts if part in hidden]
    if one.total in hidden:
        return bool(parts) or counts[one.total] == 0
    everybody = len(parts) == len(one.parts)
    return _tell_nothing(parts, few, everybody=everybody)


def _tell_nothing(hidden: Sequence[int], few: int, *, everybody: bool) -> bool:
    """Tell whether the sum of the hidden, which anybody can work out, leaves each of them open."""
    together = sum(hidden)
    if together == 0:
        return True
    # Unless all are hidden, many just under the limit can be nothing else.
    is_forced = min(hidden) == max(hidden) == few - 1 and not everybody
    return len(hidden) > 1 and together >= few and not is_forced


def _by_several(
    counts: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key], few: int
) -> set[Key]:
    """Give who must join the hidden so that no sums added and subtracted tell a small number."""
    keys = [key for key in counts if key in hidden]
    known = _reduced(_of_hidden(sums, keys))
    sizes = known @ np.array([counts[key] for key in keys], dtype=np.float64)
    for row, size in zip(known, sizes, strict=True):
        there = np.flatnonzero(row)
        is_told = (row >= 0).all() and size > _ROUGHLY_NOUGHT
        if is_told and (len(there) == 1 or size < few - _ROUGHLY_NOUGHT):
            return _neighbour(counts, sums, hidden, {keys[at] for at in there})
    return set()


def _of_hidden(sums: Sequence[Sum[Key]], keys: Sequence[Key]) -> Matrix:
    """Write the sums as equations between the hidden: one row a sum, one column a key."""
    column = {key: at for at, key in enumerate(keys)}
    matrix = np.zeros((len(sums), len(keys)))
    for row, each in enumerate(sums):
        for part in each.parts:
            if part in column:
                matrix[row, column[part]] += 1
        if each.total in column:
            matrix[row, column[each.total]] -= 1
    return matrix


def _reduced(matrix: Matrix) -> Matrix:
    """Solve by elimination; what the equations settle alone stands alone in its row."""
    at = 0
    for column in range(matrix.shape[1]):
        if at == len(matrix):
            break
        pivot = at + int(np.abs(matrix[at:, column]).argmax())
        if abs(matrix[pivot, column]) < _ROUGHLY_NOUGHT:
            continue
        matrix[[at, pivot]] = matrix[[pivot, at]]
        matrix[at] /= matrix[at, column]
        others = np.arange(len(matrix)) != at
        matrix[others] -= np.outer(matrix[others, column], matrix[at])
        at += 1
    matrix[np.abs(matrix) < _ROUGHLY_NOUGHT] = 0
    return matrix[:at]


def _neighbour(
    counts: Mapping[Key, int], sums: Sequence[Sum[Key]], hidden: set[Key], told: set[Key]
) -> set[Key]:
    """Give the smallest that is shown in a sum with any of `told`, or else in any sum."""
    near = [key for each in sums if told & set(each.members) for key in each.members]
    anywhere = [key for each in sums for key in each.members]
    return _smallest(near, counts, hidden) or _smallest(anywhere, counts, hidden)


def _smallest(keys: Iterable[Key], counts: Mapping[Key, int], hidden: set[Key]) -> set[Key]:
    """Give the smallest that is not hidden yet, and all of its size."""
    shown = [key for key in keys if key not in hidden]
    least = min((counts[key] for key in shown), default=0)
    return {key for key in shown if counts[key] == least}
