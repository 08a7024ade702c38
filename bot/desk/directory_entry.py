"""One service of the directory: looked at, edited, confirmed, retired and taken back."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from bot.catalogue import RefusedError, StaleEditError
from bot.desk.desk import Desk, Visit, see
from bot.desk.directory_changes import history_of
from bot.desk.directory_desk import (
    CHANGED_MEANWHILE,
    NO_SUCH_ENTRY,
    change,
    current,
    directory_page,
    seen,
    today,
)
from bot.desk.directory_fields import ASKS, SECTIONS
from bot.desk.directory_reading import (
    Cells,
    Problem,
    UnreadableError,
    cells_of,
    compared,
    posted,
    read,
)
from bot.desk.directory_words import HOWS, STATUSES, age_beside_status, page_of
from bot.reviewed import holds_name
from bot.words import cleaned
from directory.confirming import as_confirmed
from directory.edits import Edit, Why
from directory.finder import service as find
from directory.models import Directory, Service
from directory.opening import in_words
from directory.reserved import is_lasting, is_reserved
from directory.rules import tells_of_a_person, unreadable
from directory.spelling import fold

LONGEST_ID = 60

PROBLEMS = "Inget är sparat. Rätta det som är markerat."
NO_WITH = ASKS["checked_with"].wrong
NO_HOW = "Välj hur du kontrollerade uppgifterna."
IS_RETIRED = "Posten är tagen ur katalogen. Lägg tillbaka den först."
IS_LASTING = "Varje kommun har socialtjänst; rätta posten i stället."
EMPTY: Cells = dict.fromkeys(ASKS, "") | {"offered": "1", "status": "unverified"}


async def show_service(desk: Desk, visit: Visit) -> Response:
    service = find(await current(desk), _id(visit))
    return await (_page(desk, visit, service) if service else _none(desk, visit))


async def save_service(desk: Desk, visit: Visit) -> Response:
    """Keep the form, unless it is wrong or somebody changed the entry meanwhile."""
    directory = await current(desk)
    service, cells = find(directory, _id(visit)), posted(visit.fields)
    if service is None:
        return await _none(desk, visit)
    if visit.field("seen") != seen(service):
        return await _overtaken(desk, visit, service, cells)
    if cells == cells_of(service, directory):
        return see(f"{_address(service)}?done=same")
    try:
        wanted = _read(desk, cells, service.id)
    except UnreadableError as error:
        return await _page(desk, visit, service, 422, cells=cells, problems=error.problems)
    if wanted == service:
        return see(f"{_address(service)}?done=same")
    kept = as_confirmed(service, wanted)
    done = "saved" if kept == wanted else "unconfirmed"
    return await _kept(desk, visit, service, kept, why="edited", done=done, cells=cells)


async def verify_service(desk: Desk, visit: Visit) -> Response:
    """Note that somebody asked today, whom and how."""
    service = find(await current(desk), _id(visit))
    if service is None:
        return await _none(desk, visit)
    asked, how = _line(visit, "checked_with"), visit.field("checked_how")
    if problems := _doubts(desk, asked, how):
        typed = {"checked_with": asked, "checked_how": how}
        return await _page(desk, visit, service, 422, doubts=problems, check=typed)
    if service.status == "retired":
        return await _page(desk, visit, service, 409, notice=IS_RETIRED)
    confirmed = {
        "status": "verified",
        "checked": today(desk),
        "checked_how": how,
        "checked_with": asked,
        "as_of": "",  # how old the source was does not matter any more
    }
    wanted = service.model_copy(update=confirmed)
    return await _unless_overtaken(desk, visit, service, wanted, why="verified", done="verified")


async def retire_service(desk: Desk, visit: Visit) -> Response:
    """Take an entry out, unless it is what every municipality has."""
    service = find(await current(desk), _id(visit))
    if service and is_lasting(service):
        return await _page(desk, visit, service, 409, notice=IS_LASTING)
    return await _with(desk, visit, {"status": "retired"}, why="retired", done="retired")


async def restore_service(desk: Desk, visit: Visit) -> Response:
    """Put a retired entry back; it counts as unverified until somebody has asked."""
    restored = {"status": "unverified", "checked_how": None, "checked_with": ""}
    return await _with(desk, visit, restored, why="edited", done="restored")


async def show_new(desk: Desk, visit: Visit) -> Response:
    return await _new_page(desk, visit, EMPTY)


async def add_service(desk: Desk, visit: Visit) -> Response:
    directory, cells = await current(desk), posted(visit.fields)
    try:
        wanted = _read(desk, cells, new_id(cells["name"], directory))
    except UnreadableError as error:
        return await _new_page(desk, visit, cells, error.problems)
    try:
        await change(desk, visit, Edit(None, wanted), "added")
    except StaleEditError:  # somebody was given the same id a moment ago: there is a next one
        return await add_service(desk, visit)
    return see(f"{_address(wanted)}?done=added")


def new_id(name: str, directory: Directory) -> str:
    """Make an id of a name, with a number behind it where another service has it."""
    letters = "-".join(re.findall(r"[a-z0-9]+", fold(name.casefold())))
    stem = letters[:LONGEST_ID].strip("-") or "post"
    id, number = stem, 1
    while find(directory, id) or is_reserved(id):
        number += 1
        id = f"{stem}-{number}"
    return id


async def _with(
    desk: Desk, visit: Visit, update: Mapping[str, Any], *, why: Why, done: str
) -> Response:
    service = find(await current(desk), _id(visit))
    if service is None:
        return await _none(desk, visit)
    wanted = service.model_copy(update=update)
    return await _unless_overtaken(desk, visit, service, wanted, why=why, done=done)


async def _unless_overtaken(
    desk: Desk, visit: Visit, service: Service, wanted: Service, *, why: Why, done: str
) -> Response:
    if visit.field("seen") != seen(service):
        return await _page(desk, visit, service, 409, notice=CHANGED_MEANWHILE)
    return await _kept(desk, visit, service, wanted, why=why, done=done)


async def _kept(  # noqa: PLR0913 - what was, what shall be, and what to say of it
    desk: Desk,
    visit: Visit,
    service: Service,
    wanted: Service,
    *,
    why: Why,
    done: str,
    cells: Cells | None = None,
) -> Response:
    """Make the change. The social services that are made up for a municipality are stored."""
    before = desk.catalogue.directory.services.get(service.id)
    try:
        await change(desk, visit, Edit(before, wanted), why)
    except RefusedError as error:
        return await _page(desk, visit, service, 409, notice=str(error))
    except StaleEditError:
        now = find(await current(desk), service.id)
        return await (_overtaken(desk, visit, now, cells) if now else _none(desk, visit))
    return see(f"{_address(wanted)}?done={done}")


async def _overtaken(desk: Desk, visit: Visit, service: Service, cells: Cells | None) -> Response:
    """Show what somebody typed beside what the entry is now; saving again settles it."""
    theirs = cells_of(service, desk.catalogue.directory)
    return await _page(
        desk,
        visit,
        service,
        409,
        notice=CHANGED_MEANWHILE,
        cells=cells or theirs,
        rivals=compared(theirs, cells or theirs),
    )


async def _page(
    desk: Desk, visit: Visit, service: Service, status: int = 200, **values: Any
) -> Response:
    """The page of one entry; `values` says what an order adds to it."""
    directory = desk.catalogue.directory
    problems: tuple[Problem, ...] = values.pop("problems", ())
    shown: dict[str, Any] = {
        "notice": PROBLEMS if problems else "",
        "cells": cells_of(service, directory),
        "rivals": (),
        "doubts": {},
        "check": {"checked_with": "", "checked_how": ""},
        **values,
    }
    return await directory_page(
        desk,
        visit,
        "directory-service.html",
        status,
        service=service,
        is_stored=service.id in directory.services,
        seen=seen(service),
        age=age_beside_status(service, today(desk)),
        sections=SECTIONS,
        problems=problems,
        statuses=STATUSES,
        hows=HOWS,
        lasting=IS_LASTING if is_lasting(service) else "",
        hours=in_words(service.hours),
        history=await history_of(desk, [("service", service.id)]),
        **shown,
    )


async def _new_page(
    desk: Desk, visit: Visit, cells: Cells, problems: tuple[Problem, ...] = ()
) -> Response:
    return await directory_page(
        desk,
        visit,
        "directory-new.html",
        422 if problems else 200,
        notice=PROBLEMS if problems else "",
        cells=cells,
        sections=SECTIONS,
        problems=problems,
        hours="",
    )


async def _none(desk: Desk, visit: Visit) -> Response:
    return await desk.sorry(visit.person, NO_SUCH_ENTRY, 404)


def _doubts(desk: Desk, asked: str, how: str) -> Mapping[str, str]:
    """What is missing before a check can be noted."""
    is_odd = any(unreadable({"checked_with": asked})) or _is_a_person(desk, asked)
    is_short = 0 < len(asked) <= ASKS["checked_with"].most
    found = {
        "checked_with": "" if is_short and not is_odd else NO_WITH,
        "checked_how": "" if how in HOWS else NO_HOW,
    }
    return {name: sentence for name, sentence in found.items() if sentence}


def _read(desk: Desk, cells: Cells, id: str) -> Service:
    """Make the service of a form; UnreadableError also where it names whom somebody asked."""
    service = read(cells, id, desk.catalogue.directory, today(desk))
    if _is_a_person(desk, service.checked_with):
        raise UnreadableError([Problem("checked_with", NO_WITH)])
    return service


def _is_a_person(desk: Desk, asked: str) -> bool:
    """Whether it holds a number, an address, or what may be somebody's name."""
    return tells_of_a_person(asked) or holds_name(asked, desk.reviewer)


def _id(visit: Visit) -> str:
    return str(visit.request.path_params["id"])


def _line(visit: Visit, name: str) -> str:
    return " ".join(cleaned(visit.field(name)).split())


def _address(service: Service) -> str:
    return page_of("service", service.id)
