"""How the commands say how many forms wait: no small number that a report will hide."""

from flows.hiding import FEW


def about(n: int) -> str:
    """Say how many, where they are not few: from 1 to 4 are "a few"."""
    return "a few" if 0 < n < FEW else f"{n}"
