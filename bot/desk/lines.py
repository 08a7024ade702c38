"""What has been said, line by line, as a counsellor reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.conversation import Conversation, Message, for_counsellor
from bot.desk.moments import clock_text

Delivery: TypeAlias = Literal["", "sending", "delivered", "repeated", "unknown", "refused"]
"""How far a counsellor's own words have come: shown by the visitor's page, or taken by the service
that carries them. The last three are the message's fate."""

Again: TypeAlias = Literal["", "offered", "said"]
"""Whether words that may not have come can be said once more, or have been."""

AUTHORS = {"visitor": "Besökaren", "counsellor": "Du", "bot": "Du", "note": "Notis"}

REFERRED = "{} hänvisade"
"""Who sent an entry of the directory: it stands in our words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message as the desk shows it. `delivery` and `again`: of counsellors' words only."""

    seq: int
    author: str
    name: str
    text: str
    at: str
    delivery: Delivery
    again: Again
    client_id: str
    former: str
    """The wording that these words take the place of, where the reader may know it."""
    is_change: bool
    is_changed: bool
    """Other words have taken the place of these, further down."""


def lines_of(talk: Conversation, reader: str) -> tuple[Line, ...]:
    """The words that a counsellor may read, with how far their own have come."""
    shown = for_counsellor(talk)
    former = _former(shown)
    changed = {message.seq for message in former.values()}
    return tuple(
        _line(talk, message, reader, former.get(message.seq), is_changed=message.seq in changed)
        for message in shown
    )


def is_in_doubt(message: Message) -> bool:
    """Whether a counsellor's words may not have come, so that they may say them again."""
    return _is_ours(message) and message.fate in {"unknown", "refused"}


def again_id(seq: int) -> str:
    """Name the saying again of one message: however often it is asked for, it happens once."""
    return f"again-{seq}"


def _former(shown: Sequence[Message]) -> dict[int, Message]:
    """Find the version just before each change; a change names the first of them."""
    latest: dict[int, Message] = {}
    former: dict[int, Message] = {}
    for message in shown:
        first = message.amends or message.seq
        if first in latest:
            former[message.seq] = latest[first]
        latest[first] = message
    return former


def _line(
    talk: Conversation, message: Message, reader: str, former: Message | None, *, is_changed: bool
) -> Line:
    is_ours = _is_ours(message)
    return Line(
        seq=message.seq,
        author="counsellor" if is_ours else message.author,
        name=_name(message, reader),
        text=message.text,
        at=clock_text(message.at),
        delivery=_delivery(talk, message) if is_ours else "",
        again=_again(talk, message),
        client_id=message.client_id if is_ours else "",
        former=former.text if former else "",
        is_change=message.amends > 0,
        is_changed=is_changed,
    )


def _is_ours(message: Message) -> bool:
    """Whether a counsellor said it, or had us say it."""
    return message.author == "counsellor" or bool(message.by)


def _name(message: Message, reader: str) -> str:
    """Who said it; another counsellor may have had the talk before."""
    name = AUTHORS[message.author] if message.by in {"", reader} else message.by
    return REFERRED.format(name) if message.author == "bot" else name


def _delivery(talk: Conversation, message: Message) -> Delivery:
    return "sending" if message.seq in talk.outbox else message.fate or "delivered"


def _again(talk: Conversation, message: Message) -> Again:
    if not is_in_doubt(message):
        return ""
    name = again_id(message.seq)
    return "said" if any(each.client_id == name for each in talk.messages) else "offered"
