"""`python -m tests.emulator --port N`: a Telegram on loopback, with you as its visitor."""

import argparse
import asyncio
import sys
import threading
from contextlib import suppress

from tests.emulator.server import serve
from tests.emulator.telegram import Telegram
from tests.emulator.terminal import HELP, STAFF_CHAT, Terminal


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes any free port")
    with suppress(KeyboardInterrupt):
        asyncio.run(_run(parser.parse_args().port))


async def _run(port: int) -> None:
    telegram = Telegram()
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    async with serve(telegram, port) as url:
        _say(
            "Start the program with",
            f"  HELPLINE_TELEGRAM_TOKEN={telegram.office.token}",
            f"  HELPLINE_TELEGRAM_API_URL={url}",
            f"  HELPLINE_TELEGRAM_STAFF_CHAT={STAFF_CHAT}",
            "You are visitor 1.",
            HELP,
        )
        _read_into(lines)
        terminal = Terminal(telegram, _say)
        await terminal.run(lines, patient=not sys.stdin.isatty())


def _say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)  # noqa: T201 - this is what the visitor sees


def _read_into(lines: "asyncio.Queue[str | None]") -> None:
    """Read in a thread of its own, so that a waiting terminal never holds the program up."""
    loop = asyncio.get_running_loop()

    def read() -> None:
        with suppress(RuntimeError):  # the program has ended meanwhile
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True).start()


if __name__ == "__main__":
    main()
