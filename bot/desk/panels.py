"""A counsellor's panels: each is a contact form, and beside it the talk while there are words.

A panel goes by the form's id, because the form outlives the conversation.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from bot.book import Book
from bot.conversation import Conversation, Draft, Message, for_counsellor
from bot.desk.desk import Desk
from bot.desk.queue import acute_words, label
from bot.jobs import expires
from directory.models import Service
from flows.hours import STOCKHOLM
from flows.states import Closing, Talking

Phase: TypeAlias = Literal["talking", "closing", "over"]
"""Both write; the visitor may read the goodbye; the words are erased."""

Delivery: TypeAlias = Literal["", "sending", "delivered"]
"""How far a counsellor's own words have come."""


@dataclass(frozen=True, slots=True)
class Line:
    """One message as the desk shows it. `delivery`: of the counsellor's own words only."""

    seq: int
    author: str
    text: str
    at: str
    delivery: Delivery
    client_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    id: str
    phase: Phase
    title: str
    draft: Draft
    talk: Conversation | None = None
    unread: int = 0
    last_seq: int = 0
    acute: tuple[str, ...] = ()
    words_until: str = ""
    """When the words of a talk that has ended are erased at the latest."""
    form_until: str = ""
    """When a form that nobody files is erased."""
    services: tuple[Service, ...] = ()
    """What has been sent in the talk."""

    @property
    def may_be_answered(self) -> bool:
        """Whether the visitor can still say if it helped; the answer is theirs alone."""
        state = self.talk.state if self.talk else None
        return isinstance(state, Closing) and not state.has_answered


def panels_of(desk: Desk, name: str) -> tuple[Panel, ...]:
    """All panels of one counsellor, in the order in which they took the visitors."""
    book = desk.board.book
    talks = _with_words(book, name)
    return tuple(_panel(desk, draft, talks.get(draft.id)) for draft in book.drafts_of(name))


def panel_of(desk: Desk, name: str, id: str) -> Panel | None:
    return next((panel for panel in panels_of(desk, name) if panel.id == id), None)


def lines_of(talk: Conversation) -> tuple[Line, ...]:
    """The words that a counsellor may read, with how far their own have come."""
    unsent = set(talk.outbox)
    return tuple(_line(message, message.seq in unsent) for message in for_counsellor(talk))


def clock_text(moment: datetime) -> str:
    return moment.astimezone(STOCKHOLM).strftime("%H.%M")


def _with_words(book: Book, name: str) -> dict[str, Conversation]:
    """Conversations by the counsellor's own forms: those that go on, and those just ended."""
    mine = {draft.id for draft in book.drafts_of(name)}
    talks = {_form_of(talk): talk for talk in book.talks_of(name)}
    if mine <= talks.keys():
        return talks
    ended = (each for each in book.conversations.values() if isinstance(each.state, Closing))
    return {_form_of(each): each for each in ended if _form_of(each) in mine} | talks


def _form_of(talk: Conversation) -> str:
    return talk.state.draft if isinstance(talk.state, Talking | Closing) else ""


def _panel(desk: Desk, draft: Draft, talk: Conversation | None) -> Panel:
    """Gather what one panel shows."""
    return Panel(
        id=draft.id,
        phase=_phase(talk),
        title=_title(desk, draft),
        draft=draft,
        talk=talk,
        unread=_unread(talk) if talk and talk.counsellor else 0,
        last_seq=talk.next_seq - 1 if talk else 0,
        acute=acute_words(talk.state.stay.acute) if talk else (),
        words_until=_words_until(desk, talk),
        form_until=_form_until(desk, draft),
        services=_sent(desk, talk),
    )


def _phase(talk: Conversation | None) -> Phase:
    if talk is None:
        return "over"
    return "talking" if talk.counsellor else "closing"


def _title(desk: Desk, draft: Draft) -> str:
    """Tell two visitors apart by when they were taken and whom they said to be."""
    role = label(desk.form, "role", draft.answers.get("role", ""))
    when = clock_text(draft.made)
    others = (each for each in desk.board.book.drafts_of(draft.counsellor) if each.id != draft.id)
    if any(clock_text(each.made) == when for each in others):
        when = f"{when}.{draft.made:%S}"
    return " · ".join(filter(None, (when, role)))


def _unread(talk: Conversation) -> int:
    return sum(
        message.author == "visitor" and message.seq > talk.seen for message in for_counsellor(talk)
    )


def _words_until(desk: Desk, talk: Conversation | None) -> str:
    if talk is None or not isinstance(talk.state, Closing):
        return ""
    minutes = desk.board.shop.line.timers.closing
    return clock_text(talk.state.since + timedelta(minutes=minutes))


def _form_until(desk: Desk, draft: Draft) -> str:
    moment = expires(draft, desk.board.shop).astimezone(STOCKHOLM)
    return f"{moment.day}/{moment.month} kl. {clock_text(moment)}"


def _sent(desk: Desk, talk: Conversation | None) -> tuple[Service, ...]:
    from_talk = talk.state.services if talk and isinstance(talk.state, Talking) else ()
    return desk.services(from_talk)


def _line(message: Message, is_unsent: bool) -> Line:  # noqa: FBT001 - one of two states
    own: Delivery = "sending" if is_unsent else "delivered"
    return Line(
        seq=message.seq,
        author=message.author,
        text=message.text,
        at=clock_text(message.at),
        delivery=own if message.author == "counsellor" else "",
        client_id=message.client_id if message.author == "counsellor" else "",
    )
