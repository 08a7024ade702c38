"""What the ways of reading a file of services share: its limits, and what is said of it (pure)."""

MOST_ROWS = 1_000
"""Services of a file; the whole country has fewer."""

SAVE_AS = "spara den som ”CSV UTF-8” och försök igen."


class UnreadableFileError(Exception):
    """The file as a whole cannot be used; each argument is a sentence that says why."""
