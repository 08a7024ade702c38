"""Acute danger comes before everything else that a turn says.

It never blocks and never decides more: the words go their way as any others do.
"""

from dataclasses import replace

from flows.effects import Effect, Forget, Keep, RelayToCounsellor, Say, Tell, Turn
from flows.events import Rewrote, Wrote
from flows.states import Open, State, Talking, Waiting
from flows.world import World


def noticed(state: Open, event: Wrote | Rewrote, world: World) -> tuple[Open, tuple[Effect, ...]]:
    """The state with its mark, and the right number to say first.

    In a talk each kind is said once; where nobody reads yet, every time. A counsellor who will
    read is told once of each kind.
    """
    heard = world.safety.kinds(event.text)
    new = tuple(kind for kind in heard if kind not in state.stay.acute)
    acute = (*state.stay.acute, *new)
    marked = replace(state, stay=replace(state.stay, acute=acute)) if new else state
    says = _numbers(new if isinstance(state, Talking) else heard)
    tells = (Tell("note-acute"),) if new and isinstance(state, Waiting | Talking) else ()
    return marked, (*says, *tells)


def _numbers(kinds: tuple[str, ...]) -> tuple[Effect, ...]:
    return tuple(Say(f"acute-{kind}", alone=True) for kind in kinds)


def first(warning: tuple[Effect, ...], turn: Turn[State]) -> Turn[State]:
    """Put the warning before every other answer, right after the words that it answers."""
    if not warning:
        return turn
    words = tuple(each for each in turn.effects if isinstance(each, _WORDS))
    answers = tuple(each for each in turn.effects if not isinstance(each, _WORDS))
    return replace(turn, effects=(*words, *warning, *answers))


_WORDS = (Keep, Forget, RelayToCounsellor)
