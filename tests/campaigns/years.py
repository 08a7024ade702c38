"""Years of contacts drawn from a pool of invented ones, ordinary and lopsided, at any volume."""

import random
from collections.abc import Sequence
from functools import cache

import numpy as np

from bot.invented import A_MONTH, invent
from bot.resources import read_form
from flows.columns import PERIOD, Column, Columns, encoded
from flows.questions import Form

POOL = 5_000
"""About so many invented contacts to draw from."""

SHAPES = ("ordinary", "one role", "one county", "one month")

MONTHS = tuple(f"2026-{month:02}" for month in range(1, 13))

NEARLY_ALL = 0.98

Chance = np.random.Generator


@cache
def form() -> Form:
    return read_form()


@cache
def _pool() -> Columns:
    """Everything that may happen, also the answers that are rare; their months do not count."""
    chance = random.Random(20260101)
    months = [f"{2100 + at}-01" for at in range(POOL // A_MONTH)]
    return encoded(form(), invent(form(), months=months, chance=chance, services=["service"]))


def year(chance: Chance, *, volume: float, shape: str) -> Columns:
    """Draw a year with `volume` times the real number of contacts."""
    pool = _pool()
    weights = _weights(pool, shape)
    n = chance.poisson(volume * A_MONTH * len(MONTHS))
    chosen = pool_rows(pool, chance.choice(pool.n, n, p=weights / weights.sum()))
    busy = np.ones(len(MONTHS))
    if shape == "one month":
        busy[chance.integers(len(MONTHS))] = 20
    months = chance.choice(len(MONTHS), n, p=busy / busy.sum()).astype(np.uint8)
    return Columns(n, {**chosen.by_name, PERIOD: Column(MONTHS, months)})


def pool_rows(pool: Columns, rows: Sequence[int] | np.ndarray) -> Columns:
    by_name = {name: Column(each.cells, each.numbers[rows]) for name, each in pool.by_name.items()}
    return Columns(len(rows), by_name)


def of_one_age(columns: Columns, age: int, *, chance: Chance) -> Columns:
    """Give nearly all whose age is known the same one."""
    before = columns["age"]
    is_known = np.array([cell.isdecimal() for cell in before.cells])[before.numbers]
    is_changed = is_known & (chance.random(columns.n) < NEARLY_ALL)
    cells = (*before.cells, str(age))
    numbers = np.where(is_changed, len(cells) - 1, before.numbers).astype(np.uint16)
    return Columns(columns.n, {**columns.by_name, "age": Column(cells, numbers)})


def _weights(pool: Columns, shape: str) -> np.ndarray:
    """Make one answer twenty times as common."""
    favoured = {"one role": ("role", "uses_violence"), "one county": ("county", "12")}
    if shape not in favoured:
        return np.ones(pool.n)
    question, code = favoured[shape]
    column = pool[question]
    return np.where(np.array([cell == code for cell in column.cells])[column.numbers], 20.0, 1.0)
