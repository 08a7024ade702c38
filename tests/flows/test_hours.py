from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import flows
from flows.hours import Opening, as_json, in_words, moment_in_words, opening
from flows.line import Channel, Line, parse_line
from flows.texts import Texts
from tests.cast import MONDAY_EVENING, MONDAY_MORNING, STOCKHOLM, WEDNESDAY

FLOWS = Path(flows.__file__).parent
SHIPPED = (FLOWS / "service.toml").read_text("utf-8")
TEXTS = Texts({"sv": [(FLOWS / "texts/sv/hours.ftl").read_text("utf-8")]})
LINE = parse_line(SHIPPED)

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

EVES = {  # midsommarafton; julafton and nyårsafton keep their dates
    2026: date(2026, 6, 19),
    2027: date(2027, 6, 25),
    2028: date(2028, 6, 23),
    2029: date(2029, 6, 22),
    2030: date(2030, 6, 21),
}
EASTER_MONDAYS = [
    date(2026, 4, 6),
    date(2027, 3, 29),
    date(2028, 4, 17),
    date(2029, 4, 2),
    date(2030, 4, 22),
]


def at(written: str) -> datetime:
    """Read a moment in Stockholm."""
    return datetime.fromisoformat(written).replace(tzinfo=STOCKHOLM)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=STOCKHOLM)


def with_exceptions(*tables: str) -> Line:
    return parse_line(SHIPPED + "".join(f"\n[[exceptions]]\n{table}\n" for table in tables))


def with_chat(*periods: str, holidays: bool = True) -> Line:
    """Give the shipped line other hours for the chat."""
    head, _, rest = SHIPPED.partition("[[hours.chat]]")
    _, _, tail = rest.partition("\n\n")
    chat = "\n".join(f"[[hours.chat]]\n{period}" for period in periods)
    text = f"{head}{chat}\n\n{tail}"
    closed = f"closed_on_holidays = {str(holidays).lower()}"
    return parse_line(text.replace("closed_on_holidays = true", closed))


def daily(*hours: str) -> str:
    written = ", ".join(f'"{each}"' for each in hours)
    return "weekly = { " + ", ".join(f"{day} = [{written}]" for day in EVERY_DAY) + " }"


def said(line: Line, moment: datetime, channel: Channel = "chat") -> str:
    return in_words(opening(line, channel, moment), moment, TEXTS, channel=channel)


# Weekly hours


@pytest.mark.parametrize("channel", ["phone", "chat"])
@pytest.mark.parametrize("day", ["2026-11-16", "2026-11-17", "2026-11-20"])
def test_monday_tuesday_and_friday_are_open_from_half_past_eight_till_four(
    channel: Channel, day: str
) -> None:
    start, end = at(f"{day}T08:30"), at(f"{day}T16:00")
    open_now = Opening(open=True, opens_at=None, closes_at=end, reason="weekly", why=None)
    assert opening(LINE, channel, start) == open_now
    assert opening(LINE, channel, end - timedelta(seconds=1)) == open_now


@pytest.mark.parametrize("day", ["2026-11-18", "2026-11-19", "2026-11-21", "2026-11-22"])
def test_the_other_days_are_closed(day: str) -> None:
    found = opening(LINE, "chat", at(f"{day}T12:00"))
    assert (found.open, found.reason, found.closes_at) == (False, "weekly", None)


def test_a_minute_before_opening_it_is_closed_and_opens_the_same_day() -> None:
    found = opening(LINE, "chat", at("2026-11-16T08:29"))
    assert (found.open, found.opens_at) == (False, at("2026-11-16T08:30"))


def test_at_four_sharp_it_is_closed_until_the_next_day() -> None:
    found = opening(LINE, "chat", at("2026-11-16T16:00"))
    assert (found.open, found.opens_at) == (False, at("2026-11-17T08:30"))


