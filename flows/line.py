"""The service file: what the line is called, when it is open, and who else can be reached."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Annotated, Literal, NamedTuple, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
    model_validator,
)

from flows.faults import first_fault

Channel = Literal["phone", "chat"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

CHANNELS: tuple[Channel, ...] = get_args(Channel)
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""In the order of `date.weekday()`."""

DAY_MINUTES = 24 * 60

CRISIS_LINES = (
    "emergency",
    "care",
    "women",
    "children",
    "suicide",
    "help",
    "sexuality",
    "men",
    "victims",
    "police",
)
"""The lines that our texts speak of; every service file has them all."""


class Interval(NamedTuple):
    """Open from and until on one day, in minutes after midnight; closed at `closes` sharp."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return "-".join(f"{m // 60:02}:{m % 60:02}" for m in self)


def _interval(written: object) -> Interval:
    if isinstance(written, Interval):
        return written
    found = re.fullmatch(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", str(written), re.ASCII)
    if not found:
        raise ValueError(f'"{written}" should be written like "08:30-16:00"')
    hour, minute, end_hour, end_minute = map(int, found.groups())
    interval = Interval(hour * 60 + minute, end_hour * 60 + end_minute)
    if not interval.opens < interval.closes <= DAY_MINUTES:
        raise ValueError(f'"{written}" should end after it starts, and at 24:00 at the latest')
    return interval


def _in_order(hours: tuple[Interval, ...]) -> tuple[Interval, ...]:
    hours = tuple(sorted(hours))
    for one, next_one in pairwise(hours):
        if next_one.opens < one.closes:
            raise ValueError(f'"{one}" and "{next_one}" overlap')
    return hours


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("there should be words here")
    return text.strip()


def _sentence(text: str) -> str:
    text = _words(text)
    return text if text[-1] in ".?!" else f"{text}."


def _number(text: str) -> str:
    if not re.fullmatch(r"\+?\d[\d -]*\d", text, re.ASCII):
        raise ValueError(f'"{text}" should be a phone number like "020-555 666"')
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]\S*", text):
        raise ValueError(f'"{text}" should be a web address that starts with https://')
    return text


def _code(text: str) -> str:
    if not re.fullmatch(r"[\w-]{1,64}", text, re.ASCII):
        raise ValueError(f'"{text}" should be 1 to 64 of a-z, A-Z, 0-9, - and _')
    return text


Day = Annotated[date, Strict()]
Hours = Annotated[
    tuple[Annotated[Interval, BeforeValidator(_interval)], ...], AfterValidator(_in_order)
]
Words = Annotated[str, AfterValidator(_words)]
Sentence = Annotated[str, AfterValidator(_sentence)]
Number = Annotated[str, AfterValidator(_number)]
Address = Annotated[str, AfterValidator(_address)]
Code = Annotated[str, AfterValidator(_code)]
Count = Annotated[int, Strict(), Field(ge=1)]
HeardVia = Literal[
    "internet",
    "public_transport",
    "other_advertising_or_media",
    "professional",
    "friend_or_relative",
    "poster_or_leaflet",
    "other",
]
"""How somebody found us, as the contact form codes it."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Period(_Part):
    """Weekly hours of one channel, from and to a date (both included); no date: without end."""

    valid_from: Day | None = None
    valid_to: Day | None = None
    weekly: Mapping[Weekday, Hours]

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.first > self.last:
            raise ValueError("valid_to should not come before valid_from")
        return self

    @property
    def first(self) -> Day:
        return self.valid_from or date.min

    @property
    def last(self) -> Day:
        return self.valid_to or date.max

    def covers(self, day: Day) -> bool:
        return self.first <= day <= self.last


class DatedException(_Part):
    """Other hours than the weekly ones on some dates; no hours means closed, no channel both."""

    date: Day | None = None
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    channel: Channel | None = None
    hours: Hours = ()
    reason: Sentence

    @model_validator(mode="after")
    def _dated(self) -> Self:
        alone = self.date is not None and self.from_ is None and self.to is None
        spanned = self.date is None and self.from_ is not None and self.to is not None
        if not (alone or spanned):
            raise ValueError("there should be either date, or both from and to")
        if self.first > self.last:
            raise ValueError("to should not come before from")
        return self

    @property
    def first(self) -> Day:
        return self.date or self.from_ or date.min

    @property
    def last(self) -> Day:
        return self.date or self.to or date.max

    def covers(self, day: Day) -> bool:
        return self.first <= day <= self.last

    def concerns(self, channel: Channel) -> bool:
        return self.channel in (None, channel)


