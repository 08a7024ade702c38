"""Acute danger comes before everything else that a turn says.

It never blocks and never decides more: the words go their way as any others do.
"""

from dataclasses import replace

from flows.effects import Effect, Say, Tell
from flows.events import Wrote
from flows.states import Open, Talking, Waiting
from flows.world import World


def noticed(state: Open, event: Wrote, world: World) -> tuple[Open, tuple[Effect, ...]]:
    """The state with its mark, and the right number to say first.

    Where a human reads, each kind is said once; where nobody does, every time.
    """
    heard = world.safety.kinds(event.text)
    new = tuple(kind for kind in heard if kind not in state.stay.acute)
    marked = replace(state, stay=replace(state.stay, acute=(*state.stay.acute, *new)))
    if isinstance(state, Waiting | Talking):
        tells = (Tell("note-acute"),) if new else ()
        return marked, (*_numbers(new), *tells)
    return marked, _numbers(heard)


def _numbers(kinds: tuple[str, ...]) -> tuple[Effect, ...]:
    return tuple(Say(f"acute-{kind}") for kind in kinds)
