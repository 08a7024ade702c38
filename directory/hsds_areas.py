"""Where a service of an HSDS document serves: its areas, found by code or by name (pure)."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from directory.hsds_shape import Area
from directory.hsds_words import COUNTRY
from directory.models import Directory
from directory.rules import Fault, shown

COUNTRY_NAMES = ("sverige", "hela sverige", "hela landet", "sweden")
KINDS = ("kommun", "stad")
"""What municipalities call themselves, some now this, now that."""

_CODE = re.compile(r"[0-9]{2}|[0-9]{4}")
"""What can only be meant as the code of a county or a municipality."""


def areas(
    found: Iterable[Area], directory: Directory
) -> tuple[dict[str, list[str] | bool], list[Fault]]:
    """Sort areas into the fields of a service; faults by pointer where a place is not known."""
    fields: dict[str, list[str] | bool] = {}
    faults: list[Fault] = []
    for place, area in enumerate(found):
        code = _code(area, directory)
        if code == COUNTRY:
            fields["national"] = True
        elif field := _field(code, directory):
            codes = fields.setdefault(field, [])
            assert isinstance(codes, list)  # noqa: S101 - only `national` is no list
            codes.append(code)
        else:
            faults.append((f"/service_areas/{place}", _unknown(area)))
    return fields, faults or list(_missing(fields))


def _missing(fields: object) -> Iterator[Fault]:
    if not fields:
        yield "/service_areas", "saknas; det framgår inte var tjänsten finns."


def _code(area: Area, directory: Directory) -> str:
    extent = (area.extent or "").strip()
    if extent == COUNTRY or _CODE.fullmatch(extent) or extent in directory.districts:
        return extent
    return _names(directory).get((area.name or "").strip().casefold(), "")


def _field(code: str, directory: Directory) -> str:
    places = {
        "municipality_codes": directory.municipalities,
        "county_codes": directory.counties,
        "district_codes": directory.districts,
    }
    return next((field for field, known in places.items() if code in known), "")


def _unknown(area: Area) -> str:
    extent = (area.extent or "").strip()
    if _CODE.fullmatch(extent):
        return f"{extent} är inte koden för någon kommun eller något län."
    return f"{shown(area.name or '(inget namn)')} känns inte igen; skriv kommunens kod i extent."


@lru_cache(maxsize=4)
def _names(directory: Directory) -> dict[str, str]:
    """Codes by name in small letters; a municipality goes before a county of the same name."""
    names = dict.fromkeys(COUNTRY_NAMES, COUNTRY)
    for county in directory.counties.values():
        names |= dict.fromkeys((county.name.casefold(), county.short_name.casefold()), county.code)
    for place in directory.municipalities.values():
        called = (place.name, place.full_name, *(f"{place.name} {kind}" for kind in KINDS))
        names |= dict.fromkeys(map(str.casefold, called), place.code)
    return names
