"""The folders that the program keeps its things in."""

from pathlib import Path

from bot.complaint import ComplaintError


class StartError(ComplaintError):
    """The service cannot start; the text is one sentence that says why and what to do."""


def make_folder(folder: Path) -> None:
    """Make a folder that is ours alone."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise StartError(f"The folder {folder} cannot be made or used: {error.strerror}.") from None
