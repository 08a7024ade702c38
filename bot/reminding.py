"""Jobs on reminders: somebody asked to be told when the line opens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.book import Overlay
from bot.conversation import Reminder
from bot.jobs import Began
from bot.shop import Reply, Shop
from flows.events import Reminded
from flows.hours import opening
from flows.states import Closing, Talking, Waiting
from flows.world import CHAT


def has_human(shop: Shop, now: datetime) -> bool:
    """Whether the chat is open and somebody is there."""
    return bool(shop.presence.present(now)) and opening(shop.line, CHAT, now).open


def is_over(reminder: Reminder, shop: Shop, now: datetime) -> bool:
    return now >= reminder.made + timedelta(days=shop.line.timers.reminder_days)


@dataclass(frozen=True, slots=True)
class Reminds:
    """Tell whoever asked, once, or forget it when it has taken too long.

    Somebody who is with us just now needs no telling.
    """

    reminder: str

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        found = overlay.reminder(self.reminder)
        if found is None or not (has_human(shop, now) or is_over(found, shop, now)):
            return Reply()
        overlay.reminders[found.id] = None
        here = overlay.at(found.address)
        if is_over(found, shop, now) or (here and isinstance(here.state, _WITH_US)):
            return Reply()
        return Began(found.address, found.language, Reminded()).take(overlay, shop, now)


_WITH_US = (Waiting, Talking, Closing)
