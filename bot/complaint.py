"""What all errors share whose text is for whoever asked."""


class ComplaintError(Exception):
    """Something cannot be done; the text is one sentence that says why and what to do."""


def refusal(error: OSError) -> str:
    """Say what the machine refused; the sentence names a file or folder, never what is in it."""
    what = error.filename or "What was to be read or written"
    return f"{what} cannot be used: {error.strerror or type(error).__name__}."
