import random
from collections import Counter
from functools import cache
from itertools import product

import pytest

from bot.resources import read_form
from flows.columns import encoded
from flows.internal_report import internal
from flows.periods import Quarter
from flows.records import ContactRecord
from flows.review_rows import Review, review, whole_quarters

form = cache(read_form)

FIRST, LAST = "2026-01", "2026-03"


def contacts(
    n: int, role: str, channel: str = "web", *, month: str = FIRST, outcome: str = "completed"
) -> list[ContactRecord]:
    answers = {"period": month, "channel": channel, "outcome": outcome}
    return [{**answers, "role": role} if role else answers] * n


def seen(*records: list[ContactRecord], first: str = FIRST, last: str = LAST) -> Review:
    columns = encoded(form(), [record for some in records for record in some])
    return review(form(), columns, first=first, last=last)


def test_contacts_that_are_alike_are_one_row() -> None:
    found = seen(
        contacts(20, "uses_violence"), contacts(9, "exposed"), contacts(5, "", outcome="left_queue")
    )
    rows = [(row.month, row.role, row.channel, row.n) for row in found.rows]
    assert rows == [
        (FIRST, "uses_violence", "web", 20),
        (FIRST, "exposed", "web", 9),
        (FIRST, "", "web", 5),
    ]
    assert (found.contacts, found.others) == (34, 0)


def test_a_lone_few_cannot_be_worked_out_from_the_total_of_the_month() -> None:
    found = seen(contacts(20, "uses_violence"), contacts(9, "exposed"), contacts(2, "relative"))
    assert [(row.role, row.n) for row in found.rows] == [("uses_violence", 20)]
    assert found.others == 11


def test_a_lone_few_cannot_be_worked_out_from_how_many_had_the_role() -> None:
    found = seen(
        contacts(20, "uses_violence", "web"),
        contacts(2, "uses_violence", "phone"),
        contacts(30, "exposed", "web"),
        contacts(30, "exposed", "phone"),
    )
    assert "uses_violence" not in {row.role for row in found.rows}


def test_outcomes_stand_beside_when_nobody_stands_out_by_theirs() -> None:
    found = seen(contacts(9, "exposed"), contacts(6, "exposed", outcome="interrupted"))
    assert found.rows[0].outcomes["completed"] == 9
    assert found.rows[0].outcomes["interrupted"] == 6


def test_an_outcome_of_few_is_not_told() -> None:
    found = seen(contacts(19, "exposed"), contacts(2, "exposed", outcome="interrupted"))
    assert found.rows[0].n == 21
    assert not [n for n in found.rows[0].outcomes.values() if n]


def test_an_outcome_of_few_cannot_be_worked_out_from_another_row() -> None:
    found = seen(
        contacts(9, "exposed", "web"),
        contacts(6, "exposed", "web", outcome="interrupted"),
        contacts(20, "exposed", "phone"),
        contacts(2, "exposed", "phone", outcome="interrupted"),
    )
    assert {row.channel: row.n for row in found.rows} == {"web": 15, "phone": 22}
    assert not [row for row in found.rows if any(row.outcomes.values())]


@pytest.mark.parametrize("n", [0, 1, 4])
def test_how_few_there_were_is_not_told(n: int) -> None:
    assert seen(contacts(n, "exposed"), contacts(9, "exposed", month="2025-12")) == Review(
        (), None, None
    )


def test_other_months_do_not_count() -> None:
    found = seen(contacts(9, "exposed"), contacts(9, "exposed", month="2026-04"))
    assert found.contacts == 9


def test_where_a_report_shows_what_should_be_hidden_here_nothing_more_is_shown_than_there() -> None:
    records = [
        *contacts(12, "uses_violence", "phone"),
        *contacts(4, "uses_violence", "web"),
        *contacts(30, "risks_violence", "phone"),
        *contacts(5, "risks_violence", "web"),
        *contacts(30, "exposed", "phone"),
        *contacts(30, "exposed", "web"),
    ]
    report = internal(form(), encoded(form(), records), first=FIRST, last=FIRST)
    told = {
        (role, channel)
        for role in ("uses_violence", "risks_violence", "exposed")
        for channel, cell in report.groups[role].questions["channel"].answers.items()
        if cell.n
    }
    assert told
    assert {(row.role, row.channel) for row in seen(records).rows} == told


@pytest.mark.parametrize("seed", range(4))
def test_no_row_and_no_report_of_a_month_tell_of_few_together(seed: int) -> None:
    """Subtract what is shown from every total that is known, as a reader with both would."""
    source = random.Random(seed)
    some = ("uses_violence", "risks_violence", "exposed", "relative")
    roles = source.choices(some, [8, 3, 4, 3], k=150)
    records = [
        record
        for role in roles
        for record in contacts(1, role, source.choices(["phone", "web", "email"], [6, 4, 1])[0])
    ]
    columns = encoded(form(), records)
    counts = Counter((record["role"], record["channel"]) for record in records)
    report = internal(form(), columns, first=FIRST, last=FIRST)
    rows = {
        (row.role, row.channel) for row in review(form(), columns, first=FIRST, last=FIRST).rows
    }
    told = rows | {
        (role, channel)
        for role, channel in product(set(roles), ("phone", "web", "email"))
        if report.groups[role].questions["channel"].answers[channel].n
    }
    for place, name in ((0, set(roles)), (1, {"phone", "web", "email"})):
        for each in name:
            rest = sum(n for cell, n in counts.items() if cell[place] == each and cell not in told)
            total = sum(n for cell, n in counts.items() if cell[place] == each)
            assert rest == 0 or rest >= 5 or total < 5
    assert all(counts[cell] >= 5 for cell in told)


def test_quarters_are_whole_only_with_all_their_months() -> None:
    assert whole_quarters("2026-01", "2026-03") == (Quarter(2026, 1),)
    assert whole_quarters("2026-02", "2026-06") == (Quarter(2026, 2),)
    assert whole_quarters("2025-10", "2026-03") == (Quarter(2025, 4), Quarter(2026, 1))
    assert whole_quarters("2026-02", "2026-05") == ()
