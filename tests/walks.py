"""Conversations at random, and all conversations there are up to a depth.

They take turns on the channels. Each next event is drawn from what the table tells of in the state
that was reached; otherwise a walk would never get past the menu.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import cycle, islice

from flows import events
from flows.channels import TELEGRAM
from flows.effects import Turn
from flows.events import Event
from flows.machine import BOT, TABLE, step
from flows.states import Closed, Erasing, Menu, Open, State
from flows.timers import due
from flows.world import World
from tests.cast import ANNA, BO, MONDAY_MORNING
from tests.fakes import stay, world

WALKS = 600
LONGEST = 60
CHANNELS = ("web", TELEGRAM)
WEIGHTS: Mapping[type[Event], float] = {
    events.AskedTalk: 5,
    events.Consented: 5,
    events.Claimed: 5,
    events.Wrote: 3,
    events.HandedBack: 0.3,
    events.Ended: 0.3,
    events.EndedTalk: 0.3,
    events.Vanished: 0.3,
    events.LeftQueue: 0.2,
    events.ConfirmedErasure: 0.1,
    events.Departed: 0.1,
}
"""How often an event is drawn, beside the others with 1: what ends a walk early is rare."""

WORDS = (
    "jag vet inte vad jag ska säga",
    "jag slog henne i går och nu är hon borta",
    "jag dödar henne ikväll",
    "jag vill inte leva längre",
    "jag håller på att skaka bebisen",
    "ring mig på 070-174 06 05",
    "Malmö",
    "Järna",
    "Skåne",
    "Gnosjögatan",
    "ja",
    "nej",
    "radera",
    "utsatt",
    "bättre",
)

SAMPLES: Mapping[type[Event], tuple[Event, ...]] = {
    events.Opened: (events.Opened(), events.Opened("public_transport")),
    events.Wrote: tuple(map(events.Wrote, WORDS)),
    events.Rewrote: tuple(map(events.Rewrote, WORDS)),
    events.Consented: (events.Consented(with_words=False), events.Consented(with_words=True)),
    events.ToldRole: tuple(map(events.ToldRole, events.ROLES)),
    events.ToldPlace: tuple(map(events.ToldPlace, ("1280", "0180", "9999"))),
    events.AskedMore: (events.AskedMore("1280", 0), events.AskedMore("9999", 4)),
    events.ToldHelped: tuple(map(events.ToldHelped, events.HELPED)),
    events.Claimed: (events.Claimed(ANNA, "draft-a"), events.Claimed(BO, "draft-b")),
    events.Said: (events.Said(ANNA, "Hej."), events.Said(BO, "Hej.")),
    events.Attached: (
        events.Attached(ANNA, "manscentrum-stockholm"),
        events.Attached(ANNA, "sjalvmordslinjen"),
        events.Attached(ANNA, "nowhere"),
        events.Attached(BO, "preventell"),
    ),
    events.HandedBack: (events.HandedBack(ANNA), events.HandedBack(BO)),
    events.Ended: (events.Ended(ANNA), events.Ended(BO)),
    events.Vanished: (events.Vanished(ANNA), events.Vanished(BO)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One turn of a walk."""

    before: Open
    event: Event
    world: World
    turn: Turn[State]


def samples(kind: type[Event]) -> tuple[Event, ...]:
    """Give events of a kind; where nothing is told with it, there is but one."""
    alone: Callable[[], Event] = kind
    return SAMPLES.get(kind) or (alone(),)


@cache
def walks() -> tuple[tuple[Step, ...], ...]:
    """Give many conversations, always the same ones."""
    begun = islice(cycle(map(beginning, CHANNELS)), WALKS)
    return tuple(tuple(_walk(state, random.Random(seed))) for seed, state in enumerate(begun))


@cache
def steps() -> tuple[Step, ...]:
    return tuple(step for walk in walks() for step in walk)


def beginning(channel: str = "web") -> Menu:
    return Menu(stay(channel=channel))


def _walk(begun: Menu, chance: random.Random) -> Iterator[Step]:
    state: State = begun
    now = MONDAY_MORNING
    for _ in range(LONGEST):
        if isinstance(state, Closed):
            return
        event = _drawn(state, chance)
        now += timedelta(minutes=chance.choice((0, 0, 1, 5, 25)))
        if isinstance(event, events.Rang):
            now = max(now, due(state, world().line.timers))
        around = _world(state, chance, now)
        turn = step(state, event, around)
        yield Step(state, event, around, turn)
        state = turn.state


def _drawn(state: Open, chance: random.Random) -> Event:
    kinds = [event for known, event in TABLE if known is type(state)]
    weights = [WEIGHTS.get(kind, 1) for kind in kinds]
    if isinstance(state, Erasing):
        weights = [1] * len(kinds)
    if isinstance(state, BOT):
        weights[kinds.index(events.Rang)] = 0.1
    return chance.choice(samples(chance.choices(kinds, weights)[0]))


def _world(state: Open, chance: random.Random, now: datetime) -> World:
    """Anything may be so; only where we send can words of ours be on their way."""
    return world(
        now,
        present=chance.choice((0, 1, 1, 2)),
        talks=chance.randrange(4),
        ahead=chance.randrange(3),
        holding=chance.choice((0, 0, 0, 2)),
        has_unsent=state.stay.channel == TELEGRAM and chance.choice((False, False, True)),
    )
