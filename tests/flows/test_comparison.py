from pathlib import Path

import pytest

import flows
from flows.comparison import (
    Rate,
    Reference,
    a_year_before,
    change,
    counties,
    per_opening_day,
    period_before,
    rate,
)
from flows.internal_report import internal
from flows.report import Cell
from tests.flows.contacts import COUNTIES, FORM, MONTH, columns, contacts, parts

REFERENCE = Reference.parse(
    (Path(flows.__path__[0]) / "reference.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("now", "before", "in_percent"),
    [(858, 718, 19.5), (90, 120, -25.0), (120, 120, 0.0), (10, 16, -37.5), (2001, 2000, 0.1)],
)
def test_change_is_told_in_percent_with_one_decimal(
    now: int, before: int, in_percent: float
) -> None:
    assert change(now, before) == in_percent


@pytest.mark.parametrize(("now", "before"), [(None, 10), (10, None), (10, 0)])
def test_there_is_no_change_from_or_to_what_is_not_shown(
    now: int | None, before: int | None
) -> None:
    assert change(now, before) is None


def test_contacts_a_day_are_of_the_days_that_the_line_was_open() -> None:
    assert per_opening_day(858, days=251) == 3.4
    assert per_opening_day(None, days=20) is None
    assert per_opening_day(7, days=0) is None


def test_contacts_are_told_by_month_and_by_inhabitants() -> None:
    here = REFERENCE.inhabitants.number
    assert rate(858, months=12, inhabitants=here) == Rate(71.5, 0.68)
    assert rate(None, months=12, inhabitants=here) is None


def test_the_lines_of_2019_stand_with_their_source() -> None:
    ours, theirs = REFERENCE.lines
    assert (ours.rate, theirs.rate) == (Rate(50.0, 1.39), Rate(100.0, 0.17))
    assert all("Socialstyrelsen" in line.source for line in REFERENCE.lines)
    assert "SCB" in REFERENCE.inhabitants.source


def test_a_period_is_held_against_as_many_months_before_and_the_same_a_year_ago() -> None:
    assert period_before("2026-01", "2026-03") == ("2025-10", "2025-12")
    assert period_before("2026-02", "2026-02") == ("2026-01", "2026-01")
    assert a_year_before("2026-01", "2026-03") == ("2025-01", "2025-03")


def test_every_county_has_its_number_or_is_hidden() -> None:
    where = contacts(40, county=["01"] * 20 + ["12"] * 16 + ["25"] * 4)
    made = internal(FORM, columns(where), first=MONTH, last=MONTH)
    assert list(counties(made)) == COUNTIES
    assert counties(made)["01"] == Cell(20, 50)
    assert [code for code, cell in counties(made).items() if cell.n] == ["01"]


def test_a_county_that_nobody_knows_is_no_county() -> None:
    some = columns(contacts(40, county=parts(unknown=40)))
    assert "unknown" not in counties(internal(FORM, some, first=MONTH, last=MONTH))
