"""Erasure: because the visitor asks for it, goes away, or lets the time run out."""

from flows.channels import can_be_reached, keeps_copies
from flows.effects import Effect, Erase, FillForm, ForgetReminder, Say, Turn, Unsend
from flows.events import AskedErasure, ConfirmedErasure, Departed, Emptied, Rang
from flows.farewell import final_form
from flows.handoff import gave_up
from flows.menu import ERASE_NOW, KEEP
from flows.states import (
    Closed,
    Closing,
    Deciding,
    Erasing,
    Menu,
    Open,
    Same,
    Seeking,
    Talking,
    Waiting,
    touched,
)
from flows.world import World


def ask(state: Same, event: AskedErasure, world: World) -> Turn[Same]:
    """One step between a slip of the finger and losing everything."""
    return Turn(touched(state, world.now), (Say("erase-ask", (), (ERASE_NOW, KEEP)),))


def erase(state: Open, event: ConfirmedErasure, world: World) -> Turn[Closed | Erasing]:
    """Erase at once; where the channel keeps copies they are deleted first, under the key."""
    last = (*_last_words(state, world), *_no_reminder(state))
    if keeps_copies(state):
        return Turn(Erasing(state.stay, world.now), (*last, Unsend()))
    return Turn(Closed(), (*last, Erase()))


def go(state: Open, event: Departed, world: World) -> Turn[Closed]:
    """The visitor has left or blocked us: nothing can be deleted there, so erase at once."""
    return Turn(Closed(), (*_last_words(state, world), *_no_reminder(state), Erase()))


def run_out(state: Menu | Seeking | Deciding | Closing, event: Rang, world: World) -> Turn[Closed]:
    """Nobody has asked for anything: what the channel holds is left, and so is a reminder."""
    return Turn(Closed(), (*_last_words(state, world), Erase()))


def finish(state: Erasing, event: Emptied | Departed | Rang, world: World) -> Turn[Closed]:
    """The copies are gone, or cannot be deleted in time: the key goes now, whatever is left."""
    return Turn(Closed(), (Erase(),))


def _last_words(state: Open, world: World) -> tuple[Effect, ...]:
    """What must be noted of the contact while it is known; a counsellor keeps the form alone."""
    match state:
        case Waiting():
            return gave_up(state, world)
        case Talking():
            return (final_form(state, "interrupted", world), _no_answer(state.draft))
        case Closing(has_answered=False):
            return (_no_answer(state.draft),)
        case _:
            return ()


def _no_answer(draft: str) -> FillForm:
    """The visitor left without saying whether it helped."""
    return FillForm(draft, (("helped", "no_answer"),))


def _no_reminder(state: Open) -> tuple[Effect, ...]:
    return (ForgetReminder(),) if can_be_reached(state) else ()
