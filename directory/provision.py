"""What each municipality has for those who use violence, and that map counted by county (pure).

What somebody recorded goes first; else it follows from the services, so that a service that is
added or retired changes the map by itself.
"""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, get_args

from directory.models import Directory, Provision, ProvisionKind, Service

KINDS: tuple[ProvisionKind, ...] = get_args(ProvisionKind)
"""The best first."""


def provision_of(directory: Directory, municipality_code: str) -> Provision:
    """Tell what a municipality has, by which source; KeyError for an unknown code."""
    return _map(directory)[municipality_code]


def provided(directory: Directory, municipality_code: str) -> Provision:
    """Tell what the services alone say of a municipality."""
    county_code = directory.municipalities[municipality_code].county_code
    for kind in KINDS:
        for service in directory.living_services():
            if _gives(service, municipality_code, county_code) == kind:
                return Provision(
                    municipality_code=municipality_code,
                    kind=kind,
                    source=service.source,
                    checked=service.checked,
                    as_of=service.as_of,
                )
    return Provision(municipality_code=municipality_code, kind="unknown")


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


def _gives(service: Service, municipality_code: str, county_code: str) -> ProvisionKind | None:
    if "uses_violence" not in service.who_for or service.national or service.social_services:
        return None
    if municipality_code in service.municipality_codes:
        return "shared" if len(service.municipality_codes) > 1 else "own"
    is_regional = county_code in service.county_codes and not service.partial
    return "regional" if is_regional else None


@lru_cache(maxsize=4)
def _map(directory: Directory) -> Mapping[str, Provision]:
    return {
        code: directory.provisions.get(code) or provided(directory, code)
        for code in directory.municipalities
    }
