"""Whether a look-up is ever empty, for everybody everywhere, and how long it takes.

python -m tests.benchmarks.finding
"""

import statistics
from collections import Counter
from collections.abc import Iterator
from itertools import product
from time import perf_counter
from typing import Literal

from directory.finder import NEEDS, Match, Need, find
from directory.load import load
from directory.places import understand

GENDERS: tuple[Literal["women", "men"] | None, ...] = (None, "women", "men")
AGES = (None, 15, 17, 40, 90)
LANGUAGES = (None, "ar", "so", "xx")


def needs() -> Iterator[Need]:
    """Every kind of person who may ask."""
    for role, gender, age, language in product((None, *NEEDS), GENDERS, AGES, LANGUAGES):
        yield Need(role=role, gender=gender, age=age, language=language)


def main() -> None:
    directory = load()
    times, empty, nearest = [], 0, Counter[str]()
    for code, need in product(directory.municipalities, tuple(needs())):
        start = perf_counter()
        found = find(directory, code, need=need)
        times.append((perf_counter() - start) * 1_000)
        empty += not found
        nearest[found[0].serves] += 1
    whole = [_whole(name.name) for name in directory.municipalities.values()]
    print(f"look-ups: {len(times):,}, empty: {empty}")
    print("nearest:", ", ".join(f"{serves} {n:,}" for serves, n in nearest.most_common()))
    _told("finding", times)
    _told("understanding and finding", whole)


def _whole(text: str) -> float:
    start = perf_counter()
    place = understand(text, load())
    found: tuple[Match, ...] = ()
    if place.municipality:
        found = find(load(), place.municipality.code)
    return (perf_counter() - start) * 1_000 if found else 0.0


def _told(what: str, times: list[float]) -> None:
    p99 = statistics.quantiles(times, n=100)[-1]
    print(f"{what}: median {statistics.median(times):.2f} ms, p99 {p99:.2f} ms")


if __name__ == "__main__":
    main()
