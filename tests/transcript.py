"""Plays a conversation that is written down, and shows where the helpline now says otherwise.

A transcript stands in tests/transcripts/ and is Swedish, so that a counsellor can read and correct
it. First come a title and what is so at the start, then what people do and what comes of it:

    # En man som slog i går
    Tid: 2026-11-16 kl. 10.00          (a Monday; Stockholm's clocks)
    På plats: Anna, Bo                 (or: ingen)
    Öppet: ja                          (checked against the hours)
    Före i kön: 2                      (may be left out)

What people do. Each begins a line; a line that goes on is indented.

    Besökaren öppnar sidan             (or: kommer tillbaka)
    Besökaren: jag behöver hjälp
    Besökaren trycker: Skriv med en rådgivare
    Besökaren skickar en bild          (or anything else that is not words)
    Besökaren lämnar sidan
    Anna tar samtalet                  (Anna or any other name)
    Anna: Hej, jag heter Anna.
    Anna skickar: Manscentrum          (an entry of the directory, as a counsellor searches)
    Anna lämnar tillbaka samtalet
    Anna avslutar samtalet
    Anna tappar anslutningen
    (Bo kommer) (Anna går) (25 minuter går) (Före i kön: 0) (Anna har 2 samtal)

What comes of it, word for word; line breaks do not count.

    Svar: …  [Knapp] [Knapp]           what the visitor reads from us; a talk's words are not echoed
    Anna ser: …                        at the start of her talk, and where words were masked
    Anna ser inga ord.
    Anna ser rådgivarens ord: …        what an earlier counsellor wrote
    Anna ser en notering: …            what we tell her beside the talk
    Anna får svaret: …                 her order was not carried out
    Formuläret: role=exposed           what the system writes into the contact form
    Statistiken: lämnade kön efter 7 minuter
    (Allt är raderat.)

When texts change on purpose, write all transcripts anew and read what git shows:

    .venv/bin/python -m tests.transcript
"""

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.conversation import Address, Conversation, Message, for_counsellor, for_visitor
from bot.turns import FormEffect, Outcome, take
from directory.finder import search
from flows.effects import FillForm, OpenForm
from flows.events import (
    Attached,
    Claimed,
    Departed,
    Ended,
    Event,
    HandedBack,
    Opened,
    Rang,
    Said,
    SentUnsupported,
    Staffs,
    Vanished,
    Wrote,
    chosen,
)
from flows.states import Menu
from flows.timers import due
from flows.world import World
from tests.cast import STOCKHOLM
from tests.fakes import Clock, stay, world

FOLDER = Path(__file__).parent / "transcripts"
WIDTH = 96
INDENT = "    "

SEES = {"visitor": "ser", "counsellor": "ser rådgivarens ord", "note": "ser en notering"}
COMES_OF_IT = re.compile(r"(Svar|Formuläret|Statistiken): |\(Allt är|\w+ (ser|får svaret)\b")


@dataclass(slots=True)
class Stage:
    """One conversation that is being played, and what has come of it so far."""

    clock: Clock
    present: set[str]
    ahead: int = 0
    holding: dict[str, int] = field(default_factory=dict)
    conversation: Conversation | None = None
    claims: int = 0
    forms: set[str] = field(default_factory=set)
    shown: int = 0
    came: list[str] = field(default_factory=list)

    def visitor(self, event: Event, choice: str = "") -> None:
        """The visitor acts; where there is no conversation, one begins with the greeting."""
        if self.conversation is None:
            self.shown = 0
            begun = Menu(stay(self.clock.now))
            self.conversation = Conversation("c", Address("web", "token"), begun)
            if not isinstance(event, Opened):
                self.happen(Opened())
        self.happen(event, choice)

    def press(self, label: str) -> None:
        """Tap the button that says so: the one shown last, if there were several."""
        messages = reversed(self.conversation.messages) if self.conversation else ()
        buttons = (button for message in messages for button in message.buttons)
        choice = next((button.choice for button in buttons if button.label == label), "")
        event = chosen(choice)
        if event is None:
            raise ValueError(f"No button says {label!r}.")
        self.visitor(event, choice)

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
            noted += self._noted(last, Rang(), self._take(Rang(), ""))
        self.clock.now = until
        self._show(self.conversation or last)
        self.came += noted

    def happen(self, event: Event, choice: str = "") -> None:
        before = self.conversation
        if before is None:
            raise ValueError("There is no conversation: everything is erased.")
        outcome = self._take(event, choice)
        self._show(self.conversation)
        self.came += self._noted(before, event, outcome)

    def _take(self, event: Event, choice: str) -> Outcome:
        assert self.conversation
        outcome = take(self.conversation, event, self._world(event), choice=choice)
        self.conversation = outcome.conversation
        return outcome

    def _world(self, event: Event) -> World:
        talking = bool(self.conversation and self.conversation.counsellor)
        return world(
            self.clock.now,
            present=len(self.present),
            ahead=self.ahead,
            talks=sum(self.holding.values()) + talking,
            holding=self.holding.get(event.counsellor, 0) if isinstance(event, Staffs) else 0,
        )

    def _due(self, conversation: Conversation) -> datetime:
        return due(conversation.state, world().line.timers)

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
        if outcome.conversation is None:
            yield "(Allt är raderat.)"

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
        yield from (f"{who} {SEES[each.author]}: {each.text}" for each in messages)
        if not messages:
            yield f"{who} ser inga ord."
        return
    for message in for_counsellor(after)[len(for_counsellor(before)) :]:
        if message.author == "note" or (isinstance(event, Wrote) and message.text != event.text):
            yield f"{who} {SEES[message.author]}: {message.text}"


