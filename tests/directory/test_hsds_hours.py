"""Hours that others write: those of every week, of a season, of every other week."""

from datetime import datetime

import pytest

from directory.hsds_hours import hours
from directory.hsds_shape import Schedule
from directory.opening import STOCKHOLM, in_words, is_open

MONDAY = datetime(2026, 11, 16, 10, 30, tzinfo=STOCKHOLM)
"""The third one of its month."""


def schedule(**fields: object) -> Schedule:
    weekly = {"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00", "closes_at": "12:00"}
    return Schedule.model_validate({**weekly, **fields})


def read(**fields: object) -> str:
    text, faults = hours([schedule(**fields)])
    assert faults == []
    return text


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Mo 10:00-12:00"),
        ({"freq": None, "interval": 1}, "Mo 10:00-12:00"),
        ({"valid_from": "2026-06-01"}, "2026 Jun 01-9999 Dec 31 Mo 10:00-12:00"),
        ({"valid_to": "2026-08-31"}, "1900 Jan 01-2026 Aug 31 Mo 10:00-12:00"),
        (
            {"valid_from": "2026-06-01", "valid_to": "2026-08-31"},
            "2026 Jun 01-2026 Aug 31 Mo 10:00-12:00",
        ),
        (
            {"valid_from": "2026-01-01", "dtstart": "2026-02-02", "until": "2026-03-02T00:00:00"},
            "2026 Feb 02-2026 Mar 02 Mo 10:00-12:00",
        ),
        ({"interval": 2}, 'Mo 10:00-12:00 "varannan vecka"'),
        ({"interval": 3, "freq": None}, 'Mo 10:00-12:00 "var tredje vecka"'),
        ({"freq": "MONTHLY", "byday": "1MO,-1FR"}, "Mo[1],Fr[-1] 10:00-12:00"),
        (
            {"freq": "MONTHLY", "byday": "1MO", "interval": 2},
            'Mo[1] 10:00-12:00 "varannan månad"',
        ),
        ({"notes": ' stängt\n i "juli" '}, 'Mo 10:00-12:00 "stängt i juli"'),
        ({"description": "öppet alla dagar"}, 'Mo 10:00-12:00 "öppet alla dagar"'),
        (
            {"description": "Mo 10:00-12:00", "notes": "stängt juli", "interval": 2},
            'Mo 10:00-12:00 "varannan vecka, stängt juli"',
        ),
        (
            {"description": "Mo 10:00-12:00; PH off", "valid_from": "2026-06-01"},
            '2026 Jun 01-9999 Dec 31 Mo 10:00-12:00 "Mo 10:00-12:00; PH off"',
        ),
        ({"closes_at": "24:00"}, "Mo 10:00-24:00"),
    ],
)
def test_what_a_schedule_is_bound_to_is_kept(fields: dict[str, object], text: str) -> None:
    assert read(**fields) == text


@pytest.mark.parametrize(
    ("fields", "answers"),
    [
        ({}, True),
        ({"valid_from": "2026-11-16"}, True),
        ({"valid_from": "2026-11-17"}, False),
        ({"valid_to": "2026-11-15"}, False),
        ({"valid_to": "2026-11-16"}, True),
        ({"interval": 2}, None),
        ({"freq": "MONTHLY", "byday": "3MO"}, True),
        ({"freq": "MONTHLY", "byday": "1MO"}, False),
        ({"freq": "MONTHLY", "byday": "3MO", "interval": 3}, None),
        ({"notes": "stängt november"}, None),
        ({"notes": "stängt november", "description": "Mo 10:00-12:00"}, None),
        ({"description": "öppet alla dagar"}, None),
        ({"notes": " ", "description": ""}, True),
    ],
)
def test_nobody_is_said_to_answer_when_that_is_not_sure(
    fields: dict[str, object], *, answers: bool | None
) -> None:
    assert is_open(read(**fields), MONDAY) is answers


def test_what_holds_for_a_time_is_not_said_to_hold_every_week() -> None:
    assert in_words(read(valid_from="2026-06-01", valid_to="2026-08-31")) == "bara vissa veckor"
    assert in_words(read(interval=2)) == "mån 10–12 (varannan vecka)"
    assert in_words(read(valid_from="2020-01-01")) == "mån 10–12"


def test_a_text_that_says_nothing_of_the_season_is_not_taken_for_it() -> None:
    assert read(description="Mo 10:00-12:00") == "Mo 10:00-12:00"
    summer = read(description="Mo 10:00-12:00", valid_to="2026-08-31")
    assert is_open(summer, MONDAY) is False


def test_words_that_stand_alone_leave_all_hours_unsure() -> None:
    alone = Schedule(description="Stängt ibland.", notes="Ring först")
    text, faults = hours([schedule(), alone, schedule(byday="TU")])
    assert faults == []
    assert text == (
        'Mo 10:00-12:00 "Stängt ibland., Ring först", Tu 10:00-12:00 "Stängt ibland., Ring först"'
    )
    assert is_open(text, MONDAY) is None
    assert hours([alone]) == ('"Stängt ibland., Ring först"', [])


def test_words_that_are_too_long_to_keep_are_refused() -> None:
    _, [(pointer, sentence)] = hours([schedule(notes="stängt juli " * 30)])
    assert (pointer, sentence) == ("/schedules", "Öppettiden är längre än 300 tecken.")


def test_two_seasons_stand_beside_each_other() -> None:
    text, faults = hours(
        [schedule(valid_to="2026-08-31"), schedule(valid_from="2026-09-01", closes_at="16:00")]
    )
    assert faults == []
    assert is_open(text, MONDAY.replace(hour=15)) is True
    assert is_open(text, datetime(2026, 6, 1, 15, tzinfo=STOCKHOLM)) is False


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"freq": "DAILY"}, "WEEKLY"),
        ({"byday": "1MO"}, "WEEKLY"),
        ({"freq": "MONTHLY", "byday": None}, "1MO"),
        ({"freq": "MONTHLY", "byday": "6MO"}, "1MO"),
        ({"freq": "MONTHLY", "bymonthday": "15"}, "datum"),
        ({"byweekno": "2"}, "veckor"),
        ({"byyearday": "200"}, "datum"),
        ({"count": 10}, "gånger"),
        ({"interval": 0}, "interval"),
        ({"interval": 1.5}, "interval"),
        ({"interval": 52}, "interval"),
        ({"valid_from": "i juni"}, "2026-06-05"),
        ({"valid_to": "2026-13-01"}, "2026-06-05"),
        ({"valid_from": "2026-09-01", "valid_to": "2026-06-01"}, "innan"),
        ({"timezone": 0}, "Sverige"),
        ({"timezone": -5}, "Sverige"),
        ({"closes_at": "29:59"}, "08:30"),
        ({"closes_at": "24:01"}, "08:30"),
        ({"opens_at": None}, "opens_at"),
        ({"opens_at": None, "byday": None}, "opens_at"),
        ({"opens_at": None, "closes_at": None}, "opens_at"),
        (
            {"opens_at": None, "closes_at": None, "byday": None, "valid_from": "2026-07-01"},
            "opens_at",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_place(
    fields: dict[str, object], words: str
) -> None:
    _, [(pointer, sentence)] = hours([schedule(), schedule(**fields)])
    assert pointer == "/schedules/1"
    assert words in sentence
    assert sentence.endswith(".")
