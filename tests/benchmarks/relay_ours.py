"""The relay on our own channel and store: intake, a talk, a counsellor who echoes, delivery.

It is the whole way that a visitor's words go, twice over: each update is a turn that is heard for
danger, masked, sealed and kept; its echo is a turn of its own, kept, sent, and kept as delivered.
"""

import asyncio
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr

from bot.app import build_switchboard, open_stores
from bot.book import Overlay
from bot.channels.telegram import open_telegram, open_wire
from bot.clock import wall_clock
from bot.conversation import Address, Conversation
from bot.delivery import Delivery
from bot.health import Health
from bot.jobs import Happened
from bot.settings import SHIPPED_SERVICE_FILE, Settings
from bot.shipped import read_line
from bot.shop import Reply, Shop
from bot.store.live import LiveStore
from bot.switchboard import Follower, Switchboard
from bot.vault import Vault
from flows.channels import TELEGRAM
from flows.events import Said
from flows.states import Stay, Talking
from tests.benchmarks.relay_words import CHATS, chat
from tests.cast import ANNA

MEMORY = Path("/dev/shm")  # noqa: S108 - keys must lie in memory, as in the real service
KEYS = "keys.json"


@dataclass(frozen=True, slots=True)
class Seated:
    """Everybody who will write is in a talk already."""

    new_id: Callable[[], str]

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        for n in range(CHATS):
            id = self.new_id()
            shop.keys.create(id)
            state = Talking(Stay(TELEGRAM, "sv", now, now), ANNA, now, "no-form")
            overlay.put(id, Conversation(id, Address(TELEGRAM, str(chat(n))), state))
        return Reply()


@dataclass(slots=True)
class Echo:
    """A counsellor who answers every word of a visitor with the same word, in order."""

    board: Switchboard
    delivery: Follower
    answered: dict[str, int] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        return self.delivery.is_well

    def changed(self, conversation: Conversation) -> None:
        self.delivery.changed(conversation)
        last = self.answered.get(conversation.id, 0)
        for message in conversation.messages[last:]:
            if message.author == "visitor":
                self.board.submit(Happened(conversation.id, Said(ANNA, message.text)))
        self.answered[conversation.id] = conversation.next_seq - 1

    def writes(self, conversation: Conversation) -> None:
        self.delivery.writes(conversation)


async def relay(api_url: str, token: str, folder: Path) -> None:
    """Answer every update with its own text, once it is stored in `folder`; run until killed."""
    keys = MEMORY / f"relay-{secrets.token_hex(8)}"
    (folder / KEYS).write_text(json.dumps(str(keys)))
    settings = Settings(telegram_token=SecretStr(token), telegram_api_url=api_url)
    vault = Vault(keys)
    async with open_stores(folder, vault) as stores, open_wire(settings) as wire:
        assert wire
        line = read_line(SHIPPED_SERVICE_FILE)
        board = build_switchboard(line, stores, vault, web_page=settings.public_url)
        working = asyncio.create_task(board.run())
        await board.ask(Seated(board.shop.new_id))
        async with open_telegram(wire, board, Health(wall_clock), staff_chat=None):
            assert isinstance(board.follower, Delivery)
            board.follower = Echo(board, board.follower)
            await working


def stored(folder: Path) -> list[str]:
    """The texts that a relay which no longer runs has left in its folder."""
    return asyncio.run(_stored(folder, Path(json.loads((folder / KEYS).read_text()))))


async def _stored(folder: Path, keys: Path) -> list[str]:
    vault = Vault(keys)
    live = await LiveStore.open(folder / "live.db", vault.key)
    try:
        loaded = await live.load()
    finally:
        await live.close()
    vault.wipe()
    keys.rmdir()  # noqa: ASYNC240 - nothing else runs
    every = (message for each in loaded.conversations for message in each.messages)
    return [message.text for message in every if message.author == "visitor"]
