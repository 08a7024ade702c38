"""Jobs on what has been sent: what reached the visitor, what the desk has shown."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.book import Overlay
from bot.conversation import Conversation, Fate, Message
from bot.shop import Reply, Shop


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The visitor's page has shown everything up to a sequence number."""

    conversation: str
    seq: int

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        found = overlay.conversation(self.conversation)
        if found and any(seq <= self.seq for seq in found.outbox):
            left = tuple(seq for seq in found.outbox if seq > self.seq)
            overlay.put(found.id, replace(found, outbox=left))
        return Reply(self.conversation)


@dataclass(frozen=True, slots=True)
class Seen:
    """The counsellor's desk has shown everything up to a sequence number."""

    conversation: str
    counsellor: str
    seq: int

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        found = overlay.conversation(self.conversation)
        if found and found.counsellor == self.counsellor and self.seq > found.seen:
            seen = min(self.seq, found.next_seq - 1)
            overlay.put(found.id, replace(found, seen=seen))
        return Reply(self.conversation)


@dataclass(frozen=True, slots=True)
class Attempted:
    """A message is about to be sent, for the first time or again."""

    conversation: str
    seq: int
    fate: Fate = ""

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        found = overlay.conversation(self.conversation)
        if found and self.seq in found.outbox:
            after = _with_message(found, self.seq, fate=self.fate)
            overlay.put(found.id, replace(after, attempted=self.seq))
        return Reply(self.conversation)


@dataclass(frozen=True, slots=True)
class NotSent:
    """A message surely did not leave us: it has not been attempted after all."""

    conversation: str

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        if found := overlay.conversation(self.conversation):
            overlay.put(found.id, replace(found, attempted=0))
        return Reply(self.conversation)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The channel has a message, under this number of its own; 0: it need not be sent any more.

    The next one counts as attempted in the same commit. What has lost its place to this one, or
    came after the visitor asked to erase, is to be deleted on the channel.
    """

    conversation: str
    seq: int
    remote: int

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        if found := overlay.conversation(self.conversation):
            after = _with_message(_without(found, self.seq), self.seq, remote=self.remote)
            if after.is_leaving and self.remote:
                after = replace(after, doomed=(*after.doomed, self.remote))
            overlay.put(found.id, _replaced(after, self.seq))
        return Reply(self.conversation)


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A message will not be sent again; the counsellor is shown why."""

    conversation: str
    seq: int
    fate: Fate

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        if found := overlay.conversation(self.conversation):
            after = _with_message(_without(found, self.seq), self.seq, fate=self.fate)
            overlay.put(found.id, after)
        return Reply(self.conversation)


@dataclass(frozen=True, slots=True)
class Removed:
    """The channel has deleted these messages, or cannot."""

    conversation: str
    remotes: frozenset[int]

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        if found := overlay.conversation(self.conversation):
            left = tuple(each for each in found.doomed if each not in self.remotes)
            overlay.put(found.id, replace(found, doomed=left))
        return Reply(self.conversation)


def _without(conversation: Conversation, seq: int) -> Conversation:
    """The outbox without one message; the next one is attempted from now on."""
    left = tuple(each for each in conversation.outbox if each != seq)
    return replace(conversation, outbox=left, attempted=left[0] if left else 0)


def _with_message(
    conversation: Conversation, seq: int, *, fate: Fate = "", remote: int = 0
) -> Conversation:
    """The conversation with what is now known of one message."""
    old = conversation.message(seq)
    if old is None or not (fate or remote):
        return conversation
    new = replace(old, fate=fate or old.fate, remote=remote or old.remote)
    return _with(conversation, new)


def _replaced(conversation: Conversation, seq: int) -> Conversation:
    """Doom the earlier messages whose place a delivered one has taken."""
    new = conversation.message(seq)
    if new is None or not new.slot:
        return conversation
    for old in conversation.messages[: seq - 1]:
        if old.slot == new.slot and old.remote:
            doomed = (*conversation.doomed, old.remote)
            conversation = replace(_with(conversation, replace(old, remote=0)), doomed=doomed)
    return conversation


def _with(conversation: Conversation, message: Message) -> Conversation:
    before = conversation.messages
    messages = (*before[: message.seq - 1], message, *before[message.seq :])
    return replace(conversation, messages=messages)
