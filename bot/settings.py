"""Settings: what the operator says, by environment or a `.env` file."""

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv.parser import Binding, parse_stream
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.complaint import ComplaintError

PREFIX = "HELPLINE_"
FLOWS = Path(__file__).parent.parent / "flows"
SHIPPED_SERVICE_FILE = FLOWS / "service.toml"
DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
FILE = Path(".env")
ENCODING = "utf-8-sig"
"""UTF-8, also where an editor put a mark of it before the first line."""

_HOST = re.compile(r"[A-Za-z0-9.:%_-]+")
_EXPECTED = {
    "web_port": "it should be a whole number from 0 to 65535",
    "telegram_staff_chat": "it should be a whole number such as -1001234567890",
    "log_level": "it should be debug, info, warning or error",
}
"""What is said of a setting that its type alone refuses."""


class SettingsError(ComplaintError):
    """A setting is wrong; the text is one sentence that says which and what to do."""


def _runtime_dir() -> Path:
    """Memory that is ours: the login session's folder, else shared memory."""
    session = os.environ.get("XDG_RUNTIME_DIR")
    return Path(session) / "helpline" if session else Path(f"/dev/shm/helpline-{os.getuid()}")  # noqa: S108 - a tmpfs on purpose, made 0700


class Settings(BaseSettings):
    """All settings, with the prefix HELPLINE_."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=FILE, env_file_encoding=ENCODING, extra="ignore"
    )

    data_dir: Path = Path("data")
    runtime_dir: Path = Field(default_factory=_runtime_dir)
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    public_url: str = "http://127.0.0.1:8080"
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org/bot"
    telegram_staff_chat: int | None = None
    service_file: Path = SHIPPED_SERVICE_FILE
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("data_dir", "runtime_dir", "service_file", mode="before")
    @classmethod
    def _place(cls, path: object) -> object:
        if not str(path).strip():
            raise ValueError("it is empty; give a path, or leave the setting out")
        return path

    @field_validator("web_host")
    @classmethod
    def _host(cls, host: str) -> str:
        if not _HOST.fullmatch(host):
            raise ValueError("it should be an address of this machine, such as 127.0.0.1")
        return host

    @field_validator("public_url")
    @classmethod
    def _origin(cls, url: str) -> str:
        parts = urlsplit(url.rstrip("/"))
        extras = (parts.path, parts.query, parts.fragment, parts.username, parts.password)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or any(extras):
            raise ValueError("it should be like https://chatt.example.se, without a path")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        port = "" if parts.port in {None, DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
        return f"{parts.scheme}://{host}{port}"  # as browsers write the origin of a page

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        if not token:  # an empty one too
            return None
        if not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value(), re.ASCII):
            raise ValueError("it should be like 123456789:ABC, as BotFather gave it")
        return token

    @field_validator("telegram_api_url")
    @classmethod
    def _api(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.query or parts.fragment:
            raise ValueError("it should be like http://127.0.0.1:8081/bot")
        return url

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, level: object) -> object:
        return level.lower() if isinstance(level, str) else level


def read_settings() -> Settings:
    """Read all settings; SettingsError names the first that is unknown or wrong."""
    refuse_unknown([*_in_file(), *os.environ])
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        field = f"{fault['loc'][0]}"
        reason = _EXPECTED.get(field) or fault["msg"].removeprefix("Value error, ")
        raise SettingsError(f"The setting {PREFIX}{field.upper()} is wrong: {reason}.") from None


def _in_file() -> list[str]:
    """Name the settings in the file, if there is one; SettingsError for a line that is none.

    Nothing of such a line is told: it could be a secret.
    """
    if not FILE.exists():
        return []
    try:
        with FILE.open(encoding=ENCODING) as file:
            found = list(parse_stream(file))
    except OSError as error:
        raise SettingsError(f"The file .env cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env cannot be read: save it as UTF-8 text.") from None
    for each in found:
        _refuse_broken(each)
    return [each.key for each in found if each.key]


def _refuse_broken(line: Binding) -> None:
    if line.error or (line.key and line.value is None):
        written = line.original.string
        blank = written[: len(written) - len(written.lstrip())].count("\n")
        number = line.original.line + blank
        raise SettingsError(f"Line {number} of the file .env is not understood: write NAME=value.")


def refuse_unknown(names: Iterable[str]) -> None:
    """A misspelt setting is an error: a default in its place could cost a life."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name in sorted(name for name in names if name.upper().startswith(PREFIX)):
        if name.upper() not in known:
            near = get_close_matches(name.upper(), known, n=1, cutoff=0)[0]
            raise SettingsError(f"There is no setting {name}; did you mean {near}?")


def is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK
