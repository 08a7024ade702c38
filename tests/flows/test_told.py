"""What a reader can add up in one row of an internal report, and what the report says of it."""

import random
from collections.abc import Iterator, Mapping

import pytest

from bot.invented import invent
from flows.bands import MISSING
from flows.channel_report import Channel, channels
from flows.columns import Columns, encoded
from flows.contact_form import Form
from flows.counting import months
from flows.hiding import FEW
from flows.internal_report import internal
from flows.report import Cell, QuestionTable, Report
from flows.told import Reader, Unanswered, told_answers, told_parts
from tests.flows.contacts import FORM, MONTH, Record, columns, contacts, parts
from tests.flows.form_texts import VERSION_1, parsed
from tests.flows.made_reports import spring_to_autumn_2021

SMALL_FORM = parsed(VERSION_1)
EVERYBODY_IS_ASKED = {"channel", "outcome", "wait_minutes"}

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


def invented(seed: int) -> tuple[Columns, str, str]:
    chance = random.Random(seed)
    period = months("2024-01", "2025-12")[: chance.choice((1, 2, 3, 6, 12, 24))]
    kept = chance.choice((1, 0.6, 0.3, 0.1))
    records = invent(SMALL_FORM, months=period, chance=chance, services=["one"])
    some = [_with_gaps(each, chance) for each in records if chance.random() < kept]
    return encoded(SMALL_FORM, some), period[0], period[-1]


def _with_gaps(record: Record, chance: random.Random) -> Record:
    """Let a few more answers of each record be unknown or not asked for."""
    known = SMALL_FORM.by_name
    gaps = [name for name in record if "not_asked" in known[name].known and chance.random() < 0.02]
    missing = {name: chance.choice(MISSING) for name in gaps if name not in {"outcome", "role"}}
    return {**record, **missing}


@pytest.mark.parametrize("seed", range(12))
def test_nothing_hidden_in_a_row_follows_from_the_rest_of_it_but_that_it_is_nobody(
    seed: int,
) -> None:
    """But for the primary group, whose counts are hidden for those that they are made up of."""
    some, first, last = invented(seed)
    made = internal(SMALL_FORM, some, first=first, last=last)
    by_channel = channels(SMALL_FORM, some, first=first, last=last)
    for group, each in rows_of(SMALL_FORM, made, by_channel):
        told = [n for n in follows(each).values() if n]
        assert not told or (group == "primary_group" and min(told) >= FEW), (group, each)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_told_of_a_row_adds_up_and_holds_no_few(seed: int) -> None:
    some, first, last = invented(seed)
    made = internal(SMALL_FORM, some, first=first, last=last)
    told = Reader.of(made, SMALL_FORM)
    for group, found in made.groups.items():
        for name, table in found.questions.items():
            missing = told.unanswered(group, name)
            figures = (missing.unknown, missing.not_asked, missing.together)
            assert not [n for n in figures if n is not None and 0 < n < FEW]
            if missing.others is not None:
                assert found.n == (table.base or 0) + (missing.missing or 0) + missing.others


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
        plain = Unanswered(table.unknown, table.not_asked)
        assert Reader.of(public, FORM).unanswered("all", name) == plain
