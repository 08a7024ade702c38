"""Entries of the directory as a counsellor reads them: where, whether open, how old."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.desk.desk import Desk
from directory.models import Directory, Service
from directory.wording import answering_in_short, freshness_in_short
from flows.stockholm import date_of

FEW = 3
"""Municipalities that are named; a service for more is said to have others too."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One hit of a search, in words. `hours` is empty where none are known."""

    service: Service
    where: str
    hours: str
    age: str


def entries(desk: Desk, services: Iterable[Service]) -> tuple[Entry, ...]:
    directory, now = desk.board.shop.directory, desk.clock()
    today = date_of(now)
    return tuple(
        Entry(
            each,
            where_served(each, directory),
            answering_in_short(each.hours, now),
            freshness_in_short(each, today),
        )
        for each in services
    )


def where_served(service: Service, directory: Directory) -> str:
    """Name the districts, municipalities or counties that a service is for, the first few."""
    if service.national:
        return "hela landet"
    names = [
        *(directory.districts[code].name for code in service.district_codes),
        *(directory.municipalities[code].name for code in service.municipality_codes),
        *(directory.counties[code].name for code in service.county_codes),
    ]
    more = len(names) - FEW
    return ", ".join(names[:FEW]) + (f" och {more} till" if more > 0 else "")
