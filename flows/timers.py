"""When the clock has something to say to a conversation.

Nothing is scheduled: the moment follows from the state, so a restart forgets no alarm.
"""

from datetime import datetime, timedelta

from flows.line import Timers
from flows.states import Closing, Erasing, Open, Talking, Waiting


def due(state: Open, timers: Timers) -> datetime:
    """When this state's alarm rings, at the latest when the conversation has lasted its longest."""
    return min(_next(state, timers), limit(state, timers))


def limit(state: Open, timers: Timers) -> datetime:
    """When the conversation ends whatever is going on, so that no key lives for long."""
    if isinstance(state, Closing | Erasing):
        return state.since + timedelta(minutes=timers.closing)
    return state.stay.began + timedelta(hours=timers.conversation_hours)


def _next(state: Open, timers: Timers) -> datetime:
    match state:
        case Waiting():
            return state.told + timedelta(minutes=timers.sign_of_life)
        case Talking():
            patience = timers.talk_close if state.warned else timers.talk_warning
            return state.stay.touched + timedelta(minutes=patience)
        case Closing() | Erasing():
            return limit(state, timers)
        case _:
            return state.stay.touched + timedelta(minutes=timers.menu_idle)
