"""A place that is named with its county: Täby, Stockholm; Nora i Örebro; sthlms län (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.gazetteer import Fit, Fits, Gazetteer, Rank
from directory.spelling import Word

LINKS = frozenset({"i", "in"})
"""Words between a place and its county."""

COUNTY = "län"


@dataclass(frozen=True, slots=True)
class Within:
    """A county, where in a text it is named, and in which counties what it is named after lies.

    Skåne län is one county. Landscapes and former counties had other borders, and reach into
    those beside it.
    """

    fits: Fits
    span: range
    reach: frozenset[str]

    def holds(self, fits: Fits) -> bool:
        """Whether one of these places lies there."""
        codes = {county.code for county in self.fits}
        return any(fit.kind != "county" and fit.area[:2] in codes for fit in fits)

    def denies(self, fits: Fits) -> bool:
        """Whether none of these places can lie there."""
        return fits[0].kind != "county" and self.reach.isdisjoint(fit.area[:2] for fit in fits)


def county_after(words: tuple[Word, ...], stop: int, names: Gazetteer) -> Within | None:
    """Find the county that is named right after a place, also one that is called as its town."""
    start = stop + 1 if stop < len(words) and words[stop].key in LINKS else stop
    for end in range(min(start + names.longest, len(words)), start, -1):
        name = " ".join(word.key for word in words[start:end])
        if fits := names.counties.get(name):
            return Within(fits, range(start, end), frozenset(_reach(name, fits, names)))
    return None


def _reach(name: str, fits: Fits, names: Gazetteer) -> Iterator[str]:
    for county in fits:
        yield county.code
        if name not in names.todays_counties:
            yield from names.beside[county.code]


def is_of_county(words: tuple[Word, ...], stop: int, names: Gazetteer) -> bool:
    """Whether "län" follows, and not as the heading of another: "Kommun: Lund. Län: Skåne"."""
    if stop >= len(words) or words[stop].key != COUNTY:
        return False
    return county_after(words, stop + 1, names) is None


def counties_of(fits: Fits) -> Fits:
    """Give the counties of these places: a name before "län" is never a municipality."""
    codes = dict.fromkeys(fit.area[:2] for fit in fits)
    return tuple(Fit("county", code, code, Rank.KNOWN_AS) for code in codes)
