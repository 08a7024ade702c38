"""Between the contact form as data and the form on the page: what was posted, what is shown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from bot.words import cleaned as safe
from directory.models import Service
from flows.contact_form import Problem, relevant
from flows.filling import PHONE, with_county
from flows.questions import JOINER, Code, Condition, Form, Question, Section, codes_in
from flows.swedish import alphabetical

OTHER = ".other"
"""Ends the name of the box beside the codes, where an age or a language is written."""

MOST_RADIOS = 15
"""More codes than this are shown as a list to choose from."""

ASKED_ON_PHONE = {"wait_minutes": "ending", "talk_minutes": "ending"}
"""What only the counsellor knows of a call, and the section in which it is asked."""

NOT_MEASURED = "Hela minuter innan någon svarade. Lämna rutan tom om du inte vet."

COUNTED = "Lämnas rutan tom räknas minuterna från kl. {}, då formuläret öppnades."

KEYS = "1234567890abcdefghjklm"
"""The keys of a question's answers, in their order."""

KEYS_OF_MISSING = {"unknown": "v", "not_asked": "i"}
"""The same keys in every question, after the Swedish words."""

_SEVERAL = frozenset({"many", "services"})
_WITH_BOX = frozenset({"age", "language"})


@dataclass(frozen=True, slots=True)
class Field:
    """One question as it stands on the page."""

    question: Question
    cell: str
    is_hidden: bool
    problem: str
    hint: str
    services: tuple[Service, ...] = ()

    @property
    def kind(self) -> str:
        """How it is asked."""
        match self.question.type:
            case "one":
                return "list" if len(self.question.offered) > MOST_RADIOS else "radios"
            case type_:
                return type_

    @property
    def codes(self) -> tuple[Code, ...]:
        """What can be chosen; places by the alphabet, because nobody knows their numbers."""
        offered = self.question.offered
        return tuple(sorted(offered, key=_by_name)) if self.question.codes_from else offered

    @property
    def keys(self) -> Mapping[str, str]:
        """The key that chooses each code while the question has the focus."""
        rest = [code.code for code in self.codes if code.code not in KEYS_OF_MISSING]
        return {**dict(zip(rest, KEYS, strict=False)), **KEYS_OF_MISSING}

    def has(self, code: str) -> bool:
        return code in codes_in(self.cell)

    @property
    def written(self) -> str:
        """What stands in the box beside the codes."""
        return "" if self.cell in self.question.known else self.cell

    @property
    def shown(self) -> str:
        """The answer in words."""
        return answer_in_words(self.question, self.cell, self.services)

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
    counted_from: str = "",
) -> tuple[Part, ...]:
    """The whole form as it stands on the page.

    `counted_from`: the time of day from which the minutes of a call are counted.
    """
    asked = relevant(form, answers)
    sentences = {problem.name: problem.sentence for problem in problems}

    def shown(question: Question) -> Field:
        name = question.name
        cell, problem = answers.get(name, ""), sentences.get(name, "")
        hint = _hint(question, answers, counted_from)
        mine = tuple(services) if question.type == "services" else ()
        return Field(question, cell, name not in asked, problem, hint, mine)

    return tuple(
        Part(
            section,
            tuple(shown(q) for q in form.questions if _section(q, answers) == section.name),
        )
        for section in form.sections
    )


def _hint(question: Question, answers: Mapping[str, str], counted_from: str) -> str:
    if question.name == "wait_minutes" and _is_asked_on_phone(question, answers):
        return NOT_MEASURED
    is_counted = question.name == "talk_minutes" and counted_from
    return COUNTED.format(counted_from) if is_counted else question.hint.sv


def answer_in_words(question: Question, cell: str, services: Iterable[Service]) -> str:
    """What an answer says; a dash for none. `services`: those that it may name."""
    names = {service.id: service.name for service in services}
    known = question.known
    words = (known[code].sv if code in known else names.get(code, code) for code in codes_in(cell))
    return ", ".join(words) or "–"


def posted(form: Form, fields: FormData, before: Mapping[str, str]) -> dict[str, str]:
    """Read the answers that were sent; those that the system gives stay what they were."""
    cells = {
        question.name: before.get(question.name, "")
        if is_given(question, before)
        else _cell(question, fields)
        for question in form.questions
    }
    return with_county({name: cell for name, cell in cells.items() if cell})


def is_given(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether the system alone answers this, for this contact."""
    return question.filled_by == "system" and not _is_asked_on_phone(question, answers)


def _is_asked_on_phone(question: Question, answers: Mapping[str, str]) -> bool:
    return answers.get("channel") == PHONE and question.name in ASKED_ON_PHONE


def _section(question: Question, answers: Mapping[str, str]) -> str:
    is_asked = _is_asked_on_phone(question, answers)
    return ASKED_ON_PHONE[question.name] if is_asked else question.section


def _cell(question: Question, fields: FormData) -> str:
    given = [safe(value) for value in fields.getlist(question.name) if isinstance(value, str)]
    if question.type in _SEVERAL:
        return JOINER.join(dict.fromkeys(filter(None, given)))
    if question.type in _WITH_BOX:
        written = fields.get(f"{question.name}{OTHER}", "")
        given = [safe(written) if isinstance(written, str) else "", *given]
    return next(filter(None, given), "")


def _by_name(code: Code) -> tuple[bool, str]:
    """The codes that say that nothing is known come last, as they stood."""
    is_missing = code.code in KEYS_OF_MISSING
    return is_missing, "" if is_missing else alphabetical(code.sv)


def _condition(condition: Condition) -> dict[str, object]:
    among = None if condition.among is None else sorted(condition.among)
    return {
        "question": condition.question,
        "among": among,
        "notIn": sorted(condition.not_in),
    }
