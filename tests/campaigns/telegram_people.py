"""Visitors on Telegram who write without waiting for anything, change their words, and erase."""

import asyncio
import random
from dataclasses import dataclass, field

from tests.campaigns.people import Pace
from tests.emulator.phones import Message, Visitor

WAY = ("Skriv med en rådgivare", "Ja, jag vill skriva med en rådgivare", "Hoppa över")
"""The buttons that lead to a counsellor, the last of them twice."""

HERE = "Nu är "
"""How it begins that a counsellor is here."""

ERASE_NOW = "Radera allt nu"
LOOK_SECONDS = 0.02
IMPATIENT = 1.0
"""Seconds without a button to press after which they write /start again."""

PATIENCE = 300.0
"""Seconds until an answer that has not come is lost, however often the program is killed."""

MOST_UNREAD = 40
"""They wait when so much lies unread at Telegram: the program refuses a flood, and rightly."""

LAST_FEW = 5
LONGEST_BREATH = 0.6
"""Seconds between an erasure and the next beginning, at most: often less than it takes."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words that were written; `changes` is the place of those they change, -1 for none."""

    text: str
    message: int
    changes: int = -1


@dataclass(slots=True, kw_only=True)
class Texter:
    """Somebody with Telegram. `patience`: after so many words they erase; 0: never."""

    name: str
    phone: Visitor
    chance: random.Random
    patience: int = 0
    changes: float = 0.0
    """How often they change one of their last few words instead of writing a new one."""
    told: list[Told] = field(default_factory=list)
    """What they have written in the conversation that is open, in order."""
    began: int = 0
    """Telegram's number of its first message; all before it is of conversations they erased."""
    is_here: bool = False
    written: int = 0
    changed: int = 0
    erased: int = 0

    async def live(self, pace: Pace) -> None:
        """Come, write, and for some: erase it all and come again."""
        while pace.goes_on():
            await self.arrive()
            while pace.goes_on() and not self._has_had_enough():
                if self.phone.office.updates.pending < MOST_UNREAD:
                    self.write()
                await pace.rest()
            if self._has_had_enough():
                await self.erase()
                await asyncio.sleep(self.chance.uniform(0, LONGEST_BREATH))

    def _has_had_enough(self) -> bool:
        return 0 < self.patience <= len(self.told)

    async def arrive(self) -> None:
        """Press one's way to the queue; a press or an answer may come late, but does come."""
        self.began, self.is_here = self.phone.start(), True
        async with asyncio.timeout(PATIENCE):
            await self._press_on()

    async def _press_on(self) -> None:
        pressed, skipped, waited = {0}, 0, 0.0
        while skipped < 2 and not self._is_met():
            found = self._newest(*WAY)
            if found and found.id not in pressed:
                label = self._press(found, *WAY)
                pressed.add(found.id)
                skipped += label == WAY[-1]
                waited = 0.0
            elif waited > IMPATIENT:
                self.phone.start()
                waited = 0.0
            await asyncio.sleep(LOOK_SECONDS)
            waited += LOOK_SECONDS

    def write(self) -> None:
        """Write a new word, or change one of the last few."""
        few = [place for place, each in enumerate(self.told) if each.changes < 0][-LAST_FEW:]
        if few and self.chance.random() < self.changes:
            place = self.chance.choice(few)
            message = self.told[place].message
            text = f"{self.name} ändring {self.changed}"
            self.phone.edit(message, text)
            self.told.append(Told(text, message, place))
            self.changed += 1
        else:
            text = f"{self.name} ord {self.written}"
            self.told.append(Told(text, self.phone.write(text)))
            self.written += 1

    async def erase(self) -> None:
        """Ask for it, and press the button when it comes."""
        await self.press(ERASE_NOW, after=self.phone.write("/radera"))
        self.is_here = False
        self.told.clear()
        self.erased += 1

    async def press(self, label: str, *, after: int) -> None:
        """Press a button as soon as it is there, in a message that came after another."""
        async with asyncio.timeout(PATIENCE):
            while not (found := self._newest(label)) or found.id < after:  # noqa: ASYNC110 - a phone has no event
                await asyncio.sleep(LOOK_SECONDS)
        self._press(found, label)

    def _is_met(self) -> bool:
        mine = self.phone.messages.values()
        return any(each.by_bot and HERE in each.text and each.id > self.began for each in mine)

    def _newest(self, *labels: str) -> Message | None:
        """The newest message of this conversation with one of these buttons."""
        for message in reversed(self.phone.messages.values()):
            if message.id > self.began and any(each["text"] in labels for each in message.buttons):
                return message
        return None

    def _press(self, message: Message, *labels: str) -> str:
        button = next(each for each in message.buttons if each["text"] in labels)
        self.phone.press_data(button["callback_data"], message.id)
        return str(button["text"])
