"""Somebody who has a report for coordinators and can add and subtract all that stands in it.

They know the form: which roles a question is asked of, and that answers make up their base. They
know the house too: on which channels nobody has an answer that the system gives on the others. What
they do not see is a variable, what they know of it an equation; a hidden count is theirs when its
unit vector lies in the row space of the equations.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import TypeAlias

from flows.channel_report import COMPARED, Channel
from flows.contact_form import Form, Question, relevant
from flows.report import Group, QuestionTable, Report

NOBODY = "without a role"
PAIR = ("uses_violence", "risks_violence")

Var: TypeAlias = tuple[str, ...]
Seen: TypeAlias = dict[Var, float | None]
Codes: TypeAlias = Mapping[str, list[str]]
Equation: TypeAlias = Mapping[Var, int]
"""A sum of these is nought, or a number that they see."""

Silent: TypeAlias = Mapping[str, Collection[str]]
"""The channels on which nobody has an answer, and everybody on the others has, by question."""

PRIME = 2**61 - 1
"""The equations are solved exactly modulo this; only by a rare chance would it tell more."""

MISSING = ("base", "unknown", "not_asked")
"""What those who were asked are made up of."""

ENDINGS = ("=left_queue", "=silent_or_misuse")

MINUTES = ("wait_minutes", "talk_minutes")
"""No code says that nobody measured them: then there is no answer at all."""
BY_CHANNEL = (*MINUTES, "helped")

SHARES = {
    "referred_to": ("treated", "anywhere"),
    "children": ("parents",),
    "sought_help": ("never",),
}


def roles(form: Form) -> list[str]:
    return [code.code for code in form.by_name["role"].codes]


def shown(report: Report, channels: Mapping[str, Channel]) -> Seen:
    """Everything that stands there, None where it is hidden."""
    seen: Seen = {("size", "contacts"): report.contacts}
    seen |= {("month", each.month): each.n for each in report.per_month}
    for name, group in report.groups.items():
        seen |= _of_group(name, group)
    for code, channel in channels.items():
        seen["size", f"on {code}"] = channel.n
        for question, table in channel.questions.items():
            seen |= _of_table(question, f"on {code}", table)
    return seen


def silent_in(records: Iterable[Mapping[str, str]]) -> Silent:
    """Find where no answer tells the channel; a question that some on a channel answered is not."""
    found = {}
    for name in BY_CHANNEL:
        asked = [each for each in records if name == "wait_minutes" or "role" in each]
        has = {(each["channel"], _is_known(each.get(name, ""))) for each in asked}
        if not any((channel, not is_known) in has for channel, is_known in has):
            found[name] = sorted(channel for channel, is_known in has if not is_known)
    return found


def _is_known(cell: str) -> bool:
    return cell not in {"", *MISSING}


def equations(form: Form, seen: Seen, silent: Silent) -> list[Equation]:
    """Everything that adds up."""
    codes = {question.name: _codes(question.name, seen) for question in form.questions}
    return [*_of_report(form, seen, codes, silent), *_of_channels(form, seen, codes, silent)]


def worked_out(form: Form, seen: Seen, silent: Silent) -> set[Var]:
    """Everything hidden that can be worked out exactly, but for what is nought by the form."""
    all_of_them = equations(form, seen, silent)
    found: set[Var] = set()
    for some in _connected(_unknown_only(all_of_them, _known(all_of_them, seen))):
        found |= _determined(some)
    return found


def _known(all_of_them: list[Equation], seen: Seen) -> set[Var]:
    """Everything that is shown, and what must be nought because the rest makes up its total."""
    known = {var: value for var, value in seen.items() if value is not None}
    known |= {var: 0 for each in all_of_them if len(each) == 1 for var in each}
    sums = [each for each in all_of_them if not any(var[0] == "years" for var in each)]
    while noughts := {var for each in sums if _is_used_up(each, known) for var in each} - set(
        known
    ):
        known |= dict.fromkeys(noughts, 0)
    return set(known)


def _is_used_up(each: Equation, known: Mapping[Var, float]) -> bool:
    """Tell whether a shown total is made up by those of its parts that are known."""
    total = all(var in known for var, n in each.items() if n < 0)
    return total and sum(n * known.get(var, 0) for var, n in each.items()) == 0


def _of_report(form: Form, seen: Seen, codes: Codes, silent: Silent) -> Iterator[Equation]:
    everybody = [*roles(form), NOBODY]
    sizes: list[Var] = [("size", who) for who in everybody]
    yield _sum(("size", "contacts"), sizes)
    yield _sum(("size", "contacts"), [var for var in seen if var[0] == "month"])
    yield _sum(("size", "all"), sizes)
    yield _sum(("size", "primary_group"), [("size", who) for who in PAIR])
    yield _sum(("size", "used_violence"), [("size", "uses_violence")])
    yield from _of_sums("years", (), everybody)
    for question in form.questions:
        if question.statistics:
            yield from _of_question(form, question, codes[question.name], silent)


def _of_channels(form: Form, seen: Seen, codes: Codes, silent: Silent) -> Iterator[Equation]:
    """Channels add up to all; who was asked on one had a role, which the report tells of."""
    everywhere = [var[1].removeprefix("on ") for var in seen if var[1].startswith("on ")]
    for on, name in product(everywhere, COMPARED):
        here = f"on {on}"
        yield from _of_answers(form.by_name[name], here, codes[name])
        row = on if on in MISSING else "=" + on
        yield _sum((row, "channel", "all"), [("size", here)])
        whole = "size"
        if name in {"talk_minutes", "helped"}:
            whole = "roles"
            yield _sum(("roles", here), [(row, "channel", who) for who in roles(form)])
        lacking: list[Var] = [(whole, here)] if on in silent.get(name, ()) else []
        yield from _of_asked((whole, here), name, here, silent, lacking)
    for name in COMPARED if everywhere else ():
        for row in (*MISSING, *("=" + code for code in codes[name])):
            yield _sum((row, name, "all"), [(row, name, f"on {on}") for on in everywhere])
    for on in everywhere:
        ended: list[Var] = [(row, "outcome", f"on {on}") for row in ENDINGS]
        yield _sum((on if on in MISSING else "=" + on, "channel", NOBODY), ended)


def _codes(question: str, seen: Seen) -> list[str]:
    """The codes of the answers that the table of everybody has."""
    rows = (var for var in seen if var[1:] == (question, "all") and var[0].startswith("="))
    return [var[0].removeprefix("=") for var in rows]


def _of_group(name: str, group: Group) -> Seen:
    seen: Seen = {("size", name): group.n, ("years", name): group.mean_age.value}
    for question, table in group.questions.items():
        seen |= _of_table(question, name, table)
    seen["treated", "referred_to", name] = group.referred_to_treatment.n
    seen["anywhere", "referred_to", name] = group.referred_anywhere.n
    seen["parents", "children", name] = group.has_children.n
    seen["never", "sought_help", name] = group.never_sought_help.n
    return seen


def _of_table(question: str, name: str, table: QuestionTable) -> Seen:
    seen: Seen = {("=" + code, question, name): cell.n for code, cell in table.answers.items()}
    for row, n in zip(MISSING, (table.base, table.unknown, table.not_asked), strict=True):
        seen[row, question, name] = n
    return seen


def _of_question(
    form: Form, question: Question, codes: list[str], silent: Silent
) -> Iterator[Equation]:
    name = question.name
    rows = [*MISSING, *("=" + code for code in codes), *SHARES.get(name, ())]
    everybody = [*roles(form), NOBODY]
    for row in rows:
        yield from _of_sums(row, (name,), everybody)
    for who in everybody:
        if not _is_asked(form, name, who):
            yield from (_sum((row, name, who), []) for row in rows)
            continue
        if name == "outcome":
            yield from (_sum((row, name, who), []) for row in rows if _is_odd(row, who))
        lacking: list[Var] = [("=" + on, "channel", who) for on in silent.get(name, ())]
        yield from _of_asked(("size", who), name, who, silent, lacking)
        yield from _of_answers(question, who, codes)
        if name == "role":
            row = who if who in MISSING else "=" + who
            yield _sum((row, name, who), [("size", who)])


def _of_asked(
    whole: Var, name: str, who: str, silent: Silent, lacking: list[Var]
) -> Iterator[Equation]:
    """Of all who were asked some have an answer, and the others are `lacking` one."""
    base, *missing = ((row, name, who) for row in MISSING)
    if name in MINUTES:
        yield from (_sum(each, []) for each in missing)
    else:
        yield _sum(whole, [base, *missing])
    if name in silent:
        yield _sum(base, []) if lacking == [whole] else _sum(whole, [base, *lacking])


def _of_answers(question: Question, who: str, codes: list[str]) -> Iterator[Equation]:
    name = question.name
    if not question.has_several:
        yield _sum(("base", name, who), [("=" + code, name, who) for code in codes])
    if name == "referred_to":
        yield _sum(("base", name, who), [("anywhere", name, who), ("=none", name, who)])
    if name == "sought_help":
        yield _sum(("never", name, who), [("=no", name, who)])
    if name == "children":
        yield _sum(("base", name, who), [("parents", name, who), ("=none", name, who)])


def _of_sums(row: str, question: Var, everybody: Iterable[str]) -> Iterator[Equation]:
    yield _sum((row, *question, "all"), [(row, *question, who) for who in everybody])
    yield _sum((row, *question, "primary_group"), [(row, *question, who) for who in PAIR])
    yield _sum((row, *question, "used_violence"), [(row, *question, "uses_violence")])


def _is_asked(form: Form, question: str, who: str) -> bool:
    outcome = {"outcome": "left_queue"} if who == NOBODY else {"outcome": "completed", "role": who}
    return question in relevant(form, outcome)


def _is_odd(outcome: str, who: str) -> bool:
    """Whoever left the queue or was silent has no role, and everybody else has one."""
    return outcome not in MISSING and (outcome in ENDINGS) != (who == NOBODY)


def _sum(total: Var, parts: Iterable[Var]) -> Equation:
    return {total: -1} | dict.fromkeys(parts, 1)


def _unknown_only(all_of_them: Iterable[Equation], known: set[Var]) -> list[Equation]:
    left = ({v: n for v, n in each.items() if v not in known} for each in all_of_them)
    return [each for each in left if each]


def _connected(some: list[Equation]) -> Iterator[list[Equation]]:
    """Take the equations apart into those that have no variable in common."""
    of: dict[Var, list[int]] = defaultdict(list)
    for at, each in enumerate(some):
        for var in each:
            of[var].append(at)
    left = set(range(len(some)))
    while left:
        found, edge = set[int](), {left.pop()}
        while edge:
            found |= edge
            edge = {at for one in edge for var in some[one] for at in of[var]} - found
        left -= found
        yield [some[at] for at in sorted(found)]


def _determined(some: list[Equation]) -> set[Var]:
    """Eliminate, rarest variable first; what is told stands alone in its row at the end."""
    rows = [dict(each) for each in some]
    of: dict[Var, set[int]] = defaultdict(set)
    for at, row in enumerate(rows):
        for var in row:
            of[var].add(at)
    for at, row in enumerate(rows):
        if row:
            pivot = min(row, key=lambda var: len(of[var]))
            for other in of[pivot] - {at}:
                _subtract(rows, of, other, at, pivot)
    return {var for row in rows if len(row) == 1 for var in row}


def _subtract(
    rows: list[dict[Var, int]], of: dict[Var, set[int]], here: int, what: int, pivot: Var
) -> None:
    """Take a multiple of one row from another, so that the pivot stands there no more."""
    factor = rows[here][pivot] * pow(rows[what][pivot], -1, PRIME)
    for var, n in rows[what].items():
        left = (rows[here].get(var, 0) - factor * n) % PRIME
        if left:
            rows[here][var] = left
            of[var].add(here)
        elif var in rows[here]:
            del rows[here][var]
            of[var].discard(here)
