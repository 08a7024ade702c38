"""A look-up as one JSON document, for scripts (pure)."""

from typing import Any

from directory.finder import Match, find, find_in_county, national
from directory.models import Directory
from directory.places import Place, understand


def as_json(text: str, directory: Directory, *, role: str | None = None) -> dict[str, Any]:
    """Tell what a text was understood as, and the services there; unclear, the national lines."""
    place = understand(text, directory)
    return {
        "query_understood": place.is_understood,
        "municipality": _municipality(place, directory),
        "district": _district(place),
        "county": place.county and {"code": place.county.code, "name": place.county.name},
        "candidates": [
            {"kind": candidate.kind, "code": candidate.code, "name": candidate.name}
            for candidate in place.candidates
        ],
        "services": [_service(match) for match in _services(place, directory, role)],
    }


def _services(place: Place, directory: Directory, role: str | None) -> tuple[Match, ...]:
    if place.municipality:
        return find(directory, place.municipality.code, role=role)
    if place.county:
        return find_in_county(directory, place.county.code, role=role)
    return national(directory, role=role)


def _municipality(place: Place, directory: Directory) -> dict[str, str] | None:
    if not place.municipality:
        return None
    return {
        "code": place.municipality.code,
        "name": place.municipality.name,
        "county_code": place.municipality.county_code,
        "county": directory.county_of(place.municipality).name,
    }


def _district(place: Place) -> dict[str, str] | None:
    return {"code": place.district.code, "name": place.district.name} if place.district else None


def _service(match: Match) -> dict[str, str | None]:
    found = match.service
    return {
        "id": found.id,
        "name": found.name,
        "phone": found.phone,
        "url": found.url,
        "serves": match.serves,
        "checked": found.checked.isoformat() if found.checked else None,
        "status": found.status,
    }
