"""A process that has imported and read everything once, and forks the program from there.

A start takes a tenth of the time, and what is started is a process like any other, with sockets and
files of its own, that can be killed for good.

    python -m tests.campaigns.zygote

waits for orders on its standard input, one in each line; `fork` gives them. It ends, and all its
children with it, when that is closed.
"""

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, Final

from bot import app, cli
from tests.campaigns.crashing import NEVER, Crash

ROOT = Path(__file__).parents[2]
LOOK_SECONDS = 0.001

READ_ONCE: Final = ("read_texts", "read_safety", "read_spoken", "read_form", "load")
"""What the program reads at every start, of which nothing changes from one start to the next."""


@dataclass(slots=True)
class Forked:
    """One run of the program, to be held as `subprocess` would have it held."""

    zygote: "Zygote"
    pid: int
    returncode: int | None = None

    def poll(self) -> int | None:
        """Give the exit status, negative for the signal that ended it; None while it runs."""
        if self.returncode is None:
            self.returncode = self.zygote.ask({"ended": self.pid})
        return self.returncode

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended, for so many seconds at most."""
        deadline = time.monotonic() + (timeout or float("inf"))
        while (status := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired("a fork", timeout or 0.0)
            time.sleep(LOOK_SECONDS)
        return status


class Zygote:
    """The process that waits, as seen from outside."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.campaigns.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )

    def begin(self, environment: Mapping[str, str], log: Path, crash: Crash = NEVER) -> Forked:
        """Start the program with these settings; it writes to this log."""
        order = {"environment": dict(environment), "log": str(log), "crash": crash}
        return Forked(self, self.ask(order))

    def ask(self, order: Mapping[str, Any]) -> Any:
        """Have one order done; its answer."""
        given, got = self._pipes
        given.write(json.dumps(order).encode() + b"\n")
        given.flush()
        return json.loads(got.readline())

    def close(self) -> None:
        for pipe in self._pipes:
            pipe.close()
        self._process.wait()

    @property
    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin
        assert self._process.stdout
        return self._process.stdin, self._process.stdout


@cache
def zygote() -> Zygote:
    """The one that all tests share; it is made by the first and ends with the last."""
    made = Zygote()
    atexit.register(made.close)
    return made


def fork(environment: Mapping[str, str], log: Path, crash: Crash = NEVER) -> Forked:
    """Start the program in a moment."""
    return zygote().begin(environment, log, crash)


def main() -> None:
    """Read once what is read at every start, then do as told until nobody is there."""
    for name in READ_ONCE:
        read = cache(getattr(app, name))
        read()
        setattr(app, name, read)
    gc.collect()
    gc.freeze()
    children: set[int] = set()
    for line in sys.stdin:
        print(json.dumps(_do(json.loads(line), children)), flush=True)
    for pid in children:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _do(order: Mapping[str, Any], children: set[int]) -> int | None:
    """Start a child, or say how one has ended."""
    if "ended" in order:
        pid, status = os.waitpid(order["ended"], os.WNOHANG)
        children.discard(pid)
        return os.waitstatus_to_exitcode(status) if pid else None
    pid = os.fork()
    if not pid:
        _be_the_program(order)
    children.add(pid)
    return pid


def _be_the_program(order: Mapping[str, Any]) -> None:
    """The child never comes back from here."""
    status = cli.BROKEN
    try:
        log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for stream, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
            os.dup2(file, stream)
        sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115 - one that nobody has read from
        os.environ.clear()
        os.environ.update(order["environment"])
        Crash(*order["crash"]).arm()
        status = cli.call(["run"])
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
