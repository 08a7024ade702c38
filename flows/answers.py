"""Answers to the desk when what was asked for is not so, or no longer."""

from flows.effects import Answer, Turn
from flows.events import Attached, Claimed, Ended, HandedBack, Said
from flows.states import Same, Talking
from flows.world import World


def not_yours(
    state: Talking, event: Said | Attached | HandedBack | Ended, world: World
) -> Turn[Talking]:
    """Only the counsellor who has the visitor writes, sends, hands back or ends."""
    return Turn(state, (Answer("answer-already-with", (("counsellor", state.counsellor),)),))


def not_talking(
    state: Same, event: Claimed | Said | Attached | HandedBack | Ended, world: World
) -> Turn[Same]:
    """The talk is over, or the visitor has left the queue."""
    return Turn(state, (Answer("answer-not-talking"),))
