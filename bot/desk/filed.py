"""What a counsellor has filed and may still correct: until it becomes statistics, and no longer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby, islice

from babel.dates import format_date
from starlette.responses import Response

from bot.desk.answers import KEYS_OF_MISSING as MISSING
from bot.desk.answers import answer_in_words
from bot.desk.desk import Desk, Visit, see
from bot.desk.forms import PREFIX
from bot.desk.queue import label
from bot.forms import StartedForm
from bot.store.records import BATCH, Waiting
from flows.periods import SETTLING, open_month
from flows.questions import Question, codes_in
from flows.swedish import LOCALE, month_in_words

NO_SUCH_FORM = "Formuläret finns inte bland dina. Det har blivit statistik eller är någon annans."

OPEN = "Blir statistik efter den {}, tillsammans med minst nio andra. Till dess kan du rätta."
HELD_OVER = (
    "Månaden är stängd, men formulären som väntar är färre än tio. De blir statistik först när de "
    "är minst tio, så att ingen kan pekas ut. Till dess kan du rätta."
)
SOON = "Månaden är stängd. Formulären blir statistik inom några timmar. Till dess kan du rätta."

_SHOWN = ("channel", "outcome", "role", "gender", "county")
"""By these a counsellor knows their own forms again."""

FEW = 3
"""Further answers by which forms that look alike are told apart."""

LONGEST_GLIMPSE = 80
"""Characters of a note that stand in the list."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One form in the list."""

    id: str
    words: str
    glimpse: str


@dataclass(frozen=True, slots=True)
class Month:
    """The forms of one month, in no telling order, and when they become statistics."""

    heading: str
    sentence: str
    forms: tuple[Filed, ...]


async def show_filed(desk: Desk, visit: Visit) -> Response:
    """The forms that wait, month by month."""
    waiting = await desk.records.waiting_of(visit.person.name)
    now = desk.clock()
    held = sum((await desk.records.waiting_months(before=open_month(now))).values())
    months = tuple(_months(desk, waiting, now, held))
    return await desk.page("filed.html", person=visit.person, months=months)


async def correct_filed(desk: Desk, visit: Visit) -> Response:
    """Open one's own filed form once more."""
    id = visit.request.path_params["form"]
    waiting = await desk.records.waiting_of(visit.person.name)
    found = next((each for each in waiting if each.id.hex() == id), None)
    if found is None:
        return await desk.sorry(visit.person, NO_SUCH_FORM, 404)
    draft = f"{PREFIX}{id}"
    await desk.board.ask(StartedForm(draft, visit.person.name, "filed", found.answers))
    return see(f"/desk#{draft}")


def _months(desk: Desk, waiting: list[Waiting], now: datetime, held: int) -> Iterator[Month]:
    """Their ids are random, so that their order tells nothing."""
    by_month = sorted(waiting, key=lambda each: (each.answers["period"], each.id))
    for month, forms in groupby(by_month, key=lambda each: each.answers["period"]):
        yield Month(month_in_words(month), _sentence(month, now, held), _listed(desk, forms))


def _sentence(month: str, now: datetime, held: int) -> str:
    if month >= open_month(now):
        return OPEN.format(_last_day(month))
    return HELD_OVER if held < BATCH else SOON


def _last_day(month: str) -> str:
    """The day with whose end a month closes: "2 december"."""
    year, number = map(int, month.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return str(format_date(following + SETTLING - timedelta(days=1), "d MMMM", locale=LOCALE))


def _listed(desk: Desk, forms: Iterable[Waiting]) -> tuple[Filed, ...]:
    """The forms of a month; those that look alike with what tells them apart."""
    alike: dict[tuple[str, str], list[Waiting]] = {}
    for each in forms:
        alike.setdefault((_words(desk, each), _glimpse(each)), []).append(each)
    filed = (
        Filed(each.id.hex(), " · ".join((words, *_apart(desk, each, those))), glimpse)
        for (words, glimpse), those in alike.items()
        for each in those
    )
    return tuple(sorted(filed, key=lambda each: each.id))


def _words(desk: Desk, each: Waiting) -> str:
    """The answers in words; "not asked" without its question would tell nothing."""
    cells = {name: each.answers.get(name, "") for name in _SHOWN}
    told = (label(desk.form, name, cell) for name, cell in cells.items() if cell not in MISSING)
    return " · ".join(filter(None, told))


def _glimpse(each: Waiting) -> str:
    note = " ".join(each.answers.get("note", "").split())
    return note if len(note) <= LONGEST_GLIMPSE else f"{note[:LONGEST_GLIMPSE]} …"


def _apart(desk: Desk, each: Waiting, alike: list[Waiting]) -> tuple[str, ...]:
    """The first of the counsellor's own answers that not all who look alike share."""
    apart = (
        _answered(desk, question, each)
        for question in desk.form.questions
        if question.filled_by == "counsellor"
        and question.type != "text"
        and len({other.answers.get(question.name, "") for other in alike}) > 1
    )
    return tuple(islice(apart, FEW))


def _answered(desk: Desk, question: Question, each: Waiting) -> str:
    """A question with its answer: "Ålder: 37"."""
    asked, cell = question.label.sv, each.answers.get(question.name, "")
    services = desk.services(codes_in(cell)) if question.type == "services" else ()
    return (
        f"{asked}{'' if asked.endswith('?') else ':'} {answer_in_words(question, cell, services)}"
    )
