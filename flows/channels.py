"""What the core must know of the channels: where words also lie with somebody else."""

from flows.states import Open

TELEGRAM = "telegram"

KEEPS_COPIES = frozenset({TELEGRAM})
"""On these, both sides' messages lie on the channel's own servers until they are deleted there."""

CAN_BE_REACHED = frozenset({TELEGRAM})
"""On these, somebody who has gone can be told something later; a web page cannot be rung.

So a locked phone may show how each of our messages begins.
"""


def keeps_copies(state: Open) -> bool:
    return state.stay.channel in KEEPS_COPIES


def can_be_reached(state: Open) -> bool:
    return state.stay.channel in CAN_BE_REACHED
