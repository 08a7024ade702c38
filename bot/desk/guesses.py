"""Guessing is made slow, name by name: whoever guesses at one name delays nobody else's login."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

FREE = 5
"""Attempts that cost no wait."""

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=1)
"""How long after its last wait a name counts as unburdened again."""

MOST_NAMES = 10_000
"""Names that are remembered; beyond that the oldest are forgotten."""


@dataclass(slots=True)
class Guesses:
    """How often each name was tried in vain, and until when it must wait. In memory only."""

    _tried: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def begin(self, name: str, now: datetime) -> int:
        """Count an attempt before it is made, so that many at once gain nothing.

        Gives the whole seconds to wait first; 0 when it may be made now.
        """
        count, until = self._tried.pop(name, (0, now))
        if now - until > FORGOTTEN:
            count = 0
        if now < until:
            self._tried[name] = (count, until)
            return int((until - now).total_seconds()) + 1
        self._tried[name] = (count + 1, now + _wait(count + 1))
        while len(self._tried) > MOST_NAMES:
            del self._tried[next(iter(self._tried))]
        return 0

    def forget(self, name: str) -> None:
        """The attempt was right."""
        self._tried.pop(name, None)


def _wait(count: int) -> timedelta:
    if count < FREE:
        return timedelta()
    times = 1 << min(count - FREE, 10)
    return min(LONGEST_WAIT, FIRST_WAIT * times)
