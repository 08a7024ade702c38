"""Sweden drawn by what each municipality has, or by when that was last checked; and as tables."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from bot.desk.directory_desk import current, directory_page, today
from bot.desk.directory_words import KINDS, NOTHING, day
from directory.checking import OLD
from directory.freshness import STALE, last_day, year_of
from directory.models import County, DatedFact, Directory, Municipality, Provision
from directory.outlines import Frame, fitted, paths
from directory.provision import provision_of

WIDTH = 400
"""Units of the picture from west to east."""

AGES: Mapping[str, str] = {
    "fresh": "inom sex månader",
    "ageing": "inom ett år",
    "stale": "för mer än ett år sedan",
    "never": "aldrig, eller okänt när",
}
VIEWS: Mapping[str, str] = {"provision": "Utbud", "freshness": "När det kontrollerades"}
LEGENDS: Mapping[str, Mapping[str, str]] = {"provision": KINDS, "freshness": AGES}
COLUMNS: Mapping[str, str] = {
    "own": "egen",
    "shared": "delad",
    "regional": "hela länet",
    "individual_talks": "enskilda samtal",
    "unknown": "okänt",
    "fresh": "sex månader",
    "ageing": "ett år",
    "stale": "äldre",
    "never": "okänt",
}
"""The legend in a word or two, over the table."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The outlines as SVG paths, by code."""

    frame: Frame
    municipalities: Mapping[str, str]
    counties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One municipality as the map and the table show it. `value` is a code of the legend."""

    place: Municipality
    value: str
    words: str
    checked: str


@dataclass(frozen=True, slots=True)
class Part:
    """One county of the table, with how many of its municipalities have each value."""

    county: County
    counts: Counter[str]
    rows: Sequence[Row]


async def show_map(desk: Desk, visit: Visit) -> Response:
    directory = await current(desk)
    asked = visit.request.query_params.get("view", "")
    view = asked if asked in VIEWS else "provision"
    rows = _rows(directory, view, today(desk))
    return await directory_page(
        desk,
        visit,
        "directory-map.html",
        view=view,
        views=VIEWS,
        legend=LEGENDS[view],
        columns=COLUMNS,
        drawing=drawing(),
        rows=rows,
        counts=Counter(row.value for row in rows),
        parts=_parts(directory, rows),
        facts=_facts(directory),
    )


@cache
def drawing() -> Drawing:
    """Draw what is shipped, once."""
    municipalities, counties = _topology("municipalities"), _topology("counties")
    frame = fitted(municipalities, width=WIDTH)
    return Drawing(frame, paths(municipalities, frame), paths(counties, frame))


def age_of(checked: date | None, now: date) -> str:
    """Say how long ago something was checked, as a code of AGES."""
    if checked is None:
        return "never"
    if now - checked <= OLD:
        return "fresh"
    return "ageing" if now - checked <= STALE else "stale"


def _topology(name: str) -> Any:
    path = files("directory") / "data" / "geo" / f"{name}.topojson"
    return json.loads(path.read_text(encoding="utf-8"))


def _rows(directory: Directory, view: str, now: date) -> list[Row]:
    value: Callable[[Provision], str] = (
        (lambda it: it.kind) if view == "provision" else (lambda it: age_of(last_day(it), now))
    )
    rows = []
    for place in sorted(directory.municipalities.values(), key=lambda each: each.name):
        provision = provision_of(directory, place.code)
        code, words = value(provision), KINDS[provision.kind]
        since = day(provision.checked) if provision.checked else year_of(provision) or NOTHING
        rows.append(Row(place, code, words, since))
    return rows


def _parts(directory: Directory, rows: Sequence[Row]) -> list[Part]:
    return [
        Part(county, Counter(row.value for row in mine), mine)
        for county in directory.counties.values()
        for mine in [[row for row in rows if row.place.county_code == county.code]]
    ]


def _facts(directory: Directory) -> list[tuple[County, int, DatedFact]]:
    """Give what was once counted, each with its county and how many municipalities that has."""
    facts = sorted(directory.dated_facts, key=lambda fact: (fact.as_of, fact.county_code))
    return [
        (
            directory.counties[fact.county_code],
            len(directory.municipalities_of(fact.county_code)),
            fact,
        )
        for fact in facts
    ]
