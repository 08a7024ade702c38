"""What stands in for the world in tests: the real texts and places, and a clock that obeys."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from bot.resources import read_safety, read_spoken
from bot.settings import FLOWS
from bot.shipped import read_line, read_texts
from directory.load import load
from flows.channels import TELEGRAM
from flows.effects import Say, Turn
from flows.states import Closed, Same, State, Stay
from flows.world import World
from tests.cast import MONDAY_MORNING


@dataclass(slots=True)
class Clock:
    """Tells the time it was set to."""

    now: datetime = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        """Let time go by, as in `forward(minutes=25)`."""
        self.now += timedelta(**by)
        return self.now


@cache
def _shipped() -> World:
    return World(
        now=MONDAY_MORNING,
        line=read_line(FLOWS / "service.toml"),
        texts=read_texts(),
        directory=load(),
        safety=read_safety(),
        spoken=read_spoken(),
        present=1,
        web_page="https://chatt.example",
    )


def world(now: datetime = MONDAY_MORNING, **known: Any) -> World:
    """Give the world as we ship it, one counsellor present, but for what is `known` otherwise."""
    return replace(_shipped(), now=now, **known)


def said(turn: Turn[State]) -> list[str]:
    """List the names of the texts that a turn says to the visitor, in order."""
    return [effect.text for effect in turn.effects if isinstance(effect, Say)]


def read(turn: Turn[State]) -> str:
    """Give what a turn says to the visitor, as they read it."""
    says = (effect for effect in turn.effects if isinstance(effect, Say))
    channel = "" if isinstance(turn.state, Closed) else turn.state.stay.channel
    texts = _shipped().texts
    return "\n".join(texts.say("sv", s.text, channel=channel, **dict(s.args)) for s in says)


def offered(turn: Turn[State]) -> list[str]:
    """List the choices that a turn offers."""
    says = (effect for effect in turn.effects if isinstance(effect, Say))
    return [button.choice for say in says for button in say.buttons]


def stay(now: datetime = MONDAY_MORNING, **known: Any) -> Stay:
    """Give the stay of somebody who has just come, by the web chat."""
    return replace(Stay("web", "sv", now, now), **known)


def on_telegram(state: Same) -> Same:
    """Give the same state for somebody who came by Telegram."""
    return replace(state, stay=replace(state.stay, channel=TELEGRAM))
