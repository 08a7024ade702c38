"""How long an internal report takes, from packed months to the last hidden cell, and its memory.

python -m tests.benchmarks.reports [N]

The report is made in a process of its own, so that its peak is not that of inventing the records.
"""

import random
import resource
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import perf_counter

from bot.invented import A_MONTH, invent
from bot.resources import read_form
from flows.channel_report import channels
from flows.columns import encoded, joined, packed, unpacked
from flows.counting import months
from flows.internal_report import internal

FIRST, LAST = "2024-01", "2025-12"
MONTHS = months(FIRST, LAST)
N = 100_000

DIFFERENT = 10_000
"""Records that are invented; the rest are the same ones again, drawn at random."""


def main() -> None:
    blocks = _blocks(int(sys.argv[1]) if len(sys.argv) > 1 else N)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        other.submit(_report, blocks).result()


def _blocks(n: int) -> list[bytes]:
    """Encode and pack about n records, month by month."""
    form, chance = read_form(), random.Random(5)
    some = MONTHS * (DIFFERENT // (A_MONTH * len(MONTHS)) + 1)
    different = invent(form, months=some, chance=chance, services=["one"])
    encoding, packing, blocks = 0.0, 0.0, []
    for month in MONTHS:
        drawn = chance.choices(different, k=n // len(MONTHS))
        records = [{**record, "period": month} for record in drawn]
        start = perf_counter()
        columns = encoded(form, records)
        between = perf_counter()
        blocks.append(packed(columns))
        encoding += between - start
        packing += perf_counter() - between
    _told("encode", encoding)
    _told("pack", packing)
    print(f"packed: {sum(map(len, blocks)) / 2**20:.1f} MiB")
    return blocks


def _report(blocks: Sequence[bytes]) -> None:
    form = read_form()
    before = _peak()
    start = perf_counter()
    columns = joined([unpacked(block) for block in blocks])
    unpacking = perf_counter()
    internal(form, columns, first=FIRST, last=LAST)
    end = perf_counter()
    channels(form, columns, first=FIRST, last=LAST)
    compared = perf_counter()
    print(f"records: {columns.n:,}")
    _told("unpack and join", unpacking - start)
    _told("report", end - unpacking)
    _told("all together", end - start)
    _told("channels beside it", compared - end)
    print(f"peak: {_peak():.0f} MiB, {before:.0f} before")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def _told(what: str, seconds: float) -> None:
    print(f"{what}: {seconds:.3f} s")


if __name__ == "__main__":
    main()
