"""What a reader can add up in one row of an internal report, and what the report says of it."""

import random
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from bot.invented import invent
from flows.bands import MISSING
from flows.channel_report import Channel, channels
from flows.columns import Columns, encoded
from flows.contact_form import Form
from flows.counting import months
from flows.hiding import FEW
from flows.internal_report import internal
from flows.report import Cell, MeanAge, QuestionTable, Report, Share
from flows.told import Reader, Unanswered, told, told_answers, told_parts
from tests.flows.contacts import FORM, MONTH, Record, columns, contacts, counted_plainly, parts
from tests.flows.form_texts import VERSION_1, parsed
from tests.flows.made_reports import spring_to_autumn_2021
from tests.flows.subtraction import shown

SMALL_FORM = parsed(VERSION_1)
EVERYBODY_IS_ASKED = {"channel", "outcome", "wait_minutes"}

KEPT = {"outcome", "role", "county"}
"""Answers that others hang on, or that are filled in from them."""

Row = dict[str, int | None]


def reader(*some: list[Record]) -> Reader:
    return Reader.of(internal(FORM, columns(*some), first=MONTH, last=MONTH), FORM)


def rows_of(
    form: Form, report: Report, by_channel: Mapping[str, Channel]
) -> Iterator[tuple[str, Row]]:
    """Every row of every table whose group's size tells how many were asked."""
    for group, found in report.groups.items():
        for name, table in found.questions.items():
            is_asked = group != "all" or name in EVERYBODY_IS_ASKED
            yield group, row(form, name, table, found.n if is_asked else None)
    for code, channel in by_channel.items():
        for name, table in channel.questions.items():
            n = channel.n if name in EVERYBODY_IS_ASKED else None
            yield code, row(form, name, table, n)


def row(form: Form, name: str, table: QuestionTable, n: int | None) -> Row:
    answers: Row = {} if form.by_name[name].has_several else {
        f"={code}": cell.n for code, cell in table.answers.items()
    }  # fmt: skip
    missing = {"base": table.base, "unknown": table.unknown, "not_asked": table.not_asked}
    return {"n": n, **missing, **answers}


def follows(row: Row) -> dict[str, int]:
    """What somebody works out of a row who knows that it adds up, and that nobody is less."""
    found = dict(row)
    answers = [name for name in row if name.startswith("=")]
    for total, names in (("base", answers), ("n", ["base", "unknown", "not_asked"])) * 2:
        whole, hidden = found[total], [name for name in names if found[name] is None]
        rest = None if whole is None else whole - sum(found[name] or 0 for name in names)
        if rest is not None and hidden and (rest == 0 or len(hidden) == 1):
            found |= dict.fromkeys(hidden, rest)
    return {name: n for name, n in found.items() if n is not None and row[name] is None}


@cache
def invented(seed: int) -> tuple[list[Record], Columns, Report]:
    """Records of up to two years, and the report of them."""
    chance = random.Random(seed)
    period = months("2024-01", "2025-12")[: chance.choice((1, 2, 3, 6, 12, 24))]
    kept = chance.choice((1, 0.6, 0.3, 0.1))
    records = invent(SMALL_FORM, months=period, chance=chance, services=["one"])
    some = [_with_gaps(each, chance) for each in records if chance.random() < kept]
    counted = encoded(SMALL_FORM, some)
    return some, counted, internal(SMALL_FORM, counted, first=period[0], last=period[-1])


def _with_gaps(record: Record, chance: random.Random) -> Record:
    """Let a few more answers of each record be unknown or not asked for."""
    known = SMALL_FORM.by_name
    gaps = [name for name in record if "not_asked" in known[name].known and chance.random() < 0.02]
    missing = {name: chance.choice(MISSING) for name in gaps if name not in KEPT}
    return {**record, **missing}


@pytest.mark.parametrize("seed", range(12))
def test_nothing_hidden_in_a_row_follows_from_the_rest_of_it_but_that_it_is_nobody(
    seed: int,
) -> None:
    """But for the primary group, whose counts are hidden for those that they are made up of."""
    _, some, made = invented(seed)
    by_channel = channels(SMALL_FORM, some, first=made.first, last=made.last)
    for group, each in rows_of(SMALL_FORM, made, by_channel):
        found = [n for n in follows(each).values() if n]
        assert not found or (group == "primary_group" and min(found) >= FEW), (group, each)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_told_of_a_row_adds_up_and_holds_no_few(seed: int) -> None:
    _, _, made = invented(seed)
    known = Reader.of(made, SMALL_FORM)
    for group, found in made.groups.items():
        for name, table in found.questions.items():
            missing = known.unanswered(group, name)
            figures = (missing.unknown, missing.not_asked, missing.together)
            assert not [n for n in figures if n is not None and 0 < n < FEW]
            if missing.others is not None:
                assert found.n == (table.base or 0) + (missing.missing or 0) + missing.others