def _answer(message: Message) -> str:
    return "\n".join((f"Svar: {message.text}", *_in_rows(b.label for b in message.buttons)))


def _in_rows(labels: Iterable[str]) -> list[str]:
    """Write buttons as [Label] [Label], none of them cut by the end of a row."""
    unbreakable = (f"[{label}]".replace(" ", "\0") for label in labels)
    rows = textwrap.wrap(" ".join(unbreakable), WIDTH - len(INDENT), break_long_words=False)
    return [row.replace("\0", " ") for row in rows]


Act = Callable[..., None]
ACTS: Mapping[str, Act] = {
    r"Besökaren (?:öppnar sidan|kommer tillbaka)": lambda s: s.visitor(Opened()),
    r"Besökaren: (.+)": lambda s, text: s.visitor(Wrote(text)),
    r"Besökaren trycker: (.+)": lambda s, label: s.press(label),
    r"Besökaren skickar .+": lambda s: s.visitor(SentUnsupported()),
    r"Besökaren lämnar sidan": lambda s: s.visitor(Departed()),
    r"(\w+) tar samtalet": lambda s, who: s.claim(who),
    r"(\w+) skickar: (.+)": lambda s, who, words: s.attach(who, words),
    r"(\w+) lämnar tillbaka samtalet": lambda s, who: s.happen(HandedBack(who)),
    r"(\w+) avslutar samtalet": lambda s, who: s.happen(Ended(who)),
    r"(\w+) tappar anslutningen": lambda s, who: s.happen(Vanished(who)),
    r"(\w+): (.+)": lambda s, who, text: s.happen(Said(who, text)),
    r"\((\d+) minuter går\)": lambda s, minutes: s.wait(int(minutes)),
    r"\(Före i kön: (\d+)\)": lambda s, ahead: setattr(s, "ahead", int(ahead)),
    r"\((\w+) har (\d+) samtal\)": lambda s, who, n: s.holding.update({who: int(n)}),
    r"\((\w+) kommer\)": lambda s, who: s.present.add(who),
    r"\((\w+) går\)": lambda s, who: s.present.discard(who),
}
"""What a line says, and what is then done."""


def played(text: str) -> str:
    """Play a transcript: the same acts, with what comes of them now."""
    head, _, rest = text.strip().partition("\n\n")
    stage = _set(head)
    written = [head]
    for entry in _entries(rest):
        if COMES_OF_IT.match(entry):
            continue
        _act(stage, entry)
        written.append("\n".join((_wrapped(entry), *map(_wrapped, stage.came))))
        stage.came.clear()
    return "\n\n".join(written) + "\n"


def words(text: str) -> list[str]:
    """The entries of a transcript, without the line breaks that do not count."""
    return [" ".join(entry.split()) for entry in _entries(text)]


def _set(head: str) -> Stage:
    """Set the stage as the head of the transcript says."""
    said = dict(re.findall(r"^(\S.*?): (.+)$", head, re.MULTILINE))
    now = datetime.strptime(said["Tid"], "%Y-%m-%d kl. %H.%M").replace(tzinfo=STOCKHOLM)
    present = set(said["På plats"].split(", ")) - {"ingen"}
    if world(now).is_open != (said["Öppet"] == "ja"):
        raise ValueError(f"At {said['Tid']} it is not so that Öppet: {said['Öppet']}.")
    return Stage(Clock(now), present, int(said.get("Före i kön", "0")))


def _entries(text: str) -> list[str]:
    """Cut the text where a line begins without an indent."""
    return [entry.strip() for entry in re.split(r"\n+(?=\S)", text) if entry.strip()]


def _act(stage: Stage, entry: str) -> None:
    line = " ".join(entry.split())
    for pattern, act in ACTS.items():
        if found := re.fullmatch(pattern, line):
            act(stage, *found.groups())
            return
    raise ValueError(f"Nobody can do this in a transcript: {line!r}")


def _wrapped(entry: str) -> str:
    lines = (line.strip() for line in entry.splitlines() if line.strip())
    wrap = partial(textwrap.wrap, width=WIDTH - len(INDENT), break_on_hyphens=False)
    return f"\n{INDENT}".join(row for line in lines for row in wrap(line))


def write_anew() -> None:
    """Write every transcript as it would be played now."""
    for path in sorted(FOLDER.glob("*.txt")):
        path.write_text(played(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write_anew()
