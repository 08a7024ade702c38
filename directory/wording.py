"""What people read of an entry: how far it can be relied on, whether somebody answers (pure).

The conversation says the same in its own texts, in the visitor's language.
"""

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date

from directory.freshness import Age, age, year_of
from directory.models import Service
from directory.opening import in_words, is_open

LANGUAGE = "sv"

AGES: Mapping[Age, str] = {
    "verified": "Kontrollerad {}.",
    "recent": "Uppgiften är från {} och kan ha ändrats.",
    "old": "Uppgiften är gammal, från {}. Den kan ha ändrats.",
    "dated": "Uppgiften är från {} och kan ha ändrats.",
    "unknown": "Vi vet inte när uppgiften senast stämde.",
    "lasting": "Socialtjänst finns i alla kommuner.",
}
"""For whoever looks for help."""

SHORT_AGES: Mapping[Age, str] = {
    "verified": "kontrollerad {}",
    "recent": "uppgift från {}",
    "old": "gammal uppgift, från {}",
    "dated": "uppgift från {}",
    "unknown": "okänt hur gammal uppgiften är",
    "lasting": "finns i alla kommuner",
}
"""For whoever works with it."""

STATES: Mapping[bool, str] = {True: "öppet nu", False: "stängt nu"}


def freshness(service: Service, today: date) -> str:
    """Say in a sentence how far an entry can be relied on."""
    day = format_date(service.checked, "long", LANGUAGE) if service.checked else year_of(service)
    return AGES[age(service, today)].format(day)


def freshness_in_short(service: Service, today: date) -> str:
    """Say the same in a few words: "uppgift från 2026-06-04"."""
    return SHORT_AGES[age(service, today)].format(service.checked or year_of(service))


def answering(hours: str, now: datetime) -> tuple[bool | None, str]:
    """Whether somebody answers now, None where that is not known, and the hours in words."""
    words = in_words(hours)
    return (is_open(hours, now) if words else None), words


def answering_in_short(hours: str, now: datetime) -> str:
    """Say the same in a few words: "öppet nu (dygnet runt)"; "" where nothing is known."""
    is_so, words = answering(hours, now)
    return words if is_so is None else f"{STATES[is_so]} ({words})"
