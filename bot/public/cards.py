"""A service as somebody reads it who looks for help, perhaps at two in the morning."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlsplit

from directory.finder import SWITCHBOARD, Match, Serves
from directory.hsds_words import (
    ANONYMOUS,
    COST,
    DECISION,
    FORMS,
    INTERPRETER,
    audience,
    joined,
)
from directory.languages import LANGUAGES
from directory.models import Directory, Municipality, Service
from directory.serving import (
    districts_in_words,
    is_asked_for,
    is_for,
    nearness_in_words,
    places_in_words,
)
from directory.table import address_text
from directory.wording import answering, freshness
from flows.stockholm import date_of

HEADINGS: Mapping[Serves, str] = {
    "own": "I {place}",
    "shared": "Gemensamt för flera kommuner",
    "regional": "För hela länet",
    "neighbour": "I närheten",
    "social_services": "Socialtjänsten",
    "national": "I hela landet",
}
"""What the services are called together, by why they are shown."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is read, and as a telephone dials it."""

    number: str
    dialled: str


@dataclass(frozen=True, slots=True)
class Card:
    """One service, in words; what is not known is empty."""

    name: str
    description: str
    audience: str
    near: str
    """That it is a neighbour's, and how far off; '' where it is for those who live here."""
    serves: str
    """Where those live whom it is for; '' where that is everybody who reads this page."""
    phones: tuple[Phone, ...]
    instead: str
    """What to do where we know no number; '' where the description says it."""
    hours: str
    is_open: bool | None
    addresses: tuple[str, ...]
    email: str
    url: str
    site: str
    facts: tuple[str, ...]
    checked: str


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    serves: Serves
    cards: tuple[Card, ...]


def groups(
    matches: Iterable[Match], place: Municipality, directory: Directory, now: datetime
) -> tuple[Group, ...]:
    """Put what the finder found under headings, in its order, for those who live in a place."""
    return tuple(
        Group(
            HEADINGS[serves].format(place=place.name),
            serves,
            tuple(_card(match.service, place, directory, now) for match in found),
        )
        for serves, found in groupby(matches, lambda match: match.serves)
    )


def dialled(number: str) -> str:
    return re.sub(r"[^+0-9]", "", number)


def _card(service: Service, home: Municipality, directory: Directory, now: datetime) -> Card:
    is_open, hours = answering(service.hours, now)
    return Card(
        name=service.name,
        description=service.description,
        audience=audience(service),
        near=_near(service, home, directory),
        serves=_serves(service, home, directory),
        phones=tuple(Phone(number, dialled(number)) for number in service.phones),
        instead=_instead(service),
        hours=hours,
        is_open=is_open,
        addresses=tuple(map(address_text, service.addresses)),
        email=service.email or "",
        url=service.url or "",
        site=_site(service.url or ""),
        facts=tuple(_facts(service)),
        checked=freshness(service, date_of(now)),
    )


def _near(service: Service, home: Municipality, directory: Directory) -> str:
    if is_for(service, home):
        return ""
    words = nearness_in_words(service, home, directory)
    return f"{words[0].upper()}{words[1:]}"


def _serves(service: Service, home: Municipality, directory: Directory) -> str:
    if not is_for(service, home):
        places = places_in_words(service, directory, home)
        return f"För den som bor i {places}; fråga om du kan få komma."
    districts = districts_in_words(service, directory)
    return f"För den som bor i {districts}." if districts else ""


def _instead(service: Service) -> str:
    if service.phones or service.description == SWITCHBOARD:
        return ""
    if service.social_services:
        return SWITCHBOARD
    if is_asked_for(service):
        return f"Ring växeln i din kommun och be om {service.name}."
    return "Telefonnumret har vi inte."


def _site(url: str) -> str:
    """The host of a web address; '' where it has none, so that there is nothing to show."""
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return ""
    return (host or "").removeprefix("www.")


def _facts(service: Service) -> Iterator[str]:
    """What somebody wants to know before they call, where it is known."""
    if service.is_free is not None:
        yield COST[service.is_free]
    if service.anonymous is not None:
        yield ANONYMOUS[service.anonymous]
    if service.needs_decision is not None:
        yield DECISION[service.needs_decision]
    if service.forms:
        yield f"Så ges hjälpen: {joined([FORMS[form] for form in service.forms])}."
    if service.languages:
        names = [LANGUAGES.get(code, code) for code in service.languages]
        yield f"Språk: {joined(names)}."
    if service.interpreter is not None:
        yield INTERPRETER[service.interpreter]
    if service.accessibility:
        yield service.accessibility
