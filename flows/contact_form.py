"""The contact form: what its data file says, which questions are relevant, what an answer may be.

Answers are a mapping from a question's name to one cell, as in an export: a missing or empty cell
is no answer, and a cell with several answers joins their codes with "|".
"""

import re
import tomllib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from flows.questions import (
    JOINER,
    Code,
    Condition,
    Form,
    Question,
    QuestionType,
    Section,
    Words,
    codes_in,
)

__all__ = [
    "JOINER",
    "Code",
    "Condition",
    "Form",
    "FormError",
    "Problem",
    "Question",
    "Section",
    "Words",
    "cleaned",
    "codes_in",
    "contradicts_itself",
    "fits",
    "is_elsewhere",
    "parse_form",
    "problems",
    "relevant",
    "tidied",
]

YOUNGEST, OLDEST = 15, 110
LONGEST_MINUTES = 24 * 60
LONGEST_NOTE = 500
"""Characters."""

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
"""No record is older than its service; a mistyped year would open centuries of empty months."""
_NUMBER = re.compile(r"0|[1-9][0-9]{0,3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
"""Language, script and region of a BCP 47 tag; the free subtags could hold anything."""


class FormError(ValueError):
    """The form's data file is wrong; the text is the first of the sentences that say where."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(sentences[0])
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a form cannot be filed: the question's name and one sentence for the counsellor."""

    name: str
    sentence: str


def parse_form(
    toml_text: str, *, municipalities: Mapping[str, str], counties: Mapping[str, str]
) -> Form:
    """Read the form's data file; both places map a code to its name. Raises FormError."""
    places = {"counties": counties, "municipalities": municipalities}
    try:
        document = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"The contact form is not TOML: {error}.") from None
    try:
        return Form.model_validate(document, context=places)
    except ValidationError as error:
        raise FormError(*(_in_words(each, document) for each in error.errors())) from None


def _in_words(error: ErrorDetails, document: object) -> str:
    where = _path(document, error["loc"]) or "the whole"
    what = error["msg"].removeprefix("Value error, ")
    return f"The contact form is wrong at {where}: {what}."


def _path(document: object, steps: Iterable[int | str]) -> str:
    """Say where in the file, by the names of questions and codes instead of their numbers."""
    names, found = [], document
    for step in steps:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int):
            found = found[step]
        named = found if isinstance(found, dict) else {}
        names.append(str(named.get("name") or named.get("code") or step))
    return ".".join(names)


def relevant(form: Form, answers: Mapping[str, str]) -> frozenset[str]:
    """Name the questions that the answers so far ask for.

    An answer to a question that is itself not relevant counts for nothing.
    """
    names: set[str] = set()
    for question in form.questions:
        if all(
            condition.question in names and condition.holds(answers.get(condition.question, ""))
            for condition in question.relevant
        ):
            names.add(question.name)
    return frozenset(names)


def problems(
    form: Form, answers: Mapping[str, str], *, known_services: Container[str]
) -> tuple[Problem, ...]:
    """Say everything that keeps a form from being filed, in the order of its questions.

    No sentence repeats what was written. Whether the note identifies somebody is another
    question: see :mod:`flows.note_gate`.
    """
    asked = relevant(form, answers)
    found = [
        Problem(question.name, sentence)
        for question in form.questions
        if (sentence := _problem_with(question, answers, asked, known_services))
    ]
    strangers = sorted(name for name in answers if name not in form.by_name)
    found += [Problem(name, "Frågan finns inte i formuläret.") for name in strangers]
    return tuple(found)


def fits(question: Question, cell: str, known_services: Container[str]) -> bool:
    """Whether a cell can be an answer to a question, whatever the others are."""
    return _FITS[question.type](question, cell, known_services)


def contradicts_itself(question: Question, cell: str) -> bool:
    """Whether a cell joins a code that can only stand alone with another one."""
    given = set(codes_in(cell)) if question.has_several else set()
    return len(given) > 1 and any(code.alone for code in question.codes if code.code in given)


def is_elsewhere(answers: Mapping[str, str]) -> bool:
    """Whether the municipality is known not to be in the county."""
    county, municipality = answers.get("county", ""), answers.get("municipality", "")
    both_known = municipality.isdecimal() and county.isdecimal()
    return both_known and not municipality.startswith(county)


