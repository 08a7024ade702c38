"""Tell me when you open: for a visitor who came when nobody was there."""

from dataclasses import replace

from flows.channels import can_be_reached
from flows.effects import Remind, Say, Turn
from flows.entry import no_human
from flows.events import AskedReminder, Reminded
from flows.hours import moment_in_words, opening
from flows.menu import BACK, PLACES, TALK, can_remind, menu
from flows.states import Open, Same, touched
from flows.world import CHAT, World


def ask(state: Same, event: AskedReminder, world: World) -> Turn[Same]:
    """Promise to tell, unless somebody is there already or the promise could not be kept."""
    if not can_be_reached(state):
        return Turn(state)
    after = touched(state, world.now)
    if world.has_human:
        return Turn(after, (Say("reminder-open", (), (TALK, BACK)),))
    if not can_remind(state, world):
        return Turn(after, (no_human(state, world),))
    args = (("when", _when(state, world)), ("days", world.line.timers.reminder_days))
    promised = replace(after, stay=replace(after.stay, has_promise=True))
    return Turn(promised, (Remind(), Say("reminder-set", args, (PLACES, BACK))))


def tell(state: Same, event: Reminded, world: World) -> Turn[Same]:
    """Offer the menu and lead nowhere: who has come back meanwhile is not pulled away."""
    kept = replace(state, stay=replace(state.stay, has_promise=False))
    return Turn(touched(kept, world.now), (Say("reminder-open", (), menu(kept, world)),))


def _when(state: Open, world: World) -> str:
    """The next opening in words; "open" when it is open and nobody is there just now."""
    opens_at = opening(world.line, CHAT, world.now).opens_at
    if opens_at is None:
        return "open"
    return moment_in_words(opens_at, world.now, world.texts, state.stay.language)
