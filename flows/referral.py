"""The referral look-up: a place is typed, help is shown, the place is forgotten."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Literal

from directory import spelling
from directory.answers import matches
from directory.finder import Match, Need
from directory.gazetteer import gazetteer
from directory.models import Directory
from directory.opening import is_open
from directory.places import Candidate, Place
from flows.effects import Arg, Button, CountLookUp, Effect, Forget, Say, Turn
from flows.entry import by_phone, meet_words, phone_arg
from flows.events import AskedMore, AskedPlaces, ToldPlace, Wrote
from flows.menu import BACK, OTHER_PLACE, PLACES, TALK
from flows.referral_entry import in_short
from flows.states import Deciding, Menu, Open, Seeking, touched
from flows.texts import FALLBACK
from flows.where import Where, may_tell_where, only_where, where
from flows.world import World

FEW_NEAR = 2
"""Services of the place itself, the county or the neighbours that are shown at once."""

FEW_NATIONAL = 2
"""National lines shown after them: all in all what fits on a small phone and can be taken in."""

FEW_MORE = 4
"""Services that are shown each time somebody asks for more."""

Ranked = tuple[Match, ...]

ISLANDS = frozenset({"0186", "0980", "1407", "1419", "1421"})
"""Municipalities that one lives on, and not in."""

LONGEST_LABEL = 40
"""Characters that a small phone shows of a button."""

ALWAYS_AN_EAR = "hjalplinjen"
"""The line that answers day and night, whatever the trouble is."""


def ask(state: Menu | Seeking | Deciding, event: AskedPlaces, world: World) -> Turn[Seeking]:
    after = Seeking(touched(state, world.now).stay, state.has_words)
    return Turn(after, (Say("place-ask", (), (BACK,)),))


def look_up(state: Seeking, event: Wrote, world: World) -> Turn[Seeking]:
    """Show help near the place, ask which when several fit, or say how else to put it.

    Once help has been shown another place may follow, and all else is words like any others.
    """
    told = another(event, world) if state.has_shown else where(event.text, world.directory)
    if state.has_shown and not told.is_somewhere:
        return meet_words(replace(state, asks=False), event, world)
    turn = _looked_up(state, told, world)
    return Turn(turn.state, (Forget(), *turn.effects))


def look_up_chosen(state: Seeking, event: ToldPlace, world: World) -> Turn[Seeking]:
    return _looked_up(state, Where(placed(event.code, world.directory)), world)


def another(event: Wrote, world: World) -> Where:
    """The place that is named after a look-up; none where the words say anything else."""
    if world.safety.kinds(event.text) or not may_tell_where(event.text):
        return Where()
    return only_where(event.text, world.directory)


def show_more(state: Menu | Seeking | Deciding, event: AskedMore, world: World) -> Turn[Seeking]:
    """Show the next few of those that did not fit; ask again for a place that is none any more."""
    place = placed(event.code, world.directory)
    if not place.is_understood:
        return ask(state, AskedPlaces(), world)
    after = _shown_near(state, world)
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


def near(told: Where, state: Open, world: World, *, role: str = "") -> tuple[Effect, ...]:
    """The services that serve a place, nearest first; never empty."""
    place = told.place
    first, _ = _ranked(place, state, world, role)
    intro = Say("referral-intro", (("place", _named(told, state, world)),))
    municipality = () if place.municipality else (Say("referral-county"),)
    ours = (
        () if world.has_human else (Say("referral-us", (phone_arg(world), by_phone(state, world))),)
    )
    counted = CountLookUp(county_of(place))
    shown = _shown(first, place, state, world)
    return (counted, intro, *shown, *municipality, Say("referral-how"), *ours)


def which(told: Where, otherwise: Button, state: Open, world: World) -> Say | None:
    """Ask which place is meant where that is not clear, and never guess.

    `otherwise` is the way out when it is none of those.
    """
    some = told.place.candidates
    if some:
        named = [_candidate(each, told.part, state, world) for each in some]
        buttons = (*map(_to_place, (each.code for each in some), named), otherwise)
        single: tuple[Arg, ...] = (("place", named[0]),) if len(some) == 1 else ()
        return Say("place-sure" if single else "place-which", single, buttons)
    if told.counties:
        return Say("place-counties", (), (*counties(world, told.counties), otherwise))
    if told.is_postcode:
        return Say("place-postcode", (), (*counties(world), otherwise))
    return None


def counties(world: World, codes: Collection[str] = ()) -> tuple[Button, ...]:
    """A button for each of some counties; for all, where nothing was understood."""
    by_name = sorted(world.directory.counties.values(), key=lambda county: county.name)
    some = (each for each in by_name if not codes or each.code in codes)
    return tuple(_to_place(each.code, each.short_name) for each in some)


def _to_place(code: str, name: str) -> Button:
    return Button(f"place:{code}", "button-place", (("name", name),))


def _looked_up(state: Seeking, told: Where, world: World) -> Turn[Seeking]:
    if told.place.municipality or told.place.county:
        further = _next(told.place, state, world, seen=0)
        return Turn(_shown_near(state, world), (*near(told, state, world), further))
    asked = which(told, OTHER_PLACE, state, world) or _unknown(world)
    return Turn(replace(touched(state, world.now), asks=True), (asked,))


def _shown_near(state: Menu | Seeking | Deciding, world: World) -> Seeking:
    return Seeking(touched(state, world.now).stay, state.has_words, has_shown=True)


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


def _named(told: Where, state: Open, world: World) -> str:
    """The place as the visitor calls it, and where that is."""
    place = told.place
    named = place.district or place.municipality or place.county
    if named is None:
        return ""
    if place.municipality is None:
        return named.name
    kind: Literal["district", "municipality"] = "district" if place.district else "municipality"
    return _candidate(Candidate(kind, named.code, named.name), told.part, state, world)


def _candidate(each: Candidate, part: str, state: Open, world: World) -> str:
    """A place that may be meant, by the name of its part that was asked for."""
    area = world.directory.municipalities[each.code.partition("-")[0]]
    if part in {"", each.name, area.name} or not _is_in(part, area.code, world.directory):
        return each.name
    args: dict[str, str | int] = {"part": part, "municipality": area.name}
    args |= {"on": int(area.code in ISLANDS)}
    say = partial(world.texts.say, state.stay.language, "place-part", **args)
    whole = say(district=each.name if each.kind == "district" else "none")
    return whole if len(whole) <= LONGEST_LABEL else say(district="none")


def _is_in(part: str, municipality: str, directory: Directory) -> bool:
    """Whether a municipality has a part that is called just so: there is no Ås in Borås."""
    fits = gazetteer(directory).exact.get(spelling.key(part), ())
    return municipality in {fit.area for fit in fits}


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
