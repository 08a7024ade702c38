"""The referral look-up: a place is typed, help is shown, the place is forgotten."""

from babel.dates import format_date
from babel.lists import format_list

from directory.finder import Match, find, find_in_county
from directory.models import Service
from directory.places import Place, understand
from flows.effects import Arg, Button, Effect, Forget, Say, Turn
from flows.entry import phone_arg
from flows.events import AskedPlaces, ToldPlace, Wrote
from flows.menu import BACK, PLACES, TALK
from flows.states import Deciding, Menu, Open, Seeking, touched
from flows.texts import FALLBACK
from flows.world import World

FEW = 5
"""Services shown at once: what fits on a small phone and can be taken in."""


def ask(state: Menu | Seeking | Deciding, event: AskedPlaces, world: World) -> Turn[Seeking]:
    after = Seeking(touched(state, world.now).stay, state.has_words)
    return Turn(after, (Say("place-ask", (), (BACK,)),))


def look_up(state: Seeking, event: Wrote, world: World) -> Turn[Seeking | Menu]:
    """Show help near the place, ask which when several fit, or say how else to put it."""
    place = understand(event.text, world.directory)
    say = answers(place, state, world)
    if place.municipality or place.county:
        return Turn(_done(state, world), (Forget(), *say, _next(world)))
    return Turn(touched(state, world.now), (Forget(), *say))


def look_up_chosen(state: Seeking, event: ToldPlace, world: World) -> Turn[Seeking | Menu]:
    if event.municipality not in world.directory.municipalities:
        return Turn(
            touched(state, world.now), (Say("place-unknown", (phone_arg(world),), (BACK,)),)
        )
    say = near(event.municipality, state, world)
    return Turn(_done(state, world), (*say, _next(world)))


def answers(place: Place, state: Open, world: World) -> tuple[Effect, ...]:
    """What to say to a place, whether it was understood, ambiguous, a county or nothing."""
    if place.municipality:
        return near(place.municipality.code, state, world)
    if place.candidates:
        return (which(place),)
    if place.county:
        county = place.county
        matches = find_in_county(world.directory, county.code)
        return _listed(county.name, matches, state, world)
    return (_unknown(world),)


def near(municipality: str, state: Open, world: World) -> tuple[Effect, ...]:
    """The services that serve a municipality, nearest first; never empty."""
    name = world.directory.municipalities[municipality].name
    return _listed(name, find(world.directory, municipality), state, world)


def which(place: Place) -> Say:
    """Several places fit: ask, never guess."""
    buttons = (
        # a district's code begins with its municipality's
        Button(f"place:{each.code[:4]}", "button-place", (("name", each.name),))
        for each in place.candidates
    )
    return Say("place-which", (), tuple(buttons))


def entry(service: Service, language: str, world: World) -> Say:
    """One service as the visitor reads it; "none" stands for what is not known."""
    locale = language if language in world.texts.languages else FALLBACK
    audiences = [world.texts.say(language, f"audience-{who}") for who in service.who_for]
    args: tuple[Arg, ...] = (
        ("name", service.name),
        ("description", service.description),
        ("who", format_list(audiences, locale=locale) or "none"),
        ("phone", service.phone or "none"),
        ("url", service.url or "none"),
        ("checked", format_date(service.checked, "long", locale) if service.checked else "none"),
    )
    return Say("referral-entry", args)


def _listed(name: str, matches: tuple[Match, ...], state: Open, world: World) -> tuple[Effect, ...]:
    others = [match.service for match in matches if match.service.phone != world.line.phone]
    shown = (entry(each, state.stay.language, world) for each in others[:FEW])
    return (Say("referral-intro", (("place", name),)), *shown, Say("referral-how"))


def _unknown(world: World) -> Say:
    return Say("place-unknown", (phone_arg(world),), (BACK,))


def _done(state: Seeking, world: World) -> Menu:
    return Menu(touched(state, world.now).stay, state.has_words)


def _next(world: World) -> Say:
    return Say("referral-next", (), (TALK, PLACES, BACK) if world.has_human else (PLACES, BACK))
