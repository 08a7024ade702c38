"""A counsellor's panels: each is a contact form, and beside it the talk while there are words.

A panel goes by the form's id, because the form outlives the conversation; of a phone call, or of a
form that is being corrected, there is nothing else.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, TypeAlias

from bot.book import Book
from bot.conversation import Conversation, Draft, for_counsellor
from bot.desk.desk import Desk
from bot.desk.lines import Line, lines_of
from bot.desk.moments import clock_text, day_and_clock
from bot.desk.queue import acute_words, label
from bot.forms import expires
from directory.models import Service
from flows.note_gate import Note
from flows.questions import codes_in
from flows.states import Closing, Talking

SOON = timedelta(hours=2)
"""When a form that nobody files has less time left than this, the page says so."""

Phase: TypeAlias = Literal["talking", "closing", "over"]
"""Both write; the visitor may read the goodbye; the words are erased, or being erased."""


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
    is_late: bool = False
    """There is little time left to file it."""
    services: tuple[Service, ...] = ()
    """What has been sent in the talk; once it is over, what the form says of that."""
    place: str = ""
    """The municipality that the form knows of, by name."""
    messenger: str = ""
    """The service that carries the words and keeps copies of them; none for our own page."""

    @property
    def kind(self) -> str:
        """What the panel is about, in a word."""
        if self.is_handed_in:
            return "Inlämnat"
        match self.draft.origin:
            case "phone":
                return "Telefon"
            case "filed":
                return "Rättelse"
            case "talk":
                return {"talking": "Samtal", "closing": "Avslutat", "over": "Formulär"}[self.phase]

    @property
    def has_talk(self) -> bool:
        """Whether there is, or was, a talk of ours to show beside the form."""
        return self.draft.origin == "talk"

    @property
    def note(self) -> Note:
        return Note(self.draft.answers.get("note", ""), self.draft.kept)

    @property
    def opened(self) -> str:
        return clock_text(self.draft.made)

    @property
    def lines(self) -> tuple[Line, ...]:
        return lines_of(self.talk, self.draft.counsellor) if self.talk else ()

    @property
    def may_be_answered(self) -> bool:
        """Whether the visitor can still say if it helped; the answer is theirs alone."""
        return self.talk is not None and self.talk.may_be_answered

    @property
    def is_handed_in(self) -> bool:
        """Whether the system files the form by itself, when the visitor has answered or cannot."""
        return self.draft.handed_in is not None


def panels_of(desk: Desk, name: str) -> tuple[Panel, ...]:
    """All panels of one counsellor, in the order in which they took the visitors."""
    book = desk.board.book
    talks = _with_words(book, name)
    return tuple(_panel(desk, draft, talks.get(draft.id)) for draft in book.drafts_of(name))


def panel_of(desk: Desk, name: str, id: str) -> Panel | None:
    return next((panel for panel in panels_of(desk, name) if panel.id == id), None)


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
        is_late=draft.handed_in is None and expires(draft, desk.board.shop) - desk.clock() < SOON,
        services=_sent(desk, draft, talk),
        place=_place(desk, draft),
        messenger=_messenger(desk, talk),
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
    return day_and_clock(expires(draft, desk.board.shop))


def _sent(desk: Desk, draft: Draft, talk: Conversation | None) -> tuple[Service, ...]:
    if talk and isinstance(talk.state, Talking):
        return desk.services(talk.state.services)
    return desk.services(codes_in(draft.answers.get("referred_service", "")))


def _place(desk: Desk, draft: Draft) -> str:
    code = draft.answers.get("municipality", "")
    found = desk.board.shop.directory.municipalities.get(code)
    return found.name if found else ""


def _messenger(desk: Desk, talk: Conversation | None) -> str:
    return label(desk.form, "channel", talk.address.channel) if talk and talk.is_pushed else ""
