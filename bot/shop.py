"""What every job is given and gives: the shop, and the reply."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.book import Overlay
from bot.conversation import Conversation
from bot.presence import Presence
from directory.models import Directory
from flows.effects import HourKind
from flows.line import Line
from flows.safety import Recogniser
from flows.spoken import Spoken
from flows.texts import Texts


class Keys(Protocol):
    """Where a new conversation or form gets its key."""

    def create(self, id: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """What every job may use: what the helpline is, who is there, and where ids come from."""

    line: Line
    texts: Texts
    read_directory: Callable[[], Directory]
    safety: Recogniser
    spoken: Spoken
    presence: Presence
    keys: Keys
    new_id: Callable[[], str]
    web_page: str = ""
    """The visitors' page, which other channels point to."""
    lost_until: datetime | None = None
    """Until when to say that open conversations were lost, if they were."""

    @property
    def directory(self) -> Directory:
        """The directory as coordinators have it now."""
        return self.read_directory()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a job: the conversation it concerned, and sentences for who asked.

    `is_stale`: it stood on something that has changed meanwhile, and nothing was done. `waited`
    holds who left the queue in vain: the conversation, and for how many minutes they had waited;
    `looked_up` the counties that help was looked up in; `came` who counts in this hour of the week,
    by kind and channel. `is_refused`: nothing happened at all, because the button is old or it is
    too late.
    """

    conversation: str = ""
    answers: tuple[str, ...] = ()
    is_stale: bool = False
    waited: tuple[tuple[Conversation, int], ...] = ()
    looked_up: tuple[str, ...] = ()
    came: tuple[tuple[HourKind, str], ...] = ()
    is_refused: bool = False


class Job(Protocol):
    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply: ...
