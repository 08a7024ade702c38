"""Waits as queueing theory has them: the planning figures, and what must hold whatever the load."""

from math import inf, isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.staffing import Load, impatient, patient, share_waiting_longer

LONG = 1e7
"""Minutes: a patience that nobody comes to the end of."""


def load(arrivals: float, slots: int, talk_minutes: float = 45) -> Load:
    return Load(arrivals=arrivals, slots=slots, talk_minutes=talk_minutes)


LOADS = st.builds(
    load,
    st.floats(0.01, 400),
    st.integers(1, 200),
    st.floats(1, 120),
)


@pytest.mark.parametrize(
    ("arrivals", "slots", "percent", "minutes"), [(2, 4, 7, 1.3), (4, 4, 51, 22.9), (4, 6, 10, 1.5)]
)
def test_the_planning_figures_come_out(
    arrivals: float, slots: int, percent: int, minutes: float
) -> None:
    wait = patient(load(arrivals, slots))
    assert round(100 * wait.share_waiting) == percent
    assert round(wait.mean_minutes, 1) == minutes
    assert wait.share_leaving == 0


def test_one_slot_is_the_simplest_queue() -> None:
    half_full = load(1, 1, talk_minutes=30)
    assert patient(half_full).share_waiting == pytest.approx(0.5)
    assert patient(half_full).mean_minutes == pytest.approx(30)
    assert share_waiting_longer(half_full, 0) == pytest.approx(0.5)


@pytest.mark.parametrize("arrivals", [4 * 60 / 45, 20])
def test_without_end_when_more_come_than_can_be_talked_with_unless_they_leave(
    arrivals: float,
) -> None:
    too_much = load(arrivals, 4)
    assert too_much.is_overload
    assert patient(too_much).mean_minutes == inf
    assert share_waiting_longer(too_much, 60) == 1
    wait = impatient(too_much, 30)
    assert isfinite(wait.mean_minutes)
    assert wait.share_leaving > 0


def test_in_great_overload_those_leave_who_cannot_be_talked_with() -> None:
    wait = impatient(load(400, 150), 30)
    assert wait.share_leaving == pytest.approx(0.5, abs=1e-6)
    assert wait.mean_minutes == pytest.approx(15, abs=1e-4)


@pytest.mark.parametrize("slots", [1, 20, 200])
@pytest.mark.parametrize("fullness", [0.999, 1.0, 1.001])
def test_nothing_jumps_where_the_slots_are_just_full(slots: int, fullness: float) -> None:
    around = [
        impatient(load(fullness * by * slots * 60 / 45, slots), 60) for by in (0.9999, 1.0001)
    ]
    assert around[0].mean_minutes == pytest.approx(around[1].mean_minutes, rel=0.02)
    assert around[0].share_waiting < around[1].share_waiting


@pytest.mark.parametrize(("arrivals", "slots"), [(2, 4), (4, 4), (250, 200), (0.01, 200)])
def test_people_who_have_all_the_time_there_is_wait_as_those_who_never_leave(
    arrivals: float, slots: int
) -> None:
    ever, almost = patient(load(arrivals, slots)), impatient(load(arrivals, slots), LONG)
    assert almost.share_waiting == pytest.approx(ever.share_waiting, rel=1e-3)
    assert almost.mean_minutes == pytest.approx(ever.mean_minutes, rel=1e-3)
    assert almost.share_leaving == pytest.approx(0, abs=1e-4)


@given(LOADS, st.floats(1, 600))
def test_whatever_the_load_shares_are_shares_and_who_leaves_spares_the_others(
    met: Load, patience: float
) -> None:
    ever, some_leave = patient(met), impatient(met, patience)
    for wait in (ever, some_leave):
        assert 0 <= wait.share_leaving <= wait.share_waiting + 1e-9
        assert wait.share_waiting <= 1
        assert wait.mean_minutes >= 0
    assert some_leave.share_waiting <= ever.share_waiting + 1e-9
    assert some_leave.mean_minutes <= ever.mean_minutes + 1e-9
    assert share_waiting_longer(met, 10) <= ever.share_waiting + 1e-9


@given(LOADS, st.floats(1, 600))
def test_one_more_slot_never_makes_anybody_wait_longer(met: Load, patience: float) -> None:
    one_more = load(met.arrivals, met.slots + 1, met.talk_minutes)
    assert patient(one_more).mean_minutes <= patient(met).mean_minutes
    before, after = impatient(met, patience), impatient(one_more, patience)
    assert after.mean_minutes <= before.mean_minutes + 1e-9
    assert after.share_leaving <= before.share_leaving + 1e-9
