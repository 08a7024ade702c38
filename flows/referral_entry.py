"""A service as a visitor reads it: whole when a counsellor sends it, in short among others."""

from babel.dates import format_date
from babel.lists import format_list

from directory.finder import SWITCHBOARD, Match
from directory.freshness import age, year_of
from directory.models import Municipality, Service
from directory.opening import in_words, is_open
from directory.serving import (
    districts_in_words,
    is_asked_for,
    is_next_door,
    mil_to,
    places_in_words,
)
from flows.effects import Arg, Say
from flows.stockholm import date_of
from flows.texts import FALLBACK
from flows.world import World

ANYBODY = frozenset({"uses_violence", "exposed"})
"""A service for both of these need not say in short whom it is for."""

ONE_LINE = 42
"""Characters of a web address that a small phone shows in one line."""


def entry(service: Service, language: str, world: World) -> Say:
    """One service with all that is good to know; "none" stands for what is not known."""
    args: tuple[Arg, ...] = (
        ("description", service.description),
        ("who", _audiences(service, language, world) or "none"),
        ("terms", _terms(service, language, world, free=service.is_free)),
        ("url", service.url or service.email or "none"),
    )
    return Say("referral-entry", (*_common(service, language, world), *args))


def in_short(match: Match, home: Municipality | None, language: str, world: World) -> Say:
    """The same in a few lines: what it does, how to reach it, whether somebody answers now.

    `home` is where the visitor lives, None where that is some place in a county. What is not for
    everybody there says for whom it is; what a neighbour has, also how far off that is.
    """
    service, directory = match.service, world.directory
    away = home if match.serves == "neighbour" else None
    args: tuple[Arg, ...] = (
        ("description", _first_sentence(service.description)),
        ("who", _limits(service, language, world) or "none"),
        ("terms", _terms(service, language, world)),
        ("url", _short_url(service) or "none"),
        ("places", _places(match, home, world) or "none"),
        ("away", _away(service, away) if away else "none"),
        ("mil", mil_to(service, away, directory) if away else 0),
    )
    return Say("referral-short", (*_common(service, language, world), *args))


def _common(service: Service, language: str, world: World) -> tuple[Arg, ...]:
    today = date_of(world.now)
    return (
        ("name", service.name),
        ("phone", service.phone or _without_phone(service)),
        ("open", _open(service, world)),
        ("hours", in_words(service.hours)),
        ("age", age(service, today)),
        ("checked", _since(service, _locale(language, world))),
    )


def _locale(language: str, world: World) -> str:
    return language if language in world.texts.languages else FALLBACK


def _audiences(service: Service, language: str, world: World) -> str:
    audiences = [world.texts.say(language, f"audience-{who}") for who in service.who_for]
    return format_list(audiences, locale=_locale(language, world))


def _limits(service: Service, language: str, world: World) -> str:
    """Whom it is for, where that is not everybody who may look here."""
    is_for = set(service.who_for)
    is_limited = not (is_for >= ANYBODY or "everyone" in is_for)
    return _audiences(service, language, world) if is_limited else ""


def _first_sentence(words: str) -> str:
    """What a service does stands first in its description; finer points follow."""
    first, stop, _ = words.partition(". ")
    return first + stop.rstrip()


def _terms(service: Service, language: str, world: World, *, free: bool | None = None) -> str:
    """What is good to know before one calls: whom they meet, what it costs, who gets to know."""
    true = {
        f"terms-{service.gender}": bool(service.gender),
        "terms-free": free,
        "terms-anonymous": service.anonymous,
        "terms-decision": service.needs_decision,
    }
    terms = (world.texts.say(language, text) for text, is_so in true.items() if is_so)
    return " ".join(terms) or "none"


def _short_url(service: Service) -> str:
    """An address that is read at a glance, or that is the only way in."""
    url = service.url or ""
    if service.phone:
        return url if len(url) <= ONE_LINE else ""
    return url or service.email or ""


def _places(match: Match, home: Municipality | None, world: World) -> str:
    """Where those live whom it is for, unless that is everybody who may look here."""
    service, directory = match.service, world.directory
    if match.serves == "neighbour" or (home is None and match.serves != "regional"):
        return places_in_words(service, directory, home)
    return districts_in_words(service, directory)


def _away(service: Service, home: Municipality) -> str:
    return "next" if is_next_door(service, home) else "farther"


def _without_phone(service: Service) -> str:
    """What to say instead of a number: what the municipality runs is reached by its switchboard."""
    if "chat" in service.forms:
        return "chat"
    if service.social_services:
        return "described" if service.description == SWITCHBOARD else "switchboard"
    return "ask" if is_asked_for(service) else "none"


def _since(service: Service, locale: str) -> str:
    """The day or the year of the entry."""
    if service.checked:
        return format_date(service.checked, "long", locale)
    return year_of(service, locale)


def _open(service: Service, world: World) -> str:
    """Whether somebody answers just now: yes, no, unsure, or none where no hours are known."""
    if not in_words(service.hours):
        return "none"
    return {True: "yes", False: "no", None: "unsure"}[is_open(service.hours, world.now)]
