"""Whom a service is for by where they live, and how far off it is for somebody else (pure)."""

from directory.finder import kilometres
from directory.hsds_words import joined
from directory.models import Directory, Municipality, Service

MOST_NAMED = 4
"""Municipalities that are named; where there is one more, it is named too."""

MIL = 10.0
"""Kilometres, in the measure that people think of."""

FARTHEST = 5
"""The most mil that are counted: between the middles of large municipalities."""

BEYOND = FARTHEST + 1
"""Stands for all that is farther."""


def districts_in_words(service: Service, directory: Directory) -> str:
    """The parts of a city that it is for; "" where it makes no difference between them."""
    return joined([directory.districts[code].name for code in service.district_codes])


def places_in_words(service: Service, directory: Directory, home: Municipality | None) -> str:
    """The municipalities or districts that it is for, with their county where that is another.

    Whole counties are named after them.
    """
    names = [directory.municipalities[code].name for code in service.municipality_codes]
    more = len(names) - MOST_NAMED
    if more > 1:
        names = [*names[:MOST_NAMED], f"{more} kommuner till"]
    whole = [directory.counties[code].name for code in service.county_codes]
    places = districts_in_words(service, directory) or joined([*names, *whole])
    counties = {directory.municipalities[code].county_code for code in service.municipality_codes}
    if home is None or home.county_code in counties or len(counties) != 1 or whole:
        return places
    return f"{places} i {directory.counties[counties.pop()].name}"


def is_for(service: Service, home: Municipality) -> bool:
    """Whether somebody who lives there is among those whom it serves."""
    return (
        service.national
        or home.code in service.municipality_codes
        or home.county_code in service.county_codes
    )


def is_asked_for(service: Service) -> bool:
    """Whether the municipality's switchboard is the only way that is known to reach it."""
    return not (service.can_be_asked or service.national)


def is_next_door(service: Service, home: Municipality) -> bool:
    """Whether it is for a municipality that borders on this one."""
    return not set(home.neighbours).isdisjoint(service.municipality_codes)


def mil_to(service: Service, home: Municipality, directory: Directory) -> int:
    """How far off it is as the crow flies, BEYOND the FARTHEST; 0 where several are meant."""
    if len(service.municipality_codes) != 1:
        return 0
    distance = kilometres(home, directory.municipalities[service.municipality_codes[0]])
    return BEYOND if distance > FARTHEST * MIL else max(round(distance / MIL), 1)


def nearness_in_words(service: Service, home: Municipality, directory: Directory) -> str:
    """Say where it is, seen from home: "i en grannkommun, ungefär 3 mil bort"."""
    if not service.municipality_codes:
        return "i ett annat län"
    where = "i en grannkommun" if is_next_door(service, home) else "i en annan kommun"
    mil = mil_to(service, home, directory)
    far = f"mer än {FARTHEST} mil bort" if mil == BEYOND else f"ungefär {mil} mil bort"
    return f"{where}, {far}" if mil else where
