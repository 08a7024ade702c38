import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from pydantic import ValidationError

import flows
from bot.resources import read_form
from flows.line import (
    CHANNELS,
    CRISIS_LINES,
    WEEKDAYS,
    Capacity,
    Channel,
    HeardVia,
    Interval,
    Timers,
    parse_line,
)

SHIPPED = (Path(flows.__file__).parent / "service.toml").read_text("utf-8")
OFFICE = (Interval(510, 960),)
CHAT_HOURS = '[[hours.chat]]\nweekly = { mon = ["08:30-16:00"], tue = ["08:30-16:00"], '
EXAMPLES = re.compile(r"^# (?=\[\[|\w+ = )", re.MULTILINE)


def changed(old: str, new: str) -> str:
    """Put something else into the shipped file, where it stands."""
    assert old in SHIPPED, f"the shipped file no longer holds {old!r}"
    return SHIPPED.replace(old, new, 1)


def with_exceptions(*tables: str) -> str:
    return SHIPPED + "".join(f"\n[[exceptions]]\n{table}\n" for table in tables)


def fault(toml_text: str) -> str:
    with pytest.raises(ValueError, match="service file") as caught:
        parse_line(toml_text)
    return str(caught.value)


def test_the_shipped_file_says_who_we_are() -> None:
    line = parse_line(SHIPPED)
    assert (line.name, line.phone) == ("Välj att sluta", "020-555 666")
    assert line.web == "https://valjattsluta.se"


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_shipped_hours_are_monday_tuesday_and_friday(channel: Channel) -> None:
    (period,) = parse_line(SHIPPED).hours[channel]
    assert period.weekly == {"mon": OFFICE, "tue": OFFICE, "fri": OFFICE}
    assert (period.valid_from, period.valid_to) == (None, None)


def test_the_shipped_file_changes_no_default() -> None:
    line = parse_line(SHIPPED)
    assert (line.timers, line.capacity) == (Timers(), Capacity())
    assert line.closed_on_holidays


def test_the_defaults_are_the_promised_ones() -> None:
    timers, capacity = Timers(), Capacity()
    assert (timers.menu_idle, timers.sign_of_life) == (30, 3)
    assert (timers.talk_warning, timers.talk_close) == (30, 60)
    assert (timers.conversation_hours, timers.closing, timers.draft_hours) == (12, 10, 24)
    assert timers.reminder_days == 7
    assert (capacity.per_counsellor, capacity.talk_minutes) == (2, 45)
    assert capacity.open_conversations == 2000


def test_the_shipped_file_knows_every_line_our_texts_speak_of() -> None:
    lines = parse_line(SHIPPED).lines
    assert {key: line.number for key, line in lines.items()} == {
        "emergency": "112",
        "care": "1177",
        "women": "116 016",
        "children": "116 111",
        "suicide": "90101",
        "help": "90390",
        "sexuality": "020-66 77 88",
        "men": "020-80 80 80",
        "victims": "116 006",
        "police": "114 14",
    }
    assert set(lines) == set(CRISIS_LINES)
    assert lines["women"].hours == "dygnet runt"


def test_the_examples_in_the_shipped_file_hold_when_their_mark_is_taken_away() -> None:
    ended = changed(CHAT_HOURS, CHAT_HOURS.replace("]]\n", "]]\nvalid_to = 2027-08-31\n"))
    line = parse_line(EXAMPLES.sub("", ended))
    before, after = line.hours["chat"]
    assert (before.last, after.first) == (date(2027, 8, 31), date(2027, 9, 1))
    assert [e.reason for e in line.exceptions] == [
        "Vi har utbildningsdag.",
        "Vi har kortare öppettider i sommar.",
    ]
    assert line.campaigns == {"tunnelbanan": "public_transport"}


def test_a_period_holds_on_its_first_and_last_day_and_no_other() -> None:
    dated = "[[hours.chat]]\nvalid_from = 2027-01-01\nvalid_to = 2027-01-31"
    (period,) = parse_line(changed("[[hours.chat]]", dated)).hours["chat"]
    assert period.covers(date(2027, 1, 1))
    assert period.covers(date(2027, 1, 31))
    assert not period.covers(date(2026, 12, 31))
    assert not period.covers(date(2027, 2, 1))


