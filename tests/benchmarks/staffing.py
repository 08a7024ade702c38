"""Erlang C and A beside a simulation of the queue, one visitor after another.

python -m tests.benchmarks.staffing

The simulation knows nothing of the formulas: people arrive, take the first slot that becomes free,
or leave when their patience ends before that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heapreplace
from math import inf

import numpy as np
import numpy.typing as npt

from flows.staffing import Load, Wait, impatient, patient, share_waiting_longer

VISITORS = 1_000_000

LONGER = 10.0
"""Minutes of the share that waits longer."""

CASES: tuple[tuple[float, int, float, float], ...] = (
    (2, 4, 45, inf),
    (4, 4, 45, inf),
    (4, 6, 45, inf),
    (20, 20, 45, inf),
    (2, 4, 45, 30),
    (4, 4, 45, 30),
    (8, 4, 45, 30),
    (24, 16, 40, 10),
)
"""Arrivals an hour, slots, mean minutes of a talk, mean minutes of patience (inf: without end)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of the visitors of a simulation."""

    wait: Wait
    share_waiting_longer: float


def simulated(load: Load, patience: float, *, visitors: int, seed: int) -> Seen:
    """Let so many visitors come, and tell of all but the first tenth, who find an empty house."""
    chance = np.random.default_rng(seed)
    arrivals = np.cumsum(chance.exponential(60 / load.arrivals, visitors))
    talks = chance.exponential(load.talk_minutes, visitors)
    endings = np.full(visitors, inf) if patience == inf else chance.exponential(patience, visitors)
    waits = np.fromiter(_waits(arrivals, talks, endings, load.slots), float, visitors)
    waits, endings = waits[visitors // 10 :], endings[visitors // 10 :]
    waited = np.minimum(waits, endings)
    wait = Wait(float((waits > 0).mean()), float(waited.mean()), float((waits > endings).mean()))
    return Seen(wait, float((waited > LONGER).mean()))


def _waits(
    arrivals: npt.NDArray[np.float64],
    talks: npt.NDArray[np.float64],
    endings: npt.NDArray[np.float64],
    slots: int,
) -> Iterator[float]:
    """Give how long each would have to wait; who leaves before that takes no slot."""
    free = [0.0] * slots
    heapify(free)
    for arrival, talk, patience in zip(
        arrivals.tolist(), talks.tolist(), endings.tolist(), strict=True
    ):
        wait = max(0.0, free[0] - arrival)
        if wait <= patience:
            heapreplace(free, arrival + wait + talk)
        yield wait


def calculated(load: Load, patience: float) -> Wait:
    return patient(load) if patience == inf else impatient(load, patience)


def main() -> None:
    print(f"{VISITORS:,} visitors each; simulated, then calculated")
    for arrivals, slots, talk, patience in CASES:
        load = Load(arrivals=arrivals, slots=slots, talk_minutes=talk)
        seen = simulated(load, patience, visitors=VISITORS, seed=1)
        wait = calculated(load, patience)
        print(
            f"{arrivals:g}/h, {slots} slots, {talk:g} min, patience {patience:g}: "
            f"wait {seen.wait.share_waiting:.3%} {wait.share_waiting:.3%}, "
            f"mean {seen.wait.mean_minutes:.3f} {wait.mean_minutes:.3f} min, "
            f"leave {seen.wait.share_leaving:.3%} {wait.share_leaving:.3%}"
        )
        if patience == inf:
            print(
                f"    longer than {LONGER:g} min: {seen.share_waiting_longer:.3%} "
                f"{share_waiting_longer(load, LONGER):.3%}"
            )


if __name__ == "__main__":
    main()
