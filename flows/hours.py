"""When a channel is open, and how we say it.

An exception stands above weekly hours and holidays for its date; a holiday closes its date.
Hours are told on Swedish clocks: everything is compared as instants, answered in Stockholm time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Literal

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from holidays import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

from flows.line import WEEKDAYS, Channel, DatedException, Interval, Line
from flows.stockholm import STOCKHOLM
from flows.texts import FALLBACK, Texts

YEARS = range(2005, 2099)
"""The years that can be asked about: those whose holidays are known."""

LOOK_AHEAD = timedelta(days=400)
"""How far we look for the next opening."""

LONG_OPEN = timedelta(days=8)
"""A channel that stays open for longer than this has no closing time to tell."""

SOON = range(2, 7)
"""Days ahead that are told by the weekday alone."""

Reason = Literal["weekly", "holiday", "exception"]


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a channel is open, and until or from when (Stockholm time).

    `opens_at` is None while open, or when no opening is known; `closes_at` is None while closed, or
    when no end is in sight. `why` holds an exception's own words or a holiday's Swedish name.
    """

    open: bool
    opens_at: datetime | None
    closes_at: datetime | None
    reason: Reason
    why: str | None


@dataclass(frozen=True, slots=True)
class _Span:
    start: datetime
    end: datetime


def opening(line: Line, channel: Channel, at: datetime) -> Opening:
    """Tell whether the channel is open at a time; one without a zone is Stockholm's.

    A time that clocks skip in spring is what they show instead: 02:30 is 03:30, summer time.
    ValueError for a time outside YEARS.
    """
    if at.year not in YEARS:
        raise ValueError(f"The year should lie between {YEARS.start} and {YEARS.stop - 1}.")
    at = _local(at)
    reason, why = _reason(line, channel, at.date())
    now = at.astimezone(UTC)
    ahead = (span for span in _spans(line, channel, at.date()) if span.end > now)
    first = next(ahead, None)
    if first is None:
        return Opening(open=False, opens_at=None, closes_at=None, reason=reason, why=why)
    if first.start > now:
        opens_at = first.start.astimezone(STOCKHOLM)
        return Opening(open=False, opens_at=opens_at, closes_at=None, reason=reason, why=why)
    closes_at = _end(first, ahead, now + LONG_OPEN)
    return Opening(open=True, opens_at=None, closes_at=closes_at, reason=reason, why=why)


def as_json(line: Line, channel: Channel, at: datetime, text: str) -> dict[str, str | bool | None]:
    """Shape the answer of `helpline hours`; times in ISO 8601 with Stockholm's offset."""
    found = opening(line, channel, at)
    return {
        "channel": channel,
        "at": _local(at).isoformat(),
        "open": found.open,
        "opens_at": found.opens_at.isoformat() if found.opens_at else None,
        "closes_at": found.closes_at.isoformat() if found.closes_at else None,
        "reason": found.reason,
        "text": text,
    }


def in_words(
    opening: Opening, at: datetime, texts: Texts, language: str = "sv", *, channel: Channel = "chat"
) -> str:
    """Say in one to three short sentences whether the channel is open, until or from when, why."""
    at = _local(at)
    said = [opening.why] if opening.why and opening.reason == "exception" else []
    if opening.open:
        said.append(_open_in_words(opening, at, texts, language, channel))
    else:
        said += _closed_in_words(opening, at, texts, language, channel)
    return " ".join(said)


def moment_in_words(moment: datetime, now: datetime, texts: Texts, language: str = "sv") -> str:
    """Say when something happens, seen from now: "i dag kl. 08.30", "på fredag kl. 08.30"."""
    moment = _local(moment)
    clock = (moment.hour, moment.minute)
    return _when("moment-at", moment.date(), clock, _local(now).date(), texts, language)


def _local(at: datetime) -> datetime:
    aware = at.replace(tzinfo=STOCKHOLM) if at.tzinfo is None else at
    return aware.astimezone(UTC).astimezone(STOCKHOLM)  # through UTC, which skips no hour


def _reason(line: Line, channel: Channel, day: date) -> tuple[Reason, str | None]:
    """Tell which rule decides about a day, with the words that belong to it."""
    if exception := _exception(line, channel, day):
        return "exception", exception.reason
    if holiday := _holiday(line, day):
        return "holiday", holiday
    return "weekly", None


def _exception(line: Line, channel: Channel, day: date) -> DatedException | None:
    fitting = (e for e in line.exceptions if e.concerns(channel) and e.covers(day))
    return next(fitting, None)


