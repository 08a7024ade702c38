"""What adds up to what in an internal report, and therefore must be hidden together.

A reader may add and subtract everything that is shown: answers make up a base, base and missing
answers make up those who were asked, roles make up all, months make up the period. Who is asked
a question goes by their role, so that each question also tells how many had which role. The rules
of `flows.hiding` are followed first for how many there were, then within each question.

How many had no role, such as those who left the queue, is taken to be known: they were asked
nothing. The primary group is two roles together and would give one of them away by the other. It
is shown only where both are, so that those who used violence need not be hidden for its sake;
where nobody at all is at risk it is they.

Few without an answer are hidden like all few. Few who did not know take those who were not asked
with them, and the other way round, or the row would tell them. Other company they need not: nothing
is told of them, and without the base no percentage of the others could stand. How many they are
together may therefore be worked out, from one row or from several groups.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from flows.bands import MISSING, labels
from flows.contact_form import Form, Question
from flows.counting import PRIMARY_GROUP, SHARES, Counted
from flows.hiding import FEW, Sum, concealed

Table: TypeAlias = Mapping[str, Counted]
"""One question: its counts in each group."""

Sizes: TypeAlias = Mapping[str, int]

Key: TypeAlias = tuple[str, ...]
"""The name of a count: what it is of, such as ("role", "other"); within a question its group and
its row, such as ("all", "answer", "woman") or ("all", "base")."""

Seen: TypeAlias = Mapping[Key, int | None]

ROLE = "role"
ALL = "all"
PRIMARY = "primary_group"
WORTH: Mapping[str, int] = {ALL: 2, "uses_violence": 1}
"""The groups that most is asked about."""

NO_ROLE = ""
"""The group of contacts that were never asked for a role, such as those who left the queue."""

WITH_ROLE = "with a role"
WITHOUT_ROLE = "without a role"
"""Rows that a reader can work out, though they do not stand in a table."""

CONTACTS: Key = ("contacts",)
_SIZES: Mapping[str, Key] = {ALL: CONTACTS, PRIMARY: ("primary",), NO_ROLE: ("no role",)}


def month(name: str) -> Key:
    return ("month", name)


def size_of(group: str) -> Key:
    """Name the number of contacts in a group of the report."""
    return _SIZES.get(group, ("role", group))


def asked(roles: Collection[str]) -> Key:
    """Name the number of contacts with one of these roles."""
    return ("asked", *sorted(roles))


def hidden_sizes(sizes: Sizes, months: Sizes, asked_of: Iterable[Sizes]) -> frozenset[Key]:
    """Choose what to hide of how many there were: in all, by month, by role, asked a question.

    `sizes` are those of the groups, `asked_of` for each question how many of those were asked it.
    """
    roles = _roles(sizes)
    together = {roles, _known(roles), *(_asked(each, sizes) for each in asked_of)}
    counts = to_hide({size_of(name): n for name, n in sizes.items()}, ())
    counts |= {month(name): n for name, n in months.items()}
    counts |= {asked(some): sum(sizes[name] for name in some) for some in together}
    sums = [
        Sum(CONTACTS, tuple(month(name) for name in months)),
        *(each for some in sorted(together) for each in _some_of(roles, some)),
    ]
    primary = {size_of(PRIMARY): [size_of(name) for name in PRIMARY_GROUP]}
    return _closed(counts, sums, primary, set(primary[size_of(PRIMARY)]))


def seen_in(
    form: Form,
    name: str,
    table: Table,
    *,
    sizes: Sizes,
    hidden: Collection[Key],
    told: Collection[Key] = (),
) -> Seen:
    """Give the counts of one question, None where they are hidden; `hidden` are the sizes that are.

    Where the size of a group is hidden nothing is shown of it. `told` are counts of the question
    that would give away what is hidden elsewhere.
    """
    there = {who: counted for who, counted in table.items() if counted.relevant and who != NO_ROLE}
    counts = {(group, *row): n for group, each in there.items() for row, n in rows_of(each).items()}
    if name == ROLE:
        known = asked(_known(_roles(sizes)))
        closed = {key for key, n in counts.items() if n < FEW or _size_at(key, known) in hidden}
        return seen_of(counts, closed)
    told = {key for key in counts if key in told or _size_told(key, table, sizes) in hidden}
    return seen_of(counts, _closed_in(form, name, there, to_hide(counts, told), sizes))


def _closed_in(
    form: Form, name: str, there: Table, counts: dict[Key, int], sizes: Sizes
) -> frozenset[Key]:
    endings = endings_without_role(form, name)
    sums = [*within_groups(form.by_name[name], there), *sums_across(there, without=endings)]
    if endings and ALL in there:
        counts |= with_and_without(ALL, contacts=sizes[ALL], without=sizes[NO_ROLE])
        sums += sums_by_role(form, name, ALL, without=sizes[NO_ROLE])
    primary = {
        key: [(group, *key[1:]) for group in PRIMARY_GROUP if group in there]
        for key in counts
        if key[0] == PRIMARY
    }
    never = {(group, "answer", code) for group in there if group != ALL for code in endings}
    return _closed(counts, sums, primary, never)


def endings_without_role(form: Form, name: str) -> tuple[str, ...]:
    """Give the answers, such as to how the contact went, after which no role is asked for."""
    asked_if = [each for each in form.by_name[ROLE].relevant if each.question == name]
    codes = form.by_name[name].known
    return tuple(code for code in codes if not all(each.holds(code) for each in asked_if))


def with_and_without(group: str, *, contacts: int, without: int) -> dict[Key, int]:
    """Count who had a role and who had none."""
    return {(group, WITH_ROLE): contacts - without, (group, WITHOUT_ROLE): without}


def sums_by_role(form: Form, name: str, group: str, *, without: int) -> Iterator[Sum[Key]]:
    """How a contact went tells whether there was a role; few without one hide nothing more."""
    endings = endings_without_role(form, name)
    others = [code for code in labels(form.by_name[name]) if code not in endings]
    missing = tuple((group, row) for row in MISSING)
    yield Sum((group, WITH_ROLE), (*_answers(group, others), *missing))
    if without >= FEW:
        yield Sum((group, WITHOUT_ROLE), _answers(group, endings))


def _closed(
    counts: Mapping[Key, int],
    sums: Iterable[Sum[Key]],
    primary: Mapping[Key, Collection[Key]],
    may_be_known: Collection[Key],
) -> frozenset[Key]:
    """Follow the rules for all but `primary`, whose counts are each told by what they are of."""
    own = {key: n for key, n in counts.items() if key not in primary}
    nobody = {key for key, n in counts.items() if not n and key in may_be_known}
    closed = concealed(own, [*_without(nobody, sums)], worth=worth)
    told = {
        key
        for key, parts in primary.items()
        if counts[key] < FEW or not closed.isdisjoint(set(parts) - nobody)
    }
    return closed | told


def worth(key: Key) -> int:
    """Tell how long a count is kept: that of everybody longest, then of those who used violence."""
    return WORTH.get(key[0], 0)


def _without(nobody: Collection[Key], sums: Iterable[Sum[Key]]) -> Iterator[Sum[Key]]:
    for each in sums:
        if each.total not in nobody:
            yield Sum(each.total, tuple(part for part in each.parts if part not in nobody))


def seen_of(counts: Mapping[Key, int], closed: Collection[Key]) -> Seen:
    hidden = {*closed, *_beside_hidden(counts, closed)}
    return {key: None if key in hidden else n for key, n in counts.items()}


def _beside_hidden(counts: Mapping[Key, int], closed: Collection[Key]) -> Iterator[Key]:
    """Give both kinds without an answer of each group where one is hidden, and is somebody."""
    for group in {key[0] for key in counts}:
        missing = [(group, row) for row in MISSING]
        if any(counts.get(key) and key in closed for key in missing):
            yield from missing


def _roles(sizes: Sizes) -> tuple[str, ...]:
    return tuple(name for name in sizes if name not in _SIZES)


def _known(roles: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in roles if name not in MISSING)


def _asked(of: Sizes, sizes: Sizes) -> tuple[str, ...]:
    """Find the roles that were asked the question, each as a whole; all where it is not so."""
    roles = _roles(sizes)
    whole = tuple(name for name in roles if of[name] == sizes[name])
    return whole if of[ALL] == sum(sizes[name] for name in whole) else roles


def _some_of(roles: tuple[str, ...], some: tuple[str, ...]) -> Iterator[Sum[Key]]:
    rest = tuple(size_of(name) for name in roles if name not in some)
    yield Sum(asked(some), tuple(size_of(name) for name in some))
    if rest:
        yield Sum(asked(roles), (asked(some), *rest))


def _size_at(key: Key, known: Key) -> Key:
    """Tell which size stands in a row of the table of roles; `known` is that of all known roles."""
    group, row, *_ = key
    if row in {"base", "relevant"}:
        return known if group == ALL else size_of(group)
    return size_of(key[-1])


def _size_told(key: Key, table: Table, sizes: Sizes) -> Key:
    """Tell which size a count would give away: how many were asked, or that of its group."""
    group, row, *_ = key
    if group == ALL and row == "relevant" and not table[NO_ROLE].relevant:
        return asked(_asked({who: each.relevant for who, each in table.items()}, sizes))
    return size_of(group)


def to_hide(counts: Mapping[Key, int], told: Collection[Key]) -> dict[Key, int]:
    """Put the counts as the rules are to take them; those in `told` are hidden already."""
    return {key: _weight(key, n, is_told=key in told) for key, n in counts.items()}


def _weight(key: Key, n: int, *, is_told: bool) -> int:
    if is_told:
        return min(n, FEW - 1)
    return 0 if n < FEW and key[-1] in MISSING else n


def rows_of(counted: Counted) -> dict[Key, int]:
    return {
        ("relevant",): counted.relevant,
        ("base",): counted.base,
        ("unknown",): counted.unknown,
        ("not_asked",): counted.not_asked,
        **{("answer", code): n for code, n in counted.answers.items()},
        **{("share", name): n for name, n in counted.shares.items()},
    }


def within_groups(question: Question, there: Table) -> Iterator[Sum[Key]]:
    for group, counted in there.items():
        if group != PRIMARY:
            yield Sum((group, "relevant"), tuple((group, row) for row in ("base", *MISSING)))
            yield from _of_base(question, group, counted)


def _of_base(question: Question, group: str, counted: Counted) -> Iterator[Sum[Key]]:
    if not question.has_several:
        yield Sum((group, "base"), _answers(group, counted.answers))
    for name in counted.shares:
        yield from _of_share(question, group, name, counted.answers)


def _of_share(
    question: Question, group: str, name: str, codes: Collection[str]
) -> Iterator[Sum[Key]]:
    """A share is the sum of its answers, and the rest of the base of the others.

    Where several answers may be given it is so only if a single one, alone, is the other.
    """
    share = (group, "share", name)
    counting = [code for code in codes if SHARES[name].holds((code,))]
    others = [code for code in codes if code not in counting]
    if not question.has_several:
        yield Sum(share, _answers(group, counting))
    if not question.has_several or len(others) == 1:
        yield Sum((group, "base"), (share, *_answers(group, others)))


def _answers(group: str, codes: Iterable[str]) -> tuple[Key, ...]:
    return tuple((group, "answer", code) for code in codes)


def sums_across(there: Table, *, without: Collection[str] = ()) -> Iterator[Sum[Key]]:
    """Everybody is the other groups together, but for the answers that those never give.

    How many were asked is told by the sizes.
    """
    parts = [group for group in there if group not in {ALL, PRIMARY}]
    apart = {("relevant",), *(("answer", code) for code in without)}
    for row in rows_of(there[ALL]) if ALL in there else ():
        if row not in apart:
            yield Sum((ALL, *row), tuple((group, *row) for group in parts))
