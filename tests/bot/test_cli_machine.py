"""Commands on a machine that refuses something: one sentence, exit status 2, nothing changed."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import call
from tests.bot.commands import Run, go_to, runner

ROOT = Path(__file__).parents[2]
NOWHERE = "x" * 300
"""No machine has a folder of so long a name, and none says that it is merely missing."""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_to(tmp_path, monkeypatch)
    monkeypatch.setenv("HELPLINE_RUNTIME_DIR", str(tmp_path / "keys"))


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def given(monkeypatch: pytest.MonkeyPatch, lines: bytes) -> None:
    """Have the command read these bytes, on a machine that knows no UTF-8."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="ascii"))


class Gone(io.TextIOBase):
    """A stream that nobody reads any more."""

    def write(self, text: str, /) -> int:
        raise BrokenPipeError(32, f"Broken pipe after {len(text)}")


def test_a_folder_that_may_not_be_looked_into_is_one_sentence(
    ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPLINE_DATA_DIR", NOWHERE)
    for asked in (("find", "--json", "--", "Lund"), ("directory", "check"), ("stop",)):
        result = ran(*asked)
        assert (result.status, result.out) == (2, "")
        assert result.err.endswith("cannot be used: File name too long.\n")
        assert len(result.err.splitlines()) == 1


def test_a_full_stream_is_one_sentence_and_no_failed_check() -> None:
    environment = {name: each for name, each in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("wb") as full:
        asked = [sys.executable, "-m", "bot", "hours"]
        ended = subprocess.run(  # noqa: PLW1510 - how it ends is the answer
            asked, cwd=ROOT, env=environment, stdout=full, stderr=subprocess.PIPE
        )
    assert (ended.returncode, ended.stderr.decode()) == (
        2,
        "What was to be read or written cannot be used: No space left on device.\n",
    )


@pytest.mark.parametrize(
    ("closed", "asked"),
    [("stdin", ("acute", "--json")), ("stdin", ("talk",)), ("stdout", ("hours",))],
)
def test_a_closed_stream_is_one_sentence(
    closed: str, asked: tuple[str, ...], ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, closed, None)
    result = ran(*asked)
    getattr(sys, closed).close()
    assert result.status == 2
    assert result.err == "A stream that this needs is closed: leave stdin and stdout open.\n"


def test_a_reader_that_leaves_early_is_no_failed_check_and_is_told_nothing(
    ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", Gone())
    result = ran("hours")
    assert (result.status, result.err) == (2, "")


def test_where_not_even_a_sentence_can_be_said_the_status_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stderr", Gone())
    assert call(["sing"]) == 2


def test_swedish_is_written_in_utf_8_whatever_the_machine_says_of_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert call(["hours", "--at", "2026-12-24T10:00", "--json"]) == 0
    assert "julafton, så" in written.getvalue().decode()


@pytest.mark.parametrize("command", ["acute", "redact"])
def test_a_return_ends_no_line_and_each_line_has_its_answer(
    command: str, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(monkeypatch, b"a\rb\n\xff\xfe\n\nhej\r\nhej")
    result = ran(command, "--json")
    assert (result.status, len(result.out.splitlines())) == (0, 5)


def test_what_is_read_is_utf_8(ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "jag vill inte leva längre\n".encode())
    assert ran("acute", "--json").out == '{"kinds": ["self"]}\n'


def test_a_password_that_is_no_text_changes_nothing(
    ran: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given(monkeypatch, b"\xff\xfeabcdefghijklm\n")
    result = ran("staff", "add", "Siv", "--role", "counsellor", "--password-stdin")
    assert (result.status, result.out) == (2, "")
    assert len(result.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "told"), [("run", (0, "")), ("hours", (2, "Stopped.\n"))])
def test_the_service_alone_ends_well_when_it_is_stopped_while_it_starts(
    name: str, told: tuple[int, str], ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"bot.cli_{name}.read_settings", interrupt)
    result = ran(name)
    assert (result.status, result.err) == told


def test_a_command_that_is_told_to_end_says_that_it_has_stopped() -> None:
    asked = [sys.executable, "-u", "-m", "bot", "talk"]  # or its first words would stay with it
    with subprocess.Popen(
        asked, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        running.stdout.readline()
        running.send_signal(signal.SIGTERM)
        _, told = running.communicate()
    assert (running.returncode, told) == (2, b"Stopped.\n")
