"""Where the columns, squares and circles of the charts stand, in units of their pictures (pure).

Every chart has a table beside it that says the same; what is hidden is drawn as hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from bot.reports.outlines import Outlines, outlines
from bot.reports.tables import Row, Table
from flows.swedish import short_month
from flows.week import DAYS, HOURS, Week

DAY_NAMES = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

WIDTH = 360
HEIGHT = 150
_TOP = 16
"""Room for the number over the highest column."""
_BOTTOM = 18
"""Room for the names under the columns."""
_FLOOR = HEIGHT - _BOTTOM
_GAP = 0.3
"""What part of a column's place is left empty."""
_STUB = 8
"""How high a hidden column is drawn."""
_MOST_NAMED = 12
"""With more columns only the years are named."""
_JANUARY = "01"

_LARGEST_CIRCLE = 26

_ROW = 17
"""How high a day of the week is drawn."""
_LEFT = 34
"""Room for the names of the days."""
_HEAD = 15
"""Room for the hours."""
_SMALLEST = 0.25
"""The side of the smallest square that is drawn, as a part of the largest."""
_EVERY = 3
"""How many hours there are from one that is named to the next."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `n` is None where it is hidden, `name` empty where there is no room for it."""

    x: float
    y: float
    width: float
    height: float
    name: str
    title: str
    n: int | None

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Columns:
    columns: Sequence[Column]
    has_numbers: bool
    """There is room for a number over each."""
    most: int
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = _FLOOR


@dataclass(frozen=True, slots=True)
class Circle:
    """One county: its area shows how many; no circle where that is hidden or nought."""

    x: float
    y: float
    radius: float
    title: str


@dataclass(frozen=True, slots=True)
class CountyMap:
    outlines: Outlines
    circles: Sequence[Circle]
    hidden: frozenset[str]
    """The codes of the counties whose number is hidden."""


@dataclass(frozen=True, slots=True)
class Square:
    """One hour of the week; a hidden one is drawn as small as the smallest, but empty."""

    x: float
    y: float
    size: float
    title: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class WeekChart:
    """The week with a row for each day; `days` and `hours` are names and where they stand."""

    squares: Sequence[Square]
    days: Sequence[tuple[str, float]]
    hours: Sequence[tuple[str, float]]
    width: int = WIDTH
    height: int = _HEAD + DAYS * _ROW


def months(table: Table) -> Columns:
    """Draw the contacts of each month."""
    if len(table.rows) <= _MOST_NAMED:
        names = [short_month(row.code) for row in table.rows]
    else:
        names = [row.code[:4] if row.code[5:] == _JANUARY else "" for row in table.rows]
    return _columns(table.rows, names)


def ages(table: Table) -> Columns:
    """Draw how many were of each age."""
    return _columns(table.rows, [_short(row.label) for row in table.rows])


def county_map(table: Table) -> CountyMap:
    """Draw the number of each county as a circle, so that colour is not needed to read it."""
    drawn = outlines()
    most = max((row.n or 0 for row in table.rows), default=0) or 1
    circles = [
        Circle(*drawn.middles[row.code], _radius(row.n, most), f"{row.label}: {row.n}")
        for row in table.rows
        if row.n and row.code in drawn.middles
    ]
    hidden = frozenset(row.code for row in table.rows if row.n is None)
    return CountyMap(drawn, sorted(circles, key=lambda each: -each.radius), hidden)


def hours_of_the_week(week: Week) -> WeekChart:
    """Draw each hour as a square whose area shows how many came."""
    hours = span_of_day(week)
    wide = (WIDTH - _LEFT) / len(hours)
    most = max((n or 0 for row in week.cells for n in row), default=0) or 1
    squares = [
        _square(n, most, (_LEFT + wide * (at + 0.5), _middle(day)), f"{DAY_NAMES[day]} kl. {hour}")
        for day, row in enumerate(week.cells)
        for at, hour in enumerate(hours)
        if day * HOURS + hour in week.within
        for n in [row[hour]]
    ]
    return WeekChart(
        squares,
        [(name[:3], _middle(day)) for day, name in enumerate(DAY_NAMES)],
        [
            (f"{h:02}", round(_LEFT + wide * (at + 0.5), 1))
            for at, h in enumerate(hours)
            if h % _EVERY == 0
        ],
    )


def span_of_day(week: Week) -> range:
    """Give the hours of the day from the first to the last in which anybody could come."""
    hours = {hour % HOURS for hour in week.within} or {0, HOURS - 1}
    return range(min(hours), max(hours) + 1)


def _middle(day: int) -> float:
    return _HEAD + _ROW * (day + 0.5)


def _square(n: int | None, most: int, middle: tuple[float, float], title: str) -> Square:
    largest = _ROW - 3
    share = 0.0 if n is None else sqrt(n / most)
    size = round(largest * max(share, _SMALLEST), 1) if n != 0 else 0.0
    x, y = middle
    return Square(
        round(x - size / 2, 1),
        round(y - size / 2, 1),
        size,
        f"{title}: {'dolt' if n is None else n}",
        is_hidden=n is None,
    )


def _columns(rows: Sequence[Row], names: Sequence[str]) -> Columns:
    place = WIDTH / max(len(rows), 1)
    most = max((row.n or 0 for row in rows), default=0)
    drawn = [
        _column(row, name, at * place, place, most)
        for at, (row, name) in enumerate(zip(rows, names, strict=True))
    ]
    return Columns(drawn, len(rows) <= _MOST_NAMED, most)


def _column(row: Row, name: str, left: float, place: float, most: int) -> Column:
    room = _FLOOR - _TOP
    height = _STUB if row.n is None else room * row.n / (most or 1)
    return Column(
        x=round(left + place * _GAP / 2, 1),
        y=round(_FLOOR - height, 1),
        width=round(place * (1 - _GAP), 1),
        height=round(height, 1),
        name=name,
        title=row.label,
        n=row.n,
    )


def _radius(n: int, most: int) -> float:
    return round(_LARGEST_CIRCLE * sqrt(n / most), 1)


def _short(label: str) -> str:
    """An age without its words: "18–34", "55+"."""
    digits = label.partition(" ")[0]
    return digits if "–" in digits else f"{digits}+"
