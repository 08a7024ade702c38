"""How much an entry of the directory can be relied on, by when it was last checked (pure)."""

import re
from datetime import date, timedelta
from typing import Literal

from babel.dates import format_date

from directory.models import Service

Age = Literal["verified", "recent", "old", "dated", "unknown", "lasting"]

STALE = timedelta(days=365)
"""After this an entry is said to be old, whoever checked it."""

_MONTH = re.compile(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)


def age(service: Service, today: date) -> Age:
    """Verified by somebody of ours, from a recent source, old, or from some year or none.

    "lasting" is what follows from the law: every municipality has social services.
    """
    if service.checked is None:
        return _undated(service)
    if today - service.checked > STALE:
        return "old"
    return "verified" if service.status == "verified" else "recent"


def year_of(service: Service, locale: str = "sv") -> str:
    """How old the source is in its own words, such as "cirka 2015"; '' where they name no year.

    A month is said as people say it: 2020-08 is "augusti 2020".
    """
    if _MONTH.fullmatch(service.as_of):
        return format_date(date.fromisoformat(f"{service.as_of}-01"), "MMMM y", locale)
    return service.as_of if re.match(r"(cirka )?[0-9]", service.as_of) else ""


def _undated(service: Service) -> Age:
    if service.social_services and not service.source:
        return "lasting"
    return "dated" if year_of(service) else "unknown"
