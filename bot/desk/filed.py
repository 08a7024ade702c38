"""What a counsellor has filed and may still correct: until it becomes statistics, and no longer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from babel.dates import format_date
from starlette.responses import Response

from bot.desk.desk import Desk, Visit, see
from bot.desk.forms import PREFIX
from bot.desk.queue import label
from bot.forms import StartedForm
from bot.store.records import BATCH, Waiting
from flows.periods import SETTLING, open_month
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
        filed = tuple(_filed(desk, each) for each in forms)
        yield Month(month_in_words(month), _sentence(month, now, held), filed)


def _sentence(month: str, now: datetime, held: int) -> str:
    if month >= open_month(now):
        return OPEN.format(_last_day(month))
    return HELD_OVER if held < BATCH else SOON


def _last_day(month: str) -> str:
    """The day with whose end a month closes: "2 december"."""
    year, number = map(int, month.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return str(format_date(following + SETTLING - timedelta(days=1), "d MMMM", locale=LOCALE))


def _filed(desk: Desk, each: Waiting) -> Filed:
    named = (label(desk.form, name, each.answers.get(name, "")) for name in _SHOWN)
    note = " ".join(each.answers.get("note", "").split())
    glimpse = note if len(note) <= LONGEST_GLIMPSE else f"{note[:LONGEST_GLIMPSE]} …"
    return Filed(each.id.hex(), " · ".join(filter(None, named)), glimpse)
