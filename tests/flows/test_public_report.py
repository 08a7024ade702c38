import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

import pytest

from bot.invented import invent
from bot.resources import read_form
from flows.columns import Columns, encoded
from flows.counting import counted, groups, percent
from flows.public_report import public
from flows.public_rules import BASE_OF_PERCENT, rounded
from flows.questions import Form
from flows.report import MeanAge, QuestionTable, Report

MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
QUARTERS = [(f"2026-{first:02}", f"2026-{first + 2:02}") for first in (1, 4, 7, 10)]


@cache
def form() -> Form:
    return read_form()


@cache
def invented() -> Columns:
    records = invent(form(), months=MONTHS, chance=random.Random(4), services=["service"])
    return encoded(form(), records)


@cache
def report(first: str = "2026-01", last: str = "2026-12") -> Report:
    return public(form(), invented(), first=first, last=last)


def contact(**answers: str) -> dict[str, str]:
    return {
        "period": "2026-02",
        "channel": "phone",
        "outcome": "completed",
        "role": "uses_violence",
        **answers,
    }


def quarter(records: Sequence[dict[str, str]]) -> Report:
    return public(form(), encoded(form(), records), first="2026-01", last="2026-03")


def answers(table: QuestionTable) -> dict[str, int | None]:
    return {code: cell.n for code, cell in table.answers.items()}


def numbers(document: Any, *, named: str) -> Iterator[int]:
    """Every number in a document under a key of this name."""
    if isinstance(document, dict):
        for key, each in document.items():
            if key == named and isinstance(each, int):
                yield each
            yield from numbers(each, named=named)
    elif isinstance(document, list | tuple):
        for each in document:
            yield from numbers(each, named=named)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01", "2026-02"),
        ("2026-02", "2026-04"),
        ("2026-01", "2026-06"),
        ("2025-10", "2026-09"),
        ("2026-03", "2026-01"),
        ("january", "march"),
    ],
)
def test_only_calendar_quarters_and_years_are_released(first: str, last: str) -> None:
    with pytest.raises(ValueError, match="a calendar quarter or year"):
        public(form(), invented(), first=first, last=last)


@pytest.mark.parametrize("span", [*QUARTERS, ("2026-01", "2026-12")])
def test_every_count_is_a_multiple_of_five_and_never_nought(span: tuple[str, str]) -> None:
    document = asdict(report(*span))
    for name in ("n", "base", "unknown", "not_asked", "contacts"):
        found = list(numbers(document, named=name))
        assert found
        assert all(n >= 5 and n % 5 == 0 for n in found)


def test_a_quarter_is_rounded_to_the_nearest_five() -> None:
    records = [contact(gender="man")] * 93 + [contact(gender="woman")] * 62
    found = quarter(records)
    assert found.contacts == 155
    assert answers(found.groups["all"].questions["gender"])["man"] == 95
    assert [month.n for month in found.per_month] == [None, 155, None]
    assert [rounded(n) for n in (5, 7, 8, 12, 13)] == [5, 5, 10, 10, 15]


@pytest.mark.parametrize("span", [*QUARTERS, ("2026-01", "2026-12")])
def test_percentages_come_from_what_is_printed_and_need_a_base(span: tuple[str, str]) -> None:
    for group in report(*span).groups.values():
        for table in group.questions.values():
            for cell in table.answers.values():
                is_told = cell.n is not None and (table.base or 0) >= BASE_OF_PERCENT
                expected = percent(cell.n or 0, table.base or 1) if is_told else None
                assert cell.percent == expected


def test_a_year_is_its_quarters_added_together_and_hides_what_one_of_them_hides() -> None:
    parts = [report(*span) for span in QUARTERS]
    for name, table in report().groups["all"].questions.items():
        for code, n in answers(table).items():
            printed = [answers(each.groups["all"].questions[name])[code] for each in parts]
            known = [each for each in printed if each is not None]
            assert n == (sum(known) if len(known) == len(printed) else None)
    assert report().contacts == sum(each.contacts or 0 for each in parts)


def test_only_all_contacts_have_tables_in_a_quarter_and_those_who_used_violence_in_a_year() -> None:
    def with_tables(found: Report) -> set[str]:
        return {
            name
            for name, group in found.groups.items()
            if any(n for table in group.questions.values() for n in answers(table).values())
        }

    assert with_tables(report(*QUARTERS[0])) == {"all"}
    assert with_tables(report()) == {"all", "used_violence", "uses_violence"}


