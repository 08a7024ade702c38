import random
from dataclasses import replace

import pytest

from bot.invented import invent
from flows.bands import MISSING
from flows.channel_report import channels
from flows.columns import encoded
from flows.comparison import change, counties
from flows.counting import counted, months
from flows.internal_report import find, internal
from flows.report import Cell, Group, MeanAge, QuestionTable, Report, Share, as_json
from tests.flows.contacts import (
    COUNTIES,
    FORM,
    MONTH,
    Record,
    columns,
    contacts,
    counted_plainly,
    parts,
)
from tests.flows.form_texts import VERSION_1, parsed
from tests.flows.subtraction import NOBODY, shown, silent_in, worked_out

FEW = 5


def report(*some: list[Record], first: str = MONTH, last: str = MONTH) -> Report:
    return internal(FORM, columns(*some), first=first, last=last)


def used_violence(made: Report) -> Group:
    return made.groups["used_violence"]


def in_percent(table: QuestionTable, code: str) -> int | None:
    return table.answers[code].percent


def monthly(first: str, last: str) -> list[str]:
    return list(months(first, last))


def test_the_first_ten_months_of_2019_print_their_published_figures() -> None:
    period = monthly("2019-02", "2019-11")
    used = contacts(
        253,
        period=period,
        gender=parts(woman=51, man=202),
        age=["27", "37", "47"],
        children=parts(living_with=80, not_living_with=40, expecting=7, none=126),
        sought_help=parts(no=127, yes=126),
        referred_to=parts(municipal_violence_service=150, crisis_centre_men=65, none=38),
    )
    others = contacts(252, period=period, role=parts(exposed=90, relative=90, professional=72))
    made = report(used, others, first="2019-02", last="2019-11")
    group = used_violence(made)
    assert made.contacts == 505
    assert [each.n for each in made.per_month] == [52, 52, 51, 50, 50, 50, 50, 50, 50, 50]
    assert group.share == 50
    assert in_percent(group.questions["gender"], "woman") == 20
    assert group.mean_age == MeanAge(37.0, 253)
    assert group.has_children == Share(127, 253, 50)
    assert group.referred_to_treatment == Share(215, 253, 85)
    assert group.never_sought_help == Share(127, 253, 50)


def test_the_months_to_september_2020_print_their_published_figures() -> None:
    period = monthly("2019-02", "2020-09")
    violence = ["psychological|physical"] * 150 + ["psychological"] * 201 + ["physical"] * 33
    used = contacts(
        445,
        period=period,
        gender=parts(woman=111, man=334),
        violence=[*violence, *parts(economic=61)],
    )
    others = contacts(490, period=period, role=parts(exposed=200, relative=200, professional=90))
    made = report(used, others, first="2019-02", last="2020-09")
    kinds = used_violence(made).questions["violence"]
    assert made.contacts == 935
    assert used_violence(made).n == 445
    assert (kinds.base, in_percent(kinds, "psychological"), in_percent(kinds, "physical")) == (
        445, 79, 41,
    )  # fmt: skip
    assert in_percent(used_violence(made).questions["gender"], "woman") == 25


def test_the_year_2021_prints_its_published_figures() -> None:
    period = monthly("2021-03", "2021-11")
    all_but_one = COUNTIES[:-1]
    used = contacts(
        153,
        period=period,
        county=all_but_one,
        gender=parts(man=125, woman=28),
        sought_help=parts(no=119, yes=34),
        exposed_person=["partner"] * 101 + ["partner|child"] * 37 + ["parent"] * 15,
    )
    others = contacts(
        178, period=period, county=all_but_one, role=parts(exposed=60, relative=60, professional=58)
    )
    made = report(used, others, first="2021-03", last="2021-11")
    group = used_violence(made)
    assert made.contacts == 331
    assert (group.n, group.share) == (153, 46)
    assert group.questions["gender"].base == 153
    assert group.questions["gender"].answers == {
        "woman": Cell(28, 18), "man": Cell(125, 82), "other": Cell(None, None),
    }  # fmt: skip
    assert group.never_sought_help == Share(119, 153, 78)
    assert in_percent(group.questions["exposed_person"], "partner") == 90
    assert in_percent(group.questions["exposed_person"], "child") == 24
    hidden = [code for code, cell in counties(made).items() if cell.n is None]
    assert hidden == [COUNTIES[-1]]


