"""Updates as Telegram sends them, and what could become of them on a very bad day."""

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.emulator.kinds import KINDS

Json = dict[str, Any]
Place = tuple[Any, Any]
"""A dict or list, and a key or index of it."""

CANARY = "KANARIEFÅGEL"
VISITORS = range(5_000_000_000, 5_000_000_200)
CHATS = ("private", "group", "supergroup", "channel", "sender", "", "PRIVATE", 5, None)
CHOICES = ("talk", "yes", "menu", "erase", "erase-now", "role:exposed", "place:0180", CANARY)
WORDS = (
    CANARY,
    f"/start {CANARY}",
    f"/radera {CANARY}",
    f"mitt nummer är 070-000 00 00 {CANARY}",
    f"jag vill döda {CANARY}",
    "Lund",
)
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    float("nan"),
    float("inf"),
    2**31,
    2**32,
    2**63 - 1,
    2**63,
    -(2**63),
    10**400,
    "",
    " ",
    "0",
    "\x00",
    "\ud800",
    "\u202e" + CANARY,
    "e" + "\u0301" * 2_000,
    "👨‍👩‍👧‍👦" * 500,
    CANARY * 20_000,
    "\ufeff\u200b\u2028",
    [],
    {},
    [CANARY],
    [[[]]],
    {"": CANARY},
    {"id": CANARY, "text": CANARY, "type": "private"},
)


def realistic(chance: Random, now: int) -> Json:
    """One update of any kind that Telegram sends, written now."""
    chat = {"id": chance.choice(VISITORS), "type": "private", "first_name": CANARY}
    person = {"id": chat["id"], "is_bot": False, "first_name": CANARY, "language_code": "sv"}
    head = {"message_id": chance.randrange(1, 10**9), "date": now, "chat": chat}
    message = {**head, "from": person, **_content(chance)}
    press = {"id": str(chance.randrange(10**18)), "from": person, "chat_instance": "7"}
    status = {"user": person, "status": chance.choice(("kicked", "member", "left"))}
    membership = {"chat": chat, "from": person, "date": now, "new_chat_member": status}
    kinds: tuple[Json, ...] = (
        {"message": message},
        {"message": {**message, "text": chance.choice(WORDS)}},
        {"edited_message": {**message, "edit_date": now}},
        {"callback_query": {**press, "message": message, "data": chance.choice(CHOICES)}},
        {"callback_query": {**press, "data": chance.choice(CHOICES)}},
        {"my_chat_member": membership},
        {"inline_query": {"id": "1", "from": person, "query": CANARY, "offset": ""}},
        {"channel_post": message},
    )
    return copy.deepcopy(chance.choice(kinds))


def _content(chance: Random) -> Json:
    if chance.random() < 0.5:
        return {"text": chance.choice(WORDS)}
    return KINDS[chance.choice(list(KINDS))]


def mutated(update: Json, chance: Random) -> Any:
    """The same update after a few accidents; now and then something else altogether."""
    if chance.random() < 0.02:
        return chance.choice((None, [], CANARY, 7, [update], {"update": update}))
    if chance.random() < 0.01:
        return {**update, "update_id": chance.choice((2**31, 2**32, 2**62, 2**63 - 2, 10**400, -5))}
    for _ in range(chance.randint(1, 4)):
        places = list(_places(update))
        if places:
            holder, key = chance.choice(places)
            chance.choice(ACCIDENTS)(holder, key, chance)
    return update


def _places(value: Any) -> Iterator[Place]:
    """Every place in it where something stands, to a depth that is enough."""
    keys = list(value) if isinstance(value, dict) else range(len(value))
    for key in keys[:50]:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def _drop(holder: Any, key: Any, _: Random) -> None:
    del holder[key]


def _replace(holder: Any, key: Any, chance: Random) -> None:
    holder[key] = copy.deepcopy(chance.choice(ODD))


def _nest(holder: Any, key: Any, chance: Random) -> None:
    for _ in range(chance.choice((1, 2, 30))):
        holder[key] = chance.choice(([holder[key]], {"message": holder[key]}))


def _double(holder: Any, key: Any, chance: Random) -> None:
    """The same under another name, or twice in a list."""
    if isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    else:
        other = chance.choice(("text", "chat", "message", "from", "caption", "photo", CANARY))
        holder[other] = copy.deepcopy(holder[key])


def _move_chat(holder: Any, key: Any, chance: Random) -> None:
    """Say that it came from somewhere else."""
    if isinstance(holder[key], dict) and "type" in holder[key]:
        holder[key]["type"] = chance.choice(CHATS)
        holder[key]["id"] = chance.choice((-7, -(2**40), 0, 2**52 - 1, holder[key].get("id")))


ACCIDENTS: tuple[Callable[[Any, Any, Random], None], ...] = (
    _drop,
    _replace,
    _nest,
    _double,
    _move_chat,
)