@pytest.mark.parametrize("seed", range(12))
def test_all_noughts_that_follow_are_added_to_a_report_and_nothing_else(seed: int) -> None:
    records, _, made = invented(seed)
    with_noughts = told(made, SMALL_FORM)
    before, after = shown(made, {}), shown(with_noughts, {})
    added = {var: n for var, n in after.items() if n != before[var]}
    assert added == dict.fromkeys(added, 0) == counted_plainly(records, added)
    for group, each in rows_of(SMALL_FORM, with_noughts, {}):
        assert 0 not in follows(each).values(), (group, each)


def test_a_question_that_nobody_was_asked_has_noughts_and_nothing_hidden() -> None:
    unasked = dict.fromkeys(("age", "violence", "sought_help", "children"), "not_asked")
    made = told(internal(FORM, columns(contacts(60, **unasked)), first=MONTH, last=MONTH), FORM)
    for group in (made.groups["all"], made.groups["used_violence"]):
        for name in unasked:
            table = group.questions[name]
            assert (table.base, table.unknown, table.not_asked) == (0, 0, 60)
            assert set(table.answers.values()) == {Cell(0, None)}
        assert group.mean_age == MeanAge(None, 0)
        assert group.has_children == group.never_sought_help == Share(0, 0, None)


def test_a_role_that_nobody_has_is_an_empty_group() -> None:
    found = internal(
        FORM, columns(contacts(60), contacts(3, role="public")), first=MONTH, last=MONTH
    )
    made = told(internal(FORM, columns(contacts(60)), first=MONTH, last=MONTH), FORM)
    assert (made.groups["public"].n, made.groups["public"].share) == (0, 0)
    assert made.groups["public"].questions["gender"].base == 0
    assert made.groups["unknown"].n == 0
    assert told(found, FORM).groups["public"].n is None


def test_a_share_is_nought_where_its_answers_are() -> None:
    made = told(
        internal(FORM, columns(contacts(60, sought_help="yes")), first=MONTH, last=MONTH), FORM
    )
    assert made.groups["used_violence"].never_sought_help == Share(0, 60, 0)


def test_that_nobody_was_left_unasked_is_said_where_it_follows() -> None:
    known = reader(contacts(60, gender=parts(man=50, unknown=10)))
    assert known.report.groups["all"].questions["gender"].not_asked is None
    assert known.unanswered("used_violence", "gender") == Unanswered(10, 0, None, 0)


def test_few_who_were_not_asked_do_not_follow_from_those_who_did_not_know() -> None:
    some = contacts(60, gender=parts(man=40, unknown=17, not_asked=3))
    known = reader(some)
    table = known.report.groups["used_violence"].questions["gender"]
    assert (table.base, table.unknown, table.not_asked) == (40, None, None)
    assert known.unanswered("used_violence", "gender") == Unanswered(None, None, 20, 0)


def test_few_without_an_answer_are_not_told_and_neither_is_who_was_not_concerned() -> None:
    left = contacts(20, outcome="left_queue", wait_minutes="6")
    known = reader(contacts(60, gender=parts(man=57, unknown=3)), left)
    assert known.unanswered("all", "gender") == Unanswered(None, None)


def test_those_whom_a_question_is_not_for_make_up_the_rest_of_all() -> None:
    left = contacts(20, outcome="left_queue", wait_minutes="6")
    silent = contacts(8, outcome="silent_or_misuse", wait_minutes="0")
    some = contacts(60, gender=parts(man=55, unknown=5)), contacts(12, role="public")
    known = reader(*some, left, silent)
    assert known.unanswered("all", "gender") == Unanswered(5, 0, None, 28)
    assert known.unanswered("all", "violence") == Unanswered(0, 0, None, 40)
    assert known.unanswered("all", "outcome").others == 0
    assert known.unanswered("used_violence", "gender").others == 0


def test_noughts_are_said_of_answers_where_the_others_are_the_whole_base() -> None:
    gender = FORM.by_name["gender"]
    table = QuestionTable(60, 0, 0, {"woman": Cell(None, None), "man": Cell(60, 100)})
    assert told_answers(gender, table)["woman"] == Cell(0, 0)
    unsure = QuestionTable(62, 0, 0, table.answers)
    assert told_answers(gender, unsure)["woman"] == Cell(None, None)
    several = FORM.by_name["violence"]
    some = QuestionTable(60, 0, 0, {"physical": Cell(60, 100), "sexual": Cell(None, None)})
    assert told_answers(several, some)["sexual"] == Cell(None, None)
    assert told_parts(20, [20, None]) == [20, 0]
    assert told_parts(None, [20, None]) == told_parts(22, [20, None]) == [20, None]


def test_nothing_follows_from_rounded_figures() -> None:
    made = spring_to_autumn_2021()
    public = Report(made.first, made.last, "public", made.contacts, made.per_month, made.groups)
    for name, table in public.groups["all"].questions.items():
        assert told(public, FORM) is public
        plain = Unanswered(table.unknown, table.not_asked)
        assert Reader.of(public, FORM).unanswered("all", name) == plain