def test_a_sunday_is_no_holiday() -> None:
    assert opening(LINE, "chat", at("2026-11-22T12:00")).reason == "weekly"
    assert opening(with_chat(daily("10:00-14:00")), "chat", at("2026-11-22T12:00")).open


def test_a_pause_in_the_day_is_closed_until_the_second_half() -> None:
    line = with_chat(daily("08:00-12:00", "13:00-16:00"))
    found = opening(line, "chat", at("2026-11-16T12:30"))
    assert found.opens_at == at("2026-11-16T13:00")
    assert opening(line, "chat", at("2026-11-16T09:00")).closes_at == at("2026-11-16T12:00")


def test_hours_that_touch_over_midnight_are_one_stretch() -> None:
    line = with_chat('weekly = { fri = ["22:00-24:00"], sat = ["00:00-02:00"] }')
    assert opening(line, "chat", at("2026-11-20T23:00")).closes_at == at("2026-11-21T02:00")
    assert opening(line, "chat", at("2026-11-21T01:59")).open


def test_a_channel_without_hours_never_opens() -> None:
    line = with_chat("weekly = {}")
    assert opening(line, "chat", MONDAY_MORNING) == Opening(
        open=False, opens_at=None, closes_at=None, reason="weekly", why=None
    )
    assert opening(line, "phone", MONDAY_MORNING).open


def test_a_channel_that_the_file_does_not_name_never_opens() -> None:
    hours = {"phone": LINE.hours["phone"]}
    line = LINE.model_copy(update={"hours": hours})
    assert opening(line, "chat", MONDAY_MORNING).opens_at is None


def test_a_line_that_is_always_open_has_no_end() -> None:
    always = LINE.always_open()
    for moment in (WEDNESDAY, at("2026-12-24T18:00"), at("2027-01-01T00:00")):
        expected = Opening(open=True, opens_at=None, closes_at=None, reason="weekly", why=None)
        assert opening(always, "phone", moment) == expected


@pytest.mark.parametrize(
    ("end", "known"), [("2026-11-24T10:00", True), ("2026-11-24T10:01", False)]
)
def test_an_end_is_told_when_it_is_at_most_eight_days_away(end: str, *, known: bool) -> None:
    last = end[11:]
    line = with_chat(
        f"valid_to = 2026-11-23\n{daily('00:00-24:00')}",
        f"valid_from = 2026-11-24\n{daily(f'00:00-{last}', '20:00-21:00')}",
    )
    assert opening(line, "chat", at("2026-11-16T10:00")).closes_at == (at(end) if known else None)


# Validity


def test_hours_change_on_the_date_they_are_said_to() -> None:
    line = with_chat(
        'valid_to = 2027-08-31\nweekly = { tue = ["08:30-16:00"], wed = ["08:30-16:00"] }',
        'valid_from = 2027-09-01\nweekly = { wed = ["18:00-21:30"] }',
    )
    assert opening(line, "chat", at("2027-08-25T09:00")).open
    assert opening(line, "chat", at("2027-08-31T17:00")).opens_at == at("2027-09-01T18:00")
    assert not opening(line, "chat", at("2027-09-01T09:00")).open
    assert opening(line, "chat", at("2027-09-07T09:00")).opens_at == at("2027-09-08T18:00")


def test_hours_that_start_later_are_looked_forward_to() -> None:
    line = with_chat(f"valid_from = 2027-12-21\n{daily('10:00-12:00')}")
    assert opening(line, "chat", at("2026-11-16T10:00")).opens_at == at("2027-12-21T10:00")


def test_more_than_four_hundred_days_ahead_no_opening_is_told() -> None:
    line = with_chat(f"valid_from = 2027-12-22\n{daily('10:00-12:00')}")
    assert opening(line, "chat", at("2026-11-16T10:00")).opens_at is None


# Holidays


