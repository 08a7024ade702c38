import random
from collections import defaultdict
from collections.abc import Sequence
from itertools import product

import pytest

from flows.statistics import FEW, NO_ROLE, Row, Table, by_role, per_month


def table_of(counts: Sequence[int]) -> Table:
    months = [f"month {place}" for place in range(len(counts))]
    records = [{"period": month} for month, n in zip(months, counts, strict=True) for _ in range(n)]
    return per_month(records, months=months)


def shown(table: Table) -> tuple[int | None, ...]:
    return tuple(row.n for row in table.rows)


def test_months_stand_in_the_order_asked_for_and_others_do_not_count() -> None:
    records = [{"period": "2026-01"}] * 6 + [{"period": "2026-02"}] * 7 + [{"period": "2025-12"}]
    assert per_month(records, months=["2026-02", "2026-01"]) == Table(
        13, (Row("2026-02", 7), Row("2026-01", 6))
    )


def test_those_without_a_role_have_a_row_of_their_own_and_belong_to_the_base() -> None:
    records = [{"role": "exposed"}] * 8 + [{"role": "relative"}] * 5 + [{"role": ""}, {}] * 3
    assert by_role(records, roles=["relative", "exposed"]) == Table(
        19, (Row("relative", 5), Row("exposed", 8), Row(NO_ROLE, 6))
    )


@pytest.mark.parametrize(
    ("counts", "seen"),
    [
        ((5, 6, 7), (5, 6, 7)),
        ((0, 0, 12), (None, None, None)),
        ((3, 9, 20), (None, None, 20)),
        ((3, 9, 9, 20), (None, None, None, 20)),
        ((2, 4, 9), (None, None, 9)),
        ((1, 2, 9, 20), (None, None, None, 20)),
        ((4, 4, 9, 20), (None, None, None, 20)),
        ((0, 5, 9), (None, None, 9)),
    ],
)
def test_few_are_hidden_together_with_whatever_would_give_them_away(
    counts: tuple[int, ...], seen: tuple[int | None, ...]
) -> None:
    assert shown(table_of(counts)) == seen


def test_nought_looks_like_hidden() -> None:
    assert shown(table_of((0, 1, 9, 9))) == shown(table_of((1, 0, 9, 9)))
    assert 0 not in shown(table_of((0, 30, 40)))


def test_a_base_under_five_is_hidden_too() -> None:
    assert table_of((4,)) == Table(None, (Row("month 0", None),))
    assert table_of((1, 2)).base is None
    assert table_of(()) == Table(None, ())
    assert table_of((5,)).base == 5


def test_subtraction_finds_no_hidden_cell_in_random_tables() -> None:
    chance = random.Random(11)
    for _ in range(3_000):
        counts = [chance.choice((0, 2, 4, 5, 9, 40)) for _ in range(chance.randint(2, 12))]
        table = table_of(counts)
        visible = [n for n in shown(table) if n is not None]
        hidden = len(counts) - len(visible)
        assert all(n >= FEW for n in visible)
        if hidden and table.base is not None:
            assert hidden > 1
            assert table.base - sum(visible) >= FEW


@pytest.mark.parametrize(("cells", "largest"), [(2, 24), (3, 16), (4, 9)])
def test_even_who_knows_the_rule_cannot_work_out_a_hidden_cell(cells: int, largest: int) -> None:
    origins = defaultdict(list)
    for counts in product(range(largest + 1), repeat=cells):
        table = table_of(counts)
        origins[table.base, shown(table)].append(counts)
    for (base, seen), possible in origins.items():
        rest = (base or 0) - sum(n or 0 for n in seen)
        if rest > largest:
            continue  # tables with a larger cell are possible too, and were not tried
        for place in (place for place, n in enumerate(seen) if n is None):
            assert len({counts[place] for counts in possible}) > 1
