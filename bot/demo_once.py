"""One scripted conversation over HTTP, from the first word to the filed form and the erasure.

Two clients do what two browsers do: a visitor on the page, a counsellor at the desk. Each step is
said as it happens; a step that does not happen ends the script with a sentence.
"""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import httpx

from bot.complaint import ComplaintError
from bot.switchboard import Switchboard

COUNSELLOR = "Anna"
PATIENCE = 120.0
"""Seconds that an answer may take: a machine that has much else to do is no fault."""

WORDS = (
    "Hej. Jag knuffade min sambo i går så att hon slog i dörren. Jag skäms.",
    "Det är första gången. Jag vill att det ska vara sista.",
)
ANSWER = "Hej. Det är bra att du skriver. Berätta i din egen takt."
SERVICE = "kriscentrum-malmo"
FORM: dict[str, str | list[str]] = {
    "outcome": "completed",
    "role": "uses_violence",
    "reason": ["new_or_worse_act", "wants_to_change"],
    "violence": ["physical"],
    "severe": "no",
    "exposed_person": ["partner"],
    "children": "none",
    "other_problem": ["none"],
    "sought_help": "no",
    "earlier_contact": ["none"],
    "referred_service": [SERVICE],
    "referred_to": ["municipal_violence_service"],
    "child_concern": "not_relevant",
    "age.other": "37",
    "gender": "man",
    "county": "12",
    "municipality": "1280",
    "born_in_sweden": "not_asked",
    "heard_via": "internet",
    "language.other": "sv",
    "interpreter": "no",
    "helped": "better",
}
"""What the counsellor answers; what the system knows stands in the form already."""


class ScriptError(ComplaintError):
    """The scripted conversation did not go as it must."""


class House(Protocol):
    """The demo that the conversation is held in."""

    @property
    def url(self) -> str: ...
    @property
    def passwords(self) -> dict[str, str]: ...
    @property
    def board(self) -> Switchboard: ...


@dataclass(frozen=True, slots=True)
class _Browser:
    """A client that refuses to go on when an answer is not what it must be."""

    web: httpx.AsyncClient

    async def get(self, path: str) -> str:
        answer = await self._ask("GET", path)
        _must(answer.status_code == httpx.codes.OK, f"{path} answered {answer.status_code}.")
        return answer.text

    async def post(self, path: str, **fields: str | list[str]) -> None:
        answer = await self._ask("POST", path, data=fields)
        _must(answer.status_code == httpx.codes.SEE_OTHER, f"{path} answered {answer.status_code}.")

    async def _ask(self, method: str, path: str, **sent: Any) -> httpx.Response:
        try:
            return await self.web.request(method, path, **sent)
        except httpx.HTTPError as error:
            raise ScriptError(f"{path} gave no answer ({type(error).__name__}).") from None

    async def write(self, text: str) -> None:
        await self.post("/say", text=text, client_id=str(uuid.uuid4()))

    async def choose(self, *choices: str) -> None:
        for choice in choices:
            await self.post("/choose", choice=choice, client_id=str(uuid.uuid4()))

    async def order(self, path: str, **fields: str | list[str]) -> None:
        """Ask for something at the desk, with the token of the page."""
        token = _first(r'name="csrf" value="([^"]+)"', await self.get("/desk"))
        await self.post(path, csrf=token, **fields)


async def hold_one_conversation(house: House, *, say: Callable[[str], None]) -> None:
    """Hold the conversation; ScriptError at the first step that does not happen."""
    client = partial(httpx.AsyncClient, base_url=house.url, timeout=PATIENCE)
    async with client() as one, client() as other:
        visitor, counsellor = _Browser(one), _Browser(other)
        await _log_in(counsellor, house)
        say(f"{COUNSELLOR} har loggat in och är tillgänglig.")
        await _reach_the_queue(visitor)
        say("Besökaren har läst villkoren, sagt ja och står i kön.")
        draft = await _talk(visitor, counsellor)
        say("De har skrivit till varandra, och Anna har skickat en verksamhet.")
        await visitor.choose("helped:better", "erase-now")
        _must(not house.board.book.conversations, "The conversation is still open.")
        say("Samtalet är avslutat och raderat; besökaren mådde bättre.")
        await _file(counsellor, draft)
        _must(not house.board.vault.ids, "A key is left.")
        say("Formuläret är inlämnat. Ingen nyckel finns kvar.")


async def _log_in(counsellor: _Browser, house: House) -> None:
    token = _first(r'name="csrf" value="([^"]+)"', await counsellor.get("/desk/login"))
    secret = house.passwords[COUNSELLOR]
    await counsellor.post("/desk/login", name=COUNSELLOR, secret=secret, csrf=token)
    await counsellor.order("/desk/presence", status="present")


async def _reach_the_queue(visitor: _Browser) -> None:
    _must("112" in await visitor.get("/"), "The first page does not say 112.")
    await visitor.write(WORDS[0])
    await visitor.choose("talk", "yes-with-words", "role:uses_violence", "place:1280")


async def _talk(visitor: _Browser, counsellor: _Browser) -> str:
    """Take the visitor, write both ways, send a service, end; give the form's id."""
    await counsellor.order("/desk/next")
    page = await counsellor.get("/desk")
    _must(WORDS[0] in page, "The visitor's first words did not reach the desk.")
    talk = _first(r"/desk/talk/([0-9a-f]{32})/say", page)
    await counsellor.order(f"/desk/talk/{talk}/say", words=ANSWER)
    _must(ANSWER in await visitor.get("/messages"), "The answer did not reach the visitor.")
    await visitor.write(WORDS[1])
    _must(WORDS[1] in await counsellor.get("/desk"), "The words did not reach the desk.")
    await counsellor.order(f"/desk/talk/{talk}/attach", service=SERVICE)
    await counsellor.order(f"/desk/talk/{talk}/end")
    return _first(r"/desk/form/(draft-[0-9a-f]{32})/file", await counsellor.get("/desk"))


async def _file(counsellor: _Browser, draft: str) -> None:
    page = await counsellor.get("/desk")
    revision = _first(rf'{draft}/save".*?name="revision" value="(\d+)"', page)
    await counsellor.order(f"/desk/form/{draft}/file", revision=revision, **FORM)


def _first(pattern: str, page: str) -> str:
    found = re.search(pattern, page, re.DOTALL)
    if found is None:
        raise ScriptError(f"The page lacks {pattern}.")
    return found[1]


def _must(is_so: bool, otherwise: str) -> None:  # noqa: FBT001 - reads like a sentence
    if not is_so:
        raise ScriptError(otherwise)
