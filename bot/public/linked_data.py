"""The services of a page in the words of schema.org, so that search engines can show them."""

from collections.abc import Iterable, Sequence
from typing import Any

from directory.hsds_write import LAST_MINUTE
from directory.models import Address, Directory, Municipality, Service
from directory.opening import MIDNIGHT, Span, week

Thing = dict[str, Any]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def graph(directory: Directory, services: Iterable[Service]) -> Thing:
    """All services of a page; what is not known is left out."""
    things = [_service(directory, service) for service in services]
    return {"@context": "https://schema.org", "@graph": things}


def _thing(kind: str, **facts: object) -> Thing:
    return {"@type": kind, **{name: fact for name, fact in facts.items() if fact}}


def _service(directory: Directory, service: Service) -> Thing:
    government = service.social_services
    provider = "GovernmentOrganization" if government else "Organization"
    return _thing(
        "GovernmentService" if government else "Service",
        name=service.name,
        description=service.description,
        url=service.url,
        provider=_thing(provider, name=service.operator, telephone=service.phone),
        areaServed=_areas(directory, service),
        availableChannel=_channel(service),
        hoursAvailable=_hours(week(service.hours)),
        offers=_price(service),
    )


def _areas(directory: Directory, service: Service) -> list[Thing]:
    if service.national:
        return [_thing("Country", name="Sverige")]
    districts = [directory.districts[code] for code in service.district_codes]
    in_parts = {each.municipality_code for each in districts}
    counties = [directory.counties[code] for code in service.county_codes]
    places = [directory.municipalities[code] for code in service.municipality_codes]
    return [
        *(_area(each.name) for each in counties),
        *(_area(each.name) for each in places if each.code not in in_parts),
        *(_area(each.name, directory.municipalities[each.municipality_code]) for each in districts),
    ]


def _area(name: str, within: Municipality | None = None) -> Thing:
    """A place, and the municipality that a district belongs to."""
    city = _area(within.name) if within else None
    return _thing("AdministrativeArea", name=name, containedInPlace=city)


def _price(service: Service) -> Thing | None:
    """What it costs, which is known only where it costs nothing."""
    return _thing("Offer", price="0", priceCurrency="SEK") if service.is_free else None


def _channel(service: Service) -> Thing | None:
    """How to reach it: by telephone, by mail, or where it receives people."""
    if not (service.phone or service.email or service.addresses):
        return None
    contact = _thing("ContactPoint", telephone=service.phone, email=service.email)
    return _thing(
        "ServiceChannel",
        servicePhone=contact if len(contact) > 1 else None,
        serviceLocation=[_place(address) for address in service.addresses],
    )


def _place(address: Address) -> Thing:
    where = _thing(
        "PostalAddress",
        streetAddress=address.street,
        postalCode=address.postal_code,
        addressLocality=address.city,
        addressCountry="SE",
    )
    return _thing("Place", address=where)


def _hours(spans: Sequence[Span]) -> list[Thing]:
    return [
        _thing(
            "OpeningHoursSpecification",
            dayOfWeek=[DAYS[day] for day in span.days],
            opens=span.opens,
            closes=LAST_MINUTE if span.closes == MIDNIGHT else span.closes,
        )
        for span in spans
        if span.closes
    ]
