"""The `helpline` command."""

import sys
from collections.abc import Mapping

import click

from bot.complaint import ComplaintError
from bot.lazy import LazyGroup

BROKEN = 1
WRONG_USE = 2

COMMANDS: Mapping[str, str] = {
    "acute": "bot.cli_acute:acute",
    "backup": "bot.cli_backup:backup",
    "check": "bot.check:check",
    "demo": "bot.demo:demo",
    "directory": "bot.cli_directory:directory",
    "find": "bot.cli_find:find",
    "form": "bot.cli_form:form",
    "hours": "bot.cli_hours:hours",
    "records": "bot.cli_records:records",
    "redact": "bot.cli_redact:redact",
    "restore": "bot.cli_backup:restore_",
    "run": "bot.cli_run:run_",
    "staff": "bot.cli_staff:staff",
    "stop": "bot.cli_stop:stop",
    "talk": "bot.cli_talk:talk",
}


@click.group(cls=LazyGroup, found_at=COMMANDS, no_args_is_help=True)
def helpline() -> None:
    """Välj att sluta – chatt: an anonymous way in by text, answered by people."""


def main() -> None:
    """Run the command: what goes wrong is one sentence on stderr and exit status 2."""
    sys.exit(call(sys.argv[1:]))


def call(arguments: list[str]) -> int:
    """Run the command with these arguments; give the exit status."""
    try:
        status = helpline.main(arguments, prog_name="helpline", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        return _complain(f"Say what to do; {error.ctx.command_path} --help lists it.")
    except click.ClickException as error:
        return _complain(error.format_message())
    except ComplaintError as error:
        return _complain(str(error))
    except (click.Abort, KeyboardInterrupt):
        return _complain("Stopped.")
    except Exception as error:  # noqa: BLE001 - its text could hold what somebody wrote
        _complain(f"Something went wrong that should not ({type(error).__name__}).")
        return BROKEN
    return status if isinstance(status, int) else 0


def _complain(message: str) -> int:
    sentence = " ".join(message.split())
    print(sentence, file=sys.stderr)
    return WRONG_USE
