"""A place that is named with its county: Täby, Stockholm; Nora i Örebro; sthlms län (pure)."""

from dataclasses import dataclass

from directory.gazetteer import Fit, Fits, Gazetteer, Rank
from directory.spelling import Word

LINKS = frozenset({"i", "in"})
"""Words between a place and its county."""

COUNTY = "län"


@dataclass(frozen=True, slots=True)
class Within:
    """A county, where in a text it is named, and whether by its name of today: Skåne län."""

    fits: Fits
    span: range
    is_todays: bool

    def holds(self, fits: Fits) -> bool:
        """Whether one of these places lies there."""
        codes = {county.code for county in self.fits}
        return any(fit.kind != "county" and fit.area[:2] in codes for fit in fits)

    def denies(self, fits: Fits) -> bool:
        """Whether none of these places lies there.

        Landscapes and former counties, which had other borders, deny nothing.
        """
        return self.is_todays and fits[0].kind != "county" and not self.holds(fits)


def county_after(words: tuple[Word, ...], stop: int, names: Gazetteer) -> Within | None:
    """Find the county that is named right after a place, also one that is called as its town."""
    start = stop + 1 if stop < len(words) and words[stop].key in LINKS else stop
    for end in range(min(start + names.longest, len(words)), start, -1):
        name = " ".join(word.key for word in words[start:end])
        if fits := names.counties.get(name):
            return Within(fits, range(start, end), name in names.todays_counties)
    return None


def is_of_county(words: tuple[Word, ...], stop: int, names: Gazetteer) -> bool:
    """Whether "län" follows, and not as the heading of another: "Kommun: Lund. Län: Skåne"."""
    if stop >= len(words) or words[stop].key != COUNTY:
        return False
    return county_after(words, stop + 1, names) is None


def counties_of(fits: Fits) -> Fits:
    """Give the counties of these places: a name before "län" is never a municipality."""
    codes = dict.fromkeys(fit.area[:2] for fit in fits)
    return tuple(Fit("county", code, code, Rank.KNOWN_AS) for code in codes)
