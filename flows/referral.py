"""The referral look-up: a place is typed, help is shown, the place is forgotten."""

from datetime import datetime

from directory.answers import matches
from directory.finder import Match, Need
from directory.models import Directory
from directory.opening import is_open
from directory.places import Place, understand
from flows.effects import Button, CountLookUp, Effect, Forget, Say, Turn
from flows.entry import by_phone, phone_arg
from flows.events import AskedMore, AskedPlaces, ToldPlace, Wrote
from flows.menu import BACK, OTHER_PLACE, PLACES, TALK
from flows.referral_entry import in_short
from flows.states import Deciding, Menu, Open, Seeking, touched
from flows.texts import FALLBACK
from flows.world import World

FEW_NEAR = 2
"""Services of the place itself, the county or the neighbours that are shown at once."""

FEW_NATIONAL = 2
"""National lines shown after them: all in all what fits on a small phone and can be taken in."""

FEW_MORE = 4
"""Services that are shown each time somebody asks for more."""

Ranked = tuple[Match, ...]

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


def show_more(
    state: Menu | Seeking | Deciding, event: AskedMore, world: World
) -> Turn[Menu | Seeking]:
    """Show the next few of those that did not fit; ask again for a place that is none any more."""
    place = placed(event.code, world.directory)
    if not place.is_understood:
        return ask(state, AskedPlaces(), world)
    after = Menu(touched(state, world.now).stay, state.has_words)
    _, rest = _ranked(place, state, world)
    shown = _shown(rest[event.seen :][:FEW_MORE], place, state, world)
    following = _next(place, state, world, seen=event.seen + FEW_MORE)
    return Turn(after, (Say("referral-more"), *shown, following))


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
    first, _ = _ranked(place, state, world, role)
    intro = Say("referral-intro", (("place", _name(place)),))
    municipality = () if place.municipality else (Say("referral-county"),)
    ours = (
        () if world.has_human else (Say("referral-us", (phone_arg(world), by_phone(state, world))),)
    )
    counted = CountLookUp(county_of(place))
    shown = _shown(first, place, state, world)
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


def _looked_up(state: Seeking, place: Place, world: World) -> Turn[Seeking | Menu]:
    if place.municipality or place.county:
        after = Menu(touched(state, world.now).stay, state.has_words)
        return Turn(after, (*near(place, state, world), _next(place, state, world, seen=0)))
    asked = which(place, OTHER_PLACE) if place.candidates else _unknown(world)
    return Turn(touched(state, world.now), (asked,))


def _ranked(place: Place, state: Open, world: World, role: str = "") -> tuple[Ranked, Ranked]:
    """What is shown at once: the nearest, social services, lines that answer now; then the rest."""
    language = state.stay.language
    need = Need(role=role, language=language if language != FALLBACK else None)
    found = [
        match
        for match in matches(place, world.directory, need)
        if match.service.phone != world.line.phone
    ]
    around = [match for match in found if match.serves not in {"social_services", "national"}]
    social = [match for match in found if match.serves == "social_services"]
    lines = _country(found, world.directory, world.now)
    first = (*around[:FEW_NEAR], *social[:1], *lines[:FEW_NATIONAL])
    return first, (*around[FEW_NEAR:], *social[1:], *lines[FEW_NATIONAL:])


def _shown(some: Ranked, place: Place, state: Open, world: World) -> tuple[Say, ...]:
    return tuple(in_short(match, place.municipality, state.stay.language, world) for match in some)


def _country(found: list[Match], directory: Directory, now: datetime) -> list[Match]:
    """National lines, those that answer now first; at night one that is there for anything."""
    lines = [match for match in found if match.serves == "national"]
    lines.sort(key=lambda match: is_open(match.service.hours, now) is not True)
    answers = (each for each in lines if is_open(each.service.hours, now))
    ear = directory.services.get(ALWAYS_AN_EAR)
    if ear and not any("uses_violence" in each.service.who_for for each in answers):
        lines.insert(FEW_NATIONAL - 1, Match(ear, "national"))
    return lines


def _name(place: Place) -> str:
    named = place.district or place.municipality or place.county
    return named.name if named else ""


def _code(place: Place) -> str:
    coded = place.district or place.municipality or place.county
    return coded.code if coded else ""


def _unknown(world: World) -> Say:
    """Nothing was understood: the counties can be tapped."""
    return Say("place-unknown", (phone_arg(world),), (*counties(world), BACK))


def _next(place: Place, state: Open, world: World, *, seen: int) -> Say:
    """What the visitor may do now; to see more where there is more than what they have seen."""
    _, rest = _ranked(place, state, world)
    more = (Button(f"more:{_code(place)}:{seen}", "button-more"),) if rest[seen:] else ()
    talk = (TALK,) if world.has_human else ()
    return Say("referral-next-more" if more else "referral-next", (), (*more, *talk, PLACES, BACK))
