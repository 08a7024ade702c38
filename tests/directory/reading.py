"""What is understood of a text, in one line."""

from directory.load import load
from directory.places import understand


def read(text: str) -> str:
    """The place that is taken; with a question mark the ones that are asked about; or ""."""
    place = understand(text, load())
    taken = place.municipality or place.county
    asked = ", ".join(candidate.name for candidate in place.candidates)
    return taken.name if taken else f"{asked}?" if asked else ""
