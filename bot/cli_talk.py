"""`helpline talk`: a conversation in the terminal."""

import click

from bot.clock import wall_clock
from bot.resources import read_safety, read_spoken
from bot.settings import read_settings
from bot.shipped import read_line, read_texts
from bot.streams import next_line
from bot.talk import talk as hold_talk
from directory.load import load
from flows.world import World


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

    hold_talk(world, read=next_line, write=print)
