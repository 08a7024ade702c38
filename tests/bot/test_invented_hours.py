"""Invented counts by the hour resemble a line that keeps its hours, and are the same each time."""

import random

from bot.invented_hours import invent_hours
from flows.demand import released, times
from flows.periods import quarters
from tests.bot.houses import line

DAYS = [day for quarter in quarters(2025) for day in quarter.days]


def invented(seed: int) -> dict[tuple[str, str, str, int], int]:
    return invent_hours(line(), quarters(2025), random.Random(seed))


def test_people_come_when_the_line_is_open_and_knock_when_it_is_closed() -> None:
    time = times(line(), DAYS)
    for (_, kind, _, hour), n in invented(1).items():
        assert n > 0
        assert time["arrived" if kind == "arrived" else "knocked"][hour] > 0


def test_about_as_many_as_in_a_published_year_and_enough_to_show_most_hours() -> None:
    counts = invented(1)
    time = times(line(), DAYS)
    shown = released(counts, "arrived", time["arrived"])
    assert 700 <= (shown.total or 0) <= 1000
    cells = [n for row in shown.cells for n in row if n is not None]
    assert len(cells) >= 20


def test_the_same_chance_invents_the_same_counts() -> None:
    assert invented(3) == invented(3)
    assert invented(3) != invented(4)
