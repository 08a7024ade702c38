"""What the bot's owner does with it: fetch updates, set its name, texts and commands."""

import re
from http import HTTPStatus

from tests.emulator import methods as m
from tests.emulator.answers import Refused, bad_request
from tests.emulator.office import Json, Office

LONGEST_NAME = 64
LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
LONGEST_COMMAND_DESCRIPTION = 256
MOST_COMMANDS = 100
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
COMMAND = re.compile(r"[a-z0-9_]{1,32}")


def get_me(office: Office, _: m.Nothing) -> Json:
    return office.me


async def get_updates(office: Office, asked: m.GetUpdates) -> list[bytes]:
    if office.webhook:
        raise Refused(HTTPStatus.CONFLICT, WEBHOOK)
    if asked.allowed_updates is not None:
        office.updates.allowed = asked.allowed_updates
    return await office.updates.get(asked.offset, asked.limit, asked.timeout)


def get_webhook_info(office: Office, _: m.Nothing) -> Json:
    pending = office.updates.pending
    allowed = list(office.updates.allowed)
    return {
        "url": office.webhook,
        "has_custom_certificate": False,
        "pending_update_count": pending,
        **({"allowed_updates": allowed} if allowed else {}),
    }


def delete_webhook(office: Office, asked: m.DeleteWebhook) -> bool:
    office.webhook = ""
    if asked.drop_pending_updates:
        office.updates.drop()
    return True


def set_my_commands(office: Office, asked: m.SetMyCommands) -> bool:
    if len(asked.commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for each in asked.commands:
        if not COMMAND.fullmatch(each.command):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(each.description) <= LONGEST_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    commands = [each.model_dump() for each in asked.commands]
    office.page[_commands(asked)] = commands
    return True


def get_my_commands(office: Office, asked: m.GetMyCommands) -> list[Json]:
    commands: list[Json] = office.page.get(_commands(asked), [])
    return commands


def set_my_name(office: Office, asked: m.SetMyName) -> bool:
    return _set(office, ("name", asked.language_code), asked.name, LONGEST_NAME)


def get_my_name(office: Office, asked: m.InLanguage) -> Json:
    name = _get(office, "name", asked.language_code)
    return {"name": name or office.me["first_name"]}


def set_my_description(office: Office, asked: m.SetMyDescription) -> bool:
    key = ("description", asked.language_code)
    return _set(office, key, asked.description, LONGEST_DESCRIPTION)


def get_my_description(office: Office, asked: m.InLanguage) -> Json:
    return {"description": _get(office, "description", asked.language_code)}


def set_my_short_description(office: Office, asked: m.SetMyShortDescription) -> bool:
    key = ("short_description", asked.language_code)
    return _set(office, key, asked.short_description, LONGEST_SHORT_DESCRIPTION)


def get_my_short_description(office: Office, asked: m.InLanguage) -> Json:
    return {"short_description": _get(office, "short_description", asked.language_code)}


def _commands(asked: m.GetMyCommands) -> tuple[str, str]:
    scope = asked.scope or m.Scope(type="default")
    return f"commands {scope.model_dump_json()}", asked.language_code


def _set(office: Office, key: tuple[str, str], words: str, longest: int) -> bool:
    if len(words) > longest:
        raise bad_request(f"{key[0]} is too long")
    office.page[key] = words
    return True


def _get(office: Office, what: str, language: str) -> str:
    """Give the words for a language, else those for every language."""
    words: str = office.page.get((what, language)) or office.page.get((what, ""), "")
    return words
