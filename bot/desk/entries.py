"""Entries of the directory as a counsellor reads them: where, whether open, how old."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.desk.desk import Desk
from directory.models import Directory, Municipality, Service
from directory.places import understand
from directory.serving import is_for, nearness_in_words, places_in_words
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

    @property
    def reached(self) -> str:
        """How to reach it: the number, or else where it is on the web; the page's path is long."""
        site = urlsplit(self.service.url or "").netloc.removeprefix("www.")
        return self.service.phone or site or "Telefonnummer saknas"


def entries(desk: Desk, services: Iterable[Service], words: str = "") -> tuple[Entry, ...]:
    """Services as they were found by `words`: those for another place than these name say so."""
    directory, now = desk.board.shop.directory, desk.clock()
    today, home = date_of(now), understand(words, directory).municipality
    return tuple(
        Entry(
            each,
            where_served(each, directory, home),
            answering_in_short(each.hours, now),
            freshness_in_short(each, today),
        )
        for each in services
    )


def where_served(service: Service, directory: Directory, home: Municipality | None = None) -> str:
    """Name the districts, municipalities or counties that a service is for, the first few.

    For somebody who lives elsewhere, it is said to be somewhere else.
    """
    if service.national:
        return "hela landet"
    if home and not is_for(service, home):
        near = nearness_in_words(service, home, directory)
        return f"{near}, för den som bor i {places_in_words(service, directory, home)}"
    districts = [directory.districts[code] for code in service.district_codes]
    in_parts = {each.municipality_code for each in districts}
    whole = [code for code in service.municipality_codes if code not in in_parts]
    names = [
        *(each.name for each in districts),
        *(directory.municipalities[code].name for code in whole),
        *(directory.counties[code].name for code in service.county_codes),
    ]
    more = len(names) - FEW
    return ", ".join(names[:FEW]) + (f" och {more} till" if more > 0 else "")
