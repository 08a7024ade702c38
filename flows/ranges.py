"""What a reader can work out about counts that add up: the least and the most that each can be.

Every sum narrows its members, again and again, until nothing moves. Where the sums form a tree
this is all that can be known; elsewhere it is close to it.
"""

from collections.abc import Sequence
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from flows.hiding import Key, Sum

PLENTY = 10**9
"""More than any count: nothing is known about how large it is."""

Bounds = NDArray[np.int64]


class Network(Generic[Key]):
    """Sums over the counts in `keys`; bounds stand in the order of the keys."""

    def __init__(self, keys: Sequence[Key], sums: Sequence[Sum[Key]]) -> None:
        at = {key: place for place, key in enumerate(keys)}
        lengths = [len(each.parts) for each in sums]
        self._total = np.array([at[each.total] for each in sums], np.intp)
        self._part = np.array([at[part] for each in sums for part in each.parts], np.intp)
        self._sum = np.repeat(np.arange(len(sums)), lengths)
        self._start = np.cumsum([0, *lengths[:-1]]) if sums else np.array([], np.intp)

    def narrowed(self, least: Bounds, most: Bounds) -> tuple[Bounds, Bounds]:
        """Give the least and the most that each count can be; both stay as they are given."""
        least, most = least.copy(), most.copy()
        while self._narrow(least, most):
            pass
        return least, most

    def _narrow(self, least: Bounds, most: Bounds) -> bool:
        before = least.copy(), most.copy()
        if not len(self._sum):
            return False
        low = np.add.reduceat(least[self._part], self._start)
        high = np.add.reduceat(most[self._part], self._start)
        np.maximum.at(least, self._total, low)
        np.minimum.at(most, self._total, high)
        rest_at_most = high[self._sum] - most[self._part]
        rest_at_least = low[self._sum] - least[self._part]
        np.maximum.at(least, self._part, least[self._total][self._sum] - rest_at_most)
        np.minimum.at(most, self._part, most[self._total][self._sum] - rest_at_least)
        return not (np.array_equal(before[0], least) and np.array_equal(before[1], most))
