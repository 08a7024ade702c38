"""What a public release prints: one-way tables of a quarter, and one crossed table of a year.

Each record is in one release of a table. A year's one-way tables are its quarters' as they were
released, added together, and so tell nothing more. The crossed table stands those who used
violence against everybody else, who are not printed but could be worked out.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flows.bands import MISSING
from flows.columns import Columns
from flows.contact_form import Form
from flows.counting import USED_VIOLENCE, groups, per_month
from flows.hiding import FEW, Sum
from flows.public_rules import CROWD, OPEN, Audit, Span, hidden, rounded, shown
from flows.public_sums import (
    ASKED,
    BASE,
    CONTACTS,
    KNOWN,
    ROLE,
    SLACK,
    Book,
    Line,
    answer,
    book,
    cell,
    contacts,
)
from flows.ranges import PLENTY
from flows.silent_channels import BY_CHANNEL, CHANNEL, answering_channels

ALL, USED, OTHERS = "all", "used", "others"
"""Parts of the records; the quarters are named by their months."""

DIVERSE = ("violence", "children")
"""Tables withheld when they would tell what (nearly) everybody in them answered."""


_SPARE = 3
"""So many more values are left open in the crossed table, whose sums are no tree: what can be
worked out there is now and then a little more than `flows.ranges` sees."""


@dataclass(frozen=True, slots=True)
class Release:
    """The lines that are printed, and what a reader can know of each line."""

    part: str
    counts: Mapping[Line, int]
    sums: Sequence[Sum[Line]]
    printed: frozenset[Line]
    spans: Mapping[Line, Span]
    watched: Mapping[Line, int]
    """How many values the lines that must not be found out leave open."""
    everybody: frozenset[Line] = frozenset()
    """The bases that are all of the part, and are printed as their number is elsewhere."""

    def figure(self, line: Line) -> int | None:
        return rounded(self.counts[line]) if line in self.printed else None


def one_way(form: Form, columns: Columns, *, months: Sequence[str]) -> Release:
    """Release the tables of a quarter with these months, as the part named by the first."""
    first, last = months[0], months[-1]
    by_month = per_month(columns, first=first, last=last)
    written = book(form, columns, first, few=FEW, by_month=by_month)
    counts = written.counts
    withheld = _alike(written, few=FEW) | _of_few(form, columns, written)
    printed = {line for line in written.printed - withheld if counts[line] >= FEW}
    spans = {line: _span(line, counts, printed, FEW) for line in written.printed - withheld}
    watched = dict.fromkeys(written.printed - printed, FEW)
    watched |= dict.fromkeys(_few(written.complements, counts, FEW), FEW)
    release = Release(first, counts, written.sums, frozenset(printed), spans, watched)
    return _settled(release, {}, few=FEW, beside=Span(FEW, PLENTY), keeps_bases=True)


def crossed(form: Form, columns: Columns, quarters: Sequence[Release]) -> Release:
    """Release the tables of those who used violence in a year, beside its released quarters.

    `columns` are the year's. How many gave no answer is not printed, nor the base where it is
    everybody: how many used violence is known well enough from the quarters.
    """
    is_in = groups(form, columns)["used_violence"]
    used = book(form, columns, USED, few=CROWD, within=is_in)
    others = book(form, columns, OTHERS, few=CROWD, within=~is_in)
    counts, sums = _joined(used, others, quarters)
    cells = _cells_of(form, used)
    lines = cells - _alike(used, few=CROWD)
    printed = _many_of_both(lines, counts) - _hidden_before(lines, quarters)
    before = {line: span for each in quarters for line, span in each.spans.items()}
    before |= dict.fromkeys(_impossible(form), Span(0, 0))
    spans = dict(before)
    for line in lines:
        spans |= _row_spans(line, counts, printed)
    watched = {line: few for each in quarters for line, few in each.watched.items()}
    large = {line for line in cells if line.line in {BASE, *MISSING} and counts[line] >= CROWD}
    implied = {*map(_across, lines), *used.complements, *others.complements}
    for line in (cells - printed - large) | _few(implied, counts, CROWD):
        watched[line] = min(CROWD + _SPARE, spans.get(line, OPEN).width)
    release = Release(USED, counts, sums, printed, spans, watched, _everybody(used))
    return _settled(release, before, few=CROWD, beside=OPEN, keeps_bases=False)


def _many_of_both(lines: Iterable[Line], counts: Mapping[Line, int]) -> frozenset[Line]:
    """Find the lines that are large enough in both rows to be printed."""
    return frozenset(
        line
        for line in lines
        if line.line not in MISSING and min(counts[line], counts[_across(line)]) >= CROWD
    )


def _hidden_before(lines: Iterable[Line], quarters: Sequence[Release]) -> frozenset[Line]:
    """Find the answers that a quarter hid: the year would tell how few they were there."""
    return frozenset(
        line
        for line in lines
        if line.line != BASE
        and any(line._replace(part=each.part) not in each.printed for each in quarters)
    )


def _row_spans(
    line: Line, counts: Mapping[Line, int], printed: Container[Line]
) -> dict[Line, Span]:
    """Say what a line and the unseen line beside it can be; both few: nobody knows which is."""
    across = _across(line)
    if line in printed:
        return {line: shown(counts[line], few=CROWD), across: Span(CROWD, PLENTY)}
    few = [each for each in (line, across) if counts[each] < CROWD]
    return {few[0]: hidden(counts[few[0]], few=CROWD)} if len(few) == 1 else {}


def _settled(
    release: Release, before: Mapping[Line, Span], *, few: int, beside: Span, keeps_bases: bool
) -> Release:
    """Hide what would give hidden lines away; how many contacts there were always stands."""
    spans, watched = dict(release.spans), dict(release.watched)
    standing = {line for line in release.printed if line.table == CONTACTS}
    printed = set(release.printed - standing)
    implied = {line: _across(line) for line in printed if line.part == USED}
    audit = Audit(release.counts, release.sums, implied, keeps_bases=keeps_bases)
    audit.forgive(before, watched)
    known = audit.settle(spans, watched, printed, few=few, beside=beside)
    return replace(release, printed=frozenset(printed | standing), spans=known, watched=watched)


def _span(line: Line, counts: Mapping[Line, int], printed: Container[Line], few: int) -> Span:
    known = shown if line in printed else hidden
    return known(counts[line], few=few)


def _few(lines: Iterable[Line], counts: Mapping[Line, int], few: int) -> frozenset[Line]:
    return frozenset(line for line in lines if counts[line] < few)


def _across(line: Line) -> Line:
    """Give the same line of the other row of the crossed table."""
    return line._replace(part=OTHERS if line.part == USED else USED)


def _cells_of(form: Form, used: Book) -> frozenset[Line]:
    """Give the lines of the tables about what those who used violence were asked.

    Their role is the same for all, and how many they are is in another table.
    """
    asked = {line.table for line in used.printed if used.counts[line]} - {CONTACTS, ROLE}
    cells = {line for line in used.printed if line.table in asked}
    return frozenset(cells - _everybody(used) - _impossible(form))


def _everybody(used: Book) -> frozenset[Line]:
    n = used.counts[contacts(USED)]
    bases = {line for line in used.printed if line.line == BASE and line.table != ROLE}
    return frozenset(line for line in bases if used.counts[line] == n)


def _impossible(form: Form) -> frozenset[Line]:
    """Give the answers that nobody in a row of the crossed table has, as its row says."""
    role = form.by_name[ROLE]
    roles = {True: OTHERS, False: USED}
    lines = {cell(roles[code in USED_VIOLENCE], ROLE, code) for code in role.known}
    for condition in role.relevant:
        codes = form.by_name[condition.question].known
        lines |= {cell(USED, condition.question, c) for c in codes if not condition.holds(c)}
    return frozenset(lines)


def _alike(written: Book, *, few: int) -> frozenset[Line]:
    """Find the lines of tables in which all, or all but fewer than `few`, answer the same."""
    lines: set[Line] = set()
    for table in DIVERSE:
        found = {line for line in written.printed if line.table == table}
        answers = {line for line in found if line.line not in {BASE, *MISSING}}
        base = written.counts[Line(written.part, table, KNOWN)]
        if any(base - written.counts[line] < few for line in answers):
            lines |= found
    return frozenset(lines)


def _of_few(form: Form, columns: Columns, written: Book) -> frozenset[Line]:
    """Find the lines of tables that only channels answer all of which had few contacts.

    Any large number in them would narrow down how few, and hiding it would tell that it is large.
    """
    tables = {
        name
        for name in BY_CHANNEL
        for channels in [answering_channels(columns, name)]
        if channels
        and all(written.counts[cell(written.part, CHANNEL, code)] < FEW for code in channels)
    }
    return frozenset(line for line in written.printed if line.table in tables)


def _joined(
    used: Book, others: Book, quarters: Sequence[Release]
) -> tuple[Mapping[Line, int], Sequence[Sum[Line]]]:
    """Put the parts of a year beside each other: both rows make all, and so do the quarters."""
    counts = {**used.counts, **others.counts}
    sums = [*used.sums, *others.sums, *_of_used(used)]
    for each in quarters:
        counts |= each.counts
        sums += each.sums
    for line, n in used.counts.items():
        whole, across = line._replace(part=ALL), _across(line)
        by_quarter = tuple(line._replace(part=each.part) for each in quarters)
        counts[whole] = n + counts[across]
        # Bases count those without an answer or not, in each part by itself.
        if line.line != BASE and not line.line.startswith(SLACK):
            sums += [Sum(whole, (line, across)), Sum(whole, by_quarter)]
    return counts, [*sums, *_of_all(quarters, counts)]


def _of_all(quarters: Sequence[Release], counts: Mapping[Line, int]) -> Iterator[Sum[Line]]:
    """What adds up in every quarter adds up in the year, but for bases."""
    for each in quarters[0].sums:
        total, *parts = (line._replace(part=ALL) for line in each.members)
        has_base = any(line.line == BASE for line in (total, *parts))
        if has_base or not counts.keys() >= {total, *parts}:
            continue
        if counts[total] == sum(counts[part] for part in parts):
            yield Sum(total, tuple(parts))


def _of_used(used: Book) -> Iterator[Sum[Line]]:
    """Everybody who used violence was asked what their role is asked, and is in the role table."""
    everybody = contacts(USED)
    n = used.counts[everybody]
    for line, asked in used.counts.items():
        if line.table == ASKED and asked == n:
            yield Sum(everybody, (line,))
    (role,) = USED_VIOLENCE
    yield Sum(answer(ALL, ROLE, role), (everybody,))
