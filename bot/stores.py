"""The store of records, opened for as long as a command works."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.folders import make_folder
from bot.settings import read_settings
from bot.store.records import RecordsStore


@asynccontextmanager
async def open_records() -> AsyncIterator[RecordsStore]:
    folder = read_settings().data_dir
    make_folder(folder)
    store = await RecordsStore.open(folder / "records.db")
    try:
        yield store
    finally:
        await store.close()
