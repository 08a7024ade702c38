"""The desk's stream: what has changed, drawn by the server, to every open page.

Whatever wakes it, it looks at what is true now and sends what the page does not have yet. So
nothing is lost when a connection breaks: the next one begins with everything.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.responses import Response

from bot.desk.desk import Desk, Person, Visit
from bot.desk.lines import Line
from bot.desk.panels import Panel, Phase, panels_of
from bot.desk.show import form_html, fresh, queue_html, tabs_html, talk_html, trouble
from bot.pages import Sent, stream
from bot.store.staff import Session
from bot.switchboard import QUEUE, desk_of

BEAT = 10.0
"""Seconds between two signs of life, so that a page soon knows when its list is old."""

LOOK = timedelta(seconds=5)
"""How often it is checked, when much happens, that the login is still good."""

WARNING = 120
"""Seconds before a login ends for want of doing anything when the page asks whether to stay."""


async def events(desk: Desk, visit: Visit) -> Response:
    return stream(follow(desk, visit.person))


async def pulse(desk: Desk, visit: Visit) -> Response:
    """The frame of a page without scripts: it draws itself again and again."""
    panels = panels_of(desk, visit.person.name)
    return await desk.page(
        "pulse.html",
        panels=panels,
        waiting=len(desk.board.book.queue()),
        fresh=fresh(desk),
        trouble=trouble(desk),
    )


async def follow(desk: Desk, person: Person, *, beat: float = BEAT) -> AsyncIterator[Sent | None]:
    """Send what one open page does not have, until the login or the program ends."""
    feeds, shown, checked = desk.board.feeds, _Shown(desk, person), desk.clock()
    with feeds.watch(QUEUE, desk_of(person.name)) as bell:
        while not feeds.is_closing:
            for sent in shown.news():
                yield sent
            has_rung = await bell.wait(beat)
            if has_rung and desk.clock() - checked < LOOK:
                continue
            checked = desk.clock()
            session = await desk.login(person.token)
            if session is None:
                yield Sent("out")
                return
            await desk.sign_of_life(person)
            for sent in shown.time_left(session):
                yield sent


@dataclass(slots=True)
class _Talk:
    """What an open page has of one panel."""

    phase: Phase
    lines: tuple[Line, ...]
    facts: tuple[object, ...]
    form: tuple[int, bool, str]
    """How often the form was saved, whether there is little time left for it, and its title."""


@dataclass(slots=True)
class _Shown:
    """What one open page has been sent."""

    desk: Desk
    person: Person
    trouble: str | None = None
    queue: str = ""
    tabs: str = ""
    presence: str = ""
    is_warned: bool = False
    talks: dict[str, _Talk] = field(default_factory=dict)
    wrote: dict[str, datetime] = field(default_factory=dict)

    def news(self) -> Iterator[Sent]:
        """Everything that the page does not have."""
        panels = panels_of(self.desk, self.person.name)
        yield from self._simple(panels)
        self.talks = {panel.id: self.talks[panel.id] for panel in panels if panel.id in self.talks}
        for panel in panels:
            yield from self._panel(panel)
            yield from self._writing(panel)
        yield Sent("beat", fresh(self.desk))

    def time_left(self, session: Session) -> Iterator[Sent]:
        """Warn before a login ends; take the warning back when somebody was there."""
        left = self.desk.idle_seconds(session)
        has_talk = self.desk.is_talking(self.person.name)
        if left <= WARNING and not has_talk:
            self.is_warned = True
            yield Sent("idle", str(left))
        elif self.is_warned:
            self.is_warned = False
            yield Sent("idle", "")

    def _simple(self, panels: tuple[Panel, ...]) -> Iterator[Sent]:
        now = {
            "trouble": trouble(self.desk),
            "presence": self.desk.board.shop.presence.status(self.person.name),
            "queue": queue_html(self.desk, self.person),
            "tabs": tabs_html(self.desk, panels),
        }
        for name, value in now.items():
            if getattr(self, name) != value:
                setattr(self, name, value)
                yield Sent(name, value)

    def _panel(self, panel: Panel) -> Iterator[Sent]:
        """What is new in one panel."""
        before, now = self.talks.get(panel.id), _talk_of(panel)
        self.talks[panel.id] = now
        if panel.has_talk or (before and before.phase != now.phase):
            yield from self._talk(panel, before, now)
        if before is None or before.form != now.form:
            yield Sent("form", form_html(self.desk, self.person, panel))

    def _writing(self, panel: Panel) -> Iterator[Sent]:
        """The visitor writes: said once for each sign of it."""
        board = self.desk.board
        last = board.writing.last(panel.talk.id, "visitor", board.clock()) if panel.talk else None
        if last and self.wrote.get(panel.id) != last:
            self.wrote[panel.id] = last
            yield Sent("writing", panel.id)

    def _talk(self, panel: Panel, before: _Talk | None, now: _Talk) -> Iterator[Sent]:
        """What is new in a talk; all of it when it is new itself or has come to an end."""
        lines: Sequence[Line] = now.lines
        if before and before.phase == now.phase:
            if before.lines == now.lines and before.facts == now.facts:
                return
            known = set(before.lines)
            lines = [line for line in now.lines if line not in known]
        yield Sent("talk", talk_html(self.desk, self.person, panel, lines))


def _talk_of(panel: Panel) -> _Talk:
    facts = (panel.title, panel.acute, panel.services)
    form = (panel.draft.revision, panel.is_late, panel.title)
    return _Talk(panel.phase, panel.lines, facts, form)
