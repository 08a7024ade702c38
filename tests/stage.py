"""Where a transcript is played: one conversation on one channel, and what comes of it."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation import Address, Conversation, Message, for_counsellor, for_visitor
from bot.jobs import NO_GREETING
from bot.turns import BY_ITSELF, Came, FormEffect, Outcome, take
from directory.search import search
from flows.commands import command_in, commanded
from flows.effects import FillForm, ForgetReminder, OpenForm, Remind
from flows.events import Attached, Claimed, Event, Opened, Rang, Rewrote, Staffs, Wrote, chosen
from flows.line import Line
from flows.states import Menu
from flows.timers import due
from flows.world import World
from tests.fakes import Clock, stay, world

WIDTH = 96
INDENT = "    "

SEES = {"visitor": "ser", "counsellor": "ser rådgivarens ord", "note": "ser en notering"}
REMINDERS = {Remind: "sparas", ForgetReminder: "glöms"}


@dataclass(slots=True)
class Stage:
    """One conversation that is being played, and what has come of it so far."""

    clock: Clock
    present: set[str]
    ahead: int
    channel: str
    line: Line
    holding: dict[str, int] = field(default_factory=dict)
    conversation: Conversation | None = None
    claims: int = 0
    forms: set[str] = field(default_factory=set)
    shown: int = 0
    has_unsent: bool = False
    came: list[str] = field(default_factory=list)

    def visitor(self, event: Event, came: Came = BY_ITSELF) -> None:
        """The visitor acts; where there is no conversation, one begins, mostly with a greeting."""
        if self.conversation is None or self.conversation.is_leaving:
            self.shown = 0
            begun = Menu(stay(self.clock.now, channel=self.channel))
            self.conversation = Conversation("c", Address(self.channel, "token"), begun)
            if not isinstance(event, NO_GREETING):
                self.happen(Opened())
        self.happen(event, came)

    def press(self, label: str) -> None:
        """Tap the button that says so: the one shown last, if there were several."""
        messages = reversed(self.conversation.messages) if self.conversation else ()
        buttons = (button for message in messages for button in message.buttons)
        choice = next((button.choice for button in buttons if button.label == label), "")
        event = chosen(choice)
        if event is None:
            raise ValueError(f"No button says {label!r}.")
        self.visitor(event, Came(choice=choice))

    def command(self, name: str, rest: str | None) -> None:
        """Type a command with a slash; what follows /start is a campaign's code.

        Whoever goes on writing after any other says something.
        """
        if name == "start":
            self.visitor(Opened(self.line.campaigns.get(rest or "", "")))
        elif rest or not command_in(f"/{name}"):
            self.visitor(Wrote(f"/{name} {rest or ''}".rstrip()))
        else:
            self.visitor(commanded(name, self.conversation.state if self.conversation else None))

    def change(self, text: str) -> None:
        """Change the last words that were kept."""
        messages = self.conversation.messages if self.conversation else ()
        seqs = [message.seq for message in messages if message.author == "visitor"]
        if not seqs:
            raise ValueError("There are no words to change.")
        self.happen(Rewrote(text), Came(amends=seqs[-1]))

    def claim(self, who: str) -> None:
        self.claims += 1
        self.happen(Claimed(who, f"draft-{self.claims}"))

    def attach(self, who: str, words: str) -> None:
        found = search(world().directory, words)
        self.happen(Attached(who, found[0].id if found else words))

    def wait(self, minutes: int) -> None:
        """Let time go by; every alarm rings when it is due."""
        until = Clock(self.clock.now).forward(minutes=minutes)
        last, noted = self.conversation, list[str]()
        while self.conversation and (ring := self._due(self.conversation)) <= until:
            self.clock.now = ring
            last = self.conversation
            noted += self._noted(last, Rang(), self._take(Rang(), BY_ITSELF))
        self.clock.now = until
        self._show(self.conversation or last)
        self.came += noted

    def happen(self, event: Event, came: Came = BY_ITSELF) -> None:
        before = self.conversation
        if before is None:
            raise ValueError("There is no conversation: everything is erased.")
        outcome = self._take(event, came)
        self._show(self.conversation)
        self.came += self._noted(before, event, outcome)

    def _take(self, event: Event, came: Came) -> Outcome:
        assert self.conversation
        outcome = take(self.conversation, event, self._world(event), came)
        self.conversation = outcome.conversation
        return outcome

    def _world(self, event: Event) -> World:
        talking = bool(self.conversation and self.conversation.counsellor)
        return world(
            self.clock.now,
            line=self.line,
            present=len(self.present),
            ahead=self.ahead,
            talks=sum(self.holding.values()) + talking,
            has_unsent=self.has_unsent,
            holding=self.holding.get(event.counsellor, 0) if isinstance(event, Staffs) else 0,
        )

    def _due(self, conversation: Conversation) -> datetime:
        return due(conversation.state, self.line.timers)

    def _show(self, conversation: Conversation | None) -> None:
        """Write down what the visitor's page shows and has not shown before."""
        for message in for_visitor(conversation) if conversation else ():
            if message.author == "bot" and message.seq > self.shown:
                self.came.append(_answer(message))
                self.shown = message.seq

    def _noted(self, before: Conversation, event: Event, outcome: Outcome) -> Iterator[str]:
        """Tell what came of it at the desk, in the form and in the statistics."""
        yield from _seen(before, event, outcome.conversation)
        yield from (line for form in outcome.forms for line in self._filled(form))
        yield from (f"Statistiken: lämnade kön efter {n} minuter" for n in outcome.waited)
        if isinstance(event, Staffs):
            yield from (f"{event.counsellor} får svaret: {each}" for each in outcome.answers)
        yield from (f"Påminnelsen: {REMINDERS[type(each)]}" for each in outcome.reminders)
        if outcome.conversation is None:
            yield "(Allt är raderat.)"
        elif outcome.conversation.is_leaving and not before.is_leaving:
            yield "(Båda sidors meddelanden tas bort på Telegram.)"

    def _filled(self, form: FormEffect) -> Iterator[str]:
        if isinstance(form, OpenForm) and form.draft in self.forms:
            yield "Formuläret: det som redan är påbörjat"
        elif isinstance(form, OpenForm | FillForm):
            self.forms.add(form.draft)
            yield "Formuläret: " + ", ".join(f"{name}={answer}" for name, answer in form.answers)


