"""Which services somebody in a municipality can turn to, the nearest first (pure).

The order: the municipality's own, those it shares, those of the county, those nearby where nothing
else meets the need, its social services (every municipality has them), the national lines. So the
answer is never empty.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians
from typing import Literal

from directory.models import Contact, Directory, Municipality, Service

Serves = Literal["own", "shared", "regional", "neighbour", "social_services", "national"]

MOST_NEIGHBOURS = 3
"""Services of other municipalities that are shown."""

FAR = 150.0
"""Kilometres to the farthest municipality whose services are shown where no neighbour has any."""

SOCIAL_SERVICES = "socialtjansten-"
"""What the id of a municipality's social services begins with; its code follows."""

SWITCHBOARD = "Ring växeln i din kommun och be om socialtjänsten, våld i nära relationer."
"""How to reach social services whose own number is not known."""

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

MOST_REMEMBERED = 64
"""Kinds of people for whom the services are kept as they were sorted."""

ABOUT_VIOLENCE = STRICT
"""Whom a national line must be for to be offered; those for any trouble are told of elsewhere."""


@dataclass(frozen=True, slots=True)
class Need:
    """What is known of who asks. `role` is a key of NEEDS, `language` an ISO 639 code."""

    role: str | None = None
    gender: Literal["women", "men"] | None = None
    age: int | None = None
    language: str | None = None

    @property
    def audience(self) -> str | None:
        return NEEDS.get(self.role or "")

    @property
    def deciding(self) -> str:
        """Whom a service must be for, so that nobody has to go farther."""
        return "exposed" if self.audience == "exposed" else "uses_violence"


ANY = Need()


@dataclass(frozen=True, slots=True)
class Match:
    """A service, and why it is shown."""

    service: Service
    serves: Serves


def find(
    directory: Directory, municipality_code: str, *, need: Need = ANY, district: str = ""
) -> tuple[Match, ...]:
    """All that serves a municipality, the nearest first. KeyError for an unknown code.

    In a `district`, those services are left out that serve only other districts.
    """
    municipality = directory.municipalities[municipality_code]
    here = tuple(_here(directory, municipality, need, district))
    return (
        *here,
        *(() if _suffices(here, need) else _nearby(directory, municipality, need)),
        *_social_services(directory, municipality_code),
        *national(directory, need=need),
    )


def find_in_county(
    directory: Directory, county_code: str, *, need: Need = ANY
) -> tuple[Match, ...]:
    """All that serves a county or some of its municipalities, the widest reach first."""
    places = {place.code for place in directory.municipalities_of(county_code)}
    regional, shared, own = [], [], []
    for service in _wanted(directory, need):
        if county_code in service.county_codes:
            regional.append(Match(service, "regional"))
        elif places.isdisjoint(service.municipality_codes) or service.social_services:
            continue
        elif len(service.municipality_codes) > 1:
            shared.append(Match(service, "shared"))
        else:
            own.append(Match(service, "own"))
    return (*regional, *shared, *own, *national(directory, need=need))


def national(directory: Directory, *, need: Need = ANY) -> tuple[Match, ...]:
    """List what is there for the whole country; lines for the exposed only where needed."""
    return tuple(
        Match(service, "national")
        for service in _wanted(directory, need)
        if service.national and service.offered and ABOUT_VIOLENCE & set(service.who_for)
    )


def service(directory: Directory, service_id: str) -> Service | None:
    """Look up an id: stored, also one that is retired, or a municipality's social services."""
    found = directory.services.get(service_id)
    code = service_id.removeprefix(SOCIAL_SERVICES)
    is_lasting = service_id.startswith(SOCIAL_SERVICES) and code in directory.municipalities
    if is_lasting and (found is None or found.status == "retired"):
        return social_services_of(directory, code)
    return _with_switchboard(directory, found) if found else None


def social_services_of(directory: Directory, code: str) -> Service:
    """Make the entry of a municipality's social services, which every municipality has."""
    municipality = directory.municipalities[code]
    contact = directory.contacts.get(code) or Contact(municipality_code=code)
    return Service(
        id=f"{SOCIAL_SERVICES}{code}",
        name=f"Socialtjänsten i {municipality.name}",
        operator=municipality.full_name,
        municipality_codes=(code,),
        social_services=True,
        phones=(contact.phone,) if contact.phone else (),
        url=contact.url,
        who_for=("uses_violence", "exposed", "children", "relatives"),
        description=SWITCHBOARD,
        source=contact.source if contact.phone else "",
        checked=contact.checked if contact.phone else None,
        as_of=contact.as_of if contact.phone else "",
    )


