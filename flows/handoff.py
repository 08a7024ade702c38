"""From the bot to a human: the disclosure, the yes, and the time in the queue."""

from dataclasses import replace

from directory.places import Place
from flows.channels import keeps_copies
from flows.effects import (
    Arg,
    Button,
    CountHour,
    Effect,
    FillForm,
    Forget,
    OpenForm,
    RecordLeftQueue,
    RelayToCounsellor,
    Say,
    ShareKept,
    Tell,
    Turn,
    Withhold,
)
from flows.entry import OFFER, keep, no_human, page_arg, phone_arg
from flows.events import (
    ROLES,
    AskedMenu,
    AskedPlaces,
    AskedTalk,
    Consented,
    LeftQueue,
    Opened,
    Rang,
    Rewrote,
    Skipped,
    ToldPlace,
    ToldRole,
    Wrote,
)
from flows.menu import (
    BACK,
    LEAVE_QUEUE,
    PLACES,
    SKIP,
    YES,
    YES_WITH_WORDS,
    YES_WITHOUT_WORDS,
    menu,
)
from flows.queueing import wait_minutes, whole_minutes
from flows.redaction import mask
from flows.referral import another, counties, county_of, near, placed, which
from flows.states import Deciding, Menu, Open, Seeking, Waiting, touched
from flows.timers import limit
from flows.where import Where, may_tell_where, where
from flows.world import World

PLACE_ASKED = frozenset({"municipality", "place", "another"})
TO_FORGET = frozenset({"place", "another"})
"""Where a place is looked up, and not told to the counsellor."""

ROLE_BUTTONS = (*(Button(f"role:{role}", f"button-role-{role}") for role in ROLES), SKIP)
STANDING = "queue"
"""The slot of the queue's standing: only the latest is worth reading."""


def offer(
    state: Menu | Seeking | Deciding, event: AskedTalk, world: World
) -> Turn[Deciding | Menu]:
    """Show the honest disclosure, or say when and where else if no human is there."""
    if not world.has_human:
        return _turned_away(state, world)
    stay = touched(state, world.now).stay
    after = Deciding(stay, state.has_words)
    mark = (Say("disclosure-acute"),) if stay.acute else ()
    return Turn(after, (*_copies(state, world), *mark, Say("disclosure", (), _consent(after))))


def hold_words(state: Deciding, event: Wrote, world: World) -> Turn[Deciding]:
    """Words before the yes go to nobody; ask once more."""
    after = replace(touched(state, world.now), has_words=True)
    asked = Say("consent-first", (), _consent(after), slot=OFFER)
    return Turn(after, (*keep(event), asked))


def join(state: Deciding, event: Consented, world: World) -> Turn[Waiting | Menu]:
    """Join the queue, if a human is still there; then ask two things that may be skipped."""
    if not world.has_human:
        return _turned_away(state, world)
    share = (ShareKept(),) if event.with_words else ()
    stay = touched(state, world.now).stay
    after = Waiting(stay, world.now, world.now, asking="role", has_words=state.has_words)
    asked = Say("role-ask", (), ROLE_BUTTONS)
    said = (Say("queue-joined"), standing(world), asked)
    return Turn(after, (*share, CountHour("arrived"), *said))


def hear_role(state: Waiting, event: ToldRole, world: World) -> Turn[Waiting]:
    """Also when they change their mind, which asks nothing more."""
    intake = replace(state.intake, role=event.role)
    after = replace(touched(state, world.now), intake=intake)
    if state.asking != "role":
        return Turn(after, (Say("intake-thanks"),))
    return _ask_municipality(after)


def hear_place(state: Waiting, event: ToldPlace, world: World) -> Turn[Waiting]:
    """The place of the form, or of a look-up that is forgotten at once."""
    place = placed(event.code, world.directory)
    if not place.is_understood or state.asking not in PLACE_ASKED:
        return Turn(touched(state, world.now), (standing(world),))
    return _place_told(state, Where(place), world)


