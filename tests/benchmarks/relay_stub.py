"""A Bot API and its visitors as a process of its own, as fast as Python can be made.

    python -m tests.benchmarks.relay_stub '{"in_flight": 256, "seconds": 4}'

Prints the port that it listens on, reads the id of the process to measure from its input, hands
out updates, and prints at the end what became of them (`relay_ledger.Result` as JSON).
"""

import asyncio
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVarTuple, Unpack

import uvloop

from tests.benchmarks.relay_ledger import Ledger, Result, fields
from tests.benchmarks.relay_wire import Connection, Reply
from tests.benchmarks.relay_words import FIRST_UPDATE, message, number, update

What = TypeVarTuple("What")
BATCH = 100
"""The most that `getUpdates` gives."""
WARM_UP = 0.5
PATIENCE = 20.0
"""Seconds that a system may take to start, or to answer anything while updates wait."""
AFTERMATH = 0.5
"""Seconds for what a killed system had sent already to arrive."""
BOT = {"id": 4711, "is_bot": True, "first_name": "Bot", "username": "relay_bot"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """`in_flight` updates are kept unanswered, or, with a `pace`, so many come in a second.

    What was answered is made up for when `made_up` updates are missing: a server that has more
    work than the system can do always has a full batch. Every answer takes `delay` seconds.
    With `is_killed` the system is killed when `seconds` have passed, else it answers the rest.
    """

    in_flight: int = 0
    made_up: int = BATCH
    pace: float = 0.0
    delay: float = 0.0
    seconds: float = 4.0
    is_killed: bool = False


class Stub:
    """Serves one system under one load."""

    def __init__(self, load: Load, pid: int) -> None:
        self._load = load
        self._pid = pid
        self._ledger = Ledger(pid)
        self._loop = asyncio.get_running_loop()
        self._delay = load.delay
        self._next_mark = 0.0
        self._poll: tuple[Reply, int] | None = None
        self._supply: asyncio.Task[None] | None = None
        self._is_over = False
        self._last_sign = time.perf_counter()

    def result(self) -> Result:
        return self._ledger.result()

    def handle(self, method: bytes, body: bytes, reply: Reply) -> None:
        if method == b"sendMessage":
            self._send_message(body, reply)
            return
        self._ledger.calls[method.decode()] += 1
        if method == b"getUpdates":
            self._get_updates(fields(body), reply)
        else:
            result = BOT if method == b"getMe" else True
            self._answer(reply, json.dumps(result).encode())

    async def finished(self) -> None:
        """Wait until all is answered, or until the system says nothing more."""
        while not self._is_over or (self._ledger.waiting and not self._load.is_killed):
            await asyncio.sleep(0.02)
            if time.perf_counter() - self._last_sign > PATIENCE:
                return
        await asyncio.sleep(AFTERMATH)

    def _send_message(self, body: bytes, reply: Reply) -> None:
        now, n = time.perf_counter(), number(body)
        self._ledger.answer(n, body, now)
        self._last_sign = now
        if now >= self._next_mark:
            self._mark(now)
        self._answer(reply, message(n, self._ledger.answers, int(time.time())))
        if not self._load.pace:
            self._make_up()

    def _mark(self, now: float) -> None:
        """At the first answer the system begins to warm up; then the window opens, then closes."""
        if not self._next_mark:
            self._next_mark = now + WARM_UP
            return
        self._ledger.mark(now)
        self._next_mark = now + self._load.seconds if len(self._ledger.marks) == 1 else float("inf")
        if self._next_mark == float("inf"):
            self._end()

    def _end(self) -> None:
        self._is_over = True
        self._delay = 0.0
        if self._load.is_killed:
            os.kill(self._pid, signal.SIGKILL)

    def _answer(self, reply: Reply, result: bytes) -> None:
        self._in_time(reply.send, b'{"ok":true,"result":%b}' % result)

    def _in_time(self, do: Callable[[Unpack[What]], None], *what: *What) -> None:
        if self._delay:
            self._loop.call_later(self._delay, do, *what)
        else:
            do(*what)

    def _get_updates(self, asked: dict[str, str], reply: Reply) -> None:
        passed = int(asked.get("offset", 0)) - FIRST_UPDATE
        self._ledger.confirm(passed)
        self._supply = self._supply or self._loop.create_task(self._supplying())
        limit = min(int(asked.get("limit", BATCH)), BATCH)
        if not self._hand_out(reply, limit):
            self._poll = reply, limit
            self._loop.call_later(float(asked.get("timeout", 0)), self._give_up, reply)

    def _hand_out(self, reply: Reply, limit: int) -> bool:
        """Give what is not confirmed yet, if anything is."""
        first = self._ledger.confirmed
        end = min(self._ledger.created, first + limit)
        if first >= end:
            return False
        date = int(time.time())
        self._answer(reply, b"[%b]" % b",".join(update(n, date) for n in range(first, end)))
        self._in_time(self._ledger.hand, first, end)
        return True

    def _give_up(self, reply: Reply) -> None:
        if self._poll and self._poll[0] is reply:
            self._poll = None
            self._answer(reply, b"[]")

    async def _supplying(self) -> None:
        """The visitors begin when the system asks for the first time."""
        self._make_up()
        if self._load.pace:
            begun = time.perf_counter()
            while not self._is_over:
                due = begun + self._ledger.created / self._load.pace
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                self._create(1)

    def _make_up(self) -> None:
        missing = self._load.in_flight - self._ledger.waiting
        if missing >= self._load.made_up and not self._is_over:
            self._create(missing)

    def _create(self, updates: int) -> None:
        for _ in range(updates):
            self._ledger.create()
        poll, self._poll = self._poll, None
        if poll and poll[0].is_wanted:
            self._hand_out(*poll)


def listening() -> socket.socket:
    server = socket.create_server(("127.0.0.1", 0), backlog=1024)
    server.setblocking(False)  # noqa: FBT003 - its only argument
    return server


async def serve(load: Load, server: socket.socket, pid: int) -> Result:
    stub = Stub(load, pid)
    loop = asyncio.get_running_loop()
    door = await loop.create_server(lambda: Connection(stub.handle), sock=server)
    await stub.finished()
    door.close()
    return stub.result()


def main() -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    load, server = Load(**json.loads(sys.argv[1])), listening()
    print(server.getsockname()[1], flush=True)
    print(json.dumps(uvloop.run(serve(load, server, int(sys.stdin.readline())))))


if __name__ == "__main__":
    main()
