"""A call: its contact form opens at once, without a conversation, and is filed like any other."""

from starlette.responses import JSONResponse, Response

from bot.desk.desk import Desk, Visit, see
from bot.desk.forms import PREFIX, gone, own_panel
from bot.desk.show import NO_SUCH_FORM, refused
from bot.forms import MOST_CALLS, StartedForm, ThrownAway
from flows.filling import phone_call
from flows.stockholm import month_of

TOO_MANY = (
    f"Du har redan {MOST_CALLS} telefonformulär öppna. "
    "Lämna in eller släng något av dem, och försök sedan igen."
)
DISCARDED = "Telefonformuläret är slängt."
CLOSED = "Rättelsen är stängd. Formuläret gäller som det lämnades in."
OF_A_TALK = "Ett formulär som hör till en chatt kan inte slängas. Lämna in det i stället."


async def start_call(desk: Desk, visit: Visit) -> Response:
    """Open the form of a call that begins now."""
    id = f"{PREFIX}{desk.board.shop.new_id()}"
    month = month_of(desk.clock())
    answers = phone_call(period=month)
    reply = await desk.board.ask(StartedForm(id, visit.person.name, "phone", answers))
    if reply.is_refused:
        return await refused(desk, visit, TOO_MANY)
    return JSONResponse({"panel": id}) if visit.wants_json else see(f"/desk#{id}")


async def discard_form(desk: Desk, visit: Visit) -> Response:
    """Throw away the form of a call, or a correction that was not handed in."""
    panel = own_panel(desk, visit)
    if panel is None:
        return await refused(desk, visit, NO_SUCH_FORM, 404)
    if panel.draft.origin == "talk":
        return await refused(desk, visit, OF_A_TALK)
    await desk.board.ask(ThrownAway(panel.id))
    return gone(visit, DISCARDED if panel.draft.origin == "phone" else CLOSED)
