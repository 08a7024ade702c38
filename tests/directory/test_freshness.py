from datetime import date
from typing import Any

import pytest

from directory.freshness import age, last_day, year_of
from directory.wording import freshness
from tests.directory.entries import TODAY, a_service


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        ("cirka 2009", date(2009, 12, 31)),
        ("2018–2020", date(2020, 12, 31)),
        ("2020-08", date(2020, 8, 31)),
        ("2020-12", date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 29)),
        ("hösten 2019", date(2019, 12, 31)),
        ("okänt år; läst 2026", None),
        ("Okänt år; läst 2026", None),
        ("år okänt, läst 2026", None),
        ("läst 2026", None),
        ("hösten 2019, läst 2026", date(2019, 12, 31)),
        ("en gammal broschyr", None),
        ("", None),
    ],
)
def test_a_source_ends_with_the_last_year_or_month_that_it_names(
    as_of: str, last: date | None
) -> None:
    assert last_day(a_service(checked=None, as_of=as_of)) == last
    assert bool(year_of(a_service(checked=None, as_of=as_of))) == bool(last)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"as_of": "cirka 2009"}, "old"),
        ({"as_of": "2024"}, "old"),
        ({"as_of": "2026"}, "dated"),
        ({"as_of": "okänt år; läst 2026"}, "unknown"),
        ({"as_of": "2009", "checked": TODAY}, "recent"),
        ({"social_services": True, "source": ""}, "lasting"),
    ],
)
def test_an_entry_is_as_old_as_its_source(fields: dict[str, Any], kind: str) -> None:
    assert age(a_service(**{"checked": None, **fields}), TODAY) == kind


def test_visitors_are_told_plainly_of_facts_that_are_years_old() -> None:
    said = freshness(a_service(checked=None, as_of="cirka 2009"), TODAY)
    assert said == "Uppgiften är gammal, från cirka 2009. Den kan ha ändrats."
