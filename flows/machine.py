"""The whole helpline on one page.

A conversation has a state; an event happens; `step` gives the next state and a list of effects.
`ROWS` says what each event means in each state: the rows of one event stand together, so that its
fate can be read from top to bottom. What no row names is in `REFUSED`: nothing happens at all.

Two things come before the row. Words that say what a button says are that button (`spoken`), and
words that point to acute danger are met with the right number first (`danger`).
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, TypeAlias, get_args

from flows import answers, danger, entry, farewell, handoff, referral, spoken, talk
from flows.effects import Turn
from flows.events import (
    AskedErasure,
    AskedHours,
    AskedMenu,
    AskedPlaces,
    AskedPrivacy,
    AskedTalk,
    AskedViolence,
    Attached,
    Claimed,
    ConfirmedErasure,
    Consented,
    Departed,
    Ended,
    EndedTalk,
    Event,
    HandedBack,
    LeftQueue,
    Opened,
    Rang,
    Said,
    SentUnsupported,
    Skipped,
    ToldHelped,
    ToldPlace,
    ToldRole,
    Vanished,
    Wrote,
)
from flows.states import Closing, Deciding, Menu, Open, Seeking, State, Talking, Waiting
from flows.world import World

Handler: TypeAlias = Callable[[Any, Any, World], Turn[State]]
Pair: TypeAlias = tuple[type[Open], type[Event]]

STATES: tuple[type[Open], ...] = get_args(Open)
EVENTS: tuple[type[Event], ...] = get_args(Event)
BOT = (Menu, Seeking, Deciding)
"""Where the visitor is with the bot alone."""

ROWS: tuple[tuple[type[Event], tuple[type[Open], ...], Handler], ...] = (
    # what the visitor does
    (Opened, BOT, entry.greet),
    (Opened, (Waiting,), handoff.come_back),
    (Opened, (Talking,), talk.come_back),
    (Opened, (Closing,), farewell.come_back),
    (Wrote, (Menu,), entry.meet_words),
    (Wrote, (Seeking,), referral.look_up),
    (Wrote, (Deciding,), handoff.hold_words),
    (Wrote, (Waiting,), handoff.hear_words),
    (Wrote, (Talking,), talk.hear),
    (Wrote, (Closing,), farewell.words_after),
    (SentUnsupported, STATES, entry.decline_kind),
    (AskedMenu, BOT, entry.show_menu),
    (AskedMenu, (Waiting,), handoff.come_back),
    (AskedMenu, (Talking,), talk.come_back),
    (AskedMenu, (Closing,), farewell.come_back),
    (AskedTalk, BOT, handoff.offer),
    (AskedTalk, (Waiting,), handoff.come_back),
    (AskedTalk, (Talking,), talk.come_back),
    (AskedTalk, (Closing,), farewell.come_back),
    (AskedPlaces, BOT, referral.ask),
    (AskedPlaces, (Waiting,), handoff.ask_place),
    (AskedPlaces, (Talking,), talk.come_back),
    (AskedPlaces, (Closing,), farewell.come_back),
    (AskedHours, STATES, entry.tell_hours),
    (AskedViolence, STATES, entry.tell_violence),
    (AskedPrivacy, STATES, entry.tell_privacy),
    (AskedErasure, STATES, farewell.ask_erasure),
    (ConfirmedErasure, BOT, farewell.erase),
    (ConfirmedErasure, (Closing,), farewell.erase_closing),
    (ConfirmedErasure, (Waiting,), farewell.erase_waiting),
    (ConfirmedErasure, (Talking,), farewell.erase_talking),
    (Consented, (Deciding,), handoff.join),
    (ToldRole, (Waiting,), handoff.hear_role),
    (ToldPlace, (Seeking,), referral.look_up_chosen),
    (ToldPlace, (Waiting,), handoff.hear_place),
    (Skipped, (Waiting,), handoff.skip),
    (LeftQueue, (Waiting,), handoff.leave),
    (EndedTalk, (Talking,), farewell.end_by_visitor),
    (ToldHelped, (Closing,), farewell.hear_helped),
    (Departed, BOT, farewell.erase),
    (Departed, (Closing,), farewell.erase_closing),
    (Departed, (Waiting,), farewell.erase_waiting),
    (Departed, (Talking,), farewell.erase_talking),
    # what a counsellor does
    (Claimed, (Waiting,), talk.begin),
    (Claimed, (Talking,), talk.lose_the_race),
    (Claimed, (*BOT, Closing), answers.not_talking),
    (Said, (Talking,), talk.answer),
    (Said, (*BOT, Waiting, Closing), answers.not_talking),
    (Attached, (Talking,), talk.attach),
    (Attached, (*BOT, Waiting, Closing), answers.not_talking),
    (HandedBack, (Talking,), talk.hand_back),
    (HandedBack, (*BOT, Waiting, Closing), answers.not_talking),
    (Ended, (Talking,), farewell.end_by_counsellor),
    (Ended, (*BOT, Waiting, Closing), answers.not_talking),
    (Vanished, (Talking,), talk.lose_counsellor),
    # what the clock does
    (Rang, BOT, farewell.erase),
    (Rang, (Closing,), farewell.erase_closing),
    (Rang, (Waiting,), handoff.sign_of_life),
    (Rang, (Talking,), talk.mind_silence),
)

TABLE: Mapping[Pair, Handler] = {
    (state, event): handler for event, states, handler in ROWS for state in states
}


def _old_buttons() -> Iterator[Pair]:
    """Buttons of a place the visitor has left, and news of a counsellor they are not with."""
    answered = {Consented, ToldRole, ToldPlace, Skipped, LeftQueue, EndedTalk, ToldHelped, Vanished}
    return ((state, event) for state, event in product(STATES, answered))


REFUSED: frozenset[Pair] = frozenset(_old_buttons()) - frozenset(TABLE)
"""Pairs in which nothing happens: the button is old, or meant another conversation."""


def step(state: Open, event: Event, world: World) -> Turn[State]:
    """Take one turn. Refused means unchanged."""
    event = spoken.heard(state, event, world.spoken)
    if isinstance(event, Wrote):
        marked, warning = danger.noticed(state, event, world)
        return danger.first(warning, TABLE[type(marked), Wrote](marked, event, world))
    if (type(state), type(event)) in REFUSED:
        return Turn(state)
    return TABLE[type(state), type(event)](state, event, world)
