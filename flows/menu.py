"""What the visitor can choose from, wherever a menu is shown."""

from flows.effects import Button
from flows.world import World

TALK = Button("talk", "button-talk")
PLACES = Button("places", "button-places")
HOURS = Button("hours", "button-hours")
VIOLENCE = Button("violence", "button-violence")
PRIVACY = Button("privacy", "button-privacy")
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


def menu(world: World) -> tuple[Button, ...]:
    """The whole menu; the talk is offered only when a human is there to have it."""
    return ALL if world.has_human else ALL[1:]
