"""When a service answers, read from OpenStreetMap's text and said in Swedish."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.load import load
from directory.opening import LONGEST, Span, fault, in_words, is_open, week

WEEKDAYS = (0, 1, 2, 3, 4)
ALL_DAYS = (*WEEKDAYS, 5, 6)
OFFICE = "Mo-Fr 08:30-16:00; PH off"
MONDAY_NOON = datetime(2026, 11, 16, 12, 0)  # noqa: DTZ001 - Stockholm's time
CHRISTMAS_DAY = datetime(2026, 12, 25, 12, 0)  # noqa: DTZ001 - the same; a Friday
SUNDAY_NOON = datetime(2026, 11, 15, 12, 0)  # noqa: DTZ001 - the same

PIECES = (
    *("Mo", "Tu-Fr", "Su", "PH", "SH", "Jun-Aug", "Feb 30", "Dec 24", "easter", "week", "53", "/2"),
    *("[1]", "[-1]", "+1 day", "10:00-12:00", "22:00-26:00", "08:00+", "24/7", "off", "open"),
    *("unknown", '"ring"', ";", ",", "-", "||", ":", "99:99", "2019-2030", "sunset", "00:00", "å"),
)
NEARLY = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)
"""Texts that are nearly opening hours."""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("  ", ""),
        ("24/7", "dygnet runt"),
        ("00:00-24:00", "dygnet runt"),
        (OFFICE, "mån–fre 08.30–16.00, stängt helgdagar"),
        ("Mo-Fr 08:30-16:00; Sa 10:00-14:00", "mån–fre 08.30–16.00, lör 10–14"),
        ("Mo-Su 21:00-06:00", "alla dagar 21–06"),
        ("Mo-Tu,Fr 16:00-24:00", "mån–tis och fre 16–24"),
        ("Mo,We,Fr 09:00-12:00,13:00-15:30", "mån, ons och fre 09–12 och 13.00–15.30"),
        ("Mo 08:00-09:00,10:00-12:00,13:00-15:00", "mån 08–09, 10–12 och 13–15"),
        ("Mo-Fr 00:00-24:00", "mån–fre dygnet runt"),
        ("Fr 18:00-24:00; Sa 00:00-24:00; Su 00:00-08:00",
         "fre 18–24, lör dygnet runt, sön 00–08"),
        ("Mo-Fr 08:00+", "mån–fre från 08"),
        ("Jun-Aug Mo-Fr 10:00-12:00", "bara vissa veckor"),
        ("Mo 10:00-12:00; Jul off", "mån 10–12, andra tider vissa veckor"),
        ("week 1-53/2 Mo 10:00-12:00", "bara vissa veckor"),
        ("Mo-Fr 09:00-15:00; Dec 24 off", "mån–fre 09–15, andra tider vissa dagar"),
        ("Mo-Fr 09:00-15:00; Jun 06 off", "mån–fre 09–15, andra tider vissa dagar"),
        ("Mo-Fr 09:00-15:00; PH 10:00-12:00", "mån–fre 09–15"),
        (
            "Mo-Fr 09:00-15:00; Dec 24 10:00-12:00; PH off",
            "mån–fre 09–15, andra tider vissa dagar, stängt helgdagar",
        ),
        ("Mo-Su 21:00-06:00; Dec 24 off", "alla dagar 21–06, andra tider vissa dagar"),
        ("24/7; Dec 24 off", "dygnet runt, andra tider vissa dagar"),
        ("Dec 24 10:00-12:00", "bara vissa dagar"),
        ('"efter överenskommelse"; Dec 24 off', "efter överenskommelse"),
        ('Mo-Fr 10:00-12:00 "ring först"', "mån–fre 10–12 (ring först)"),
        ('"efter överenskommelse"', "efter överenskommelse"),
        ("Mo-Fr 10:00-12:00 unknown", ""),
        ("när vi kan", ""),
    ],
)  # fmt: skip
def test_hours_are_said_as_people_write_them(text: str, words: str) -> None:
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("24/7", (Span(ALL_DAYS, "00:00", "24:00"),)),
        (OFFICE, (Span(WEEKDAYS, "08:30", "16:00"),)),
        ("Mo-Su 21:00-06:00", (Span(ALL_DAYS, "21:00", "06:00"),)),
        ("Su 22:00-02:00", (Span((6,), "22:00", "02:00"),)),
        ("Mo-Fr 22:00-26:00", (Span(WEEKDAYS, "22:00", "02:00"),)),
        (
            "Mo-Fr 08:00+; Sa 09:00-24:00",
            (Span(WEEKDAYS, "08:00", ""), Span((5,), "09:00", "24:00")),
        ),
        (
            "24/7; Su off",
            (Span((0, 1, 2, 3, 4, 5), "00:00", "24:00"),),
        ),
        (
            "Mo,Fr 09:00-12:00; Tu 10:00-11:00",
            (Span((0, 4), "09:00", "12:00"), Span((1,), "10:00", "11:00")),
        ),
        ("Jun-Aug Mo 10:00-12:00", ()),
        ('"efter överenskommelse"', ()),
        ("", ()),
        ("Mo-Fr 8-16", ()),
    ],
)
def test_a_normal_week_joins_the_days_that_are_alike(text: str, spans: tuple[Span, ...]) -> None:
    assert week(text) == spans


@pytest.mark.parametrize(
    ("text", "at", "answer"),
    [
        (OFFICE, MONDAY_NOON, True),
        (OFFICE, MONDAY_NOON.replace(hour=16), False),
        (OFFICE, SUNDAY_NOON, False),
        (OFFICE, CHRISTMAS_DAY, False),
        ("Mo-Fr 08:30-16:00", CHRISTMAS_DAY, True),
        ("Mo-Su 10:00-14:00; PH off", SUNDAY_NOON, True),
        ("Mo-Su 21:00-06:00", MONDAY_NOON.replace(hour=3), True),
        ("24/7", CHRISTMAS_DAY, True),
        ("", MONDAY_NOON, None),
        ("när vi kan", MONDAY_NOON, None),
        ('"efter överenskommelse"', MONDAY_NOON, None),
        ('Mo-Fr 10:00-14:00 "ring först"', MONDAY_NOON, None),
        ('Mo-Fr 10:00-14:00 "ring först"', MONDAY_NOON.replace(hour=15), False),
        ("Mo-Fr 08:00+", MONDAY_NOON, None),
        ("Mo-Fr 08:00+", MONDAY_NOON.replace(hour=7), False),
        ("Mo-Fr 10:00-14:00 unknown", MONDAY_NOON, None),
    ],
)
def test_open_is_said_only_where_it_is_known(
    text: str, at: datetime, *, answer: bool | None
) -> None:
    assert is_open(text, at) is answer


def test_a_time_of_another_zone_is_taken_for_what_it_is_here() -> None:
    assert is_open(OFFICE, datetime(2026, 11, 16, 15, 30, tzinfo=UTC)) is False
    assert is_open(OFFICE, datetime(2026, 7, 6, 6, 45, tzinfo=UTC)) is True


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Mo-Fr 8-16", "läsas"),
        ("vardagar 8-16", "läsas"),
        ("Mo-Fr 08:00-16:00; SH off", "Skollov"),
        ("sunrise-sunset", "klockslag"),
        ('Mo-Fr 10:00-12:00 || "ring"', "||"),
        ("Mo-Fr 10:00-12:00;" * 20, str(LONGEST)),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(text: str, word: str) -> None:
    assert word in fault(text)
    assert fault(text).endswith(".")
    assert (week(text), in_words(text), is_open(text, MONDAY_NOON)) == ((), "", None)


@pytest.mark.parametrize("text", ["", "24/7", OFFICE, 'Mo 10:00-12:00 "SH || sunset"'])
def test_what_can_be_used_has_no_fault(text: str) -> None:
    assert fault(text) == ""


def test_the_hours_that_are_shipped_can_all_be_said() -> None:
    for service in load().services.values():
        assert fault(service.hours) == "", service.id
        assert bool(in_words(service.hours)) == bool(service.hours), service.id


@given(st.one_of(NEARLY, st.text(max_size=400)))
def test_no_text_is_too_odd(text: str) -> None:
    assert fault(text) == "" or fault(text).endswith(".")
    assert is_open(text, MONDAY_NOON) in {True, False, None}
    for span in week(text):
        assert span.days == tuple(sorted(set(span.days)))
        assert "00:00" <= span.opens < "24:00"
        assert span.closes <= "24:00"
    assert isinstance(in_words(text), str)
