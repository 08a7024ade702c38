"""How long people wait for a counsellor, when so many come and so many talks can go on at once.

Erlang C: people come by chance, talks take by chance longer or shorter, and whoever finds no free
slot waits, however long it takes. Erlang A: the same, but people give up, after a patience that
varies by chance around its mean. Both look at how it settles in the long run.

Sources: A. K. Erlang (1917) for the first, C. Palm (1957) for the second; see N. Gans, G. Koole and
A. Mandelbaum, "Telephone Call Centers" (2003), for both.
"""

from dataclasses import dataclass
from math import ceil, exp, inf, sqrt

import numpy as np
import numpy.typing as npt

MINUTES = 60

_TAIL = 12
"""Standard deviations of the queue's length beyond which nothing is left to add."""

_LEAST_TAIL = 60
"""Places in the queue that are always looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What meets the counsellors: arrivals per hour (more than none), slots, minutes of a talk."""

    arrivals: float
    slots: int
    talk_minutes: float

    @property
    def offered(self) -> float:
        """How many talks would go on at once if nobody ever waited."""
        return self.arrivals * self.talk_minutes / MINUTES

    @property
    def is_overload(self) -> bool:
        """Whether more come than can be talked with, so that a queue without end builds up."""
        return self.offered >= self.slots


@dataclass(frozen=True, slots=True)
class Wait:
    """What becomes of those who come: shares from 0 to 1, and the mean wait of all in minutes."""

    share_waiting: float
    mean_minutes: float
    share_leaving: float = 0.0


def patient(load: Load) -> Wait:
    """Tell how people wait who never give up (Erlang C); in overload the wait has no end."""
    if load.is_overload:
        return Wait(1.0, inf)
    chances = _in_full(load)
    all_busy = chances[-1]
    waiting = float(all_busy / (1 - load.offered / load.slots * (1 - all_busy)))
    return Wait(waiting, waiting * load.talk_minutes / (load.slots - load.offered))


def share_waiting_longer(load: Load, minutes: float) -> float:
    """Tell how many of people who never give up wait longer than this."""
    if load.is_overload:
        return 1.0
    free = (load.slots - load.offered) / load.talk_minutes
    return patient(load).share_waiting * exp(-free * minutes)


def impatient(load: Load, patience_minutes: float) -> Wait:
    """Tell how people wait who give up after a mean patience (Erlang A).

    The wait is that of everybody, until they are answered or leave. It is finite in overload too.
    """
    arrivals, talks_ending = load.arrivals / MINUTES, load.slots / load.talk_minutes
    leaving = np.arange(1, _longest_queue(load, patience_minutes) + 1) / patience_minutes
    chances = _chances(arrivals, np.concatenate([_endings(load), talks_ending + leaving]))
    queueing = chances[load.slots :]
    in_queue = float(queueing @ np.arange(len(queueing)))
    waiting = min(1.0, float(queueing.sum()))
    return Wait(waiting, in_queue / arrivals, in_queue / patience_minutes / arrivals)


def _in_full(load: Load) -> npt.NDArray[np.float64]:
    """Give the chance of each number of talks at once, if nobody could queue (Erlang B)."""
    return _chances(load.arrivals / MINUTES, _endings(load))


def _endings(load: Load) -> npt.NDArray[np.float64]:
    """Give how many talks end in a minute, when one is going on, two, and so on."""
    return np.arange(1, load.slots + 1) / load.talk_minutes


def _chances(arrivals: float, departures: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give the chance that so many are there, from none on, in the long run.

    In balance as many step up from each number as step down to it. Logarithms keep factorials and
    powers of two hundred slots within what a number can hold.
    """
    steps = np.log(arrivals) - np.log(departures)
    logarithms = np.concatenate([[0.0], np.cumsum(steps)])
    weights = np.exp(logarithms - logarithms.max())
    chances: npt.NDArray[np.float64] = weights / weights.sum()
    return chances


def _longest_queue(load: Load, patience_minutes: float) -> int:
    """Give a length that the queue is next to never longer than.

    It settles where as many leave or are answered as come, and strays from there as chance has it.
    """
    beyond = max(0.0, load.offered - load.slots) / load.talk_minutes * patience_minutes
    strays = sqrt(load.arrivals / MINUTES * patience_minutes)
    return ceil(beyond + _TAIL * strays) + _LEAST_TAIL
