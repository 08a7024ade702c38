"""Invented notes for the demo: they say nothing of anybody, and would pass the gate."""

import random
from collections.abc import Mapping, Sequence

NOTED = 0.15
"""How many contacts have a note."""

_AFTER = (
    "Fick information om samtalsmottagningen i kommunen.",
    "Vi pratade om vad som händer strax innan det blir våld.",
    "Vill ringa igen om det blir svårt.",
    "Lugnare i slutet av samtalet.",
    "Ska ta upp det med sin vårdcentral.",
    "Vi gick igenom vad som kan göras i stunden.",
    "Funderar på att söka hjälp, men skäms.",
    "Tackade ja till att bli påmind om numret.",
)

_BEFORE: Mapping[str, Sequence[str]] = {
    "uses_violence": (
        "Ringde efter ett bråk hemma.",
        "Har knuffat och skrikit flera gånger i höst.",
        "Rädd för sin egen ilska.",
        "Partnern har sagt att det är sista chansen.",
        "Kontrollerar partnerns telefon och vill sluta.",
    ),
    "risks_violence": (
        "Har inte slagit, men känner att det är nära.",
        "Vill prata innan något händer.",
    ),
    "exposed": (
        "Undrade om det som händer hemma är våld.",
        "Vill att partnern ska få hjälp.",
    ),
    "relative": (
        "Orolig för ett vuxet barn.",
        "Hade märkt att något var fel hos goda vänner.",
    ),
    "professional": (
        "Frågade vart en klient kan hänvisas.",
        "Ville veta hur man ställer frågan om våld.",
    ),
}
"""By the role of who was in contact; who has another has no note."""


def with_notes(records: Sequence[Mapping[str, str]], chance: random.Random) -> list[dict[str, str]]:
    """Give the records, some with a note; the same state of `chance` gives the same notes."""
    return [{**record, **_note(record.get("role", ""), chance)} for record in records]


def _note(role: str, chance: random.Random) -> dict[str, str]:
    if role not in _BEFORE or chance.random() >= NOTED:
        return {}
    return {"note": f"{chance.choice(_BEFORE[role])} {chance.choice(_AFTER)}"}
