"""What became of every update, by its number, and how long that took.

One window of time is measured: from one answer's arrival, when the system has warmed up, to
another's. Losses and doubles are counted over the whole run.
"""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TypedDict
from urllib.parse import parse_qsl

from tests.benchmarks.relay_words import chat, number, text


class Window(TypedDict):
    """`latencies` in microseconds, from hand-out to the answer's arrival."""

    messages: int
    seconds: float
    cpu_seconds: float
    waiting_before: int
    waiting_after: int
    latencies: list[int]


class Result(TypedDict):
    """`window` is None where the system did not get so far.

    The updates below `confirmed` will never be handed out again. `wrong` are answers with another
    text or to another chat than their update's; `calls` are those beside sending.
    """

    window: Window | None
    created: int
    confirmed: int
    unanswered: list[int]
    doubled: int
    wrong: int
    calls: dict[str, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """An instant: what time it was and how much had been done by then."""

    at: float
    cpu: float
    answers: int
    waiting: int


@dataclass(slots=True)
class Ledger:
    """`handed` and `answered` hold seconds of the performance counter; 0 where it has not been."""

    pid: int
    confirmed: int = 0
    handed: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    answers: int = 0
    doubled: int = 0
    sent: list[bytes] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    marks: list[Mark] = field(default_factory=list)

    @property
    def created(self) -> int:
        return len(self.handed)

    @property
    def waiting(self) -> int:
        """How many updates have no answer yet, whether or not they were handed out."""
        return len(self.handed) - self.answers

    def create(self) -> None:
        self.handed.append(0.0)
        self.answered.append(0.0)

    def confirm(self, up_to: int) -> None:
        """Those below will not be handed out again."""
        self.confirmed = max(self.confirmed, min(up_to, self.created))

    def hand(self, first: int, end: int) -> None:
        now = time.perf_counter()
        for n in range(first, end):
            self.handed[n] = self.handed[n] or now

    def answer(self, n: int, body: bytes, now: float) -> None:
        self.sent.append(body)
        if not 0 <= n < len(self.answered):
            return
        if self.answered[n]:
            self.doubled += 1
        else:
            self.answered[n] = now
            self.answers += 1

    def mark(self, now: float) -> None:
        self.marks.append(Mark(now, cpu_seconds(self.pid), self.answers, self.waiting))

    def result(self) -> Result:
        return Result(
            window=self._window(),
            created=self.created,
            confirmed=self.confirmed,
            unanswered=[n for n, at in enumerate(self.answered) if not at],
            doubled=self.doubled,
            wrong=sum(not is_right(body) for body in self.sent),
            calls=dict(self.calls),
        )

    def _window(self) -> Window | None:
        if len(self.marks) < 2:
            return None
        begin, end = self.marks
        pairs = zip(self.handed, self.answered, strict=True)
        took = [int((b - a) * 1e6) for a, b in pairs if begin.at < b <= end.at]
        return Window(
            messages=end.answers - begin.answers,
            seconds=end.at - begin.at,
            cpu_seconds=end.cpu - begin.cpu,
            waiting_before=begin.waiting,
            waiting_after=end.waiting,
            latencies=took,
        )


def cpu_seconds(pid: int) -> float:
    """Processor time of a process with all its threads: what its own `getrusage` would say.

    Linux makes the number of a process's clock of its id, see clock_getcpuclockid(3).
    """
    return time.clock_gettime(~pid << 3 | 2)


def fields(body: bytes) -> dict[str, str]:
    """The parameters of a call, sent as JSON or as a form; none where it is neither."""
    if body.startswith(b"{"):
        return {name: str(value) for name, value in json.loads(body).items()}
    return dict(parse_qsl(body.decode()))


def is_right(body: bytes) -> bool:
    """Whether a message says what its update said, to who wrote it."""
    n, said = number(body), fields(body)
    return said.get("text") == text(n) and said.get("chat_id") == str(chat(n))
