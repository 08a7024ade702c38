"""The referral look-up: a place is typed, help is shown, the place is forgotten."""

from datetime import datetime

from babel.dates import format_date
from babel.lists import format_list

from directory.answers import matches
from directory.finder import SWITCHBOARD, Match, Need
from directory.freshness import age, year_of
from directory.models import Directory, Service
from directory.opening import in_words, is_open
from directory.places import Place, understand
from flows.effects import Arg, Button, CountLookUp, Effect, Forget, Say, Turn
from flows.entry import by_phone, phone_arg
from flows.events import AskedPlaces, ToldPlace, Wrote
from flows.hours import STOCKHOLM
from flows.menu import BACK, OTHER_PLACE, PLACES, TALK
from flows.states import Deciding, Menu, Open, Seeking, touched
from flows.texts import FALLBACK
from flows.world import World

FEW_NEAR = 3
"""Services of the place itself, the county or the neighbours that are shown at once."""

FEW_NATIONAL = 2
"""National lines shown after them: all in all what fits on a small phone and can be taken in."""


ALWAYS_AN_EAR = "hjalplinjen"
"""The line that answers day and night, whatever the trouble is."""


def ask(state: Menu | Seeking | Deciding, event: AskedPlaces, world: World) -> Turn[Seeking]:
    after = Seeking(touched(state, world.now).stay, state.has_words)
    return Turn(after, (Say("place-ask", (), (BACK,)),))


def look_up(state: Seeking, event: Wrote, world: World) -> Turn[Seeking | Menu]:
    """Show help near the place, ask which when several fit, or say how else to put it."""
    turn = _looked_up(state, understand(event.text, world.directory), world)
    return Turn(turn.state, (Forget(), *turn.effects))


def look_up_chosen(state: Seeking, event: ToldPlace, world: World) -> Turn[Seeking | Menu]:
    return _looked_up(state, placed(event.code, world.directory), world)


def placed(code: str, directory: Directory) -> Place:
    """Find the place that a button names; an empty place where there is none any more."""
    district = directory.districts.get(code)
    area = district.municipality_code if district else code
    return Place(
        municipality=directory.municipalities.get(area),
        district=district,
        county=directory.counties.get(code),
    )


def county_of(place: Place) -> str:
    """The code of the county where a place is; '' where none was understood."""
    if place.municipality:
        return place.municipality.county_code
    return place.county.code if place.county else ""


def near(place: Place, state: Open, world: World, *, role: str = "") -> tuple[Effect, ...]:
    """The services that serve a place, nearest first; never empty."""
    language = state.stay.language
    need = Need(role=role, language=language if language != FALLBACK else None)
    found = matches(place, world.directory, need)
    others = tuple(match for match in found if match.service.phone != world.line.phone)
    shown = (
        entry(match.service, language, world, away=_away(match, world.directory))
        for match in _few(others, world.directory, world.now)
    )
    intro = Say("referral-intro", (("place", _name(place)),))
    municipality = () if place.municipality else (Say("referral-county"),)
    ours = (
        () if world.has_human else (Say("referral-us", (phone_arg(world), by_phone(state, world))),)
    )
    counted = CountLookUp(county_of(place))
    return (counted, intro, *shown, *municipality, Say("referral-how"), *ours)


def which(place: Place, otherwise: Button) -> Say:
    """Ask which place is meant, never guess; `otherwise` is the way out when it is none."""
    buttons = tuple(
        Button(f"place:{each.code}", "button-place", (("name", each.name),))
        for each in place.candidates
    )
    if len(buttons) == 1:
        return Say("place-sure", (("place", place.candidates[0].name),), (*buttons, otherwise))
    return Say("place-which", (), (*buttons, otherwise))


def counties(world: World) -> tuple[Button, ...]:
    """A button for each county, for whoever we did not understand."""
    by_name = sorted(world.directory.counties.values(), key=lambda county: county.name)
    return tuple(
        Button(f"place:{each.code}", "button-place", (("name", each.short_name),))
        for each in by_name
    )


