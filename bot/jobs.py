"""Jobs: what a channel, the desk or the clock asks the switchboard to do, in the one order."""

from dataclasses import dataclass
from datetime import datetime

from bot.book import Overlay
from bot.conversation import Address, Conversation, Reminder
from bot.forms import fill
from bot.shop import Reply, Shop
from bot.turns import BY_ITSELF, Came, ReminderEffect, take
from flows.effects import Remind
from flows.events import AskedErasure, Claimed, Event, Opened, Rang, Reminded, Staffs, Vanished
from flows.line import Timers
from flows.machine import BOT
from flows.states import Menu, Stay, Talking, Waiting
from flows.timers import due, limit
from flows.world import World

NO_GREETING = (Opened, Reminded, AskedErasure)
"""What begins a conversation without a greeting before it."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something happened in a conversation. Met once, however often it is sent."""

    conversation: str
    event: Event
    came: Came = BY_ITSELF

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        before = overlay.conversation(self.conversation)
        if before is None:
            return Reply(answers=_gone(self.event, shop))
        name = self.came.client_id
        if name and any(message.client_id == name for message in before.messages):
            return Reply(before.id)
        world = _world(before, self.event, overlay, shop, now)
        outcome = take(before, self.event, world, self.came)
        overlay.put(before.id, outcome.conversation)
        for form in outcome.forms:
            fill(form, overlay, shop, now)
        for reminder in outcome.reminders:
            _remind(reminder, before, overlay, shop, now)
        waited = tuple((before, minutes) for minutes in outcome.waited)
        return Reply(
            before.id,
            outcome.answers,
            waited=waited,
            looked_up=outcome.looked_up,
            came=tuple((kind, before.address.channel) for kind in outcome.came),
            is_refused=outcome.is_refused,
        )


@dataclass(frozen=True, slots=True)
class Began:
    """A visitor at an address where there is no conversation does the first thing."""

    address: Address
    language: str
    event: Event
    came: Came = BY_ITSELF

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        open_already = overlay.at(self.address)
        id = open_already.id if open_already else self._open(overlay, shop, now)
        return Happened(id, self.event, self.came).take(overlay, shop, now)

    def _open(self, overlay: Overlay, shop: Shop, now: datetime) -> str:
        id = shop.new_id()
        shop.keys.create(id)
        state = Menu(Stay(self.address.channel, self.language, now, now))
        overlay.put(id, Conversation(id, self.address, state))
        if not isinstance(self.event, NO_GREETING):
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
        if found is None or not is_due(found, shop.line.timers, now):
            return Reply()
        return Happened(self.conversation, Rang()).take(overlay, shop, now)


def is_due(found: Conversation, timers: Timers, now: datetime) -> bool:
    """Whether the clock has something to say.

    What has not reached a visitor is not forgotten for their silence, but only when the
    conversation has lasted its longest.
    """
    if found.is_pushed and found.outbox and isinstance(found.state, BOT):
        return limit(found.state, timers) <= now
    return due(found.state, timers) <= now


def _world(
    conversation: Conversation, event: Event, overlay: Overlay, shop: Shop, now: datetime
) -> World:
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
        talks=overlay.talks(),
        ahead=sum(_place(each, now) < mine for each in overlay.waiting()),
        holding=overlay.holding(asker) if asker else 0,
        web_page=shop.web_page,
        has_unsent=conversation.is_pushed and bool(conversation.outbox),
        has_restarted=shop.lost_until is not None and now < shop.lost_until,
    )


def _place(conversation: Conversation, now: datetime) -> tuple[datetime, str]:
    """Where somebody stands or would stand; who is handed back keeps the place they had."""
    state = conversation.state
    since = state.since if isinstance(state, Waiting | Talking) else now
    return since, conversation.id


def _remind(
    effect: ReminderEffect, asker: Conversation, overlay: Overlay, shop: Shop, now: datetime
) -> None:
    """One promise at a time: the newest counts."""
    if before := overlay.reminder_at(asker.address):
        overlay.reminders[before.id] = None
    if isinstance(effect, Remind):
        id = f"reminder-{shop.new_id()}"
        shop.keys.create(id)
        overlay.reminders[id] = Reminder(id, asker.address, asker.state.stay.language, now)


def _gone(event: Event, shop: Shop) -> tuple[str, ...]:
    if isinstance(event, Staffs) and not isinstance(event, Vanished):
        return (shop.texts.say("sv", "answer-not-talking"),)
    return ()


@dataclass(frozen=True, slots=True)
class Tidied:
    """Nothing changes; the store is given another chance to empty its log of what was erased."""

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        return Reply()
