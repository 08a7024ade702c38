"""Jobs of the Telegram channel: each carries the offset that its commit moves on."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.book import Overlay
from bot.channels.telegram_updates import (
    START,
    Act,
    Changed,
    Commanded,
    Left,
    Pressed,
    Said,
    Sent,
)
from bot.conversation import Address, Conversation, Message, Offset
from bot.jobs import Began, Happened
from bot.shop import Reply, Shop
from bot.turns import Came
from flows.commands import commanded
from flows.events import (
    ConfirmedErasure,
    Departed,
    Hurried,
    Opened,
    Rewrote,
    SentUnsupported,
    Visitors,
    Wrote,
    chosen,
)
from flows.states import Talking, Waiting

HARMLESS = frozenset({"menu", "talk", "places", "hours", "violence", "privacy", "remind", "erase"})
"""Buttons that do the same in any conversation; the others belong to the one that showed them."""


@dataclass(frozen=True, slots=True)
class Passed:
    """An update with which there is nothing to do, or nothing can be done: the next one follows."""

    before: Offset | None
    after: Offset

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        """Stale: something before this one was not kept, so this one must wait for it."""
        if (overlay.offset or overlay.book.offset) != self.before:
            return Reply(is_stale=True)
        overlay.offset = self.after
        return Reply()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a visitor did, met in the same commit in which the offset moves past it."""

    place: Passed
    address: Address
    language: str
    act: Act

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        passed = self.place.take(overlay, shop, now)
        return passed if passed.is_stale else self._meet(overlay, shop, now)

    def _meet(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        match self.act:
            case Said(text, remote):
                return self._began(Wrote(text), Came(remote=remote)).take(overlay, shop, now)
            case Sent(remote):
                came = Came(remote=remote)
                return self._began(SentUnsupported(), came).take(overlay, shop, now)
            case Commanded():
                event = self._command(self.act, overlay, shop)
                came = Came(remote=self.act.remote)
                return self._began(event, came).take(overlay, shop, now)
            case Pressed():
                return self._press(self.act, overlay, shop, now)
            case Changed():
                return self._change(self.act, overlay, shop, now)
            case Left():
                return self._leave(overlay, shop, now)

    def _began(self, event: Visitors, came: Came) -> Began:
        return Began(self.address, self.language, event, came)

    def _command(self, act: Commanded, overlay: Overlay, shop: Shop) -> Visitors:
        if act.name == START:
            return Opened(shop.line.campaigns.get(act.rest, ""))
        found = overlay.at(self.address)
        return commanded(act.name, found.state if found else None)

    def _press(self, act: Pressed, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        event, found = chosen(act.choice), overlay.at(self.address)
        if event is None or (found and _is_of_earlier(found, act)):
            return Reply(is_refused=True)
        if isinstance(event, ConfirmedErasure) and found is None:
            return Reply(is_refused=not self._forget_reminder(overlay))
        return self._began(event, Came(choice=act.choice)).take(overlay, shop, now)

    def _change(self, act: Changed, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        """Only words that are still here can be changed; what is erased stays erased."""
        found = overlay.at(self.address)
        mine = (m for m in found.messages if m.remote == act.remote) if found else ()
        first = next((m for m in mine if m.author == "visitor"), None)
        if found is None or first is None or _is_withheld(found, first):
            return Reply(is_refused=True)
        came = Came(amends=first.seq)
        return Happened(found.id, Rewrote(act.text), came).take(overlay, shop, now)

    def _leave(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        self._forget_reminder(overlay)
        found = overlay.at(self.address)
        return Happened(found.id, Departed()).take(overlay, shop, now) if found else Reply()

    def _forget_reminder(self, overlay: Overlay) -> bool:
        """Whether there was one."""
        reminder = overlay.reminder_at(self.address)
        if reminder:
            overlay.reminders[reminder.id] = None
        return reminder is not None


@dataclass(frozen=True, slots=True)
class TurnedAway:
    """Words that came faster than we take them: not met, but noted so that they can be deleted."""

    place: Passed
    address: Address
    remote: int
    is_told: bool

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        passed = self.place.take(overlay, shop, now)
        found = overlay.at(self.address)
        if passed.is_stale or found is None:
            return passed
        if self.is_told:
            return Happened(found.id, Hurried(), Came(remote=self.remote)).take(overlay, shop, now)
        note = Message(found.next_seq, "choice", "", now, remote=self.remote)
        overlay.put(found.id, replace(found, messages=(*found.messages, note)))
        return Reply(found.id)


def _is_of_earlier(found: Conversation, act: Pressed) -> bool:
    """Whether a button that does something was shown in an earlier conversation.

    Telegram counts messages upwards, so those of earlier conversations lie below the first of this.
    """
    remotes = [message.remote for message in found.messages if message.remote]
    return act.choice not in HARMLESS and bool(remotes) and act.remote < min(remotes)


def _is_withheld(found: Conversation, message: Message) -> bool:
    """Whether the visitor went to a counsellor without showing this: then not its change either."""
    return isinstance(found.state, Waiting | Talking) and message.seq < found.hidden_below
