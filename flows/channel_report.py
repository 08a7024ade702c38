"""Channel against channel: waiting, who left the queue, how long it took, whether it helped.

It stands beside the internal report and adds up to it, so it is hidden by the same rules and with
what is hidden there: a reader has both.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.columns import Columns
from flows.contact_form import Form
from flows.counting import counted_by
from flows.hiding import concealed
from flows.internal_report import Findings, find, question_table
from flows.relations import (
    ALL,
    NO_ROLE,
    Key,
    Seen,
    Table,
    rows_of,
    seen_of,
    sums_across,
    sums_by_role,
    to_hide,
    with_and_without,
    within_groups,
    worth,
)
from flows.report import QuestionTable
from flows.silent_channels import BY_CHANNEL, CHANNEL, row_of_channel

OUTCOME = "outcome"

COMPARED = (OUTCOME, *BY_CHANNEL)
"""The questions that channels are compared in."""


@dataclass(frozen=True, slots=True)
class Channel:
    """The contacts that came in on one channel, with the tables of COMPARED; None is hidden."""

    n: int | None
    questions: Mapping[str, QuestionTable]


def channels(form: Form, columns: Columns, *, first: str, last: str) -> dict[str, Channel]:
    """Compare the channels over whole closed months, by their codes in the order of the form."""
    found = find(form, columns, first=first, last=last, only={CHANNEL, *COMPARED})
    codes = [code.code for code in form.by_name[CHANNEL].codes]
    rows = {ALL: frozenset({"", *codes}), **{code: frozenset({code}) for code in codes}}
    columns = columns.between(first, last)
    seen = {
        name: _seen_in(name, counted_by(form, columns, name, by=CHANNEL, rows=rows), found)
        for name in COMPARED
    }
    return {code: _channel(form, found, seen, code) for code in codes}


def _channel(form: Form, found: Findings, seen: Mapping[str, Seen], code: str) -> Channel:
    tables = {name: question_table(form.by_name[name], seen[name], code) for name in COMPARED}
    return Channel(found.seen[CHANNEL].get((ALL, *row_of_channel(code))), tables)


def _seen_in(name: str, table: Table, found: Findings) -> Seen:
    there = {group: counted for group, counted in table.items() if counted.relevant}
    counts = {(group, *row): n for group, each in there.items() for row, n in rows_of(each).items()}
    sums = [*within_groups(found.form.by_name[name], there), *sums_across(there)]
    if name == OUTCOME:
        for code in there.keys() - {ALL}:
            without = rows_of(found.tables[CHANNEL][NO_ROLE])[row_of_channel(code)]
            counts |= with_and_without(code, contacts=there[code].relevant, without=without)
            sums += sums_by_role(found.form, name, code, without=without)
    told = {key for key in counts if _is_told(key, name, found)}
    return seen_of(counts, concealed(to_hide(counts, told), sums, worth=worth))


def _is_told(key: Key, name: str, found: Findings) -> bool:
    """Tell whether a count would give away what the report itself hides."""
    group = key[0]
    if group == ALL:
        return found.seen[name][key] is None
    return found.seen[CHANNEL][ALL, *row_of_channel(group)] is None
