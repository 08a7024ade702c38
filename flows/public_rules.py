"""The rules of a public release: what is rounded, what is hidden, and what must hide beside it.

A count under the limit is hidden, and nought looks like hidden. Counts are rounded to five. Then
the release is read as somebody would who knows all its figures, the form and these rules, and even
which counts were hidden only for the sake of others: as long as that reader can narrow a hidden
count down to fewer values than the limit, more is hidden.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from flows.bands import MISSING
from flows.columns import PERIOD
from flows.hiding import Sum
from flows.public_sums import BASE, Line
from flows.ranges import PLENTY, Bounds, Network

CROWD = 10
"""A count in a crossed table under this is hidden."""

ROUNDED_TO = 5

BASE_OF_PERCENT = 50
"""Under this base, rounded, there are no percentages."""

_OFF = ROUNDED_TO // 2

_TRIED = 4
"""How many choices in a count's own table, and near it, are tried before what helps is taken."""


class Span(NamedTuple):
    """The least and the most that a count can be."""

    least: int
    most: int

    @property
    def width(self) -> int:
        """How many whole numbers there are in it."""
        return self.most - self.least + 1


OPEN = Span(0, PLENTY)


def rounded(n: int) -> int:
    return ROUNDED_TO * ((n + _OFF) // ROUNDED_TO)


def shown(n: int, *, few: int) -> Span:
    """Say what a printed count can be before it was rounded."""
    return Span(max(few, rounded(n) - _OFF), rounded(n) + _OFF)


def hidden(n: int, *, few: int) -> Span:
    """Say what a hidden count can be, to somebody who knows whether it hides for itself."""
    return Span(0, few - 1) if n < few else Span(few, PLENTY)


class Audit:
    """Reads a release as a stranger would, and hides until nothing can be worked out.

    `spans` holds what is known of each count; a line that is not there can be anything. `watched`
    holds how many values a count that must not be found out has to leave open. Only lines among
    `printed` can be hidden; they leave it, and are watched from then on. `implied` names for a
    printed line another that is known for its sake. With `keeps_bases`, a base goes after all else.
    """

    def __init__(
        self,
        counts: Mapping[Line, int],
        sums: Sequence[Sum[Line]],
        implied: Mapping[Line, Line] | None = None,
        *,
        keeps_bases: bool = False,
    ) -> None:
        self._counts = counts
        self._implied = implied or {}
        self._keeps_bases = keeps_bases
        self._lines = tuple(counts)
        self._at = {line: place for place, line in enumerate(self._lines)}
        self._network = Network(self._lines, sums)
        self._beside: defaultdict[Line, list[tuple[Line, ...]]] = defaultdict(list)
        for each in sums:
            for member in each.members:
                self._beside[member].append(each.members)

    def forgive(self, spans: Mapping[Line, Span], watched: dict[Line, int]) -> None:
        """Watch no count that is told already by the form and by `spans` of earlier releases."""
        for line in self._told(spans, watched):
            del watched[line]

    def settle(
        self,
        spans: dict[Line, Span],
        watched: dict[Line, int],
        printed: set[Line],
        *,
        few: int,
        beside: Span,
    ) -> dict[Line, Span]:
        """Hide among `printed` until every watched count is open enough, as far as that goes.

        `beside` is what is known of a count that is hidden for the sake of another, which must
        leave `few` values open too. What later choices made needless is printed after all. Give
        all that can be known in the end.
        """
        before, wanted, taken = dict(spans), dict(watched), list[set[Line]]()
        while every := self._told(spans, watched):
            told = every[0]
            chosen = self._chosen(told, spans, watched, printed)
            taken.append(chosen)
            if not chosen:
                _lower(watched, told, few)
            for line in chosen:
                printed.remove(line)
                spans.pop(self._implied.get(line, line))
                spans[line] = beside
                if line.line != BASE:
                    watched[line] = wanted[line] = few
        for chosen in reversed(taken):
            if self._give_back(chosen, before, spans, wanted):
                printed.update(chosen)
                for line in chosen:
                    watched.pop(line, None)
        least, most = self._narrowed(spans)
        return dict(zip(self._lines, map(Span, least.tolist(), most.tolist()), strict=True))

    def _give_back(
        self,
        chosen: set[Line],
        before: Mapping[Line, Span],
        spans: dict[Line, Span],
        wanted: dict[Line, int],
    ) -> bool:
        """Print lines again if what else is hidden is enough; also what could not be helped counts.

        `wanted` is how many values each count should leave open, whether that could be had or not.
        """
        own = {*chosen, *(self._implied[line] for line in chosen & self._implied.keys())}
        again = {**spans, **{line: before[line] for line in own}}
        others = {line: few for line, few in wanted.items() if line not in chosen}
        lacking = self._lacking(spans, others)
        if any(n > lacking.get(line, 0) for line, n in self._lacking(again, others).items()):
            return False
        spans.update(again)
        for line in chosen:
            wanted.pop(line, None)
        return True

    def _narrowed(self, spans: Mapping[Line, Span]) -> tuple[Bounds, Bounds]:
        known = np.array([spans.get(line, OPEN) for line in self._lines], np.int64)
        return self._network.narrowed(known[:, 0], known[:, 1])

    def _told(self, spans: Mapping[Line, Span], watched: Mapping[Line, int]) -> list[Line]:
        """Find the watched counts that the sums narrow down too much."""
        return list(self._lacking(spans, watched))

    def _lacking(self, spans: Mapping[Line, Span], watched: Mapping[Line, int]) -> dict[Line, int]:
        """Say of the watched counts that are narrowed down too much how many values they lack."""
        least, most = self._narrowed(spans)
        wanted = np.array([watched.get(line, 0) for line in self._lines])
        lack = wanted - (most - least + 1)
        return {self._lines[at]: int(lack[at]) for at in np.flatnonzero(lack > 0)}

    def _chosen(
        self,
        told: Line,
        spans: Mapping[Line, Span],
        watched: Mapping[Line, int],
        printed: set[Line],
    ) -> set[Line]:
        """Choose what to hide for the sake of a count: what suffices, or else what helps most."""
        wanted = watched[told]
        if self._width(told, spans, printed) < wanted:
            return set()
        own = {line for line in printed if line.table == told.table}
        groups = self._groups(own)[:_TRIED] + self._groups(self._near(told, printed - own))[:_TRIED]
        widths = [self._width(told, spans, group) for group in groups]
        enough = (group for group, width in zip(groups, widths, strict=True) if width >= wanted)
        helping = self._width(told, spans, set()) < max(widths, default=0)
        most = groups[widths.index(max(widths))] if helping else self._groups(own or printed)[0]
        return next(enough, most)

    def _width(self, line: Line, spans: Mapping[Line, Span], hidden: set[Line]) -> int:
        """Say how many values a count could have if these were hidden too."""
        gone = hidden | {self._implied[each] for each in hidden & self._implied.keys()}
        without = {each: span for each, span in spans.items() if each not in gone}
        least, most = self._narrowed(without)
        return int(most[self._at[line]] - least[self._at[line]] + 1)

    def _groups(self, lines: set[Line]) -> list[set[Line]]:
        """Put what is to be hidden first before the rest, equals together."""
        costs = sorted({self._cost(line) for line in lines})
        return [{line for line in lines if self._cost(line) == cost} for cost in costs]

    def _near(self, line: Line, printed: set[Line]) -> set[Line]:
        """Give what is printed in the same sums, or else in sums next to them, and so on."""
        reached = front = {line}
        while front:
            near = {each for one in front for sum in self._beside[one] for each in sum} - reached
            if near & printed:
                return near & printed
            front = near
            reached = reached | near
        return set()

    def _cost(self, line: Line) -> tuple[int, int]:
        # What adds answers up goes first. Without a base, a table still says how many gave each
        # answer, only not out of how many; with it, everybody is counted whose answer is hidden.
        if line.line == BASE:
            return 3 if self._keeps_bases else 1, self._counts[line]
        is_answer = line.line.startswith("=") or line.line in MISSING or line.table == PERIOD
        return 2 if is_answer else 0, self._counts[line]


def _lower(watched: dict[Line, int], line: Line, few: int) -> None:
    """Want no more than the limit, and then nothing, where hiding does not help."""
    if watched[line] > few:
        watched[line] = few
    else:
        del watched[line]
