"""A service as one whole document of Open Referral HSDS 3.1 (pure).

The standard: https://docs.openreferral.org/. What is not known is left out.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

from directory import table
from directory.hsds_words import (
    ACTIVE,
    ANONYMOUS,
    COST,
    COUNTRY,
    DECISION,
    HEADINGS,
    INACTIVE,
    INTERPRETER,
    LISTS,
    TAXONOMY,
    audience,
    service_uuid,
    uuid_of,
)
from directory.models import Address, Directory, Service
from directory.opening import MIDNIGHT, week

Document: TypeAlias = dict[str, Any]

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As RFC 5545 writes them."""

LAST_MINUTE = "23:59"
"""Written for the end of a day, which few programs read as 24:00."""

LOCAL_TIME = "Tiderna är svensk tid (Europe/Stockholm)."
"""Stands beside hours of a week, for which HSDS has only an offset from Greenwich, in each time or
in `timezone`: of hours that hold all year none would be right both in winter and in summer."""

PART_OF_COUNTY = "Gäller bara en del av länet; källan säger inte vilken."


def as_service(directory: Directory, service: Service) -> Document:
    """Write one service with everything that belongs to it."""
    return _known(
        {
            "id": service_uuid(service.id),
            "organization_id": _organization(service)["id"],
            "name": service.name,
            "description": service.description,
            "url": service.url,
            "email": service.email,
            "status": INACTIVE if service.status == "retired" else ACTIVE,
            "interpretation_services": _said(INTERPRETER, service.interpreter),
            "application_process": " ".join(_ways_in(service)),
            "fees_description": _said(COST, service.is_free),
            "eligibility_description": audience(service),
            "minimum_age": service.min_age,
            "maximum_age": service.max_age,
            "assured_date": service.checked and service.checked.isoformat(),
            "phones": list(_phones(service)),
            "schedules": list(_schedules(service)),
            "service_areas": list(_areas(directory, service)),
            "service_at_locations": list(_locations(directory, service)),
            "languages": list(_languages(service)),
            "organization": _organization(service),
            "cost_options": list(_costs(service)),
            "attributes": list(_attributes(service)),
        }
    )


def _known(document: Document) -> Document:
    return {name: value for name, value in document.items() if value not in (None, "", [])}


def _said(words: Any, fact: bool | None) -> str:  # noqa: FBT001 - a fact, not a switch
    return "" if fact is None else words[fact]


def _part(service: Service, kind: str, place: object, **fields: object) -> Document:
    """One part of a service; `place` tells it from the others of its kind."""
    id = uuid_of(kind, service.id, place)
    return _known({"id": id, "service_id": service_uuid(service.id), **fields})


def _organization(service: Service) -> Document:
    """Whoever runs the service; the same for all services of that name."""
    return {
        "id": uuid_of("organization", service.operator),
        "name": service.operator,
        "description": f"{service.operator} ansvarar för tjänster i den här katalogen.",
    }


def _ways_in(service: Service) -> Iterator[str]:
    yield from filter(None, [_said(DECISION, service.needs_decision)])
    yield from filter(None, [_said(ANONYMOUS, service.anonymous)])


def _phones(service: Service) -> Iterator[Document]:
    for place, number in enumerate(service.phones):
        yield _part(service, "phone", place, number=number, type="voice")


def _schedules(service: Service) -> Iterator[Document]:
    """The hours of a normal week; the whole truth stands in `description`, as OSM text."""
    spans = week(service.hours)
    for place, span in enumerate(spans):
        yield _part(
            service,
            "schedule",
            place,
            freq="WEEKLY",
            wkst=WEEKDAYS[0],
            byday=",".join(WEEKDAYS[day] for day in span.days),
            opens_at=span.opens,
            closes_at=LAST_MINUTE if span.closes == MIDNIGHT else span.closes,
            description=service.hours,
            notes=LOCAL_TIME,
        )
    if service.hours and not spans:
        yield _part(service, "schedule", "words", description=service.hours, notes=LOCAL_TIME)


