"""Waits and lengths as records have them, and only where there are enough of them."""

import pytest

from flows.columns import encoded
from flows.waiting_times import Measured, measured
from tests.bot.desks import contact_form

MONTH = "2026-07"


def contacts(
    n: int, outcome: str, *, wait: str = "", talk: str = "", channel: str = "web"
) -> list[dict[str, str]]:
    answers = {"outcome": outcome, "wait_minutes": wait, "talk_minutes": talk}
    role = {} if outcome in {"left_queue", "silent_or_misuse"} else {"role": "exposed"}
    return [{"period": MONTH, "channel": channel, **answers, **role}] * n


def found(*records: list[dict[str, str]]) -> Measured:
    form = contact_form()
    columns = encoded(form, [each for group in records for each in group])
    return measured(form, columns, first=MONTH, last=MONTH)


def test_means_are_of_those_that_are_known() -> None:
    means = found(
        contacts(6, "completed", wait="2", talk="30"),
        contacts(2, "completed", wait="10", talk="50"),
        contacts(5, "completed", wait="unknown", talk="not_asked"),
    )
    assert means.wait == pytest.approx(4)
    assert means.talk == pytest.approx(35)


def test_patience_is_all_time_that_was_waited_for_each_who_left() -> None:
    means = found(
        contacts(60, "completed", wait="5", talk="30"),
        contacts(10, "left_queue", wait="9"),
    )
    assert means.patience == pytest.approx((60 * 5 + 10 * 9) / 10)


def test_few_who_left_say_nothing_of_patience() -> None:
    few = found(contacts(60, "completed", wait="5"), contacts(4, "left_queue", wait="9"))
    assert few.patience is None


def test_some_who_left_say_nothing_where_their_number_would_tell_another() -> None:
    hidden = found(
        contacts(60, "completed", wait="5"),
        contacts(6, "left_queue", wait="9"),
        contacts(2, "silent_or_misuse", wait="1"),
    )
    assert hidden.patience is None


def test_some_who_left_say_nothing_where_the_report_hides_them_for_others_without_a_role() -> None:
    hidden = found(
        contacts(60, "completed", wait="5"),
        contacts(6, "interrupted", wait="5"),
        contacts(9, "left_queue", wait="9"),
        contacts(3, "silent_or_misuse", wait="1"),
    )
    assert hidden.patience is None


@pytest.mark.parametrize(("calls", "is_told"), [(0, True), (1, False), (4, False), (30, True)])
def test_patience_is_not_told_where_it_would_tell_how_few_called(
    calls: int, *, is_told: bool
) -> None:
    measured = found(
        contacts(68, "completed", wait="20"),
        contacts(6, "left_queue", wait="20"),
        contacts(calls, "completed", channel="phone"),
    )
    assert (measured.patience is not None) == is_told


def test_too_few_say_nothing_at_all() -> None:
    assert found(contacts(4, "completed", wait="5", talk="30")) == Measured()
    assert found() == Measured()
