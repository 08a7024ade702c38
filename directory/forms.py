"""The forms in which a name is written: as spelt, folded, or with an ending (pure)."""

from directory import spelling
from directory.gazetteer import Fits, Gazetteer, Rank, Reading

NOTHING = Reading((), sure=False)

SURROUNDINGS = ("trakten", "trakterna", "området", "regionen", "hållet")
"""Malmötrakten, Göteborgsområdet."""

INHABITANTS = ("bo", "bon", "bor", "borna")
"""Malmöbo, Göteborgsbo."""

LOCATIVES = ("ssa", "ssä", "sta", "stä", "lla", "llä", "da", "de", "ta", "te")
"""Stockholmissa in Finnish, Malmöde in Turkish."""

ENDINGS = (*INHABITANTS, *LOCATIVES)
JOINTS = ("s", "i")
"""Letters between a name and an ending: Göteborgsbo, Norrköpingissä."""

SHORTEST = 4
"""Letters of a town's name that is looked for before an ending."""

SHORT = 5
"""Letters from which a word that ends in s may be a well-known place in the genitive."""

SURE = 6
"""Letters of a word that is taken for a place although an s was added or its dots are wrong."""

SURE_OF_PARTS = 7
"""The same, for a place that is not well known."""


def known(name: str, names: Gazetteer) -> Reading:
    """Look a name up as spelt, then folded; a hamlet's dots may be left out, not put wrong."""
    if fits := names.exact.get(name):
        return Reading(fits, sure=True)
    folded = spelling.fold(name)
    fits = names.folded.get(folded) or names.folded.get(spelling.without_digraphs(folded), ())
    if name == folded and name in names.folded:
        return Reading(fits, sure=fits[0].is_well_known or len(name) >= SURE_OF_PARTS)
    fits = tuple(fit for fit in fits if fit.rank is not Rank.PART)
    return Reading(fits, sure=len(name) >= SURE)


def surroundings(name: str, names: Gazetteer) -> Reading:
    """Look up what a name was made of: Malmötrakten, Göteborgsområdet, Göteborgs, Malmöbo."""
    for ending in SURROUNDINGS:
        if name.endswith(ending):
            centre = name.removesuffix(ending)
            reading = known(centre, names)
            return reading if reading.fits else known(centre.removesuffix("s"), names)
    if name.endswith(ENDINGS) and (fits := _town(name, names)):
        return Reading(fits, sure=len(name) > SURE)
    return _owner(name, names) if name.endswith("s") else NOTHING


def _town(name: str, names: Gazetteer) -> Fits:
    """Find the town, surely not a hamlet, whose name stands before an ending."""
    stems = (name.removesuffix(ending) for ending in ENDINGS if name.endswith(ending))
    for stem in stems:
        for form in (stem, stem[:-1] if stem.endswith(JOINTS) else stem):
            fits = names.exact.get(form, ()) if form not in names.ordinary else ()
            if fits and len(form) >= SHORTEST and fits[0].rank is not Rank.PART:
                return fits
    return ()


def _owner(name: str, names: Gazetteer) -> Reading:
    fits = names.exact.get(name.removesuffix("s"), ())
    if fits and fits[0].kind == "county":  # Upplands Väsby
        return NOTHING
    letters = SHORT if fits and fits[0].is_well_known else SURE_OF_PARTS
    return Reading(fits, sure=len(name) >= SURE) if len(name) >= letters else NOTHING
