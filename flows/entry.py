"""First words: the greeting, the menu and the plain questions that any state answers."""

from dataclasses import replace
from typing import TypeVar

from flows.commands import COMMANDS
from flows.effects import Arg, Button, Effect, Keep, Say, Tell, Turn
from flows.events import (
    AskedHours,
    AskedMenu,
    AskedPrivacy,
    AskedViolence,
    Hurried,
    Mistyped,
    Opened,
    Rewrote,
    SentUnsupported,
    Wrote,
)
from flows.hours import in_words, opening
from flows.line import Channel
from flows.menu import BACK, PLACES, TALK, menu
from flows.redaction import mask
from flows.states import Deciding, Menu, Open, Same, Seeking, Talking, touched
from flows.world import CHAT, World

PHONE: Channel = "phone"

Alone = TypeVar("Alone", Menu, Seeking)
"""With the bot alone, and nothing is asked that words would answer."""

UNSUPPORTED = "unsupported"
"""The slot of what is said to pictures: an album of ten is answered once."""

TOO_OFTEN = "too-often"
"""The slot of what is said to a flood of messages."""

OFFER = "offer"
"""The slot of the offer of a human: who writes many short messages reads it once."""


def greet(state: Same, event: Opened, world: World) -> Turn[Same]:
    """Say what this is, that a human answers, 112, whether the chat is open, and the phone."""
    args = (("name", world.line.name), hours_arg(state, world), phone_arg(world))
    sorry = (Say("restarted"),) if world.has_restarted else ()
    found = event.heard_via or state.stay.heard_via
    after = replace(state, stay=replace(state.stay, heard_via=found))
    return Turn(after, (*sorry, Say("greeting", args, menu(state, world))))


def meet_words(state: Alone, event: Wrote, world: World) -> Turn[Alone]:
    """Meet any words with the menu and, when somebody is there, the offer of a human."""
    offer = "words-open" if world.has_human else "words-closed"
    args = (hours_arg(state, world), phone_arg(world))
    after = replace(touched(state, world.now), has_words=True)
    return Turn(after, (*keep(event), Say(offer, args, menu(state, world), slot=OFFER)))


def meet_change(state: Same, event: Rewrote, world: World) -> Turn[Same]:
    """Changed words are kept as the first ones were; nothing more is said."""
    return Turn(touched(state, world.now), keep(event))


def keep(event: Wrote | Rewrote) -> tuple[Effect, ...]:
    """Keep the words for the visitor's own eyes, hard identifiers masked, and say so."""
    text, findings = mask(event.text)
    return (Keep(text), Say("masked-kept")) if findings else (Keep(text),)


def show_menu(state: Menu | Seeking | Deciding, event: AskedMenu, world: World) -> Turn[Menu]:
    after = Menu(touched(state, world.now).stay, state.has_words)
    return Turn(after, (Say("menu", (), menu(state, world)),))


def tell_hours(state: Same, event: AskedHours, world: World) -> Turn[Same]:
    """Open now or when next, and always the phone number too."""
    args = (hours_arg(state, world), by_phone(state, world), phone_arg(world))
    return Turn(touched(state, world.now), (Say("hours", args, _onward(state, world)),))


def tell_violence(state: Same, event: AskedViolence, world: World) -> Turn[Same]:
    return Turn(touched(state, world.now), (Say("violence", (), _onward(state, world)),))


def tell_privacy(state: Same, event: AskedPrivacy, world: World) -> Turn[Same]:
    args = (page_arg(world), ("minutes", world.line.timers.menu_idle))
    return Turn(touched(state, world.now), (Say("privacy", args, _onward(state, world)),))


def decline_kind(state: Same, event: SentUnsupported, world: World) -> Turn[Same]:
    """Only words are read; a picture, a voice message or a file gets a kind sentence."""
    declined = Say("unsupported", slot=UNSUPPORTED)
    return Turn(touched(state, world.now), (declined, *_told(state, "note-unsupported")))


def slow_down(state: Same, event: Hurried, world: World) -> Turn[Same]:
    """Words that were not taken are no sign of life: nothing changes but that both are told."""
    return Turn(state, (Say("too-often", slot=TOO_OFTEN), *_told(state, "note-too-often")))


def tell_commands(state: Same, event: Mistyped, world: World) -> Turn[Same]:
    """A command that there is not: nobody reads it, and these there are."""
    commands = ", ".join(f"/{name}" for name in COMMANDS)
    buttons = menu(state, world) if isinstance(state, Menu | Seeking | Deciding) else ()
    return Turn(touched(state, world.now), (Say("mistyped", (("commands", commands),), buttons),))


def hours_arg(state: Open, world: World) -> Arg:
    """Say whether the chat is open, and whether anybody is there, for a text's `hours`."""
    said = _hours(state, CHAT, world)
    if world.is_open and not world.present:
        said = f"{said} {world.texts.say(state.stay.language, 'nobody-here')}"
    return ("hours", said)


def no_human(state: Open, world: World) -> Say:
    """When we open, and who else answers."""
    return Say("no-human", (hours_arg(state, world), phone_arg(world)), menu(state, world))


def phone_arg(world: World) -> Arg:
    return ("phone", world.line.phone)


def by_phone(state: Open, world: World) -> Arg:
    """Say whether the telephone is answered, for a text's `phone_hours`."""
    return ("phone_hours", _hours(state, PHONE, world))


def page_arg(world: World) -> Arg:
    return ("page", world.web_page)


def _hours(state: Open, channel: Channel, world: World) -> str:
    found = opening(world.line, channel, world.now)
    return in_words(found, world.now, world.texts, state.stay.language, channel=channel)


def _told(state: Open, note: str) -> tuple[Effect, ...]:
    """Who talks with the visitor learns of it too."""
    return (Tell(note),) if isinstance(state, Talking) else ()


def _onward(state: Open, world: World) -> tuple[Button, ...]:
    if not isinstance(state, Menu | Seeking | Deciding):
        return ()
    return (TALK, PLACES, BACK) if world.has_human else (PLACES, BACK)
