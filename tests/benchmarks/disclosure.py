"""How many counts somebody can work out from the public releases of many years; the goal is none.

python -m tests.benchmarks.disclosure 1000

The years are invented, at 0.3, 1 and 3 times the real volume, and one in two is lopsided. Of the
one-way tables of their quarters, also of those with too few contacts to be released, three shares
are printed, because a record is in many tables and may be in several cells of one:

- answers in printed cells: of all answers that were given, unknown and not asked among them, those
  in a cell that is printed;
- records with an answer in a printed cell: of all records in all tables (a record once in each
  table whose question was relevant for it), those with at least one answer, or unknown or not
  asked, in a cell that is printed;
- records counted: of the same, those in a base that is printed, or beside it in a printed cell of
  those without an answer. The cell of their own answer may be hidden.
"""

import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter

import numpy as np

from tests.campaigns.disclosure import attacked, released
from tests.campaigns.disclosure_kept import Kept, kept_of
from tests.campaigns.years import SHAPES, form, year

VOLUMES = (0.3, 1.0, 3.0)
"""Times the real volume."""

PROCESSES = 2
AT_ONCE = 6
"""Years that a process takes at a time: one of each volume, ordinary and lopsided."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one year told, what its quarters kept of each question, and how long a year takes."""

    volume: float
    shape: str
    kinds: tuple[tuple[str, str], ...]
    kept: dict[str, Kept]
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
    return Outcome(volume, shape, kinds, kept_of(form(), columns, releases), seconds)


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
    _print_kept("all", outcomes)
    for shape in SHAPES:
        alike = [each for each in outcomes if each.shape == shape]
        if alike:
            _print_kept(shape, alike)
    if len(outcomes) > 1:
        cuts = quantiles([each.seconds for each in outcomes], n=20)
        print(f"  five reports of a year: median {cuts[9]:.2f} s, slow {cuts[18]:.2f} s")


def _print_kept(shape: str, outcomes: list[Outcome]) -> None:
    by_question: defaultdict[str, Kept] = defaultdict(Kept)
    for each in outcomes:
        for name, kept in each.kept.items():
            by_question[name] += kept
    every = sum(by_question.values(), Kept())
    parts = sorted((one.answers_shown / one.answers, name) for name, one in by_question.items())
    weakest = ", ".join(f"{name} {part:.0%}" for part, name in parts[:6])
    print(
        f"  {shape}: answers in printed cells {every.answers_shown / every.answers:.1%}, "
        f"records with an answer in a printed cell {every.records_seen / every.records:.1%}, "
        f"records counted {every.records_counted / every.records:.1%}; weakest answers {weakest}"
    )


if __name__ == "__main__":
    main()