@pytest.mark.parametrize("year", EVES)
@pytest.mark.parametrize("name", ["Midsommarafton", "Julafton", "Nyårsafton"])
def test_the_three_eves_are_closed(year: int, name: str) -> None:
    days = {
        "Midsommarafton": EVES[year],
        "Julafton": date(year, 12, 24),
        "Nyårsafton": date(year, 12, 31),
    }
    found = opening(with_chat(daily("08:30-16:00")), "chat", noon(days[name]))
    assert (found.open, found.reason, found.why) == (False, "holiday", name)


@pytest.mark.parametrize("day", EASTER_MONDAYS)
def test_easter_monday_is_closed_and_the_line_opens_on_tuesday(day: date) -> None:
    found = opening(LINE, "chat", noon(day))
    assert (found.reason, found.why) == ("holiday", "Annandag påsk")
    tuesday = day + timedelta(days=1)
    assert found.opens_at == noon(tuesday).replace(hour=8, minute=30)


@pytest.mark.parametrize("year", [2028, 2033, 2036])  # a Tuesday, a Monday, a Friday
def test_the_national_day_closes_an_open_weekday(year: int) -> None:
    day = date(year, 6, 6)
    assert day.strftime("%a") in {"Mon", "Tue", "Fri"}
    found = opening(LINE, "chat", noon(day))
    assert (found.open, found.why) == (False, "Nationaldagen")


@pytest.mark.parametrize(
    "day", ["2026-01-05", "2026-04-02", "2026-04-30", "2026-10-30", "2026-12-23"]
)
def test_the_other_eves_are_ordinary_days(day: str) -> None:
    assert opening(with_chat(daily("08:30-16:00")), "chat", at(f"{day}T15:00")).open


def test_a_holiday_on_a_day_that_is_closed_anyway_is_still_the_reason() -> None:
    assert opening(LINE, "chat", at("2026-04-05T12:00")).reason == "holiday"
    assert opening(LINE, "chat", at("2026-12-25T23:59")).reason == "holiday"


def test_two_holidays_on_one_day_are_both_named() -> None:
    assert (
        opening(LINE, "chat", at("2008-05-01T12:00")).why == "Första maj och Kristi himmelsfärdsdag"
    )


def test_a_line_may_stay_open_on_holidays() -> None:
    found = opening(with_chat(daily("08:30-16:00"), holidays=False), "chat", at("2026-12-25T12:00"))
    assert (found.open, found.reason, found.why) == (True, "weekly", None)


def test_hours_until_midnight_end_where_a_holiday_begins() -> None:
    line = with_chat(daily("00:00-24:00"))
    assert opening(line, "chat", at("2026-12-23T12:00")).closes_at == at("2026-12-24T00:00")
    assert opening(line, "chat", at("2026-12-24T12:00")).opens_at == at("2026-12-27T00:00")


def test_the_year_changes_over_the_holidays() -> None:
    found = opening(LINE, "chat", at("2026-12-29T16:00"))  # nyårsafton, nyårsdagen, a weekend
    assert found.opens_at == at("2027-01-04T08:30")


# Exceptions


CLOSED = 'date = 2026-11-20\nreason = "Vi har utbildningsdag."'
SHORT = 'from = 2026-11-16\nto = 2026-11-18\nhours = ["10:00-12:00"]\nreason = "Kort vecka."'


def test_an_exception_closes_an_open_day() -> None:
    found = opening(with_exceptions(CLOSED), "phone", at("2026-11-20T10:00"))
    assert found == Opening(
        open=False,
        opens_at=at("2026-11-23T08:30"),
        closes_at=None,
        reason="exception",
        why="Vi har utbildningsdag.",
    )


def test_an_exception_replaces_the_hours_of_every_date_it_covers() -> None:
    line = with_exceptions(SHORT)
    assert opening(line, "chat", at("2026-11-16T09:00")).opens_at == at("2026-11-16T10:00")
    assert opening(line, "chat", at("2026-11-16T12:00")).opens_at == at("2026-11-17T10:00")
    found = opening(line, "chat", at("2026-11-18T11:00"))
    assert (found.open, found.reason, found.why) == (True, "exception", "Kort vecka.")
    assert opening(line, "chat", at("2026-11-19T11:00")).reason == "weekly"


