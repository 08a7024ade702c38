"""The report for coordinators, who are bound by secrecy: exact tables over whole closed months.

Everything under five is hidden, and with it whatever would let a reader work it out (see
`flows.relations`). A percentage stands where its count and its base do.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flows.bands import labels
from flows.columns import Columns
from flows.contact_form import Form, Question
from flows.counting import (
    SHARES,
    Ages,
    ages_by,
    asked_by,
    counted_by,
    members,
    per_month,
    percent,
    sizes_by,
    statistical,
)
from flows.relations import (
    ALL,
    CONTACTS,
    NO_ROLE,
    ROLE,
    Key,
    Seen,
    Sizes,
    Table,
    hidden_sizes,
    month,
    seen_in,
    size_of,
)
from flows.report import Cell, Group, MeanAge, MonthCount, QuestionTable, Report, Share
from flows.silent_channels import CHANNEL, told_of_channels

TWINS = {"used_violence": "uses_violence"}
"""A group that is the same people as a role: counted once, hidden alike."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was counted over some months, and what of it may be shown."""

    form: Form
    sizes: Sizes
    months: Sizes
    tables: Mapping[str, Table]
    """By question."""
    hidden: Collection[Key]
    """Of the sizes, and of the months."""
    seen: Mapping[str, Seen]
    """By question."""
    ages: Mapping[str, Ages]

    @property
    def contacts(self) -> int | None:
        return self.shown(CONTACTS, self.sizes[ALL])

    def shown(self, key: Key, n: int) -> int | None:
        return None if key in self.hidden else n

    def size(self, group: str) -> int | None:
        return self.shown(size_of(group), self.sizes[group])

    def group(self, name: str) -> Group:
        n = self.size(name)
        return Group(
            n=n,
            share=percent_of(n, self.contacts),
            questions={
                question: question_table(self.form.by_name[question], seen, name)
                for question, seen in self.seen.items()
            },
            mean_age=self._mean_age(name),
            **{share: self._share(name, share) for share in SHARES},
        )

    def _mean_age(self, group: str) -> MeanAge:
        n = self.seen["age"].get((group, "base"))
        return MeanAge(None if n is None else self.ages[group].mean, n)

    def _share(self, group: str, name: str) -> Share:
        seen = self.seen[SHARES[name].question]
        n, base = seen.get((group, "share", name)), seen.get((group, "base"))
        return Share(n, base, percent_of(n, base))


def internal(form: Form, columns: Columns, *, first: str, last: str) -> Report:
    """Count the contacts of the months from `first` to `last`, both included (as 2026-11)."""
    found = find(form, columns, first=first, last=last)
    return Report(
        first=first,
        last=last,
        level="internal",
        contacts=found.contacts,
        per_month=tuple(
            MonthCount(name, found.shown(month(name), n)) for name, n in found.months.items()
        ),
        groups={name: found.group(TWINS.get(name, name)) for name in members(form)},
    )


def find(
    form: Form, columns: Columns, *, first: str, last: str, only: Collection[str] | None = None
) -> Findings:
    """Count everything once, and choose what is hidden of it.

    That takes long: where `only` some questions are looked at, the others have no tables.
    """
    columns = columns.between(first, last)
    rows = {name: who for name, who in members(form).items() if name not in TWINS}
    rows[NO_ROLE] = frozenset({""})
    sizes = sizes_by(columns, by=ROLE, rows=rows)
    months = per_month(columns, first=first, last=last)
    names = [question.name for question in statistical(form)]
    asked = [asked_by(columns, name, by=ROLE, rows=rows) for name in names]
    hidden = hidden_sizes(sizes, months, asked)
    tables = {
        name: counted_by(form, columns, name, by=ROLE, rows=rows)
        for name in names
        if only is None or name in only
    }
    seen: dict[str, Seen] = {}
    for name, table in tables.items():
        told = told_of_channels(form, columns, name, tables, seen.get(CHANNEL, {}))
        seen[name] = seen_in(form, name, table, sizes=sizes, hidden=hidden, told=told)
    ages = ages_by(columns, by=ROLE, rows=rows)
    return Findings(form, sizes, months, tables, hidden, seen, ages)


def question_table(question: Question, seen: Seen, group: str) -> QuestionTable:
    """Lay out what may be shown of one question within one group."""
    base = seen.get((group, "base"))
    cells = {code: seen.get((group, "answer", code)) for code in labels(question)}
    return QuestionTable(
        base=base,
        unknown=seen.get((group, "unknown")),
        not_asked=seen.get((group, "not_asked")),
        answers={code: Cell(n, percent_of(n, base)) for code, n in cells.items()},
    )


def percent_of(n: int | None, base: int | None) -> int | None:
    """Give whole percent where both are shown; a base that is shown is not 0."""
    return None if n is None or base is None else percent(n, base)