def _with_switchboard(directory: Directory, service: Service) -> Service:
    """Give social services that lack a number that of their municipality, where it is known."""
    if service.phones or not service.social_services:
        return service
    contacts = (directory.contacts.get(code) for code in service.municipality_codes)
    phones = tuple(contact.phone for contact in contacts if contact and contact.phone)
    return service.model_copy(update={"phones": phones})


def _here(
    directory: Directory, municipality: Municipality, need: Need, district: str
) -> Iterator[Match]:
    by_place = _by_place(directory, need)
    near = [each for each in by_place[municipality.code] if _serves(each, district)]
    yield from (Match(each, "own") for each in near if len(each.municipality_codes) == 1)
    yield from (Match(each, "shared") for each in near if len(each.municipality_codes) > 1)
    for each in by_place[municipality.county_code]:
        if municipality.code not in each.municipality_codes and _serves(each, district):
            yield Match(each, "regional")


def _serves(service: Service, district: str) -> bool:
    """Whether a service is for a district: by name, or since it or we make no difference."""
    return not district or not service.district_codes or district in service.district_codes


def _suffices(here: Iterable[Match], need: Need) -> bool:
    """Whether somebody is sure to be met here, so that nobody farther off need be named.

    Of what several share, whom to call is not plain where no way in is known.
    """
    return any(
        need.deciding in match.service.who_for
        and not (match.serves == "regional" and match.service.partial)
        and (match.serves == "own" or match.service.can_be_asked)
        and match.service.gender in {None, need.gender}
        for match in here
    )


@lru_cache(maxsize=MOST_REMEMBERED)
def _by_place(directory: Directory, need: Need) -> Mapping[str, Sequence[Service]]:
    """What is wanted, but for social services, by the code of each place that it serves."""
    found: dict[str, list[Service]] = {
        code: [] for code in (*directory.municipalities, *directory.counties)
    }
    for service in _wanted(directory, need):
        if not service.social_services:
            for code in {*service.municipality_codes, *service.county_codes} & found.keys():
                found[code].append(service)
    return found


@lru_cache(maxsize=MOST_REMEMBERED)
def _wanted(directory: Directory, need: Need) -> tuple[Service, ...]:
    """Keep those that are for this person; first those that say so and speak the language."""
    services = (each for each in directory.living_services() if _meets(each, need))
    return tuple(sorted(services, key=lambda service: _order(service, need)))


def _meets(service: Service, need: Need) -> bool:
    if need.audience in STRICT and need.audience not in service.who_for:
        return False
    if need.gender and service.gender not in {None, need.gender}:
        return False
    return need.age is None or (service.min_age or 0) <= need.age <= (service.max_age or need.age)


def _order(service: Service, need: Need) -> tuple[bool, bool, bool]:
    return (
        bool(need.audience) and need.audience not in service.who_for,
        "uses_violence" not in service.who_for and need.audience not in STRICT,
        bool(need.language) and need.language not in service.languages,
    )


def _nearby(directory: Directory, municipality: Municipality, need: Need) -> tuple[Match, ...]:
    """What neighbours have; where they have nothing, the nearest that is not too far."""
    neighbours = [directory.municipalities[code] for code in municipality.neighbours]
    if found := _of(directory, municipality, neighbours, need):
        return found
    places = directory.municipalities.values()
    farther = [place for place in places if kilometres(municipality, place) <= FAR]
    return _of(directory, municipality, farther, need)


def _of(
    directory: Directory, municipality: Municipality, places: list[Municipality], need: Need
) -> tuple[Match, ...]:
    """Services for this need in these places, the nearest first, with some way to ask them."""
    by_place = _by_place(directory, need)
    found = {
        each.id: each
        for place in sorted(places, key=lambda place: kilometres(municipality, place))
        for each in by_place[place.code]
        if need.deciding in each.who_for and each.can_be_asked
        if municipality.code not in each.municipality_codes
    }
    return tuple(Match(each, "neighbour") for each in list(found.values())[:MOST_NEIGHBOURS])


def kilometres(one: Municipality, other: Municipality) -> float:
    """Between the middles of two municipalities; exact enough to sort neighbours by."""
    degree = 111.2
    north = one.lat - other.lat
    east = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return degree * hypot(north, east)


def _social_services(directory: Directory, code: str) -> tuple[Match, ...]:
    entries = _stored_social(directory).get(code) or (social_services_of(directory, code),)
    return tuple(Match(_with_switchboard(directory, each), "social_services") for each in entries)


@lru_cache(maxsize=4)
def _stored_social(directory: Directory) -> Mapping[str, Sequence[Service]]:
    """The social services that have an entry of their own, by municipality."""
    found = defaultdict(list)
    for service in directory.living_services():
        for code in service.municipality_codes if service.social_services else ():
            found[code].append(service)
    return dict(found)
