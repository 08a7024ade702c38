"""Reads the figures of other lines that are shipped with the program."""

from bot.settings import FLOWS
from flows.comparison import Reference


def read_reference() -> Reference:
    """What the number of contacts is compared with."""
    return Reference.parse((FLOWS / "reference.toml").read_text(encoding="utf-8"))
