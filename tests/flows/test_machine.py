from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest

from bot.conversation import Address, Conversation, for_counsellor
from bot.turns import take
from flows import events
from flows.channels import TELEGRAM, keeps_copies
from flows.diagram import outcomes
from flows.effects import (
    Answer,
    Button,
    Erase,
    Keep,
    RelayToCounsellor,
    Say,
    ShareKept,
    Tell,
)
from flows.events import Consented, Event, Rewrote, Wrote
from flows.machine import EVENTS, REFUSED, ROWS, STATES, TABLE, step
from flows.spoken import heard
from flows.states import (
    STORED,
    Closed,
    Deciding,
    Erasing,
    Menu,
    Open,
    Seeking,
    State,
    Talking,
    Waiting,
)
from flows.timers import due, limit
from tests.fakes import world
from tests.walks import CHANNELS, Step, beginning, samples, steps, walks

BOT = (Menu, Seeking, Deciding)
OWNERS = events.Said | events.Attached | events.HandedBack | events.Ended | events.Claimed


def test_every_pair_of_state_and_event_is_decided_exactly_once() -> None:
    pairs = set(product(STATES, EVENTS))
    named = [(state, event) for event, states, _ in ROWS for state in states]
    assert set(TABLE) | REFUSED == pairs
    assert set(TABLE) & REFUSED == set()
    assert [pair for pair, times in Counter(named).items() if times > 1] == []


def test_the_table_has_the_size_we_think_it_has() -> None:
    assert (len(STATES), len(EVENTS)) == (7, 33)
    assert (len(TABLE), len(REFUSED)) == (151, 80)


def test_handlers_lead_where_their_annotations_say_and_nowhere_else() -> None:
    said = {
        (state, event, led)
        for (state, event), handler in TABLE.items()
        for led in outcomes(state, handler)
    }
    assert {(type(s.before), type(_heard(s)), type(s.turn.state)) for s in steps()} == said


def test_refused_means_unchanged() -> None:
    for state, event in _refused():
        turn = step(state, event, world())
        assert turn.state is state
        assert turn.effects == ()


def test_every_state_is_stored_and_read_back_as_it_was() -> None:
    for state in {s.before for s in steps()}:
        assert STORED.validate_json(STORED.dump_json(state)) == state


def test_nothing_is_said_to_somebody_who_is_gone() -> None:
    for each in steps():
        erases = any(isinstance(effect, Erase) for effect in each.turn.effects)
        assert erases == isinstance(each.turn.state, Closed)
        assert not (erases and any(isinstance(e, Say | Tell) for e in each.turn.effects))


def test_an_alarm_is_never_set_beyond_the_limit() -> None:
    timers = world().line.timers
    longest = timedelta(hours=timers.conversation_hours)
    for state in {s.before for s in steps()}:
        assert due(state, timers) <= limit(state, timers)
        if not isinstance(state, (*BOT, Waiting, Talking)):
            continue
        assert limit(state, timers) == state.stay.began + longest


@pytest.mark.parametrize("language", sorted(world().texts.languages))
def test_everything_that_is_said_can_be_said_in_every_language(language: str) -> None:
    effects = {effect for s in steps() for effect in s.turn.effects}
    for effect, channel in product(effects, CHANNELS):
        if isinstance(effect, Say | Tell | Answer):
            assert world().texts.say(language, effect.text, channel=channel, **dict(effect.args))
        for button in effect.buttons if isinstance(effect, Say) else ():
            assert world().texts.say(language, button.label, channel=channel, **dict(button.args))


def test_every_button_means_something() -> None:
    for button in _buttons():
        assert events.chosen(button.choice), button


def test_acute_words_are_met_with_the_right_number_before_anything_else() -> None:
    for each in steps():
        if not isinstance(each.event, Wrote | Rewrote) or _is_refused(each):
            continue
        kinds = world().safety.kinds(each.event.text)
        if not isinstance(each.before, BOT):
            kinds = tuple(kind for kind in kinds if kind not in each.before.stay.acute)
        said = [effect.text for effect in each.turn.effects if isinstance(effect, Say)]
        assert said[: len(kinds)] == [f"acute-{kind}" for kind in kinds]
        assert all("112" in world().texts.say("sv", text) for text in said[: len(kinds)])


def test_danger_stays_marked_until_the_end() -> None:
    for each in steps():
        if not isinstance(each.turn.state, Closed):
            assert set(each.before.stay.acute) <= set(each.turn.state.stay.acute)


def test_only_the_counsellor_who_has_the_visitor_can_do_more_than_be_answered() -> None:
    for each in steps():
        if not isinstance(each.before, Talking) or not isinstance(each.event, OWNERS):
            continue
        if (
            isinstance(each.event, events.Claimed)
            or each.event.counsellor != each.before.counsellor
        ):
            assert each.turn.state == each.before
            assert [type(effect) for effect in each.turn.effects] == [Answer]


