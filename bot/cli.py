"""The `helpline` command."""

import io
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress

import click

from bot import streams
from bot.complaint import ComplaintError, refusal
from bot.lazy import LazyGroup

BROKEN = 1
WRONG_USE = 2
SERVICE = "run"

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
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    status = call(sys.argv[1:])
    streams.let_go()
    sys.exit(status)


def call(arguments: list[str]) -> int:
    """Run the command with these arguments; give the exit status."""
    streams.set_up()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return WRONG_USE  # whoever read has gone, and need not be told
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - its text could hold what somebody wrote
        if isinstance(error, KeyboardInterrupt) and arguments[:1] == [SERVICE]:
            return 0  # this is how the service is stopped, also while it starts
        sentence = _sentence(error)
        _complain(sentence or f"Something went wrong that should not ({type(error).__name__}).")
        return WRONG_USE if sentence else BROKEN
    return status


def _run(arguments: list[str]) -> int:
    # The library's own way ends with 1 where nobody reads on, and breaks the line when stopped.
    try:
        with helpline.make_context("helpline", list(arguments)) as context:
            helpline.invoke(context)
    except click.exceptions.Exit as left:
        return left.exit_code
    return 0


def _sentence(error: BaseException) -> str | None:
    """Say what is wrong; None where it is the program."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            sentence = f"Say what to do; {error.ctx.command_path} --help lists it."
        case click.ClickException():
            sentence = error.format_message()
        case ComplaintError():
            sentence = str(error)
        case click.Abort() | KeyboardInterrupt():
            sentence = "Stopped."
        case io.UnsupportedOperation():
            sentence = "A stream that this needs is closed: leave stdin and stdout open."
        case OSError():
            sentence = refusal(error)
        case _:
            return None
    return " ".join(sentence.split())


def _complain(sentence: str) -> None:
    with suppress(OSError):
        print(sentence, file=sys.stderr)
