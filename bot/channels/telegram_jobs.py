"""Jobs of the Telegram channel: each carries the offset that its commit moves on."""

from dataclasses import dataclass
from datetime import datetime

from bot.book import Overlay
from bot.channels.telegram_updates import Act, Changed, Commanded, Left, Pressed, Said, Sent
from bot.conversation import Address, Conversation, Message, Offset
from bot.jobs import Began, Happened
from bot.shop import Reply, Shop
from bot.turns import Came
from flows.commands import commanded
from flows.events import (
    ConfirmedErasure,
    Departed,
    Opened,
    Rewrote,
    SentUnsupported,
    Visitors,
    Wrote,
    chosen,
)
from flows.states import Talking, Waiting

START = "start"


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
            case Pressed(choice):
                return self._press(choice, overlay, shop, now)
            case Changed():
                return self._change(self.act, overlay, shop, now)
            case Left():
                return self._leave(overlay, shop, now)

    def _began(self, event: Visitors, came: Came) -> Began:
        return Began(self.address, self.language, event, came)

    def _command(self, act: Commanded, overlay: Overlay, shop: Shop) -> Visitors:
        if act.name.casefold() == START:
            return Opened(shop.line.campaigns.get(act.rest, ""))
        found = overlay.at(self.address)
        return commanded(act.name, found.state if found else None)

    def _press(self, choice: str, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        event = chosen(choice)
        if event is None:
            return Reply(is_refused=True)
        if isinstance(event, ConfirmedErasure) and overlay.at(self.address) is None:
            return Reply(is_refused=not self._forget_reminder(overlay))
        return self._began(event, Came(choice=choice)).take(overlay, shop, now)

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


def _is_withheld(found: Conversation, message: Message) -> bool:
    """Whether the visitor went to a counsellor without showing this: then not its change either."""
    return isinstance(found.state, Waiting | Talking) and message.seq < found.hidden_below
