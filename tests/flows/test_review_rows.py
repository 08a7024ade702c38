import random
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import product

import highspy
import pytest

from bot.resources import read_form
from flows.columns import encoded
from flows.internal_report import internal
from flows.periods import Quarter
from flows.records import ContactRecord
from flows.review_outcomes import Class
from flows.review_rows import Review, Row, review, whole_quarters

form = cache(read_form)

SOME = ("uses_violence", "risks_violence", "exposed", "relative")
CHANNELS = ("phone", "web", "email")

ROUNDING = 1e-6

QUARTER = Quarter(2026, 1)
FIRST, SECOND, LAST = QUARTER.months


def contacts(
    n: int, role: str, channel: str = "web", *, month: str = FIRST, outcome: str = "completed"
) -> list[ContactRecord]:
    answers = {"period": month, "channel": channel, "outcome": outcome}
    return [{**answers, "role": role} if role else answers] * n


def seen(*records: list[ContactRecord], quarter: Quarter = QUARTER) -> Review:
    columns = encoded(form(), [record for some in records for record in some])
    return review(form(), columns, [quarter])


def named(found: Review) -> list[tuple[str | None, str | None, int]]:
    return [(row.role, row.channel, row.n) for row in found.rows]


def test_contacts_that_are_alike_are_one_row() -> None:
    found = seen(
        contacts(20, "uses_violence"), contacts(9, "exposed"), contacts(5, "", outcome="left_queue")
    )
    assert named(found) == [("uses_violence", "web", 20), ("exposed", "web", 9), ("", "web", 5)]
    assert {(row.first, row.last) for row in found.rows} == {(FIRST, FIRST)}
    assert (found.contacts, found.others) == (34, 0)


def test_roles_too_small_for_rows_share_one() -> None:
    few = (contacts(3, "relative"), contacts(2, "professional"), contacts(1, "other"))
    assert named(seen(contacts(20, "uses_violence"), *few)) == [
        ("uses_violence", "web", 20),
        (None, None, 6),
    ]


def test_channels_too_small_for_rows_share_one_in_their_role() -> None:
    few = [contacts(3, "exposed", channel) for channel in ("web", "telegram")]
    others = [contacts(9, "uses_violence", channel) for channel in ("phone", "web", "telegram")]
    found = seen(contacts(20, "exposed", "phone"), *few, *others)
    assert named(found)[-2:] == [("exposed", "phone", 20), ("exposed", None, 6)]


def test_a_lone_few_cannot_be_worked_out_from_the_total_of_the_month() -> None:
    found = seen(contacts(20, "uses_violence"), contacts(9, "exposed"), contacts(2, "relative"))
    assert named(found) == [("uses_violence", "web", 20), (None, None, 11)]


def test_a_lone_few_cannot_be_worked_out_from_how_many_had_the_role() -> None:
    found = seen(
        contacts(20, "uses_violence", "web"),
        contacts(2, "uses_violence", "phone"),
        contacts(30, "exposed", "web"),
        contacts(30, "exposed", "phone"),
    )
    assert ("uses_violence", "web", 20) not in named(found)


def test_a_lone_role_of_few_cannot_be_worked_out_from_those_of_the_others() -> None:
    found = seen(
        contacts(20, "exposed", "phone"),
        contacts(2, "exposed", "web"),
        contacts(20, "exposed", "email"),
        contacts(2, "relative", "phone"),
        contacts(1, "relative", "email"),
        contacts(3, "public", "phone"),
        contacts(2, "public", "web"),
        contacts(2, "public", "email"),
    )
    assert sum(row.n for row in found.rows) == found.contacts


def test_too_few_to_share_a_row_take_in_the_smallest_of_the_others() -> None:
    found = seen(
        contacts(2, "exposed", "web"),
        contacts(20, "relative", "phone"),
        contacts(2, "relative", "web"),
        contacts(9, "public", "phone"),
    )
    assert named(found) == [("relative", None, 22), (None, None, 11)]


def test_who_was_never_asked_for_a_role_shares_no_row_with_others() -> None:
    """Or how they went would tell how few the others are."""
    few = [*contacts(4, "public"), *contacts(2, "other")]
    for left, others, contacts_in_all in ((3, None, None), (8, 0, 34)):
        found = seen(contacts(20, "exposed"), few, contacts(left, "", outcome="left_queue"))
        assert (None, None, 6) in named(found)
        assert not [row for row in found.rows if len(row.outcomes) > 1]
        assert (found.others, found.contacts) == (others, contacts_in_all)


def test_outcomes_stand_beside_every_row_also_those_of_few() -> None:
    found = seen(contacts(19, "exposed"), contacts(2, "exposed", outcome="interrupted"))
    assert [row.outcomes for row in found.rows] == [{"completed": 19, "interrupted": 2}]


def test_an_outcome_of_all_is_told_only_where_it_says_nothing_ill() -> None:
    assert seen(contacts(9, "exposed")).rows[0].outcomes == {"completed": 9}
    for role, outcome in (("exposed", "interrupted"), ("", "silent_or_misuse")):
        rows = seen(contacts(9, role, outcome=outcome), contacts(30, "relative")).rows
        assert not [row for row in rows if row.role == role and row.outcomes]


def test_small_months_are_told_as_a_quarter_and_large_ones_by_themselves() -> None:
    few = [*contacts(4, "exposed", month=SECOND), *contacts(3, "uses_violence", month=SECOND)]
    found = seen(contacts(20, "exposed"), contacts(20, "uses_violence"), few)
    assert {(row.first, row.last) for row in found.rows} == {(FIRST, LAST)}
    more = [*contacts(9, "exposed", month=SECOND), *contacts(9, "uses_violence", month=SECOND)]
    found = seen(contacts(20, "exposed"), contacts(20, "uses_violence"), more)
    assert {(row.first, row.last) for row in found.rows} == {(FIRST, FIRST), (SECOND, SECOND)}


