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
    shown_and_all,
    too_few,
)
from tests.campaigns.years import form, pool_rows, year

pytestmark = pytest.mark.campaign

Shown = Callable[[int], int | None]


@cache
def columns(seed: int, volume: float, shape: str) -> Columns:
    return year(np.random.default_rng(seed), volume=volume, shape=shape)


@pytest.mark.parametrize(
    ("seed", "volume", "shape"),
    [(1, 0.3, "one month"), (3, 1, "one role"), (4, 3, "one county")],
)
def test_nobody_can_work_out_a_hidden_count(seed: int, volume: float, shape: str) -> None:
    everything = released(form(), columns(seed, volume, shape))
    assert attacked(form(), everything) == []


def test_most_answers_of_an_ordinary_year_are_in_cells_that_are_shown() -> None:
    shown = shown_and_all(released(form(), columns(2, 1, "ordinary"))).values()
    assert sum(n for n, _ in shown) >= 0.95 * sum(every for _, every in shown)


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
    return replace(found, year=with_all(found.year, whole, rounded))


def small_answers_crossed(found: Releases) -> Releases:
    group = found.year.groups["used_violence"]
    tables = {
        name: careless(group.questions[name], found.used.tables[name], rounded)
        for name in ("county", "heard_via")
    }
    both = dict.fromkeys(("used_violence", "uses_violence"), with_tables(group, tables))
    return replace(found, year=replace(found.year, groups={**found.year.groups, **both}))


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


def kinds(found: Releases) -> set[str]:
    return {kind for kind, _ in attacked(form(), found)}


def test_the_attack_finds_nothing_where_every_rule_is_kept() -> None:
    assert kinds(small_year()) == set()


def test_the_attack_finds_small_counts_that_are_printed() -> None:
    assert list(too_few(everything_shown(small_year())))


def test_the_attack_finds_what_follows_when_nothing_is_hidden_beside_the_few() -> None:
    assert "subtraction" in kinds(nothing_hidden_beside(small_year()))


def test_the_attack_finds_what_a_year_of_its_own_tells_about_its_quarters() -> None:
    assert "differencing" in kinds(a_year_counted_anew(small_year()))


def test_the_attack_finds_what_small_crossed_answers_tell() -> None:
    assert list(too_few(small_year())) == []
    assert list(too_few(small_answers_crossed(small_year())))


def test_the_attack_finds_a_table_in_which_all_are_alike() -> None:
    assert list(alike(small_year())) == []
    assert list(alike(all_alike(small_year())))
