"""How long a visitor's word takes to the counsellor's open desk, both on loopback.

    python -m tests.benchmarks.word_to_desk [SECONDS]

Starts the real program (a process of its own, `synchronous=FULL`), lets 16 visitors write 30
messages a second in all to 8 counsellors whose desks are open, and prints the time from the moment
a visitor sends to the moment their counsellor's stream of events holds the word, in milliseconds.
"""

import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.campaigns.people import Counsellor, Visitor, begin_talks, browser, desk
from tests.campaigns.service import Service

COUNSELLORS = 8
VISITORS = 2 * COUNSELLORS
A_SECOND = 30


class Stopwatch:
    """When each word was sent, and how long it took to be seen."""

    def __init__(self) -> None:
        self._sent: dict[str, float] = {}
        self.took: list[float] = []

    def send(self, word: str) -> None:
        self._sent[word] = time.perf_counter()

    def see(self, line: str) -> None:
        for word in [word for word in self._sent if word in line]:
            self.took.append((time.perf_counter() - self._sent.pop(word)) * 1000)

    @property
    def missing(self) -> int:
        return len(self._sent)


async def watch(web: httpx.AsyncClient, stopwatch: Stopwatch) -> None:
    """Read a desk's stream of events until told to stop."""
    async with web.stream("GET", "/desk/events", timeout=None) as events:
        async for line in events.aiter_lines():
            stopwatch.see(line)


async def write(visitors: list[Visitor], seconds: float, stopwatch: Stopwatch) -> None:
    """Send at an even pace, whether or not earlier words have arrived."""
    begun, sending = time.perf_counter(), []
    for n in range(int(seconds * A_SECOND)):
        await asyncio.sleep(max(0.0, begun + n / A_SECOND - time.perf_counter()))
        word = f"ord-{n:06}-slut"
        stopwatch.send(word)
        sending.append(asyncio.create_task(visitors[n % len(visitors)].say(word)))
    await asyncio.gather(*sending)


async def measure(folder: Path, seconds: float) -> Stopwatch:
    service, stopwatch = Service(folder), Stopwatch()
    logins = await service.hire(*(f"Rådgivare {n}" for n in range(COUNSELLORS)))
    await service.start()
    async with contextlib.AsyncExitStack() as stack:
        enter = stack.enter_async_context
        webs = [await enter(desk(service.url, *login)) for login in logins.values()]
        visitors = [Visitor(await enter(browser(service.url))) for _ in range(VISITORS)]
        await begin_talks([Counsellor(web) for web in webs], visitors)
        watching = [asyncio.create_task(watch(web, stopwatch)) for web in webs]
        await asyncio.sleep(1)
        await write(visitors, seconds, stopwatch)
        await asyncio.sleep(2)
        for task in watching:
            task.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
    service.kill()
    return stopwatch


def report(stopwatch: Stopwatch) -> str:
    took = sorted(stopwatch.took)
    p99 = took[int(len(took) * 0.99)]
    return (
        f"{len(took)} words, {stopwatch.missing} missing; "
        f"median {statistics.median(took):.1f} ms, p99 {p99:.1f} ms, most {took[-1]:.1f} ms"
    )


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as folder:
        print(report(asyncio.run(measure(Path(folder), seconds))))


if __name__ == "__main__":
    main()
