"""What a coordinator asks about staffing: the fields of the page, read from its address."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from flows.demand import span
from flows.line import DAY_MINUTES, Capacity
from flows.staffing import MINUTES, Load
from flows.swedish import number
from flows.waiting_times import Measured

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

HALF_HOURS = range(0, DAY_MINUTES + 1, MINUTES // 2)

PATIENCE = 30
"""Minutes that people are taken to wait before they give up, until it has been measured."""

ARRIVALS = 1.0
"""How many are taken to come in an hour, until it has been measured."""

MOST_COUNSELLORS = 20
MOST_AT_ONCE = 3
MOST_ARRIVALS = 100
TALK = (5, 180)
PATIENCES = (1, 600)
"""Minutes, the least and the most."""


class QuestionError(ValueError):
    """A field makes no sense; the text is one Swedish sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the page's fields, as it is written there."""

    weekday: str = "0"
    opens: str = "18:00"
    closes: str = "21:00"
    counsellors: str = "1"
    slots: str = ""
    more: str = ""
    talk: str = ""
    patience: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Opening on a weekday (0 is Monday) between two times (minutes after midnight).

    `more` come in an hour beside those who knocked; a talk takes `talk` minutes and people wait
    `patience` minutes before they give up, both in the mean.
    """

    weekday: int
    opens: int
    closes: int
    counsellors: int
    slots: int
    more: float
    talk: float
    patience: float

    @property
    def shares(self) -> Mapping[int, float]:
        return span(self.weekday, self.opens, self.closes)

    @property
    def when(self) -> str:
        """Write it as "på måndagar kl. 18–21"."""
        return f"på {WEEKDAYS[self.weekday]}ar kl. {clock(self.opens)}–{clock(self.closes)}"

    def load(self, arrivals: float, *, counsellors: int | None = None) -> Load:
        """Give what meets the counsellors when so many come in an hour."""
        slots = (counsellors or self.counsellors) * self.slots
        return Load(arrivals=arrivals, slots=slots, talk_minutes=self.talk)


def prefilled(known: Measured, capacity: Capacity, mean: float | None) -> Fields:
    """Give the fields before anybody has changed them: what was measured, or else assumed."""
    talk = _within(known.talk or capacity.talk_minutes, TALK)
    patience = _within(known.patience or PATIENCE, PATIENCES)
    return Fields(
        slots=f"{capacity.per_counsellor}",
        more=number(round(ARRIVALS if mean is None else mean, 1)),
        talk=f"{talk}",
        patience=f"{patience}",
    )


def asked(given: Mapping[str, str], before: Fields) -> Fields:
    """Give the fields as they were sent, and where one was not, as they were before."""
    return Fields(
        **{each.name: given.get(each.name, getattr(before, each.name)) for each in fields(Fields)}
    )


def question(written: Fields) -> Question:
    """Read the fields. Raises QuestionError."""
    opens, closes = _time(written.opens), _time(written.closes)
    if opens >= closes:
        raise QuestionError("Välj tider så att slutet kommer efter början.")
    return Question(
        weekday=_weekday(written.weekday),
        opens=opens,
        closes=closes,
        counsellors=_count(written.counsellors, "antalet rådgivare", MOST_COUNSELLORS),
        slots=_count(written.slots, "antalet samtal per rådgivare", MOST_AT_ONCE),
        more=_hundredths(
            _number(written.more, "hur många fler som hör av sig i timmen", 0, MOST_ARRIVALS)
        ),
        talk=_number(written.talk, "hur många minuter ett samtal tar", *TALK),
        patience=_number(written.patience, "hur många minuter man orkar vänta", *PATIENCES),
    )


def clock(minutes: int) -> str:
    """Write a time of day as short as it goes: "18" or "18.30"."""
    hour, minute = divmod(minutes, MINUTES)
    return f"{hour}.{minute:02}" if minute else f"{hour}"


def written_time(minutes: int) -> str:
    """Write a time as a field sends it."""
    return "{:02}:{:02}".format(*divmod(minutes, MINUTES))


_TIMES = {written_time(minutes): minutes for minutes in HALF_HOURS}


def _time(text: str) -> int:
    if text not in _TIMES:
        raise QuestionError("Välj hel eller halv timme, från 00:00 till 24:00.")
    return _TIMES[text]


def _weekday(text: str) -> int:
    known = {f"{place}": place for place in range(len(WEEKDAYS))}
    if text not in known:
        raise QuestionError("Välj en veckodag.")
    return known[text]


def _count(text: str, what: str, most: int) -> int:
    known = {f"{n}": n for n in range(1, most + 1)}
    if text.strip() not in known:
        raise QuestionError(f"Skriv {what} som ett heltal från 1 till {most}.")
    return known[text.strip()]


def _number(text: str, what: str, least: float, most: float) -> float:
    try:
        found = float(text.strip().replace(",", "."))
    except ValueError:
        found = -1.0
    if not least <= found <= most:
        raise QuestionError(f"Skriv {what} som ett tal från {least:g} till {most:g}.")
    return found


def _hundredths(n: float) -> float:
    """Nobody means less than a hundredth, and the formulas divide by it."""
    return round(n, 2)


def _within(minutes: float, limits: tuple[int, int]) -> int:
    least, most = limits
    return min(max(round(minutes), least), most)
