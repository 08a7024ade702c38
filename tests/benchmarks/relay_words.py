"""What the invented visitors write: short Swedish words that carry the number of their update."""

import json
import re

CHATS = 512
FIRST_UPDATE = 700_000_000
FIRST_CHAT = 2**32 + 1_000_003
"""Telegram's ids no longer fit 32 bits."""
APART = 8_191
SENTENCES = (
    "Jag behöver prata med någon",
    "Det hände igen i går kväll",
    "Är det någon där",
    "Jag vet inte hur jag ska börja",
    "Kan jag få hjälp att sluta",
    "Vi bråkade och jag blev så arg",
    "Vad händer om jag berättar",
)

_NUMBER = re.compile(rb"nr(\d+)x")
_BOT = '"from":{"id":4711,"is_bot":true,"first_name":"Bot","username":"relay_bot"}'


def chat(n: int) -> int:
    """Who writes the update of this number."""
    return FIRST_CHAT + n % CHATS * APART


def text(n: int) -> str:
    return f"{SENTENCES[n % len(SENTENCES)]} nr{n}x"


def number(words: bytes) -> int:
    """The number that a text carries, whatever it was encoded in; -1 for a text that has none."""
    found = _NUMBER.search(words)
    return int(found[1]) if found else -1


def update(n: int, date: int) -> bytes:
    """An update as `getUpdates` gives it."""
    who = f'"id":{chat(n)},"first_name":"Kim"'
    message = (
        f'"message_id":{n + 1},"from":{{{who},"is_bot":false,"language_code":"sv"}},'
        f'"chat":{{{who},"type":"private"}},"date":{date},"text":{json.dumps(text(n))}'
    )
    return f'{{"update_id":{FIRST_UPDATE + n},"message":{{{message}}}}}'.encode()


def message(n: int, id: int, date: int) -> bytes:
    """The message that `sendMessage` gives back for the answer to an update."""
    to = f'"chat":{{"id":{chat(n)},"first_name":"Kim","type":"private"}}'
    said = json.dumps(text(n))
    return f'{{"message_id":{id},{_BOT},{to},"date":{date},"text":{said}}}'.encode()
