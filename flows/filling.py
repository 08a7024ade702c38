"""What a contact form can say by itself, so that a counsellor does not have to."""

from collections.abc import Mapping

from flows.contact_form import relevant
from flows.helped import HELPED, NO_ANSWER
from flows.questions import Form, Question
from flows.records import COUNTY, county_of

PHONE = "phone"
"""The channel of a call, which we do not carry ourselves."""

NOT_ASKED = "not_asked"

KNOWN_WITHOUT_ASKING = frozenset(
    {"outcome", "role", "referred_to", "child_concern", "language", "interpreter"}
)
"""What counsellors did or heard themselves: "not asked" would not be true of it."""


def phone_call(*, period: str) -> dict[str, str]:
    """What is known of a call when it begins: `period` is its month (2026-11).

    How long somebody waited on the telephone is measured nowhere.
    """
    return {
        "period": period,
        "channel": PHONE,
        "language": "sv",
        "interpreter": "no",
    }


def with_county(answers: Mapping[str, str]) -> dict[str, str]:
    """Fill in the county where only the municipality is known."""
    county = county_of(answers)
    return {**answers, COUNTY: county} if county else dict(answers)


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


def left_to_answer(form: Form, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that still need an answer, which only the counsellor can give."""
    asked = relevant(form, answers)
    return tuple(
        question
        for question in form.questions
        if question.name in asked
        and not (answers.get(question.name) or question.can_be_empty)
        and question.filled_by == "counsellor"
    )
