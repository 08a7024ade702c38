"""The opening hours of an HSDS document, as OpenStreetMap's text (pure)."""

import re
from collections.abc import Iterator, Sequence

from directory.hsds_shape import Schedule
from directory.hsds_write import LAST_MINUTE, WEEKDAYS
from directory.opening import MIDNIGHT, fault
from directory.rules import Fault

_TIME = re.compile(r"([0-2][0-9]:[0-5][0-9])(:00)?(\+0[12]:?00)?")
"""Hours and minutes in Sweden; another zone would be another time here."""


class _UnreadableError(Exception):
    """A schedule says what we cannot keep; the text is one sentence."""


def hours(schedules: Sequence[Schedule]) -> tuple[str, list[Fault]]:
    """Take the text that all schedules agree on, or else put days and times together."""
    said = {schedule.description or "" for schedule in schedules}
    if len(said) == 1 and (text := said.pop()).strip() and not fault(text):
        return text, []
    faults: list[Fault] = []
    parts = list(_parts(schedules, faults))
    text = ", ".join(parts)
    if not faults and (wrong := fault(text)):
        faults.append(("/schedules", wrong))
    return text, faults


def _parts(schedules: Sequence[Schedule], faults: list[Fault]) -> Iterator[str]:
    for place, schedule in enumerate(schedules):
        if not schedule.opens_at:
            continue  # words for people; they say nothing that can be counted on
        try:
            yield f"{_days(schedule)} {_times(schedule)}"
        except _UnreadableError as error:
            faults.append((f"/schedules/{place}", str(error)))


def _days(schedule: Schedule) -> str:
    days = [day.strip().upper() for day in (schedule.byday or "").split(",")]
    if schedule.freq not in {None, "WEEKLY"} or not set(days) <= set(WEEKDAYS):
        raise _UnreadableError("ska gälla varje vecka (WEEKLY) på veckodagar som MO,TU,WE.")
    return ",".join(day.title() for day in days)


def _times(schedule: Schedule) -> str:
    closes = _time(schedule.closes_at) if schedule.closes_at else ""
    opens = _time(schedule.opens_at or "")
    return f"{opens}-{MIDNIGHT if closes == LAST_MINUTE else closes}" if closes else f"{opens}+"


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    if not found:
        raise _UnreadableError("ska ha tider i Sverige som 08:30.")
    return found[1]
