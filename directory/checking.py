"""Whether the directory can be relied on, and what people should look at next (pure)."""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Literal, TypeAlias, get_args

from directory.edits import Key
from directory.finder import NEEDS, Need, find, national
from directory.freshness import STALE, is_lasting, last_day
from directory.load import faults as contradictions
from directory.models import Directory, Municipality, Service
from directory.provision import provided, provision_of
from directory.rules import unreached, unsound, unsupported
from directory.search import search
from directory.twins import likeness

MUNICIPALITIES = 290
COUNTIES = 21

OLD = timedelta(days=183)
"""Six months: after this somebody should check an entry again. After STALE visitors are told."""

ASKING = (None, *NEEDS)
"""Whoever asks: somebody who did not say, and each role."""

GIVEN = frozenset({"own", "shared", "regional"})
"""What a municipality has only where a service gives it."""

TaskKind: TypeAlias = Literal[
    "contradiction", "no_phone", "unverified", "old", "undated", "unknown_provision", "no_contact"
]
"""The first misleads visitors, the second leaves them without a way in; the last are gaps."""

KINDS: tuple[TaskKind, ...] = get_args(TaskKind)
"""What matters most comes first."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at; an entry may want several."""

    kind: TaskKind
    key: Key
    name: str
    is_stale: bool = False
    """Its last check was so long ago that visitors are told."""


def faults(directory: Directory, today: date) -> tuple[str, ...]:
    """Whatever is not whole, not dated or not to be found, one sentence each."""
    return broken(directory, today) or unreachable(directory)


def broken(directory: Directory, today: date) -> tuple[str, ...]:
    """What is missing, contradicts itself, cannot be read or does not say how old it is."""
    return (
        *_miscounted(directory),
        *contradictions(directory),
        *_doubled(directory),
        *_without_line(directory),
        *_unfit(directory, today),
        *_misrecorded(directory, today),
    )


def takes_last_line(before: Directory, after: Directory) -> bool:
    """Whether a change leaves somebody without a national line, with which every answer ends."""
    return any(_has_line(before, role) and not _has_line(after, role) for role in ASKING)


def unreachable(directory: Directory) -> tuple[str, ...]:
    """Places without an answer and services that nobody finds, in a directory that is whole."""
    found: set[str] = set()
    unanswered = []
    for code, place in directory.municipalities.items():
        for role in ASKING:
            matches = find(directory, code, need=Need(role=role))
            found |= {match.service.id for match in matches}
            if not matches:
                unanswered.append(f"{place.name} has no answer for {role or 'anybody'}.")
    lost = (each for each in directory.living_services() if not _is_found(directory, each, found))
    return (*unanswered, *(f"{service.id} is found by nobody." for service in lost))


def tasks(directory: Directory, today: date) -> tuple[Task, ...]:
    """The work list: by kind in the order of KINDS, in each the longest unchecked first."""
    entries = sorted(directory.living_services(), key=lambda each: each.name)
    entries.sort(key=lambda each: last_day(each) or date.min)
    places = sorted(directory.municipalities.values(), key=lambda each: each.name)
    found = [
        *(task for each in entries for task in _of_service(each, today)),
        *(task for each in places for task in _of_place(directory, each)),
    ]
    return tuple(sorted(found, key=lambda task: KINDS.index(task.kind)))


def _of_service(service: Service, today: date) -> Iterator[Task]:
    key: Key = ("service", service.id)
    last = last_day(service)
    age = today - last if last else timedelta()
    stale = age > STALE
    if not service.phones:
        yield Task("no_phone", key, service.name, stale)
    if service.status == "unverified":
        yield Task("unverified", key, service.name, stale)
    if age > OLD:
        yield Task("old", key, service.name, stale)
    if last is None and not is_lasting(service):
        yield Task("undated", key, service.name)


def _of_place(directory: Directory, place: Municipality) -> Iterator[Task]:
    recorded = directory.provisions.get(place.code)
    if recorded and (recorded.kind in GIVEN) != (provided(directory, place.code).kind in GIVEN):
        yield Task("contradiction", ("provision", place.code), place.name)
    elif provision_of(directory, place.code).kind == "unknown":
        yield Task("unknown_provision", ("provision", place.code), place.name)
    contact = directory.contacts.get(place.code)
    if not (contact and contact.phone):
        yield Task("no_contact", ("contact", place.code), place.name)


def _miscounted(directory: Directory) -> Iterator[str]:
    if (n := len(directory.municipalities)) != MUNICIPALITIES:
        yield f"There are {n} municipalities; Sweden has {MUNICIPALITIES}."
    if (n := len(directory.counties)) != COUNTIES:
        yield f"There are {n} counties; Sweden has {COUNTIES}."


def _doubled(directory: Directory) -> Iterator[str]:
    """Living entries that visitors could not tell apart."""
    living = directory.living_services()
    names = {likeness(each): each.name for each in reversed(living)}
    for alike, times in Counter(map(likeness, living)).items():
        if times > 1:
            yield f"{names[alike]} stands there {times} times for the same places."


def _without_line(directory: Directory) -> Iterator[str]:
    """Whom no line in service is for, if anybody: the first of them."""
    for role in islice((role for role in ASKING if not _has_line(directory, role)), 1):
        yield f"No national line is in service for {role or 'anybody'}; keep one that is."


def _has_line(directory: Directory, role: str | None) -> bool:
    return bool(national(directory, need=Need(role=role)))


def _unfit(directory: Directory, today: date) -> Iterator[str]:
    for service in directory.services.values():
        for column, sentence in unsound(service, today):
            yield f"{service.id}, {column}: {sentence}"


def _misrecorded(directory: Directory, today: date) -> Iterator[str]:
    for entries in (directory.provisions, directory.contacts):
        for code, entry in entries.items():
            if entry.checked and entry.checked > today:
                yield f"What is known of municipality {code} is checked in the future."
    for code, contact in directory.contacts.items():
        for column, sentence in unreached(contact):
            yield f"The switchboard of municipality {code}, {column}: {sentence}"
    for code, provision in directory.provisions.items():
        for column, sentence in unsupported(provision):
            yield f"The provision of municipality {code}, {column}: {sentence}"


def _is_found(directory: Directory, service: Service, by_place: AbstractSet[str]) -> bool:
    """Whether a place leads to its id; a national one or one not offered may be searched for."""
    if service.offered and not service.national:
        return service.id in by_place
    words = (service.name, service.operator)
    return any(service in search(directory, each) for each in words)
