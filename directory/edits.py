"""What people changed in the directory that is shipped, and how it is laid over it (pure).

A change says what an entry was before and after, so that it can be shown and undone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias, TypeVar

from directory.models import Contact, Directory, Provision, Service

Kind = Literal["service", "provision", "contact"]
Why = Literal["added", "edited", "verified", "retired", "imported", "undone"]

Entry: TypeAlias = Service | Provision | Contact
"""What can be changed. A service goes by its id, the others by their municipality's code."""

Key: TypeAlias = tuple[Kind, str]

Each = TypeVar("Each", Service, Provision, Contact)


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants: an entry as they saw it and as it shall be, None where there is none."""

    before: Entry | None
    after: Entry | None

    @property
    def key(self) -> Key:
        entry = self.after or self.before
        if entry is None:
            raise ValueError("An edit from nothing to nothing edits nothing.")
        return key_of(entry)


@dataclass(frozen=True, slots=True)
class Change:
    """An edit that was made. Those of one batch were made, and are undone, together."""

    number: int
    batch: int
    at: datetime
    who: str
    """The pseudonym of whoever made it."""
    why: Why
    edit: Edit


def key_of(entry: Entry) -> Key:
    match entry:
        case Service():
            return "service", entry.id
        case Provision():
            return "provision", entry.municipality_code
        case Contact():
            return "contact", entry.municipality_code


def current(directory: Directory, key: Key) -> Entry | None:
    """Find the entry as it is now."""
    kind, id = key
    return _shelves(directory)[kind].get(id)


def applied(directory: Directory, edits: Iterable[Edit]) -> Directory:
    """Lay edits over a directory, the later over the earlier."""
    last = {edit.key: _placed(edit.after, directory) for edit in edits}
    return replace(
        directory,
        services=_laid(last, "service", directory.services, Service),
        provisions=_laid(last, "provision", directory.provisions, Provision),
        contacts=_laid(last, "contact", directory.contacts, Contact),
    )


def stale(directory: Directory, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Those edits whose entry is not any more what somebody saw."""
    return tuple(edit for edit in edits if current(directory, edit.key) != edit.before)


def undoing(changes: Iterable[Change]) -> tuple[Edit, ...]:
    """The edits that take a batch of changes back, the last one first."""
    newest_first = sorted(changes, key=lambda change: change.number, reverse=True)
    return tuple(Edit(change.edit.after, change.edit.before) for change in newest_first)


def _shelves(directory: Directory) -> Mapping[Kind, Mapping[str, Entry]]:
    return {
        "service": directory.services,
        "provision": directory.provisions,
        "contact": directory.contacts,
    }


def _placed(entry: Entry | None, directory: Directory) -> Entry | None:
    """The entry without places that a newer directory does not have any more."""
    if not isinstance(entry, Service):
        return entry
    known = {
        "municipality_codes": directory.municipalities,
        "district_codes": directory.districts,
        "county_codes": directory.counties,
    }
    kept = {
        name: tuple(code for code in getattr(entry, name) if code in places)
        for name, places in known.items()
    }
    return entry if kept.items() <= dict(entry).items() else entry.model_copy(update=kept)


def _laid(
    last: Mapping[Key, Entry | None], kind: Kind, entries: Mapping[str, Each], type_: type[Each]
) -> dict[str, Each]:
    after = {id: entry for (where, id), entry in last.items() if where == kind}
    removed = {id for id, entry in after.items() if entry is None}
    changed = {id: entry for id, entry in after.items() if isinstance(entry, type_)}
    return {id: entry for id, entry in {**entries, **changed}.items() if id not in removed}
