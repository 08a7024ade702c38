"""How much an entry of the directory can be relied on, by when it was last checked (pure)."""

import re
from datetime import date, timedelta
from typing import Literal, Protocol

from babel.dates import format_date

from directory.models import Service

Age = Literal["verified", "recent", "old", "dated", "unknown", "lasting"]

STALE = timedelta(days=365)
"""After this an entry is said to be old, whoever checked it."""

NO_YEAR = "okänt"
"""How the age of a page begins that names no year."""

_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)
_READ = re.compile(r"\W*\bläst\b.*", re.IGNORECASE | re.DOTALL)
"""When somebody read a page, which is no date of what stands there: "okänt år; läst 2026"."""

_YEAR = re.compile(r"\b((?:19|20)[0-9]{2})(?:-(0[1-9]|1[0-2])\b)?", re.ASCII)


class Dated(Protocol):
    """Whatever says how old it is: by the day it was checked, or in a source's own words."""

    @property
    def checked(self) -> date | None: ...
    @property
    def as_of(self) -> str: ...


def age(service: Service, today: date) -> Age:
    """Verified by somebody of ours, from a recent source, old, or from some year or none.

    "lasting" is what follows from the law: every municipality has social services.
    """
    if is_lasting(service):
        return "lasting"
    last = last_day(service)
    if last is None:
        return "unknown"
    if today - last > STALE:
        return "old"
    if service.checked is None:
        return "dated"
    return "verified" if service.status == "verified" else "recent"


def is_lasting(service: Service) -> bool:
    """Whether it says only what follows from the law, which does not age."""
    return service.social_services and not (service.source or service.checked)


def last_day(entry: Dated) -> date | None:
    """The last day that an entry can tell of: when it was checked, or the end of what it names.

    Of "2018–2020" that is 31 December 2020, of "2020-08" 31 August; None where no year is named.
    """
    if entry.checked or not _names_year(entry):
        return entry.checked
    year, month = _YEAR.findall(_told(entry))[-1]
    following = int(year) * 12 + int(month or 12)
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)


def tells_age(entry: Dated) -> bool:
    """Whether its words say how old it is, be it that nobody knows: "okänt år; läst 2026"."""
    return _names_year(entry) or _told(entry).casefold().startswith(NO_YEAR)


def year_of(entry: Dated, locale: str = "sv") -> str:
    """How old the source is in its own words, such as "cirka 2015"; '' where they name no year.

    A month is said as people say it: 2020-08 is "augusti 2020".
    """
    told = _told(entry)
    if _MONTH.fullmatch(told):
        return format_date(date.fromisoformat(f"{told}-01"), "MMMM y", locale)
    return told if _names_year(entry) else ""


def _told(entry: Dated) -> str:
    """What a source says of its age, without when somebody read it."""
    return _READ.sub("", entry.as_of)


def _names_year(entry: Dated) -> bool:
    told = _told(entry)
    return bool(_YEAR.search(told)) and not told.casefold().startswith(NO_YEAR)
