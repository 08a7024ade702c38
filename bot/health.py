"""How a channel that we must reach is doing: for the desk and the log, in words of ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.logs import log

Trouble: TypeAlias = Literal["", "away", "taken", "token"]
"""Cannot be reached; another program has our place; our token is not accepted."""


@dataclass(slots=True)
class Health:
    """What is wrong just now, and since when."""

    clock: Callable[[], datetime]
    changed: Callable[[], None] = lambda: None
    trouble: Trouble = ""
    since: datetime | None = None

    def note(self, trouble: Trouble) -> None:
        """Note how it went; only a change is told."""
        if trouble == self.trouble:
            return
        self.trouble, self.since = trouble, self.clock() if trouble else None
        log("telegram-trouble" if trouble else "telegram-well", kind=trouble or "none")
        self.changed()
