"""One municipality: what it has for those who use violence, how it is reached, what serves it."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import Response

from bot.catalogue import StaleEditError
from bot.desk.desk import Desk, Visit, see
from bot.desk.directory_changes import history_of
from bot.desk.directory_desk import (
    CHANGED_MEANWHILE,
    NO_SUCH_PLACE,
    change,
    current,
    directory_page,
    seen,
    today,
)
from bot.desk.directory_words import CONTACT, KINDS, PROVISION, page_of
from bot.words import cleaned
from directory.edits import Edit, Entry, Kind
from directory.finder import social_services_of
from directory.models import Contact, Directory, Provision, Service
from directory.provision import provided, provision_of
from directory.rules import EARLIEST, Fault, unreached, unreadable, unsupported

Cells = Mapping[str, str]
Model = TypeVar("Model", Provision, Contact)

WRONG: Mapping[str, str] = {
    "kind": "Välj vad kommunen har.",
    "phone": "Skriv numret med riktnummer, till exempel 08-123 45 67.",
    "url": "Skriv en hel adress som börjar med https:// eller http://.",
    "source": "Skriv sidans adress, eller i ord hur ni vet det. Högst 500 vanliga tecken.",
    "checked": "Skriv dagen så: 2026-06-04. Den kan inte vara efter i dag.",
    "as_of": "Skriv med ett årtal, till exempel cirka 2015, eller orden okänt år. "
    "Högst 40 vanliga tecken.",
}
UNDATED = f"Skriv dagen när någon kontrollerade det, eller fyll i ”{PROVISION['as_of']}”."
LACKING: Mapping[str, str] = {"checked": UNDATED}
"""What is said where nothing stands; of other fields the same as where something is wrong."""

NOT_KEPT = "Inget är sparat. Rätta det som är markerat."


async def show_place(desk: Desk, visit: Visit) -> Response:
    await current(desk)
    return await _page(desk, visit)


async def save_provision(desk: Desk, visit: Visit) -> Response:
    """Record what the municipality has; or forget it, so that the services tell."""
    directory = await current(desk)
    before = directory.provisions.get(_code(visit))
    if visit.field("forget"):
        return await _kept(desk, visit, "provision", before, None)
    return await _save(desk, visit, "provision", before, Provision)


async def save_contact(desk: Desk, visit: Visit) -> Response:
    directory = await current(desk)
    return await _save(desk, visit, "contact", directory.contacts.get(_code(visit)), Contact)


async def _save(
    desk: Desk, visit: Visit, kind: Kind, before: Entry | None, model: type[Model]
) -> Response:
    cells = _posted(visit.fields, PROVISION if model is Provision else CONTACT)
    entry, faults = _read(cells, _code(visit), model)
    if entry and entry.checked and not EARLIEST <= entry.checked <= today(desk):
        faults["checked"] = WRONG["checked"]
    if entry is None or faults:
        return await _page(
            desk, visit, 422, notice=NOT_KEPT, **{kind: cells}, faults={kind: faults}
        )
    return await _kept(desk, visit, kind, before, entry, cells)


async def _kept(
    desk: Desk,
    visit: Visit,
    kind: Kind,
    before: Entry | None,
    after: Entry | None,
    cells: Cells | None = None,
) -> Response:
    """Make the change, unless somebody made another one meanwhile; saving again settles that."""
    if visit.request.path_params["code"] not in desk.catalogue.directory.municipalities:
        return await _page(desk, visit)
    typed = {kind: cells} if cells else {}
    if visit.field("seen") != seen(before):
        return await _page(desk, visit, 409, notice=CHANGED_MEANWHILE, rival=kind, **typed)
    try:
        await change(desk, visit, Edit(before, after), "edited")
    except StaleEditError:
        await current(desk)
        return await _page(desk, visit, 409, notice=CHANGED_MEANWHILE, rival=kind, **typed)
    return see(f"{page_of(kind, _code(visit))}?done={'saved' if before != after else 'same'}")


def _posted(fields: FormData, names: Mapping[str, str]) -> Cells:
    given = ((name, fields.get(name, "")) for name in names)
    return {
        name: " ".join(cleaned(text).split()) if isinstance(text, str) else ""
        for name, text in given
    }


def _read(cells: Cells, code: str, model: type[Model]) -> tuple[Model | None, dict[str, str]]:
    """Make the entry, or say what is wrong, field by field."""
    faults = {name: WRONG[name] for name, _ in unreadable(cells)}
    known = {name: text for name, text in cells.items() if text}
    try:
        entry = model.model_validate({**known, "municipality_code": code})
    except ValidationError as error:
        places = (str(each["loc"][0]) for each in error.errors(include_url=False))
        return None, {**{name: WRONG[name] for name in places if name in WRONG}, **faults}
    lacking = {name: LACKING.get(name, WRONG[name]) for name, _ in _unfit(entry)}
    return entry, {**lacking, **faults}


def _unfit(entry: Provision | Contact) -> Iterator[Fault]:
    return unsupported(entry) if isinstance(entry, Provision) else unreached(entry)


async def _page(desk: Desk, visit: Visit, status: int = 200, **values: Any) -> Response:
    """The page of one municipality; `values` says what an order adds to it."""
    directory, code = desk.catalogue.directory, _code(visit)
    place = directory.municipalities.get(code)
    if place is None:
        return await desk.sorry(visit.person, NO_SUCH_PLACE, 404)
    provision, contact = directory.provisions.get(code), directory.contacts.get(code)
    shown: dict[str, Any] = {
        "provision": _cells(provision, PROVISION),
        "contact": _cells(contact, CONTACT),
        "faults": {},
        "rival": "",
        **values,
    }
    return await directory_page(
        desk,
        visit,
        "directory-place.html",
        status,
        place=place,
        county=directory.county_of(place),
        now=provision_of(directory, code),
        told=provided(directory, code),
        recorded=provision,
        reached=contact,
        seen={"provision": seen(provision), "contact": seen(contact)},
        kinds=KINDS,
        labels={"provision": PROVISION, "contact": CONTACT},
        services=_serving(directory, code),
        history=await history_of(desk, [("provision", code), ("contact", code)]),
        **shown,
    )


def _cells(entry: Entry | None, names: Mapping[str, str]) -> Cells:
    values = entry.model_dump(mode="json") if entry else {}
    return {name: str(values.get(name) or "") for name in names}


def _serving(directory: Directory, code: str) -> list[Service]:
    """The living services of a municipality and its county; its social services at the end."""
    county = directory.municipalities[code].county_code
    found = [
        each
        for each in directory.living_services()
        if code in each.municipality_codes or county in each.county_codes
    ]
    if not any(each.social_services for each in found):
        found.append(social_services_of(directory, code))
    return sorted(found, key=lambda each: (each.social_services, each.name))


def _code(visit: Visit) -> str:
    return str(visit.request.path_params["code"])
