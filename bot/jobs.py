"""Jobs: what a channel, the desk or the clock asks the switchboard to do, in the one order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.book import Overlay
from bot.conversation import Address, Conversation, Draft
from bot.presence import Presence
from bot.turns import FormEffect, take
from directory.models import Directory
from flows.effects import FillForm, OpenForm, ReleaseForm
from flows.events import Claimed, Event, Opened, Rang, Staffs, Vanished
from flows.line import Line
from flows.questions import JOINER
from flows.safety import Recogniser
from flows.spoken import Spoken
from flows.states import Menu, Stay, Talking, Waiting
from flows.texts import Texts
from flows.timers import due
from flows.world import World

SYSTEM_KNOWS = frozenset({"wait_minutes", "talk_minutes", "helped"})
"""Answers that only the system can know; for the others a counsellor's own answer stands."""


class Keys(Protocol):
    """Where a new conversation or form gets its key."""

    def create(self, id: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What every job may use: what the helpline is, who is there, and where ids come from."""

    line: Line
    texts: Texts
    directory: Directory
    safety: Recogniser
    spoken: Spoken
    presence: Presence
    keys: Keys
    new_id: Callable[[], str]
    lost_until: datetime | None = None
    """Until when to say that open conversations were lost, if they were."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a job: the conversation it concerned, and sentences for who asked.

    `is_stale`: a form was changed meanwhile, and nothing was saved. `waited` holds who left the
    queue in vain: the conversation, and for how many minutes they had waited.
    """

    conversation: str = ""
    answers: tuple[str, ...] = ()
    is_stale: bool = False
    waited: tuple[tuple[Conversation, int], ...] = ()


class Job(Protocol):
    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply: ...


@dataclass(frozen=True, slots=True)
class Happened:
    """Something happened in a conversation. Met once, however often it is sent.

    `choice` is the button an event came from, `client_id` the sender's own name for it.
    """

    conversation: str
    event: Event
    client_id: str = ""
    choice: str = ""

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        before = overlay.conversation(self.conversation)
        if before is None:
            return Reply(answers=_gone(self.event, shop))
        if self.client_id and any(m.client_id == self.client_id for m in before.messages):
            return Reply(before.id)
        world = _world(before, self.event, overlay, shop, now)
        outcome = take(before, self.event, world, client_id=self.client_id, choice=self.choice)
        overlay.conversations[before.id] = outcome.conversation
        for form in outcome.forms:
            _fill(form, overlay, shop, now)
        waited = tuple((before, minutes) for minutes in outcome.waited)
        return Reply(before.id, outcome.answers, waited=waited)


@dataclass(frozen=True, slots=True)
class Began:
    """A visitor at an address where there is no conversation does the first thing."""

    address: Address
    language: str
    event: Event
    client_id: str = ""
    choice: str = ""

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        open_already = overlay.at(self.address)
        id = open_already.id if open_already else self._open(overlay, shop, now)
        return Happened(id, self.event, self.client_id, self.choice).take(overlay, shop, now)

    def _open(self, overlay: Overlay, shop: Shop, now: datetime) -> str:
        id = shop.new_id()
        shop.keys.create(id)
        state = Menu(Stay(self.address.channel, self.language, now, now))
        overlay.conversations[id] = Conversation(id, self.address, state)
        if not isinstance(self.event, Opened):
            Happened(id, Opened()).take(overlay, shop, now)
        return id


@dataclass(frozen=True, slots=True)
class TookNext:
    """A counsellor takes whoever has waited longest."""

    counsellor: str

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        queue = overlay.queue()
        if not queue:
            return Reply(answers=(shop.texts.say("sv", "answer-nobody-waits"),))
        return Took(queue[0].id, self.counsellor).take(overlay, shop, now)


@dataclass(frozen=True, slots=True)
class Took:
    """A counsellor takes one visitor from the queue."""

    conversation: str
    counsellor: str

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        event = Claimed(self.counsellor, f"draft-{shop.new_id()}")
        return Happened(self.conversation, event).take(overlay, shop, now)


@dataclass(frozen=True, slots=True)
class Due:
    """The clock looked: ring if the alarm is still due when its turn comes."""

    conversation: str

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        found = overlay.conversation(self.conversation)
        if found is None or due(found.state, shop.line.timers) > now:
            return Reply()
        return Happened(self.conversation, Rang()).take(overlay, shop, now)


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The visitor's page has shown everything up to a sequence number."""

    conversation: str
    seq: int

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        found = overlay.conversation(self.conversation)
        if found and any(seq <= self.seq for seq in found.outbox):
            left = tuple(seq for seq in found.outbox if seq > self.seq)
            overlay.conversations[found.id] = replace(found, outbox=left)
        return Reply(self.conversation)


@dataclass(frozen=True, slots=True)
class Seen:
    """The counsellor's desk has shown everything up to a sequence number."""

    conversation: str
    counsellor: str
    seq: int

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        found = overlay.conversation(self.conversation)
        if found and found.counsellor == self.counsellor and self.seq > found.seen:
            seen = min(self.seq, found.next_seq - 1)
            overlay.conversations[found.id] = replace(found, seen=seen)
        return Reply(self.conversation)


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A counsellor's form as they left it, unless it was changed from another tab meanwhile."""

    draft: str
    counsellor: str
    revision: int
    answers: Mapping[str, str] = field(hash=False)

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        before = overlay.draft(self.draft)
        if before is None or before.counsellor != self.counsellor:
            return Reply(answers=(shop.texts.say("sv", "answer-no-such-form"),))
        if before.revision != self.revision:
            return Reply(is_stale=True)
        after = replace(before, answers=dict(self.answers), revision=before.revision + 1)
        overlay.drafts[self.draft] = after
        return Reply()


@dataclass(frozen=True, slots=True)
class FiledDraft:
    """The form has been filed, or has expired: forget the draft."""

    draft: str

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        if overlay.draft(self.draft):
            overlay.drafts[self.draft] = None
        return Reply()


@dataclass(frozen=True, slots=True)
class Tidied:
    """Nothing changes; the store is given another chance to empty its log of what was erased."""

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        return Reply()


def expires(draft: Draft, shop: Shop) -> datetime:
    """When a form that nobody files is forgotten."""
    return draft.made + timedelta(hours=shop.line.timers.draft_hours)


def _world(
    conversation: Conversation, event: Event, overlay: Overlay, shop: Shop, now: datetime
) -> World:
    talks = overlay.talks()
    mine = _place(conversation, now)
    asker = event.counsellor if isinstance(event, Staffs) else ""
    return World(
        now=now,
        line=shop.line,
        texts=shop.texts,
        directory=shop.directory,
        safety=shop.safety,
        spoken=shop.spoken,
        present=len(shop.presence.present(now)),
        talks=len(talks),
        ahead=sum(_place(each, now) < mine for each in overlay.queue()),
        holding=sum(who == asker for who in talks.values()),
        has_restarted=shop.lost_until is not None and now < shop.lost_until,
    )


def _place(conversation: Conversation, now: datetime) -> tuple[datetime, str]:
    """Where somebody stands or would stand; who is handed back keeps the place they had."""
    state = conversation.state
    since = state.since if isinstance(state, Waiting | Talking) else now
    return since, conversation.id


def _fill(form: FormEffect, overlay: Overlay, shop: Shop, now: datetime) -> None:
    before = overlay.draft(form.draft)
    match form:
        case OpenForm(draft, counsellor, answers) if before is None:
            shop.keys.create(draft)
            overlay.drafts[draft] = Draft(draft, counsellor, now, dict(answers))
        case OpenForm(draft, counsellor) if before:
            overlay.drafts[draft] = replace(
                before, counsellor=counsellor, revision=before.revision + 1
            )
        case FillForm(draft, answers) if before:
            merged = _merged(before.answers, dict(answers))
            overlay.drafts[draft] = replace(before, answers=merged, revision=before.revision + 1)
        case ReleaseForm(draft) if before:
            overlay.drafts[draft] = replace(before, counsellor="", revision=before.revision + 1)


def _merged(theirs: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """A counsellor's answers stand; services sent are added; what only we know is written."""
    merged = dict(theirs)
    for name, answer in ours.items():
        if name == "referred_service":
            both = [*filter(None, theirs.get(name, "").split(JOINER)), *answer.split(JOINER)]
            merged[name] = JOINER.join(dict.fromkeys(both))
        elif name in SYSTEM_KNOWS or not theirs.get(name):
            merged[name] = answer
    return merged


def _gone(event: Event, shop: Shop) -> tuple[str, ...]:
    if isinstance(event, Staffs) and not isinstance(event, Vanished):
        return (shop.texts.say("sv", "answer-not-talking"),)
    return ()
