"""A visitor with a phone, and the staff's group: what they do and what they see."""

from dataclasses import dataclass, field
from typing import Any

from tests.emulator.kinds import fields_of
from tests.emulator.office import Json, Office

START = "/start"


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as a phone shows it. `mine`: the owner of the phone wrote it."""

    message_id: int
    mine: bool
    text: str
    buttons: tuple[str, ...]
    was_edited: bool
    silent: bool
    protected: bool


@dataclass(slots=True)
class Message:
    """One message as Telegram keeps it; `fields` is its JSON."""

    id: int
    at: int
    fields: Json
    by_bot: bool = False
    silent: bool = False
    protected: bool = False

    @property
    def text(self) -> str:
        """Its words; a message without any shows what it is, in brackets."""
        text = self.fields.get("text")
        return text if isinstance(text, str) else f"[{_kind(self.fields)}]"

    @property
    def buttons(self) -> list[Json]:
        rows = self.fields.get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    def shown(self) -> Shown:
        return Shown(
            message_id=self.id,
            mine=not self.by_bot,
            text=self.text,
            buttons=tuple(button["text"] for button in self.buttons) if self.by_bot else (),
            was_edited="edit_date" in self.fields,
            silent=self.silent,
            protected=self.protected,
        )


@dataclass(slots=True, eq=False)
class Phone:
    """One chat with the bot."""

    id: int
    office: Office
    messages: dict[int, Message] = field(default_factory=dict)
    typing: list[float] = field(default_factory=list)

    @property
    def chat(self) -> Json:
        raise NotImplementedError

    @property
    def person(self) -> Json:
        raise NotImplementedError

    @property
    def closed(self) -> str:
        """Why the bot cannot write here, in Telegram's words; empty when it can."""
        raise NotImplementedError

    @property
    def texts(self) -> list[str]:
        """What the bot has said and has not taken back."""
        return [message.text for message in self.messages.values() if message.by_bot]

    def shown(self) -> list[Shown]:
        return [message.shown() for message in self.messages.values()]

    def write(self, text: str, **extra_message_fields: Any) -> int:
        """Send words; a command is marked as one, as phones do."""
        return self._send({"text": text, **_command(text), **extra_message_fields})

    def keep(self, message: Message) -> None:
        self.messages[message.id] = message

    def _send(self, content: Json) -> int:
        self.office.meet(self.id)
        id = self.office.new_message_id()
        now = self.office.now
        fields = {
            "message_id": id,
            "from": self.person,
            "chat": self.chat,
            "date": now,
            **content,
        }
        self.keep(Message(id, now, fields))
        self.office.updates.happened("message", fields)
        return id

    def _membership(self, old: Json, new: Json) -> None:
        """Tell the bot that its place in this chat has changed."""
        user = public(self.office.me)
        change = {
            "chat": self.chat,
            "from": self.person,
            "date": self.office.now,
            "old_chat_member": {"user": user, **old},
            "new_chat_member": {"user": user, **new},
        }
        self.office.updates.happened("my_chat_member", change)


MEMBER: Json = {"status": "member"}
KICKED: Json = {"status": "kicked", "until_date": 0}
LEFT: Json = {"status": "left"}


@dataclass(slots=True, eq=False)
class Visitor(Phone):
    """Somebody with a phone; `language` is empty where the phone does not tell it."""

    language: str = "sv"
    blocked: bool = False

    @property
    def chat(self) -> Json:
        return {"id": self.id, "first_name": "Kim", "username": "kim_provar", "type": "private"}

    @property
    def person(self) -> Json:
        name = {"first_name": "Kim", "username": "kim_provar"}
        language = {"language_code": self.language} if self.language else {}
        return {"id": self.id, "is_bot": False, **name, **language}

    @property
    def closed(self) -> str:
        return "Forbidden: bot was blocked by the user" if self.blocked else ""

    @property
    def toasts(self) -> list[str]:
        """What the bot answered to presses; '' where it answered without words."""
        return self.office.toasts(self.id)

    @property
    def unanswered(self) -> int:
        """How many presses still wait for an answer."""
        return self.office.unanswered(self.id)

    def start(self, payload: str = "") -> int:
        """Press Start, after a link with this code if any."""
        return self.write(f"{START} {payload}" if payload else START)

    def send(self, kind: str, **fields: Any) -> int:
        """Send a message of another kind, with the fields that such a message has."""
        return self._send(fields_of(kind, fields))

    def edit(self, message_id: int, text: str) -> None:
        """Change words that were sent; only one's own can be."""
        message = self.messages[message_id]
        if message.by_bot:
            raise KeyError(message_id)
        rest = {name: each for name, each in message.fields.items() if name != "entities"}
        changed = {"edit_date": self.office.now, "text": text, **_command(text)}
        message.fields = {**rest, **changed}
        self.office.updates.happened("edited_message", message.fields)

    def press(self, label: str) -> None:
        """Press the newest button with this label; one with a link only opens the link."""
        for message in reversed(self.messages.values()):
            for button in message.buttons if message.by_bot else ():
                if button["text"] == label:
                    return self._press(message.id, button.get("callback_data"))
        raise KeyError(label)

    def press_data(self, data: str, message_id: int | None = None) -> None:
        """Press a button with this data, whether or not there is one."""
        said = (message.id for message in reversed(self.messages.values()) if message.by_bot)
        self._press(next(said, 0) if message_id is None else message_id, data)

    def block(self) -> None:
        """Stop the bot: it is told, and can write no more."""
        if not self.blocked:
            self.blocked = True
            self._membership(MEMBER, KICKED)

    def unblock(self) -> None:
        """Let the bot write again."""
        if self.blocked:
            self.blocked = False
            self._membership(KICKED, MEMBER)

    def _send(self, content: Json) -> int:
        self.unblock()
        return super(Visitor, self)._send(content)

    def _press(self, message_id: int, data: str | None) -> None:
        if data is None:
            return
        message = self.messages.get(message_id)
        gone = {"message_id": message_id, "chat": self.chat, "date": 0}
        query = {
            "id": self.office.press(self.id),
            "from": self.person,
            "message": message.fields if message else gone,
            "chat_instance": str(-(self.id + 2**60)),
            "data": data,
        }
        self.office.updates.happened("callback_query", query)


@dataclass(slots=True, eq=False)
class Group(Phone):
    """A group that has the bot in it."""

    member: bool = True

    @property
    def chat(self) -> Json:
        return {"id": self.id, "title": "Jouren", "type": "supergroup"}

    @property
    def person(self) -> Json:
        return {"id": 5_000_000_002, "is_bot": False, "first_name": "Alex"}

    @property
    def closed(self) -> str:
        return "" if self.member else "Forbidden: bot is not a member of the supergroup chat"

    def let_in(self) -> None:
        """Somebody adds the bot."""
        self.member = True
        self._membership(LEFT, MEMBER)

    def leave(self) -> None:
        """The bot goes, of itself or because somebody removed it."""
        self.member = False
        self._membership(MEMBER, LEFT)


def _command(text: str) -> Json:
    if not text.startswith("/"):
        return {}
    length = len(text.split(maxsplit=1)[0])
    return {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def _kind(fields: Json) -> str:
    everyday = {"message_id", "from", "chat", "date", "edit_date", "caption", "forward_origin"}
    return next((name for name in fields if name not in everyday), "message")


def public(me: Json) -> Json:
    """Give the bot as others see it."""
    return {name: me[name] for name in ("id", "is_bot", "first_name", "username") if name in me}
