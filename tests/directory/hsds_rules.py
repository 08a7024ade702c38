"""What Open Referral HSDS 3.1 demands of a service and of all that it holds, as facts of our own.

    assert faults("service", document) == []

Written from the published specification (the schemas of its branch 3.1-dev): which fields a kind
of object has, which it must have, of which type and form. A field that the standard does not have
is a fault as well, since everything we say has a place there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Rules:
    """The fields of one kind of object, by what stands in them; names parted by spaces."""

    must: str
    text: str = ""
    uuid: str = ""
    uri: str = ""
    email: str = ""
    number: str = ""
    choice: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    one: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, str] = field(default_factory=dict)


WHERE = ("physical", "postal", "virtual")

KINDS: Mapping[str, Rules] = {
    "service": Rules(
        must="id name status",
        uuid="id organization_id program_id",
        text="name alternate_name description interpretation_services application_process "
        "fees_description wait_time fees accreditations eligibility_description assured_date "
        "licenses alert last_modified",
        uri="url",
        email="email assurer_email",
        number="minimum_age maximum_age",
        choice={"status": ("active", "inactive", "defunct", "temporarily closed")},
        one={"organization": "organization"},
        many={
            "phones": "phone",
            "schedules": "schedule",
            "service_areas": "service_area",
            "service_at_locations": "service_at_location",
            "languages": "language",
            "cost_options": "cost_option",
            "attributes": "attribute",
        },
    ),
    "organization": Rules(
        must="id name description",
        uuid="id parent_organization_id",
        text="name alternate_name description tax_status tax_id legal_status logo",
        uri="website uri",
        email="email",
        number="year_incorporated",
        many={"phones": "phone", "locations": "location", "attributes": "attribute"},
    ),
    "phone": Rules(
        must="id number",
        uuid="id location_id service_id organization_id contact_id service_at_location_id",
        text="number type description",
        number="extension",
        many={"languages": "language", "attributes": "attribute"},
    ),
    "schedule": Rules(
        must="id",
        uuid="id service_id location_id service_at_location_id",
        text="valid_from valid_to dtstart until byday byweekno bymonthday byyearday description "
        "opens_at closes_at attending_type notes",
        uri="schedule_link",
        number="timezone count interval",
        choice={
            "freq": ("WEEKLY", "MONTHLY"),
            "wkst": ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
        },
        many={"attributes": "attribute"},
    ),
    "service_area": Rules(
        must="id",
        uuid="id service_id service_at_location_id",
        text="name description extent uri",
        choice={"extent_type": ("geojson", "topojson", "kml", "text")},
        many={"attributes": "attribute"},
    ),
    "service_at_location": Rules(
        must="id",
        uuid="id service_id location_id",
        text="description",
        one={"location": "location"},
        many={
            "service_areas": "service_area",
            "phones": "phone",
            "schedules": "schedule",
            "attributes": "attribute",
        },
    ),
    "location": Rules(
        must="id location_type",
        uuid="id organization_id",
        text="name alternate_name description transportation external_identifier "
        "external_identifier_type",
        uri="url",
        number="latitude longitude",
        choice={"location_type": WHERE},
        many={
            "languages": "language",
            "addresses": "address",
            "accessibility": "accessibility",
            "phones": "phone",
            "schedules": "schedule",
            "attributes": "attribute",
        },
    ),
    "address": Rules(
        must="id address_1 city state_province postal_code country address_type",
        uuid="id location_id",
        text="attention address_1 address_2 city region state_province postal_code country",
        choice={"address_type": WHERE},
        many={"attributes": "attribute"},
    ),
    "accessibility": Rules(
        must="id",
        uuid="id location_id",
        text="description details",
        uri="url",
        many={"attributes": "attribute"},
    ),
    "language": Rules(
        must="id",
        uuid="id service_id location_id phone_id",
        text="name code note",
        many={"attributes": "attribute"},
    ),
    "cost_option": Rules(
        must="id",
        uuid="id service_id",
        text="valid_from valid_to option currency amount_description",
        number="amount",
        many={"attributes": "attribute"},
    ),
    "attribute": Rules(
        must="id",
        uuid="id link_id taxonomy_term_id",
        text="link_type link_entity value label",
        one={"taxonomy_term": "taxonomy_term"},
    ),
    "taxonomy_term": Rules(
        must="id name description",
        uuid="id parent_id taxonomy_id",
        text="code name description taxonomy language",
        uri="term_uri",
    ),
}

FORMS: Mapping[str, str] = {
    "assured_date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    "opens_at": r"\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?",
    "closes_at": r"\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?",
    "byday": r"([+-]?\d*(MO|TU|WE|TH|FR|SA|SU))(,[+-]?\d*(MO|TU|WE|TH|FR|SA|SU))*",
    "country": r"[A-Z]{2}",
    "currency": r"[A-Za-z]{3}",
}
"""What the specification's words demand of texts beyond their type."""

UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

PAGE: Mapping[str, type] = {
    "total_items": int,
    "total_pages": int,
    "page_number": int,
    "size": int,
    "first_page": bool,
    "last_page": bool,
    "empty": bool,
    "contents": list,
}
"""The page of the API reference."""


def faults(kind: str, document: Any, where: str = "") -> list[str]:
    """Name everything in an object that breaks a rule, with its place."""
    return list(_faults(KINDS[kind], document, where))


def _faults(rules: Rules, document: Any, where: str) -> Iterator[str]:
    if not isinstance(document, dict):
        yield f"{where}: no object"
        return
    yield from (f"{where}/{name}: missing" for name in rules.must.split() if name not in document)
    for name, value in document.items():
        at = f"{where}/{name}"
        if name in rules.one:
            yield from faults(rules.one[name], value, at)
        elif name in rules.many:
            for place, each in enumerate(value):
                yield from faults(rules.many[name], each, f"{at}/{place}")
        elif not _is_right(rules, name, value):
            yield f"{at}: {value!r}"


def _is_right(rules: Rules, name: str, value: Any) -> bool:
    if name in rules.number.split():
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str) or not re.fullmatch(FORMS.get(name, r"(?s).*"), value):
        return False
    if name in rules.choice:
        return value in rules.choice[name]
    if name in rules.uuid.split():
        return UUID_FORM.fullmatch(value) is not None
    if name in rules.uri.split():
        return value.isascii() and bool(urlsplit(value).scheme and urlsplit(value).netloc)
    return name in rules.text.split() or ("@" in value and name in rules.email.split())
