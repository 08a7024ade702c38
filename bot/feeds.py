"""Feeds: wake whoever watches when something has changed. What changed, they read themselves."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class Bell:
    """Rings for one watcher. Rings that come while it is awake are not lost, only merged."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        self._event.set()

    async def wait(self, seconds: float) -> bool:
        """Wait for a ring; False when none came in time."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True


@dataclass(slots=True)
class Feeds:
    """The bells of all open pages, by the topic they watch: a conversation's id, or the desk."""

    _bells: dict[str, set[Bell]] = field(default_factory=dict)
    is_closing: bool = False

    @contextmanager
    def watch(self, *topics: str) -> Iterator[Bell]:
        bell = Bell()
        for topic in topics:
            self._bells.setdefault(topic, set()).add(bell)
        try:
            yield bell
        finally:
            for topic in topics:
                self._forget(topic, bell)

    def ring(self, topic: str) -> None:
        for bell in self._bells.get(topic, ()):
            bell.ring()

    def close(self) -> None:
        """Let every open page's stream end, so that the program can stop."""
        self.is_closing = True
        for topic in self._bells:
            self.ring(topic)

    def _forget(self, topic: str, bell: Bell) -> None:
        bells = self._bells[topic]
        bells.discard(bell)
        if not bells:
            del self._bells[topic]
