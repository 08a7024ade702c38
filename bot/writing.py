"""Who is writing just now. Kept in memory only, and only for seconds."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

Side: TypeAlias = Literal["visitor", "counsellor"]

LASTS = timedelta(seconds=6)
"""How long a keystroke counts as writing; pages tell again every few seconds."""


@dataclass(slots=True)
class Writing:
    """When each side of a conversation last touched a key."""

    _last: dict[tuple[str, Side], datetime] = field(default_factory=dict)

    def note(self, conversation: str, side: Side, now: datetime) -> None:
        """Note a keystroke, and forget all that no longer count."""
        self._last = {who: at for who, at in self._last.items() if now - at <= LASTS}
        self._last[conversation, side] = now

    def last(self, conversation: str, side: Side, now: datetime) -> datetime | None:
        """When they last wrote, if that is just now."""
        at = self._last.get((conversation, side))
        return at if at and now - at <= LASTS else None
