"""What our exchange with other directories is made of: ids, our taxonomy, Swedish words (pure).

HSDS wants a UUID for everything. Ours follow from our own names, so that an export made tomorrow
has the same ones. What HSDS has no field for stands in `attributes`, under our own taxonomy: the
term's code is the name of the field of `Service`, the value is what its cell in a table holds.
"""

from collections.abc import Mapping
from uuid import UUID, uuid5

from directory.models import Service

NAMESPACE = UUID("7bbc07ea-336f-422d-b25f-dd362b4e6cf3")
"""The root of all our UUIDs; it never changes."""

TAXONOMY = "valj-att-sluta"
"""The name of our taxonomy, by which an attribute of ours is known again."""

COUNTRY = "SE"
"""The extent of a service for the whole country, and the country of every address."""

ACTIVE = "active"
INACTIVE = "inactive"
"""The HSDS status of what is retired."""

HEADINGS: Mapping[str, str] = {
    "id": "Kortnamn",
    "status": "Granskning",
    "partial": "Gäller bara en del av länet",
    "offered": "Visas vid sökning på plats",
    "social_services": "Är kommunens socialtjänst",
    "who_for": "Vem tjänsten är för",
    "gender": "Kön",
    "forms": "Hur hjälpen ges",
    "interpreter": "Tolk",
    "is_free": "Kostnadsfri",
    "needs_decision": "Kräver beslut av socialtjänsten",
    "anonymous": "Första kontakten kan vara anonym",
    "source": "Källa",
    "checked_how": "Kontrollerad genom",
    "checked_with": "Kontrollerad med",
    "as_of": "Uppgiftens ålder",
}
"""The fields of `Service` that HSDS has no place for, and the names of their terms."""

LISTS = frozenset({"who_for", "forms"})
"""Those of them that may have several attributes."""

WHO_FOR: Mapping[str, str] = {
    "uses_violence": "den som använder våld",
    "exposed": "den som är utsatt",
    "children": "barn",
    "relatives": "anhöriga",
    "professionals": "yrkesverksamma",
    "everyone": "alla",
}
GENDERS: Mapping[str, str] = {"women": "Bara för kvinnor.", "men": "Bara för män."}
FORMS: Mapping[str, str] = {
    "individual": "enskilda samtal",
    "group": "samtal i grupp",
    "family": "familjesamtal",
    "phone": "telefon",
    "chat": "chatt",
    "online": "på nätet",
    "housing": "boende",
}
COST: Mapping[bool, str] = {True: "Kostar inget.", False: "Det kostar något."}
INTERPRETER: Mapping[bool, str] = {
    True: "Det går att få tolk.",
    False: "Det går inte att få tolk.",
}
DECISION: Mapping[bool, str] = {
    True: "Socialtjänsten behöver besluta först.",
    False: "Du kan vända dig dit själv, utan beslut.",
}
ANONYMOUS: Mapping[bool, str] = {
    True: "Du behöver inte säga vem du är första gången.",
    False: "Du behöver säga vem du är.",
}


def uuid_of(*names: object) -> str:
    """The UUID of whatever goes by these names: its kind, whose it is, and which of several."""
    return str(uuid5(NAMESPACE, "/".join(map(str, names))))


def service_uuid(slug: str) -> str:
    return uuid_of("service", slug)


def audience(service: Service) -> str:
    """Say whom a service is for: "För barn och anhöriga. Bara för kvinnor."."""
    who = joined([WHO_FOR[each] for each in service.who_for])
    words = [f"För {who}." if who else "", GENDERS.get(service.gender or "", "")]
    return " ".join(filter(None, [*words, _ages(service)]))


def joined(words: list[str]) -> str:
    """Join with commas and a last "och"."""
    *first, last = words or [""]
    return f"{', '.join(first)} och {last}" if first else last


def _ages(service: Service) -> str:
    match service.min_age, service.max_age:
        case None, None:
            return ""
        case int(youngest), None:
            return f"Från {youngest} år."
        case None, int(oldest):
            return f"Till och med {oldest} år."
        case youngest, oldest:
            return f"{youngest}–{oldest} år."
