"""What people changed in the directory, the latest first; and taking it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from bot.catalogue import StaleEditError, TwinError
from bot.desk.desk import Desk, Visit, see
from bot.desk.directory_desk import current, directory_page
from bot.desk.directory_words import WHYS, Difference, differences, moment_text, name_of, page_of
from bot.words import whole_number
from directory.edits import Change, Key
from directory.finder import service
from directory.models import Directory

PATH = "/desk/directory/changes"

MOST_BATCHES = 25
"""Batches on one page."""

MOST_ENTRIES = 20
"""Entries of a batch that are written out; the others are counted."""

MOST_OF_ENTRY = 20
"""Changes in the history of one entry."""

NO_SUCH_BATCH = "Ändringen finns inte."
CHANGED_SINCE = "Det går inte att ångra: posten har ändrats igen efter det. Inget är ändrat."


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a batch, and what became of it."""

    name: str
    page: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """What somebody changed at once. `size` counts all its entries, also those not written out."""

    number: int
    when: str
    who: str
    why: str
    is_import: bool
    entries: tuple[Entry, ...]
    size: int
    can_be_undone: bool

    @property
    def more(self) -> int:
        return self.size - len(self.entries)


async def show_changes(desk: Desk, visit: Visit) -> Response:
    return await _page(desk, visit)


async def undo(desk: Desk, visit: Visit) -> Response:
    """Take a batch back, all or nothing; then show the entry, or the latest changes."""
    number = whole_number(visit.request.path_params["batch"]) or 0
    changes = await desk.catalogue.store.batch(number)
    if not changes:
        return await _page(desk, visit, 404, NO_SUCH_BATCH)
    try:
        await desk.catalogue.undo(number, who=visit.person.name, at=desk.clock())
    except TwinError as error:
        return await _page(desk, visit, 409, str(error))
    except StaleEditError:
        return await _page(desk, visit, 409, CHANGED_SINCE)
    return see(f"{_after(changes, desk.catalogue.directory)}?done=undone")


async def history_of(desk: Desk, keys: Iterable[Key]) -> list[Batch]:
    """What was changed in some entries, the latest first, each with what belonged to it."""
    changes = [
        change
        for key in frozenset(keys)
        for change in await desk.catalogue.store.history(key=key, limit=MOST_OF_ENTRY)
    ]
    together: dict[int, list[Change]] = {}
    for change in sorted(changes, key=lambda change: change.number):
        together.setdefault(change.batch, []).append(change)
    latest = sorted(together, reverse=True)[:MOST_OF_ENTRY]
    return [await _batch(desk, together[number]) for number in latest]


async def _page(desk: Desk, visit: Visit, status: int = 200, notice: str = "") -> Response:
    """The latest batches before the one that the address names. Their numbers have no gaps."""
    newest = await desk.catalogue.store.history(limit=1)
    last = newest[0].batch if newest else 0
    before = whole_number(visit.request.query_params.get("before", "")) or last + 1
    first = min(before, last + 1) - 1
    numbers = range(first, max(0, first - MOST_BATCHES), -1)
    store = desk.catalogue.store
    begun = [await store.batch(number, most=MOST_ENTRIES) for number in numbers]
    batches = [await _batch(desk, changes) for changes in begun]
    older = numbers[-1] if numbers and numbers[-1] > 1 else 0
    return await directory_page(
        desk, visit, "directory-changes.html", status, notice=notice, batches=batches, older=older
    )


async def _batch(desk: Desk, shown: list[Change]) -> Batch:
    """What these changes belong to; of its other entries only how many they are is read."""
    first, directory = shown[0], await current(desk)
    size, stands = await desk.catalogue.store.extent(first.batch)
    return Batch(
        number=first.batch,
        when=moment_text(first.at),
        who=first.who,
        why=WHYS[first.why],
        is_import=first.why == "imported",
        entries=tuple(_entry(change, directory) for change in shown),
        size=size,
        can_be_undone=stands,
    )


def _entry(change: Change, directory: Directory) -> Entry:
    edit = change.edit
    return Entry(
        name_of(edit, directory),
        _page_of(edit.key, directory),
        differences(edit.before, edit.after, directory),
    )


def _after(changes: list[Change], directory: Directory) -> str:
    """The page that shows what an undoing has led to."""
    (change, *others) = changes
    return PATH if others else _page_of(change.edit.key, directory) or PATH


def _page_of(key: Key, directory: Directory) -> str:
    """Where an entry is looked after, unless it is no more."""
    kind, id = key
    is_there = kind != "service" or service(directory, id)
    return page_of(kind, id) if is_there else ""
