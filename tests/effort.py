"""How much work something takes, for tests of how work grows; never how long a clock ran."""

from collections.abc import Callable
from time import thread_time


def least_effort(do: Callable[[], object], *, rounds: int = 3) -> float:
    """Give the processor's seconds of this thread in the lightest of several rounds.

    Other programs on the machine cannot make it much larger, as they can an ordinary clock's
    time. Bounds should still leave room for a slow processor.
    """
    return min(_effort(do) for _ in range(rounds))


def _effort(do: Callable[[], object]) -> float:
    before = thread_time()
    do()
    return thread_time() - before
