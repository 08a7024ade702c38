"""What a counsellor does with visitors: take, write, refer, hand back, end."""

import re

from starlette.responses import HTMLResponse, JSONResponse, Response

from bot.conversation import Conversation
from bot.deliveries import Seen
from bot.desk.desk import Desk, Visit, see
from bot.desk.entries import entries
from bot.desk.lines import again_id, is_in_doubt
from bot.desk.panels import Panel, panel_of, panels_of
from bot.desk.show import NO_SUCH_FORM, NOTHING, Extra, desk_page, panel_html, refused
from bot.jobs import Happened, Took, TookNext
from bot.presence import STATUSES
from bot.shop import Job
from bot.switchboard import desk_of
from bot.turns import Came
from bot.words import LONGEST, cleaned, whole_number
from directory.search import search
from flows.events import Attached, Ended, Event, HandedBack, Said

EMPTY = "Skriv något först."
TOO_LONG = f"Meddelandet är för långt: högst {LONGEST} tecken. Dela upp det."
NOT_YOURS = "Samtalet är inte ditt."
NOT_IN_DOUBT = "Det finns inget att skicka igen."
LONGEST_SEARCH = 200
"""Characters of a search that are looked at, and shown again."""

NO_SUCH_STATUS = "Välj Tillgänglig, Paus eller Borta."

_CLIENT_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


async def show_desk(desk: Desk, visit: Visit) -> Response:
    return await desk_page(desk, visit.person)


async def show_panel(desk: Desk, visit: Visit) -> Response:
    """One panel, for an open page that lacks it."""
    panel = panel_of(desk, visit.person.name, visit.request.path_params["draft"])
    if panel is None:
        return await refused(desk, visit, NO_SUCH_FORM, 404)
    return HTMLResponse(panel_html(desk, visit.person, panel))


async def set_status(desk: Desk, visit: Visit) -> Response:
    """Say that one takes visitors, pauses or is away; it survives a restart."""
    chosen = next((status for status in STATUSES if status == visit.field("status")), None)
    if chosen is None:
        return await refused(desk, visit, NO_SUCH_STATUS, 422)
    await desk.staff.set_status(visit.person.name, chosen)
    desk.board.shop.presence.set(visit.person.name, chosen, desk.clock())
    desk.board.feeds.ring(desk_of(visit.person.name))
    return JSONResponse({"status": chosen}) if visit.wants_json else see("/desk")


async def stay_awake(_: Desk, visit: Visit) -> Response:
    """Somebody is still here; letting them in has noted it."""
    return JSONResponse({}) if visit.wants_json else see("/desk")


async def take_next(desk: Desk, visit: Visit) -> Response:
    return await _done(desk, visit, TookNext(visit.person.name))


async def take(desk: Desk, visit: Visit) -> Response:
    return await _done(desk, visit, Took(_id(visit), visit.person.name))


async def say(desk: Desk, visit: Visit) -> Response:
    """Write to the visitor; the page's own id for the words makes a retry harmless."""
    words = cleaned(visit.field("words"))
    extra = Extra(panel=visit.field("panel"), words=words)
    if not words or len(words) > LONGEST:
        return await refused(desk, visit, TOO_LONG if words else EMPTY, 422, extra)
    return await _happened(desk, visit, Said(visit.person.name, words), extra)


async def say_again(desk: Desk, visit: Visit) -> Response:
    """Say once more what may not have come; pressing twice says it once."""
    seq = whole_number(visit.field("seq")) or 0
    found = desk.board.book.conversations.get(_id(visit))
    message = found.message(seq) if found else None
    if _is_anothers(found, visit):
        return await refused(desk, visit, NOT_YOURS, 403)
    if message is None or not is_in_doubt(message):
        return await refused(desk, visit, NOT_IN_DOUBT)
    said = Said(visit.person.name, message.text)
    return await _done(desk, visit, Happened(_id(visit), said, Came(again_id(seq))))


async def attach(desk: Desk, visit: Visit) -> Response:
    """Send an entry of the directory."""
    return await _happened(desk, visit, Attached(visit.person.name, visit.field("service")))


async def hand_back(desk: Desk, visit: Visit) -> Response:
    return await _happened(desk, visit, HandedBack(visit.person.name))


async def end(desk: Desk, visit: Visit) -> Response:
    return await _happened(desk, visit, Ended(visit.person.name))


async def mark_seen(desk: Desk, visit: Visit) -> Response:
    """Note how far the counsellor has read."""
    seq = whole_number(visit.field("seq"))
    if seq is not None:
        await desk.board.ask(Seen(_id(visit), visit.person.name, seq))
    return JSONResponse({})


async def writes(desk: Desk, visit: Visit) -> Response:
    """Let the visitor see that their counsellor writes."""
    found = desk.board.book.conversations.get(_id(visit))
    if found and found.counsellor == visit.person.name:
        desk.board.note_writing(found, "counsellor")
    return JSONResponse({})


async def search_directory(desk: Desk, visit: Visit) -> Response:
    """Search services by name, operator or place; a POST, so that no place stays in a history."""
    words = visit.field("find").strip()[:LONGEST_SEARCH]
    found = search(desk.board.shop.directory, words)
    extra = Extra(
        panel=visit.field("panel"), searched=words, found=found, entries=entries(desk, found, words)
    )
    if not visit.wants_json:
        return await desk_page(desk, visit.person, extra=extra)
    panel = panel_of(desk, visit.person.name, extra.panel)
    csrf = visit.person.session.csrf
    into = "choices.html" if visit.field("into") == "form" else "services.html"
    html = desk.html(into, panel=panel, extra=extra, csrf=csrf, drawn=desk.board.shop.new_id())
    return JSONResponse({"html": html, "hits": desk.html("hits.html", extra=extra)})


def _id(visit: Visit) -> str:
    return str(visit.request.path_params.get("conversation", ""))


def _is_anothers(talk: Conversation | None, visit: Visit) -> bool:
    return talk is not None and talk.counsellor not in {"", visit.person.name}


async def _happened(desk: Desk, visit: Visit, event: Event, extra: Extra = NOTHING) -> Response:
    """Have something happen in one's own talk; another's is not touched, and not told of."""
    found = desk.board.book.conversations.get(_id(visit))
    if _is_anothers(found, visit):
        return await refused(desk, visit, NOT_YOURS, 403)
    given = visit.field("client_id")
    client_id = given if _CLIENT_ID.fullmatch(given) else ""
    return await _done(desk, visit, Happened(_id(visit), event, Came(client_id)), extra)


async def _done(desk: Desk, visit: Visit, job: Job, extra: Extra = NOTHING) -> Response:
    """Ask the switchboard. Losing a race is an answer that the page shows."""
    reply = await desk.board.ask(job)
    if reply.answers:
        return await refused(desk, visit, " ".join(reply.answers), 409, extra)
    if visit.wants_json:
        return JSONResponse({})
    await mark_seen(desk, visit)
    mine = _panel_with(desk, visit, reply.conversation)
    return see(f"/desk#{mine.id}" if mine else "/desk")


def _panel_with(desk: Desk, visit: Visit, conversation: str) -> Panel | None:
    panels = panels_of(desk, visit.person.name)
    return next((each for each in panels if each.talk and each.talk.id == conversation), None)
