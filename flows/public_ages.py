"""The mean age in a public report: in whole years, and only where it gives no band of ages away.

Where all are nearly as young, or nearly as old, as their bands allow, a mean tells how few there
can be in the bands that are hidden. It is printed where it leaves every number open that the rest
of the report does, in all bands at once.
"""

from collections.abc import Mapping

from flows.bands import AGES
from flows.contact_form import OLDEST
from flows.counting import Ages
from flows.public_rules import Span
from flows.rounding import half_up

_LIMITS = {
    band.code: (band.least, above - 1)
    for band, above in zip(AGES, (*(each.least for each in AGES[1:]), OLDEST + 1), strict=True)
}
"""The youngest and the oldest that each band can hold."""


def mean_age(ages: Ages, bands: Mapping[str, Span]) -> int | None:
    """Give the mean; None where it would narrow down how many there can be in the bands.

    `bands` says by their codes how many a reader knows that there can be. Somebody has an age.
    """
    mean = half_up(ages.years, ages.n)
    return mean if _is_always_possible(mean, bands) else None


def _is_always_possible(mean: int, bands: Mapping[str, Span]) -> bool:
    """Tell whether any numbers in the bands can have this mean, by some ages or other."""
    # Doubled, so that half a year is a whole number.
    least = sum(max((2 * (_LIMITS[c][0] - mean) - 1) * n for n in bands[c]) for c in bands)
    most = sum(min((2 * (_LIMITS[c][1] - mean) + 1) * n for n in bands[c]) for c in bands)
    return least < 0 <= most
