"""What may stand in one cell of an imported record, and what is made of it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from flows.contact_form import (
    LONGEST_MINUTES,
    LONGEST_NOTE,
    OLDEST,
    YOUNGEST,
    contradicts_itself,
    fits,
    tidied,
)
from flows.questions import Question, QuestionType
from flows.record_sheet import FORMULA, from_text
from flows.redaction import Kind, find

LONGEST_KEPT = 80
"""Characters of a cell of which the reading is remembered: longer ones seldom come again."""

MOST_KEPT = 10_000
"""Cells of a question of which the reading is remembered."""

MOST_LISTED = 12
"""Codes that a sentence lists; more are left to the codebook."""

_LOOKS_LIKE: Mapping[Kind, str] = {
    "phone": "a phone number",
    "mail": "a mail address",
    "url": "a link",
    "handle": "a user name",
    "personnummer": "a personal identity number",
    "plate": "a number plate",
    "iban": "an account number",
    "account": "an account number",
}

_RULES: Mapping[QuestionType, str] = {
    "month": "must be a year from 2000 on and a month, such as 2019-02",
    "age": f"must be whole years from {YOUNGEST} to {OLDEST}, unknown or not_asked",
    "minutes": f"must be whole minutes from 0 to {LONGEST_MINUTES}",
    "language": "must be the tag of a language, such as sv",
    "services": "has a service that is not in the directory",
    "text": f"may have at most {LONGEST_NOTE} characters",
}

_PLACES = {
    "counties": "must be the two digits of a county, unknown or not_asked",
    "municipalities": "must be the four digits of a municipality, unknown or not_asked",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell becomes, or the end of a sentence that says what is wrong with it."""

    cell: str
    fault: str = ""
    is_restored: bool = False
    """A spreadsheet had eaten zeros."""


class Column(dict[str, Reading]):
    """The cells of one question by what is written in them; each is read once and remembered.

    Records belong to months before `this_month`; `services` are the ids of the directory.
    """

    def __init__(self, question: Question, *, this_month: str, services: Container[str]) -> None:
        super().__init__({"": Reading("")})
        self._question = question
        self._this_month = this_month
        self._services = services
        self._digits = _digits(question)

    def __missing__(self, cell: str) -> Reading:
        reading = self._read(cell.strip())
        if len(cell) <= LONGEST_KEPT and len(self) < MOST_KEPT:
            self[cell] = reading
        return reading

    def _read(self, cell: str) -> Reading:
        if cell.startswith(FORMULA):
            return Reading("", self._formula(cell[0]))
        cell = from_text(cell)
        whole = cell.zfill(self._digits) if cell.isdecimal() else cell
        if fault := self._fault(whole) if whole else "":
            return Reading("", fault)
        return Reading(tidied(self._question, whole), is_restored=whole != cell)

    def _formula(self, sign: str) -> str:
        if self._question.type == "text":
            return f"begins with {sign} as a formula does: put ' before it"
        return _rule(self._question)

    def _fault(self, cell: str) -> str:
        question = self._question
        if not fits(question, cell, self._services):
            return _rule(question)
        if contradicts_itself(question, cell):
            return "joins a code that can only stand alone with another one"
        if question.type == "month" and cell >= self._this_month:
            return f"must be a closed month, and only those before {self._this_month} are closed"
        return _identity(cell) if question.type == "text" else ""


def _digits(question: Question) -> int:
    """How many digits the codes of a place have: a spreadsheet drops the zeros before a number."""
    places = question.known if question.codes_from else ()
    return max((len(code) for code in places if code.isdecimal()), default=0)


def _rule(question: Question) -> str:
    if question.codes_from:
        return _PLACES[question.codes_from]
    if rule := _RULES.get(question.type):
        return rule
    if len(question.codes) > MOST_LISTED:
        return "has a code that is not in the codebook"
    *first, last = question.known
    if question.has_several:
        return f"can only join the codes {', '.join(first)} and {last}"
    return f"must be one of the codes {', '.join(first)} or {last}"


def _identity(note: str) -> str:
    """Say what in a note could tell who somebody is, without repeating it."""
    things = dict.fromkeys(_LOOKS_LIKE[finding.kind] for finding in find(note))
    return f"holds what looks like {' and '.join(things)}: take it out" if things else ""
