"""Logging in: a name and a password (or a set-up code), then the second factor; and out again."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from bot.desk.desk import COOKIE, LONGEST, Desk, Visit, see
from bot.desk.door import FORGED, LOGGED_OUT, MOST_FIELDS, Endpoint, same, step_ahead
from bot.desk.second_factor import new_secret, picture, step_of
from bot.pages import cookie_name, drop_cookie, form_of, set_cookie
from bot.store.staff import SHORTEST_PASSWORD, StaffError

DOOR = "desk-door"
"""The cookie that ties the login form to the browser that was shown it."""

LONGEST_NAME = 80
"""Characters of a name that are remembered as tried."""

WRONG = "Namnet, lösenordet eller engångskoden stämmer inte."
WRONG_CODE = "Koden stämmer inte, eller har redan använts. Vänta på nästa kod och försök igen."
STILL_TALKING = "Avsluta eller lämna tillbaka dina samtal innan du loggar ut."
UNEQUAL = "Lösenorden är inte lika."
TOO_SHORT = f"Lösenordet ska ha minst {SHORTEST_PASSWORD} tecken."


def login_page(desk: Desk) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        if await desk.who(request):
            return see("/desk")
        had_session = cookie_name(COOKIE, desk.public_url) in request.cookies
        return await _login_form(desk, LOGGED_OUT if had_session else "")

    return endpoint


def log_in(desk: Desk) -> Endpoint:
    """Take a name and a password. Unknown names get the same answer, as late."""

    async def endpoint(request: Request) -> Response:
        fields = await form_of(request, most_fields=MOST_FIELDS)
        name, secret, csrf = (str(fields.get(key, "")) for key in ("name", "secret", "csrf"))
        door = request.cookies.get(cookie_name(DOOR, desk.public_url), "")
        if not same(door, csrf):
            return await _login_form(desk, FORGED, 403)
        name = name.strip()[:LONGEST_NAME]
        if seconds := desk.guesses.begin(name, desk.clock()):
            return await _wait(desk, seconds)
        if not await desk.staff.is_let_in(name, secret):
            return await _login_form(desk, WRONG, 403, name=name)
        await _end_of(desk, request)
        return await _welcome(desk, name)

    return endpoint


async def password_page(desk: Desk, visit: Visit) -> Response:
    if step_ahead(visit.person) != "/desk/password":
        return see("/desk")
    return await _password_form(desk, visit)


async def choose_password(desk: Desk, visit: Visit) -> Response:
    """Who came with a set-up code chooses a password, and logs in anew with it."""
    if step_ahead(visit.person) != "/desk/password":
        return see("/desk")
    password = visit.field("password")
    if password != visit.field("again"):
        return await _password_form(desk, visit, UNEQUAL)
    try:
        await desk.staff.set_password(visit.person.name, password)
    except StaffError:
        return await _password_form(desk, visit, TOO_SHORT)
    return await _open(desk, visit.person.name, confirmed=desk.demo)


async def code_page(desk: Desk, visit: Visit) -> Response:
    ahead = step_ahead(visit.person)
    return await _code_form(desk, visit) if ahead == "/desk/code" else see(ahead or "/desk")


async def confirm_code(desk: Desk, visit: Visit) -> Response:
    """Take the code of the second factor, once; the login gets a new token."""
    person, now = visit.person, desk.clock()
    if step_ahead(person) != "/desk/code":
        return see("/desk")
    if seconds := desk.guesses.begin(_code_of(person.name), now):
        return await _wait(desk, seconds)
    secret = await desk.staff.totp_secret(person.name, new_secret())
    step = step_of(secret, visit.field("code"), now)
    if step is None or not await desk.staff.use_totp_step(person.name, step):
        return await _code_form(desk, visit, WRONG_CODE, 403)
    desk.guesses.forget(_code_of(person.name))
    await desk.staff.end_session(person.token)
    return await _open(desk, person.name, confirmed=True)


async def log_out(desk: Desk, visit: Visit) -> Response:
    """Leave; whoever has logged out is away, and leaves nobody unanswered."""
    person = visit.person
    if desk.board.book.talks_of(person.name):
        return await desk.sorry(person, STILL_TALKING, 409)
    desk.board.shop.presence.set(person.name, "away", desk.clock())
    await desk.staff.set_status(person.name, "away")
    await desk.staff.end_session(person.token)
    response = see("/desk/login")
    drop_cookie(response, COOKIE, desk.public_url)
    return response


async def _welcome(desk: Desk, name: str) -> Response:
    desk.guesses.forget(name)
    now = desk.clock()
    await desk.staff.end_sessions_before(now - LONGEST)
    if name not in desk.board.shop.presence.present(now):
        # Yesterday's "present" is no promise for today: whoever logs in says so anew.
        desk.restored.add(name)
        desk.board.shop.presence.set(name, "away", now)
        await desk.staff.set_status(name, "away")
    return await _open(desk, name, confirmed=desk.demo)


async def _open(desk: Desk, name: str, *, confirmed: bool) -> Response:
    """Begin a login with a fresh token."""
    token = await desk.staff.begin_session(name, confirmed=confirmed)
    response = see("/desk")
    set_cookie(response, COOKIE, token, desk.public_url)
    drop_cookie(response, DOOR, desk.public_url)
    return response


async def _end_of(desk: Desk, request: Request) -> None:
    if earlier := request.cookies.get(cookie_name(COOKIE, desk.public_url)):
        await desk.staff.end_session(earlier)


async def _wait(desk: Desk, seconds: int) -> Response:
    sentence = f"För många försök. Vänta {seconds} sekunder och försök igen."
    response = await _login_form(desk, sentence, 429)
    response.headers["retry-after"] = str(seconds)
    return response


async def _login_form(
    desk: Desk, problem: str = "", status: int = 200, *, name: str = ""
) -> Response:
    csrf = secrets.token_urlsafe(24)
    response = await desk.page(
        "login.html", status, person=None, problem=problem, name=name, csrf=csrf
    )
    set_cookie(response, DOOR, csrf, desk.public_url)
    return response


async def _password_form(desk: Desk, visit: Visit, problem: str = "") -> Response:
    status = 422 if problem else 200
    return await desk.page(
        "password.html", status, person=visit.person, problem=problem, shortest=SHORTEST_PASSWORD
    )


async def _code_form(desk: Desk, visit: Visit, problem: str = "", status: int = 200) -> Response:
    """Ask for the code; who has no second factor yet is shown how to get one."""
    name, secret, drawn = visit.person.name, "", ""
    if not visit.person.session.member.is_enrolled:
        secret = await desk.staff.totp_secret(name, new_secret())
        drawn = picture(secret, name=name, issuer=desk.board.shop.line.name)
    return await desk.page(
        "code.html", status, person=visit.person, problem=problem, secret=secret, drawn=drawn
    )


def _code_of(name: str) -> str:
    """Count guesses at the code apart from those at the password."""
    return f"{name}/code"
