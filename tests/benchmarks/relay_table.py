"""What the runs say: a table for each mode, and how ours stands against each rival in one round."""

import statistics
from collections.abc import Callable, Iterable, Sequence

from tests.benchmarks.relay_run import Run
from tests.benchmarks.relay_system import OURS, RAW, SYSTEMS

FAST_ENOUGH = 3.0
"""How much faster than the fastest system the stub alone must be for a round to count."""
_HEAD = (
    f"{'':<20}{'messages/s':>12}{'(min-max)':>16}{'CPU us':>8}{'core %':>8}"
    f"{'p50 ms':>9}{'p99 ms':>9}{'queue':>7}{'flaws':>7}  stored"
)


def table(mode: str, runs: Sequence[Run]) -> str:
    """Medians of the rounds; `queue` is by how much it grew; `flaws` are all updates of all rounds
    that were not answered exactly once with their own words."""
    lines = [_line(name, of) for name, of in _by_system(runs).items()]
    return "\n".join([mode, _HEAD, *lines, *_stub_alone(runs), *_against(runs)])


def deaths(runs: Sequence[Run]) -> str:
    """What a SIGKILL in the middle cost, over all rounds."""
    lines = ["killed", f"{'':<20}{'confirmed updates lost, a round each':>40}{'stored twice':>14}"]
    for name, mine in _by_system(runs).items():
        lost = ", ".join(str(run.lost) for run in mine)
        lines.append(f"{name:<20}{lost:>40}{sum(run.stored_twice for run in mine):>14}")
    return "\n".join(lines)


def _by_system(runs: Sequence[Run]) -> dict[str, list[Run]]:
    names = [name for name in SYSTEMS if any(run.system == name for run in runs)]
    return {name: [run for run in runs if run.system == name] for name in names}


def _line(name: str, runs: Sequence[Run]) -> str:
    def middle(of: Callable[[Run], float]) -> float:
        return statistics.median(of(run) for run in runs)

    rates = [run.rate for run in runs]
    spread = f"({min(rates):,.0f}-{max(rates):,.0f})"
    return (
        f"{name:<20}{statistics.median(rates):>12,.1f}{spread:>16}"
        f"{middle(lambda run: run.cpu):>8,.0f}{middle(lambda run: run.share):>8.1f}"
        f"{middle(lambda run: run.latency(50)):>9.1f}{middle(lambda run: run.latency(99)):>9.1f}"
        f"{middle(lambda run: run.waiting):>+7.0f}{sum(map(_flaws, runs)):>7}"
        f"  {_stored(name, runs)}"
    )


def _flaws(run: Run) -> int:
    seen = run.result
    unseen = seen["window"] is None
    return len(seen["unanswered"]) + seen["doubled"] + seen["wrong"] + unseen


def _stored(name: str, runs: Sequence[Run]) -> str:
    if not SYSTEMS[name].store:
        return "nothing"
    missing, twice = sum(run.missing for run in runs), sum(run.stored_twice for run in runs)
    updates = sum(run.result["created"] for run in runs)
    return f"{missing} missing, {twice} twice" if missing or twice else f"all {updates:,} once"


def _stub_alone(runs: Sequence[Run]) -> list[str]:
    reserves = [reserve(each) for each in rounds(runs) if any(run.system == RAW for run in each)]
    if not reserves:
        return []
    enough = f"{sum(each >= FAST_ENOUGH for each in reserves)} of {len(reserves)} rounds count"
    reason = f"which takes {FAST_ENOUGH:g} times the fastest system"
    return [f"The stub alone is {_spread(reserves)} times as fast; {enough}, {reason}."]


def _against(runs: Sequence[Run]) -> list[str]:
    """Only rounds in which the stub was fast enough and both systems made no mistake."""
    lines = []
    for rival in (name for name in SYSTEMS if name not in (OURS, RAW)):
        pairs = list(_pairs(runs, rival))
        if pairs:
            faster = _spread([ours.rate / theirs.rate for ours, theirs in pairs])
            cheaper = _spread([theirs.cpu / ours.cpu for ours, theirs in pairs])
            lines.append(
                f"Ours against {rival}: {faster} times the messages, "
                f"{cheaper} times less CPU a message ({len(pairs)} rounds)."
            )
    return lines


def _pairs(runs: Sequence[Run], rival: str) -> Iterable[tuple[Run, Run]]:
    for each in rounds(runs):
        sound = {run.system: run for run in each if run.is_sound}
        if OURS in sound and rival in sound and reserve(each) >= FAST_ENOUGH:
            yield sound[OURS], sound[rival]


def rounds(runs: Sequence[Run]) -> list[list[Run]]:
    numbers = sorted({run.round for run in runs})
    return [[run for run in runs if run.round == n] for n in numbers]


def reserve(a_round: Sequence[Run]) -> float:
    """How many times faster than the fastest system the stub alone is; endless if not measured."""
    rates = {run.system: run.rate for run in a_round}
    alone, fastest = rates.pop(RAW, 0.0), max(rates.values(), default=0.0)
    return alone / fastest if alone and fastest else float("inf")


def _spread(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
