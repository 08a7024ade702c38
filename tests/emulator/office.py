"""What Telegram remembers: who has met the bot, the presses of buttons, the bot's own page."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.emulator.updates import Updates

if TYPE_CHECKING:
    from tests.emulator.phones import Phone

Json = dict[str, Any]

QUERY_LIVES = timedelta(minutes=5)


@dataclass(slots=True)
class Press:
    """A button that was pressed; the phone waits until the bot has answered."""

    chat: int
    at: datetime
    toast: str | None = None


@dataclass(slots=True, kw_only=True)
class Office:
    """One bot's corner of Telegram."""

    token: str
    clock: Callable[[], datetime]
    me: Json
    updates: Updates
    webhook: str = ""
    phones: dict[int, "Phone"] = field(default_factory=dict)
    met: set[int] = field(default_factory=set)
    """Chats that wrote first, and groups that let the bot in."""
    known_numbers: set[int] = field(default_factory=set)
    """Their ids, as somebody could read them in a text."""
    presses: dict[str, Press] = field(default_factory=dict)
    page: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Name, descriptions and commands, each by what it is and for which language."""
    _press_ids: Iterator[int] = field(default_factory=lambda: itertools.count(7 * 10**17))
    _last_message: int = 0

    @property
    def now(self) -> int:
        return int(self.clock().timestamp())

    def new_message_id(self) -> int:
        """One row of numbers for the whole account, as in private chats."""
        self._last_message += 1
        return self._last_message

    def note_message_id(self, id: int) -> None:
        self._last_message = max(self._last_message, id)

    def meet(self, chat: int) -> None:
        """From now on the bot may write to this chat."""
        self.met.add(chat)
        self.known_numbers.add(abs(chat))

    def press(self, chat: int, id: str = "") -> str:
        """Open a press; the bot answers it under this id."""
        id = id or str(next(self._press_ids))
        self.presses[id] = Press(chat, self.clock())
        return id

    def open_press(self, id: str) -> Press | None:
        """Find a press that can still be answered."""
        press = self.presses.get(id)
        if press is None or press.toast is not None or self.clock() - press.at > QUERY_LIVES:
            return None
        return press

    def toasts(self, chat: int) -> list[str]:
        return [each.toast for each in self._of(chat) if each.toast is not None]

    def unanswered(self, chat: int) -> int:
        return sum(each.toast is None for each in self._of(chat))

    def _of(self, chat: int) -> Iterator[Press]:
        return (press for press in self.presses.values() if press.chat == chat)
