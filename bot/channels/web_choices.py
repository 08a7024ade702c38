"""Which of the buttons that were shown still mean something to the visitor."""

from collections.abc import Iterable
from datetime import datetime

from bot.conversation import Choice, Conversation, Message, for_visitor
from flows.events import Event, Skipped, ToldPlace, ToldRole, chosen
from flows.handoff import PLACE_ASKED, STANDING
from flows.machine import REFUSED
from flows.states import Closing, Open, Talking, Waiting

OWN_WITH_BOT = frozenset({"choice", "visitor"})
"""With the bot every act, in words too, is answered with what may be chosen now."""

OWN_IN_QUEUE = frozenset({"choice"})
"""Words for the counsellor take no question away that stands unanswered."""


def current_choices(conversation: Conversation) -> tuple[Choice, ...]:
    """What may be chosen now: the buttons shown since the last choice, and those that stay.

    A button shown twice stands once, as it was last shown; what stays comes last.
    """
    shown = [each for each in for_visitor(conversation) if each.buttons]
    fresh = [each for each in shown if _is_fresh(each, conversation)]
    standing = [each for each in shown if _stands(each, conversation.state)]
    choices = _once([*_buttons(fresh), *_buttons(standing)])
    return tuple(each for each in choices if _means_something(each, conversation.state))


def _is_fresh(message: Message, conversation: Conversation) -> bool:
    state = conversation.state
    if message.slot == STANDING or message.at < _since(state):
        return False
    acts = OWN_IN_QUEUE if isinstance(state, Waiting | Talking | Closing) else OWN_WITH_BOT
    own = (each.seq for each in conversation.messages if each.author in acts)
    return message.seq > max(own, default=0) or _is_unanswered(message, state)


def _stands(message: Message, state: Open) -> bool:
    """Whether this is how the queue stands, which may be acted on as long as one waits."""
    return message.slot == STANDING and isinstance(state, Waiting)


def _is_unanswered(message: Message, state: Open) -> bool:
    """Whether this asks if the talk helped, and waits for an answer whatever else is said."""
    is_open = isinstance(state, Closing) and not state.has_answered
    return is_open and any(each.choice.startswith("helped:") for each in message.buttons)


def _since(state: Open) -> datetime:
    """When the visitor came to where they are."""
    return state.since if isinstance(state, Waiting | Talking | Closing) else state.stay.began


def _means_something(choice: Choice, state: Open) -> bool:
    event = chosen(choice.choice)
    if event is None or (type(state), type(event)) in REFUSED:
        return False
    return not isinstance(state, Waiting) or _is_asked(event, state)


def _is_asked(event: Event, state: Waiting) -> bool:
    """Whether a choice answers what is still asked; the answer may have come in words."""
    match event:
        case ToldRole():
            return state.asking == "role"
        case ToldPlace():
            return state.asking in PLACE_ASKED
        case Skipped():
            return state.asking not in {"", "another"}
        case _:
            return True


def _buttons(messages: Iterable[Message]) -> list[Choice]:
    return [button for message in messages for button in message.buttons]


def _once(choices: Iterable[Choice]) -> list[Choice]:
    found: dict[str, Choice] = {}
    for each in choices:
        found.pop(each.choice, None)
        found[each.choice] = each
    return list(found.values())
