"""`helpline acute`: does what somebody writes point to acute danger?"""

import click

from bot.cli_words import say_json
from bot.resources import read_safety
from bot.settings import read_settings
from bot.streams import lines


@click.command()
@click.option("--json", "in_json", is_flag=True, help="One JSON document a line.")
def acute(*, in_json: bool) -> None:
    """Say of each line on stdin what acute danger its words point to, if any."""
    read_settings()
    recogniser = read_safety()
    for line in lines():
        kinds = recogniser.kinds(line)
        if in_json:
            say_json({"kinds": list(kinds)})
        else:
            print(", ".join(kinds) or "-")