def test_an_exception_opens_on_a_holiday() -> None:
    table = 'date = 2026-12-24\nhours = ["10:00-14:00"]\nreason = "Vi har öppet på julafton."'
    found = opening(with_exceptions(table), "chat", at("2026-12-24T11:00"))
    assert (found.open, found.reason) == (True, "exception")
    assert found.closes_at == at("2026-12-24T14:00")
    assert opening(with_exceptions(table), "chat", at("2026-12-24T15:00")).reason == "exception"


def test_an_exception_of_one_channel_leaves_the_other_alone() -> None:
    line = with_exceptions(CLOSED + '\nchannel = "chat"')
    assert not opening(line, "chat", at("2026-11-20T10:00")).open
    assert opening(line, "phone", at("2026-11-20T10:00")).open


# Clocks


def test_a_time_without_a_zone_is_stockholms() -> None:
    naive = MONDAY_MORNING.replace(tzinfo=None)
    assert opening(LINE, "chat", naive) == opening(LINE, "chat", MONDAY_MORNING)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 11, 16, 7, 29, tzinfo=UTC), False),
        (datetime(2026, 11, 16, 7, 30, tzinfo=UTC), True),
        (datetime(2026, 7, 17, 6, 29, tzinfo=UTC), False),
        (datetime(2026, 7, 17, 6, 30, tzinfo=UTC), True),
        (datetime(2026, 11, 15, 23, 0, tzinfo=ZoneInfo("America/Los_Angeles")), False),
        (datetime(2026, 11, 16, 1, 0, tzinfo=ZoneInfo("America/Los_Angeles")), True),
    ],
)
def test_other_zones_are_turned_into_swedish_time(moment: datetime, *, is_open: bool) -> None:
    assert opening(LINE, "chat", moment).open is is_open


@pytest.mark.parametrize(
    ("evening", "offset"), [("2027-03-27T22:00", "+02:00"), ("2026-10-24T22:00", "+01:00")]
)
def test_over_a_night_when_clocks_change_it_opens_by_the_new_clock(
    evening: str, offset: str
) -> None:
    line = with_chat('weekly = { sun = ["08:30-16:00"] }', holidays=False)
    opens_at = opening(line, "chat", at(evening)).opens_at
    assert opens_at is not None
    assert opens_at.isoformat().endswith(f"T08:30:00{offset}")


@pytest.mark.parametrize(
    ("night", "hours"), [("2027-03-28", 23), ("2026-10-25", 25), ("2026-11-15", 24)]
)
def test_a_day_and_night_lasts_as_long_as_it_does(night: str, hours: int) -> None:
    line = with_chat('weekly = { sun = ["00:00-24:00"] }', holidays=False)
    midnight = at(f"{night}T00:00")
    closes_at = opening(line, "chat", midnight).closes_at
    assert closes_at is not None
    assert closes_at.astimezone(UTC) - midnight.astimezone(UTC) == timedelta(hours=hours)


def test_the_hour_that_comes_twice_is_open_both_times() -> None:
    line = with_chat('weekly = { sun = ["01:00-03:00"] }')
    for fold in (0, 1):
        assert opening(line, "chat", at("2026-10-25T02:30").replace(fold=fold)).open


def test_the_hour_that_the_clocks_skip_does_not_open() -> None:
    line = with_chat('weekly = { sun = ["02:00-03:00"] }', holidays=False)
    assert opening(line, "chat", at("2027-03-27T12:00")).opens_at == at("2027-04-04T02:00")


