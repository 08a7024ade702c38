"""When a service answers: OpenStreetMap's `opening_hours` text, read and said in Swedish (pure).

The rules: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification. Where a text leaves
open whether somebody answers (a comment, an open end), we say that we do not know.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, validate

STOCKHOLM = ZoneInfo("Europe/Stockholm")

LONGEST = 300
"""Characters of a text that is read."""

MOST_REMEMBERED = 1024
"""Texts that are kept as they were read; a directory holds fewer."""

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MIDNIGHT = "24:00"

NORMAL_WEEK = datetime(2026, 10, 12)  # noqa: DTZ001 - a week anywhere, in local time
"""The Monday of a week without holidays, far from summer, that stands for any week."""

OTHER_WEEKS = tuple(
    datetime(2026, month, day)  # noqa: DTZ001 - the same
    for month, day in ((1, 19), (3, 9), (7, 13), (10, 5))
)
"""Mondays of weeks without holidays in other seasons, of odd and of even number."""

MANY_WEEKS = tuple(NORMAL_WEEK + number * WEEK for number in range(2 * 53))
"""Mondays of two years: a date that falls on a Sunday in one of them does not in the other."""

UNFIT = (
    (r"\b(sunrise|sunset|dawn|dusk)\b", "Skriv klockslag i stället för solens upp- och nedgång."),
    (r"\bSH\b", "Skollov (SH) är inte kända här; skriv datum i stället."),
    (r"\|\|", "Två lodstreck (||) kan inte läsas här; skriv bara tider som är säkra."),
)
"""What the rules allow and we cannot tell the truth about."""

_QUOTED = re.compile(r'"[^"]*"')
_OPEN_END = re.compile(r"\d\+")
_CLOSED_ON_HOLIDAYS = re.compile(r"\bPH (off|closed)\b")

_DAYS = ("mån", "tis", "ons", "tors", "fre", "lör", "sön")


@dataclass(frozen=True, slots=True)
class Span:
    """Days (Monday is 0) on which somebody answers from `opens` until `closes`, as "08:30".

    `closes` is before `opens` where it is on the day after, "24:00" at midnight, and empty where
    the text leaves the end open.
    """

    days: tuple[int, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class _Piece:
    day: datetime
    opens: str
    closes: str


def fault(text: str) -> str:
    """Say in a sentence why a text cannot be used; "" where it can, or where there is none."""
    if len(text) > LONGEST:
        return f"Öppettiden är längre än {LONGEST} tecken."
    for pattern, sentence in UNFIT:
        if re.search(pattern, _QUOTED.sub("", text)):
            return sentence
    if text.strip() and _parsed(text) is None:
        return 'Öppettiden kan inte läsas; skriv till exempel "Mo-Fr 08:30-16:00; PH off".'
    return ""


def is_open(text: str, at: datetime) -> bool | None:
    """Whether somebody answers at a time, aware or Stockholm's; None where that is not known."""
    hours = _hours(text)
    if hours is None:
        return None
    local = at.astimezone(STOCKHOLM).replace(tzinfo=None) if at.tzinfo else at
    state, comment = hours.state(local)
    if state == State.CLOSED:
        return False
    unsure = state == State.UNKNOWN or comment or _OPEN_END.search(text)
    return None if unsure else True


def week(text: str) -> tuple[Span, ...]:
    """When somebody answers in NORMAL_WEEK, whatever holidays and seasons change."""
    return _week(text, NORMAL_WEEK)


def in_words(text: str) -> str:
    """Say it to people: "mån–fre 08.30–16.00, lör 10–14"; "" where it is not known."""
    return "" if fault(text) else _in_words(text)


@lru_cache(maxsize=MOST_REMEMBERED)
def _in_words(text: str) -> str:
    spans, comments = week(text), _comments(text)
    words = _said(spans)
    if any(_week(text, monday) != spans for monday in OTHER_WEEKS):
        words = f"{words}, andra tider vissa veckor" if words else "bara vissa veckor"
    elif (words or not comments) and _has_odd_days(text):
        words = f"{words}, andra tider vissa dagar" if words else "bara vissa dagar"
    if words and _CLOSED_ON_HOLIDAYS.search(text):
        words += ", stängt helgdagar"
    return f"{words} ({comments})" if words and comments else words or comments


