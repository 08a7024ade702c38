"""What contact records become outside the house: columns, their types and their labels.

Every file of an export is made from this: the table (CSV) with its description (Frictionless Data
Package), the workbook, and the variables of statistical programs. Notes are never beside other
columns: their column is there, since an import wants it, and is empty.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any, TypeAlias

from flows.bands import MISSING
from flows.codebook import columns
from flows.contact_form import LONGEST_MINUTES, OLDEST, YOUNGEST
from flows.data_package import data_package
from flows.questions import JOINER, Code, Form, Question, codes_in
from flows.record_sheet import as_text
from flows.records import ContactRecord

UNKNOWN, NOT_ASKED = -8, -9
"""What statistical programs get for the codes of no answer, which they leave out of counts."""

SPSS_NAME, STATA_NAME = 64, 29
"""Characters of a variable's name. Stata takes 32, but its labels are called by it and a number."""

LONGEST_LABEL = 80
"""Characters of a variable's label, for Stata."""

Value: TypeAlias = str | int | None

_NUMBERS = dict(zip(MISSING, (UNKNOWN, NOT_ASKED), strict=True))
_RANGES = {"age": (YOUNGEST, OLDEST), "minutes": (0, LONGEST_MINUTES)}
_FIELD_TYPES = {"month": "yearmonth", "age": "integer", "minutes": "integer"}
_YES_NO = {0: "Nej", 1: "Ja"}
_SMALL_WORDS = frozenset({"and", "of", "or", "to"})
"""They mean nothing at the end of a name."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One column for a statistical program: its name, its label, and its numbers' labels.

    A question with several answers becomes one variable for each `code`: 1 where it was given.
    """

    name: str
    label: str
    question: str
    code: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """What stands for a cell, the codes of no answer too; other cells are numbers themselves."""
    labels: Mapping[int, str] = field(default_factory=dict)
    is_text: bool = False

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers that are no answers."""
        return tuple(number for number in self.numbers.values() if number < 0)

    def value(self, record: ContactRecord) -> Value:
        """Give what stands for a record's answer; None where the question was not relevant."""
        cell = record.get(self.question, "")
        if self.is_text:
            return cell
        if not cell or cell in self.numbers:
            return self.numbers.get(cell)
        return int(self.code in codes_in(cell)) if self.code else int(cell)


def variables(form: Form, *, longest: int = SPSS_NAME) -> tuple[Variable, ...]:
    """Describe the variables in the order of the columns, each with a name of its own."""
    found: dict[str, Variable] = {}
    for each in (each for question in _coded(form) for each in _variables(question)):
        name = _name(each.name.replace("-", "_"), longest, taken=found)
        found[name] = replace(each, name=name, label=each.label[:LONGEST_LABEL])
    return tuple(found.values())


def cells(form: Form, records: Iterable[ContactRecord]) -> Iterator[list[str]]:
    """Give the rows of the table (CSV), first the names of the columns."""
    yield list(columns(form))
    kept = {question.name for question in _coded(form)}
    for record in records:
        yield [as_text(record.get(name, "")) if name in kept else "" for name in columns(form)]


def typed(form: Form, records: Iterable[ContactRecord]) -> Iterator[list[Value]]:
    """Give the rows of the workbook's sheet, numbers as numbers, first the names of the columns."""
    asked = _coded(form)
    yield [question.name for question in asked]
    for record in records:
        yield [_typed(question, record.get(question.name, "")) for question in asked]


def codebook_rows(form: Form) -> Iterator[list[Value]]:
    """Give the rows of the workbook's codebook: each column with each of its codes."""
    yield ["Kolumn", "Fråga", "Kod", "Betydelse"]
    for question in _coded(form):
        yield [question.name, question.label.sv, None, question.hint.sv]
        for code in question.codes:
            yield [question.name, question.label.sv, code.code, code.sv]


def package(form: Form, path: str) -> dict[str, Any]:
    """Describe the table in `path` as a Frictionless Data Package."""
    schema = {
        "fields": [_field(question) for question in form.questions],
        "missingValues": ["", *MISSING],
    }
    about = {
        "name": "contact-records",
        "title": "Kontakter med stödlinjen",
        "version": f"{form.version}",
    }
    return data_package(about, resource="records", path=path, schema=schema)


def _coded(form: Form) -> tuple[Question, ...]:
    """The questions that may stand beside each other: all but free text."""
    return tuple(question for question in form.questions if question.type != "text")


def _typed(question: Question, cell: str) -> Value:
    if question.type in _RANGES and cell.isdecimal():
        return int(cell)
    return cell or None


def _name(whole: str, longest: int, *, taken: Container[str]) -> str:
    """Leave out the last words of a name that is too long; its label says it all."""
    endings = chain([""], (f"_{number}" for number in count(2)))
    names = (_cut(whole, longest - len(ending)) + ending for ending in endings)
    return next(name for name in names if name not in taken)


def _cut(name: str, longest: int) -> str:
    if len(name) <= longest:
        return name
    kept = name[: longest + 1].rpartition("_")[0] or name[:longest]
    rest, _, last = kept.rpartition("_")
    return rest if last in _SMALL_WORDS else kept


def _variables(question: Question) -> Iterator[Variable]:
    missing = {code: number for code, number in _NUMBERS.items() if code in question.known}
    words = {number: question.known[code].sv for code, number in missing.items()}
    plain = Variable(question.name, question.label.sv, question.name, "", missing, words)
    match question.type:
        case "many":
            for code in _answers(question):
                yield replace(
                    plain,
                    name=f"{plain.name}_{code.code}",
                    label=f"{plain.label} {code.sv}",
                    code=code.code,
                    labels=_YES_NO | words,
                )
        case "one":
            numbers = dict(_numbered(question))
            labels = {number: question.known[code].sv for code, number in numbers.items()}
            yield replace(plain, numbers=numbers | missing, labels=labels | words)
        case "age" | "minutes":
            yield plain
        case _:
            yield replace(plain, numbers={}, labels={}, is_text=True)


def _numbered(question: Question) -> Iterator[tuple[str, int]]:
    """Number the answers: a place by its own digits, the others in the form's order."""
    for number, code in enumerate(_answers(question), start=1):
        yield code.code, int(code.code) if code.code.isdecimal() else number


def _answers(question: Question) -> tuple[Code, ...]:
    return tuple(code for code in question.codes if code.code not in MISSING)


def _field(question: Question) -> dict[str, Any]:
    answers = _answers(question)
    described: dict[str, Any] = {
        "name": question.name,
        "title": question.label.sv,
        "description": question.hint.sv,
        "type": _FIELD_TYPES.get(question.type, "string"),
    }
    if question.type == "one":
        described["categories"] = [{"value": code.code, "label": code.sv} for code in answers]
        described["constraints"] = {"enum": [code.code for code in answers]}
    if question.type == "many":
        described["categories"] = [{"value": code.code, "label": code.sv} for code in answers]
        one = f"({'|'.join(code.code for code in answers)})"
        described["constraints"] = {"pattern": f"{one}(\\{JOINER}{one})*"}
    if question.type in _RANGES:
        least, most = _RANGES[question.type]
        described["constraints"] = {"minimum": least, "maximum": most}
    return described
