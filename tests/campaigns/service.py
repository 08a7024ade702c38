"""The real program as a process of its own, on a free port of this machine."""

import asyncio
import atexit
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

from bot.settings import SHIPPED_SERVICE_FILE
from bot.store.changes import Loaded
from bot.store.live import LiveStore
from bot.store.staff import Session, StaffStore
from bot.vault import Vault
from flows.line import WEEKDAYS

ROOT = Path(__file__).parents[2]
PROGRAM = ("bot", "run")
PATIENCE = 120.0
"""Seconds that the program may take to answer after a start."""


class Life(Protocol):
    """One run of the program, as `subprocess` holds it."""

    def poll(self) -> int | None: ...
    def send_signal(self, sig: int, /) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


Begin: TypeAlias = Callable[[Mapping[str, str], Path], Life]
"""Starts the program with these settings in its environment, and with this log."""


def plainly(
    environment: Mapping[str, str], log: Path, *, program: tuple[str, ...] = PROGRAM
) -> Life:
    """Start it as an operator does."""
    with log.open("ab") as to:
        return subprocess.Popen(
            [sys.executable, "-m", *program], cwd=ROOT, env=environment, stdout=to, stderr=to
        )


def free_port() -> int:
    """A port for a program of ours, for all its starts: nobody else is given it meanwhile."""
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the program: both may have it
    held.bind(("127.0.0.1", 0))
    atexit.register(held.close)
    port: int = held.getsockname()[1]
    return port


def always_open(folder: Path) -> Path:
    """The shipped service file, but for its hours: day and night, every day of the year."""
    shipped = SHIPPED_SERVICE_FILE.read_text(encoding="utf-8")
    days = ", ".join(f'{day} = ["00:00-24:00"]' for day in WEEKDAYS)
    weekly = re.sub(r"(?m)^weekly = .*$", f"weekly = {{ {days} }}", shipped)
    path = folder / "service.toml"
    path.write_text(weekly.replace("closed_on_holidays = true", "closed_on_holidays = false"))
    return path


@dataclass(slots=True)
class Service:
    """Starts, kills and starts again, always on the same folders and port."""

    folder: Path
    port: int = field(default_factory=free_port)
    telegram: Mapping[str, str] = field(default_factory=dict)
    """The settings of the Telegram channel, if there is to be one."""
    _life: Life | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    async def start(self, how: Begin = plainly) -> None:
        """Start the program and wait until it answers."""
        self.begin(how)
        async with asyncio.timeout(PATIENCE):
            while not await _answers(self.port):
                assert not self.has_ended, self.log.read_text()
                await asyncio.sleep(0.02)

    def begin(self, how: Begin = plainly) -> None:
        """Start the program."""
        self._life = how(self._environment(), self.log)

    @property
    def has_ended(self) -> bool:
        assert self._life
        return self._life.poll() is not None

    def kill(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End the program and wait until it is gone; give its exit status."""
        self.signal(how)
        return self.wait()

    def signal(self, how: signal.Signals) -> None:
        assert self._life
        self._life.send_signal(how)

    def wait(self) -> int:
        """Wait until the program has ended by itself; give its exit status."""
        assert self._life
        return self._life.wait(timeout=PATIENCE)

    async def hire(self, *names: str) -> dict[str, tuple[str, Session]]:
        """Counsellors who are logged in already, with both factors."""
        self.data.mkdir(exist_ok=True, mode=0o700)
        staff = await StaffStore.open(self.data / "staff.db")
        try:
            return {name: await _logged_in(staff, name) for name in names}
        finally:
            await staff.close()

    async def left(self) -> Loaded:
        """What is in the live store of a program that does not run."""
        live = await LiveStore.open(self.data / "live.db", Vault(self.keys).key)
        try:
            return await live.load()
        finally:
            await live.close()

    def _environment(self) -> dict[str, str]:
        others = {k: v for k, v in os.environ.items() if not k.startswith("HELPLINE_")}
        return others | {
            "HELPLINE_DATA_DIR": str(self.data),
            "HELPLINE_RUNTIME_DIR": str(self.keys),
            "HELPLINE_WEB_PORT": str(self.port),
            "HELPLINE_PUBLIC_URL": self.url,
            "HELPLINE_SERVICE_FILE": str(always_open(self.folder)),
            "HELPLINE_LOG_LEVEL": "debug",
            **self.telegram,
        }


async def _logged_in(staff: StaffStore, name: str) -> tuple[str, Session]:
    await staff.add(name, "counsellor")
    await staff.set_password(name, "ett långt lösenord")
    token = await staff.begin_session(name, confirmed=True)
    session = await staff.session(token)
    assert session
    return token, session


async def _answers(port: int) -> bool:
    """Whether somebody listens; the program does so when everything else is in place."""
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.close()
        await writer.wait_closed()
    except OSError:
        return False
    return True
