"""What a contact form is made of: sections, questions, their codes and when they are relevant."""

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

QuestionType = Literal["month", "one", "many", "age", "minutes", "language", "services", "text"]

JOINER = "|"

_WITH_MISSING_CODES = frozenset({"one", "many", "age", "language", "services"})

Places = Mapping[str, Mapping[str, str]]
"""The names of places by their codes, under "counties" and "municipalities"."""


def codes_in(cell: str) -> tuple[str, ...]:
    """Take a cell apart into its codes; an empty cell has none."""
    return tuple(cell.split(JOINER)) if cell else ()


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(_Frozen):
    """The same words in each language."""

    sv: str
    en: str


class Code(Words):
    """One possible answer with its label."""

    code: str
    alone: bool = False
    """It cannot stand together with another code."""


class Section(Words):
    """A part of the form; the sections stand in the order in which a counsellor meets them."""

    name: str


class Condition(_Frozen):
    """What an earlier answer must be: one of `among`, and none of `not_in`."""

    question: str
    among: frozenset[str] | None = Field(default=None, alias="in")
    not_in: frozenset[str] = frozenset()

    def holds(self, cell: str) -> bool:
        given = set(codes_in(cell))
        return given.isdisjoint(self.not_in) and (self.among is None or bool(given & self.among))


class Question(_Frozen):
    name: str
    type: QuestionType
    section: str
    label: Words
    hint: Words
    codes: tuple[Code, ...] = ()
    """In the order in which they are shown; of a language they are suggestions."""
    codes_from: Literal["counties", "municipalities"] | None = None
    relevant: tuple[Condition, ...] = ()
    sensitive: bool = False
    statistics: bool = False
    may_be_empty: bool = False
    filled_by: Literal["counsellor", "system"] = "counsellor"

    @cached_property
    def known(self) -> Mapping[str, Code]:
        """The codes by their names."""
        return {code.code: code for code in self.codes}


class Form(_Frozen):
    """One version of the form; the questions stand in the order of an export's columns.

    It is validated with the places as context, and then holds every code that an answer may be.
    """

    version: int
    missing: tuple[Code, ...]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...] = Field(alias="question")

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        return {question.name: question for question in self.questions}

    def in_section(self, name: str) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.section == name)

    @field_validator("questions")
    @classmethod
    def _complete(
        cls, questions: tuple[Question, ...], info: ValidationInfo
    ) -> tuple[Question, ...]:
        places: Places = info.context or {}
        missing = [code.model_copy(update={"alone": True}) for code in info.data.get("missing", ())]
        return tuple(_with_all_codes(question, missing, places) for question in questions)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        earlier: dict[str, Question] = {}
        for question in self.questions:
            if question.name in earlier:
                raise ValueError(f"the question {question.name} stands twice")
            if question.section not in {section.name for section in self.sections}:
                raise ValueError(f"{question.name} is in an unknown section")
            if len(question.known) != len(question.codes):
                raise ValueError(f"{question.name} has a code twice")
            for condition in question.relevant:
                _refuse_odd(condition, question, earlier)
            earlier[question.name] = question
        return self


def _with_all_codes(question: Question, missing: list[Code], places: Places) -> Question:
    codes = list(question.codes)
    if question.codes_from:
        named = places[question.codes_from].items()
        codes += [Code(code=code, sv=name, en=name) for code, name in named]
    if question.type in _WITH_MISSING_CODES:
        codes += missing
    return question.model_copy(update={"codes": tuple(codes)})


def _refuse_odd(condition: Condition, question: Question, earlier: Mapping[str, Question]) -> None:
    asked = earlier.get(condition.question)
    if asked is None:
        raise ValueError(f"{question.name} hangs on {condition.question}, which is not before it")
    named = (condition.among or frozenset()) | condition.not_in
    if not named or not named <= asked.known.keys():
        raise ValueError(f"{question.name} hangs on answers that {asked.name} does not have")
