"""What each municipality has for those who use violence, and that map counted by county (pure).

What somebody recorded goes first; else it follows from the services, so that a service that is
added or retired changes the map by itself.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, get_args

from directory.models import Directory, Provision, ProvisionKind, Service

KINDS: tuple[ProvisionKind, ...] = get_args(ProvisionKind)
"""The best first."""


def provision_of(directory: Directory, municipality_code: str) -> Provision:
    """Tell what a municipality has, by which source; KeyError for an unknown code."""
    return _map(directory)[municipality_code]


def provided(directory: Directory, municipality_code: str) -> Provision:
    """Tell what the services alone say of a municipality; KeyError for an unknown code."""
    return _provided(directory)[municipality_code]


def coverage(directory: Directory) -> dict[str, Any]:
    """Count the municipalities of each county by what they have, beside what was once counted."""
    return {
        "counties": [_county(directory, code) for code in directory.counties],
        "dated_facts": [fact.model_dump() for fact in directory.dated_facts],
    }


def _county(directory: Directory, county_code: str) -> dict[str, str | int]:
    places = directory.municipalities_of(county_code)
    counts = Counter(provision_of(directory, place.code).kind for place in places)
    return {
        "code": county_code,
        "name": directory.counties[county_code].name,
        "municipalities": len(places),
        **{kind: counts[kind] for kind in KINDS},
    }


@lru_cache(maxsize=4)
def _provided(directory: Directory) -> Mapping[str, Provision]:
    """For each municipality the best that a service gives, of equals the one that stands first."""
    best: dict[str, Provision] = {}
    given = [
        (kind, code, service)
        for service in directory.living_services()
        for kind, code in _gives(service, directory)
    ]
    for kind, code, service in sorted(given, key=lambda each: KINDS.index(each[0])):
        if code not in best:
            best[code] = Provision(
                municipality_code=code,
                kind=kind,
                source=service.source,
                checked=service.checked,
                as_of=service.as_of,
            )
    return {
        code: best.get(code) or Provision(municipality_code=code, kind="unknown")
        for code in directory.municipalities
    }


def _gives(service: Service, directory: Directory) -> Iterator[tuple[ProvisionKind, str]]:
    """What it gives to which municipalities; one that it serves by name is not also regional."""
    if "uses_violence" not in service.who_for or service.national or service.social_services:
        return
    named = service.municipality_codes
    for code in named:
        yield "shared" if len(named) > 1 else "own", code
    for county in () if service.partial else service.county_codes:
        for place in directory.municipalities_of(county):
            if place.code not in named:
                yield "regional", place.code


@lru_cache(maxsize=4)
def _map(directory: Directory) -> Mapping[str, Provision]:
    return {
        code: directory.provisions.get(code) or provision
        for code, provision in _provided(directory).items()
    }
