"""Taking one turn: the core's effects become messages, forms and answers. No I/O."""

from dataclasses import dataclass, replace

from bot.conversation import Author, Choice, Conversation, Message
from bot.words import pieces, units
from flows.effects import (
    Answer,
    Arg,
    CountHour,
    CountLookUp,
    Effect,
    FillForm,
    Forget,
    ForgetReminder,
    HourKind,
    Keep,
    OpenForm,
    RecordLeftQueue,
    RelayToCounsellor,
    RelayToVisitor,
    ReleaseForm,
    Remind,
    Say,
    ShareKept,
    Tell,
    Unsend,
    Withhold,
)
from flows.events import Event, SentUnsupported, Wrote
from flows.machine import step
from flows.states import Closed
from flows.world import World

FormEffect = OpenForm | FillForm | ReleaseForm
ReminderEffect = Remind | ForgetReminder

ONE_MESSAGE = 4_000
"""UTF-16 units: a text that is longer is sent in pieces. Telegram takes 4096, marks included."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one turn came to. No conversation: it is erased."""

    conversation: Conversation | None
    answers: tuple[str, ...] = ()
    forms: tuple[FormEffect, ...] = ()
    waited: tuple[int, ...] = ()
    looked_up: tuple[str, ...] = ()
    """The counties that help was looked up in."""
    came: tuple[HourKind, ...] = ()
    """How the visitor counts in this hour of the week."""
    reminders: tuple[ReminderEffect, ...] = ()
    is_refused: bool = False
    """Nothing happened at all: an old button, or too late."""


@dataclass(frozen=True, slots=True)
class Came:
    """How an event came.

    `choice` is the button it came from, `client_id` the sender's own name for what they did,
    `remote` the channel's number for the message, `amends` the place of the message it changes.
    """

    client_id: str = ""
    choice: str = ""
    remote: int = 0
    amends: int = 0


BY_ITSELF = Came()


def take(conversation: Conversation, event: Event, world: World, came: Came = BY_ITSELF) -> Outcome:
    """Meet one event."""
    turn = step(conversation.state, event, world)
    if isinstance(turn.state, Closed):
        return _outcome(None, turn.effects, world)
    scribe = _Scribe(conversation, world, came)
    if turn.effects or came.remote:
        scribe.note_own(event, turn.effects)
    for effect in turn.effects:
        scribe.write(effect)
    written = scribe.conversation
    attempted = _under_way(conversation, written)
    after = replace(written, state=turn.state, attempted=attempted)
    refused = not turn.effects and turn.state is conversation.state
    return _outcome(after, turn.effects, world, is_refused=refused)


def _under_way(before: Conversation, written: Conversation) -> int:
    """Where we send and nothing else waits, the first message counts as attempted at once."""
    if written.is_pushed and written.outbox and not before.outbox:
        return written.outbox[0]
    return written.attempted


def _outcome(
    after: Conversation | None,
    effects: tuple[Effect, ...],
    world: World,
    *,
    is_refused: bool = False,
) -> Outcome:
    answers = (effect for effect in effects if isinstance(effect, Answer))
    return Outcome(
        after,
        tuple(world.texts.say("sv", each.text, **dict(each.args)) for each in answers),
        tuple(effect for effect in effects if isinstance(effect, FormEffect)),
        tuple(e.wait_minutes for e in effects if isinstance(e, RecordLeftQueue)),
        tuple(each.county for each in effects if isinstance(each, CountLookUp)),
        tuple(each.kind for each in effects if isinstance(each, CountHour)),
        tuple(effect for effect in effects if isinstance(effect, ReminderEffect)),
        is_refused,
    )


