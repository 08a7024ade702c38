"""What a contact form can say by itself, so that a counsellor does not have to."""

from collections.abc import Mapping

from flows.contact_form import relevant
from flows.helped import HELPED, NO_ANSWER
from flows.questions import Form

PHONE = "phone"
"""The channel of a call, which we do not carry ourselves."""

NOT_ASKED = "not_asked"

COUNTY_DIGITS = 2
"""A municipality's code begins with its county's (SCB)."""

KNOWN_WITHOUT_ASKING = frozenset(
    {"outcome", "role", "referred_to", "child_concern", "language", "interpreter"}
)
"""What counsellors did or heard themselves: "not asked" would not be true of it."""


def phone_call(*, period: str) -> dict[str, str]:
    """What is known of a call when it begins: `period` is its month (2026-11)."""
    return {
        "period": period,
        "channel": PHONE,
        "language": "sv",
        "interpreter": "no",
        "wait_minutes": "0",
    }


def with_county(answers: Mapping[str, str]) -> dict[str, str]:
    """Fill in the county where a municipality is known and the county was left empty."""
    municipality = answers.get("municipality", "")
    if not municipality.isdecimal() or answers.get("county"):
        return dict(answers)
    return {**answers, "county": municipality[:COUNTY_DIGITS]}


def without_answer(answers: Mapping[str, str]) -> dict[str, str]:
    """What a form says for as long as the visitor has not said whether the talk helped."""
    return {**answers, HELPED: NO_ANSWER}


def with_rest_not_asked(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Answer "not asked" to every relevant question that is empty, where that can be true."""
    asked = relevant(form, answers)
    rest = {
        question.name: NOT_ASKED
        for question in form.questions
        if question.name in asked - KNOWN_WITHOUT_ASKING
        and not (answers.get(question.name) or question.may_be_empty)
        and question.filled_by == "counsellor"
        and NOT_ASKED in question.known
    }
    return {**answers, **rest}
