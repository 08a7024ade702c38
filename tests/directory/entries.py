"""Entries of the directory that tests make up."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from directory.load import load
from directory.models import Contact, Directory, Provision, Service

TODAY = date(2026, 11, 16)
"""The day of the cast's ordinary Monday."""

MALMO = "1280"
LUND = "1281"


def a_service(id: str = "kriscentrum-malmo", **fields: Any) -> Service:
    """A service for those who use violence in Malmö, except where `fields` say otherwise."""
    given = {
        "name": "Kriscentrum",
        "operator": "Malmö stad",
        "municipality_codes": (MALMO,),
        "phones": ("040-34 56 78",),
        "who_for": ("uses_violence",),
        "description": "Samtal för den som vill sluta använda våld.",
        "source": "https://malmo.example/kriscentrum",
        "checked": date(2026, 10, 1),
    }
    return Service.model_validate({"id": id, **given, **fields})


def a_full_service() -> Service:
    """A service of which everything is known."""
    return a_service(
        "allt-kant",
        name="Allt, känt; och ”citerat”",
        municipality_codes=(MALMO, LUND),
        county_codes=("12",),
        partial=True,
        offered=False,
        phones=("040-34 56 78", "+46 40 34 56 79"),
        hours="Mo-Fr 08:30-16:00; PH off",
        email="hej@malmo.example",
        url="https://malmo.example/",
        addresses=({"street": "Storgatan 1, uppgång B", "postal_code": "211 11", "city": "Malmö"},),
        gender="women",
        min_age=18,
        max_age=99,
        forms=("individual", "group"),
        languages=("sv", "ar"),
        interpreter=True,
        is_free=True,
        needs_decision=False,
        anonymous=False,
        accessibility="Hiss och hörslinga.",
        checked_how="phone",
        checked_with="receptionen",
        as_of="hösten 2026",
        status="verified",
    )


def a_provision(**fields: Any) -> Provision:
    return Provision.model_validate({"municipality_code": MALMO, "kind": "own", **fields})


def a_contact(**fields: Any) -> Contact:
    return Contact.model_validate({"municipality_code": MALMO, **fields})


def nobody(asked: str) -> bool:  # noqa: ARG001 - a file is read with whatever tells names
    """Tell that no text holds a name."""
    return False


def with_services(services: Iterable[Service]) -> Directory:
    """The shipped places, and no entries but these."""
    by_id = {service.id: service for service in services}
    return replace(load(), services=by_id, provisions={}, contacts={})
