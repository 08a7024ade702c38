"""Drawing the desk: the whole page, and its parts one by one for pages that are open already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import Response

from bot.desk.answers import Field, Part, is_given, parts
from bot.desk.desk import Desk, Person, Visit, told
from bot.desk.entries import Entry
from bot.desk.lines import Line
from bot.desk.panels import Panel, panels_of
from bot.desk.queue import queue_of, waiting_words
from bot.desk.trouble import trouble_words
from directory.models import Service
from flows.contact_form import Problem
from flows.note_gate import marks
from flows.questions import Question, codes_in
from flows.stockholm import STOCKHOLM

NO_SUCH_FORM = "Formuläret finns inte längre. Det är redan inlämnat eller har gått ut."


@dataclass(frozen=True, slots=True)
class Difference:
    """A question that two tabs answered differently."""

    yours: Field
    theirs: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """What an order adds to its panel when the page is shown again."""

    panel: str = ""
    words: str = ""
    searched: str = ""
    found: tuple[Service, ...] = ()
    entries: tuple[Entry, ...] = ()
    """What was found, in words."""
    problems: tuple[Problem, ...] = ()
    left: tuple[Question, ...] = ()
    """What the counsellor must still answer, after the rest was answered with "not asked"."""
    differences: tuple[Difference, ...] = ()


NOTHING = Extra()


async def desk_page(
    desk: Desk, person: Person, *, notice: str = "", status: int = 200, extra: Extra = NOTHING
) -> Response:
    """The whole desk."""
    panels = panels_of(desk, person.name)
    places = queue_of(desk)
    return await desk.page(
        "desk.html",
        status,
        person=person,
        notice=notice,
        trouble=trouble(desk),
        presence=desk.board.shop.presence.status(person.name),
        waiting=len(places),
        waiting_words=waiting_words(places),
        fresh=fresh(desk),
        queue=queue_html(desk, person),
        tabs=tabs_html(desk, panels),
        panels=[panel_html(desk, person, panel, extra) for panel in panels],
    )


async def refused(
    desk: Desk, visit: Visit, sentence: str, status: int = 409, extra: Extra = NOTHING
) -> Response:
    """Say in one sentence why nothing happened; what was typed stays on the page."""
    if visit.wants_json:
        return told(sentence, status)
    return await desk_page(desk, visit.person, notice=sentence, status=status, extra=extra)


def trouble(desk: Desk) -> str:
    """What is wrong with a channel just now, or nothing."""
    return trouble_words(desk.health, desk.clock())


def fresh(desk: Desk) -> str:
    return desk.clock().astimezone(STOCKHOLM).strftime("%H.%M.%S")


def queue_html(desk: Desk, person: Person) -> Markup:
    places = queue_of(desk)
    words = waiting_words(places)
    return desk.html("queue.html", places=places, waiting_words=words, csrf=person.session.csrf)


def tabs_html(desk: Desk, panels: Sequence[Panel]) -> Markup:
    return desk.html("tabs.html", panels=panels)


def panel_html(desk: Desk, person: Person, panel: Panel, extra: Extra = NOTHING) -> Markup:
    """A talk with its form beside it."""
    mine = extra if extra.panel == panel.id else NOTHING
    return desk.html(
        "panel.html",
        panel=panel,
        talk=talk_html(desk, person, panel, panel.lines, mine) if panel.has_talk else "",
        form=form_html(desk, person, panel, mine),
    )


def talk_html(
    desk: Desk, person: Person, panel: Panel, lines: Sequence[Line], extra: Extra = NOTHING
) -> Markup:
    """The talk with these of its lines; an open page adds them to those that it has."""
    return desk.html(
        "talk.html",
        panel=panel,
        lines=lines,
        extra=extra,
        csrf=person.session.csrf,
        client_id=desk.board.shop.new_id(),
    )


def form_html(desk: Desk, person: Person, panel: Panel, extra: Extra = NOTHING) -> Markup:
    """The contact form of one panel."""
    return desk.html(
        "form.html",
        panel=panel,
        parts=_parts(desk, panel, extra),
        extra=extra,
        csrf=person.session.csrf,
        gate=gate_html(desk, panel),
    )


def gate_html(desk: Desk, panel: Panel) -> Markup:
    """The note as the gate reads it; an empty frame when there is nothing to see."""
    found = marks(panel.note, desk.reviewer)
    text, at = panel.note.text, 0
    pieces = []
    for mark in found:
        pieces.append((text[at : mark.start], mark))
        at = mark.end
    in_turn = sorted(found, key=lambda mark: (mark.is_settled, not mark.must_go))
    return desk.html(
        "gate.html", panel=panel, pieces=pieces, in_turn=in_turn, rest=text[at:], note=text
    )


def differences(desk: Desk, panel: Panel, yours: Mapping[str, str]) -> tuple[Difference, ...]:
    """The questions that were answered otherwise in another tab, side by side."""
    theirs = {field.question.name: field for field in _fields(desk, panel.draft.answers)}
    return tuple(
        Difference(mine, theirs[mine.question.name])
        for mine in _fields(desk, yours)
        if mine.cell != theirs[mine.question.name].cell
        and not is_given(mine.question, panel.draft.answers)
    )


def _parts(desk: Desk, panel: Panel, extra: Extra) -> tuple[Part, ...]:
    answers = panel.draft.answers
    chosen = desk.services(codes_in(answers.get("referred_service", "")))
    counted_from = panel.opened if panel.draft.origin == "phone" else ""
    return parts(
        desk.form, answers, services=chosen, problems=extra.problems, counted_from=counted_from
    )


def _fields(desk: Desk, answers: Mapping[str, str]) -> list[Field]:
    services = desk.services(codes_in(answers.get("referred_service", "")))
    return [field for part in parts(desk.form, answers, services=services) for field in part.fields]
