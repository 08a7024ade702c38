"""The end from either side: goodbye, and "did this help?"."""

from dataclasses import replace

from directory.finder import service
from flows.answers import not_yours
from flows.effects import Button, Effect, FillForm, Forget, Say, Tell, Turn
from flows.entry import phone_arg
from flows.events import (
    HELPED,
    AskedMenu,
    AskedPlaces,
    AskedTalk,
    Ended,
    EndedTalk,
    Opened,
    ToldHelped,
    Wrote,
)
from flows.menu import ERASE_NOW
from flows.queueing import whole_minutes
from flows.referral_entry import entry
from flows.states import Closing, Talking, touched
from flows.world import World

HELPED_BUTTONS = tuple(Button(f"helped:{answer}", f"button-helped-{answer}") for answer in HELPED)


def end_by_counsellor(state: Talking, event: Ended, world: World) -> Turn[Closing | Talking]:
    if event.counsellor != state.counsellor:
        return not_yours(state, event, world)
    return close(state, "goodbye", outcome="completed", world=world)


def end_by_visitor(state: Talking, event: EndedTalk, world: World) -> Turn[Closing]:
    return close(state, "goodbye", outcome="completed", world=world)


def close(state: Talking, text: str, *, outcome: str, world: World) -> Turn[Closing]:
    """Say goodbye with what was agreed, ask whether it helped, and begin the last minutes."""
    after = Closing(touched(state, world.now).stay, world.now, state.draft)
    minutes = (("minutes", world.line.timers.closing),)
    return Turn(
        after,
        (
            final_form(state, outcome, world),
            Tell("note-ended"),
            Say(text, (("counsellor", state.counsellor),)),
            *_agreed(state, world),
            Say("goodbye-traces", minutes),
            Say("helped-ask", (), (*HELPED_BUTTONS, ERASE_NOW)),
        ),
    )


def hear_helped(state: Closing, event: ToldHelped, world: World) -> Turn[Closing]:
    form = FillForm(state.draft, (("helped", event.answer),))
    after = replace(touched(state, world.now), has_answered=True)
    thanks = "helped-worse" if event.answer == "worse" else "helped-thanks"
    return Turn(after, (form, Say(thanks, (phone_arg(world),), (ERASE_NOW,))))


def words_after(state: Closing, event: Wrote, world: World) -> Turn[Closing]:
    """Nobody reads any more, and the words are not kept; say so, and how to begin anew."""
    return Turn(state, (Forget(), Say("after-the-end", (), (ERASE_NOW,))))


def come_back(
    state: Closing, event: Opened | AskedMenu | AskedTalk | AskedPlaces, world: World
) -> Turn[Closing]:
    return Turn(state, (Say("after-the-end", (), (ERASE_NOW,)),))


def talk_minutes(state: Talking, world: World) -> int:
    """How long the visitor has talked, with earlier counsellors too."""
    return state.talked + whole_minutes(state.since, world.now)


def final_form(state: Talking, outcome: str, world: World) -> FillForm:
    """What the system knows of a talk at its end."""
    answers = (("talk_minutes", str(talk_minutes(state, world))), ("outcome", outcome))
    return FillForm(state.draft, answers)


def _agreed(state: Talking, world: World) -> tuple[Effect, ...]:
    """The referrals of the talk, once more, so that they can be written down."""
    found = (service(world.directory, id) for id in state.services)
    entries = tuple(entry(each, state.stay.language, world) for each in found if each)
    return (Say("goodbye-agreed"), *entries) if entries else ()
