"""The talk: words both ways, and everything that can happen between two people writing."""

from dataclasses import replace

from directory.finder import service
from flows.answers import not_yours
from flows.channels import can_be_reached
from flows.effects import (
    Answer,
    Effect,
    FillForm,
    OpenForm,
    RelayToCounsellor,
    RelayToVisitor,
    ReleaseForm,
    Say,
    Tell,
    Turn,
)
from flows.events import (
    AskedMenu,
    AskedPlaces,
    AskedTalk,
    Attached,
    Claimed,
    HandedBack,
    Opened,
    Rang,
    Rewrote,
    Said,
    Vanished,
    Wrote,
)
from flows.farewell import close, talk_minutes
from flows.handoff import standing
from flows.queueing import whole_minutes
from flows.redaction import mask
from flows.referral_entry import entry
from flows.referred import referred_to
from flows.states import Closing, Talking, Waiting, touched
from flows.stockholm import month_of
from flows.timers import limit
from flows.world import World


def begin(state: Waiting, event: Claimed, world: World) -> Turn[Talking | Waiting]:
    """A counsellor takes the visitor, unless their hands are full."""
    if world.holding >= world.line.capacity.per_counsellor:
        return Turn(state, (Answer("answer-full", (("most", world.holding),)),))
    stay = touched(state, world.now).stay
    draft = state.draft or event.draft
    talking = Talking(
        stay,
        event.counsellor,
        world.now,
        draft,
        state.intake,
        services=state.services,
        talked=state.talked,
    )
    form = OpenForm(draft, event.counsellor, _prefilled(state, world))
    return Turn(talking, (form, Say("counsellor-here", (("counsellor", event.counsellor),))))


def lose_the_race(state: Talking, event: Claimed, world: World) -> Turn[Talking]:
    """Losing is an answer: it says who has the visitor."""
    who = (("counsellor", state.counsellor),)
    text = "answer-yours" if event.counsellor == state.counsellor else "answer-already-with"
    return Turn(state, (Answer(text, who),))


def hear(state: Talking, event: Wrote | Rewrote, world: World) -> Turn[Talking]:
    """The visitor's words, hard identifiers masked with both sides told."""
    text, findings = mask(event.text)
    effects: list[Effect] = [RelayToCounsellor(text)]
    if findings:
        effects += [Say("masked"), Tell("note-masked")]
    return Turn(touched(state, world.now), tuple(effects))


def answer(state: Talking, event: Said, world: World) -> Turn[Talking]:
    if event.counsellor != state.counsellor:
        return not_yours(state, event, world)
    return Turn(touched(state, world.now), (RelayToVisitor(event.text),))


def attach(state: Talking, event: Attached, world: World) -> Turn[Talking]:
    """Send a directory entry, as the counsellor's: read now, and once more in the goodbye."""
    if event.counsellor != state.counsellor:
        return not_yours(state, event, world)
    found = service(world.directory, event.service)
    if found is None or found.status == "retired":
        return Turn(state, (Answer("answer-no-such-service"),))
    services = tuple(dict.fromkeys((*state.services, event.service)))
    after = replace(touched(state, world.now), services=services)
    sent = (("referred_to", referred_to(found)), ("referred_service", event.service))
    form = FillForm(state.draft, sent)
    said = (*_introduced(state), entry(found, state.stay.language, world))
    return Turn(after, (*(replace(each, by_counsellor=True) for each in said), form))


def hand_back(state: Talking, event: HandedBack, world: World) -> Turn[Waiting | Talking]:
    """Back to the queue with the place they had and the form that was begun."""
    if event.counsellor != state.counsellor:
        return not_yours(state, event, world)
    return _requeue(state, "handed-back", world)


def lose_counsellor(state: Talking, event: Vanished, world: World) -> Turn[Waiting | Talking]:
    if event.counsellor != state.counsellor:
        return Turn(state)
    return _requeue(state, "counsellor-lost", world)


def mind_silence(state: Talking, event: Rang, world: World) -> Turn[Talking | Closing]:
    """Warn before closing; close only when the warning has been met with silence too."""
    over = world.now >= limit(state, world.line.timers)
    if over or state.warned:
        text = "ended-by-limit" if over else "ended-by-silence"
        return close(state, text, outcome="interrupted", world=world)
    left = world.line.timers.talk_close - world.line.timers.talk_warning
    warning = Say("silence-warning", (("minutes", left),))
    return Turn(replace(state, warned=True), (warning, Tell("note-silence")))


def come_back(
    state: Talking, event: Opened | AskedMenu | AskedTalk | AskedPlaces, world: World
) -> Turn[Talking]:
    """A reload, or an old button: say who is here, and that asking them is enough."""
    return Turn(state, (Say("still-here", (("counsellor", state.counsellor),)),))


def _requeue(state: Talking, text: str, world: World) -> Turn[Waiting]:
    after = Waiting(
        touched(state, world.now).stay,
        state.since,
        world.now,
        state.intake,
        has_words=True,
        draft=state.draft,
        earlier=state.counsellor,
        services=state.services,
        talked=talk_minutes(state, world),
    )
    without = replace(world, talks=world.talks - 1)
    talked = FillForm(state.draft, (("talk_minutes", str(after.talked)),))
    return Turn(after, (talked, ReleaseForm(state.draft), Say(text), standing(without)))


def _introduced(state: Talking) -> tuple[Say, ...]:
    """Neutral words first where a locked phone may show how a message begins."""
    if not can_be_reached(state):
        return ()
    return (Say("referral-sent", (("counsellor", state.counsellor),)),)


def _prefilled(state: Waiting, world: World) -> tuple[tuple[str, str], ...]:
    """What the system knows of the contact, as the form codes it."""
    known = {
        "period": month_of(world.now),
        "channel": state.stay.channel,
        "language": state.stay.language,
        "wait_minutes": str(whole_minutes(state.since, world.now)),
        "heard_via": state.stay.heard_via,
        "role": state.intake.role,
        "municipality": state.intake.municipality,
        "county": state.intake.county,
    }
    return tuple((name, answer) for name, answer in known.items() if answer)
