"""One update in, one message out: ours beside the same relay on other libraries.

    python -m tests.benchmarks.relay [--rounds 7] [--seconds 4] [--python PATH]
                                     [--kill] [--json FILE] [--modes ...] [--systems ...]

The stub has one core, the system the other. Rounds are interleaved and their order rotates, so
that a noisy machine disturbs all alike. The rivals run on the interpreter of `--python`, which
needs the packages of the dependency group `bench`.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

from tests.benchmarks.relay_run import NoSystemError, Run, measure
from tests.benchmarks.relay_stub import Load
from tests.benchmarks.relay_system import RAW, SYSTEMS
from tests.benchmarks.relay_table import deaths, table

SATURATED = "saturated"
LOADS = {
    SATURATED: Load(in_flight=256),
    "paced": Load(pace=30),
    "slow network": Load(in_flight=512, delay=0.08),
    "slow network, paced": Load(pace=30, delay=0.08),
}
"""Telegram sends about 30 messages a second in all, and a real network answers after 80 ms."""
KILLED = "killed"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.relay")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=4.0, help="how long each run is measured")
    parser.add_argument("--python", default=sys.executable, help="the rivals' interpreter")
    parser.add_argument("--kill", action="store_true", help="also kill what writes durably")
    parser.add_argument("--json", type=Path, help="where to write all numbers")
    parser.add_argument("--modes", nargs="+", choices=LOADS, default=list(LOADS))
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    return parser.parse_args()


def loads(asked: argparse.Namespace, round: int) -> dict[str, Load]:
    """Each round kills at another instant."""
    all = {mode: replace(LOADS[mode], seconds=asked.seconds) for mode in asked.modes}
    if asked.kill:
        middle = asked.seconds * (round + 1) / (asked.rounds + 1)
        all[KILLED] = replace(LOADS[SATURATED], seconds=middle, is_killed=True)
    return all


def belongs(name: str, mode: str) -> bool:
    if name == RAW:
        return mode == SATURATED
    return mode != KILLED or bool(SYSTEMS[name].store)


def measured(asked: argparse.Namespace) -> Iterator[Run]:
    """A system that cannot be measured is named once and left out from then on."""
    systems = list(asked.systems)
    for round in range(asked.rounds):
        first = round % len(asked.systems)
        order = asked.systems[first:] + asked.systems[:first]
        for mode, load in loads(asked, round).items():
            for name in [each for each in order if each in systems and belongs(each, mode)]:
                python = asked.python if SYSTEMS[name].needs else sys.executable
                try:
                    run = measure(round, mode, name, load, python)
                except NoSystemError as reason:
                    print(reason, file=sys.stderr)
                    systems.remove(name)
                else:
                    tell(run)
                    yield run


def tell(run: Run) -> None:
    rate, cpu = f"{run.rate:,.1f} messages/s", f"{run.cpu:,.0f} us CPU each"
    flaw = "" if run.is_sound or run.mode == KILLED else ", with flaws"
    print(f"{run.round + 1}. {run.mode}: {run.system}: {rate}, {cpu}{flaw}", file=sys.stderr)


def main() -> None:
    asked = arguments()
    if len(os.sched_getaffinity(0)) == 1:
        print("There is one core only: the stub takes time from the systems.", file=sys.stderr)
    runs = list(measured(asked))
    for mode in dict.fromkeys(run.mode for run in runs):
        mine = [run for run in runs if run.mode == mode]
        print(deaths(mine) if mode == KILLED else table(mode, mine), end="\n\n")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(run) for run in runs]))


if __name__ == "__main__":
    main()
