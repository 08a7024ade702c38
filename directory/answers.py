"""A look-up as one JSON document, for scripts (pure)."""

from typing import Any

from directory.finder import Match, Need, find, find_in_county, national
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
        "services": [_service(match) for match in matches(place, directory, Need(role=role))],
    }


def matches(place: Place, directory: Directory, need: Need) -> tuple[Match, ...]:
    """What serves a place that was understood; the national lines where none was."""
    if place.municipality:
        district = place.district.code if place.district else ""
        return find(directory, place.municipality.code, need=need, district=district)
    if place.county:
        return find_in_county(directory, place.county.code, need=need)
    return national(directory, need=need)


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
