"""How much an entry of the directory can be relied on, by when it was last checked (pure)."""

import re
from datetime import date, timedelta
from typing import Literal

from directory.models import Service

Age = Literal["verified", "recent", "old", "dated", "unknown", "lasting"]

STALE = timedelta(days=365)
"""After this an entry is said to be old, whoever checked it."""


def age(service: Service, today: date) -> Age:
    """Verified by somebody of ours, from a recent source, old, or from some year or none.

    "lasting" is what follows from the law: every municipality has social services.
    """
    if service.checked is None:
        return _undated(service)
    if today - service.checked > STALE:
        return "old"
    return "verified" if service.status == "verified" else "recent"


def year_of(service: Service) -> str:
    """How old the source is in its own words, such as "cirka 2015"; '' where they name no year."""
    return service.as_of if re.match(r"(cirka )?[0-9]", service.as_of) else ""


def _undated(service: Service) -> Age:
    if service.social_services and not service.source:
        return "lasting"
    return "dated" if year_of(service) else "unknown"
