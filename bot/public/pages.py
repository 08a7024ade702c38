"""The pages about help in each municipality, and what search engines ask for."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from bot.pages import HEADERS, environment
from bot.public.cards import Group, dialled, groups
from bot.public.linked_data import graph
from directory import finder, spelling
from directory.models import County, Directory, Municipality
from flows.hours import in_words, opening
from flows.line import Line
from flows.texts import Texts

HERE = Path(__file__).parent
START = "/hjalp"

_AFTER_Z = str.maketrans("åäö", "{|}")
_PLACE = re.compile(r"(?P<code>[0-9]{4})(-(?P<slug>.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pages:
    """Answers people, and the search engines that lead them here."""

    directory: Callable[[], Directory]
    line: Line
    texts: Texts
    clock: Callable[[], datetime]
    public_url: str
    exit_url: str
    templates: Environment = field(default_factory=lambda: environment(HERE / "templates"))

    async def places(self, request: Request) -> Response:  # noqa: ARG002 - a route is given it
        """All municipalities, by county."""
        directory = self.directory()
        listed = {
            county.name: [
                (place.name, path_of(place))
                for place in sorted(directory.municipalities_of(county.code), key=_swedish)
            ]
            for county in sorted(directory.counties.values(), key=_swedish)
        }
        return self._page("places.html", path=START, counties=listed)

    async def place(self, request: Request) -> Response:
        """What help there is for one municipality. A wrong name after its code is put right."""
        directory = self.directory()
        if not request.path_params["place"]:
            return RedirectResponse(START, 308)
        found = _PLACE.fullmatch(request.path_params["place"])
        place = directory.municipalities.get(found["code"]) if found else None
        if not found or place is None:
            return self._page("unknown.html", status=404, path=START)
        if found["slug"] != slug_of(place):
            return RedirectResponse(path_of(place), 308)
        shown, things = self._help(directory, place)
        return self._page(
            "place.html",
            path=path_of(place),
            place=place,
            county=directory.county_of(place),
            groups=shown,
            linked=things,
        )

    async def robots(self, request: Request) -> Response:  # noqa: ARG002 - a route is given it
        lines = ("User-agent: *", "Disallow: /desk", f"Sitemap: {self.public_url}/sitemap.xml", "")
        return PlainTextResponse("\n".join(lines))

    async def sitemap(self, request: Request) -> Response:  # noqa: ARG002 - a route is given it
        paths = ["/", START, *map(path_of, self.directory().municipalities.values())]
        urls = [f"{self.public_url}{path}" for path in paths]
        return Response(self._render("sitemap.xml", urls=urls), media_type="application/xml")

    def _help(
        self, directory: Directory, place: Municipality
    ) -> tuple[tuple[Group, ...], Mapping[str, Any]]:
        """All but our own line, which stands first on every page."""
        found = [
            match
            for match in finder.find(directory, place.code)
            if match.service.phone != self.line.phone
        ]
        things = graph(directory, (match.service for match in found))
        return groups(found, place, directory, self.clock()), things

    def _openings(self) -> Mapping[str, str]:
        """Say of the phone and of the chat whether they are open; why, only once."""
        now = self.clock()
        phone, chat = opening(self.line, "phone", now), opening(self.line, "chat", now)
        if chat.why == phone.why:
            chat = replace(chat, why=None)
        return {
            "phone": in_words(phone, now, self.texts, channel="phone"),
            "chat": in_words(chat, now, self.texts, channel="chat"),
        }

    def _page(self, template: str, *, status: int = 200, path: str, **values: Any) -> Response:
        html = self._render(
            template,
            line=self.line,
            phone=dialled(self.line.phone),
            openings=self._openings(),
            emergency=self.line.lines["emergency"].number,
            exit_url=self.exit_url,
            canonical=f"{self.public_url}{path}",
            **values,
        )
        return HTMLResponse(html, status, {"content-security-policy": self._policy})

    def _render(self, template: str, **values: Any) -> str:
        return self.templates.get_template(template).render(**values)

    @property
    def _policy(self) -> str:
        """The common policy; the exit button's form may also end where it leads."""
        where = urlsplit(self.exit_url)
        ours = "form-action 'self'"
        both = f"{ours} {where.scheme}://{where.netloc}"
        return HEADERS["content-security-policy"].replace(ours, both)


def path_of(place: Municipality) -> str:
    return f"{START}/{place.code}-{slug_of(place)}"


def slug_of(place: Municipality) -> str:
    """The name as it stands in an address: "upplands-vasby"."""
    return spelling.fold(spelling.key(place.name)).replace(" ", "-")


def _swedish(place: County | Municipality) -> str:
    """Order by name as Swedish does, with å, ä and ö after z."""
    return place.name.casefold().translate(_AFTER_Z)
