"""Taking one turn: the core's effects become messages, forms and answers. No I/O."""

from dataclasses import dataclass, replace

from bot.conversation import Author, Choice, Conversation, Message
from flows.effects import (
    Answer,
    Arg,
    Effect,
    FillForm,
    Forget,
    Keep,
    OpenForm,
    RecordLeftQueue,
    RelayToCounsellor,
    RelayToVisitor,
    ReleaseForm,
    Say,
    ShareKept,
    Tell,
    Withhold,
)
from flows.events import Event, Wrote
from flows.machine import step
from flows.states import Closed
from flows.world import World

FormEffect = OpenForm | FillForm | ReleaseForm


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one turn came to. No conversation: it is erased."""

    conversation: Conversation | None
    answers: tuple[str, ...] = ()
    forms: tuple[FormEffect, ...] = ()
    waited: tuple[int, ...] = ()


def take(
    conversation: Conversation, event: Event, world: World, *, client_id: str = "", choice: str = ""
) -> Outcome:
    """Meet one event. `choice` is the button it came from, `client_id` the sender's name for it."""
    turn = step(conversation.state, event, world)
    if isinstance(turn.state, Closed):
        return _outcome(None, turn.effects, world)
    scribe = _Scribe(conversation, world, client_id)
    if turn.effects:
        scribe.note_own(event, choice, turn.effects)
    for effect in turn.effects:
        scribe.write(effect)
    return _outcome(replace(scribe.conversation, state=turn.state), turn.effects, world)


def _outcome(after: Conversation | None, effects: tuple[Effect, ...], world: World) -> Outcome:
    answers = (effect for effect in effects if isinstance(effect, Answer))
    return Outcome(
        after,
        tuple(world.texts.say("sv", each.text, **dict(each.args)) for each in answers),
        tuple(effect for effect in effects if isinstance(effect, FormEffect)),
        tuple(e.wait_minutes for e in effects if isinstance(e, RecordLeftQueue)),
    )


@dataclass(slots=True)
class _Scribe:
    """Writes a turn's messages into a conversation, the sender's own first."""

    conversation: Conversation
    world: World
    client_id: str

    def note_own(self, event: Event, choice: str, effects: tuple[Effect, ...]) -> None:
        """What the visitor chose, or wrote and we do not keep, stands there for them to see."""
        relayed = any(isinstance(effect, Keep | RelayToCounsellor) for effect in effects)
        if any(isinstance(effect, Forget) for effect in effects):
            self._add("choice", self._text("forgotten", ()))
        elif isinstance(event, Wrote) and not relayed:
            self._add("choice", event.text)
        elif choice:
            self._add("choice", _label(self.conversation, choice))

    def write(self, effect: Effect) -> None:
        match effect:
            case Keep(text):
                self._add("visitor", text)
                self._hide_all()
            case RelayToCounsellor(text):
                self._add("visitor", text)
            case RelayToVisitor(text):
                self._add("counsellor", text, by=self.conversation.counsellor)
            case Say():
                self._say(effect)
            case Tell(text, args):
                self._add("note", self._text(text, args))
            case ShareKept():
                self.conversation = replace(self.conversation, hidden_below=0)
            case Withhold():
                self._hide_all()
            case _:
                """Forms, records and answers are not written into the conversation."""

    def _say(self, effect: Say) -> None:
        buttons = tuple(
            Choice(button.choice, self._text(button.label, button.args))
            for button in effect.buttons
        )
        self._add("bot", self._text(effect.text, effect.args), effect.slot, buttons)

    def _add(
        self,
        author: Author,
        text: str,
        slot: str = "",
        buttons: tuple[Choice, ...] = (),
        by: str = "",
    ) -> None:
        before = self.conversation
        seq, id = before.next_seq, self._take_client_id()
        message = Message(seq, author, text, self.world.now, id, slot, buttons, by)
        sent = (seq,) if author in {"bot", "counsellor"} else ()
        self.conversation = replace(
            before, messages=(*before.messages, message), outbox=(*before.outbox, *sent)
        )

    def _hide_all(self) -> None:
        self.conversation = replace(self.conversation, hidden_below=self.conversation.next_seq)

    def _take_client_id(self) -> str:
        """The first message of a turn carries the sender's id for what they did."""
        id, self.client_id = self.client_id, ""
        return id

    def _text(self, text: str, args: tuple[Arg, ...]) -> str:
        return self.world.texts.say(self.conversation.state.stay.language, text, **dict(args))


def _label(conversation: Conversation, choice: str) -> str:
    """What the button said when it was last shown, or nothing for one that never was."""
    shown = (b for m in reversed(conversation.messages) for b in m.buttons if b.choice == choice)
    return next((button.label for button in shown), "…")
