"""What all pages of the desk share: the house behind them, who asks, and how they are answered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.catalogue import Catalogue
from bot.desk.directory_waiting import Imports
from bot.desk.guesses import Guesses
from bot.health import Health
from bot.pages import cookie_name, environment
from bot.store.counts import CountsStore
from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from bot.store.staff import Session, StaffStore
from bot.switchboard import Switchboard
from directory.finder import service
from directory.models import Service
from flows.questions import Form
from flows.redaction_notes import Reviewer

TEMPLATES = Path(__file__).parent / "templates"

COOKIE = "desk"

IDLE = timedelta(minutes=15)
"""A desk where nothing is done is logged out, but never in the middle of a talk."""

CALL = timedelta(hours=1)
"""For so long after its form was opened a phone call is taken to go on; the form stays longer."""

LONGEST = timedelta(hours=10)
"""A login ends after this whatever is going on."""

NOTED = timedelta(seconds=30)
"""How exactly it is kept when something was last done."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the desk, by one login."""

    token: str = field(repr=False)
    session: Session

    @property
    def name(self) -> str:
        return self.session.member.name

    @property
    def is_coordinator(self) -> bool:
        return self.session.member.role == "coordinator"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of one person, with the fields that they sent."""

    request: Request
    person: Person
    fields: FormData

    def field(self, name: str) -> str:
        found = self.fields.get(name, "")
        return found if isinstance(found, str) else ""

    @property
    def wants_json(self) -> bool:
        """Whether our script asks; it puts the answer into the page itself."""
        return "application/json" in self.request.headers.get("accept", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the pages use. `restored` holds who has been at the desk since the program started."""

    board: Switchboard
    staff: StaffStore
    records: RecordsStore
    catalogue: Catalogue
    releases: ReleasesStore
    counts: CountsStore
    form: Form
    reviewer: Reviewer
    public_url: str
    clock: Callable[[], datetime]
    health: Health
    demo: bool
    guesses: Guesses = field(default_factory=Guesses)
    imports: Imports = field(default_factory=Imports)
    restored: set[str] = field(default_factory=set)
    templates: Environment = field(default_factory=lambda: environment(TEMPLATES))

    async def who(self, request: Request) -> Person | None:
        """Find whose login the request carries, if it is still good."""
        token = request.cookies.get(cookie_name(COOKIE, self.public_url), "")
        session = await self.login(token) if token else None
        return Person(token, session) if session else None

    async def login(self, token: str) -> Session | None:
        """Look a login up and end it when its time is over. A talk keeps it awake."""
        session = await self.staff.session(token)
        if session is None:
            return None
        has_talk = self.is_talking(session.member.name)
        if self._is_over(session, has_talk=has_talk):
            await self.staff.end_session(token)
            return None
        if has_talk:
            await self.touch(Person(token, session))
        return session

    def is_talking(self, name: str) -> bool:
        """Whether somebody is in the middle of a talk, in writing or on the phone."""
        book, since = self.board.book, self.clock() - CALL
        calls = (each for each in book.drafts_of(name) if each.origin == "phone")
        return bool(book.talks_of(name)) or any(each.made > since for each in calls)

    async def touch(self, person: Person) -> None:
        """Note that something was done."""
        if self.clock() - person.session.touched >= NOTED:
            await self.staff.touch_session(person.token)

    def idle_seconds(self, session: Session) -> int:
        """Say how long the login has left if nothing is done."""
        left = IDLE - (self.clock() - session.touched)
        return max(0, int(left.total_seconds()))

    async def sign_of_life(self, person: Person) -> None:
        """Renew somebody's presence; the first time after a start, restore what it was."""
        presence, now = self.board.shop.presence, self.clock()
        if person.name in self.restored:
            presence.renew(person.name, now)
        else:
            self.restored.add(person.name)
            presence.set(person.name, person.session.member.status, now)

    def services(self, ids: Iterable[str]) -> tuple[Service, ...]:
        """Look up what the directory still has of these."""
        found = (service(self.board.shop.directory, id) for id in ids)
        return tuple(each for each in found if each)

    def html(self, template: str, **values: Any) -> Markup:
        return Markup(self.templates.get_template(template).render(**values))  # noqa: S704 - escaped

    async def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Render a whole page; each says when records are invented."""
        invented = await self.records.invented_count() > 0
        line = self.board.shop.line.name
        return HTMLResponse(self.html(template, invented=invented, line=line, **values), status)

    async def sorry(self, person: Person | None, sentence: str, status: int) -> Response:
        """A page with one sentence and the way back."""
        return await self.page("sorry.html", status, person=person, sentence=sentence)

    def _is_over(self, session: Session, *, has_talk: bool) -> bool:
        now = self.clock()
        is_idle = now - session.touched >= IDLE and not has_talk
        return is_idle or now - session.began >= LONGEST


def see(path: str) -> RedirectResponse:
    """Go on to a page."""
    return RedirectResponse(path, 303)


def told(sentence: str, status: int) -> JSONResponse:
    """One sentence for our script to show."""
    return JSONResponse({"sentence": sentence}, status)
