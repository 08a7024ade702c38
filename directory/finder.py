"""Which services somebody in a municipality can turn to, the nearest first (pure).

The order: the municipality's own, those it shares, those of the county, those of its neighbours
where nothing else exists, its social services (every municipality has them), the national lines.
So the answer is never empty.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians
from typing import Literal

from directory import spelling
from directory.models import CrisisLine, Directory, Municipality, Service
from directory.places import understand

Serves = Literal["own", "shared", "regional", "neighbour", "social_services", "national"]

MOST_NEIGHBOURS = 3
"""Services of neighbouring municipalities that are shown."""

MOST_FOUND = 20
"""Services that a search answers with."""

SOCIAL_SERVICES = "socialtjansten-"
"""What the id of a municipality's social services begins with; its code follows."""

NEEDS = {
    "uses_violence": "uses_violence",
    "risks_violence": "uses_violence",
    "exposed": "exposed",
    "relative": "relatives",
    "professional": "professionals",
}
"""Whom a service must be for, by the role of the person who asks."""

STRICT = frozenset({"uses_violence", "exposed"})
"""Needs that a service must state. A relative or a professional often asks for somebody else."""


@dataclass(frozen=True, slots=True)
class Match:
    """A service, and why it is shown."""

    service: Service
    serves: Serves


def find(
    directory: Directory, municipality_code: str, *, role: str | None = None
) -> tuple[Match, ...]:
    """All that serves a municipality, the nearest first. KeyError for an unknown code."""
    municipality = directory.municipalities[municipality_code]
    need = NEEDS.get(role or "")
    here = tuple(_here(directory, municipality, need))
    treats = any(_deciding(need) in match.service.who_for for match in here if not _vague(match))
    return (
        *here,
        *(() if treats else _of_neighbours(directory, municipality, need)),
        *_social_services(directory, municipality_code),
        *national(directory, role=role),
    )


def find_in_county(
    directory: Directory, county_code: str, *, role: str | None = None
) -> tuple[Match, ...]:
    """All that serves a county or some of its municipalities, the widest reach first."""
    need = NEEDS.get(role or "")
    places = {place.code for place in directory.municipalities_of(county_code)}
    regional, shared, own = [], [], []
    for service in _wanted(directory.services.values(), need):
        if county_code in service.county_codes:
            regional.append(Match(service, "regional"))
        elif places.isdisjoint(service.municipality_codes) or service.social_services:
            continue
        elif len(service.municipality_codes) > 1:
            shared.append(Match(service, "shared"))
        else:
            own.append(Match(service, "own"))
    return (*regional, *shared, *own, *national(directory, role=role))


def national(directory: Directory, *, role: str | None = None) -> tuple[Match, ...]:
    """List the lines for the whole country; those for the exposed only where needed."""
    need = NEEDS.get(role or "")
    services = [service for service in directory.services.values() if service.national]
    lines = [_as_service(line) for line in directory.crisis_lines.values()]
    exposed = [line for line in lines if "exposed" in line.who_for]
    offered = _wanted((*services, *(exposed if need != "uses_violence" else ())), need)
    return tuple(Match(service, "national") for service in offered)


def service(directory: Directory, service_id: str) -> Service | None:
    """Look up an id: stored, a national line, or a municipality's social services."""
    if found := directory.services.get(service_id):
        return found
    if line := directory.crisis_lines.get(service_id):
        return _as_service(line)
    code = service_id.removeprefix(SOCIAL_SERVICES)
    if service_id.startswith(SOCIAL_SERVICES) and code in directory.municipalities:
        return _social_services_of(directory.municipalities[code])
    return None


def search(directory: Directory, words: str) -> tuple[Service, ...]:
    """Find what a counsellor writes: at most MOST_FOUND services by name, operator or place."""
    wanted = [f" {spelling.fold(word.key)}" for word in spelling.words(words)]
    if not wanted:
        return ()
    found = [entry for text, entry in _index(directory) if all(word in text for word in wanted)]
    found.sort(key=lambda entry: wanted[0] not in _text(entry.name))
    place = understand(words, directory).municipality
    local = [match.service for match in _nearby(directory, place)] if place else []
    unique = {entry.id: entry for entry in (*found, *local)}
    return tuple(unique.values())[:MOST_FOUND]


