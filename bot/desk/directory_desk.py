"""What all pages of the directory at the desk share."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from directory.edits import Edit, Entry, Why
from directory.models import Directory
from flows.stockholm import date_of

DONE: Mapping[str, str] = {
    "added": "Posten finns nu i katalogen.",
    "saved": "Sparat.",
    "unconfirmed": "Sparat. Uppgifterna är ändrade sedan någon frågade, så posten räknas som inte "
    "kontrollerad. Tryck på ”Kontrollerad i dag” om du har frågat.",
    "same": "Inget var ändrat.",
    "verified": "Kontrollen är sparad.",
    "retired": "Posten är tagen ur katalogen. Ingen hänvisas dit längre.",
    "restored": "Posten är tillbaka i katalogen.",
    "imported": "Importen är genomförd.",
    "cancelled": "Importen är avbruten. Inget är ändrat.",
    "undone": "Ångrat.",
}
"""What a page says after an order that led to it, by the address's `done`."""

WELL = 200
"""The status of an answer that nothing is wrong with."""

NO_SUCH_ENTRY = "Posten finns inte i katalogen."
NO_SUCH_PLACE = "Det finns ingen kommun med den koden."
CHANGED_MEANWHILE = "Någon annan har ändrat posten medan du skrev. Inget är sparat än."


async def directory_page(
    desk: Desk, visit: Visit, template: str, status: int = WELL, **values: Any
) -> Response:
    """A page with what they all show; `notice` says why nothing happened."""
    values.setdefault("notice", "")
    done = DONE.get(visit.request.query_params.get("done", ""), "") if status == WELL else ""
    return await desk.page(
        template, status, person=visit.person, csrf=visit.person.session.csrf, done=done, **values
    )


async def current(desk: Desk) -> Directory:
    """The directory with what other processes have changed."""
    await desk.catalogue.refresh()
    return desk.catalogue.directory


async def change(desk: Desk, visit: Visit, edit: Edit, why: Why) -> int:
    """Make one change in the person's name; StaleEditError when somebody was faster."""
    return await desk.catalogue.change([edit], who=visit.person.name, why=why, at=desk.clock())


def today(desk: Desk) -> date:
    return date_of(desk.clock())


def seen(entry: Entry | None) -> str:
    """A mark of an entry as somebody saw it; another one when it has changed."""
    return sha256(entry.model_dump_json().encode()).hexdigest()[:32] if entry else ""
