"""The directory as it is now: the one that is shipped with everything that people changed in it.

The service and the commands may change it at the same time. Whoever changes what somebody else
has changed meanwhile is told so, and nothing is changed.
"""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Self

from bot.store.directory import DirectoryStore, OvertakenError
from directory.checking import takes_last_line
from directory.edits import Edit, Key, Why, applied, current, stale, undoing
from directory.load import load
from directory.models import Contact, Directory, Provision, Service
from directory.search import search
from directory.twins import likeness, twins

FILE = "directory.db"
"""What the database is called in the data folder."""

WARMING = "Malmö"
"""A search by which the names of places and services are gathered before visitors need them."""

MOST_NAMED = 3
"""Entries that a sentence names."""


class StaleEditError(Exception):
    """Somebody changed an entry meanwhile; the text is one sentence that says which."""


class RefusedError(StaleEditError):
    """The directory would not be whole any more; the text says why."""


class TwinError(RefusedError):
    """Two entries would stand there that visitors could not tell apart; the text says which."""


class LastLineError(RefusedError):
    """No national line, with which every answer ends, would be left for some who ask."""

    def __init__(self) -> None:
        super().__init__(
            "Det är den sista nationella linjen för några av dem som söker; minst en ska stå kvar. "
            "Inget är ändrat."
        )


class Catalogue:
    """Open it with `Catalogue.open`; close it when done. Methods raise StoreError."""

    def __init__(self, store: DirectoryStore, base: Directory) -> None:
        self.store = store
        self._base = base
        self._directory = base
        self._last: dict[Key, Edit] = {}
        self._first: dict[Key, Edit] = {}
        self._seen = 0
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path, base: Directory) -> Self:
        """Lay the changes kept in `path` over `base`.

        An entry keeps what people made of it, also where a newer `base` has it otherwise.
        """
        store = await DirectoryStore.open(path)
        catalogue = cls(store, base)
        try:
            await catalogue.refresh()
        except BaseException:
            await store.close()
            raise
        return catalogue

    async def close(self) -> None:
        await self.store.close()

    @property
    def directory(self) -> Directory:
        """The directory as far as it is known here; the same object until something changes."""
        return self._directory

    async def refresh(self) -> None:
        """Take in what another process has changed; cheap when that is nothing."""
        async with self._turn:
            await self._catch_up()

    async def change(self, edits: Iterable[Edit], *, who: str, why: Why, at: datetime) -> int:
        """Make all edits or none; give the number of their batch, 0 when they change nothing.

        StaleEditError when an entry is not any more what the edit says it was before, TwinError
        when it would be like another one, LastLineError when some had no national line.
        """
        real = [edit for edit in edits if edit.before != edit.after]
        if len({edit.key for edit in real}) < len(real):
            raise ValueError("Two edits of one batch change the same entry.")
        async with self._turn:
            return await self._add(real, who, why, at) if real else 0

    async def undo(self, batch: int, *, who: str, at: datetime) -> int:
        """Take a batch back, as a new batch whose number is given. An undoing can be undone too.

        StaleEditError when its entries have changed since; KeyError when there is no such batch.
        """
        changes = await self.store.batch(batch)
        if not changes:
            raise KeyError(batch)
        async with self._turn:
            return await self._add(undoing(changes), who, "undone", at)

    async def _add(self, edits: Iterable[Edit], who: str, why: Why, at: datetime) -> int:
        edits = tuple(edits)
        while True:
            await self._catch_up()
            if outdated := stale(self._directory, edits):
                raise StaleEditError(_sentence(self._directory, outdated))
            if alike := _new_twins(self._directory, edits):
                raise TwinError(_twins_sentence(alike))
            if takes_last_line(self._directory, applied(self._directory, edits)):
                raise LastLineError
            try:
                batch = await self.store.add(edits, who=who, why=why, at=at, seen=self._seen)
            except OvertakenError:
                continue
            await self._catch_up()
            return batch

    async def _catch_up(self) -> None:
        new = await self.store.changes(after=self._seen)
        if new:
            for change in new:
                self._first.setdefault(change.edit.key, change.edit)
                self._last[change.edit.key] = change.edit
            directory = applied(self._base, self._laid())
            await asyncio.to_thread(search, directory, WARMING)
            self._directory = directory
            self._seen = new[-1].number

    def _laid(self) -> Iterator[Edit]:
        """The newest edit of each entry, but for those that brought back what it was at first.

        So what was undone follows the shipped directory again.
        """
        for key, edit in self._last.items():
            if edit.after != self._first[key].before:
                yield edit


async def as_it_is(folder: Path) -> Directory:
    """The directory with what people changed in it; in an empty folder nothing is made."""
    if not (folder / FILE).exists():
        return load()
    catalogue = await Catalogue.open(folder / FILE, load())
    try:
        return catalogue.directory
    finally:
        await catalogue.close()


def _new_twins(directory: Directory, edits: tuple[Edit, ...]) -> list[Service]:
    """Those that others would be taken for, but where they were before."""
    made = [edit.after for edit in edits if isinstance(edit.after, Service)]
    told = {edit.after.id for edit in edits if isinstance(edit.after, Service) and _is_told(edit)}
    return [other for each, other in twins(directory, made) if each.id in told]


def _is_told(edit: Edit) -> bool:
    """Whether an edit gives an entry a new name or place, or brings it back."""
    before, after = edit.before, edit.after
    if not (isinstance(before, Service) and isinstance(after, Service)):
        return True
    return before.status == "retired" or likeness(before) != likeness(after)


def _twins_sentence(alike: list[Service]) -> str:
    named = ", ".join(each.name for each in alike[:MOST_NAMED])
    more = len(alike) - MOST_NAMED
    return (
        "Det finns redan en post med samma namn, huvudman och platser: "
        f"{named}{f' och {more} till' if more > 0 else ''}. Inget är ändrat."
    )


def _sentence(directory: Directory, outdated: tuple[Edit, ...]) -> str:
    names = [_name(directory, edit) for edit in outdated[:MOST_NAMED]]
    more = len(outdated) - len(names)
    named = ", ".join(names) + (f" och {more} till" if more else "")
    return (
        f"Någon annan har ändrat under tiden: {named}. "
        "Ingenting har sparats. Läs in uppgifterna på nytt och gör om ändringen."
    )


def _name(directory: Directory, edit: Edit) -> str:
    match current(directory, edit.key) or edit.after or edit.before:
        case Service() as service:
            return service.name
        case Provision() | Contact() as entry:
            place = directory.municipalities.get(entry.municipality_code)
            return place.name if place else entry.municipality_code
        case None:
            return ""
