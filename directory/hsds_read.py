"""Reads services from a document of Open Referral HSDS 3 (pure).

Our own exports come back as they were. What others write is read as far as it says what we need.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, get_args
from uuid import UUID

from pydantic import ValidationError

from directory import spelling
from directory.hsds_areas import areas
from directory.hsds_hours import hours
from directory.hsds_shape import CostOption, HsdsService
from directory.hsds_words import ACTIVE, HEADINGS, LISTS, TAXONOMY, service_uuid
from directory.models import Directory, Service, WhoFor
from directory.rules import MEANING, Fault, named, unreadable
from directory.table import to_row

MOST_SERVICES = 1_000
"""Services of a document."""

MOST_FAULTS = 100
"""Faults that are listed."""

POINTERS: Mapping[str, str] = {
    "name": "/name",
    "operator": "/organization/name",
    "phones": "/phones",
    "hours": "/schedules",
    "email": "/email",
    "url": "/url",
    "addresses": "/service_at_locations",
    "accessibility": "/service_at_locations",
    "min_age": "/minimum_age",
    "max_age": "/maximum_age",
    "languages": "/languages",
    "description": "/description",
    "checked": "/assured_date",
}
"""Where the fields of a service stand in HSDS; all others stand among the attributes."""

SENTENCES: Mapping[str, str] = {
    "missing": "saknas.",
    "string_type": "ska vara text.",
    "string_too_long": "är en för lång text.",
    "list_type": "ska vara en lista.",
    "too_long": "har för många poster.",
    "model_type": "ska vara ett objekt.",
    "float_type": "ska vara ett tal.",
    "uuid_parsing": "ska vara ett UUID.",
    "uuid_type": "ska vara ett UUID.",
    "literal_error": "har ett värde som inte finns i standarden.",
    "string_pattern_mismatch": "ska vara ett datum som 2026-06-05.",
}
"""What is wrong with a shape, by pydantic's name of the error."""

_LACKS_WHO_FOR = (
    f"saknar who_for. Lägg till ett attribut i taxonomin {TAXONOMY} för var och en som tjänsten "
    f"är till för: {', '.join(get_args(WhoFor))}."
)
_FOR_NOBODY: Fault = ("/attributes", _LACKS_WHO_FOR)
"""What no directory but ours says, and a visitor needs to know."""


def read(document: object, directory: Directory) -> tuple[tuple[Service, ...], tuple[str, ...]]:
    """Read a list of services, one service, or a page; faults in Swedish with JSON pointers.

    Services without fault are given, each once. No more than MOST_FAULTS faults are listed.
    """
    found = _Found()
    for pointer, item in _items(document, found.faults):
        found.add(pointer, *_service(item, directory))
        if len(found.faults) > MOST_FAULTS:
            found.faults[MOST_FAULTS:] = ["Det finns fler fel; rätta de här först."]
            break
    return tuple(found.services.values()), (*found.for_nobody(), *found.faults)


@dataclass(slots=True)
class _Found:
    """What a document holds, service by service."""

    services: dict[str, Service] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _first: dict[UUID, str] = field(default_factory=dict)
    """Where each UUID stands first."""
    _for_nobody: dict[str, str] = field(default_factory=dict)
    """Names of services of which nobody says whom they are for, by pointer."""

    def add(
        self, pointer: str, read: HsdsService | None, service: Service | None, wrong: list[Fault]
    ) -> None:
        """Take in what was read of one service; `wrong` is told with its place."""
        if read and _FOR_NOBODY in wrong:
            wrong.remove(_FOR_NOBODY)
            self._for_nobody[pointer] = read.name
        if service and self.services.setdefault(service.id, service) is not service:
            wrong.append(("", f"Tjänsten {service.id} står mer än en gång."))
        elif read and (first := self._first.setdefault(read.id, pointer)) != pointer:
            wrong.append(("/id", f"står redan på #{first}/id; varje tjänst ska ha ett eget UUID."))
        self.faults += (f"#{pointer}{where}: {sentence}" for where, sentence in wrong)

    def for_nobody(self) -> Iterator[str]:
        """One fault, however many services lack it."""
        where, sentence = _FOR_NOBODY
        match list(self._for_nobody.items()):
            case [(pointer, _)]:
                yield f"#{pointer}{where}: {sentence}"
            case [_, *_]:
                yield f"{named(list(self._for_nobody.values()))} {sentence}"


