"""Everything that goes wrong between a bot and Telegram, on demand or by chance."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from typing import Any, Literal

from tests.emulator.answers import (
    Answer,
    How,
    Refused,
    answer_from_a_proxy,
    answer_no,
)

FaultKind = Literal["answer", "late", "away"] | How


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong with one call."""

    kind: FaultKind
    answer: Answer | None = None
    seconds: float = 0.0
    until: asyncio.Event | None = None


time_out = Fault("time_out")
"""The call arrives, nothing is done, no answer ever comes."""

lost_answer = Fault("lost_answer")
"""What was asked is done, then the connection is lost before the answer."""

refused = Fault("refused")
"""The connection is closed before anything is read."""

away = Fault("away")
"""Everything is refused until the faults are cleared."""

blocked = Fault(
    "answer",
    answer_no(Refused(HTTPStatus.FORBIDDEN, "Forbidden: bot was blocked by the user")),
)
"""The answer for somebody who has blocked the bot; nothing is done."""


def too_many(retry_after: int) -> Fault:
    """The answer to more calls than Telegram takes; nothing is done."""
    words = f"Too Many Requests: retry after {retry_after}"
    no = Refused(HTTPStatus.TOO_MANY_REQUESTS, words, retry_after=retry_after)
    return Fault("answer", answer_no(no))


def server_error(status: int = HTTPStatus.BAD_GATEWAY) -> Fault:
    """Their own trouble: 500 in JSON, every other status as a proxy's page; nothing is done."""
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return Fault("answer", answer_no(Refused(status, "Internal Server Error")))
    return Fault("answer", answer_from_a_proxy(status))


def late(seconds: float) -> Fault:
    """What was asked is done at once, the answer takes its time."""
    return Fault("late", seconds=seconds)


def held(until: asyncio.Event) -> Fault:
    """What was asked is done at once, the answer comes when something else has happened."""
    return Fault("late", until=until)


ALL = (
    too_many(1),
    server_error(HTTPStatus.INTERNAL_SERVER_ERROR),
    server_error(),
    time_out,
    lost_answer,
    late(0.02),
    refused,
)
"""Every fault after which the same visitor is still there."""

OUTGOING = (
    "sendMessage",
    "editMessageText",
    "deleteMessage",
    "deleteMessages",
    "sendChatAction",
    "answerCallbackQuery",
)


@dataclass(slots=True)
class _Planned:
    method: str
    fault: Fault
    times: int
    chat: int | None

    def fits(self, method: str, chat: int | None) -> bool:
        return self.method == method and self.chat in {None, chat}


@dataclass(frozen=True, slots=True)
class _Chance:
    rate: float
    random: Random
    methods: frozenset[str]
    kinds: Sequence[Fault]

    def draw(self, method: str) -> Fault | None:
        if method not in self.methods or self.random.random() >= self.rate:
            return None
        return self.random.choice(self.kinds)


@dataclass(slots=True)
class Faults:
    """What is to go wrong, in the order in which it was asked for."""

    _planned: list[_Planned] = field(default_factory=list)
    _chance: _Chance | None = None
    _away: bool = False

    def next(self, method: str, fault: Fault, *, times: int = 1, chat: int | None = None) -> None:
        """Let the next calls of a method fail, or those to one chat; `away` fails every call."""
        if fault is away:
            self._away = True
        else:
            self._planned.append(_Planned(method, fault, times, chat))

    def at_rate(
        self,
        rate: float,
        random: Random,
        *,
        methods: Sequence[str] = OUTGOING,
        kinds: Sequence[Fault] = ALL,
    ) -> None:
        """Let this share of the calls fail, each in a way drawn by chance."""
        self._chance = _Chance(rate, random, frozenset(methods), kinds)

    def clear(self) -> None:
        """Let everything work again."""
        self._planned.clear()
        self._chance = None
        self._away = False

    def take(self, method: str, chat: Any) -> Fault | None:
        """Give the fault of a call that arrives now, and count it as used."""
        if self._away:
            return refused
        return self._take_planned(method, _number(chat)) or self._draw(method)

    def _take_planned(self, method: str, chat: int | None) -> Fault | None:
        for planned in self._planned:
            if planned.fits(method, chat):
                planned.times -= 1
                if planned.times < 1:
                    self._planned.remove(planned)
                return planned.fault
        return None

    def _draw(self, method: str) -> Fault | None:
        return self._chance.draw(method) if self._chance else None


def _number(chat: Any) -> int | None:
    try:
        return int(chat)
    except (TypeError, ValueError):
        return None
