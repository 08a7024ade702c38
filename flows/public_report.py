"""The report that anybody may read: frozen calendar quarters and years, rounded, few hidden.

The rules stand in `flows.public_rules`, what they are applied to in `flows.public_tables`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from flows.bands import NOT_ASKED, UNKNOWN, labels
from flows.columns import Columns, joined
from flows.contact_form import Form, Question
from flows.counting import SHARES, ages_by, members, percent, statistical
from flows.periods import Quarter, quarters
from flows.public_ages import mean_age
from flows.public_rules import BASE_OF_PERCENT
from flows.public_sums import BASE, ROLE, Line, answer, cell, contacts, group, month, share
from flows.public_tables import ALL, USED, Release, crossed, one_way
from flows.report import Cell, Group, MeanAge, MonthCount, QuestionTable, Report, Share
from flows.rounding import half_up

USES_VIOLENCE = "uses_violence"
CROSSED = ("used_violence", USES_VIOLENCE)
"""The two names of the only group besides all whose answers are printed, for a year.

Groups within each other, or beside each other, would give their difference away.
"""

Figure = Callable[[Line], int | None]
"""What is printed in a line; None is hidden."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The tables of one part of the records."""

    part: str
    figure: Figure
    mean_age: int | None


def public(form: Form, columns: Columns, *, first: str, last: str) -> Report:
    """Count the contacts of a calendar quarter or year, from its first to its last month.

    The months are written as 2026-01. Raises ValueError for any other span: if spans could
    overlap, a small number could be found by subtracting one from another.
    """
    span = _quarters(first, last)
    parts = [columns.between(each.months[0], each.months[-1]) for each in span]
    found = [
        one_way(form, part, months=each.months) for each, part in zip(span, parts, strict=True)
    ]
    pages = _pages(form, parts, found)
    everybody = pages["all"].figure
    return Report(
        first=first,
        last=last,
        level="public",
        contacts=everybody(contacts(ALL)),
        per_month=_per_month(span, found),
        groups={
            name: _group(form, page, n=everybody(_size(name, roles)), of=everybody(contacts(ALL)))
            for (name, roles), page in zip(members(form).items(), pages.values(), strict=True)
        },
    )


def _quarters(first: str, last: str) -> tuple[Quarter, ...]:
    year = first[:4]
    every = quarters(int(year)) if year.isdecimal() else ()
    for span in (every, *((each,) for each in every)):
        if span and (first, last) == (span[0].months[0], span[-1].months[-1]):
            return span
    raise ValueError(
        "A public report covers a calendar quarter or year, such as 2026-01 to 2026-03 or "
        f"2026-01 to 2026-12, not {first} to {last}."
    )


def _pages(form: Form, parts: Sequence[Columns], found: Sequence[Release]) -> dict[str, _Page]:
    """Give each group its tables; most have none that may be printed."""
    pages = dict.fromkeys(members(form), _Page(ALL, _nothing, None))
    pages["all"] = _Page(ALL, _added(found), _mean_of_all(form, parts, found))
    if len(found) > 1:
        used = crossed(form, joined(parts), found)
        figure = _used(used, pages["all"].figure(_size(USES_VIOLENCE, {USES_VIOLENCE})))
        mean = _mean_age(form, joined(parts), used, figure(_ages(USED)))
        pages |= dict.fromkeys(CROSSED, _Page(USED, figure, mean))
    return pages


def _nothing(_: Line) -> None:
    return None


def _added(found: Sequence[Release]) -> Figure:
    """Read a line of all quarters together, as they are printed; hidden once is hidden here."""

    def figure(line: Line) -> int | None:
        return _sum([each.figure(line._replace(part=each.part)) for each in found])

    return figure


def _used(release: Release, everybody: int | None) -> Figure:
    """Read a line of the crossed table; a base that is everybody is their number in the others."""

    def figure(line: Line) -> int | None:
        return everybody if line in release.everybody else release.figure(line)

    return figure


def _sum(figures: Sequence[int | None]) -> int | None:
    known = [each for each in figures if each is not None]
    return sum(known) if len(known) == len(figures) else None


def _per_month(span: Sequence[Quarter], found: Sequence[Release]) -> tuple[MonthCount, ...]:
    return tuple(
        MonthCount(name, release.figure(month(release.part, name)))
        for quarter, release in zip(span, found, strict=True)
        for name in quarter.months
    )


def _group(form: Form, page: _Page, *, n: int | None, of: int | None) -> Group:
    return Group(
        n=n,
        share=_percent(n, of),
        questions={question.name: _table(question, page) for question in statistical(form)},
        mean_age=MeanAge(
            None if page.mean_age is None else float(page.mean_age), page.figure(_ages(page.part))
        ),
        **{name: _share(name, page) for name in SHARES},
    )


def _size(name: str, roles: Collection[str]) -> Line:
    """Name the line that says how many there are in a group."""
    if name == "all":
        return contacts(ALL)
    if len(roles) > 1:
        return group(ALL, name)
    (role,) = roles
    return cell(ALL, ROLE, role)


def _table(question: Question, page: _Page) -> QuestionTable:
    part, name = page.part, question.name
    base = page.figure(Line(part, name, BASE))
    answers = {code: page.figure(answer(part, name, code)) for code in labels(question)}
    return QuestionTable(
        base=base,
        unknown=page.figure(Line(part, name, UNKNOWN)),
        not_asked=page.figure(Line(part, name, NOT_ASKED)),
        answers={code: Cell(n, _percent(n, base)) for code, n in answers.items()},
    )


def _share(name: str, page: _Page) -> Share:
    n = page.figure(share(page.part, name))
    base = page.figure(Line(page.part, SHARES[name].question, BASE))
    return Share(n, base, _percent(n, base))


def _percent(n: int | None, base: int | None) -> int | None:
    """Give whole percent of the rounded counts, where both are shown and the base is no less."""
    if n is None or base is None or base < BASE_OF_PERCENT:
        return None
    return percent(n, base)


def _ages(part: str) -> Line:
    """Name the line of those whose age is known."""
    return Line(part, "age", BASE)


def _mean_age(form: Form, columns: Columns, release: Release, base: int | None) -> int | None:
    """Give the mean age in whole years, where a percentage could stand too; `base` is printed."""
    if base is None or base < BASE_OF_PERCENT:
        return None
    rows = {release.part: members(form)["used_violence" if release.part == USED else "all"]}
    ages = ages_by(columns, by=ROLE, rows=rows)[release.part]
    codes = labels(form.by_name["age"])
    return mean_age(ages, {c: release.spans[answer(release.part, "age", c)] for c in codes})


def _mean_of_all(form: Form, parts: Sequence[Columns], found: Sequence[Release]) -> int | None:
    """Give the mean of the quarters' means as they are printed; hidden once is hidden here."""
    bases = [each.figure(_ages(each.part)) for each in found]
    means = [
        _mean_age(form, part, each, base)
        for part, each, base in zip(parts, found, bases, strict=True)
    ]
    known = [(mean, base) for mean, base in zip(means, bases, strict=True) if mean and base]
    if len(known) < len(found):
        return None
    return half_up(sum(mean * base for mean, base in known), sum(base for _, base in known))
