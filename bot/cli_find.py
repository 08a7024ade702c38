"""`helpline find`: help near a place."""

import asyncio
from typing import Any

import click

from bot.catalogue import as_it_is
from bot.cli_words import say_json
from bot.settings import read_settings
from directory.answers import as_json
from flows.events import ROLES


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
