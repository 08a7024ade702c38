"""Commands: what they print, how they end, and that wrong use changes nothing."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.lock import only_instance
from bot.vault import Vault
from tests.bot.commands import Run, go_to, runner
from tests.campaigns.service import Service

ROOT = Path(__file__).parents[2]

PATIENCE = 120.0
"""Seconds; only a test that fails waits for so long."""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder, keys in it too."""
    go_to(tmp_path, monkeypatch)
    monkeypatch.setenv("HELPLINE_RUNTIME_DIR", str(tmp_path / "keys"))


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "helpline --help"),
        (("records",), "helpline records --help"),
        (("sing",), "sing"),
        (("hours", "--at", "i morgon"), "2026-11-20T10:00"),
        (("hours", "--at", ""), "2026-11-20T10:00"),
        (("hours", "--at", "1066-10-14"), "1066"),
        (("hours", "--channel", "fax"), "fax"),
        (("find", "--json"), "TEXT"),
        (("find", "--for", "everybody", "Malmö"), "everybody"),
        (("staff", "add", "Anna"), "--role"),
        (("staff", "add", "Anna", "--role", "boss"), "boss"),
        (("staff", "disable", "Nobody"), "Nobody"),
        (("demo", "--port", "70000"), "70000"),
        (("demo", "--port", "x"), "not a valid port, which is a whole number"),
        (("check", "--yaml"), "--yaml"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_status_2(
    ran: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    result = ran(*arguments)
    assert result.status == 2
    assert sentence in result.err
    assert len(result.err.strip().splitlines()) == 1
    assert result.out == ""


def test_settings_that_are_no_text_are_refused_in_a_sentence(ran: Run) -> None:
    Path(".env").write_bytes("HELPLINE_LOG_LEVEL=fräsch".encode("latin-1"))
    result = ran("hours")
    assert (result.status, result.out) == (2, "")
    assert result.err == "The file .env cannot be read: save it as UTF-8 text.\n"


def test_an_unknown_setting_stops_every_command_that_reads_settings(
    ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPLINE_WEBPORT", "1")
    asked = ("run", "check", "hours", "stop", "staff list", "find Malmö", "acute", "talk", "demo")
    for arguments in (each.split() for each in asked):
        result = ran(*arguments)
        assert (result.status, result.out) == (2, "")
        assert "did you mean HELPLINE_WEB_PORT?" in result.err


def test_hours_answers_in_json(ran: Run) -> None:
    result = ran("hours", "--channel", "chat", "--at", "2026-11-18T10:00", "--json")
    answer = json.loads(result.out)
    assert result.status == 0
    assert answer == {
        "channel": "chat",
        "at": "2026-11-18T10:00:00+01:00",
        "open": False,
        "opens_at": "2026-11-20T08:30:00+01:00",
        "closes_at": None,
        "reason": "weekly",
        "text": "Chatten är stängd. Den öppnar på fredag kl. 08.30.",
    }


def test_hours_answers_in_words(ran: Run) -> None:
    result = ran("hours", "--channel", "phone", "--at", "2026-11-16T10:00")
    assert result.out == "Telefonen är öppen nu, till kl. 16.00.\n"
    assert ran("hours").status == 0


def test_find_answers_in_json_whatever_is_written(ran: Run) -> None:
    answer = json.loads(ran("find", "--json", "--", "jag bor i malmø").out)
    assert answer["municipality"]["code"] == "1280"
    assert answer["services"][0]["serves"] == "own"
    nothing = json.loads(ran("find", "--json", "--", "--qwzx 🙃").out)
    assert nothing["municipality"] is None
    assert nothing["candidates"] == []


def test_find_answers_in_words(ran: Run) -> None:
    assert ran("find", "Malmö").out.splitlines()[0] == "Malmö"
    assert "Skåne" in ran("find", "Skåne").out
    assert ran("find", "qwzx").out.splitlines()[0] == "No place was understood."


def test_acute_answers_one_line_for_each_line(ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "hej\njag kommer döda henne\njag vill inte leva längre\n\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    found = [json.loads(line) for line in ran("acute", "--json").out.splitlines()]
    assert found == [{"kinds": []}, {"kinds": ["other"]}, {"kinds": ["self"]}, {"kinds": []}]
    monkeypatch.setattr(sys, "stdin", io.StringIO("hej\njag kommer döda henne\n"))
    assert ran("acute").out == "-\nother\n"


def test_talk_holds_a_conversation_and_ends_with_its_input(
    ran: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("hej\nrådgivare\nja\n"))
    result = ran("talk")
    assert result.status == 0
    assert "112" in result.out
    assert "Nu står du i kön" in result.out
    assert list(tmp_path.iterdir()) == []


def test_staff_are_added_listed_reset_and_disabled(ran: Run) -> None:
    assert ran("staff", "add", "Anna", "--role", "counsellor").out.startswith("Set-up code")
    assert ran("staff", "list").out == "Anna counsellor active\n"
    again = ran("staff", "add", "Anna", "--role", "counsellor")
    assert again.status == 2
    assert "Anna" in again.err
    assert ran("staff", "reset", "Anna").out.startswith("Set-up code")
    assert ran("staff", "disable", "Anna").out == "Anna can no longer log in.\n"
    assert ran("staff", "disable", "Anna").out == "Anna was disabled before: nothing has changed.\n"
    assert ran("staff", "list").out == "Anna counsellor disabled\n"


def test_a_password_comes_on_stdin_and_is_not_printed(
    ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("ett långt lösenord\n"))
    result = ran("staff", "add", "Bo", "--role", "counsellor", "--password-stdin")
    assert result.out == "Bo can log in.\n"
    for unfit in ("", "kort\n"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(unfit))
        refused = ran("staff", "add", "Siv", "--role", "counsellor", "--password-stdin")
        assert refused.status == 2
        assert "Siv" not in ran("staff", "list").out


def test_check_finds_what_is_in_place_and_what_is_not(
    ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {each["name"]: each for each in json.loads(ran("check", "--json").out)}
    assert found["directory"]["ok"]
    assert found["texts"]["ok"]
    assert all(set(each) == {"name", "ok", "detail"} for each in found.values())
    monkeypatch.setenv("HELPLINE_PUBLIC_URL", "http://chatt.example.se")
    result = ran("check")
    assert result.status == 1
    assert "FAIL public address: http://chatt.example.se is not https" in result.out


def test_check_is_content_with_a_sound_machine(ran: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPLINE_RUNTIME_DIR", f"/dev/shm/helpline-test-{os.getpid()}")  # noqa: S108 - memory
    assert ran("staff", "list").status == 0
    assert ran("check").status == 0


def test_check_names_a_broken_service_file_and_a_folder_that_others_read(
    ran: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "service.toml").write_text("name = 7")
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)
    monkeypatch.setenv("HELPLINE_SERVICE_FILE", str(tmp_path / "service.toml"))
    monkeypatch.setenv("HELPLINE_RUNTIME_DIR", "/proc/keys")
    found = {each["name"]: each for each in json.loads(ran("check", "--json").out)}
    assert not found["service file"]["ok"]
    assert "chmod 700" in found["data folder"]["detail"]
    assert not found["keys in memory"]["ok"]


def test_run_says_what_keeps_it_from_starting(
    ran: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("HELPLINE_WEB_PORT", str(taken.getsockname()[1]))
        assert "choose another port" in ran("run").err
    monkeypatch.setenv("HELPLINE_WEB_PORT", "0")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HELPLINE_DATA_DIR", str(tmp_path / "file" / "data"))
    assert "cannot be made or used" in ran("run").err
    monkeypatch.setenv("HELPLINE_DATA_DIR", str(tmp_path))
    with only_instance(tmp_path):
        assert "already running" in ran("run").err
    (tmp_path / "live.db").write_text("no database, but long enough to be looked at " * 10)
    result = ran("run")
    assert result.status == 2
    assert "live.db is not a database" in result.err


def test_a_line_that_is_no_text_is_answered_like_any_other() -> None:
    asked = [sys.executable, "-m", "bot", "acute", "--json"]
    root, lines = Path(__file__).parents[2], b"\xff\xfe\njag vill inte leva l\xc3\xa4ngre\n"
    answer = subprocess.run(asked, cwd=root, capture_output=True, input=lines, check=True)
    assert answer.stdout.splitlines() == [b'{"kinds": []}', b'{"kinds": ["self"]}']


def test_keys_in_a_place_that_is_no_folder_are_one_sentence(
    ran: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("HELPLINE_RUNTIME_DIR", str(tmp_path / "file"))
    assert "cannot be used" in ran("stop", "--wipe").err
    assert "cannot be made or used" in ran("run").err


def test_two_services_never_share_a_key_folder(ran: Run, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    with only_instance(tmp_path / "keys"):
        result = ran("run")
    assert result.status == 2
    assert "already running" in result.err


async def test_a_service_that_hangs_is_ended_and_wiped_all_the_same(
    ran: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(tmp_path)
    await service.start()
    Vault(service.keys).create("open")
    monkeypatch.setenv("HELPLINE_DATA_DIR", str(service.data))
    monkeypatch.setattr("bot.cli_stop.PATIENCE", 0.5)
    service.signal(signal.SIGSTOP)
    assert "has not stopped" in ran("stop").err
    assert Vault(service.keys).ids == {"open"}
    assert "keys were destroyed" in ran("stop", "--wipe").out
    assert list(service.keys.glob("*.key")) == []
    service.wait()


def test_stop_says_when_nothing_runs_and_wipes_all_the_same(ran: Run, tmp_path: Path) -> None:
    vault = Vault(tmp_path / "keys")
    vault.create("one")
    assert ran("stop").out == "The service was not running.\n"
    assert Vault(tmp_path / "keys").ids == {"one"}
    assert "1 keys were destroyed" in ran("stop", "--wipe").out
    assert Vault(tmp_path / "keys").ids == frozenset()


async def test_a_running_service_is_stopped_and_its_keys_stay_until_they_are_wiped(
    ran: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli_stop.PATIENCE", PATIENCE)  # on a machine that has much else to do
    service = Service(tmp_path)
    await service.start()
    Vault(service.keys).create("kept")
    monkeypatch.setenv("HELPLINE_DATA_DIR", str(service.data))
    assert ran("stop").out == "The service has stopped.\n"
    assert service.wait() == 0
    assert Vault(service.keys).ids == {"kept"}
    await service.start()
    assert Vault(service.keys).ids == frozenset(), "a key without rows is destroyed at start"
    Vault(service.keys).create("wiped")
    ran("stop", "--wipe")
    assert list(service.keys.glob("*.key")) == []
    assert service.wait() == 0


def test_the_program_is_the_same_as_a_module() -> None:
    asked = [sys.executable, "-m", "bot", "hours", "--at", "2026-12-24T10:00"]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "julafton" in answer.stdout


def test_the_demo_keeps_what_it_invents_inside_the_data_folder(tmp_path: Path) -> None:
    settings = {"HELPLINE_DATA_DIR": str(tmp_path / "own"), "PYTHONPATH": str(ROOT)}
    asked = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, env=os.environ | settings) as running:
        try:
            wait_for(tmp_path / "own" / "demo" / "live.db")
        finally:
            running.kill()
    assert not (tmp_path / "data").exists()


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < deadline, "it was not made"
        time.sleep(0.05)


def test_a_scripted_demo_goes_from_first_word_to_erasure(ran: Run, tmp_path: Path) -> None:
    result = ran("demo", "--once")
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines()[-1] == "Formuläret är inlämnat. Ingen nyckel finns kvar."
    assert list(tmp_path.iterdir()) == []
