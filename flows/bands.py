"""Ages, minutes and languages are shown in bands: the codes of their rows and what they are called.

The bands of ages are those of the published reports; single years would point people out.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.questions import Question

UNKNOWN = "unknown"
NOT_ASKED = "not_asked"
MISSING = (UNKNOWN, NOT_ASKED)
"""Codes of every question that say that there is no answer; the rest are known answers."""

OTHER_LANGUAGE = "other"
"""The row of every language that the form does not suggest."""


@dataclass(frozen=True, slots=True)
class Band:
    """Everything from `least` on, up to the next band."""

    least: int
    code: str
    sv: str


AGES = (
    Band(15, "15-17", "15–17 år"),
    Band(18, "18-34", "18–34 år"),
    Band(35, "35-54", "35–54 år"),
    Band(55, "55+", "55 år eller äldre"),
)

MINUTES = (
    Band(0, "0-4", "0–4 minuter"),
    Band(5, "5-14", "5–14 minuter"),
    Band(15, "15-29", "15–29 minuter"),
    Band(30, "30-59", "30–59 minuter"),
    Band(60, "60+", "60 minuter eller mer"),
)

BANDS: Mapping[str, Sequence[Band]] = {"age": AGES, "minutes": MINUTES}
"""By the type of the question."""


def labels(question: Question) -> Mapping[str, str]:
    """Give the rows of a question's table in their order: each code and its name in Swedish."""
    if question.type in BANDS:
        return {band.code: band.sv for band in BANDS[question.type]}
    named = {code.code: code.sv for code in question.codes if code.code not in MISSING}
    if question.type == "language":
        return named | {OTHER_LANGUAGE: "Annat språk"}
    return named


def row_of(question: Question, cell: str) -> str:
    """Find the row that one known answer belongs to."""
    if question.type in BANDS:
        return _band(BANDS[question.type], int(cell)).code
    if question.type == "language":
        return _language(question, cell)
    return cell


def _band(bands: Sequence[Band], number: int) -> Band:
    return bands[bisect_right(bands, number, key=lambda band: band.least) - 1]


def _language(question: Question, tag: str) -> str:
    """A script or region that the form does not tell apart belongs to its language."""
    language = tag.partition("-")[0]
    return next((code for code in (tag, language) if code in question.known), OTHER_LANGUAGE)
