"""Whether a short text names somebody, as the gate of notes tells it."""

from flows.redaction_notes import Reviewer


def holds_name(text: str, reviewer: Reviewer) -> bool:
    """Whether anything in it may be somebody's name."""
    return any(found.kind == "name" for found in reviewer.review(text))
