"""Whoever sits at a terminal is a visitor with a phone: lines are messages, numbers press."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from time import monotonic

from tests.emulator.phones import Visitor
from tests.emulator.telegram import FIRST_VISITOR, Call, Telegram

STAFF_CHAT = -1_001_234_567_890
TICK = 0.05
QUIET = 0.7
"""After so many seconds without anything new the program has said what it has to say."""

PATIENCE = 15.0
"""How many seconds a program is waited for that says nothing."""

HELP = """Every line is a message; /start CODE works; a number presses the button of that number.
!edit TEXT   edit your last message      !photo       send a picture
!block       block the bot               !unblock     let it write again
!visitor 2   be somebody else            !quit        stop"""


@dataclass(slots=True)
class Terminal:
    """Takes lines in, and says what the phones show."""

    telegram: Telegram
    say: Callable[[str], None] = print
    number: int = 1
    quiet: float = QUIET
    _seen: int = 0
    _waiting: list[Call] = field(default_factory=list)
    _told: int = 0
    _heard: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self.telegram.group(STAFF_CHAT)

    @property
    def me(self) -> Visitor:
        return self.telegram.visitor(FIRST_VISITOR + self.number - 1)

    async def run(self, lines: "asyncio.Queue[str | None]", *, patient: bool) -> None:
        """Take lines until they end; `patient` waits for the answers to each of them."""
        showing = asyncio.create_task(self._keep_showing())
        try:
            while (line := await lines.get()) is not None and line.strip() != "!quit":
                if patient:
                    await self._settle()
                self.take(line.strip())
            if patient and self.telegram.calls:
                await self._settle()
        finally:
            showing.cancel()
        self.show()

    def take(self, line: str) -> None:
        """Do what one line says."""
        self._heard = monotonic()
        order, _, rest = line.partition(" ")
        if order.startswith("!"):
            self._obey(order, rest)
        elif line and not self._pressed(line):
            self.me.write(line)

    def show(self) -> None:
        """Say what is new on the phones."""
        calls = self.telegram.calls
        self._waiting += [each for each in calls[self._seen :] if each.method != "getUpdates"]
        self._seen = len(calls)
        for call in [each for each in self._waiting if each.status]:
            self._waiting.remove(call)
            self._tell(call)
        for each in self.telegram.indiscretions[self._told :]:
            self.say(f"  ! {each}")
        self._told = len(self.telegram.indiscretions)

    async def _keep_showing(self) -> None:
        while True:
            self.show()
            await asyncio.sleep(TICK)

    async def _settle(self) -> None:
        """Wait until everything is fetched and nothing new was said for a while."""
        end = monotonic() + PATIENCE
        while monotonic() < end:
            await asyncio.sleep(TICK)
            fetched = self.telegram.calls and not self.telegram.pending
            if fetched and monotonic() - self._heard > self.quiet:
                return

    def _obey(self, order: str, rest: str) -> None:
        match order:
            case "!edit":
                self._edit(rest)
            case "!photo":
                self.me.send("photo")
            case "!block":
                self.me.block()
            case "!unblock":
                self.me.unblock()
            case "!visitor" if rest.isdecimal():
                self.number = int(rest)
                self.say(f"You are visitor {self.number}.")
            case _:
                self.say(HELP)

    def _edit(self, text: str) -> None:
        own = [shown.message_id for shown in self.me.shown() if shown.mine]
        if own and text:
            self.me.edit(own[-1], text)
        else:
            self.say("There is no message of yours to edit, or no text.")

    def _pressed(self, line: str) -> bool:
        """Press the button of a number; a number without a button is words."""
        labels = next((each.buttons for each in reversed(self.me.shown()) if each.buttons), ())
        if not line.isdecimal() or not 1 <= int(line) <= len(labels):
            return False
        self.me.press(labels[int(line) - 1])
        return True

    def _tell(self, call: Call) -> None:
        self._heard = monotonic()
        if call.status != HTTPStatus.OK:
            self.say(f"  ! {call.method} was refused: {call.status}")
        elif line := self._line(call):
            self.say(f"{self._whose(call)}{line}")

    def _whose(self, call: Call) -> str:
        chat = call.params.get("chat_id", self.me.id)
        if chat == self.me.id:
            return "  "
        return "  staff group: " if chat < 0 else f"  visitor {chat - FIRST_VISITOR + 1}: "

    def _line(self, call: Call) -> str:
        match call.method:
            case "sendMessage":
                return f"{call.params['text']}{_buttons(call)}"
            case "editMessageText":
                return f"(edited) {call.params['text']}{_buttons(call)}"
            case "deleteMessages" | "deleteMessage":
                return f"({len(call.params.get('message_ids', '1'))} deleted)"
            case "sendChatAction":
                return "(is writing)"
            case "answerCallbackQuery":
                return f"({call.params['text']})" if call.params.get("text") else ""
            case _:
                return ""


def _buttons(call: Call) -> str:
    rows = (call.params.get("reply_markup") or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    lines = (f"\n    [{n}] {each['text']}" for n, each in enumerate(buttons, start=1))
    return "".join(lines)