def _nearby(directory: Directory, place: Municipality) -> Iterator[Match]:
    return (match for match in find(directory, place.code) if match.serves != "national")


def _here(directory: Directory, municipality: Municipality, need: str | None) -> Iterator[Match]:
    for reach in ("own", "shared", "regional"):
        for entry in _wanted(directory.services.values(), need):
            if not entry.social_services and _reach(entry, municipality) == reach:
                yield Match(entry, reach)


def _reach(entry: Service, municipality: Municipality) -> Serves | None:
    if municipality.code in entry.municipality_codes:
        return "shared" if len(entry.municipality_codes) > 1 else "own"
    return "regional" if municipality.county_code in entry.county_codes else None


def _vague(match: Match) -> bool:
    """Whether it may not serve this municipality after all."""
    return match.serves == "regional" and match.service.partial


def _deciding(need: str | None) -> str:
    """Name the need that decides whether neighbours are looked at."""
    return "exposed" if need == "exposed" else "uses_violence"


def _wanted(services: Iterable[Service], need: str | None) -> list[Service]:
    """Keep those that meet a strict need; else all, with those that state the need first."""
    if need in STRICT:
        return [entry for entry in services if need in entry.who_for]
    return sorted(
        services,
        key=lambda entry: (
            need not in entry.who_for if need else False,
            "uses_violence" not in entry.who_for,
        ),
    )


def _of_neighbours(
    directory: Directory, municipality: Municipality, need: str | None
) -> tuple[Match, ...]:
    around = sorted(
        (directory.municipalities[code] for code in municipality.neighbours),
        key=lambda neighbour: _kilometres(municipality, neighbour),
    )
    found = {
        entry.id: entry
        for neighbour in around
        for entry in _wanted(directory.services.values(), _deciding(need))
        if neighbour.code in entry.municipality_codes and not entry.social_services
        if municipality.code not in entry.municipality_codes
    }
    return tuple(Match(entry, "neighbour") for entry in list(found.values())[:MOST_NEIGHBOURS])


def _kilometres(one: Municipality, other: Municipality) -> float:
    """Between the middles of two municipalities; exact enough to sort neighbours by."""
    degree = 111.2
    north = one.lat - other.lat
    east = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return degree * hypot(north, east)


def _social_services(directory: Directory, code: str) -> tuple[Match, ...]:
    known = tuple(
        entry
        for entry in directory.services.values()
        if entry.social_services and code in entry.municipality_codes
    )
    entries = known or (_social_services_of(directory.municipalities[code]),)
    return tuple(Match(entry, "social_services") for entry in entries)


def _social_services_of(municipality: Municipality) -> Service:
    return Service(
        id=f"{SOCIAL_SERVICES}{municipality.code}",
        name=f"Socialtjänsten i {municipality.name}",
        operator=municipality.full_name,
        municipality_codes=(municipality.code,),
        social_services=True,
        who_for=("uses_violence", "exposed", "children", "relatives"),
        description="Ring kommunens växel och be om socialtjänsten, våld i nära relationer.",
        source="",
    )


def _as_service(line: CrisisLine) -> Service:
    return Service(
        id=line.id,
        name=line.name,
        operator=line.operator,
        national=True,
        phone=line.phone,
        url=line.url,
        who_for=line.who_for,
        description=line.description,
        source=line.source,
        checked=line.checked,
    )


@lru_cache(maxsize=4)
def _index(directory: Directory) -> tuple[tuple[str, Service], ...]:
    """Every service with the words by which it is found; the generated ones last."""
    lines = [match.service for match in national(directory)]
    stored = {entry.id: entry for entry in (*directory.services.values(), *lines)}
    generated = [
        match.service
        for code in directory.municipalities
        for match in _social_services(directory, code)
    ]
    unique = stored | {entry.id: entry for entry in generated}
    return tuple((_words_of(directory, entry), entry) for entry in unique.values())


def _words_of(directory: Directory, entry: Service) -> str:
    places = (directory.municipalities[code].name for code in entry.municipality_codes)
    counties = (directory.counties[code].name for code in entry.county_codes)
    return "".join(_text(text) for text in (entry.name, entry.operator, *places, *counties))


def _text(text: str) -> str:
    """Write a text with a space before every word, so that words are found by how they begin."""
    return f" {spelling.fold(spelling.key(text))}"