def skip(state: Waiting, event: Skipped, world: World) -> Turn[Waiting]:
    after = touched(state, world.now)
    if state.asking == "role":
        return _ask_municipality(after)
    return Turn(replace(after, asking=""), (standing(world),))


def ask_place(state: Waiting, event: AskedPlaces, world: World) -> Turn[Waiting]:
    after = replace(touched(state, world.now), asking="place")
    return Turn(after, (Say("place-ask", (), (SKIP,)),))


def hear_words(state: Waiting, event: Wrote, world: World) -> Turn[Waiting]:
    """All words are kept for the counsellor, but for a place that is only looked up.

    A short text that holds a place also answers our question; "han väntar i Malmö" may be more
    than an answer, so it is kept as well.
    """
    kept = _keep_for_counsellor(state, event, world)
    match state.asking:
        case "place":
            return _looked_up(state, event, kept, world)
        case "another":
            return _looked_up_too(state, event, kept, world)
        case "municipality":
            return _municipality_told(state, _short(event.text, world), kept, world)
        case _:
            return kept


def hear_change(state: Waiting, event: Rewrote, world: World) -> Turn[Waiting]:
    return _keep_for_counsellor(state, event, world)


def leave(state: Waiting, event: LeftQueue, world: World) -> Turn[Menu]:
    """Leave the queue; nothing more is counted than that somebody waited."""
    return _out_of_queue(state, Say("queue-left", (phone_arg(world),), menu(state, world)), world)


def come_back(state: Waiting, event: Opened | AskedMenu | AskedTalk, world: World) -> Turn[Waiting]:
    return Turn(state, (standing(world),))


def sign_of_life(state: Waiting, event: Rang, world: World) -> Turn[Waiting | Menu]:
    """Say how the queue stands; when the chat has closed, do not let anybody wait in vain."""
    if world.now >= limit(state, world.line.timers):
        return _out_of_queue(state, Say("queue-limit", (phone_arg(world),)), world)
    if not (world.is_open or world.present):
        turn = _out_of_queue(state, Say("queue-closed"), world)
        return replace(turn, effects=(*turn.effects, no_human(state, world)))
    return Turn(replace(state, told=world.now), (standing(world),))


def standing(world: World) -> Say:
    """The place in the queue and a fair estimate of the wait."""
    buttons = (PLACES, LEAVE_QUEUE)
    if not world.present:
        return Say("queue-alone", (phone_arg(world),), buttons, slot=STANDING)
    capacity = world.line.capacity
    minutes = wait_minutes(
        ahead=world.ahead,
        slots=world.present * capacity.per_counsellor,
        talks=world.talks,
        talk_minutes=capacity.talk_minutes,
    )
    args: tuple[Arg, ...] = (("ahead", world.ahead), ("minutes", minutes))
    return Say("queue-standing", args, buttons, slot=STANDING)


def gave_up(state: Waiting, world: World) -> tuple[Effect, ...]:
    """Count who waited in vain; who has talked with somebody is in that counsellor's form."""
    if not state.draft:
        return (RecordLeftQueue(whole_minutes(state.since, world.now)),)
    interrupted = (("outcome", "interrupted"), ("helped", "no_answer"))
    return (OpenForm(state.draft, state.earlier, ()), FillForm(state.draft, interrupted))


def _turned_away(state: Menu | Seeking | Deciding, world: World) -> Turn[Menu]:
    """Say when and where else; who knocks on a closed door counts once, however often they try."""
    stay = touched(state, world.now).stay
    knocks = not (world.is_open or stay.has_knocked)
    after = replace(stay, has_knocked=stay.has_knocked or knocks)
    counted = (CountHour("knocked"),) if knocks else ()
    return Turn(Menu(after, state.has_words), (*counted, no_human(state, world)))


def _short(text: str, world: World) -> Where:
    """Where a short text says that somebody lives; a longer one is told to the counsellor."""
    return where(text, world.directory) if may_tell_where(text) else Where()