def test_an_exception_without_channel_concerns_both() -> None:
    (both,) = parse_line(with_exceptions('date = 2027-03-05\nreason = "Stängt."')).exceptions
    assert both.concerns("phone")
    assert both.concerns("chat")
    assert both.hours == ()


def test_an_exception_with_a_channel_concerns_that_one_alone() -> None:
    table = 'from = 2027-03-05\nto = 2027-03-06\nchannel = "chat"\nreason = "Stängt."'
    (chat,) = parse_line(with_exceptions(table)).exceptions
    assert chat.concerns("chat")
    assert not chat.concerns("phone")
    assert chat.covers(date(2027, 3, 6))
    assert not chat.covers(date(2027, 3, 7))


def test_the_same_date_may_differ_between_the_channels() -> None:
    day = 'date = 2027-03-05\nreason = "Stängt."\nchannel = '
    line = parse_line(with_exceptions(day + '"chat"', day + '"phone"'))
    assert [exception.channel for exception in line.exceptions] == ["chat", "phone"]


def test_a_reason_becomes_a_sentence() -> None:
    table = 'date = 2027-03-05\nreason = " Vi har utbildningsdag "'
    (exception,) = parse_line(with_exceptions(table)).exceptions
    assert exception.reason == "Vi har utbildningsdag."


def test_hours_of_a_day_may_be_written_in_any_order_and_may_touch() -> None:
    hours = (
        '[[hours.chat]]\nweekly = { mon = ["18:00-24:00", "08:30-16:00", "16:00-17:00"], tue = ['
    )
    cut = CHAT_HOURS.removesuffix('"08:30-16:00"], ')
    (period,) = parse_line(changed(cut, hours)).hours["chat"]
    written = ["08:30-16:00", "16:00-17:00", "18:00-24:00"]
    assert [str(interval) for interval in period.weekly["mon"]] == written


def test_a_channel_may_have_no_hours_at_all() -> None:
    text = re.sub(r"\[\[hours\.chat\]\]\nweekly.*\n", "", SHIPPED, count=1)
    assert set(parse_line(text).hours) == {"phone"}


def test_a_further_crisis_line_and_a_link_may_be_added() -> None:
    line = parse_line(
        changed("[links]", '[links]\naccessibility = "https://valjattsluta.se/a"')
        + '\n[lines.sami]\nname = "Kyrkans SOS"\nnumber = "0771-800 650"\n'
    )
    assert line.links == {"accessibility": "https://valjattsluta.se/a"}
    assert line.lines["sami"].hours is None


def test_a_campaign_stands_for_an_answer_of_the_contact_form() -> None:
    line = parse_line(changed("[campaigns]", '[campaigns]\nA-1_b = "poster_or_leaflet"'))
    assert line.campaigns == {"A-1_b": "poster_or_leaflet"}
    assert parse_line(SHIPPED).campaigns == {}


def test_campaigns_know_the_same_answers_as_the_contact_form() -> None:
    form = read_form()
    missing = {code.code for code in form.missing}
    told = [c.code for c in form.by_name["heard_via"].codes if c.code not in missing]
    assert list(get_args(HeardVia)) == told


def test_a_line_that_is_always_open_differs_in_nothing_but_its_hours() -> None:
    line = parse_line(with_exceptions('date = 2027-03-05\nreason = "Stängt."'))
    always = line.always_open()
    for channel in CHANNELS:
        (period,) = always.hours[channel]
        assert period.weekly == dict.fromkeys(WEEKDAYS, (Interval(0, 1440),))
    assert (always.exceptions, always.closed_on_holidays) == ((), False)
    kept = {"name", "phone", "web", "lines", "links", "campaigns", "timers", "capacity"}
    assert always.model_dump(include=kept) == line.model_dump(include=kept)


def test_a_line_that_is_open_from_a_date_on_keeps_its_hours_until_the_day_before() -> None:
    line = parse_line(with_exceptions('date = 2027-03-05\nreason = "Stängt."'))
    since = date(2026, 1, 1)
    for channel, periods in line.always_open(since=since).hours.items():
        before, after = periods
        assert before.weekly == line.hours[channel][0].weekly
        assert (before.last, after.first) == (date(2025, 12, 31), since)


