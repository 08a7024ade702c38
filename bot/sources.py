"""Everything that a report is made of, opened for as long as a command works."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.catalogue import FILE, Catalogue
from bot.reference import read_reference
from bot.reports.gathered import Sources
from bot.resources import read_form
from bot.settings import read_settings
from bot.shipped import read_line
from bot.store.counts import CountsStore
from bot.store.releases import ReleasesStore
from bot.stores import open_records
from directory.load import load


@asynccontextmanager
async def open_sources() -> AsyncIterator[Sources]:
    """Open everything that a report is made of."""
    settings = read_settings()
    folder = settings.data_dir
    async with AsyncExitStack() as stack:
        records = await stack.enter_async_context(open_records())
        releases = await ReleasesStore.open(folder / "releases.db")
        stack.push_async_callback(releases.close)
        counts = await CountsStore.open(folder / "counts.db")
        stack.push_async_callback(counts.close)
        catalogue = await Catalogue.open(folder / FILE, load())
        stack.push_async_callback(catalogue.close)
        yield Sources(
            form=read_form(),
            line=read_line(settings.service_file),
            records=records,
            counts=counts,
            lookups=catalogue.store,
            counties=catalogue.directory.counties,
            releases=releases,
            reference=read_reference(),
        )