def _looked_up(state: Waiting, event: Wrote, kept: Turn[Waiting], world: World) -> Turn[Waiting]:
    """Show what is near a place and forget it; what says more is kept for the counsellor."""
    told = _short(event.text, world)
    if not told.is_somewhere:
        unsure = Say("kept-no-place", (), (*counties(world), SKIP))
        return replace(kept, effects=(*kept.effects, unsure))
    if another(event, world).is_somewhere:
        return _shown_and_forgotten(state, told, world)
    return _shown_and_kept(state, told, kept, world)


def _looked_up_too(
    state: Waiting, event: Wrote, kept: Turn[Waiting], world: World
) -> Turn[Waiting]:
    """A place after a look-up is another one; whatever says more is for the counsellor."""
    told = another(event, world)
    return _shown_and_forgotten(state, told, world) if told.is_somewhere else kept


def _shown_and_forgotten(state: Waiting, told: Where, world: World) -> Turn[Waiting]:
    turn = _place_told(state, told, world)
    return replace(turn, effects=(Forget(), *turn.effects))


def _shown_and_kept(
    state: Waiting, told: Where, kept: Turn[Waiting], world: World
) -> Turn[Waiting]:
    turn = _place_told(state, told, world)
    return Turn(replace(turn.state, has_words=True), (*kept.effects, *turn.effects))


def _municipality_told(
    state: Waiting, told: Where, kept: Turn[Waiting], world: World
) -> Turn[Waiting]:
    """What fits is filled in, or asked about; a guess at a single place is not."""
    if len(told.place.candidates) == 1 or not told.is_somewhere:
        return kept
    return _shown_and_kept(state, told, kept, world)


def _place_told(state: Waiting, told: Where, world: World) -> Turn[Waiting]:
    if asked := which(told, SKIP, state, world):
        asking = "place" if state.asking == "another" else state.asking
        return Turn(replace(touched(state, world.now), asking=asking), (asked,))
    if state.asking in TO_FORGET:
        after = replace(touched(state, world.now), asking="another")
        shown = near(told, state, world, role=state.intake.role)
        return Turn(after, (*shown, standing(world)))
    return _lives_in(state, told.place, world)


def _lives_in(state: Waiting, place: Place, world: World) -> Turn[Waiting]:
    municipality, county = place.municipality, county_of(place)
    lives = replace(
        state.intake, municipality=municipality.code if municipality else "", county=county
    )
    after = replace(touched(state, world.now), intake=lives, asking="")
    return Turn(after, (Say("intake-thanks"), standing(world)))


def _ask_municipality(state: Waiting) -> Turn[Waiting]:
    after = replace(state, asking="municipality")
    return Turn(after, (Say("municipality-ask", (), (SKIP,)),))


def _out_of_queue(state: Waiting, say: Say, world: World) -> Turn[Menu]:
    """Back to the menu; what was for the counsellor is the visitor's own again."""
    after = Menu(touched(state, world.now).stay, state.has_words)
    return Turn(after, (*gave_up(state, world), Withhold(), say))


def _keep_for_counsellor(state: Waiting, event: Wrote | Rewrote, world: World) -> Turn[Waiting]:
    text, findings = mask(event.text)
    effects: list[Effect] = [RelayToCounsellor(text)]
    if findings:
        effects += [Say("masked"), Tell("note-masked")]
    return Turn(replace(touched(state, world.now), has_words=True), tuple(effects))


def _copies(state: Open, world: World) -> tuple[Effect, ...]:
    """Who else holds what is written on this channel, and the more private way."""
    if not keeps_copies(state):
        return ()
    return (Say("disclosure-copies", (page_arg(world),)),)


def _consent(state: Deciding) -> tuple[Button, ...]:
    return (YES_WITH_WORDS, YES_WITHOUT_WORDS, BACK) if state.has_words else (YES, BACK)