def test_the_year_2023_prints_its_growth() -> None:
    before = contacts(718, period=monthly("2022-01", "2022-12"))
    now = contacts(858, period=monthly("2023-01", "2023-12"))
    both = columns(before, now)
    of_2022 = internal(FORM, both, first="2022-01", last="2022-12").contacts
    of_2023 = internal(FORM, both, first="2023-01", last="2023-12").contacts
    assert (of_2023, change(of_2023, of_2022)) == (858, 19.5)


def test_nothing_under_five_is_ever_shown_and_what_is_shown_is_right() -> None:
    for seed in (0, 1, 7):
        records, made, seen = years(seed)
        there = {var: n for var, n in seen.items() if n is not None and var[0] != "years"}
        assert there == counted_plainly(records, there), made.first
        assert all(n >= FEW for n in there.values())


def test_nobody_can_add_and_subtract_their_way_to_a_hidden_number_of_one_to_four() -> None:
    for seed in (*range(8), 34):
        records, _, seen = years(seed)
        found = worked_out(SMALL_FORM, seen, silent_in(records))
        told = (var for var in found if var[-1] != NOBODY and var[0] not in MISSING)
        counts = counted_plainly(records, told)
        assert [var for var, n in counts.items() if 1 <= n < FEW] == [], seed


def test_the_one_who_subtracts_would_find_a_number_that_was_left_alone() -> None:
    some = contacts(40, gender=parts(man=30, woman=7, other=3))
    seen = shown(report(some), {})
    assert seen["=woman", "gender", "all"] is None
    for group in ("all", "used_violence", "uses_violence"):
        seen["=woman", "gender", group] = 7
    assert ("=other", "gender", "all") in worked_out(FORM, seen, {})


SMALL_FORM = parsed(VERSION_1)
"""With two counties only, so that the equations are soon solved."""


def years(seed: int) -> tuple[list[Record], Report, dict[tuple[str, ...], float | None]]:
    """Invent up to two years at up to the real volume, and say all that can be seen of them."""
    chance = random.Random(seed)
    period = months("2024-01", "2025-12")[: chance.choice((1, 1, 2, 3, 6, 12))]
    kept = chance.choice((1, 0.6, 0.3, 0.1))
    invented = invent(SMALL_FORM, months=period, chance=chance, services=["one"])
    records = [record for record in invented if chance.random() < kept]
    some, first, last = encoded(SMALL_FORM, records), period[0], period[-1]
    made = internal(SMALL_FORM, some, first=first, last=last)
    return records, made, shown(made, channels(SMALL_FORM, some, first=first, last=last))


def test_an_answer_that_nobody_gave_takes_no_other_with_it() -> None:
    gender = (
        report(contacts(153, gender=parts(man=125, woman=28))).groups["all"].questions["gender"]
    )
    assert gender.answers["woman"] == Cell(28, 18)
    assert gender.answers["man"] == Cell(125, 82)
    assert gender == QuestionTable(153, None, None, gender.answers)


def test_an_answer_that_few_gave_takes_the_smallest_other_with_it() -> None:
    made = report(contacts(160, gender=parts(man=125, woman=32, other=3)))
    for name in ("all", "used_violence", "uses_violence", "primary_group"):
        gender = made.groups[name].questions["gender"]
        assert gender.answers == {
            "woman": Cell(None, None), "man": Cell(125, 78), "other": Cell(None, None),
        }  # fmt: skip