def _areas(directory: Directory, service: Service) -> Iterator[Document]:
    """Where it serves: the extent is a code of Statistics Sweden, of a district, or "SE"."""
    if service.national:
        yield _area(service, COUNTRY, "Sverige")
    for code in service.county_codes:
        county = directory.counties.get(code)
        part = PART_OF_COUNTY if service.partial else ""
        yield _area(service, code, county.name if county else code, part)
    for code in service.municipality_codes:
        place = directory.municipalities.get(code)
        yield _area(service, code, place.full_name if place else code)
    for code in service.district_codes:
        district = directory.districts.get(code)
        yield _area(service, code, district.name if district else code)


def _area(service: Service, code: str, name: str, description: str = "") -> Document:
    return _part(
        service,
        "service_area",
        code,
        name=name,
        description=description,
        extent=code,
        extent_type="text",
    )


def _locations(directory: Directory, service: Service) -> Iterator[Document]:
    """Where it receives people; how accessible it is stands at the first place, or alone."""
    places: tuple[Address | None, ...] = service.addresses
    if service.accessibility and not places:
        places = (None,)
    for number, address in enumerate(places):
        location: Document = {
            "id": uuid_of("location", service.id, number),
            "location_type": "physical",
            "name": service.name,
        }
        if address:
            location["addresses"] = [_address(directory, service, number, address)]
        if service.accessibility and number == 0:
            location["accessibility"] = [_accessibility(service, location)]
        yield _part(
            service,
            "service_at_location",
            number,
            location_id=location["id"],
            location=location,
        )


def _accessibility(service: Service, location: Document) -> Document:
    return {
        "id": uuid_of("accessibility", service.id),
        "location_id": location["id"],
        "description": service.accessibility,
    }


def _address(directory: Directory, service: Service, number: int, address: Address) -> Document:
    return {
        "id": uuid_of("address", service.id, number),
        "location_id": uuid_of("location", service.id, number),
        "address_1": address.street,
        "city": address.city,
        "state_province": _county(directory, service),
        "postal_code": address.postal_code,
        "country": COUNTRY,
        "address_type": "physical",
    }


def _county(directory: Directory, service: Service) -> str:
    """The county that a service is in, where it is in one; HSDS wants one for every address."""
    codes = {*service.county_codes, *(code[:2] for code in service.municipality_codes)}
    county = directory.counties.get(codes.pop()) if len(codes) == 1 else None
    return county.name if county else ""


def _languages(service: Service) -> Iterator[Document]:
    for place, code in enumerate(service.languages):
        yield _part(service, "language", place, code=code)


def _costs(service: Service) -> Iterator[Document]:
    if service.is_free:
        yield _part(service, "cost_option", 0, option=COST[True], currency="SEK", amount=0)


def _attributes(service: Service) -> Iterator[Document]:
    """What HSDS has no field for, unless it is as it is when nothing is said."""
    cells = table.to_row(service)
    for name in HEADINGS:
        if getattr(service, name) == Service.model_fields[name].default:
            continue
        values = cells[name].split(table.JOINER) if name in LISTS else [cells[name]]
        for place, value in enumerate(values):
            yield _attribute(service, name, place, value)


def _attribute(service: Service, name: str, place: int, value: str) -> Document:
    return {
        "id": uuid_of("attribute", service.id, name, place),
        "link_id": service_uuid(service.id),
        "link_entity": "service",
        "value": value,
        "taxonomy_term_id": uuid_of("taxonomy_term", name),
        "taxonomy_term": {
            "id": uuid_of("taxonomy_term", name),
            "code": name,
            "name": HEADINGS[name],
            "description": HEADINGS[name],
            "taxonomy": TAXONOMY,
            "language": "sv",
        },
    }
