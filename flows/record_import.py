"""Rows of a table become contact records, by the rules of the codebook (pure).

An empty cell of a relevant question is read as "not asked", except the month, which must be there,
and minutes, which have no such code and stay empty. Zeros that a spreadsheet ate are given back,
and a county that only the municipality tells is filled in. What is wrong is said by line and
column, and never repeats what stands there.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flows.codebook import columns
from flows.contact_form import Form, is_elsewhere, relevant
from flows.filling import NOT_ASKED
from flows.questions import Question
from flows.record_cells import Column, Reading
from flows.records import COUNTY, ContactRecord, county_of

MOST_FAULTS = 50
"""Faults that are kept to be listed; the others are only counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line; the column is "" when it concerns the whole of it."""

    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        where = f"line {self.line}, column {self.column}:" if self.column else f"line {self.line}"
        return f"{where} {self.sentence}."


@dataclass(slots=True)
class Tally:
    """What has been read so far, by month or by column."""

    months: Counter[str] = field(default_factory=Counter)
    restored: Counter[str] = field(default_factory=Counter)
    not_asked: Counter[str] = field(default_factory=Counter)
    left_empty: Counter[str] = field(default_factory=Counter)
    """Cells that should hold minutes."""
    located: Counter[str] = field(default_factory=Counter)
    """Counties that were read from the municipality."""
    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0
    """Faults, also those that are not listed."""

    def blame(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.faulty += 1
            if len(self.faults) < MOST_FAULTS:
                self.faults.append(fault)


@dataclass(frozen=True, slots=True)
class _Place:
    """What is expected in one column of a row, by the answers on which its question hangs."""

    name: str
    if_filled: str = ""
    """What is wrong with any cell but an empty one."""
    if_empty: str = ""
    """What is wrong with an empty cell."""
    otherwise: str = ""
    """What an empty cell is read as."""
    is_needed: bool = False
    """An empty cell is counted."""


class RecordImport:
    """Reads the rows of one file; `tally` says what was made of them and what is wrong."""

    def __init__(self, form: Form, *, this_month: str, services: Container[str]) -> None:
        self.tally = Tally()
        self._form = form
        self._columns = [
            Column(question, this_month=this_month, services=services)
            for question in form.questions
        ]
        hung_on = {each.question for question in form.questions for each in question.relevant}
        self._steering = {
            place: name for place, name in enumerate(columns(form)) if name in hung_on
        }
        self._county = list(form.by_name).index(COUNTY)
        self._known: dict[tuple[Reading, ...], list[_Place]] = {}

    def records(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[ContactRecord]:
        """Give a record for every row without a fault; each row has its line and its cells."""
        for line, cells in rows:
            if len(cells) != len(self._columns):
                here, there = len(cells), len(self._columns)
                sentence = f"has {here} cells, and the first line names {there} columns"
                self.tally.blame([Fault(line, "", sentence)])
            elif record := self._record(line, cells):
                self.tally.months[record["period"]] += 1
                yield record

    def _record(self, line: int, cells: list[str]) -> ContactRecord | None:
        readings = [column[cell] for column, cell in zip(self._columns, cells, strict=True)]
        record: dict[str, str] = {}
        faults = []
        for place, reading in zip(self._places(readings), readings, strict=True):
            fault = reading.fault or (place.if_filled if reading.cell else place.if_empty)
            if fault:
                faults.append(Fault(line, place.name, fault))
            elif cell := reading.cell or place.otherwise:
                record[place.name] = cell
            if reading.is_restored or (place.is_needed and not reading.cell):
                self._count(place, reading)
        if not faults and is_elsewhere(record):
            faults = [Fault(line, "municipality", "is not in the county of the same line")]
        self.tally.blame(faults)
        if faults:
            return None
        self._locate(record, was_empty=not readings[self._county].cell)
        return record

    def _locate(self, record: dict[str, str], *, was_empty: bool) -> None:
        """Fill in a county that only the municipality tells."""
        if county_of(record) != record.get(COUNTY, ""):
            record[COUNTY] = county_of(record)
            self.tally.located[COUNTY] += 1
            self.tally.not_asked[COUNTY] -= was_empty

    def _count(self, place: _Place, reading: Reading) -> None:
        if reading.is_restored:
            self.tally.restored[place.name] += 1
        elif place.otherwise:
            self.tally.not_asked[place.name] += 1
        else:
            self.tally.left_empty[place.name] += 1

    def _places(self, readings: Sequence[Reading]) -> list[_Place]:
        key = tuple(readings[place] for place in self._steering)
        if key not in self._known:
            self._known[key] = list(
                self._expected(dict(zip(self._steering.values(), key, strict=True)))
            )
        return self._known[key]

    def _expected(self, steering: Mapping[str, Reading]) -> Iterator[_Place]:
        """Say what is expected of each column, by the answers on which others hang."""
        answers = {name: reading.cell for name, reading in steering.items()}
        for name in steering:
            if not answers[name] and name in relevant(self._form, answers):
                answers[name] = NOT_ASKED
        asked = relevant(self._form, answers)
        in_doubt = any(reading.fault for reading in steering.values())
        for question in self._form.questions:
            if question.name in asked:
                yield _asked(question)
            else:
                yield _Place(question.name, "" if in_doubt else _superfluous(question))


def _asked(question: Question) -> _Place:
    if question.type == "month":
        return _Place(question.name, if_empty="is missing")
    if question.may_be_empty:
        return _Place(question.name)
    otherwise = NOT_ASKED if NOT_ASKED in question.known else ""
    return _Place(question.name, otherwise=otherwise, is_needed=True)


def _superfluous(question: Question) -> str:
    steering = " and ".join(condition.question for condition in question.relevant)
    return f"must be empty: the question is not relevant with the {steering} of the same line"