def test_few_without_an_answer_are_hidden_and_hide_nothing_else() -> None:
    gender = report(contacts(100, gender=parts(man=67, woman=30, unknown=3))).groups["all"]
    table = gender.questions["gender"]
    assert (table.base, table.unknown, table.not_asked) == (97, None, None)
    assert table.answers["man"] == Cell(67, 69)


def test_few_who_were_not_asked_take_those_who_did_not_know_with_them() -> None:
    made = report(contacts(100, gender=parts(man=70, unknown=27, not_asked=3)))
    for name in ("all", "used_violence", "primary_group"):
        table = made.groups[name].questions["gender"]
        assert (table.base, table.unknown, table.not_asked) == (70, None, None)
    nobody = report(contacts(100, gender=parts(man=70, unknown=30))).groups["all"]
    assert nobody.questions["gender"].unknown == 30


def test_looking_at_some_questions_alone_hides_what_looking_at_all_does() -> None:
    chance = random.Random(11)
    period = months("2025-01", "2025-02")
    some = encoded(FORM, invent(FORM, months=period, chance=chance, services=["one"]))
    whole = find(FORM, some, first=period[0], last=period[-1])
    part = find(FORM, some, first=period[0], last=period[-1], only={"channel", "helped"})
    assert part.hidden == whole.hidden
    assert part.contacts == whole.contacts
    assert part.seen == {name: whole.seen[name] for name in ("channel", "helped")}


def test_few_whose_role_is_unknown_leave_the_other_roles_their_base() -> None:
    made = report(contacts(60), contacts(30, role="exposed"), contacts(3, role="unknown"))
    roles = made.groups["all"].questions["role"]
    assert (roles.base, roles.unknown) == (90, None)
    assert roles.answers["uses_violence"] == Cell(60, 67)
    assert made.groups["unknown"].n is None


def test_what_is_said_of_everybody_is_kept_longest() -> None:
    """In a year every county shows, though most roles have few or nobody in most of them."""
    period = months("2025-01", "2025-12")
    invented = invent(FORM, months=period, chance=random.Random(2), services=["one"])
    some = encoded(FORM, invented)
    made = internal(FORM, some, first=period[0], last=period[-1]).groups["all"]
    every = counted(FORM, some, "county").answers
    seen = {code: cell.n for code, cell in made.questions["county"].answers.items()}
    assert min(every.values()) >= FEW
    assert seen == every


def test_a_base_of_few_is_not_told_by_those_without_an_answer() -> None:
    asked = contacts(20, role="exposed", gender=parts(man=3, unknown=10, not_asked=7))
    table = report(contacts(60), asked).groups["exposed"].questions["gender"]
    assert table.base is None
    assert None in {table.unknown, table.not_asked}


def test_of_a_group_whose_size_is_hidden_nothing_is_shown() -> None:
    some = contacts(60), contacts(20, role="exposed"), contacts(7, role="public")
    made = report(*some, contacts(3, role="other"))
    for name in ("public", "other"):
        group = made.groups[name]
        assert (group.n, group.share, group.mean_age) == (None, None, MeanAge(None, None))
        assert {table.base for table in group.questions.values()} == {None}
    assert made.groups["all"].questions["role"].answers["public"].n is None
    assert made.groups["exposed"].n == 20


def test_how_many_were_asked_does_not_tell_how_few_were_interrupted() -> None:
    used = contacts(18, outcome=parts(completed=17, interrupted=1))
    exposed = contacts(9, role="exposed", outcome=parts(completed=8, interrupted=1))
    few = parts(relative=3, risks_violence=3, unknown=2, other=1)
    left = contacts(5, outcome="left_queue", wait_minutes="3")
    made = report(used, exposed, contacts(9, role=few), left)
    questions = made.groups["all"].questions
    assert questions["helped"].base == 36
    assert questions["outcome"].answers["completed"].n is None
    assert questions["outcome"].answers["interrupted"].n is None