def test_those_who_used_violence_are_told_of_only_where_ten_did_and_ten_others_did() -> None:
    used = groups(form(), invented())["used_violence"]
    printed = 0
    for name, table in report().groups["used_violence"].questions.items():
        rows = [counted(form(), invented(), name, row).answers for row in (used, ~used)]
        for code, n in answers(table).items():
            printed += n is not None
            assert n is None or min(row[code] for row in rows) >= 10
    assert printed > 50


def test_nought_and_few_look_alike() -> None:
    many = [contact(gender="man")] * 40 + [contact(gender="woman")] * 40
    tables = [
        quarter(many + [contact(gender="other")] * few).groups["all"].questions["gender"]
        for few in (0, 1)
    ]
    assert tables[0] == tables[1]
    assert answers(tables[0])["other"] is None


def test_too_few_without_an_answer_are_in_the_base() -> None:
    records = [contact(gender="man")] * 60 + [contact(gender="woman")] * 56
    found = quarter([*records, *[contact(gender="unknown")] * 4])
    table = found.groups["all"].questions["gender"]
    assert (table.base, table.unknown) == (120, None)


@pytest.mark.parametrize(
    ("question", "answer"),
    [("children", "none"), ("children", "living_with"), ("violence", "physical")],
)
def test_a_table_that_would_tell_what_nearly_all_answered_is_withheld(
    question: str, answer: str
) -> None:
    records = [contact(**{question: answer})] * 80
    records += [contact(**{question: "expecting" if question == "children" else "digital"})] * 4
    found = quarter(records).groups["all"]
    table = found.questions[question]
    assert {table.base, *answers(table).values()} == {None}
    assert found.has_children.n is None or question != "children"


def test_a_table_with_different_answers_is_printed() -> None:
    records = [contact(children="none")] * 80 + [contact(children="living_with")] * 60
    found = quarter(records).groups["all"]
    assert answers(found.questions["children"])["living_with"] == 60
    assert found.has_children.n == 60


def test_the_mean_age_is_in_whole_years_and_needs_a_base() -> None:
    young, old = contact(age="20"), contact(age="45")
    assert quarter([young] * 40 + [old] * 20).groups["all"].mean_age.value == 28
    assert quarter([young] * 20 + [old] * 20).groups["all"].mean_age.value is None
    assert report().groups["used_violence"].mean_age.value in range(30, 45)


def test_a_mean_age_is_rounded_once() -> None:
    ages = [contact(age="37")] * 54 + [contact(age="38")] * 46
    assert quarter(ages).groups["all"].mean_age.value == 37
    ages += [contact(age="38")] * 8
    assert quarter(ages).groups["all"].mean_age.value == 38


@pytest.mark.parametrize("age", ["15", "18", "35", "54", "110"])
def test_a_mean_age_that_would_tell_how_few_are_in_another_band_is_not_printed(age: str) -> None:
    found = quarter([contact(age=age)] * 60).groups["all"]
    assert found.mean_age == MeanAge(None, 60)
    between = quarter([contact(age="45")] * 60).groups["all"]
    assert between.mean_age == MeanAge(45.0, 60)


def test_a_year_prints_no_mean_age_where_a_quarter_does_not() -> None:
    ages = {"2026-01": "18", "2026-04": "45", "2026-07": "45", "2026-10": "45"}
    coded = [contact(period=month, age=age) for month, age in ages.items() for _ in range(60)]
    year = public(form(), encoded(form(), coded), first="2026-01", last="2026-12")
    assert year.groups["all"].mean_age == MeanAge(None, 240)


def test_a_quarter_without_contacts_looks_like_one_with_few() -> None:
    assert quarter([]) == quarter([contact(gender="man")] * 4)
    assert quarter([]).contacts is None


def test_a_year_does_not_print_what_a_quarter_hid() -> None:
    """Four who are hidden in one quarter could be told from the year less the other quarters."""
    records = [
        contact(period=period, role=role, violence=violence)
        for period in ("2026-02", "2026-05", "2026-08", "2026-11")
        for role in ("uses_violence", "exposed")
        for n in range(60)
        for violence in [_violence(n, 2 if period == "2026-02" else 25)]
    ]
    coded = encoded(form(), records)
    first = public(form(), coded, first="2026-01", last="2026-03").groups["all"]
    year = public(form(), coded, first="2026-01", last="2026-12").groups["used_violence"]
    assert answers(first.questions["violence"])["latent"] is None
    seen = answers(year.questions["violence"])
    assert (seen["latent"], seen["physical"]) == (None, 120)


def _violence(n: int, latent: int) -> str:
    given = {"physical": n % 2 == 0, "psychological": n % 2 == 1, "latent": n < latent}
    return "|".join(code for code, is_given in given.items() if is_given)
