"""What must be hidden in counts that add up, so that nobody can work a small number out.

A count under five is hidden, and nought looks like hidden. Then more is hidden, the smallest
first, until no sum and no sums taken together tell what a hidden count is, not even to somebody
who knows this rule. Counts that are hidden and together nought may be worked out: nobody is there
to protect.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
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
    counts: Mapping[Key, int],
    sums: Sequence[Sum[Key]],
    *,
    few: int = FEW,
    worth: Callable[[Key], int] = lambda _: 0,
) -> frozenset[Key]:
    """Choose which counts to hide; sums may overlap, as the rows and columns of a table do.

    What is worth less is hidden first, then what is smaller. The same counts and sums give the
    same choice. Within a sum those of equal size go together: which of them was left would tell
    what size it is.
    """
    work = _Hiding(counts, sums, few, worth, {key for key, n in counts.items() if n < few})
    while more := work.by_one_sum() or work.by_several():
        work.hidden |= more
    return frozenset(work.hidden)


@dataclass(slots=True)
class _Hiding(Generic[Key]):
    """What is hidden so far, and who must join it."""

    counts: Mapping[Key, int]
    sums: Sequence[Sum[Key]]
    few: int
    worth: Callable[[Key], int]
    hidden: set[Key]

    def by_one_sum(self) -> set[Key]:
        """Give who must join the hidden so that each sum taken by itself is safe."""
        more: set[Key] = set()
        for each in self.sums:
            if not self._is_safe(each):
                more |= self._cheapest(each.parts) or self._cheapest([each.total])
        return more

    def by_several(self) -> set[Key]:
        """Give who must join the hidden so that no sums taken together tell a small number."""
        keys = [key for key in self.counts if key in self.hidden]
        counts = np.array([self.counts[key] for key in keys], dtype=np.float64)
        known = _solved(_of_hidden(self.sums, keys), counts)
        sizes = known @ counts
        is_alone = (known != 0).sum(axis=1) == 1
        is_few = sizes < self.few - _ROUGHLY_NOUGHT
        is_told = (known >= 0).all(axis=1) & (sizes > _ROUGHLY_NOUGHT) & (is_alone | is_few)
        if not is_told.any():
            return set()
        return self._nearest({keys[at] for at in np.flatnonzero(known[is_told.argmax()])})

    def _is_safe(self, one: Sum[Key]) -> bool:
        parts = [self.counts[part] for part in one.parts if part in self.hidden]
        if one.total in self.hidden:
            return bool(parts) or self.counts[one.total] == 0
        everybody = len(parts) == len(one.parts)
        return _tell_nothing(parts, self.few, everybody=everybody)

    def _nearest(self, told: set[Key]) -> set[Key]:
        """Give the cheapest in a sum with any of `told`, or further off if it is worth less."""
        best: set[Key] = set()
        reached = told
        while wider := self._beside(reached) - reached:
            found = self._cheapest(wider)
            if found and (not best or self._worth_of(found) < self._worth_of(best)):
                best = found
            reached = reached | wider
        return best

    def _beside(self, some: set[Key]) -> set[Key]:
        return {key for each in self.sums if some & set(each.members) for key in each.members}

    def _worth_of(self, some: set[Key]) -> int:
        return min(map(self.worth, some))

    def _cheapest(self, keys: Iterable[Key]) -> set[Key]:
        """Give what of these is hidden first, and all of its size."""
        shown = [key for key in keys if key not in self.hidden]
        price = {key: (self.worth(key), self.counts[key]) for key in shown}
        least = min(price.values(), default=None)
        return {key for key in shown if price[key] == least}


def _tell_nothing(hidden: Sequence[int], few: int, *, everybody: bool) -> bool:
    """Tell whether the sum of the hidden, which anybody can work out, leaves each of them open."""
    together = sum(hidden)
    if together == 0:
        return True
    # Unless all are hidden, many just under the limit can be nothing else.
    is_forced = min(hidden) == max(hidden) == few - 1 and not everybody
    return len(hidden) > 1 and together >= few and not is_forced


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


def _solved(matrix: Matrix, counts: Matrix) -> Matrix:
    """Solve the equations, without those that are nought since they are so together."""
    known = _reduced(matrix)
    is_nought = (known >= 0).all(axis=1) & (known @ counts < _ROUGHLY_NOUGHT)
    if not is_nought.any():
        return known
    return _solved(np.where(known[is_nought].any(axis=0), 0, known), counts)


def _reduced(matrix: Matrix) -> Matrix:
    """Solve by elimination; what the equations settle alone stands alone in its row."""
    matrix = matrix[matrix.any(axis=1)]
    at = 0
    for column in range(matrix.shape[1]):
        if at == len(matrix):
            break
        pivot = at + int(np.abs(matrix[at:, column]).argmax())
        if abs(matrix[pivot, column]) < _ROUGHLY_NOUGHT:
            continue
        matrix[[at, pivot]] = matrix[[pivot, at]]
        matrix[at] /= matrix[at, column]
        others = np.flatnonzero(matrix[:, column])
        others = others[others != at]
        matrix[others] -= np.outer(matrix[others, column], matrix[at])
        at += 1
    matrix[np.abs(matrix) < _ROUGHLY_NOUGHT] = 0
    return matrix[:at]