def test_how_many_were_asked_does_not_tell_how_few_were_not() -> None:
    used = contacts(60, violence=parts(psychological=40, unknown=12, not_asked=8))
    exposed = contacts(20, role="exposed", violence=parts(psychological=10, unknown=5, not_asked=5))
    made = report(used, exposed, contacts(3, role="public"))
    table = made.groups["all"].questions["violence"]
    assert made.contacts == 83
    assert None in {table.base, table.unknown, table.not_asked}


def test_a_month_of_few_cannot_be_worked_out_from_the_other_months() -> None:
    period = [*["2026-01"] * 20, *["2026-02"] * 9, *["2026-03"] * 3]
    made = report(contacts(32, period=period), last="2026-03")
    assert made.contacts == 32
    assert [each.n for each in made.per_month] == [20, None, None]


def test_five_are_not_few() -> None:
    made = report(contacts(60), contacts(5, role="exposed"), last="2026-02")
    assert made.groups["exposed"].n == 5
    assert made.groups["all"].questions["role"].answers["exposed"] == Cell(5, 8)
    assert report(contacts(5)).contacts == 5


def test_those_at_risk_do_not_hide_those_who_used_violence() -> None:
    made = report(contacts(60), contacts(4, role="risks_violence"), contacts(30, role="exposed"))
    assert used_violence(made).n == 60
    assert made.groups["primary_group"].n is None
    assert made.groups["risks_violence"].n is None


def test_where_nobody_is_at_risk_the_primary_group_is_those_who_used_violence() -> None:
    made = report(contacts(60), contacts(30, role="exposed"))
    assert made.groups["primary_group"] == made.groups["used_violence"]
    assert made.groups["used_violence"] == made.groups["uses_violence"]


def test_a_mean_age_is_shown_only_with_the_number_it_is_of() -> None:
    young = contacts(20, role="exposed", age=["20"] * 4 + ["unknown"] * 16)
    made = report(contacts(60, age="40"), young, contacts(20, role="relative", age="60"))
    assert made.groups["exposed"].mean_age == MeanAge(None, None)
    assert made.groups["exposed"].questions["age"].base is None
    assert MeanAge(None, None) in {made.groups[name].mean_age for name in ("all", "relative")}


def test_a_question_counts_only_where_it_was_relevant() -> None:
    left = contacts(20, outcome="left_queue", wait_minutes="6")
    made = report(contacts(30), contacts(10, role="public"), left)
    questions = made.groups["all"].questions
    assert (made.contacts, questions["outcome"].base, questions["wait_minutes"].base) == (
        60,
        60,
        60,
    )
    assert questions["gender"].base == 40
    assert questions["violence"].base == 30
    assert made.groups["public"].questions["violence"].base is None


def test_other_months_do_not_count_and_empty_ones_stand_there() -> None:
    some = contacts(12, period=["2026-01", "2026-03"]), contacts(9, period="2026-04")
    made = report(*some, first="2026-01", last="2026-03")
    assert made.contacts == 12
    assert [(each.month, each.n) for each in made.per_month] == [
        ("2026-01", 6), ("2026-02", None), ("2026-03", 6),
    ]  # fmt: skip


@pytest.mark.parametrize("n", [0, 4])
def test_of_fewer_than_five_contacts_nothing_is_told(n: int) -> None:
    made = report(contacts(n))
    assert set(shown(made, {}).values()) == {None}


def test_the_document_has_the_groups_of_the_interface_in_their_order() -> None:
    document = as_json(report(contacts(10)))
    roles = [code.code for code in FORM.by_name["role"].codes]
    assert list(document["groups"]) == ["all", "used_violence", "primary_group", *roles]
    assert document["groups"]["all"]["questions"]["gender"]["answers"]["man"] == {
        "n": 10, "percent": 100,
    }  # fmt: skip
    assert document["period"] == {"from": MONTH, "to": MONTH}


def test_the_same_records_in_another_order_make_the_same_report() -> None:
    some = [*contacts(20), *contacts(9, role="exposed"), *contacts(3, role="other", gender="woman")]
    assert report(some) == report(some[::-1])
    assert replace(report(some), first="x") != report(some)