class CrisisLine(_Part):
    """Another line to turn to: its Swedish name, its number and when it answers, in words."""

    name: Words
    number: Number
    hours: Words | None = None


class Timers(_Part):
    """How long we wait, in minutes unless the name says hours or days.

    The upper limits are promises to visitors: what is written is gone by then.
    """

    menu_idle: Annotated[Count, Field(le=30)] = 30
    sign_of_life: Count = 3
    talk_warning: Count = 30
    talk_close: Count = 60
    conversation_hours: Annotated[Count, Field(le=12)] = 12
    closing: Annotated[Count, Field(le=10)] = 10
    draft_hours: Annotated[Count, Field(le=24)] = 24
    reminder_days: Annotated[Count, Field(le=7)] = 7

    @model_validator(mode="after")
    def _warned_first(self) -> Self:
        if self.talk_warning >= self.talk_close:
            raise ValueError("talk_warning should be shorter than talk_close")
        return self


class Capacity(_Part):
    """How much we take on; a talk's length in minutes is for estimating the wait."""

    per_counsellor: Annotated[Count, Field(le=3)] = 2
    talk_minutes: Count = 45
    open_conversations: Count = 2000


def _until(day: date, periods: tuple[Period, ...]) -> Iterator[Period]:
    """Give the periods as they are before a day."""
    for period in periods:
        if period.first < day:
            last = min(period.last, day - timedelta(days=1))
            yield period.model_copy(update={"valid_to": last})


def _apart(periods: tuple[Period, ...]) -> tuple[Period, ...]:
    for one, other in combinations(periods, 2):
        if _overlap(one, other):
            raise ValueError("two periods hold for the same dates")
    return periods


def _one_each(exceptions: tuple[DatedException, ...]) -> tuple[DatedException, ...]:
    for one, other in combinations(exceptions, 2):
        same = one.channel == other.channel or None in (one.channel, other.channel)
        if same and _overlap(one, other):
            day = max(one.first, other.first)
            raise ValueError(f"two exceptions hold for {day} on the same channel")
    return exceptions


def _overlap(one: Period | DatedException, other: Period | DatedException) -> bool:
    return one.first <= other.last and other.first <= one.last


def _complete(lines: Mapping[str, CrisisLine]) -> Mapping[str, CrisisLine]:
    missing = [key for key in CRISIS_LINES if key not in lines]
    if missing:
        raise ValueError(f"{', '.join(missing)} should be there too")
    return lines


class Line(_Part):
    """The helpline as its service file describes it."""

    name: Words
    phone: Number
    web: Address
    hours: Mapping[Channel, Annotated[tuple[Period, ...], AfterValidator(_apart)]]
    exceptions: Annotated[tuple[DatedException, ...], AfterValidator(_one_each)] = ()
    closed_on_holidays: Annotated[bool, Strict()] = True
    lines: Annotated[Mapping[str, CrisisLine], AfterValidator(_complete)]
    links: Mapping[str, Address] = Field(default_factory=dict)
    campaigns: Mapping[Code, HeardVia] = Field(default_factory=dict)
    timers: Timers = Timers()
    capacity: Capacity = Capacity()

    def always_open(self, *, since: date = date.min) -> Self:
        """Give the same line, open day and night on every channel from a date on."""
        all_day = (Interval(0, DAY_MINUTES),)
        always = Period(valid_from=since, weekly=dict.fromkeys(WEEKDAYS, all_day))
        hours = {
            channel: (*_until(since, self.hours.get(channel, ())), always) for channel in CHANNELS
        }
        changes = {"hours": hours, "exceptions": (), "closed_on_holidays": False}
        return self.model_copy(update=changes)


def parse_line(toml_text: str) -> Line:
    """Read a service file; ValueError with one sentence that names the key where it is wrong."""
    try:
        return Line.model_validate(tomllib.loads(toml_text))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"The service file is not valid TOML: {error}.") from None
    except ValidationError as error:
        raise ValueError(first_fault(error)) from None
