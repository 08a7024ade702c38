"""The picture of the helpline, drawn from what the handlers say of themselves.

A handler's annotation (`-> Turn[Waiting | Menu]`) names every state that it may lead to; `Same`
stands for the one it was met in.
"""

from collections.abc import Iterator
from typing import TypeVar, get_args, get_type_hints

from flows.machine import STATES, TABLE, Handler
from flows.states import Closed, Menu, Open, State


def outcomes(state: type[Open], handler: Handler) -> tuple[type[State], ...]:
    """List the states that a handler, met in this state, says it may lead to."""
    (led,) = get_args(get_type_hints(handler)["return"])
    if isinstance(led, TypeVar):
        return (state,)
    return get_args(led) or (led,)


def mermaid() -> str:
    """Draw every way from one state to another, with the events that lead there."""
    ways = "\n".join(
        f"    {source.__name__} --> {target.__name__} : {', '.join(events)}"
        for source in STATES
        for target in (*STATES, Closed)
        if source is not target and (events := tuple(_events(source, target)))
    )
    return f"stateDiagram-v2\n    [*] --> {Menu.__name__}\n{ways}\n    {Closed.__name__} --> [*]"


def _events(source: type[Open], target: type[State]) -> Iterator[str]:
    for (state, event), handler in TABLE.items():
        if state is source and target in outcomes(state, handler):
            yield event.__name__
