"""How a conversation looks on the visitor's page, in its frame and in its stream of events."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import blake2s
from pathlib import Path
from typing import Any, Literal, TypeAlias

from jinja2 import Environment

from bot.book import Overlay
from bot.channels.web_choices import current_choices
from bot.conversation import Address, Conversation, Message, for_visitor
from bot.jobs import Began
from bot.pages import environment
from bot.shop import Shop
from bot.switchboard import Switchboard
from flows.events import Opened
from flows.states import Closing, Open, Talking, Waiting
from flows.stockholm import STOCKHOLM

CHANNEL = "web"
LANGUAGE = "sv"
HERE = Path(__file__).parent

EXIT_URL = "https://www.svt.se/vader"
"""Where "leave this page" leads: the weather, which anybody may have looked at."""

Place: TypeAlias = Literal["bot", "waiting", "talking", "closing"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page gives back to who could not send: the sentence, and their words."""

    error: str = ""
    words: str = ""


EMPTY = Draft()


@dataclass(frozen=True, slots=True)
class View:
    """Renders everything a visitor sees. `exit_url` is where the exit button leads."""

    board: Switchboard
    exit_url: str
    is_demo: bool
    templates: Environment

    def page(
        self,
        found: Conversation | None,
        *,
        client_id: str,
        draft: Draft = EMPTY,
        gone: bool = False,
    ) -> str:
        """The whole page; for somebody without a conversation, what they would be greeted with."""
        shown = found or not_yet_begun(self.board)
        return self._render(
            "page.html",
            **self._seen(shown),
            is_begun=found is not None,
            of=of(found) if found else "",
            client_id=client_id,
            draft=draft,
            gone=gone,
            exit_url=self.exit_url,
            is_demo=self.is_demo,
            links=self.board.shop.line.links,
        )

    def frame(self, found: Conversation | None, *, page_place: str) -> str:
        """The messages alone, for a page without JavaScript."""
        if found is None:
            return self._render("frame-gone.html")
        has_moved = place(found.state) != page_place
        return self._render("frame.html", **self._seen(found), has_moved=has_moved)

    def message(self, found: Conversation, message: Message) -> str:
        return self._render("one-message.html", **self._seen(found), message=message)

    def state(self, found: Conversation) -> str:
        """What stands around the messages: where the visitor is, and what they may choose."""
        return self._render("one-state.html", **self._seen(found), client_id="")

    def say(self, text: str, **args: str | int) -> str:
        return self.board.shop.texts.say(LANGUAGE, text, **args)

    def _seen(self, found: Conversation) -> Mapping[str, Any]:
        read = range(found.hidden_below, found.seen + 1)
        return {
            "messages": for_visitor(found),
            "choices": current_choices(found),
            "place": place(found.state),
            "counsellor": found.counsellor,
            "read": read,
            "clock": clock,
        }

    def _render(self, template: str, **values: Any) -> str:
        say = partial(self.board.shop.texts.say, LANGUAGE)
        return self.templates.get_template(template).render(say=say, **values)


def view(board: Switchboard, *, exit_url: str, is_demo: bool) -> View:
    return View(board, exit_url, is_demo, environment(HERE / "templates"))


def place(state: Open) -> Place:
    """Where the visitor is, as the page tells it."""
    match state:
        case Waiting():
            return "waiting"
        case Talking():
            return "talking"
        case Closing():
            return "closing"
        case _:
            return "bot"


def of(found: Conversation) -> str:
    """A short mark of a conversation, so that a page of an erased one never shows another's."""
    return blake2s(found.id.encode(), digest_size=6).hexdigest()


def clock(at: datetime) -> str:
    return f"{at.astimezone(STOCKHOLM):%H.%M}"


class _NoKeys:
    """Makes no key, for a conversation that is never kept."""

    def create(self, id: str) -> None:
        """Nothing is made."""


def not_yet_begun(board: Switchboard) -> Conversation:
    """What a conversation would begin with, taken aside and thrown away: nothing is created."""
    aside, id = Overlay(board.book), "not-yet-begun"
    shop: Shop = replace(board.shop, keys=_NoKeys(), new_id=lambda: id)
    Began(Address(CHANNEL, ""), LANGUAGE, Opened()).take(aside, shop, board.clock())
    begun = aside.conversation(id)
    if begun is None:
        raise LookupError("To begin with a greeting should never end a conversation.")
    return begun
