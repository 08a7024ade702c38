"""How many counts somebody can work out from the public releases of many years; the goal is none.

python -m tests.benchmarks.disclosure 1000

The years are invented, at 0.3, 1 and 3 times the real volume, and one in two is lopsided.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter

import numpy as np

from tests.campaigns.disclosure import attacked, released, shown_and_all
from tests.campaigns.years import SHAPES, form, year

VOLUMES = (0.3, 1.0, 3.0)
"""Times the real volume."""

PROCESSES = 2
AT_ONCE = 6
"""Years that a process takes at a time: one of each volume, ordinary and lopsided."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one year told, how many answers stood in shown cells, and how long a year takes."""

    volume: float
    shape: str
    kinds: tuple[tuple[str, str], ...]
    shown: dict[str, tuple[int, int]]
    seconds: float


def outcome(seed: int) -> Outcome:
    volume = VOLUMES[seed % len(VOLUMES)]
    turn = seed // len(VOLUMES)
    shape = SHAPES[0] if turn % 2 == 0 else SHAPES[1 + turn // 2 % (len(SHAPES) - 1)]
    columns = year(np.random.default_rng(seed), volume=volume, shape=shape)
    before = perf_counter()
    releases = released(form(), columns)
    seconds = perf_counter() - before
    kinds = tuple((kind, f"{seed}: {what}") for kind, what in attacked(form(), releases))
    return Outcome(volume, shape, kinds, shown_and_all(releases), seconds)


def main() -> None:
    years = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with ProcessPoolExecutor(PROCESSES) as pool:
        outcomes = []
        for each in pool.map(outcome, range(years), chunksize=AT_ONCE):
            outcomes.append(each)
            for kind, what in each.kinds:
                print(f"  {kind} in year {what}", flush=True)
            if len(outcomes) % 100 == 0:
                print(f"{len(outcomes)} years", file=sys.stderr, flush=True)
    for volume in VOLUMES:
        _print([each for each in outcomes if each.volume == volume], volume)


def _print(outcomes: list[Outcome], volume: float) -> None:
    kinds = Counter(kind for each in outcomes for kind, _ in each.kinds)
    print(f"{volume} times the volume, {len(outcomes)} years: {kinds.total()} disclosures", *kinds)
    for shape in SHAPES:
        alike = [each for each in outcomes if each.shape == shape]
        if alike:
            _print_shown(shape, alike)
    if len(outcomes) > 1:
        cuts = quantiles([each.seconds for each in outcomes], n=20)
        print(f"  five reports of a year: median {cuts[9]:.2f} s, slow {cuts[18]:.2f} s")


def _print_shown(shape: str, outcomes: list[Outcome]) -> None:
    shown: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for each in outcomes:
        for name, (n, of) in each.shown.items():
            shown[name] += n
            every[name] += of
    parts = sorted((shown[name] / every[name], name) for name in every)
    weakest = ", ".join(f"{name} {part:.0%}" for part, name in parts[:6])
    print(f"  {shape}: {shown.total() / every.total():.1%} in shown cells; weakest {weakest}")


if __name__ == "__main__":
    main()
