"""The visitor's page: one address, one cookie, forms up and events down.

Looking creates nothing. The first thing a visitor says or chooses begins a conversation, and the
cookie that is then set is all that leads to it. What is sent is answered when it is on the disk.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.web_acts import (
    Act,
    Fields,
    RefusedError,
    choice,
    fields_of,
    number,
    seq,
    words,
)
from bot.channels.web_memory import Memory
from bot.channels.web_view import CHANNEL, EMPTY, EXIT_URL, HERE, LANGUAGE, Draft, View, of, view
from bot.conversation import Address, Conversation, for_visitor
from bot.deliveries import Acknowledged
from bot.jobs import Began, Happened
from bot.pages import HEADERS, Sent, cookie_name, drop_cookie, set_cookie, stream
from bot.shop import Job
from bot.switchboard import NotKeptError, Switchboard
from bot.turns import Came
from bot.words import Buckets, cleaned
from flows.events import Departed

COOKIE = "visit"
JUST_ERASED = "erased"
"""Stands in the cookie between an erasure and the page that tells of it; leads to nothing."""

BREATH_SECONDS = 15.0
"""Between two signs of life in an idle stream: less than proxies wait."""

START = "/"

NOT_KEPT_BY_BROWSERS = 202
"""Back shows a page from the browser's memory, `no-store` or not, unless its answer is not 200.
Chromium ought to drop such pages when their cookie goes, but can lose count of its changes."""


def visitor_routes(
    board: Switchboard,
    *,
    public_url: str,
    new_token: Callable[[], str],
    demo: bool,
    exit_url: str = EXIT_URL,
) -> list[BaseRoute]:
    """Everything a visitor's browser may ask for."""
    looks = view(board, exit_url=exit_url, is_demo=demo)
    page = _Page(board, public_url, new_token, looks)
    posts = {"/say": page.say, "/choose": page.choose, "/exit": page.leave}
    return [
        Route(START, page.start),
        Route("/events", page.events),
        Route("/messages", page.messages),
        Route("/ack", page.acknowledge, methods=["POST"]),
        Route("/writing", page.writes, methods=["POST"]),
        *(Route(path, post, methods=["POST"]) for path, post in posts.items()),
        *(Route(path, _to_start) for path in posts),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]