def _has_odd_days(text: str) -> bool:
    """Whether a week of two years is unlike the others, holidays aside: "Dec 24 off"."""
    if _hours(text) is None:
        return False
    hours = OpeningHours(text)  # of no country: it knows no holidays
    weeks = {
        tuple(
            (start - monday, end - monday, state)
            for start, end, state, _ in hours.intervals(monday, monday + WEEK)
        )
        for monday in MANY_WEEKS
    }
    return len(weeks) > 1


def _hours(text: str) -> OpeningHours | None:
    return _parsed(text) if text.strip() and not fault(text) else None


@lru_cache(maxsize=MOST_REMEMBERED)
def _parsed(text: str) -> OpeningHours | None:
    return OpeningHours(text, country="SE") if validate(text) else None


def _week(text: str, monday: datetime) -> tuple[Span, ...]:
    days = defaultdict(list)
    for piece in _pieces(text, monday):
        closes = "" if _ends_open(piece, text) else piece.closes
        days[piece.opens, closes].append(piece.day.weekday())
    spans = (Span(tuple(when), opens, closes) for (opens, closes), when in days.items())
    return tuple(sorted(spans, key=lambda span: (span.days, span.opens)))


def _ends_open(piece: _Piece, text: str) -> bool:
    """Whether the text says nothing of the end, which was then read as midnight."""
    begins = rf"(?<!\d)0?{piece.opens.removeprefix('0')}\+"
    return piece.closes == MIDNIGHT and re.search(begins, text) is not None


def _pieces(text: str, monday: datetime) -> Iterator[_Piece]:
    """Cut the week's open times into days; a night that ends within 24 hours stays whole."""
    for start, end, comment in _open(text, monday):
        if comment and end - start >= DAY:
            continue  # no hours, only words such as "efter överenskommelse"
        for opens, closes in _cut(start, end) if end - start > DAY else [(start, end)]:
            if monday <= opens < monday + WEEK:
                until = f"{closes:%H:%M}"
                yield _Piece(opens, f"{opens:%H:%M}", MIDNIGHT if until == "00:00" else until)


def _open(text: str, monday: datetime) -> Iterator[tuple[datetime, datetime, str]]:
    """List when somebody answers, with comments; a night may begin in the week before."""
    hours = _hours(text)
    if hours:
        for start, end, state, comment in hours.intervals(monday - WEEK, monday + 2 * WEEK):
            if state == State.OPEN:
                yield start, end, comment


def _cut(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    while start < end:
        midnight = start.replace(hour=0, minute=0) + DAY
        yield start, min(midnight, end)
        start = midnight


def _comments(text: str) -> str:
    """Join what the text says in quotation marks."""
    found = (comment for *_, comment in _open(text, NORMAL_WEEK))
    return ", ".join(dict.fromkeys(comment for comment in found if comment))


def _said(spans: tuple[Span, ...]) -> str:
    times: Mapping[int, list[str]] = defaultdict(list)
    for span in sorted(spans, key=lambda span: span.opens):
        for day in span.days:
            times[day].append(_time(span))
    alike = defaultdict(list)
    for day in sorted(times):
        alike[_joined(times[day])].append(day)
    if alike.keys() == {"dygnet runt"} and len(times) == len(_DAYS):
        return "dygnet runt"
    return ", ".join(f"{_days(days)} {when}" for when, days in alike.items())


def _time(span: Span) -> str:
    if (span.opens, span.closes) == ("00:00", MIDNIGHT):
        return "dygnet runt"
    if not span.closes:
        return f"från {_clock(span.opens)}"
    if span.opens.endswith(":00") and span.closes.endswith(":00"):
        return f"{_clock(span.opens)}–{_clock(span.closes)}"
    return f"{span.opens}–{span.closes}".replace(":", ".")


def _clock(time: str) -> str:
    return time.removesuffix(":00").replace(":", ".")


def _days(days: list[int]) -> str:
    """Join days that follow each other: "mån–tis och fre"."""
    if len(days) == len(_DAYS):
        return "alla dagar"
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return _joined([_run(run) for run in runs])


def _run(days: list[int]) -> str:
    return "–".join(_DAYS[day] for day in dict.fromkeys((days[0], days[-1])))


def _joined(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} och {last}" if first else last