def test_a_time_that_the_clocks_skip_is_told_as_they_show_it() -> None:
    told = as_json(LINE, "chat", datetime(2026, 3, 29, 2, 30), "Stängt.")  # noqa: DTZ001 without a zone
    assert told["at"] == "2026-03-29T03:30:00+02:00"


@pytest.mark.parametrize("year", [1, 2004, 2099, 9999])
def test_a_year_whose_holidays_nobody_knows_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match=r"The year should lie between 2005 and 2098\."):
        opening(LINE, "chat", datetime(year, 12, 31, 23, 59, tzinfo=UTC))


# As JSON


def test_an_open_channel_as_json_has_no_opening_time() -> None:
    assert as_json(LINE, "chat", MONDAY_MORNING, "Öppet.") == {
        "channel": "chat",
        "at": "2026-11-16T10:00:00+01:00",
        "open": True,
        "opens_at": None,
        "closes_at": "2026-11-16T16:00:00+01:00",
        "reason": "weekly",
        "text": "Öppet.",
    }


def test_a_closed_channel_as_json_has_no_closing_time() -> None:
    assert as_json(LINE, "phone", datetime(2026, 6, 19, 12), "Stängt.") == {  # noqa: DTZ001  without a zone
        "channel": "phone",
        "at": "2026-06-19T12:00:00+02:00",
        "open": False,
        "opens_at": "2026-06-22T08:30:00+02:00",
        "closes_at": None,
        "reason": "holiday",
        "text": "Stängt.",
    }


# In words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-16T10:00", "Chatten är öppen nu, till kl. 16.00."),
        ("2026-11-16T08:29", "Chatten är stängd. Den öppnar i dag kl. 08.30."),
        ("2026-11-16T16:00", "Chatten är stängd. Den öppnar i morgon kl. 08.30."),
        ("2026-11-18T10:00", "Chatten är stängd. Den öppnar på fredag kl. 08.30."),
        ("2026-11-20T16:00", "Chatten är stängd. Den öppnar på måndag kl. 08.30."),
        (
            "2026-12-25T10:00",
            "I dag är det juldagen, så chatten är stängd. Den öppnar på måndag kl. 08.30.",
        ),
        (
            "2027-05-06T10:00",
            (
                "I dag är det Kristi himmelsfärdsdag, så chatten är stängd. "
                "Den öppnar i morgon kl. 08.30."
            ),
        ),
        (
            "2027-01-01T10:00",
            "I dag är det nyårsdagen, så chatten är stängd. Den öppnar på måndag kl. 08.30.",
        ),
    ],
)
def test_the_chat_says_when_it_is_open(moment: str, words: str) -> None:
    assert said(LINE, at(moment)) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-16T10:00", "Telefonen är öppen nu, till kl. 16.00."),
        ("2026-11-18T10:00", "Telefonen är stängd. Den öppnar på fredag kl. 08.30."),
        (
            "2026-12-24T10:00",
            "I dag är det julafton, så telefonen är stängd. Den öppnar på måndag kl. 08.30.",
        ),
    ],
)
def test_the_phone_says_when_it_is_open(moment: str, words: str) -> None:
    assert said(LINE, at(moment), "phone") == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (
            "2026-11-20T10:00",
            "Vi har utbildningsdag. Chatten är stängd. Den öppnar på måndag kl. 08.30.",
        ),
        ("2026-11-16T11:00", "Kort vecka. Chatten är öppen nu, till kl. 12.00."),
        ("2026-11-16T09:00", "Kort vecka. Chatten är stängd. Den öppnar i dag kl. 10.00."),
    ],
)
def test_an_exception_is_told_in_its_own_words_first(moment: str, words: str) -> None:
    assert said(with_exceptions(CLOSED, SHORT), at(moment)) == words