def tidied(question: Question, cell: str) -> str:
    """Give a set of codes each code once and in the form's order."""
    if not question.has_several:
        return cell
    order = {code.code: place for place, code in enumerate(question.codes)}
    given = set(codes_in(cell))
    return JOINER.join(sorted(given, key=lambda code: (order.get(code, -1), code)))


def cleaned(form: Form, answers: Mapping[str, str]) -> dict[str, str]:
    """Keep the answers to relevant questions, each set of codes once and in the form's order."""
    asked = relevant(form, answers)
    tidy = {
        question.name: tidied(question, answers.get(question.name, "").strip())
        for question in form.questions
        if question.name in asked
    }
    return {name: cell for name, cell in tidy.items() if cell}


def _problem_with(
    question: Question,
    answers: Mapping[str, str],
    asked: Container[str],
    known_services: Container[str],
) -> str | None:
    cell = answers.get(question.name, "")
    if not cell.strip():
        needed = question.name in asked and not question.can_be_empty
        return _sentence_when_empty(question) if needed else None
    title = question.label.sv
    if question.name not in asked:
        return f"”{title}” ska inte ha något svar här: frågan är inte aktuell."
    if not fits(question, cell, known_services):
        return f"”{title}” {_RULES[question.type]}"
    if contradicts_itself(question, cell):
        return f"”{title}” har svar som säger emot varandra."
    if question.codes_from == "municipalities" and is_elsewhere(answers):
        return "Kommunen ligger inte i länet som du har valt."
    return None


def _sentence_when_empty(question: Question) -> str:
    words = [f"”{code.sv}”" for code in question.offered if code.code in _MISSING]
    otherwise = f" Välj {' eller '.join(words)} om du inte har något svar." if words else ""
    return f"”{question.label.sv}” saknar svar.{otherwise}"


def _fits_codes(question: Question, cell: str, _: Container[str]) -> bool:
    return cell in question.known


def _fits_many(question: Question, cell: str, _: Container[str]) -> bool:
    return question.known.keys() >= set(codes_in(cell))


def _fits_services(question: Question, cell: str, known_services: Container[str]) -> bool:
    return all(code in question.known or code in known_services for code in codes_in(cell))


def _fits_age(question: Question, cell: str, _: Container[str]) -> bool:
    return cell in question.known or _is_number(cell, YOUNGEST, OLDEST)


def _fits_minutes(_: Question, cell: str, __: Container[str]) -> bool:
    return _is_number(cell, 0, LONGEST_MINUTES)


def _fits_month(_: Question, cell: str, __: Container[str]) -> bool:
    return _MONTH.fullmatch(cell) is not None


def _fits_language(question: Question, cell: str, _: Container[str]) -> bool:
    return cell in question.known or _LANGUAGE.fullmatch(cell) is not None


def _fits_text(_: Question, cell: str, __: Container[str]) -> bool:
    return len(cell) <= LONGEST_NOTE


def _is_number(cell: str, least: int, most: int) -> bool:
    return _NUMBER.fullmatch(cell) is not None and least <= int(cell) <= most


_MISSING = frozenset({"unknown", "not_asked"})

_FITS: Mapping[QuestionType, Callable[[Question, str, Container[str]], bool]] = {
    "month": _fits_month,
    "one": _fits_codes,
    "many": _fits_many,
    "age": _fits_age,
    "minutes": _fits_minutes,
    "language": _fits_language,
    "services": _fits_services,
    "text": _fits_text,
}

_RULES: Mapping[QuestionType, str] = {
    "month": "ska vara år och månad, till exempel 2026-11.",
    "one": "har ett svar som inte finns i formuläret.",
    "many": "har ett svar som inte finns i formuläret.",
    "age": f"ska vara hela år, {YOUNGEST}–{OLDEST}.",
    "minutes": f"ska vara hela minuter, 0–{LONGEST_MINUTES}.",
    "language": "ska vara en språkkod, till exempel sv.",
    "services": "har en verksamhet som inte finns i katalogen.",
    "text": f"får ha högst {LONGEST_NOTE} tecken.",
}
