"""Whether anything is still to be done on Telegram, by what lies on the disk.

The program may run meanwhile: its live store is looked at, and left as it is.
"""

import sqlite3
from contextlib import closing
from typing import Any

from bot.store.sealing import unseal
from flows.channels import TELEGRAM
from flows.states import Erasing
from tests.campaigns.service import Service

ERASING = Erasing.__dataclass_fields__["kind"].default


def has_unfinished(service: Service) -> bool:
    """Whether words are to be sent or deleted, or a conversation erased."""
    with closing(sqlite3.connect(service.data / "live.db")) as live:
        live.execute("BEGIN")
        unsent = {id for (id,) in live.execute("SELECT conversation FROM outbox")}
        rows = live.execute("SELECT id, sealed FROM conversations").fetchall()
    return any(_is_unfinished(service, *row, is_unsent=row[0] in unsent) for row in rows)


def _is_unfinished(service: Service, id: str, sealed: bytes, *, is_unsent: bool) -> bool:
    try:
        key = (service.keys / f"{id}.key").read_bytes()
    except FileNotFoundError:
        return True  # erased just now, or at the next start
    kept: Any = unseal(key, sealed, bound=f"{id}/state")
    channel, _ = kept["address"]
    is_leaving = kept["state"]["kind"] == ERASING
    return channel == TELEGRAM and bool(is_unsent or kept["doomed"] or is_leaving)
