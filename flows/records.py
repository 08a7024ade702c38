"""Contact records: one filed form each, without identity and without a way back to a conversation.

A record is the cleaned answers of its form (see `flows.contact_form`), by the month and no finer.
"""

from collections.abc import Mapping

ContactRecord = Mapping[str, str]
"""The name of a question to one cell; what is not relevant is missing."""

_AGE_BANDS = ((17, "under_18"), (34, "18-34"), (54, "35-54"))
_OLDEST_BAND = "55+"

_MINUTE_BANDS = ((4, "0-4"), (14, "5-14"), (29, "15-29"), (59, "30-59"))
_LONGEST_BAND = "60+"


def left_queue_form(*, period: str, channel: str, wait_minutes: int) -> dict[str, str]:
    """Record that somebody left the queue: `period` is a month (2026-11), and that is all."""
    return {
        "period": period,
        "channel": channel,
        "outcome": "left_queue",
        "wait_minutes": f"{wait_minutes}",
    }


def age_band(cell: str) -> str:
    """Coarsen an age in whole years; `unknown`, `not_asked` and no answer stay what they are."""
    return _band(cell, _AGE_BANDS, last=_OLDEST_BAND)


def minutes_band(cell: str) -> str:
    """Coarsen whole minutes; no answer stays what it is."""
    return _band(cell, _MINUTE_BANDS, last=_LONGEST_BAND)


def _band(cell: str, bands: tuple[tuple[int, str], ...], *, last: str) -> str:
    if not cell.isdecimal():
        return cell
    return next((name for most, name in bands if int(cell) <= most), last)
