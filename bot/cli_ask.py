"""Commands that answer a question: no network, nothing stored."""

import asyncio
import json
import sys
from datetime import datetime
from io import TextIOWrapper
from typing import Any, cast

import click

from bot.catalogue import as_it_is
from bot.cli_redact import redact
from bot.clock import wall_clock
from bot.resources import read_line, read_safety, read_spoken, read_texts
from bot.settings import read_settings
from bot.talk import talk as hold_talk
from directory.answers import as_json
from directory.load import load
from flows.events import ROLES
from flows.hours import as_json as hours_as_json
from flows.hours import in_words, opening
from flows.line import CHANNELS, Channel
from flows.world import World

LANGUAGE = "sv"


def say_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


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
        say_json(hours_as_json(line, where, at, text))
    else:
        print(text)


@click.command()
@click.option("--for", "role", type=click.Choice(ROLES), help="Who asks.")
@click.option("--json", "in_json", is_flag=True, help="One JSON document.")
@click.argument("text", nargs=-1, required=True)
def find(text: tuple[str, ...], role: str | None, *, in_json: bool) -> None:
    """Find help near a place, written as people write it."""
    directory = asyncio.run(as_it_is(read_settings().data_dir))
    answer = as_json(" ".join(text), directory, role=role)
    if in_json:
        say_json(answer)
        return
    for line in _found_in_words(answer):
        print(line)


@click.command()
@click.option("--json", "in_json", is_flag=True, help="One JSON document a line.")
def acute(*, in_json: bool) -> None:
    """Say of each line on stdin what acute danger its words point to, if any."""
    read_settings()
    recogniser = read_safety()
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        kinds = recogniser.kinds(line.rstrip("\n"))
        if in_json:
            say_json({"kinds": list(kinds)})
        else:
            print(", ".join(kinds) or "-")


@click.command()
def talk() -> None:
    """Hold a conversation in the terminal: no network, nothing stored."""
    settings = read_settings()
    line, texts, directory = read_line(settings.service_file), read_texts(), load()
    safety, spoken = read_safety(), read_spoken()

    def world() -> World:
        return World(
            now=wall_clock(),
            line=line.always_open(),
            texts=texts,
            directory=directory,
            safety=safety,
            spoken=spoken,
            present=1,
        )

    hold_talk(world, read=_read_line, write=print)


COMMANDS = (hours, find, acute, redact, talk)


def _read_line() -> str | None:
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"{text!r} is not a time; write it like 2026-11-20T10:00.") from None


def _found_in_words(answer: dict[str, Any]) -> list[str]:
    if answer["candidates"]:
        return ["Which of these?", *(each["name"] for each in answer["candidates"])]
    place = answer["municipality"] or answer["county"]
    head = place["name"] if place else "No place was understood."
    services = (
        "  ".join(filter(None, (each["name"], each["phone"], each["url"])))
        for each in answer["services"]
    )
    return [head, *services]
