"""Settings: what the operator says, by environment or a `.env` file."""

import os
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.complaint import ComplaintError

PREFIX = "HELPLINE_"
FLOWS = Path(__file__).parent.parent / "flows"
SHIPPED_SERVICE_FILE = FLOWS / "service.toml"
DEFAULT_PORTS = {"http": 80, "https": 443}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsError(ComplaintError):
    """A setting is wrong; the text is one sentence that says which and what to do."""


def _runtime_dir() -> Path:
    """Memory that is ours: the login session's folder, else shared memory."""
    session = os.environ.get("XDG_RUNTIME_DIR")
    return Path(session) / "helpline" if session else Path(f"/dev/shm/helpline-{os.getuid()}")  # noqa: S108 - a tmpfs on purpose, made 0700


class Settings(BaseSettings):
    """All settings, with the prefix HELPLINE_."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore")

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
        if token and not token.get_secret_value():
            return None
        if token and not re.fullmatch(r"\d+:[\w-]+", token.get_secret_value(), re.ASCII):
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
    refuse_unknown({**_in_file(), **os.environ})
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        reason = fault["msg"].removeprefix("Value error, ").removeprefix("Input should ")
        name = f"{PREFIX}{fault['loc'][0]}".upper()
        raise SettingsError(f"The setting {name} is wrong: {reason}.") from None


def _in_file() -> Mapping[str, str | None]:
    try:
        return dotenv_values(".env")
    except (OSError, UnicodeDecodeError):
        raise SettingsError("The file .env cannot be read: save it as UTF-8 text.") from None


def refuse_unknown(said: Mapping[str, str | None]) -> None:
    """A misspelt setting is an error: a default in its place could cost a life."""
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name in sorted(name for name in said if name.upper().startswith(PREFIX)):
        if name.upper() not in known:
            near = get_close_matches(name.upper(), known, n=1, cutoff=0)[0]
            raise SettingsError(f"There is no setting {name}; did you mean {near}?")


def is_loopback(url: str) -> bool:
    return urlsplit(url).hostname in LOOPBACK
