"""The live store keeps its promises also where SQLite refuses something half-way."""

from pathlib import Path

from bot.store.changes import EraseConversation, PutOutbox
from bot.store.connection import BUSY_MILLISECONDS, pragma
from bot.store.live import STEPS, LiveStore
from bot.store.migrations import open_store


async def test_after_a_log_that_could_not_be_emptied_writing_is_as_patient_as_before(
    tmp_path: Path,
) -> None:
    connection = await open_store(tmp_path / "live.db", STEPS, wal=True)
    store = LiveStore(connection, tmp_path / "live.db", lambda _: bytes(32))
    await store.apply([PutOutbox("one", seq) for seq in range(3)])
    async with connection.execute("SELECT seq FROM outbox"):  # being read, no log is emptied
        await store.apply([EraseConversation("two")])
        assert store.owes_truncation
        assert await pragma(connection, "busy_timeout") == BUSY_MILLISECONDS
    await store.apply([])
    assert not store.owes_truncation
    await store.close()