def _seen(before: Conversation, event: Event, after: Conversation | None) -> Iterator[str]:
    """Tell what the counsellor is shown that was not simply written in the talk."""
    who = before.counsellor or (after.counsellor if after else "")
    if after is None or not who:
        return
    if not before.counsellor:
        messages = [each for each in for_counsellor(after) if each.author in SEES]
        yield from (f"{who} {_sees(each)}: {each.text}" for each in messages)
        if not messages:
            yield f"{who} ser inga ord."
        return
    for message in for_counsellor(after)[len(for_counsellor(before)) :]:
        is_other = isinstance(event, Wrote) and message.text != event.text
        if message.amends or message.author == "note" or is_other:
            yield f"{who} {_sees(message)}: {message.text}"


def _sees(message: Message) -> str:
    return "ser ändringen" if message.amends else SEES[message.author]


def _answer(message: Message) -> str:
    return "\n".join((f"Svar: {message.text}", *_in_rows(b.label for b in message.buttons)))


def _in_rows(labels: Iterable[str]) -> list[str]:
    """Write buttons as [Label] [Label], none of them cut by the end of a row."""
    unbreakable = (f"[{label}]".replace(" ", "\0") for label in labels)
    rows = textwrap.wrap(" ".join(unbreakable), WIDTH - len(INDENT), break_long_words=False)
    return [row.replace("\0", " ") for row in rows]
