"""What a contact form is made of: sections, questions, their codes and when they are relevant."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

QuestionType = Literal["month", "one", "many", "age", "minutes", "language", "services", "text"]

Language = Literal["sv", "en"]

LANGUAGES: tuple[Language, ...] = ("sv", "en")

JOINER = "|"

_CODE = r"^[A-Za-z0-9][A-Za-z0-9_-]*$"
_NAME = r"^[a-z][a-z0-9_]{0,31}$"
"""What statistical programs take for the name of a column."""

_WITH_SEVERAL = frozenset({"many", "services"})
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

    def said(self, language: Language) -> str:
        return self.sv if language == "sv" else self.en


class Label(Words):
    """What a question or a code is called; it may be reworded, never given another meaning."""

    was: tuple[str, ...] = ()
    """Every wording before, in either language, that meant the same."""


class Code(Label):
    """One possible answer with its label."""

    code: Annotated[str, Field(pattern=_CODE)]
    alone: bool = False
    """It cannot stand together with another code."""
    retired: bool = False
    """It is offered no longer, and keeps its label for the records that have it."""


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
    name: Annotated[str, Field(pattern=_NAME)]
    type: QuestionType
    section: str
    label: Label
    report: Words | None = None
    """What its table is called in a report, where the label speaks to the counsellor."""
    hint: Words
    codes: tuple[Code, ...] = ()
    """Retired ones too, in the order in which they are shown; of a language, suggestions."""
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

    @cached_property
    def offered(self) -> tuple[Code, ...]:
        """The codes to choose among in a new form."""
        return tuple(code for code in self.codes if not code.retired)

    @property
    def in_reports(self) -> Words:
        """What the question is called to somebody who reads a report."""
        return self.report or self.label

    @property
    def has_several(self) -> bool:
        """A cell of it may hold more than one code."""
        return self.type in _WITH_SEVERAL

    @property
    def can_be_empty(self) -> bool:
        """An empty cell of it is no fault: no code says that nobody measured the minutes."""
        return self.may_be_empty or self.type == "minutes"

    @property
    def is_too_fine(self) -> bool:
        """A table of it could single somebody out."""
        return self.type == "text" or self.codes_from == "municipalities"


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
            if question.statistics and question.is_too_fine:
                raise ValueError(f"{question.name} is too fine for a table in statistics")
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
