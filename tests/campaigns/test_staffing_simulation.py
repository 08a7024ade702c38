"""The formulas of staffing agree with a queue that is played through, visitor by visitor.

`python -m tests.benchmarks.staffing` does the same with more visitors and prints both.
"""

from math import inf

import pytest

from flows.staffing import Load, share_waiting_longer
from tests.benchmarks.staffing import CASES, LONGER, calculated, simulated

VISITORS = 100_000

SHARES_WITHIN = 0.015
"""How far a share may be from what is calculated: waits come in long runs, so they vary."""

MEANS_WITHIN = 0.08
"""How far a mean may be, as a part of it."""


@pytest.mark.parametrize(("arrivals", "slots", "talk", "patience"), CASES)
def test_calculated_waits_are_those_of_a_simulation(
    arrivals: float, slots: int, talk: float, patience: float
) -> None:
    load = Load(arrivals=arrivals, slots=slots, talk_minutes=talk)
    seen = simulated(load, patience, visitors=VISITORS, seed=7)
    wait = calculated(load, patience)
    assert seen.wait.share_waiting == pytest.approx(wait.share_waiting, abs=SHARES_WITHIN)
    assert seen.wait.share_leaving == pytest.approx(wait.share_leaving, abs=SHARES_WITHIN)
    assert seen.wait.mean_minutes == pytest.approx(wait.mean_minutes, rel=MEANS_WITHIN)
    if patience == inf:
        longer = share_waiting_longer(load, LONGER)
        assert seen.share_waiting_longer == pytest.approx(longer, abs=SHARES_WITHIN)
