"""What all errors share whose text is for whoever asked."""


class ComplaintError(Exception):
    """Something cannot be done; the text is one sentence that says why and what to do."""