def test_a_line_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        parse_line(SHIPPED).name = "Something else"  # type: ignore[misc]  # refused, and that is the point


def test_what_is_not_toml_is_said_with_its_place() -> None:
    place = "Invalid value (at line 1, column 8)"
    assert fault("name = ?") == f"The service file is not valid TOML: {place}."


WRONG = "In the service file, {} is wrong: {}."
MON = 'weekly = { mon = ["08:30-16:00"]'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('phone = "020-555 666"', "", "The service file lacks phone."),
        (
            "closed_on_holidays",
            "closed_on_hollidays",
            "The service file has an unknown key: closed_on_hollidays.",
        ),
        (
            "[[hours.phone]]\n",
            "[[hours.phone]]\nopen = 1\n",
            "The service file has an unknown key: hours.phone[1].open.",
        ),
        (
            'name = "Välj att sluta"',
            "name = 3",
            WRONG.format("name", "it should be a valid string"),
        ),
        (
            'name = "Välj att sluta"',
            'name = " "',
            WRONG.format("name", "there should be words here"),
        ),
        (
            "020-555 666",
            "ring oss",
            WRONG.format("phone", '"ring oss" should be a phone number like "020-555 666"'),
        ),
        (
            "https://valjattsluta.se",
            "javascript:alert(1)",
            WRONG.format(
                "web", '"javascript:alert(1)" should be a web address that starts with https://'
            ),
        ),
        (
            "closed_on_holidays = true",
            'closed_on_holidays = "yes"',
            WRONG.format("closed_on_holidays", "it should be a valid boolean"),
        ),
        (
            "[[hours.phone]]",
            "[[hours.fax]]",
            WRONG.format("hours.fax", "it should be 'phone' or 'chat'"),
        ),
        (
            MON,
            'weekly = { monday = ["08:30-16:00"]',
            WRONG.format(
                "hours.phone[1].weekly.monday",
                "it should be 'mon', 'tue', 'wed', 'thu', 'fri', 'sat' or 'sun'",
            ),
        ),
        (
            MON,
            'weekly = { mon = "08:30-16:00"',
            WRONG.format("hours.phone[1].weekly.mon", "it should be a list"),
        ),
        (
            MON,
            'weekly = { mon = ["08:30-16:00", "8.30-16"]',
            WRONG.format(
                "hours.phone[1].weekly.mon[2]", '"8.30-16" should be written like "08:30-16:00"'
            ),
        ),
        (
            MON,
            'weekly = { mon = ["16:00-08:30"]',
            WRONG.format(
                "hours.phone[1].weekly.mon[1]",
                '"16:00-08:30" should end after it starts, and at 24:00 at the latest',
            ),
        ),
        (
            MON,
            'weekly = { mon = ["16:00-16:00"]',
            WRONG.format(
                "hours.phone[1].weekly.mon[1]",
                '"16:00-16:00" should end after it starts, and at 24:00 at the latest',
            ),
        ),
        (
            MON,
            'weekly = { mon = ["16:00-24:01"]',
            WRONG.format(
                "hours.phone[1].weekly.mon[1]",
                '"16:00-24:01" should end after it starts, and at 24:00 at the latest',
            ),
        ),
        (
            MON,
            'weekly = { mon = ["08:30-16:00", "15:59-17:00"]',
            WRONG.format("hours.phone[1].weekly.mon", '"08:30-16:00" and "15:59-17:00" overlap'),
        ),
        (
            "[[hours.phone]]\n",
            "[[hours.phone]]\nvalid_from = 2027\n",
            WRONG.format("hours.phone[1].valid_from", "it should be a valid date"),
        ),
        (
            "[[hours.phone]]\n",
            "[[hours.phone]]\nvalid_from = 2027-02-01\nvalid_to = 2027-01-31\n",
            WRONG.format("hours.phone[1]", "valid_to should not come before valid_from"),
        ),
        (
            "[[hours.phone]]\n",
            "[[hours.phone]]\nweekly = {}\n[[hours.phone]]\nvalid_from = 2027-02-01\n",
            WRONG.format("hours.phone", "two periods hold for the same dates"),
        ),
        (
            "[lines.police]",
            "[lines.polis]",
            WRONG.format("lines", "police should be there too"),
        ),
        (
            "per_counsellor = 2",
            "per_counsellor = 4",
            WRONG.format("capacity.per_counsellor", "it should be less than or equal to 3"),
        ),
        (
            "menu_idle = 30",
            "menu_idle = 0",
            WRONG.format("timers.menu_idle", "it should be greater than or equal to 1"),
        ),
        (
            "menu_idle = 30",
            "menu_idle = 31",
            WRONG.format("timers.menu_idle", "it should be less than or equal to 30"),
        ),
        (
            "menu_idle = 30",
            "menu_idle = true",
            WRONG.format("timers.menu_idle", "it should be a valid integer"),
        ),
        (
            "conversation_hours = 12",
            "conversation_hours = 13",
            WRONG.format("timers.conversation_hours", "it should be less than or equal to 12"),
        ),
        (
            "closing = 10",
            "closing = 11",
            WRONG.format("timers.closing", "it should be less than or equal to 10"),
        ),
        (
            "draft_hours = 24",
            "draft_hours = 25",
            WRONG.format("timers.draft_hours", "it should be less than or equal to 24"),
        ),
        (
            "reminder_days = 7",
            "reminder_days = 8",
            WRONG.format("timers.reminder_days", "it should be less than or equal to 7"),
        ),
        (
            "talk_warning = 30",
            "talk_warning = 60",
            WRONG.format("timers", "talk_warning should be shorter than talk_close"),
        ),
        (
            "[campaigns]",
            '[campaigns]\n"två ord" = "internet"',
            WRONG.format(
                "campaigns.två ord", '"två ord" should be 1 to 64 of a-z, A-Z, 0-9, - and _'
            ),
        ),
        (
            "[campaigns]",
            f'[campaigns]\n{"x" * 65} = "internet"',
            WRONG.format(
                f"campaigns.{'x' * 65}", f'"{"x" * 65}" should be 1 to 64 of a-z, A-Z, 0-9, - and _'
            ),
        ),
        (
            "[campaigns]",
            '[campaigns]\nbuss = "bussen"',
            WRONG.format(
                "campaigns.buss",
                "it should be 'internet', 'public_transport', 'other_advertising_or_media', "
                "'professional', 'friend_or_relative', 'poster_or_leaflet' or 'other'",
            ),
        ),
        ("[campaigns]", "[[campaigns]]", WRONG.format("campaigns", "it should be a table")),
        ("[timers]", "[[timers]]", WRONG.format("timers", "it should be a table")),
        ("[links]", "[[links]]", WRONG.format("links", "it should be a table")),
    ],
)
def test_a_fault_is_one_sentence_that_names_the_key(old: str, new: str, said: str) -> None:
    assert fault(changed(old, new)) == said


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (["date = 2027-03-05"], "The service file lacks exceptions[1].reason."),
        (
            ['reason = "Stängt."'],
            WRONG.format("exceptions[1]", "there should be either date, or both from and to"),
        ),
        (
            ['date = 2027-03-05\nto = 2027-03-06\nreason = "Stängt."'],
            WRONG.format("exceptions[1]", "there should be either date, or both from and to"),
        ),
        (
            ['from = 2027-03-05\nreason = "Stängt."'],
            WRONG.format("exceptions[1]", "there should be either date, or both from and to"),
        ),
        (
            ['from = 2027-03-05\nto = 2027-03-04\nreason = "Stängt."'],
            WRONG.format("exceptions[1]", "to should not come before from"),
        ),
        (
            ['date = 2027-03-05T08:30:00\nreason = "Stängt."'],
            WRONG.format("exceptions[1].date", "it should be a valid date"),
        ),
        (
            ['date = 2027-03-05\nchannel = "fax"\nreason = "Stängt."'],
            WRONG.format("exceptions[1].channel", "it should be 'phone' or 'chat'"),
        ),
        (
            [
                'from = 2027-03-01\nto = 2027-03-05\nreason = "Stängt."',
                'date = 2027-03-05\nchannel = "chat"\nreason = "Stängt."',
            ],
            WRONG.format("exceptions", "two exceptions hold for 2027-03-05 on the same channel"),
        ),
    ],
)
def test_a_fault_in_an_exception_is_one_sentence_that_names_it(
    tables: list[str], said: str
) -> None:
    assert fault(with_exceptions(*tables)) == said
