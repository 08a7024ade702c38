"""Importing a file: read, shown as a difference, and carried out when somebody has seen it."""

import asyncio
from dataclasses import dataclass
from functools import partial

from starlette.datastructures import UploadFile
from starlette.responses import Response

from bot.catalogue import StaleEditError
from bot.desk.desk import TEMPLATES, Desk, Visit, see
from bot.desk.directory_desk import current, directory_page, today
from bot.desk.directory_waiting import Waiting
from bot.desk.directory_words import Difference, differences, name_of
from bot.pages import Upload, environment
from bot.reviewed import holds_name
from directory.edits import Edit
from directory.importing import MOST_BYTES, SIZE, difference, read
from directory.models import Directory

PATH = "/desk/directory/import"

LARGEST = 2 * MOST_BYTES
"""Bytes of a request. One between this and MOST_BYTES is answered with a sentence on the page."""

UPLOAD = Upload(
    LARGEST,
    environment(TEMPLATES)
    .get_template("directory-too-large.html")
    .render(invented=False, size=SIZE, back=PATH),
)
"""What may be sent; the page that refuses more is for whoever sends it, logged in or not."""

MOST_SHOWN = 300
"""Entries whose difference is written out; the others are counted."""

NO_FILE = "Välj en fil först."
GONE = "Importen väntar inte längre. Välj filen igen."
OTHERWISE = (
    "Katalogen har ändrats sedan du såg skillnaden, så inget är genomfört. Så här ser den ut nu."
)


@dataclass(frozen=True, slots=True)
class Changed:
    """One entry that a file would change."""

    name: str
    id: str
    is_new: bool
    differences: tuple[Difference, ...]


async def show_import(desk: Desk, visit: Visit) -> Response:
    return await _page(desk, visit)


async def read_import(desk: Desk, visit: Visit) -> Response:
    """Read a file. With any fault it is only told; else its difference waits."""
    data = await _data(visit)
    if data is None:
        return await _page(desk, visit, 422, notice=NO_FILE)
    faults = await _put(desk, visit, data)
    return await _page(desk, visit, 422, faults=faults) if faults else see(PATH)


async def carry_out(desk: Desk, visit: Visit) -> Response:
    """Make the changes that somebody has seen, all or none."""
    name, waiting = visit.person.name, _waiting(desk, visit)
    if waiting is None or waiting.token != visit.field("token"):
        return await _page(desk, visit, 409, notice=GONE)
    try:
        await desk.catalogue.change(waiting.edits, who=name, why="imported", at=desk.clock())
    except StaleEditError:
        faults = await _put(desk, visit, waiting.data)
        return await _page(desk, visit, 409, notice=OTHERWISE, faults=faults)
    desk.imports.drop(name)
    return see("/desk/directory/changes?done=imported")


async def cancel_import(desk: Desk, visit: Visit) -> Response:
    desk.imports.drop(visit.person.name)
    return see(f"{PATH}?done=cancelled")


def _waiting(desk: Desk, visit: Visit) -> Waiting | None:
    return desk.imports.of(visit.person.name, desk.clock())


async def _put(desk: Desk, visit: Visit, data: bytes) -> tuple[str, ...]:
    """Read a file against the directory as it is, and let its difference wait; gives faults."""
    directory = await current(desk)
    is_name = partial(holds_name, reviewer=desk.reviewer)
    found = await asyncio.to_thread(read, data, directory, today(desk), is_name=is_name)
    if found.faults:
        desk.imports.drop(visit.person.name)
        return found.faults
    edits = difference(directory, found.services)
    token = desk.board.shop.new_id()
    waiting = Waiting(token, data, found.services, edits, desk.clock())
    desk.imports.put(visit.person.name, waiting)
    return ()


async def _data(visit: Visit) -> bytes | None:
    """What the file holds; None where none was chosen, which a browser sends without a name."""
    file = visit.fields.get("file")
    return await file.read() if isinstance(file, UploadFile) and file.filename else None


async def _page(
    desk: Desk, visit: Visit, status: int = 200, notice: str = "", faults: tuple[str, ...] = ()
) -> Response:
    waiting, directory = _waiting(desk, visit), await current(desk)
    edits = waiting.edits if waiting else ()
    return await directory_page(
        desk,
        visit,
        "directory-import.html",
        status,
        notice=notice,
        faults=faults,
        waiting=waiting,
        added=sum(edit.before is None for edit in edits),
        changes=[_changed(edit, directory) for edit in edits[:MOST_SHOWN]],
        more=max(0, len(edits) - MOST_SHOWN),
        megabytes=MOST_BYTES // 1_000_000,
    )


def _changed(edit: Edit, directory: Directory) -> Changed:
    return Changed(
        name_of(edit, directory),
        edit.key[1],
        edit.before is None,
        differences(edit.before, edit.after, directory),
    )
