"""`helpline hours`: is the line open?"""

from datetime import datetime
from typing import cast

import click

from bot.cli_words import say_json
from bot.clock import wall_clock
from bot.settings import read_settings
from bot.shipped import read_line, read_texts
from flows.hours import as_json, in_words, opening
from flows.line import CHANNELS, Channel

LANGUAGE = "sv"


@click.command()
@click.option("--channel", type=click.Choice(CHANNELS), default="chat", show_default=True)
@click.option("--at", "at_text", metavar="ISO", help="When; without a zone, Stockholm's time.")
@click.option("--json", "in_json", is_flag=True, help="One JSON document.")
def hours(channel: str, at_text: str | None, *, in_json: bool) -> None:
    """Say whether the line is open, now or at a given time."""
    line, texts = read_line(read_settings().service_file), read_texts()
    at = _moment(at_text) if at_text is not None else wall_clock()
    where = cast("Channel", channel)
    try:
        text = in_words(opening(line, where, at), at, texts, LANGUAGE, channel=where)
    except ValueError:
        raise click.UsageError(f"The holidays of {at.year} are not known.") from None
    if in_json:
        say_json(as_json(line, where, at, text))
    else:
        print(text)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{text!r} is not a time; write it like 2026-11-20T10:00.") from None
