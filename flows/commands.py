"""What a command means that somebody types with a slash, where a channel has such commands."""

from collections.abc import Mapping

from flows.events import (
    AskedErasure,
    AskedHours,
    AskedMenu,
    AskedPlaces,
    EndedTalk,
    LeftQueue,
    Opened,
    Visitors,
)
from flows.states import Open, Talking, Waiting

COMMANDS: tuple[str, ...] = ("meny", "hitta", "oppet", "avsluta", "radera")
"""Those we announce, in this order; each has a text `command-<name>` that says what it does."""

_MEANT: Mapping[str, Visitors] = {
    "start": Opened(),
    **dict.fromkeys(("meny", "menu", "hjälp", "help"), AskedMenu()),
    **dict.fromkeys(("hitta", "find"), AskedPlaces()),
    **dict.fromkeys(("oppet", "öppet", "tider"), AskedHours()),
    **dict.fromkeys(("radera", "erase", "delete"), AskedErasure()),
}
_ENDS = frozenset({"avsluta", "stop", "slut"})

KNOWN: frozenset[str] = _ENDS | frozenset(_MEANT)
"""All that we understand, casefolded. Any other word with a slash is a word like others."""


def commanded(name: str, state: Open | None) -> Visitors:
    """The event that a command stands for, by its name without the slash.

    The name is one of `KNOWN`, in capitals or not. No state: no conversation has begun yet.
    """
    plain = name.casefold()
    return _ending(state) if plain in _ENDS else _MEANT[plain]


def _ending(state: Open | None) -> Visitors:
    match state:
        case Talking():
            return EndedTalk()
        case Waiting():
            return LeftQueue()
        case _:
            return AskedMenu()