@dataclass(slots=True)
class _Scribe:
    """Writes a turn's messages into a conversation, the sender's own first."""

    conversation: Conversation
    world: World
    came: Came
    may_join: bool = False
    """Whether the last message is a text of this turn that another may be added to."""

    def note_own(self, event: Event, effects: tuple[Effect, ...]) -> None:
        """What the visitor chose, or wrote and we do not keep, stands there for them to see.

        Whatever lies on a channel leaves a row, so that it can be deleted there.
        """
        if isinstance(event, SentUnsupported):
            self._doom(self.came.remote)
        relayed = any(isinstance(effect, Keep | RelayToCounsellor) for effect in effects)
        if any(isinstance(effect, Forget) for effect in effects):
            self._add("choice", self._text("forgotten", ()))
        elif isinstance(event, Wrote) and not relayed:
            self._add("choice", event.text)
        elif self.came.choice:
            self._add("choice", _label(self.conversation, self.came.choice))
        elif self.came.remote and not relayed:
            self._add("choice", "")

    def write(self, effect: Effect) -> None:
        match effect:
            case Keep(text):
                self._add("visitor", text)
                self._hide_all()
            case RelayToCounsellor(text):
                self._add("visitor", text)
            case RelayToVisitor(text):
                for piece in pieces(text, ONE_MESSAGE):
                    self._add("counsellor", piece, by=self.conversation.counsellor)
            case Say():
                self._say(effect)
            case Tell(text, args):
                self._add("note", self._text(text, args))
            case ShareKept():
                self.conversation = replace(self.conversation, hidden_below=0)
            case Withhold():
                self._hide_all()
            case Unsend():
                self._unsend()
            case _:
                """Forms, records and answers are not written into the conversation."""

    def _say(self, effect: Say) -> None:
        buttons = tuple(
            Choice(button.choice, self._text(button.label, button.args))
            for button in effect.buttons
        )
        text = self._text(effect.text, effect.args)
        alone = effect.alone or bool(effect.slot) or not self.conversation.is_pushed
        by = self.conversation.counsellor if effect.by_counsellor else ""
        if alone or not self._join(text, buttons, by):
            self._add("bot", text, effect.slot, buttons, by)
        self.may_join = not alone and not buttons

    def _join(self, text: str, buttons: tuple[Choice, ...], by: str) -> bool:
        """Add to this turn's last text: one message instead of five; False where that cannot be."""
        before = self.conversation
        if not self.may_join or (before.messages[-1].author, before.messages[-1].by) != ("bot", by):
            return False
        joined = f"{before.messages[-1].text}\n\n{text}"
        if units(joined) > ONE_MESSAGE:
            return False
        last = replace(before.messages[-1], text=joined, buttons=buttons)
        self.conversation = replace(before, messages=(*before.messages[:-1], last))
        return True

    def _doom(self, *remotes: int) -> None:
        doomed = (*self.conversation.doomed, *(each for each in remotes if each))
        self.conversation = replace(self.conversation, doomed=tuple(dict.fromkeys(doomed)))

    def _unsend(self) -> None:
        """Nothing more is sent, and all that lies on the channel is to be deleted."""
        self.conversation = replace(self.conversation, outbox=(), attempted=0)
        self._doom(*(message.remote for message in self.conversation.messages))

    def _add(
        self,
        author: Author,
        text: str,
        slot: str = "",
        buttons: tuple[Choice, ...] = (),
        by: str = "",
    ) -> None:
        before, came = self.conversation, self._take_came(author)
        seq = before.next_seq
        message = Message(
            seq,
            author,
            text,
            self.world.now,
            came.client_id,
            slot,
            buttons,
            by,
            came.remote,
            came.amends,
        )
        sent = (seq,) if author in {"bot", "counsellor"} else ()
        self.conversation = replace(
            before, messages=(*before.messages, message), outbox=(*before.outbox, *sent)
        )

    def _hide_all(self) -> None:
        self.conversation = replace(self.conversation, hidden_below=self.conversation.next_seq)

    def _take_came(self, author: Author) -> Came:
        """The first message of a turn carries what is known of how it came.

        A visitor's own carries all of it, ours only the name that the sender gave.
        """
        came, self.came = self.came, BY_ITSELF
        return came if author in {"visitor", "choice"} else Came(came.client_id)

    def _text(self, text: str, args: tuple[Arg, ...]) -> str:
        stay = self.conversation.state.stay
        return self.world.texts.say(stay.language, text, channel=stay.channel, **dict(args))


def _label(conversation: Conversation, choice: str) -> str:
    """What the button said when it was last shown, or nothing for one that never was."""
    shown = (b for m in reversed(conversation.messages) for b in m.buttons if b.choice == choice)
    return next((button.label for button in shown), "…")
