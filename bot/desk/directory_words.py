"""The directory in Swedish: what fields and codes are called, and how two entries differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.desk.moments import clock_text
from directory.edits import Edit, Entry, Kind, Why, key_of
from directory.freshness import age
from directory.hsds_words import FORMS, WHO_FOR
from directory.languages import LANGUAGES
from directory.models import Address, Contact, Directory, Provision, Service
from directory.table import address_text
from directory.wording import freshness_in_short
from flows.stockholm import STOCKHOLM

SERVICE: Mapping[str, str] = {
    "name": "Namn",
    "operator": "Huvudman",
    "description": "Beskrivning",
    "who_for": "För vem",
    "gender": "Bara för ett kön",
    "min_age": "Från vilken ålder",
    "max_age": "Till vilken ålder",
    "forms": "Hur hjälpen ges",
    "languages": "Språk",
    "interpreter": "Tolk",
    "is_free": "Utan avgift",
    "needs_decision": "Kräver beslut av socialtjänsten",
    "anonymous": "Första kontakten kan vara anonym",
    "accessibility": "Tillgänglighet",
    "national": "Hela landet",
    "municipality_codes": "Kommuner",
    "district_codes": "Stadsdelar",
    "county_codes": "Län",
    "partial": "Bara en del av länet",
    "offered": "Visas för den som söker på en plats",
    "social_services": "Är kommunens socialtjänst",
    "phones": "Telefon",
    "hours": "Öppettider",
    "email": "E-post",
    "url": "Webbadress",
    "addresses": "Besöksadress",
    "status": "Status",
    "source": "Källa",
    "checked": "Kontrollerad",
    "checked_how": "Kontrollerad genom",
    "checked_with": "Kontrollerad med",
    "as_of": "Hur gamla uppgifterna är",
}
"""What each field of a service is called, in the order of the page."""

PROVISION: Mapping[str, str] = {
    "kind": "Utbud",
    "source": "Källa",
    "checked": "Kontrollerad",
    "as_of": "Hur gamla uppgifterna är",
}
CONTACT: Mapping[str, str] = {
    "phone": "Växel",
    "url": "Webbadress",
    "source": "Källa",
    "checked": "Kontrollerad",
    "as_of": "Hur gamla uppgifterna är",
}
LABELS: Mapping[Kind, Mapping[str, str]] = {
    "service": SERVICE,
    "provision": PROVISION,
    "contact": CONTACT,
}

GENDERS: Mapping[str, str] = {"women": "kvinnor", "men": "män"}
STATUSES: Mapping[str, str] = {
    "verified": "kontrollerad",
    "unverified": "inte kontrollerad",
    "retired": "tagen ur katalogen",
}
HOWS: Mapping[str, str] = {"phone": "telefon", "mail": "e-post", "web": "webben", "visit": "besök"}
KINDS: Mapping[str, str] = {
    "own": "egen verksamhet",
    "shared": "delar med andra kommuner",
    "regional": "verksamhet för hela länet",
    "individual_talks": "enskilda samtal i socialtjänsten",
    "unknown": "okänt",
}
WHETHER: Mapping[str, str] = {"1": "ja", "0": "nej"}
CODES: Mapping[str, Mapping[str, str]] = {
    "who_for": WHO_FOR,
    "forms": FORMS,
    "gender": GENDERS,
    "status": STATUSES,
    "checked_how": HOWS,
    "kind": KINDS,
}

WHYS: Mapping[Why, str] = {
    "added": "Lade till",
    "edited": "Ändrade",
    "verified": "Kontrollerade",
    "retired": "Tog ur katalogen",
    "imported": "Importerade",
    "undone": "Ångrade",
}
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two versions of an entry do not share, in words."""

    label: str
    before: str
    after: str


def in_words(name: str, value: object, directory: Directory) -> str:
    """Say what a field holds; a dash where nothing is known."""
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return WHETHER[str(int(value))]
        case tuple():
            return ", ".join(_one(name, each, directory) for each in value)
        case _:
            return _one(name, value, directory)


def place_names(name: str, directory: Directory) -> Mapping[str, str]:
    """The names that a field of codes stands for, by code; none for other fields."""
    match name:
        case "municipality_codes":
            return {place.code: place.name for place in directory.municipalities.values()}
        case "county_codes":
            return {county.code: county.name for county in directory.counties.values()}
        case "district_codes":
            return {district.code: district.name for district in directory.districts.values()}
        case _:
            return {}


def differences(
    before: Entry | None, after: Entry | None, directory: Directory
) -> tuple[Difference, ...]:
    """Name the fields that differ; where there is nothing, all fields are empty."""
    entry = after or before
    if entry is None:
        return ()
    rows = (
        Difference(label, _of(before, name, directory), _of(after, name, directory))
        for name, label in LABELS[key_of(entry)[0]].items()
    )
    return tuple(row for row in rows if row.before != row.after)


def name_of(edit: Edit, directory: Directory) -> str:
    """What the entry of an edit is called: the service, or what of which municipality."""
    match edit.after or edit.before:
        case Service(name=name):
            return name
        case Provision(municipality_code=code):
            return f"Utbudet i {_municipality(code, directory)}"
        case Contact(municipality_code=code):
            return f"Växeln i {_municipality(code, directory)}"
        case _:
            return NOTHING


def page_of(kind: Kind, id: str) -> str:
    """Where an entry is looked after."""
    return f"/desk/directory/service/{id}" if kind == "service" else f"/desk/directory/place/{id}"


def age_beside_status(service: Service, today: date) -> str:
    """How old an entry is, where its status stands beside it: of a check only the day is said."""
    is_check = age(service, today) == "verified"
    return day(service.checked) if is_check else freshness_in_short(service, today)


def day(moment: date | None) -> str:
    return moment.isoformat() if moment else NOTHING


def moment_text(moment: datetime) -> str:
    local = moment.astimezone(STOCKHOLM)
    return f"{local.date()} kl. {clock_text(local)}"


def _one(name: str, value: object, directory: Directory) -> str:
    if isinstance(value, Address):
        return address_text(value)
    if name == "languages":
        return LANGUAGES.get(str(value), str(value))
    names = CODES.get(name) or place_names(name, directory)
    return names.get(str(value), str(value))


def _of(entry: Entry | None, name: str, directory: Directory) -> str:
    return in_words(name, getattr(entry, name), directory) if entry else NOTHING


def _municipality(code: str, directory: Directory) -> str:
    place = directory.municipalities.get(code)
    return place.name if place else code
