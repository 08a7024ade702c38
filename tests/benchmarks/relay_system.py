"""The systems that are measured, and the process that each of them runs in.

    python -m tests.benchmarks.relay_system NAME API_URL TOKEN FOLDER

`API_URL` is what stands before `<token>/<method>`. It runs until it is killed.
"""

import asyncio
import importlib
import inspect
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import uvloop

OURS = "ours"
RAW = "stub alone"


@dataclass(frozen=True, slots=True)
class System:
    """`function` takes the URL, the token and a folder of its own.

    A `store` is the module whose `stored(folder)` gives the texts that were kept. Rivals run on an
    interpreter of their own and say what it needs.
    """

    module: str
    function: str = "run"
    store: str = ""
    needs: str = ""


SYSTEMS = {
    RAW: System("relay_raw"),
    OURS: System("relay_ours", "relay", store="relay_ours"),
    "PTB": System("relay_ptb", needs="python-telegram-bot aiosqlite"),
    "PTB + aiosqlite": System(
        "relay_ptb", "run_durably", store="relay_notebook", needs="python-telegram-bot aiosqlite"
    ),
    "aiogram": System("relay_aiogram", needs="aiogram aiosqlite"),
    "aiogram + aiosqlite": System(
        "relay_aiogram", "run_durably", store="relay_notebook", needs="aiogram aiosqlite"
    ),
}


def main() -> None:
    name, api_url, token, folder = sys.argv[1:]
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    system = SYSTEMS[name]
    module = importlib.import_module(f"tests.benchmarks.{system.module}")
    work = getattr(module, system.function)
    run = uvloop.run if name == OURS else asyncio.run  # as each starts in earnest
    if inspect.iscoroutinefunction(work):
        run(work(api_url, token, Path(folder)))
    else:
        work(api_url, token, Path(folder))


if __name__ == "__main__":
    main()
