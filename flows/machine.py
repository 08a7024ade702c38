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

from flows import (
    answers,
    danger,
    entry,
    erasure,
    farewell,
    handoff,
    referral,
    reminders,
    spoken,
    talk,
)
from flows.effects import Turn
from flows.events import (
    AskedErasure,
    AskedHours,
    AskedMenu,
    AskedMore,
    AskedPlaces,
    AskedPrivacy,
    AskedReminder,
    AskedTalk,
    AskedViolence,
    Attached,
    Claimed,
    ConfirmedErasure,
    Consented,
    Departed,
    Emptied,
    Ended,
    EndedTalk,
    Event,
    HandedBack,
    Hurried,
    LeftQueue,
    Mistyped,
    Opened,
    Rang,
    Reminded,
    Rewrote,
    Said,
    SentUnsupported,
    Skipped,
    ToldHelped,
    ToldPlace,
    ToldRole,
    Vanished,
    Visitors,
    Wrote,
)
from flows.states import (
    Closing,
    Deciding,
    Erasing,
    Menu,
    Open,
    Seeking,
    State,
    Talking,
    Waiting,
)
from flows.world import World

Handler: TypeAlias = Callable[[Any, Any, World], Turn[State]]
Pair: TypeAlias = tuple[type[Open], type[Event]]

STATES: tuple[type[Open], ...] = get_args(Open)
EVENTS: tuple[type[Event], ...] = get_args(Event)
BOT = (Menu, Seeking, Deciding)
"""Where the visitor is with the bot alone."""

HERE = (*BOT, Waiting, Talking, Closing)
"""Where the visitor can do something; one who erases has gone, and would begin anew."""

ELSEWHERE = (*BOT, Waiting, Closing, Erasing)
"""Where no counsellor talks with the visitor."""

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
    (Rewrote, BOT, entry.meet_change),
    (Rewrote, (Waiting,), handoff.hear_change),
    (Rewrote, (Talking,), talk.hear),
    (SentUnsupported, HERE, entry.decline_kind),
    (Mistyped, HERE, entry.tell_commands),
    (Hurried, HERE, entry.slow_down),
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
    (AskedHours, HERE, entry.tell_hours),
    (AskedViolence, HERE, entry.tell_violence),
    (AskedPrivacy, HERE, entry.tell_privacy),
    (AskedReminder, BOT, reminders.ask),
    (AskedErasure, HERE, erasure.ask),
    (ConfirmedErasure, HERE, erasure.erase),
    (Consented, (Deciding,), handoff.join),
    (ToldRole, (Waiting,), handoff.hear_role),
    (ToldPlace, (Seeking,), referral.look_up_chosen),
    (ToldPlace, (Waiting,), handoff.hear_place),
    (AskedMore, BOT, referral.show_more),
    (Skipped, (Waiting,), handoff.skip),
    (LeftQueue, (Waiting,), handoff.leave),
    (EndedTalk, (Talking,), farewell.end_by_visitor),
    (ToldHelped, (Closing,), farewell.hear_helped),
    (Departed, HERE, erasure.go),
    (Departed, (Erasing,), erasure.finish),
    # what a counsellor does
    (Claimed, (Waiting,), talk.begin),
    (Claimed, (Talking,), talk.lose_the_race),
    (Claimed, (*BOT, Closing, Erasing), answers.not_talking),
    (Said, (Talking,), talk.answer),
    (Said, ELSEWHERE, answers.not_talking),
    (Attached, (Talking,), talk.attach),
    (Attached, ELSEWHERE, answers.not_talking),
    (HandedBack, (Talking,), talk.hand_back),
    (HandedBack, ELSEWHERE, answers.not_talking),
    (Ended, (Talking,), farewell.end_by_counsellor),
    (Ended, ELSEWHERE, answers.not_talking),
    (Vanished, (Talking,), talk.lose_counsellor),
    # what the clock and the channel do
    (Rang, (*BOT, Closing), erasure.run_out),
    (Rang, (Waiting,), handoff.sign_of_life),
    (Rang, (Talking,), talk.mind_silence),
    (Rang, (Erasing,), erasure.finish),
    (Reminded, BOT, reminders.tell),
    (Emptied, (Erasing,), erasure.finish),
)

TABLE: Mapping[Pair, Handler] = {
    (state, event): handler for event, states, handler in ROWS for state in states
}


def _old_buttons() -> Iterator[Pair]:
    """Buttons of a place the visitor has left, and news of a counsellor they are not with."""
    answered = {Consented, ToldRole, ToldPlace, Skipped, LeftQueue, EndedTalk, ToldHelped}
    return product(STATES, answered | {AskedMore, AskedReminder, Vanished})


def _too_late() -> Iterator[Pair]:
    """Words changed after the end, all that comes of somebody who erases, and late news."""
    yield Closing, Rewrote
    yield from product((Erasing,), get_args(Visitors))
    yield from product(STATES, (Reminded, Emptied))


REFUSED: frozenset[Pair] = frozenset((*_old_buttons(), *_too_late())) - frozenset(TABLE)
"""Pairs in which nothing happens: the button is old, or it is too late."""


def step(state: Open, event: Event, world: World) -> Turn[State]:
    """Take one turn. Refused means unchanged."""
    event = _heard(state, event, world)
    if (type(state), type(event)) in REFUSED:
        return Turn(state)
    if isinstance(event, Wrote | Rewrote):
        marked, warning = danger.noticed(state, event, world)
        return danger.first(warning, TABLE[type(marked), type(event)](marked, event, world))
    return TABLE[type(state), type(event)](state, event, world)


def _heard(state: Open, event: Event, world: World) -> Event:
    """The event that words name; what tells of danger is words, whatever it begins with."""
    if isinstance(event, Wrote) and world.safety.kinds(event.text):
        return event
    return spoken.heard(state, event, world.spoken, has_unsent=world.has_unsent)
