"""What a command means that somebody types with a slash, where a channel has such commands."""

import re
from collections.abc import Mapping

from flows.events import (
    AskedErasure,
    AskedHours,
    AskedMenu,
    AskedPlaces,
    EndedTalk,
    LeftQueue,
    Mistyped,
    Opened,
    Visitors,
)
from flows.states import Open, Talking, Waiting

COMMANDS: tuple[str, ...] = ("meny", "hitta", "oppet", "avsluta", "radera")
"""Those we announce, in this order; each has a text `command-<name>` that says what it does."""

_MEANT: Mapping[str, Visitors] = {
    "start": Opened(),
    **dict.fromkeys(("meny", "menu", "hjälp", "hjalp", "help"), AskedMenu()),
    **dict.fromkeys(("hitta", "find"), AskedPlaces()),
    **dict.fromkeys(("oppet", "öppet", "tider"), AskedHours()),
    **dict.fromkeys(("radera", "erase", "delete"), AskedErasure()),
}
_ENDS = frozenset({"avsluta", "stop", "slut"})

KNOWN: frozenset[str] = _ENDS | frozenset(_MEANT)
"""All that we understand, casefolded."""

_WRITTEN = re.compile(r"/(\w{1,32})(@\w+)?")
"""A word with a slash, and perhaps the name of the bot that is to obey it."""


def command_in(text: str) -> str:
    """The name of the command that a text consists of, be there one or not; '' if it is words.

    No command that Telegram knows has other letters than a to z, so what has and is none of ours
    ("/rädd") is somebody telling something.
    """
    found = _WRITTEN.fullmatch(text)
    if found is None or not (found[1].isascii() or found[1].casefold() in KNOWN):
        return ""
    return found[1]


def commanded(name: str, state: Open | None) -> Visitors:
    """The event that a command stands for, by its name without the slash.

    In capitals or not. No state: no conversation has begun yet.
    """
    plain = name.casefold()
    return _ending(state) if plain in _ENDS else _MEANT.get(plain, Mistyped())


def _ending(state: Open | None) -> Visitors:
    match state:
        case Talking():
            return EndedTalk()
        case Waiting():
            return LeftQueue()
        case _:
            return AskedMenu()
