"""Words as they come from the world, made safe to keep and to show; and how many may come."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

LONGEST = 8_000
"""Characters in one message. A longer one is refused with a sentence, never cut in silence."""

BURST = 60
PER_SECOND = 1.0
"""Somebody in crisis writes many short messages; nobody writes one a second for minutes."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""All of them but for the line feed and the tab."""


def cleaned(text: str) -> str:
    """The same words without NUL and other control characters, and without half characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", lines)).strip()


def units(text: str) -> int:
    """How long a text is for Telegram: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def pieces(text: str, most: int) -> list[str]:
    """Cut a text into pieces of at most so many UTF-16 units, between lines or words if it can be.

    Nothing but the white space at the cuts is lost.
    """
    found = []
    while units(text) > most:
        head = text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
        cut = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
        found.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*found, text]


def whole_number(text: str) -> int | None:
    """The number that ASCII digits write, or None; one too long for a database is none."""
    is_one = text.isascii() and text.isdigit() and len(text) < len(str(2**63))
    return int(text) if is_one else None


@dataclass(slots=True)
class Buckets:
    """How much each sender may still send: a burst, then a steady trickle. In memory only."""

    burst: float = BURST
    per_second: float = PER_SECOND
    _left: dict[str, tuple[float, datetime]] = field(default_factory=dict)

    def take(self, sender: str, now: datetime) -> bool:
        """Take one; False when the sender must wait a little."""
        left, since = self._left.get(sender, (self.burst, now))
        seconds = max(0.0, (now - since).total_seconds())
        left = min(self.burst, left + seconds * self.per_second)
        self._left[sender] = (max(0.0, left - 1), now)
        return left >= 1

    def forget_rested(self, now: datetime) -> None:
        """Drop the senders who may send as much as anybody again: nobody is remembered for long."""
        self._left = {
            sender: (left, since)
            for sender, (left, since) in self._left.items()
            if left + (now - since).total_seconds() * self.per_second < self.burst
        }

    def forget(self, is_known: Callable[[str], bool]) -> None:
        """Drop the senders that are no more."""
        self._left = {sender: left for sender, left in self._left.items() if is_known(sender)}
