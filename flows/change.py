"""How many percent more or fewer there are than before, and how exactly that can be told (pure)."""

from dataclasses import dataclass
from typing import Self

from flows.comparison import change
from flows.counting import months
from flows.report import Level
from flows.rounding import half_up
from flows.swedish import number

OFF = 2
"""How far from the exact count a public one of a quarter may be, rounded to five."""

_A_QUARTER = 3
"""Months."""

_MUCH_THE_SAME = 5
"""Percent: rounded counts that differ less, and perhaps in either direction, are called alike."""


def slack(level: Level, first: str, last: str) -> int:
    """Give how far the counts of a report may be from exact; a year's are its quarters added."""
    return OFF * (len(months(first, last)) // _A_QUARTER) if level == "public" else 0


@dataclass(frozen=True, slots=True)
class Change:
    """Percent more than before: exact with one decimal, or whole from `least` to `most`."""

    least: float
    most: float
    is_exact: bool = True

    @classmethod
    def between(cls, now: int | None, before: int | None, *, off: int = 0) -> Self | None:
        """Compare two counts that may be so far off; None where one is hidden or none was."""
        exact = change(now, before)
        if now is None or before is None or exact is None or before <= off:
            return None
        if not off:
            return cls(exact, exact)
        least, most = _percent(now - off, before + off), _percent(now + off, before - off)
        is_telling = least * most > 0 or max(-least, most) < _MUCH_THE_SAME
        return cls(least, most, is_exact=False) if is_telling else None

    def in_words(self) -> str:
        """Say it before a period: "3,5 procent fler än", "ungefär 10–13 procent färre än"."""
        roughly = "" if self.is_exact else "ungefär "
        if self._is_alike:
            return f"{roughly}lika många som"
        return f"{roughly}{self._size('–')} procent {'fler' if self.most > 0 else 'färre'} än"

    def in_short(self) -> str:
        """Say it in a cell of a table: "+3,5 %", "ungefär −10 till −13 %"."""
        if self._is_alike:
            return "oförändrat" if self.is_exact else "ungefär oförändrat"
        sign = "+" if self.most > 0 else "\N{MINUS SIGN}"
        roughly = "" if self.is_exact else "ungefär "
        return f"{roughly}{sign}{self._size(f' till {sign}')}\N{NO-BREAK SPACE}%"

    @property
    def _is_alike(self) -> bool:
        return self.least * self.most <= 0

    def _size(self, joiner: str) -> str:
        ends = sorted({abs(self.least), abs(self.most)})
        return joiner.join(number(end) for end in ends)


def _percent(now: int, before: int) -> int:
    return half_up(100 * (now - before), before)
