"""Which report somebody asks for: its level, its months, and whose answers it shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from bot.desk.desk import Desk
from bot.releases import FEWEST
from bot.reports.tables import CHOSEN
from bot.store.records import BATCH
from flows.counting import months, per_month
from flows.hiding import FEW
from flows.periods import open_month, quarter_with, quarters
from flows.report import LEVELS, Level
from flows.review_rows import whole_quarters
from flows.swedish import month_in_words, period_in_words

A_YEAR = 12
"""How many months are shown unasked."""

NO_SUCH_LEVEL = "Välj en intern eller en offentlig rapport."
NO_SUCH_MONTH = "Välj en första och en sista månad ur listorna."
BACKWARDS = "Den första månaden ska inte komma efter den sista."
NO_SUCH_PERIOD = "Välj ett kvartal eller ett år ur listan."
JOINER = "_"
"""Between the first and the last month of a quarter or year that is chosen."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The closed months from the quarter of the first records, and how many forms still wait.

    `latest` is the last month with records. Without records there is no month.
    """

    closed: Sequence[str]
    waiting: Mapping[str, int]
    latest: str

    @property
    def settled(self) -> list[str]:
        return [month for month in self.closed if month not in self.waiting]

    def is_settled(self, first: str, last: str) -> bool:
        """Tell whether a span has closed and waits no more, and does not end too early."""
        is_closed = bool(self.closed) and self.closed[0] <= last <= self.closed[-1]
        return is_closed and not self._held(first, last)

    def sentences(self, first: str = "", last: str = "9999-99") -> list[str]:
        """Say of each month that is not settled what it waits for."""
        until = "minst tio" if sum(self.waiting.values()) < BATCH else "statistik"
        return [
            f"{month_in_words(month)} har {about(n)} formulär som väntar på att bli {until}."
            for month, n in self._held(first, last).items()
        ]

    def _held(self, first: str, last: str) -> dict[str, int]:
        return {month: n for month, n in self.waiting.items() if first <= month <= last}


@dataclass(frozen=True, slots=True)
class Choice:
    """What was asked for. Without months, or with a problem, there is no report to show."""

    level: Level
    first: str = ""
    last: str = ""
    group: str = CHOSEN
    problem: str = ""

    @property
    def has_months(self) -> bool:
        return bool(self.first) and not self.problem

    @property
    def period(self) -> str:
        return f"{self.first}{JOINER}{self.last}"

    @property
    def is_year(self) -> bool:
        return _is_year(self.first, self.last)


def about(n: int) -> str:
    """Tell no small number that the report will hide."""
    return "några" if n < FEW else f"{n}"


async def calendar(desk: Desk) -> Calendar:
    """Look up which months can be chosen and which still wait."""
    this_month = open_month(desk.clock())
    first, latest = await desk.records.first_and_last(before=this_month)
    closed = months(_quarters_first(first), this_month)[:-1] if first else ()
    waiting = await desk.records.waiting_months(before=this_month)
    return Calendar(closed, waiting, latest)


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter or year of public reports; `is_locked` once its report was made."""

    value: str
    name: str
    is_locked: bool


async def public_periods(desk: Desk, found: Calendar) -> list[Period]:
    """Give the years and quarters that may be released, the newest first."""
    if not found.closed:
        return []
    first, last = found.closed[0], found.closed[-1]
    contacts = per_month(await desk.records.columns(first, last), first=first, last=last)
    spans = [span for span in _settled(found) if _has_enough(contacts, *span)]
    locked = {span for span in spans if await desk.releases.released(*span)}
    return [Period(JOINER.join(span), _name(*span), span in locked) for span in reversed(spans)]


def _has_enough(contacts: Mapping[str, int], first: str, last: str) -> bool:
    """Tell whether there are contacts enough for a public report of each quarter of a span."""
    return all(
        sum(contacts.get(month, 0) for month in quarter.months) >= FEWEST
        for quarter in whole_quarters(first, last)
    )


def choice(asked: QueryParams, found: Calendar) -> Choice:
    """Read what was asked for."""
    level = asked.get("level", LEVELS[0])
    if level not in LEVELS:
        return Choice(LEVELS[0], problem=NO_SUCH_LEVEL)
    group = asked.get("group", CHOSEN)
    if level == "public":
        return _public(asked.get("period", ""), group, found)
    if not ("from" in asked or "to" in asked):
        return _unasked(group, found)
    return _internal(asked.get("from", ""), asked.get("to", ""), group, found)


def _public(period: str, group: str, found: Calendar) -> Choice:
    if not period:
        return Choice("public", group=group)
    first, _, last = period.partition(JOINER)
    if (first, last) not in _settled(found):
        return Choice("public", problem=NO_SUCH_PERIOD)
    return Choice("public", first, last, group)


def _internal(first: str, last: str, group: str, found: Calendar) -> Choice:
    if first not in found.closed or last not in found.closed:
        return Choice("internal", problem=NO_SUCH_MONTH)
    if first > last:
        return Choice("internal", first, last, problem=BACKWARDS)
    if waits := found.sentences(first, last):
        problem = f"{' '.join(waits)} Välj månader före eller efter."
        return Choice("internal", first, last, problem=problem)
    return Choice("internal", first, last, group)


def _unasked(group: str, found: Calendar) -> Choice:
    """The last year of settled months that has records, or as much of it as hangs together."""
    end = [month for month in found.settled if month <= found.latest][-1:]
    if not end:
        return Choice("internal")
    before = [month for month in found.closed if month <= end[0]][-A_YEAR:]
    gaps = [at for at, month in enumerate(before) if month in found.waiting]
    return Choice("internal", before[gaps[-1] + 1 if gaps else 0], end[0], group)


def _quarters_first(month: str) -> str:
    """Give the first month of its quarter: notes and hours are shown of whole quarters only."""
    return quarter_with(month).months[0]


def _settled(found: Calendar) -> list[tuple[str, str]]:
    return [span for span in _spans(found) if found.is_settled(*span)]


def _spans(found: Calendar) -> Iterator[tuple[str, str]]:
    for year in sorted({int(month[:4]) for month in found.closed}):
        for quarter in quarters(year):
            yield quarter.months[0], quarter.months[-1]
        yield f"{year}-01", f"{year}-12"


def _name(first: str, last: str) -> str:
    return f"Hela {first[:4]}" if _is_year(first, last) else period_in_words(first, last)


def _is_year(first: str, last: str) -> bool:
    return first[5:] == "01" and last[5:] == "12"
