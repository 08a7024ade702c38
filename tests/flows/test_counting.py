import random

import pytest

from bot.invented import invent
from flows.bands import labels
from flows.counting import (
    Ages,
    Counted,
    ages_by,
    counted,
    counted_by,
    groups,
    members,
    months,
    per_month,
    percent,
    sizes_by,
    statistical,
)
from tests.flows.contacts import FORM, Record, columns, contacts, parts


def count(question: str, *some: list[Record]) -> Counted:
    return counted(FORM, columns(*some), question)


def test_the_base_is_those_whose_answer_is_known() -> None:
    found = count("gender", contacts(10, gender=parts(woman=2, man=4, unknown=3, not_asked=1)))
    assert (found.base, found.unknown, found.not_asked, found.relevant) == (6, 3, 1, 10)
    assert found.answers == {"woman": 2, "man": 4, "other": 0}


def test_each_of_several_answers_counts_and_each_person_is_in_the_base_once() -> None:
    found = count("violence", contacts(4, violence=["physical|digital", "physical", "unknown"]))
    assert (found.base, found.unknown) == (3, 1)
    assert (found.answers["physical"], found.answers["digital"]) == (3, 2)


def test_who_was_not_asked_because_it_was_not_relevant_counts_nowhere() -> None:
    found = count("profession", contacts(9), contacts(3, role="professional"))
    assert (found.relevant, found.answers["other"]) == (3, 3)


@pytest.mark.parametrize(
    ("question", "cells", "code"),
    [
        ("age", ("15", "17"), "15-17"),
        ("age", ("18", "34"), "18-34"),
        ("age", ("35", "54"), "35-54"),
        ("age", ("55", "110"), "55+"),
        ("wait_minutes", ("0", "4"), "0-4"),
        ("wait_minutes", ("5", "14"), "5-14"),
        ("talk_minutes", ("15", "29"), "15-29"),
        ("talk_minutes", ("30", "59"), "30-59"),
        ("talk_minutes", ("60", "1440"), "60+"),
        ("language", ("sv", "sv-FI"), "sv"),
        ("language", ("de", "sma"), "other"),
    ],
)
def test_numbers_and_languages_are_counted_in_bands(
    question: str, cells: tuple[str, str], code: str
) -> None:
    found = count(question, contacts(2, **{question: cells}))
    assert {row: n for row, n in found.answers.items() if n} == {code: 2}
    assert labels(FORM.by_name[question])[code]


def test_referred_to_treatment_is_at_least_one_of_six_places() -> None:
    answers = ["none", "emergency", "preventell|none", "psychiatry|victim_support", "unknown"]
    found = count("referred_to", contacts(5, referred_to=answers))
    assert found.base == 4
    assert found.shares == {"referred_to_treatment": 2, "referred_anywhere": 2}
    assert count("referred_to", contacts(3, referred_to="emergency")).shares == {
        "referred_to_treatment": 0,
        "referred_anywhere": 3,
    }


def test_an_expected_child_is_a_child() -> None:
    children = parts(living_with=1, not_living_with=2, expecting=3, none=4, unknown=5)
    found = count("children", contacts(15, children=children))
    assert (found.shares["has_children"], found.base) == (6, 10)


def test_never_sought_help_is_no_out_of_yes_and_no() -> None:
    found = count("sought_help", contacts(9, sought_help=parts(yes=2, no=4, not_asked=3)))
    assert (found.shares["never_sought_help"], found.base) == (4, 6)


def test_the_mean_age_is_of_known_ages_with_one_decimal_rounded_half_up() -> None:
    some = columns(contacts(4, age=["20", "21", "unknown", "not_asked"]))
    ages = ages_by(some, by="role", rows=members(FORM))
    assert ages["used_violence"] == Ages(41, 2)
    assert ages["used_violence"].mean == 20.5
    assert [Ages(years, 20).mean for years in (601, 600, 599)] == [30.1, 30.0, 30.0]
    assert ages["exposed"] == Ages(0, 0)


@pytest.mark.parametrize(
    ("n", "base", "whole"), [(1, 8, 13), (1, 200, 1), (1, 201, 0), (153, 331, 46), (5, 5, 100)]
)
def test_percentages_are_whole_and_rounded_half_up(n: int, base: int, whole: int) -> None:
    assert percent(n, base) == whole


def test_the_primary_group_is_those_who_used_violence_and_those_at_risk() -> None:
    some = columns(contacts(3), contacts(2, role="risks_violence"), contacts(4, role="public"))
    masks = groups(FORM, some)
    roles = [code.code for code in FORM.by_name["role"].codes]
    assert list(masks) == ["all", "used_violence", "primary_group", *roles]
    found = {name: int(mask.sum()) for name, mask in masks.items() if mask.any()}
    assert found == {
        "all": 9,
        "used_violence": 3,
        "primary_group": 5,
        "uses_violence": 3,
        "risks_violence": 2,
        "public": 4,
    }
    assert sizes_by(some, by="role", rows=members(FORM)) == dict.fromkeys(masks, 0) | found


def test_counting_all_groups_at_once_gives_what_counting_each_gives() -> None:
    period = months("2025-01", "2025-06")
    invented = invent(FORM, months=period, chance=random.Random(3), services=["one"])
    some = columns(invented)
    masks = groups(FORM, some)
    for question in statistical(FORM):
        at_once = counted_by(FORM, some, question.name, by="role", rows=members(FORM))
        each = {name: counted(FORM, some, question.name, mask) for name, mask in masks.items()}
        assert at_once == each


def test_every_month_of_a_period_is_counted_also_an_empty_one() -> None:
    some = columns(contacts(3, period=["2025-12", "2026-02"]), contacts(2, period="2026-03"))
    assert per_month(some, first="2025-12", last="2026-02") == {
        "2025-12": 2,
        "2026-01": 0,
        "2026-02": 1,
    }


def test_a_code_that_is_offered_no_longer_keeps_its_row() -> None:
    gender = FORM.by_name["gender"]
    codes = tuple(
        code.model_copy(update={"retired": code.code == "other"}) for code in gender.codes
    )
    assert list(labels(gender.model_copy(update={"codes": codes}))) == ["woman", "man", "other"]
