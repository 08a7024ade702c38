"""Contact records: one filed form each, without identity and without a way back to a conversation.

A record is the cleaned answers of its form (see `flows.contact_form`), by the month and no finer.
"""

from collections.abc import Mapping

ContactRecord = Mapping[str, str]
"""The name of a question to one cell; what is not relevant is missing."""

COUNTY = "county"
COUNTY_DIGITS = 2
"""A municipality's code begins with its county's (SCB)."""


def left_queue_form(*, period: str, channel: str, wait_minutes: int) -> dict[str, str]:
    """Record that somebody left the queue: `period` is a month (2026-11), and that is all."""
    return {
        "period": period,
        "channel": channel,
        "outcome": "left_queue",
        "wait_minutes": f"{wait_minutes}",
    }


def county_of(answers: Mapping[str, str]) -> str:
    """Give the county, also where only the municipality is known; "" when it was not asked for."""
    county, municipality = answers.get(COUNTY, ""), answers.get("municipality", "")
    if county.isdecimal() or not municipality.isdecimal():
        return county
    return municipality[:COUNTY_DIGITS]
