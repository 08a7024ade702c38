"""The first page of the directory at the desk: searching it, and the ways to everything else."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from bot.desk.directory_desk import current, directory_page, today
from bot.desk.directory_words import STATUSES, age_beside_status
from bot.desk.entries import where_served
from bot.words import cleaned
from directory.models import Directory, Municipality, Service
from directory.places import understand
from directory.search import search
from directory.spelling import fold, key

MOST_SHOWN = 100
"""Entries on the page; whoever wants another one searches for it."""

LONGEST_SEARCH = 200
"""Characters of a search that the page repeats; no more of them are looked at."""


@dataclass(frozen=True, slots=True)
class Hit:
    service: Service
    where: str
    age: str


async def show_directory(desk: Desk, visit: Visit) -> Response:
    """All entries, those of one status, or those that a search finds."""
    directory = await current(desk)
    words = cleaned(visit.request.query_params.get("find", ""))[:LONGEST_SEARCH]
    status = visit.request.query_params.get("status", "")
    status = status if status in STATUSES else ""
    found = _found(directory, words)
    home, now = understand(words, directory).municipality, today(desk)
    shown = [each for each in found if status in {"", each.status}]
    return await directory_page(
        desk,
        visit,
        "directory-list.html",
        words=words,
        chosen=status,
        statuses=STATUSES,
        hits=[_hit(each, directory, home, now) for each in shown[:MOST_SHOWN]],
        counts=Counter(each.status for each in found),
        total=len(found),
        more=max(0, len(shown) - MOST_SHOWN),
    )


def _hit(service: Service, directory: Directory, home: Municipality | None, now: date) -> Hit:
    where = where_served(service, directory, home)
    return Hit(service, where, age_beside_status(service, now))


def _found(directory: Directory, words: str) -> list[Service]:
    """Find what counsellors find, and what is retired; without words all that is stored."""
    stored = sorted(directory.services.values(), key=lambda each: each.name.casefold())
    if not words:
        return stored
    retired = [each for each in stored if each.status == "retired"]
    return [*search(directory, words), *_named(retired, words)]


def _named(services: Iterable[Service], words: str) -> list[Service]:
    """Keep those whose name or operator holds every word."""
    wanted = fold(key(words)).split()
    return [
        each
        for each in services
        if wanted and all(word in fold(key(f"{each.name} {each.operator}")) for word in wanted)
    ]
