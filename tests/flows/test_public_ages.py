import random
from itertools import product

from flows.counting import Ages
from flows.public_ages import mean_age
from flows.public_rules import Span
from flows.rounding import half_up

LIMITS = {"15-17": (15, 17), "18-34": (18, 34), "35-54": (35, 54), "55+": (55, 110)}


def is_possible(mean: int, people: tuple[int, ...]) -> bool:
    """Whether so many in each band can have this mean, by any ages that the bands hold."""
    least, most = (
        sum(limits[side] * n for limits, n in zip(LIMITS.values(), people, strict=True))
        for side in (0, 1)
    )
    return any(half_up(years, sum(people)) == mean for years in range(least, most + 1))


def spans(chance: random.Random) -> dict[str, Span]:
    few = [(least, least + chance.randint(0, 2)) for least in chance.choices((0, 0, 1, 4), k=3)]
    some = [*few, (3, 4)]
    chance.shuffle(some)
    return {code: Span(*each) for code, each in zip(LIMITS, some, strict=True)}


def test_a_mean_is_printed_just_where_it_leaves_every_number_in_the_bands_possible() -> None:
    chance = random.Random(7)
    printed = 0
    for _ in range(60):
        bands = spans(chance)
        everything = list(product(*(range(each.least, each.most + 1) for each in bands.values())))
        for mean in (15, 16, 17, 19, 26, 34, 35, 36, 44, 53, 54, 55, 57, 82, 109, 110):
            expected = mean if all(is_possible(mean, people) for people in everything) else None
            assert mean_age(Ages(10 * mean, 10), bands) == expected
            printed += expected is not None
    assert 100 < printed < 800


def test_half_a_year_is_rounded_up() -> None:
    bands = dict.fromkeys(LIMITS, Span(0, 0)) | {"35-54": Span(2, 2)}
    assert [mean_age(Ages(years, 2), bands) for years in (72, 73, 74, 75)] == [36, 37, 37, 38]