def _holiday(line: Line, day: date) -> str | None:
    """Name the holiday that closes a day, in Swedish; two may share it."""
    names = _holidays(day.year).get_list(day) if line.closed_on_holidays else []
    return format_list(names, locale="sv") if names else None


@cache
def _holidays(year: int) -> Sweden:
    kinds = (PUBLIC, DE_FACTO)
    return Sweden(years=year, expand=False, categories=kinds, include_sundays=False, language="sv")


def hours_on(line: Line, channel: Channel, day: date) -> tuple[Interval, ...]:
    """Tell when a channel is open on a day, in order; nothing when it is closed."""
    if exception := _exception(line, channel, day):
        return exception.hours
    if _holiday(line, day):
        return ()
    periods = (period for period in line.hours.get(channel, ()) if period.covers(day))
    weekday = WEEKDAYS[day.weekday()]
    return next((period.weekly.get(weekday, ()) for period in periods), ())


def _spans(line: Line, channel: Channel, day: date) -> Iterator[_Span]:
    """Yield the spans of a day and of the days after it, in order, as instants."""
    for ahead in range(LOOK_AHEAD.days + 1):
        date_ahead = day + timedelta(days=ahead)
        for interval in hours_on(line, channel, date_ahead):
            span = _Span(
                _instant(date_ahead, interval.opens), _instant(date_ahead, interval.closes)
            )
            if span.start < span.end:  # an hour that the clocks skip is no time at all
                yield span


def _instant(day: date, minutes: int) -> datetime:
    """Turn minutes on the clock into an instant; 24:00 is the next day's midnight."""
    wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=STOCKHOLM).astimezone(UTC)


def _end(first: _Span, ahead: Iterator[_Span], limit: datetime) -> datetime | None:
    """Follow spans that touch until one ends alone; None where that is beyond the limit."""
    end = first.end
    for span in ahead:
        if span.start > end or end > limit:
            break
        end = span.end
    return end.astimezone(STOCKHOLM) if end <= limit else None


def _open_in_words(
    opening: Opening, at: datetime, texts: Texts, language: str, channel: Channel
) -> str:
    if opening.closes_at is None:
        return texts.say(language, "hours-open-always", channel=channel)
    until = _until_in_words(opening.closes_at, at, texts, language)
    return texts.say(language, "hours-open", channel=channel, until=until)


def _closed_in_words(
    opening: Opening, at: datetime, texts: Texts, language: str, channel: Channel
) -> list[str]:
    if opening.reason == "holiday" and opening.why:
        holiday = _within(opening.why)
        closed = texts.say(language, "hours-closed-holiday", channel=channel, holiday=holiday)
    else:
        closed = texts.say(language, "hours-closed", channel=channel)
    if opening.opens_at is None:
        return [closed, texts.say(language, "hours-opens-unknown")]
    moment = moment_in_words(opening.opens_at, at, texts, language)
    return [closed, texts.say(language, "hours-opens", moment=moment)]


def _within(holiday: str) -> str:
    """Write a holiday's name as it stands within a sentence; Kristi is a name."""
    return holiday if holiday.startswith("Kristi") else holiday[0].lower() + holiday[1:]


def _until_in_words(moment: datetime, now: datetime, texts: Texts, language: str) -> str:
    """Say until when; midnight belongs to the evening before, as 24:00."""
    midnight = (moment.hour, moment.minute) == (0, 0)
    day = moment.date() - timedelta(days=1) if midnight else moment.date()
    clock = (24, 0) if midnight else (moment.hour, moment.minute)
    return _when("moment-until", day, clock, now.date(), texts, language)


def _when(
    text: str, day: date, clock: tuple[int, int], today: date, texts: Texts, language: str
) -> str:
    hour, minute = clock
    locale = language if language in texts.languages else FALLBACK
    return texts.say(
        language,
        text,
        day=_distance(day, today),
        weekday=format_date(day, "EEEE", locale=locale),
        date=_date_in_words(day, today, locale),
        hour=f"{hour:02}",
        minute=f"{minute:02}",
    )


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    near = {0: "today", 1: "tomorrow"}
    return "soon" if days in SOON else near.get(days, "later")


def _date_in_words(day: date, today: date, locale: str) -> str:
    """Write a date with its month in words, and with its year when that is another one."""
    if day.year == today.year:
        return format_skeleton("MMMMd", datetime.combine(day, datetime.min.time()), locale=locale)
    return format_date(day, "long", locale=locale)
