"""Entries of the directory as a counsellor reads them: where, whether open, how old."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.desk.desk import Desk
from directory.freshness import Age, age, year_of
from directory.models import Directory, Service
from directory.opening import in_words, is_open
from flows.hours import STOCKHOLM

FEW = 3
"""Municipalities that are named; a service for more is said to have others too."""

AGES: dict[Age, str] = {
    "verified": "kontrollerad {}",
    "recent": "uppgift från {}",
    "old": "gammal uppgift, från {}",
    "dated": "uppgift från {}",
    "unknown": "okänt hur gammal uppgiften är",
    "lasting": "finns i alla kommuner",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One hit of a search, in words. `hours` is empty where none are known."""

    service: Service
    where: str
    hours: str
    age: str


def entries(desk: Desk, services: Iterable[Service]) -> tuple[Entry, ...]:
    directory, now = desk.board.shop.directory, desk.clock()
    return tuple(
        Entry(each, where_served(each, directory), _hours(each, now), _age(each, now))
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


def _hours(service: Service, now: datetime) -> str:
    state = is_open(service.hours, now)
    if state is None:
        return ""
    return f"{'öppet' if state else 'stängt'} nu ({in_words(service.hours)})"


def _age(service: Service, now: datetime) -> str:
    today = now.astimezone(STOCKHOLM).date()
    return AGES[age(service, today)].format(service.checked or year_of(service))
