"""The work list: what in the directory somebody should look at next."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from bot.desk.directory_desk import current, directory_page, today
from bot.desk.directory_words import page_of
from directory.checking import KINDS, Task, TaskKind, tasks
from directory.models import Directory

NAMES: Mapping[TaskKind, str] = {
    "contradiction": "Motsägelser",
    "no_phone": "Utan telefon",
    "unverified": "Inte kontrollerade",
    "old": "Äldre än sex månader",
    "undated": "Utan datum",
    "unknown_provision": "Okänt utbud",
    "no_contact": "Kommuner utan växel",
}
WHAT_TO_DO: Mapping[TaskKind, str] = {
    "contradiction": "Det som är antecknat om kommunen går inte ihop med vilka verksamheter som "
    "finns där. Rätta det ena eller det andra.",
    "no_phone": "Ta reda på numret och skriv in det.",
    "unverified": "Ring, mejla eller läs på webben. Tryck sedan på ”Kontrollerad i dag”.",
    "old": "Ring, mejla eller läs på webben om uppgifterna fortfarande stämmer.",
    "undated": "Ingen vet hur gamla uppgifterna är. Ring, mejla eller läs på webben om de stämmer.",
    "unknown_provision": "Fråga kommunen vad den har för den som använder våld, och anteckna det.",
    "no_contact": "Ta reda på numret till kommunens växel.",
}
WHOLE_COUNTRY = ""
"""Stands for the county of what is there for everybody."""


@dataclass(frozen=True, slots=True)
class Group:
    """What there is to do in one county."""

    heading: str
    tasks: Sequence[tuple[Task, str]]
    """Each with the page where it is done."""


async def show_work(desk: Desk, visit: Visit) -> Response:
    """One kind of task, the first that there is unless another is asked for; by county."""
    directory, asked = await current(desk), visit.request.query_params
    everything = tasks(directory, today(desk))
    county = asked.get("county", "")
    county = county if county in directory.counties else ""
    here = [each for each in everything if not county or county in _counties(each, directory)]
    counts = Counter(each.kind for each in here)
    kind = next((each for each in KINDS if each == asked.get("kind")), _first(counts))
    chosen = [each for each in here if each.kind == kind]
    return await directory_page(
        desk,
        visit,
        "directory-work.html",
        kind=kind,
        names=NAMES,
        what_to_do=WHAT_TO_DO,
        counts=counts,
        county=county,
        counties=directory.counties.values(),
        total=len(chosen),
        groups=_groups(chosen, directory, county),
    )


def _first(counts: Counter[TaskKind]) -> TaskKind:
    return next((kind for kind in KINDS if counts[kind]), KINDS[0])


def _groups(chosen: Iterable[Task], directory: Directory, county: str) -> list[Group]:
    """Sort tasks under their county, the whole country first."""
    found: dict[str, list[tuple[Task, str]]] = defaultdict(list)
    for task in chosen:
        where = county or min(_counties(task, directory), default=WHOLE_COUNTRY)
        found[where].append((task, page_of(*task.key)))
    return [Group(_heading(code, directory), found[code]) for code in sorted(found)]


def _heading(county: str, directory: Directory) -> str:
    return directory.counties[county].name if county else "Hela landet"


def _counties(task: Task, directory: Directory) -> set[str]:
    """The counties that a task belongs to; none for what is there for everybody."""
    kind, id = task.key
    if kind != "service":
        return {directory.municipalities[id].county_code}
    service = directory.services[id]
    places = (directory.municipalities[code] for code in service.municipality_codes)
    return {*service.county_codes, *(place.county_code for place in places)}