@dataclass(slots=True)
class _Page:
    """Answers the visitor's browser."""

    board: Switchboard
    public_url: str
    new_token: Callable[[], str]
    view: View
    buckets: Buckets = field(default_factory=Buckets)
    memory: Memory = field(default_factory=Memory)

    async def start(self, request: Request) -> Response:
        """The page. A cookie that leads to nothing is as good as none, and is taken back."""
        found, token = self._found(request), self._token(request)
        gone = token == JUST_ERASED
        response = self._whole_page(found, gone=gone)
        if token and not found:
            drop_cookie(response, COOKIE, self.public_url)
        return response

    async def say(self, request: Request) -> Response:
        return await self._take(request, words)

    async def choose(self, request: Request) -> Response:
        return await self._take(request, choice)

    async def leave(self, request: Request) -> Response:
        """The exit button: the conversation ends here and now, whatever else fails."""
        if found := self._found(request):
            with suppress(NotKeptError):  # the key is destroyed first, so it is gone all the same
                await self.board.ask(Happened(found.id, Departed()))
        is_form = "text/html" in request.headers.get("accept", "")
        response = (
            RedirectResponse(self.view.exit_url, 303) if is_form else Response(status_code=204)
        )
        drop_cookie(response, COOKIE, self.public_url)
        return response

    async def acknowledge(self, request: Request) -> Response:
        """The page has shown everything up to a number: delivered."""
        try:
            last = seq(await fields_of(request))
        except RefusedError as refused:
            return self._refusal_in_json(refused)
        if found := self._found(request):
            await self._mark_shown(found, last)
        return Response(status_code=204)

    async def writes(self, request: Request) -> Response:
        """Somebody touches the keys; the counsellor they talk with may see that."""
        if (found := self._found(request)) and found.counsellor:
            self.board.note_writing(found, "visitor")
        return Response(status_code=204)

    async def messages(self, request: Request) -> Response:
        """The frame of a page without JavaScript; what it shows is delivered."""
        found = self._found(request)
        response = HTMLResponse(
            self.view.frame(found, page_place=request.query_params.get("place", ""))
        )
        if found:
            await self._mark_shown(found, found.next_seq - 1)
        return response

    async def events(self, request: Request) -> Response:
        found = self._found(request)
        mark = request.query_params.get("of", "")
        if found is None or (mark and mark != of(found)):
            return stream(_gone())
        try:
            after = number(request.headers.get("last-event-id") or _after(request))
        except RefusedError as refused:
            return self._refusal_in_json(refused)
        return stream(self._happenings(found.id, after))

    async def _happenings(self, id: str, after: int) -> AsyncIterator[Sent | None]:
        """What the page has not shown yet, then everything as it happens, until it is erased."""
        state, wrote = "", None
        with self.board.feeds.watch(id) as bell:
            while not self.board.feeds.is_closing:
                found = self.board.book.conversations.get(id)
                if found is None:
                    yield Sent("gone")
                    return
                for message in for_visitor(found):
                    if message.seq > after:
                        yield Sent("message", self.view.message(found, message), str(message.seq))
                        after = message.seq
                if state != (state := self.view.state(found)):
                    yield Sent("state", state)
                last = self.board.writing.last(id, "counsellor", self.board.clock())
                if last and wrote != (wrote := last):
                    yield Sent(
                        "writing", self.view.say("page-writing", counsellor=found.counsellor)
                    )
                if not await bell.wait(BREATH_SECONDS):
                    yield None

    async def _take(self, request: Request, read: Callable[[Fields], Act]) -> Response:
        """Take one act. Refused means unchanged, and the words are given back."""
        fields: Fields = {}
        try:
            fields = await fields_of(request)
            act = read(fields)
            found = self._found(request)
            token = found.address.token if found else self.new_token()
            id = await self._do(act, found, token)
        except RefusedError as refused:
            if _is_script(request):
                return self._refusal_in_json(refused)
            return self._refusal(request, refused, cleaned(fields.get("text", "")))
        return self._taken(request, act, id, token)

    async def _do(self, act: Act, found: Conversation | None, token: str) -> str:
        """Have the act taken in the conversation, or in a new one; give the conversation's id."""
        now = self.board.clock()
        if self.memory.is_of_erased(act.client_id, self.board.book.conversations, now):
            raise RefusedError(410, "page-error-erased")
        if found is None:
            self._refuse_when_full()
        elif not self.buckets.take(found.id, now):
            raise RefusedError(429, "page-error-often")
        try:
            reply = await self.board.ask(_job(act, found, token))
        except NotKeptError:
            raise RefusedError(503, "page-error-not-kept", self._phone) from None
        if not reply.conversation:
            raise RefusedError(410, "page-error-erased")
        self.memory.note(act.client_id, reply.conversation, now)
        return reply.conversation

    def _refuse_when_full(self) -> None:
        """Beyond what we can take on there is the phone."""
        conversations = self.board.book.conversations
        self.buckets.forget(conversations.__contains__)
        if len(conversations) >= self.board.shop.line.capacity.open_conversations:
            raise RefusedError(503, "page-error-full", self._phone)

    def _taken(self, request: Request, act: Act, id: str, token: str) -> Response:
        """Tell that it is kept; where it erased everything, tell that."""
        found = self.board.book.conversations.get(id)
        response = _seen_by_script(found, act) if _is_script(request) else _to_start(request)
        if found:
            set_cookie(response, COOKIE, token, self.public_url)
        elif _is_script(request):
            drop_cookie(response, COOKIE, self.public_url)
        else:
            set_cookie(response, COOKIE, JUST_ERASED, self.public_url)
        return response

    def _refusal(self, request: Request, refused: RefusedError, said: str) -> Response:
        draft = Draft(self.view.say(refused.text, **refused.said), said)
        return self._whole_page(self._found(request), draft=draft, status=refused.status)

    def _refusal_in_json(self, refused: RefusedError) -> Response:
        sentence = self.view.say(refused.text, **refused.said)
        return JSONResponse({"error": sentence}, refused.status)

    def _whole_page(
        self,
        found: Conversation | None,
        *,
        draft: Draft = EMPTY,
        gone: bool = False,
        status: int = 0,
    ) -> Response:
        status = status or (NOT_KEPT_BY_BROWSERS if found else 200)
        html = self.view.page(found, client_id=self.new_token(), draft=draft, gone=gone)
        return HTMLResponse(html, status, {"content-security-policy": self._policy})

    @property
    def _policy(self) -> str:
        """The common policy; the exit button's form may also end where it leads."""
        where = urlsplit(self.view.exit_url)
        ours = "form-action 'self'"
        both = f"{ours} {where.scheme}://{where.netloc}"
        return HEADERS["content-security-policy"].replace(ours, both)

    @property
    def _phone(self) -> tuple[str, str]:
        return ("phone", self.board.shop.line.phone)

    async def _mark_shown(self, found: Conversation, last: int) -> None:
        if any(seq <= last for seq in found.outbox):
            with suppress(NotKeptError):  # not marked now: marked with the next one
                await self.board.ask(Acknowledged(found.id, last))

    def _token(self, request: Request) -> str:
        return request.cookies.get(cookie_name(COOKIE, self.public_url), "")

    def _found(self, request: Request) -> Conversation | None:
        return self.board.book.at(Address(CHANNEL, self._token(request)))


def _job(act: Act, found: Conversation | None, token: str) -> Job:
    """In an open conversation the job names it: if it is erased meanwhile, no new one begins."""
    came = Came(act.client_id, act.choice)
    if found:
        return Happened(found.id, act.event, came)
    return Began(Address(CHANNEL, token), LANGUAGE, act.event, came)


async def _gone() -> AsyncIterator[Sent | None]:
    yield Sent("gone")


def _to_start(request: Request) -> Response:  # noqa: ARG001 - a route is given it
    return RedirectResponse(START, 303)


def _seen_by_script(found: Conversation | None, act: Act) -> Response:
    """Which message the act became (0: none that is shown), and of which conversation."""
    if found is None:
        return JSONResponse({"gone": True})
    own = (each.seq for each in for_visitor(found) if each.client_id == act.client_id)
    return JSONResponse({"gone": False, "seq": next(own, 0), "of": of(found)})


def _is_script(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _after(request: Request) -> str:
    return request.query_params.get("after", "0")
