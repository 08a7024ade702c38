import pytest

from flows.records import age_band, left_queue_form, minutes_band


def test_leaving_the_queue_records_four_things_and_nothing_else() -> None:
    assert left_queue_form(period="2026-11", channel="web", wait_minutes=7) == {
        "period": "2026-11",
        "channel": "web",
        "outcome": "left_queue",
        "wait_minutes": "7",
    }


@pytest.mark.parametrize(
    ("age", "band"),
    [
        ("15", "under_18"),
        ("17", "under_18"),
        ("18", "18-34"),
        ("34", "18-34"),
        ("35", "35-54"),
        ("54", "35-54"),
        ("55", "55+"),
        ("110", "55+"),
        ("unknown", "unknown"),
        ("not_asked", "not_asked"),
        ("", ""),
    ],
)
def test_an_age_is_released_as_its_band(age: str, band: str) -> None:
    assert age_band(age) == band


@pytest.mark.parametrize(
    ("minutes", "band"),
    [
        ("0", "0-4"),
        ("4", "0-4"),
        ("5", "5-14"),
        ("15", "15-29"),
        ("30", "30-59"),
        ("59", "30-59"),
        ("60", "60+"),
        ("1440", "60+"),
        ("", ""),
    ],
)
def test_minutes_are_released_as_their_band(minutes: str, band: str) -> None:
    assert minutes_band(minutes) == band
