"""A conversation in the terminal: no network, nothing kept. One person may play both sides.

What is shown is what the visitor's page shows. Time goes by only as you write; no alarm rings.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.conversation import Address, Choice, Conversation
from bot.turns import Came, take
from bot.words import cleaned
from flows.events import Claimed, Ended, Event, HandedBack, Opened, Said, Wrote, chosen
from flows.states import Menu, Stay, Waiting
from flows.world import World

COUNSELLOR = "Anna"
PREFIX = "r:"
ORDERS: Mapping[str, Event] = {"end": Ended(COUNSELLOR), "back": HandedBack(COUNSELLOR)}

HELP = (
    "You are the visitor: write, or give the number of a choice. Once you wait, a line that begins "
    f"with {PREFIX} is the counsellor's ({PREFIX} hej; {PREFIX} back hands back; {PREFIX} end ends "
    "the talk). Ctrl+D leaves."
)
GONE = "Everything is erased."


def talk(
    world_now: Callable[[], World],
    *,
    read: Callable[[], str | None],
    write: Callable[[str], None],
    language: str = "sv",
) -> None:
    """Hold one conversation, until it is erased or there is nothing more to read (None)."""
    write(HELP)
    now = world_now().now
    begun = Menu(Stay("web", language, now, now))
    terminal = _Terminal(world_now, write, Conversation("terminal", Address("web", ""), begun))
    terminal.take(Opened())
    while not terminal.is_over and (line := read()) is not None:
        terminal.meet(cleaned(line))


@dataclass(slots=True)
class _Terminal:
    world_now: Callable[[], World]
    write: Callable[[str], None]
    conversation: Conversation
    buttons: dict[str, Choice] = field(default_factory=dict)
    is_over: bool = False

    def meet(self, line: str) -> None:
        """Do what one line asks for."""
        if line.casefold().startswith(PREFIX):
            for event in self._counsellor(line[len(PREFIX) :].strip()):
                self.take(event)
        elif line in self.buttons:
            choice = self.buttons[line].choice
            self.take(chosen(choice) or Wrote(line), choice)
        elif line:
            self.take(Wrote(line))

    def take(self, event: Event, choice: str = "") -> None:
        """Take one turn and show what came of it."""
        first = self.conversation.next_seq
        outcome = take(self.conversation, event, self.world_now(), Came(choice=choice))
        for answer in outcome.answers:
            self.write(f"  ({COUNSELLOR}: {answer})")
        if outcome.conversation is None:
            self.is_over = True
            self.write(GONE)
        else:
            self.conversation = outcome.conversation
            self._show(first)

    def _counsellor(self, words: str) -> Iterator[Event]:
        """Take who waits, then say or do what the line holds."""
        if isinstance(self.conversation.state, Waiting):
            yield Claimed(COUNSELLOR, "draft")
        if words:
            yield ORDERS.get(words, Said(COUNSELLOR, words))

    def _show(self, first: int) -> None:
        new = [message for message in self.conversation.messages if message.seq >= first]
        for message in new:
            if message.author == "bot":
                self.write(message.text)
            elif message.author == "note":
                self.write(f"  ({COUNSELLOR}: {message.text})")
        if buttons := [button for message in new for button in message.buttons]:
            self.buttons = {str(number): button for number, button in enumerate(buttons, start=1)}
            for number, button in self.buttons.items():
                self.write(f"  {number}. {button.label}")
