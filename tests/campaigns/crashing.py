"""The real program, that kills itself with SIGKILL at a point with a name.

    python -m tests.campaigns.crashing POINT NTH

passes the point NTH - 1 times and dies at the next. The program itself knows nothing of it: a
method is wrapped before it starts.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from bot.channels.telegram_carrier import TelegramCarrier
from bot.channels.telegram_wire import Wire
from bot.cli import call
from bot.conversation import Conversation
from bot.deliveries import Delivered
from bot.shop import Job
from bot.store.changes import Change, PutConversation, PutOffset
from bot.store.live import LiveStore
from bot.switchboard import Switchboard
from bot.vault import Vault

Pass: TypeAlias = Callable[[], None]
"""Called each time when the point is passed; the last time it does not return."""

Arm: TypeAlias = Callable[[Pass], None]
"""Wraps a method so that it tells when the point is passed."""

ON_ITS_WAY = 0.001
"""Seconds in which a request leaves us, and its answer may be on its way."""


class Crash(NamedTuple):
    """Where to die, and at which pass; no point is never."""

    point: str
    nth: int

    def arm(self) -> None:
        if self.point:
            POINTS[self.point](_countdown(self.nth))


NEVER: Final = Crash("", 0)


def _countdown(passes: int) -> Pass:
    left = passes

    def one() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return one


def _put(owner: type, name: str, method: Callable[..., Any]) -> None:
    setattr(owner, name, method)


def _after(owner: type, name: str, counts: Callable[..., bool]) -> Arm:
    """The point when a method has come back; `counts` is given its answer and its arguments."""

    def arm(passed: Pass) -> None:
        whole = getattr(owner, name)

        async def wrapped(*asked: Any, **how: Any) -> Any:
            answer = await whole(*asked, **how)
            if counts(answer, *asked):
                passed()
            return answer

        _put(owner, name, wrapped)

    return arm


def _has_some(found: Sequence[Any], *_: Any) -> bool:
    return bool(found)


def _is_telegrams(_: None, __: LiveStore, changes: Sequence[Change]) -> bool:
    """Whether it holds what a visitor on Telegram did, and the offset that leads past it."""
    return {PutConversation, PutOffset} <= {type(each) for each in changes}


def _is_message(*_: Any) -> bool:
    return True


def _is_mark(_: Any, __: Switchboard, job: Job) -> bool:
    return isinstance(job, Delivered)


def _is_erasure(_: Any, __: TelegramCarrier, conversation: Conversation, *___: Any) -> bool:
    return conversation.is_leaving


def _before_the_offset(passed: Pass) -> None:
    whole, has_some = Wire.updates, False

    async def updates(*asked: Any, **how: Any) -> list[Any]:
        nonlocal has_some
        if has_some:
            passed()
        found = await whole(*asked, **how)
        has_some = bool(found)
        return found

    _put(Wire, "updates", updates)


def _while_deleting(passed: Pass) -> None:
    whole = TelegramCarrier.remove

    async def remove(carrier: TelegramCarrier, talk: Conversation, remotes: Sequence[int]) -> None:
        asked = asyncio.ensure_future(whole(carrier, talk, remotes))
        if talk.is_leaving:
            await asyncio.sleep(ON_ITS_WAY)
            passed()
        await asked

    _put(TelegramCarrier, "remove", remove)


def _with_a_key(passed: Pass) -> None:
    whole = Vault.create

    def create(vault: Vault, id: str) -> None:
        whole(vault, id)
        passed()

    _put(Vault, "create", create)


def _without_the_key(passed: Pass) -> None:
    whole = Vault.destroy

    def destroy(vault: Vault, id: str) -> None:
        was_there = id in vault.ids
        whole(vault, id)
        if was_there:
            passed()

    _put(Vault, "destroy", destroy)


POINTS: Mapping[str, Arm] = {
    # Telegram has given us something, and nothing is done with it yet
    "fetched": _after(Wire, "updates", _has_some),
    # a conversation begins or a form is taken: there is a key, and no row
    "key made": _with_a_key,
    # what a visitor did is on the disk, and nobody has been told
    "committed": _after(LiveStore, "apply", _is_telegrams),
    # all that was fetched is kept, and Telegram is about to hear that it is
    "offset": _before_the_offset,
    # Telegram has taken a message, and that is not kept
    "sent": _after(TelegramCarrier, "send", _is_message),
    # it is kept that a message was delivered, and the next one may leave
    "marked": _after(Switchboard, "ask", _is_mark),
    # Telegram is asked to delete what a visitor erases, and has not answered
    "deleting": _while_deleting,
    # Telegram has deleted it, and that is not kept
    "deleted": _after(TelegramCarrier, "remove", _is_erasure),
    # a conversation is erased: its key is gone, and its rows are still there
    "key unlinked": _without_the_key,
}


def main() -> None:
    Crash(sys.argv[1], int(sys.argv[2])).arm()
    sys.exit(call(["run"]))


if __name__ == "__main__":
    main()