@pytest.mark.parametrize("n", [0, 1, 4])
def test_how_few_there_were_is_not_told(n: int) -> None:
    assert seen(contacts(n, "exposed"), contacts(9, "exposed", month="2025-12")) == Review(
        (), None, None
    )


def test_five_are_not_few() -> None:
    five = seen(contacts(5, "exposed"))
    assert ([row.n for row in five.rows], five.contacts, five.others) == ([5], 5, 0)
    found = seen(contacts(20, "exposed"), contacts(3, "relative"), contacts(2, "public"))
    assert ([row.n for row in found.rows], found.others) == ([20, 5], 0)


def test_other_months_do_not_count() -> None:
    found = seen(contacts(9, "exposed"), contacts(9, "exposed", month="2026-04"))
    assert (found.contacts, named(found)) == (9, [("exposed", "web", 9)])


def test_where_a_report_shows_what_should_be_hidden_here_nothing_more_is_shown_than_there() -> None:
    records = [
        *contacts(12, "uses_violence", "phone"),
        *contacts(4, "uses_violence", "web"),
        *contacts(30, "risks_violence", "phone"),
        *contacts(5, "risks_violence", "web"),
        *contacts(40, "exposed", "phone"),
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
    rows = {(row.role, row.channel) for row in seen(records).rows if row.channel}
    assert rows == told


@pytest.mark.parametrize("seed", range(4))
def test_no_row_and_no_report_of_a_month_tell_of_few_together(seed: int) -> None:
    """Subtract what is shown from every total that is known, as a reader with both would."""
    source = random.Random(seed)
    roles = source.choices(SOME, [8, 3, 4, 3], k=150)
    records = [
        record
        for role in roles
        for record in contacts(1, role, source.choices(CHANNELS, [6, 4, 1])[0])
    ]
    columns = encoded(form(), records)
    counts = Counter((record["role"], record["channel"]) for record in records)
    report = internal(form(), columns, first=FIRST, last=LAST)
    rows = {
        (row.role or "", row.channel)
        for row in review(form(), columns, [QUARTER]).rows
        if row.channel
    }
    told = rows | {
        (role, channel)
        for role, channel in product(set(roles), CHANNELS)
        if report.groups[role].questions["channel"].answers[channel].n
    }
    for place, name in ((0, set(roles)), (1, set(CHANNELS))):
        for each in name:
            rest = sum(n for cell, n in counts.items() if cell[place] == each and cell not in told)
            total = sum(n for cell, n in counts.items() if cell[place] == each)
            assert rest == 0 or rest >= 5 or total < 5
    assert all(counts[cell] >= 5 for cell in told)


@pytest.mark.parametrize("seed", range(16))
def test_nobody_who_knows_role_and_channel_of_a_contact_learns_that_it_was_broken_off(
    seed: int,
) -> None:
    """Search for a world in which it was completed, with the sums of every report besides."""
    source = random.Random(seed)
    likely = source.choice([[4, 1], [1, 3]])
    records = [
        record
        for month in QUARTER.months
        for role in source.choices(SOME, [8, 3, 4, 3], k=source.choice([5, 12, 60]))
        for record in contacts(
            1,
            role,
            source.choices(CHANNELS, [6, 4, 1])[0],
            month=month,
            outcome=source.choices(["completed", "interrupted"], likely)[0],
        )
    ]
    rows = seen(records).rows
    for unit in dict.fromkeys((row.first, row.last) for row in rows):
        inside = [each for each in records if unit[0] <= each["period"] <= unit[1]]
        told = [row for row in rows if (row.first, row.last) == unit and row.outcomes]
        assert not told or not surely_broken_off(inside, told)


def surely_broken_off(records: Sequence[ContactRecord], rows: Sequence[Row]) -> list[Class]:
    """Give the roles and channels in which no contact can have been completed."""
    sizes = Counter(class_of(record) for record in records)
    completed = Counter(class_of(each) for each in records if each["outcome"] == "completed")
    world = highspy.Highs()  # type: ignore[no-untyped-call] # the library leaves it untyped
    world.silent()
    places = {each: world.addVariable(lb=0, ub=n) for each, n in sizes.items()}
    known: dict[object, list[Class]] = {}
    for each in sizes:
        known.setdefault(row_with(each, rows), []).append(each)
        known.setdefault(each[1], []).append(each)
    for some in known.values():
        n = sum(completed[each] for each in some)
        world.addConstr(world.qsum(places[each] for each in some) == n)
    return [each for each in sizes if most(world, places[each]) < 1 - ROUNDING]


def class_of(record: ContactRecord) -> Class:
    return record["role"], record["channel"]


def row_with(one: Class, rows: Sequence[Row]) -> tuple[str | None, str | None]:
    there = {(row.role, row.channel) for row in rows}
    names = (one, (one[0], None))
    return next((name for name in names if name in there), (None, None))


def most(world: highspy.Highs, place: highspy.highs.highs_var) -> float:
    world.maximize(place)
    return float(world.val(place))


def test_quarters_are_whole_only_with_all_their_months() -> None:
    assert whole_quarters("2026-01", "2026-03") == (Quarter(2026, 1),)
    assert whole_quarters("2026-02", "2026-06") == (Quarter(2026, 2),)
    assert whole_quarters("2025-10", "2026-03") == (Quarter(2025, 4), Quarter(2026, 1))
    assert whole_quarters("2026-02", "2026-05") == ()
