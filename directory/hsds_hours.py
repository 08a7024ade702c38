"""The opening hours of an HSDS document, as OpenStreetMap's text (pure).

What a schedule says is kept or refused, never left out: hours that hold for a summer or every other
week are not the hours of every week. Words for people are kept as a comment, so that nobody is said
to answer where they may say otherwise.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from directory.hsds_shape import Schedule
from directory.hsds_write import LAST_MINUTE, LOCAL_TIME, WEEKDAYS
from directory.opening import MIDNIGHT, fault
from directory.rules import Fault

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(9999, 12, 31)
"""What OpenStreetMap's text can say; for a beginning or an end that is not given."""

SWEDISH = (None, 1, 2)
"""Hours before Greenwich, in winter and in summer."""

EVERY: Mapping[float, str] = {
    1: "",
    2: "varannan",
    3: "var tredje",
    4: "var fjärde",
    5: "var femte",
    6: "var sjätte",
}
"""Of so many weeks or months one counts."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""As OpenStreetMap writes them."""

PERIODS = {"WEEKLY": "vecka", "MONTHLY": "månad"}

_TIME = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)(:00)?(\+0[12]:?00)?")
"""Hours and minutes in Sweden; another zone would be another time here."""

_DAY = re.compile(rf"([1-5]|-[1-5]|)({'|'.join(WEEKDAYS)})")
"""A weekday, in a schedule for months with its number: 1MO is the first Monday, -1FR the last."""

_WEEKLY = "ska gälla varje vecka (WEEKLY) på veckodagar som MO,TU,WE."
_MONTHLY = "ska gälla veckor (WEEKLY), eller månader (MONTHLY) på veckodagar som 1MO eller -1FR."
_COUNTED = "är bunden till vissa datum, veckor eller gånger; det kan inte läsas här."
_MISDATED = "ska ha datum som 2026-06-05, och börja gälla innan den slutar."
_RARE = f"ska ha interval från 1 till {max(EVERY)}."
_CLOCK = "ska ha tider i Sverige som 08:30."
_UNOPENED = "ska ha opens_at där den har dagar, datum eller tider."


class _UnreadableError(Exception):
    """A schedule says what we cannot keep; the text is one sentence."""


def hours(schedules: Sequence[Schedule]) -> tuple[str, list[Fault]]:
    """Take the text that all schedules agree on, or else put days and times together."""
    if text := _agreed(schedules):
        return text, []
    faults: list[Fault] = []
    parts = list(_parts(schedules, faults))
    text = ", ".join(parts) or _comment(_words_alone(schedules))
    if not faults and (wrong := fault(text)):
        faults.append(("/schedules", wrong))
    return text, faults


def _agreed(schedules: Sequence[Schedule]) -> str:
    """The one text that all of them have and that can be read; "" where some say more."""
    said = {schedule.description or "" for schedule in schedules}
    text = said.pop().strip() if len(said) == 1 else ""
    says_more = any(_notes(each) or _is_limited(each) for each in schedules)
    return "" if fault(text) or says_more else text


def _is_limited(schedule: Schedule) -> bool:
    """Whether it holds for a time only, or for some weeks: of which a text may say nothing."""
    ends = (schedule.valid_from, schedule.valid_to, schedule.dtstart, schedule.until)
    return any(ends) or schedule.interval not in {None, 1} or _is_counted(schedule)


def _is_counted(schedule: Schedule) -> bool:
    counted = (schedule.bymonthday, schedule.byweekno, schedule.byyearday)
    return any(counted) or schedule.count is not None


def _parts(schedules: Sequence[Schedule], faults: list[Fault]) -> Iterator[str]:
    alone = _words_alone(schedules)
    for place, schedule in enumerate(schedules):
        try:
            if schedule.opens_at:
                yield _part(schedule, alone)
            elif schedule.closes_at or schedule.byday or _is_limited(schedule):
                raise _UnreadableError(_UNOPENED)  # noqa: TRY301 - one place makes it a fault
        except _UnreadableError as error:
            faults.append((f"/schedules/{place}", str(error)))


def _part(schedule: Schedule, alone: Sequence[str]) -> str:
    if _is_counted(schedule):
        raise _UnreadableError(_COUNTED)
    weekly = f"{_days(schedule)} {_times(schedule)}"
    words = [each for each in _words(schedule) if each != weekly]
    said = (_dates(schedule), weekly, _comment([_every(schedule), *words, *alone]))
    return " ".join(filter(None, said))


def _words_alone(schedules: Sequence[Schedule]) -> list[str]:
    """What schedules without hours say to people; it may be said of the hours of any other."""
    return [words for each in schedules if not each.opens_at for words in _words(each)]


def _words(schedule: Schedule) -> tuple[str, str]:
    return _plain(schedule.description), _notes(schedule)


def _notes(schedule: Schedule) -> str:
    """What it says besides; that times are Swedish, as we write ourselves, goes without saying."""
    return "" if schedule.notes == LOCAL_TIME else _plain(schedule.notes)


def _plain(text: str | None) -> str:
    """One line without quotation marks, as a comment must be."""
    return " ".join((text or "").replace('"', "").split())


def _comment(words: Sequence[str]) -> str:
    said = ", ".join(dict.fromkeys(filter(None, words)))
    return f'"{said}"' if said else ""


def _dates(schedule: Schedule) -> str:
    """From when until when it holds; "" where it holds for ever."""
    begins = [_date(each) for each in (schedule.valid_from, schedule.dtstart) if each]
    ends = [_date(each) for each in (schedule.valid_to, schedule.until) if each]
    if not (begins or ends):
        return ""
    first, last = max(begins, default=FIRST_DAY), min(ends, default=LAST_DAY)
    if first > last:
        raise _UnreadableError(_MISDATED)
    return f"{_dated(first)}-{_dated(last)}"


def _date(text: str) -> date:
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        raise _UnreadableError(_MISDATED) from None
    return max(found, FIRST_DAY)


def _dated(day: date) -> str:
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"


def _days(schedule: Schedule) -> str:
    """The weekdays as they come every week, or with their numbers in the month: Mo,We or Mo[1]."""
    is_monthly = schedule.freq == "MONTHLY"
    if schedule.freq not in {None, *PERIODS}:
        raise _UnreadableError(_WEEKLY)
    days = [_DAY.fullmatch(day.strip().upper()) for day in (schedule.byday or "").split(",")]
    if not all(day and (is_monthly or not day[1]) for day in days):
        raise _UnreadableError(_MONTHLY if is_monthly else _WEEKLY)
    return ",".join(f"{day[2].title()}{_numbered(day[1])}" for day in days if day)


def _numbered(number: str) -> str:
    return f"[{number}]" if number else ""


def _every(schedule: Schedule) -> str:
    """What to say where only one of several weeks or months counts, and nobody can tell which."""
    every = EVERY.get(1 if schedule.interval is None else schedule.interval)
    if every is None:
        raise _UnreadableError(_RARE)
    return f"{every} {PERIODS[schedule.freq or 'WEEKLY']}" if every else ""


def _times(schedule: Schedule) -> str:
    closes = _time(schedule.closes_at) if schedule.closes_at else ""
    opens = _time(schedule.opens_at or "")
    if schedule.timezone not in SWEDISH:
        raise _UnreadableError(_CLOCK)
    return f"{opens}-{MIDNIGHT if closes == LAST_MINUTE else closes}" if closes else f"{opens}+"


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    if not found:
        raise _UnreadableError(_CLOCK)
    return found[1]