def entry(service: Service, language: str, world: World, *, away: str = "") -> Say:
    """One service as the visitor reads it; "none" stands for what is not known.

    `away` says where it is when that is not where the visitor lives.
    """
    locale = language if language in world.texts.languages else FALLBACK
    audiences = [world.texts.say(language, f"audience-{who}") for who in service.who_for]
    today = world.now.astimezone(STOCKHOLM).date()
    args: tuple[Arg, ...] = (
        ("name", service.name),
        ("description", service.description),
        ("who", format_list(audiences, locale=locale) or "none"),
        ("away", away or "none"),
        ("terms", _terms(service, language, world)),
        ("phone", service.phone or _without_phone(service)),
        ("open", _open(service, world.now)),
        ("hours", in_words(service.hours)),
        ("url", service.url or "none"),
        ("age", age(service, today)),
        ("checked", _since(service, locale)),
    )
    return Say("referral-entry", args)


def _looked_up(state: Seeking, place: Place, world: World) -> Turn[Seeking | Menu]:
    if place.municipality or place.county:
        after = Menu(touched(state, world.now).stay, state.has_words)
        return Turn(after, (*near(place, state, world), _next(world)))
    asked = which(place, OTHER_PLACE) if place.candidates else _unknown(world)
    return Turn(touched(state, world.now), (asked,))


def _few(found: tuple[Match, ...], directory: Directory, now: datetime) -> tuple[Match, ...]:
    """The nearest, the social services, and of the national lines those first that answer now."""
    around = [match for match in found if match.serves not in {"social_services", "national"}]
    social = [match for match in found if match.serves == "social_services"]
    return (*around[:FEW_NEAR], *social[:1], *_country(found, directory, now))


def _country(found: tuple[Match, ...], directory: Directory, now: datetime) -> tuple[Match, ...]:
    """National lines, those that answer now first; at night one that is there for anything."""
    lines = [match for match in found if match.serves == "national"]
    lines.sort(key=lambda match: is_open(match.service.hours, now) is not True)
    answers = (each for each in lines if is_open(each.service.hours, now))
    ear = directory.services.get(ALWAYS_AN_EAR)
    if ear and not any("uses_violence" in each.service.who_for for each in answers):
        lines.insert(FEW_NATIONAL - 1, Match(ear, "national"))
    return tuple(lines[:FEW_NATIONAL])


def _away(match: Match, directory: Directory) -> str:
    """The municipality, or the county of several, where somebody else's service is."""
    codes = match.service.municipality_codes
    if match.serves != "neighbour":
        return ""
    first = directory.municipalities[codes[0]]
    return first.name if len(codes) == 1 else directory.county_of(first).name


def _terms(service: Service, language: str, world: World) -> str:
    """What is good to know before one calls: whom they meet, what it costs, who gets to know."""
    true = {
        f"terms-{service.gender}": bool(service.gender),
        "terms-free": service.is_free,
        "terms-anonymous": service.anonymous,
        "terms-decision": service.needs_decision,
    }
    terms = (world.texts.say(language, text) for text, is_so in true.items() if is_so)
    return " ".join(terms) or "none"


def _without_phone(service: Service) -> str:
    """What to say instead of a number: social services are reached by the municipality's."""
    if not service.social_services:
        return "none"
    return "described" if service.description == SWITCHBOARD else "switchboard"


def _since(service: Service, locale: str) -> str:
    """The day or the year of the entry."""
    if service.checked:
        return format_date(service.checked, "long", locale)
    return year_of(service)


def _open(service: Service, now: datetime) -> str:
    """Whether somebody answers just now: yes, no, unsure, or none where no hours are known."""
    if not in_words(service.hours):
        return "none"
    return {True: "yes", False: "no", None: "unsure"}[is_open(service.hours, now)]


def _name(place: Place) -> str:
    named = place.district or place.municipality or place.county
    return named.name if named else ""


def _unknown(world: World) -> Say:
    """Nothing was understood: the counties can be tapped."""
    return Say("place-unknown", (phone_arg(world),), (*counties(world), BACK))


def _next(world: World) -> Say:
    return Say("referral-next", (), (TALK, PLACES, BACK) if world.has_human else (PLACES, BACK))