def test_nobody_writes_themselves_into_the_queue_before_our_words_have_arrived() -> None:
    replies = [
        each
        for each in steps()
        if each.world.has_unsent
        and isinstance(each.before, Deciding)
        and each.event in {Wrote("ja"), Wrote("nej")}
    ]
    assert len(replies) >= 10
    for each in replies:
        assert isinstance(each.turn.state, Deciding)
        assert isinstance(each.event, Wrote)
        assert each.turn.effects[0] == Keep(each.event.text)


def test_silence_is_warned_about_before_it_ends_a_talk() -> None:
    for walk in walks():
        warned = False
        for each in walk:
            said = {effect.text for effect in each.turn.effects if isinstance(effect, Say)}
            assert warned or "ended-by-silence" not in said
            quiet = _touched(each.turn.state) == _touched(each.before)
            warned = "silence-warning" in said or (warned and quiet)


def test_what_was_kept_is_shown_to_a_counsellor_only_after_a_yes() -> None:
    shown = 0
    for walk in walks():
        begun = walk[0].before
        conversation = Conversation("c", Address(begun.stay.channel, "token"), begun)
        may_be_read: set[int] = set()
        for each in walk:
            outcome = take(conversation, each.event, each.world)
            if outcome.conversation is None:
                break
            may_be_read = _readable(each, conversation, outcome.conversation, may_be_read)
            conversation = outcome.conversation
            words = {m.seq for m in for_counsellor(conversation) if m.author == "visitor"}
            shown += len(words)
            assert words <= may_be_read
    assert shown > 1_000


@dataclass(frozen=True)
class Known:
    """Where a conversation is, and what must have happened for it to be there."""

    state: Open
    disclosed: bool = False
    consented: bool = False


@pytest.mark.parametrize("channel", CHANNELS)
def test_in_every_order_of_events_to_depth_8_nobody_reaches_a_human_unawares(channel: str) -> None:
    """Old buttons and late events are among them: every event is tried in every state."""
    reached = {Known(beginning(channel))}
    seen: set[Known] = set()
    for _ in range(8):
        seen |= reached
        reached = {after for known in reached for after in _after(known)} - seen
    there = {type(known.state) for known in seen}
    assert there == set(STATES) if channel == TELEGRAM else there == set(STATES) - {Erasing}


def _after(known: Known) -> Iterator[Known]:
    """Every place that one more event leads to: somebody present or nobody, all arrived or not."""
    unsent = (False, True) if keeps_copies(known.state) else (False,)
    for event, present, has_unsent in product(ALPHABET, (1, 0), unsent):
        around = world(present=present, has_unsent=has_unsent)
        turn = step(known.state, event, around)
        said = {effect.text for effect in turn.effects if isinstance(effect, Say)}
        says_yes = isinstance(event, Consented) or (not has_unsent and event == Wrote("ja"))
        consented = known.consented or (says_yes and isinstance(known.state, Deciding))
        if any(isinstance(effect, RelayToCounsellor) for effect in turn.effects):
            assert known.consented
        if isinstance(turn.state, Waiting | Talking):
            assert known.disclosed
            assert consented
        if isinstance(turn.state, Closed):
            continue
        fresh = isinstance(turn.state, Menu)
        yield Known(
            turn.state,
            disclosed=not fresh and (known.disclosed or _must_be_read(known.state) <= said),
            consented=not fresh and consented,
        )


def _must_be_read(state: Open) -> set[str]:
    """What a visitor must have read before a human; where copies are kept, that as well."""
    return {"disclosure", "disclosure-copies"} if keeps_copies(state) else {"disclosure"}


ALPHABET: tuple[Event, ...] = (
    *(events.Wrote(text) for text in ("hej på er", "jag dödar henne nu", "ja", "Malmö")),
    Rewrote("jag dödar henne nu"),
    *(e for kind in EVENTS if kind not in {Wrote, Rewrote} for e in samples(kind)[:2]),
)


def _is_refused(each: Step) -> bool:
    return (type(each.before), type(_heard(each))) in REFUSED


def _heard(each: Step) -> Event:
    around = each.world
    return heard(each.before, each.event, around.spoken, has_unsent=around.has_unsent)


def _refused() -> Iterator[tuple[Open, Event]]:
    """Pair states that were met with all events that they refuse."""
    met = {(type(s.before), s.before) for s in steps()}
    for kind, state in met:
        for event in EVENTS:
            if (kind, event) in REFUSED:
                yield from ((state, each) for each in samples(event))


def _buttons() -> set[Button]:
    says = (effect for s in steps() for effect in s.turn.effects if isinstance(effect, Say))
    return {button for say in says for button in say.buttons}


def _touched(state: State) -> object:
    return None if isinstance(state, Closed) else state.stay.touched


def _readable(
    each: Step, before: Conversation, after: Conversation, may_be_read: set[int]
) -> set[int]:
    """Say which of the visitor's words may be read: all after a yes, else what was relayed."""
    words = {m.seq for m in after.messages if m.author == "visitor"}
    kinds = {type(effect) for effect in each.turn.effects}
    if ShareKept in kinds:
        return words
    if Keep in kinds or isinstance(each.turn.state, Menu):
        return set()
    new = {seq for seq in words if seq >= before.next_seq}
    return may_be_read | (new if RelayToCounsellor in kinds else set())
