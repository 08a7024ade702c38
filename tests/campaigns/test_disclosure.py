"""Attacks on everything that is published about a year, and on releases that break a rule."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from flows.columns import Columns
from flows.counting import Counted
from flows.public_report import public
from flows.report import Cell, Group, QuestionTable, Report
from tests.campaigns.attackers import CROWD, FEW, Truth
from tests.campaigns.disclosure import (
    Releases,
    alike,
    attacked,
    released,
    too_few,
)
from tests.campaigns.disclosure_kept import Kept, kept_of
from tests.campaigns.years import form, of_one_age, pool_rows, year

pytestmark = pytest.mark.campaign

Shown = Callable[[int], int | None]


@cache
def columns(seed: int, volume: float, shape: str) -> Columns:
    return year(np.random.default_rng(seed), volume=volume, shape=shape)


@cache
def releases(seed: int, volume: float, shape: str) -> Releases:
    return released(form(), columns(seed, volume, shape))


@pytest.mark.parametrize(
    ("seed", "volume", "shape"),
    [
        (1, 0.3, "one month"),
        (100, 0.3, "ordinary"),
        (101, 0.3, "one role"),
        (519, 0.3, "one month"),  # of the few who wrote, five waited alike
        (3, 1, "one role"),
        (4, 3, "one county"),
    ],
)
def test_nobody_can_work_out_a_hidden_count(seed: int, volume: float, shape: str) -> None:
    assert attacked(form(), releases(seed, volume, shape)) == []


def test_nearly_all_records_of_a_small_lopsided_year_are_counted() -> None:
    lopsided = 101, 0.3, "one role"
    kept = sum(kept_of(form(), columns(*lopsided), releases(*lopsided)).values(), Kept())
    assert kept.records_counted >= 0.95 * kept.records


def test_of_a_quarter_with_too_few_contacts_and_of_its_year_nothing_is_released() -> None:
    found = released(form(), columns(627, 0.3, "one month"))
    assert [each.first for each in found.quarters] == ["2026-01", "2026-07", "2026-10"]
    assert found.year is None
    assert attacked(form(), found) == []


def test_most_answers_and_records_of_an_ordinary_year_are_in_what_is_printed() -> None:
    some = columns(2, 1, "ordinary")
    kept = sum(kept_of(form(), some, released(form(), some)).values(), Kept())
    assert kept.answers_shown >= 0.95 * kept.answers
    assert min(kept.records_seen, kept.records_counted) >= 0.95 * kept.records


def test_the_order_of_the_records_is_in_no_release() -> None:
    before = columns(2, 1, "ordinary")
    after = pool_rows(before, np.random.default_rng(5).permutation(before.n))
    for last in ("2026-03", "2026-12"):
        assert public(form(), before, first="2026-01", last=last) == public(
            form(), after, first="2026-01", last=last
        )


def careless(table: QuestionTable, truth: Counted, shown: Shown) -> QuestionTable:
    """Print each answer by a rule of its own, whatever else is printed."""
    return replace(
        table,
        base=shown(truth.base + sum(n for n in (truth.unknown, truth.not_asked) if n < FEW)),
        answers={code: Cell(shown(n), None) for code, n in truth.answers.items()},
    )


def with_tables(group: Group, tables: Mapping[str, QuestionTable]) -> Group:
    return replace(group, questions={**group.questions, **tables})


def with_all(report: Report, truth: Truth, shown: Shown) -> Report:
    group = report.groups["all"]
    tables = {
        name: careless(table, truth.tables[name], shown) for name, table in group.questions.items()
    }
    return replace(report, groups={**report.groups, "all": with_tables(group, tables)})


def rounded(n: int) -> int | None:
    return 5 * ((n + 2) // 5) if n >= FEW else None


def everything_shown(found: Releases) -> Releases:
    return with_quarters(found, lambda n: 5 * ((n + 2) // 5))


def nothing_hidden_beside(found: Releases) -> Releases:
    return with_quarters(found, rounded)


def with_quarters(found: Releases, shown: Shown) -> Releases:
    pairs = zip(found.quarters, found.truths, strict=True)
    return replace(found, quarters=tuple(with_all(*pair, shown) for pair in pairs))


def a_year_counted_anew(found: Releases) -> Releases:
    tables = {
        name: Counted(
            sum(each.tables[name].base for each in found.truths),
            sum(each.tables[name].unknown for each in found.truths),
            sum(each.tables[name].not_asked for each in found.truths),
            {
                code: sum(each.tables[name].answers[code] for each in found.truths)
                for code in table.answers
            },
            {},
        )
        for name, table in found.truths[0].tables.items()
    }
    whole = Truth("year", 0, tables)
    return replace(found, year=with_all(year_of(found), whole, rounded))


def small_answers_crossed(found: Releases) -> Releases:
    group = year_of(found).groups["used_violence"]
    tables = {
        name: careless(group.questions[name], found.used.tables[name], rounded)
        for name in ("county", "heard_via")
    }
    both = dict.fromkeys(("used_violence", "uses_violence"), with_tables(group, tables))
    return replace(found, year=replace(year_of(found), groups={**year_of(found).groups, **both}))


def year_of(found: Releases) -> Report:
    assert found.year
    return found.year


def every_mean_printed(found: Releases) -> Releases:
    pairs = zip(found.quarters, found.truths, strict=True)
    return replace(found, quarters=tuple(with_mean(*pair) for pair in pairs))


def with_mean(report: Report, truth: Truth) -> Report:
    group = report.groups["all"]
    mean = round(sum(truth.years.values()) / truth.tables["age"].base)
    told = replace(group, mean_age=replace(group.mean_age, value=float(mean)))
    return replace(report, groups={**report.groups, "all": told})


def all_alike(found: Releases) -> Releases:
    """Say that (nearly) everybody lives with children, and print the table all the same."""
    truth, report = found.truths[0], found.quarters[0]
    answers = dict.fromkeys(truth.tables["children"].answers, 0) | {"living_with": CROWD * 10}
    alike = replace(truth.tables["children"], base=CROWD * 10, answers=answers)
    truth = replace(truth, tables={**truth.tables, "children": alike})
    group = report.groups["all"]
    table = careless(group.questions["children"], alike, rounded)
    report = replace(
        report, groups={**report.groups, "all": with_tables(group, {"children": table})}
    )
    return replace(found, truths=(truth, *found.truths[1:]), quarters=(report, *found.quarters[1:]))


@cache
def small_year() -> Releases:
    return released(form(), columns(8, 0.3, "ordinary"))


@cache
def year_of_the_same_age(age: int) -> Releases:
    some = columns(8, 0.3, "ordinary")
    return released(form(), of_one_age(some, age, chance=np.random.default_rng(1)))


def kinds(found: Releases) -> set[str]:
    return {kind for kind, _ in attacked(form(), found)}


def test_the_attack_finds_nothing_where_every_rule_is_kept() -> None:
    assert kinds(small_year()) == set()


def test_of_a_small_year_no_more_is_hidden_than_has_to_be() -> None:
    kept = sum(kept_of(form(), columns(8, 0.3, "ordinary"), small_year()).values(), Kept())
    assert min(kept.records_seen, kept.records_counted) >= 0.9 * kept.records
    assert kept.answers_shown >= 0.9 * kept.answers


def test_the_attack_finds_small_counts_that_are_printed() -> None:
    assert list(too_few(everything_shown(small_year())))


def test_the_attack_finds_what_follows_when_nothing_is_hidden_beside_the_few() -> None:
    assert "subtraction" in kinds(nothing_hidden_beside(small_year()))


def test_the_attack_finds_what_a_year_of_its_own_tells_about_its_quarters() -> None:
    assert "differencing" in kinds(a_year_counted_anew(small_year()))


def test_the_attack_finds_what_small_crossed_answers_tell() -> None:
    assert list(too_few(small_year())) == []
    assert list(too_few(small_answers_crossed(small_year())))


def test_the_attack_finds_what_a_mean_age_tells_where_most_are_at_the_edge_of_a_band() -> None:
    assert "subtraction" in kinds(every_mean_printed(year_of_the_same_age(35)))


@pytest.mark.parametrize("age", [18, 35])
def test_no_mean_age_tells_how_few_are_in_another_band(age: int) -> None:
    assert kinds(year_of_the_same_age(age)) == set()


def test_the_attack_finds_a_table_in_which_all_are_alike() -> None:
    assert list(alike(small_year())) == []
    assert list(alike(all_alike(small_year())))
