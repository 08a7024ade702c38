import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import SettingsError, is_loopback, read_settings


@pytest.fixture(autouse=True)
def _clean(tmp_path: Path) -> Iterator[None]:
    """An empty folder and an environment without settings of ours."""
    folder, before = Path.cwd(), dict(os.environ)
    os.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("HELPLINE_")]:
        del os.environ[name]
    yield
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(before)


def test_without_settings_everything_is_on_this_machine() -> None:
    settings = read_settings()
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8080)
    assert settings.data_dir == Path("data")
    assert settings.service_file.name == "service.toml"


def test_keys_go_to_the_login_sessions_memory_or_to_shared_memory() -> None:
    os.environ["XDG_RUNTIME_DIR"] = "/run/user/7"
    assert read_settings().runtime_dir == Path("/run/user/7/helpline")
    del os.environ["XDG_RUNTIME_DIR"]
    assert read_settings().runtime_dir == Path(f"/dev/shm/helpline-{os.getuid()}")  # noqa: S108 - a tmpfs on purpose


def test_the_environment_goes_before_the_file() -> None:
    Path(".env").write_text("HELPLINE_WEB_PORT=1000\nHELPLINE_LOG_LEVEL=DEBUG\n")
    os.environ["HELPLINE_WEB_PORT"] = "2000"
    settings = read_settings()
    assert (settings.web_port, settings.log_level) == (2000, "debug")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("HELPLINE_WEBPORT", "1", "did you mean HELPLINE_WEB_PORT?"),
        ("HELPLINE_DATADIR", "x", "did you mean HELPLINE_DATA_DIR?"),
        ("HELPLINE_WEB_PORT", "many", "wrong: it should be a whole number from 0 to 65535."),
        ("HELPLINE_WEB_PORT", "70000", "wrong: it should be a whole number from 0 to 65535."),
        ("HELPLINE_WEB_HOST", "not a host", "wrong: it should be an address of this machine"),
        ("HELPLINE_WEB_HOST", "", "wrong: it should be an address of this machine"),
        ("HELPLINE_TELEGRAM_STAFF_CHAT", "x", "wrong: it should be a whole number such as -100"),
        ("HELPLINE_PUBLIC_URL", "chatt.example.se", "it should be like https://"),
        ("HELPLINE_PUBLIC_URL", "https://example.se/chatt", "it should be like https://"),
        ("HELPLINE_PUBLIC_URL", "https://u:p@example.se", "it should be like https://"),
        ("HELPLINE_PUBLIC_URL", "https://example.se?x=1", "it should be like https://"),
        ("HELPLINE_DATA_DIR", "", "The setting HELPLINE_DATA_DIR is wrong: it is empty"),
        ("HELPLINE_DATA_DIR", " ", "The setting HELPLINE_DATA_DIR is wrong: it is empty"),
        ("HELPLINE_RUNTIME_DIR", "", "The setting HELPLINE_RUNTIME_DIR is wrong: it is empty"),
        ("HELPLINE_SERVICE_FILE", "", "The setting HELPLINE_SERVICE_FILE is wrong: it is empty"),
        ("HELPLINE_LOG_LEVEL", "loud", "wrong: it should be debug, info, warning or error."),
        ("HELPLINE_TELEGRAM_TOKEN", "hemligt", "it should be like 123456789:ABC"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(
    name: str, value: str, sentence: str
) -> None:
    os.environ[name] = value
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert sentence in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_unknown_setting_in_the_file_is_an_error_too() -> None:
    Path(".env").write_text("HELPLINE_SERVICEFILE=x\n")
    with pytest.raises(SettingsError, match="HELPLINE_SERVICE_FILE"):
        read_settings()


def test_an_empty_token_is_no_token() -> None:
    os.environ["HELPLINE_TELEGRAM_TOKEN"] = ""
    assert read_settings().telegram_token is None


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("HELPLINE_TELEGRAM_TOKEN 1:hemligt", 3),
        ('HELPLINE_TELEGRAM_TOKEN="1:hemligt', 3),
        ("\nHELPLINE_WEB_PORT", 4),
    ],
)
def test_a_broken_line_of_the_file_is_named_by_its_number_alone(line: str, number: int) -> None:
    Path(".env").write_text(f"# what we said\nOTHER=1\n{line}\nHELPLINE_LOG_LEVEL=info\n")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value) == (
        f"Line {number} of the file .env is not understood: write NAME=value."
    )


def test_a_folder_in_the_files_place_is_said() -> None:
    Path(".env").mkdir()
    with pytest.raises(SettingsError, match=r"The file \.env cannot be read: Is a directory"):
        read_settings()


def test_a_mark_before_the_first_line_hides_no_setting() -> None:
    Path(".env").write_text("HELPLINE_WEB_PORT=1000\n", encoding="utf-8-sig")
    assert read_settings().web_port == 1000


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://Chatt.Example.SE/", "https://chatt.example.se"),
        ("https://chatt.example.se:443", "https://chatt.example.se"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_public_address_is_kept_as_browsers_write_it(written: str, origin: str) -> None:
    os.environ["HELPLINE_PUBLIC_URL"] = written
    assert read_settings().public_url == origin


def test_loopback_is_this_machine_only() -> None:
    assert is_loopback("http://127.0.0.1:8080")
    assert is_loopback("http://localhost")
    assert not is_loopback("http://127.0.0.1.example.se")
