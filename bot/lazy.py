"""Groups of commands that bring in a command only when it is asked for: most need little."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Its commands are found by name at "module:attribute"."""

    def __init__(self, *arguments: Any, found_at: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._found_at = found_at

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the library's method
        """Name the commands without bringing any in."""
        return sorted(self._found_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the library's method
        """Bring in one command, if there is one of that name."""
        if cmd_name not in self._found_at:
            return None
        module, _, attribute = self._found_at[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command
