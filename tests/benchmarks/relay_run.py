"""One run: a stub and a system, each on a core of its own, and what is left when both are gone."""

import importlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.relay_ledger import Result
from tests.benchmarks.relay_stub import Load
from tests.benchmarks.relay_system import SYSTEMS, System
from tests.benchmarks.relay_words import number, text

ROOT = Path(__file__).parents[2]
TOKEN = "4711:an-invented-token-that-opens-nothing"
GLANCE = 0.5
"""Seconds between looks; if the stub goes on for so long after the system, it was no farewell."""


class NoSystemError(Exception):
    """A system cannot be measured; the text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`missing` and `stored_twice` are updates in the store; `lost` were confirmed by the system,
    and yet are neither stored nor answered. All are 0 where a system promises no store.
    """

    round: int
    mode: str
    system: str
    result: Result
    missing: int = 0
    stored_twice: int = 0
    lost: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether every update was answered once, rightly, and is stored once."""
        seen = self.result
        flaws = len(seen["unanswered"]) + seen["doubled"] + seen["wrong"]
        return seen["window"] is not None and not flaws + self.missing + self.stored_twice

    @property
    def rate(self) -> float:
        """Messages a second."""
        window = self.result["window"]
        return window["messages"] / window["seconds"] if window else 0.0

    @property
    def cpu(self) -> float:
        """Microseconds of processor time a message."""
        window = self.result["window"]
        return window["cpu_seconds"] / window["messages"] * 1e6 if window else 0.0

    @property
    def share(self) -> float:
        """Percent of its core that the system used."""
        window = self.result["window"]
        return 100 * window["cpu_seconds"] / window["seconds"] if window else 0.0

    @property
    def waiting(self) -> int:
        """How many updates more were waiting at the window's end than at its beginning."""
        window = self.result["window"]
        return window["waiting_after"] - window["waiting_before"] if window else 0

    def latency(self, percent: int) -> float:
        """Milliseconds within which so many of the answers came."""
        window = self.result["window"]
        took = sorted(window["latencies"]) if window else [0]
        return took[min(len(took) * percent // 100, len(took) - 1)] / 1000


def measure(round: int, mode: str, name: str, load: Load, python: str) -> Run:
    """Raises NoSystemError where the system cannot start or ends by itself."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        result = _played(name, load, python, Path(folder))
        if not SYSTEMS[name].store:
            return Run(round=round, mode=mode, system=name, result=result)
        kept = _kept(SYSTEMS[name], Path(folder))
    gone = [n for n in result["unanswered"] if n < result["confirmed"] and n not in kept]
    return Run(
        round=round,
        mode=mode,
        system=name,
        result=result,
        missing=sum(n not in kept for n in range(result["created"])),
        stored_twice=sum(times - 1 for times in kept.values()),
        lost=len(gone),
    )


def _played(name: str, load: Load, python: str, folder: Path) -> Result:
    log = folder / "log"
    stub = _started(sys.executable, log, "relay_stub", json.dumps(asdict(load)))
    assert stub.stdin
    assert stub.stdout
    url = f"http://127.0.0.1:{int(stub.stdout.readline())}/bot"
    system = _started(python, log, "relay_system", name, url, TOKEN, str(folder))
    try:
        stub.stdin.write(f"{system.pid}\n")
        stub.stdin.close()
        return _awaited(stub, system, name, python, log)
    finally:
        for each in (stub, system):
            each.kill()
            each.wait()


def _started(python: str, log: Path, module: str, *arguments: str) -> subprocess.Popen[str]:
    with log.open("a") as errors:
        return subprocess.Popen(
            [python, "-m", f"tests.benchmarks.{module}", *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )


def _awaited(
    stub: subprocess.Popen[str], system: subprocess.Popen[str], name: str, python: str, log: Path
) -> Result:
    assert stub.stdout
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(stub.stdout.read)
        while not wait([reading], GLANCE).done:
            if (system.poll() or 0) > 0:  # below 0: killed, as a load may demand
                stub.kill()
                raise NoSystemError(_reason(name, python, log))
        said = reading.result()
    if not said:
        raise NoSystemError(f"{name}: the stub failed: {_last_line(log)}")
    result: Result = json.loads(said)
    return result


def _reason(name: str, python: str, log: Path) -> str:
    said = _last_line(log)
    needs = SYSTEMS[name].needs
    if needs and "No module named" in said:
        return f"{name} is left out: {said}. Run: {python} -m pip install {needs}"
    return f"{name} is left out, it ended by itself: {said}"


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


def _kept(system: System, folder: Path) -> Counter[int]:
    """How often each update's text is in the store."""
    texts = importlib.import_module(f"tests.benchmarks.{system.store}").stored(folder)
    numbers = ((number(each.encode()), each) for each in texts)
    return Counter(n for n, each in numbers if each == text(n))