@pytest.mark.parametrize(
    ("period", "moment", "words"),
    [
        (
            'weekly = { fri = ["22:00-24:00"], sat = ["00:00-02:00"] }',
            "2026-11-20T23:00",
            "Chatten är öppen nu, till i morgon kl. 02.00.",
        ),
        (
            'weekly = { fri = ["18:00-24:00"] }',
            "2026-11-20T23:00",
            "Chatten är öppen nu, till kl. 24.00.",
        ),
        (
            'weekly = { fri = ["00:00-24:00"], sat = ["00:00-24:00"], sun = ["00:00-24:00"] }',
            "2026-11-20T23:00",
            "Chatten är öppen nu, till söndag kl. 24.00.",
        ),
        (
            f"valid_to = 2027-01-06\n{daily('00:00-24:00')}",
            "2026-12-30T10:00",
            "Chatten är öppen nu, till onsdag den 6 januari 2027 kl. 24.00.",
        ),
        (
            "weekly = {}",
            "2026-11-16T10:00",
            "Chatten är stängd. Vi vet ännu inte när den öppnar igen.",
        ),
        (
            f"valid_from = 2027-01-05\n{daily('08:30-16:00')}",
            "2026-12-20T10:00",
            "Chatten är stängd. Den öppnar tisdag den 5 januari 2027 kl. 08.30.",
        ),
        (
            f"valid_from = 2027-02-02\n{daily('08:30-16:00')}",
            "2027-01-07T10:00",
            "Chatten är stängd. Den öppnar tisdag den 2 februari kl. 08.30.",
        ),
    ],
)
def test_other_hours_read_as_well(period: str, moment: str, words: str) -> None:
    assert said(with_chat(period, holidays=False), at(moment)) == words


def test_two_holidays_on_one_day_are_told_in_one_sentence() -> None:
    assert said(LINE, at("2008-05-01T10:00")).startswith(
        "I dag är det första maj och Kristi himmelsfärdsdag, så chatten är stängd. "
    )


def test_a_channel_that_never_closes_is_always_open() -> None:
    assert said(LINE.always_open(), MONDAY_EVENING) == "Chatten är alltid öppen."
    assert said(LINE.always_open(), MONDAY_EVENING, "phone") == "Telefonen är alltid öppen."


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-16T23:59", "i dag kl. 23.59"),
        ("2026-11-17T00:00", "i morgon kl. 00.00"),
        ("2026-11-18T08:30", "på onsdag kl. 08.30"),
        ("2026-11-22T08:05", "på söndag kl. 08.05"),
        ("2026-11-23T08:30", "måndag den 23 november kl. 08.30"),
        ("2027-01-05T08:30", "tisdag den 5 januari 2027 kl. 08.30"),
        ("2026-11-15T08:30", "söndag den 15 november kl. 08.30"),
    ],
)
def test_a_moment_is_told_as_it_is_seen_from_now(moment: str, words: str) -> None:
    assert moment_in_words(at(moment), MONDAY_MORNING, TEXTS) == words


def test_today_is_the_swedish_day() -> None:
    late = datetime(2026, 11, 16, 23, 30, tzinfo=UTC)  # half past midnight in Stockholm
    assert said(LINE, late) == "Chatten är stängd. Den öppnar i dag kl. 08.30."
    night = with_chat('weekly = { tue = ["00:00-02:00"] }')
    assert said(night, late) == "Chatten är öppen nu, till kl. 02.00."


def test_weekdays_and_months_follow_the_language_of_the_texts() -> None:
    english = "moment-at = { $day }: { $weekday }, { $date }, { $hour }:{ $minute }"
    swedish = (FLOWS / "texts/sv/hours.ftl").read_text("utf-8")
    texts = Texts({"sv": [swedish], "en": [english]})
    found = moment_in_words(at("2027-01-05T08:30"), MONDAY_MORNING, texts, "en")
    assert found == "later: Tuesday, January 5, 2027, 08:30"


def test_a_language_without_texts_is_answered_in_swedish() -> None:
    assert moment_in_words(WEDNESDAY, MONDAY_MORNING, TEXTS, "xx") == "på onsdag kl. 10.00"
