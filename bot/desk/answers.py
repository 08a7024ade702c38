"""Between the contact form as data and the form on the page: what was posted, what is shown."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from bot.words import cleaned as safe
from directory.models import Service
from flows.contact_form import Problem, relevant
from flows.questions import JOINER, Code, Condition, Form, Question, Section, codes_in

OTHER = ".other"
"""Ends the name of the box beside the codes, where an age or a language is written."""

MOST_RADIOS = 15
"""More codes than this are shown as a list to choose from."""

_SEVERAL = frozenset({"many", "services"})
_WITH_BOX = frozenset({"age", "language"})


@dataclass(frozen=True, slots=True)
class Field:
    """One question as it stands on the page."""

    question: Question
    cell: str
    is_hidden: bool
    problem: str
    services: tuple[Service, ...] = ()

    @property
    def kind(self) -> str:
        """How it is asked."""
        match self.question.type:
            case "one":
                return "list" if len(self.question.offered) > MOST_RADIOS else "radios"
            case "month" | "minutes":
                return "text"
            case type_:
                return type_

    @property
    def codes(self) -> tuple[Code, ...]:
        return self.question.offered

    def has(self, code: str) -> bool:
        return code in codes_in(self.cell)

    @property
    def written(self) -> str:
        """What stands in the box beside the codes."""
        return "" if self.cell in self.question.known else self.cell

    @property
    def shown(self) -> str:
        """The answer in words."""
        names = {service.id: service.name for service in self.services}
        known = self.question.known
        words = (
            known[code].sv if code in known else names.get(code, code)
            for code in codes_in(self.cell)
        )
        return ", ".join(words) or "–"

    @property
    def when(self) -> str:
        """When it is relevant, for the page's script."""
        return json.dumps([_condition(each) for each in self.question.relevant])


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its questions; those that the system answers stand apart."""

    section: Section
    fields: tuple[Field, ...]

    @property
    def is_hidden(self) -> bool:
        return all(field.is_hidden for field in self.fields)


def parts(
    form: Form,
    answers: Mapping[str, str],
    *,
    services: Sequence[Service] = (),
    problems: Sequence[Problem] = (),
) -> tuple[Part, ...]:
    """The whole form as it stands on the page."""
    asked = relevant(form, answers)
    sentences = {problem.name: problem.sentence for problem in problems}

    def shown(question: Question) -> Field:
        name = question.name
        cell, problem = answers.get(name, ""), sentences.get(name, "")
        mine = tuple(services) if question.type == "services" else ()
        return Field(question, cell, name not in asked, problem, mine)

    return tuple(
        Part(section, tuple(shown(question) for question in form.in_section(section.name)))
        for section in form.sections
    )


def posted(form: Form, fields: FormData, before: Mapping[str, str]) -> dict[str, str]:
    """Read the answers that were sent; those that the system gives stay what they were."""
    cells = {
        question.name: before.get(question.name, "")
        if question.filled_by == "system"
        else _cell(question, fields)
        for question in form.questions
    }
    return {name: cell for name, cell in cells.items() if cell}


def _cell(question: Question, fields: FormData) -> str:
    given = [safe(value) for value in fields.getlist(question.name) if isinstance(value, str)]
    if question.type in _SEVERAL:
        return JOINER.join(dict.fromkeys(filter(None, given)))
    if question.type in _WITH_BOX:
        written = fields.get(f"{question.name}{OTHER}", "")
        given = [safe(written) if isinstance(written, str) else "", *given]
    return next(filter(None, given), "")


def _condition(condition: Condition) -> dict[str, object]:
    among = None if condition.among is None else sorted(condition.among)
    return {
        "question": condition.question,
        "among": among,
        "notIn": sorted(condition.not_in),
    }
