import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pytest

from flows.hiding import FEW, Sum, concealed

Place = int | str


def table_of(counts: Sequence[int]) -> tuple[int | None, ...]:
    """What is seen of a table: its parts, and last its total."""
    numbered: dict[Place, int] = dict(enumerate(counts))
    whole: Sum[Place] = Sum("all", tuple(numbered))
    numbered["all"] = sum(counts)
    hidden = concealed(numbered, [whole])
    return tuple(None if place in hidden else n for place, n in numbered.items())


@pytest.mark.parametrize(
    ("counts", "seen"),
    [
        ((5, 6, 7), (5, 6, 7, 18)),
        ((3, 9, 20), (None, None, 20, 32)),
        ((3, 9, 9, 20), (None, None, None, 20, 41)),
        ((2, 4, 9), (None, None, 9, 15)),
        ((1, 2, 9, 20), (None, None, None, 20, 32)),
        ((4, 4, 9, 20), (None, None, None, 20, 37)),
        ((3,), (None, None)),
    ],
)
def test_few_are_hidden_together_with_whatever_would_give_them_away(
    counts: tuple[int, ...], seen: tuple[int | None, ...]
) -> None:
    assert table_of(counts) == seen


def test_nought_is_hidden_but_needs_no_company() -> None:
    assert table_of((0, 30, 40)) == (None, 30, 40, 70)
    assert table_of((0, 0, 30)) == (None, None, 30, 30)


def test_one_part_alone_hides_its_total_too() -> None:
    counts: Mapping[Place, int] = {"all": 9, "part": 9, "more": 12, "few": 3}
    sums: Sequence[Sum[Place]] = [Sum("all", ("part",)), Sum("more", ("all", "few"))]
    assert concealed(counts, sums) == {"all", "part", "few"}


@pytest.mark.parametrize(("cells", "largest"), [(2, 24), (3, 16), (4, 9)])
def test_even_who_knows_the_rule_cannot_work_out_a_hidden_cell(cells: int, largest: int) -> None:
    origins = defaultdict(list)
    for counts in product(range(largest + 1), repeat=cells):
        origins[table_of(counts)].append(counts)
    for (*seen, total), possible in origins.items():
        rest = (total or 0) - sum(n or 0 for n in seen)
        if rest > largest or rest == 0:
            continue  # larger cells are possible too and were not tried; of nobody, all may be told
        for place in (place for place, n in enumerate(seen) if n is None):
            assert len({counts[place] for counts in possible}) > 1


def grid(chance: random.Random, rows: int, columns: int) -> tuple[dict[str, int], list[Sum[str]]]:
    """A table with its margins; the names are `row,column`, and `all` stands for a margin."""
    cells = {
        f"{row},{column}": chance.choice((0, 1, 2, 4, 5, 6, 9, 12, 40))
        for row in range(rows)
        for column in range(columns)
    }
    sums = [Sum(f"{row},all", tuple(f"{row},{at}" for at in range(columns))) for row in range(rows)]
    sums += [Sum(f"all,{at}", tuple(f"{r},{at}" for r in range(rows))) for at in range(columns)]
    sums.append(Sum("all,all", tuple(f"{row},all" for row in range(rows))))
    sums.append(Sum("all,all", tuple(f"all,{at}" for at in range(columns))))
    for each in sums:
        cells[each.total] = sum(cells[part] for part in each.parts)
    return cells, sums


def test_no_sums_taken_together_settle_a_hidden_cell_of_a_crossed_table() -> None:
    chance = random.Random(5)
    for _ in range(150):
        counts, sums = grid(chance, chance.randint(2, 6), chance.randint(2, 6))
        hidden = sorted(concealed(counts, sums))
        equations = np.array(
            [[each.parts.count(key) - (each.total == key) for key in hidden] for each in sums]
        )
        for place, key in enumerate(hidden):
            alone = np.eye(len(hidden))[place]
            rank = np.linalg.matrix_rank(equations)
            is_settled = np.linalg.matrix_rank(np.vstack([equations, alone])) == rank
            assert counts[key] == 0 or not is_settled


def test_two_pairs_joined_by_one_cell_do_not_give_it_away() -> None:
    pattern = (
        (1, 4, 30, 30),
        (4, 4, 1, 30),
        (30, 30, 4, 4),
        (30, 30, 4, 4),
    )
    counts = {f"{r},{c}": n for r, row in enumerate(pattern) for c, n in enumerate(row)}
    sums = [Sum(f"{r},all", tuple(f"{r},{c}" for c in range(4))) for r in range(4)]
    sums += [Sum(f"all,{c}", tuple(f"{r},{c}" for r in range(4))) for c in range(4)]
    for each in sums:
        counts[each.total] = sum(counts[part] for part in each.parts)
    few = {key for key, n in counts.items() if n < FEW}
    assert concealed(counts, sums) > few


def test_the_order_of_counts_and_sums_makes_no_difference() -> None:
    chance = random.Random(3)
    for _ in range(30):
        counts, sums = grid(chance, 3, 4)
        shuffled = dict(chance.sample(sorted(counts.items()), len(counts)))
        assert concealed(counts, sums) == concealed(shuffled, chance.sample(sums, len(sums)))


def test_a_larger_limit_hides_more() -> None:
    counts = {"all": 60, "a": 8, "b": 22, "c": 30}
    whole = Sum("all", ("a", "b", "c"))
    assert concealed(counts, [whole]) == frozenset()
    assert concealed(counts, [whole], few=10) == {"a", "b"}


def test_what_is_worth_less_is_hidden_before_what_is_smaller() -> None:
    counts = {"few": 3, "dear": 9, "cheap": 20, "all": 32}
    sums = [Sum("all", ("few", "dear", "cheap"))]
    assert concealed(counts, sums) == {"few", "dear"}
    worth = {"dear": 1, "all": 2}
    assert concealed(counts, sums, worth=lambda key: worth.get(key, 0)) == {"few", "cheap"}
