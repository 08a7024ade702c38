"""The door: every page and every order of the desk passes it. Who asks, and may they?"""

import hmac
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from bot.desk.desk import Desk, Person, Visit, see, told
from bot.pages import form_of, upload_of
from bot.store.connection import StoreError
from bot.store.staff import ROLES, Role
from bot.switchboard import NotKeptError

Handler: TypeAlias = Callable[[Desk, Visit], Awaitable[Response]]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

MOST_FIELDS = 1000

NOT_KEPT = "Det gick inte att spara. Inget är ändrat. Försök igen om en stund."
FORGED = "Sidan är för gammal eller kommer någon annanstans ifrån. Ladda om och försök igen."
LOGGED_OUT = "Du är utloggad. Logga in igen."
NOT_FOR_YOU = "Sidan är för samordnare."


def guarded(
    desk: Desk,
    handler: Handler,
    *,
    roles: tuple[Role, ...] = ROLES,
    is_quiet: bool = False,
    is_upload: bool = False,
) -> Endpoint:
    """Let in who is logged in with both factors and has the role.

    `is_quiet`: asked by the page itself, so it is no sign that somebody sits there. `is_upload`:
    the form brings a file.
    """

    async def work(request: Request, person: Person, fields: FormData) -> Response:
        if ahead := step_ahead(person):
            return see(ahead)
        await desk.sign_of_life(person)
        if person.session.member.role not in roles:
            return await desk.sorry(person, NOT_FOR_YOU, 403)
        if not is_quiet:
            await desk.touch(person)
        return await _handled(desk, handler, Visit(request, person, fields))

    return _checked(desk, work, is_upload=is_upload)


def half_open(desk: Desk, handler: Handler) -> Endpoint:
    """Let in who has given a password, on the way to the second factor."""

    async def work(request: Request, person: Person, fields: FormData) -> Response:
        return await handler(desk, Visit(request, person, fields))

    return _checked(desk, work)


def step_ahead(person: Person) -> str:
    """Name the page that must come before any other, or nothing when the person is in."""
    if not person.session.member.has_password:
        return "/desk/password"
    return "" if person.session.confirmed else "/desk/code"


def same(one: str, other: str) -> bool:
    """Compare two tokens without telling how much of them is alike."""
    return bool(one) and hmac.compare_digest(one.encode(), other.encode())


def _checked(
    desk: Desk,
    work: Callable[[Request, Person, FormData], Awaitable[Response]],
    *,
    is_upload: bool = False,
) -> Endpoint:
    fields_of = upload_of if is_upload else form_of

    async def endpoint(request: Request) -> Response:
        person = await desk.who(request)
        if person is None:
            return _shown_out(request)
        fields = FormData()
        try:
            if request.method == "POST":
                fields = await fields_of(request, most_fields=MOST_FIELDS)
                if not _is_ours(request, fields, person):
                    return await _refused(desk, request, person)
            return await work(request, person, fields)
        finally:
            await request.close()

    return endpoint


def _shown_out(request: Request) -> Response:
    if "text/html" in request.headers.get("accept", "text/html"):
        return see("/desk/login")
    return told(LOGGED_OUT, 401)


def _is_ours(request: Request, fields: FormData, person: Person) -> bool:
    token = request.headers.get("x-csrf") or fields.get("csrf")
    return isinstance(token, str) and same(person.session.csrf, token)


async def _refused(desk: Desk, request: Request, person: Person) -> Response:
    if "application/json" in request.headers.get("accept", ""):
        return told(FORGED, 403)
    return await desk.sorry(person, FORGED, 403)


async def _handled(desk: Desk, handler: Handler, visit: Visit) -> Response:
    """Do what is asked; what could not be kept is said, and nothing of it has happened."""
    try:
        return await handler(desk, visit)
    except (NotKeptError, StoreError):
        if visit.wants_json:
            return told(NOT_KEPT, 503)
        return await desk.sorry(visit.person, NOT_KEPT, 503)
