"""What the visitor can choose from, wherever a menu is shown."""

from datetime import timedelta

from flows.channels import can_be_reached
from flows.effects import Button
from flows.hours import opening
from flows.states import Open
from flows.world import CHAT, World

TALK = Button("talk", "button-talk")
PLACES = Button("places", "button-places")
OTHER_PLACE = Button("places", "button-other-place")
HOURS = Button("hours", "button-hours")
VIOLENCE = Button("violence", "button-violence")
PRIVACY = Button("privacy", "button-privacy")
REMIND = Button("remind", "button-remind")
ERASE = Button("erase", "button-erase")
ERASE_NOW = Button("erase-now", "button-erase-now")
KEEP = Button("menu", "button-keep")
BACK = Button("menu", "button-menu")
YES = Button("yes", "button-yes")
YES_WITH_WORDS = Button("yes-with-words", "button-yes-with-words")
YES_WITHOUT_WORDS = Button("yes", "button-yes-without-words")
SKIP = Button("skip", "button-skip")
LEAVE_QUEUE = Button("leave-queue", "button-leave-queue")

ALL = (TALK, PLACES, HOURS, VIOLENCE, PRIVACY, ERASE)


def menu(state: Open, world: World) -> tuple[Button, ...]:
    """The whole menu: the talk when a human is there, else a word when one is, if we can."""
    if world.has_human:
        return ALL
    may_ask = can_remind(state, world) and not state.stay.has_promise
    return (REMIND, *ALL[1:]) if may_ask else ALL[1:]


def can_remind(state: Open, world: World) -> bool:
    """Whether nobody is there, and we can keep a promise to tell when somebody is."""
    if world.has_human or not can_be_reached(state):
        return False
    forgotten = world.now + timedelta(days=world.line.timers.reminder_days)
    opens_at = opening(world.line, CHAT, world.now).opens_at
    return world.is_open or (opens_at is not None and opens_at < forgotten)
