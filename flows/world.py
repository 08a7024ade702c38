"""World: everything that one turn may know, gathered before it is taken."""

from dataclasses import dataclass
from datetime import datetime

from directory.models import Directory
from flows.hours import opening
from flows.line import Channel, Line
from flows.safety import Recogniser
from flows.spoken import Spoken
from flows.texts import Texts

CHAT: Channel = "chat"
"""The hours that every written channel keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is true just now.

    `present` counsellors are at their desks and `talks` are going on in all; `ahead` is how many
    wait before this visitor; `holding` how many talks the counsellor who asks has already.
    """

    now: datetime
    line: Line
    texts: Texts
    directory: Directory
    safety: Recogniser
    spoken: Spoken
    present: int = 0
    talks: int = 0
    ahead: int = 0
    holding: int = 0
    web_page: str = ""
    """The visitors' page, where nobody but us holds what is written."""
    has_unsent: bool = False
    """Whether something that we said has not reached the visitor yet, on a channel we send on."""
    has_restarted: bool = False
    """Whether the machine went down lately, and every open conversation was lost with its key."""

    @property
    def is_open(self) -> bool:
        return opening(self.line, CHAT, self.now).open

    @property
    def has_human(self) -> bool:
        """Whether a human may be offered: the chat is open and a counsellor is there."""
        return self.present > 0 and self.is_open
