"""The queue as a counsellor sees it: what each visitor chose to tell, and how long they wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.conversation import Conversation
from bot.desk.desk import Desk
from flows.questions import Form
from flows.queueing import whole_minutes
from flows.states import Waiting

ACUTE = {
    "other": "Fara för någon annan",
    "self": "Risk för självmord",
    "child": "Barn kan fara illa",
}
"""What the visitor's words may point to, by the recogniser's kinds."""


@dataclass(frozen=True, slots=True)
class Place:
    """One visitor who waits. `id` names the conversation; nothing here says who they are."""

    id: str
    number: int
    minutes: int
    channel: str
    role: str
    county: str
    acute: tuple[str, ...]
    was_handed_back: bool


def queue_of(desk: Desk) -> tuple[Place, ...]:
    """Everybody who waits, the longest first."""
    waiting = enumerate(desk.board.book.queue(), start=1)
    return tuple(
        _place(desk, number, each, each.state)
        for number, each in waiting
        if isinstance(each.state, Waiting)
    )


def waiting_words(places: Sequence[Place]) -> str:
    """Say in short how many wait, and for how many of them it may be acute."""
    acute = sum(bool(place.acute) for place in places)
    waiting = f"{len(places)} väntar" if places else "Ingen väntar"
    return f"{waiting}, {acute} akut" if acute else waiting


def acute_words(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(ACUTE[kind] for kind in kinds)


def label(form: Form, question: str, code: str) -> str:
    """Name an answer as the form does, or nothing where there is none."""
    known = form.by_name[question].known
    return known[code].sv if code in known else ""


def _place(desk: Desk, number: int, waiting: Conversation, state: Waiting) -> Place:
    county = desk.board.shop.directory.counties.get(state.intake.county)
    return Place(
        id=waiting.id,
        number=number,
        minutes=whole_minutes(state.since, desk.clock()),
        channel=label(desk.form, "channel", state.stay.channel),
        role=label(desk.form, "role", state.intake.role),
        county=county.name if county else "",
        acute=acute_words(state.stay.acute),
        was_handed_back=bool(state.draft),
    )