def _items(document: object, faults: list[str]) -> Iterator[tuple[str, object]]:
    """Name each service of a document by its JSON pointer."""
    match document:
        case list() if len(document) > MOST_SERVICES:
            faults.append(f"#: Filen har fler än {MOST_SERVICES} tjänster; dela upp den.")
        case list():
            yield from ((f"/{place}", item) for place, item in enumerate(document))
        case {"contents": list() as contents}:
            for pointer, item in _items(contents, faults):
                yield f"/contents{pointer}", item
        case {"id": _}:
            yield "", document
        case _:
            faults.append("#: Filen ska innehålla en tjänst, en lista eller en sida med tjänster.")


def _service(
    item: object, directory: Directory
) -> tuple[HsdsService | None, Service | None, list[Fault]]:
    """What the document says, the service that it makes, and what is wrong."""
    try:
        found = HsdsService.model_validate(item)
    except ValidationError as error:
        return None, None, list(_misshapen(error))
    fields, faults = _fields(found, directory)
    try:
        service = Service.model_validate(fields)
    except ValidationError as error:
        return found, None, [*faults, *_meanings(error)]
    faults += ((_pointer(name), sentence) for name, sentence in unreadable(to_row(service)))
    return found, None if faults else service, faults


def _fields(found: HsdsService, directory: Directory) -> tuple[dict[str, Any], list[Fault]]:
    served, unknown_areas = areas(found.service_areas, directory)
    opening, odd_hours = hours(found.schedules)
    own = _own(found)
    if "who_for" not in own:
        own["who_for"] = []
        unknown_areas.append(_FOR_NOBODY)
    fields = {
        "id": _slug(found, directory),
        "is_free": _is_free(found.cost_options),
        **_native(found),
        "hours": opening,
        **served,
        **own,
    }
    if found.status != ACTIVE:
        fields["status"] = "retired"
    known = {name: value for name, value in fields.items() if value not in (None, "")}
    return known, [*unknown_areas, *odd_hours]


def _native(found: HsdsService) -> dict[str, Any]:
    """What HSDS has a field of its own for."""
    places = [each.location for each in found.service_at_locations if each.location]
    accessibility = (each.description for place in places for each in place.accessibility)
    return {
        "name": found.name,
        "operator": found.organization.name if found.organization else found.name,
        "description": found.description or found.name,
        "url": found.url,
        "email": found.email,
        "phones": [phone.number for phone in found.phones],
        "addresses": [
            {
                "street": address.address_1,
                "postal_code": address.postal_code or "",
                "city": address.city,
            }
            for place in places
            for address in place.addresses
        ],
        "accessibility": next(filter(None, accessibility), ""),
        "min_age": found.minimum_age,
        "max_age": found.maximum_age,
        "languages": [each.code for each in found.languages if each.code],
        "checked": found.assured_date and found.assured_date[:10],
    }


def _own(found: HsdsService) -> dict[str, Any]:
    """What stands in attributes of our own taxonomy."""
    own: dict[str, Any] = {}
    for attribute in found.attributes:
        term = attribute.taxonomy_term
        name = (term.code or "") if term and term.taxonomy == TAXONOMY else ""
        if name in LISTS:
            own.setdefault(name, []).append(attribute.value)
        elif name in HEADINGS:
            own[name] = attribute.value
    return own


def _slug(found: HsdsService, directory: Directory) -> str:
    """Our own name: of the service we have under that UUID, or a new one that stays the same."""
    id = str(found.id)
    if known := slugs(directory).get(id):
        return known
    words = re.findall("[a-z]+", spelling.fold(spelling.key(found.name)))
    return "-".join([*words, id[:8]])


@lru_cache(maxsize=4)
def slugs(directory: Directory) -> Mapping[str, str]:
    """Our own names of all services, by UUID."""
    return {service_uuid(slug): slug for slug in directory.services}


def _is_free(options: Sequence[CostOption]) -> bool | None:
    amounts = [option.amount for option in options if option.amount is not None]
    return not any(amounts) if amounts else None


def _misshapen(error: ValidationError) -> Iterator[Fault]:
    for each in error.errors(include_url=False, include_input=False):
        where = "".join(f"/{part}" for part in each["loc"])
        yield where, SENTENCES.get(each["type"], "går inte att läsa.")


def _meanings(error: ValidationError) -> Iterator[Fault]:
    """One fault a field, be it that several of its values are wrong."""
    wrong = dict.fromkeys(str(each["loc"][0]) for each in error.errors(include_url=False))
    for name in wrong:
        told = "" if name in POINTERS else f"{name} "
        yield _pointer(name), f"{told}{MEANING.get(name, 'går inte att läsa.')}"


def _pointer(name: str) -> str:
    return POINTERS.get(name, "/attributes")
