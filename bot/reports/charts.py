"""Where the columns, squares and circles of the charts stand, in units of their pictures (pure).

Every chart has a table beside it that says the same; what is hidden is drawn as hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from bot.reports.outlines import Outlines, outlines
from bot.reports.tables import Row, Table
from flows.swedish import short_month
from flows.week import DAYS, Week

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

_ROW = 28
"""How high an hour of the day is drawn."""
_LARGEST_SQUARE = _ROW - 2
_LEFT = 52
"""Room for the hours."""
_HEAD = 20
"""Room for the names of the days."""
_SMALLEST = 0.25
"""The side of the smallest square that is drawn, as a part of the largest."""
_WIDEST = 60
"""How wide a day is drawn at most."""


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
    left: float
    top: float
    room: int = _LARGEST_SQUARE
    """The place of the largest one, from `left` and `top`."""


@dataclass(frozen=True, slots=True)
class WeekChart:
    """The week with a row for each hour; `days` and `hours` are names and where they stand."""

    squares: Sequence[Square]
    days: Sequence[tuple[str, float]]
    hours: Sequence[tuple[str, float]]
    width: int
    height: int


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
    """Draw each hour as a square whose area shows how many came; only days with any time."""
    hours, days = span_of_day(week), open_days(week)
    wide = min(_WIDEST, (WIDTH - _LEFT) // len(days))
    across = {day: _LEFT + wide * (at + 0.5) for at, day in enumerate(days)}
    down = {hour: _HEAD + _ROW * (at + 0.5) for at, hour in enumerate(hours)}
    most = max((n or 0 for row in week.cells for n in row), default=0) or 1
    squares = [
        _square(week.cells[day][hour], most, (x, y), f"{DAY_NAMES[day]} kl. {clock(week, hour)}")
        for day, x in across.items()
        for hour, y in down.items()
        if day * week.a_day + hour in week.within
    ]
    return WeekChart(
        squares,
        [(DAY_NAMES[day][:3], x) for day, x in across.items()],
        [(clock(week, hour), y) for hour, y in down.items()],
        _LEFT + wide * len(days),
        _HEAD + _ROW * len(hours),
    )


def span_of_day(week: Week) -> range:
    """Give the hours or blocks of the day from the first to the last that could hold anybody."""
    hours = {at % week.a_day for at in week.within} or {0, week.a_day - 1}
    return range(min(hours), max(hours) + 1)


def open_days(week: Week) -> list[int]:
    """Give the days of the week, Monday 0, on which anybody could come."""
    return sorted({at // week.a_day for at in week.within}) or list(range(DAYS))


def clock(week: Week, of_day: int) -> str:
    """Write when an hour or block of the day is, as "09–10"."""
    begins, ends = week.clock(of_day)
    return f"{begins:02}–{ends:02}"


def _square(n: int | None, most: int, middle: tuple[float, float], title: str) -> Square:
    share = 0.0 if n is None else sqrt(n / most)
    size = round(_LARGEST_SQUARE * max(share, _SMALLEST), 1) if n != 0 else 0.0
    x, y = middle
    return Square(
        round(x - size / 2, 1),
        round(y - size / 2, 1),
        size,
        f"{title}: {'dolt' if n is None else n}",
        is_hidden=n is None,
        left=x - _LARGEST_SQUARE / 2,
        top=y - _LARGEST_SQUARE / 2,
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
