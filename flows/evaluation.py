"""The evaluation set: records with all coded answers, for the authority that evaluates the line.

Ages, minutes and languages stand in bands and municipalities as their county. Notes and services
are left out: the one is free text, the other tells where somebody lives.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flows.bands import BANDS, MISSING, labels, row_of
from flows.questions import Code, Form, Question
from flows.records import COUNTY, ContactRecord, county_of


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """Rows of cells; `form` is what the columns are: its questions in their order."""

    form: Form
    rows: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(question.name for question in self.form.questions)

    @property
    def digest(self) -> bytes:
        """The same for the same rows in whatever order, and for no others."""
        written = json.dumps([self.names, *sorted(self.rows)], ensure_ascii=False)
        return hashlib.sha256(written.encode()).digest()


def evaluation_set(
    form: Form,
    records: Iterable[ContactRecord],
    *,
    shuffle: Callable[[list[tuple[str, ...]]], None],
) -> EvaluationSet:
    """Coarsen records; `shuffle` puts the rows into an order that tells nothing."""
    coarse = coarsened(form)
    names = [question.name for question in coarse.questions]
    rows = [tuple(_cell(form, record, name) for name in names) for record in records]
    shuffle(rows)
    return EvaluationSet(coarse, tuple(rows))


def coarsened(form: Form) -> Form:
    """Give the form as the evaluation set has it, so that a codebook of it can be printed."""
    kept = [_coarse(question) for question in form.questions if _is_coded(question)]
    return Form.model_construct(
        version=form.version, missing=form.missing, sections=form.sections, questions=tuple(kept)
    )


def _is_coded(question: Question) -> bool:
    return question.type != "services" and not question.is_too_fine


def _is_banded(question: Question) -> bool:
    return question.type in BANDS or question.type == "language"


def _coarse(question: Question) -> Question:
    if not _is_banded(question):
        return question
    # Unlike a code, a band may be called 55+.
    bands = [Code.model_construct(code=c, sv=sv, en=c) for c, sv in labels(question).items()]
    missing = [code for code in question.codes if code.code in MISSING]
    fields = {name: getattr(question, name) for name in Question.model_fields}
    return Question.model_construct(**{**fields, "type": "one", "codes": (*bands, *missing)})


def _cell(form: Form, record: ContactRecord, name: str) -> str:
    question, cell = form.by_name[name], record.get(name, "")
    if name == COUNTY:
        return county_of(record)
    if cell and cell not in MISSING and _is_banded(question):
        return row_of(question, cell)
    return cell
