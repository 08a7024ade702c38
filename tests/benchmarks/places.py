"""How well places are understood, and how fast.

    python -m tests.benchmarks.places [SEEDS]

Types the name of every municipality with one random letter wrong, a few times for each seed, and
says how often the right one comes first, is among those shown, is taken at once, or is asked about.
Does the same with every name parted in two, with every name in sentences, and with words and names
that are no places, and takes the time of queries of each kind.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from directory.load import load
from directory.models import Directory
from directory.places import Place, understand

LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
A_SEED = 4
"""Times that each name is typed for a seed."""

NO_PLACES = tuple(
    (Path(__file__).parents[1] / "directory" / "no_places.txt").read_text("utf-8").split()
)
"""Plain Swedish words in all inflections, short and rude ones, first names and surnames."""

SENTENCES = (
    *("{}", "bor i {}", "jag är från {}", "i närheten av {}", "norr om {}", "bor {}", "vid {}"),
    *("{} typ", "kanske {}", "det är {}", "min kommun är {}", "kommunen heter {}", "{} tror jag"),
    *("{}. Finns det hjälp?", "centrala {}", "{} centrum", "flyttat till {}", "gäller {}"),
    *("{} med omnejd", "{} (Sverige)", "mellan {} och Skövde", "i {}trakten", "I live near {}"),
    *("jag och min fru bor i {}", "inte i Oslo, jag bor i {}", "{}, {county}", "{} i {county}"),
)

Edit = Callable[[str, random.Random], str]


def drop(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    return name[:at] + name[at + 1 :]


def add(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name) + 1)
    return name[:at] + chance.choice(LETTERS) + name[at:]


def replace(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    return name[:at] + chance.choice(LETTERS) + name[at + 1 :]


def swap(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


EDITS: tuple[Edit, ...] = (drop, add, replace, swap)


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of all that was typed, in percent."""

    right_first: float
    among_shown: float
    taken: float
    asked: float


def of_misspellings(
    directory: Directory, seeds: Iterable[int], *, edits: tuple[Edit, ...] = EDITS, lower: bool
) -> Figures:
    """Type every municipality wrongly and see what is understood."""
    typed = [
        (code, understand(text, directory))
        for seed in seeds
        for code, text in _misspelt(directory, random.Random(seed), edits, lower=lower)
    ]
    return _figures(typed)


def of_sentences(directory: Directory, write: Callable[[str], str]) -> Figures:
    """Name every municipality in every sentence; all are spelt as they should be."""
    said = [
        (place.code, understand(write(text.format(place.name, county=county)), directory))
        for place in directory.municipalities.values()
        for county in (directory.county_of(place).short_name,)
        for text in SENTENCES
    ]
    return _figures(said)


def of_parted(directory: Directory, text: str, write: Callable[[str], str]) -> Figures:
    """Write every municipality in two words, parted after each letter in turn."""
    said = [
        (place.code, understand(text.format(write(parted)), directory))
        for place in directory.municipalities.values()
        for parted in _parted(place.name)
    ]
    return _figures(said)


def of_no_places(directory: Directory, words: Iterable[str]) -> Figures:
    """Type what is no place; nothing can be right."""
    places = [understand(word, directory) for word in words]
    return Figures(
        right_first=0,
        among_shown=0,
        taken=_percent(_is_taken(place) for place in places),
        asked=_percent(bool(place.candidates) for place in places),
    )


def queries(directory: Directory, chance: random.Random) -> Mapping[str, list[str]]:
    """Texts of every kind, a few hundred of each."""
    names = [place.name for place in directory.municipalities.values()]
    wrong = [text for _, text in _misspelt(directory, chance, EDITS, lower=False)]
    words = [chance.choice(NO_PLACES) for _ in range(len(wrong))]
    strange = "åäö'\";\0\x07\x1b😀()--&<>\u202e123 "
    return {
        "a name as it is": names * A_SEED,
        "a name with a letter wrong": wrong,
        "a wrong name in a sentence": [f"vi bor i närheten av {name} sen 3 år" for name in wrong],
        "a word that is no place": words,
        "a sentence without a place": [" ".join(chance.sample(words, 12)) for _ in names],
        "after every word a pointer": [" i ".join(chance.sample(words, 15)) for _ in names],
        "10,000 letters": [" ".join(chance.choices(words, k=2_000))[:10_000] for _ in names],
        "10,000 signs": ["".join(chance.choices(strange, k=10_000)) for _ in names],
        "one word of 10,000 letters": ["".join(chance.choices(LETTERS, k=10_000)) for _ in names],
        "SQL": [
            f"'; DROP TABLE {word}; -- {name}" for word, name in zip(words, names, strict=False)
        ],
    }


def milliseconds(directory: Directory, texts: Iterable[str]) -> tuple[float, float]:
    """Take the processor's time for each text; the median and the 99th percentile."""
    took = []
    for text in texts:
        start = time.thread_time()  # whatever else the machine does is not counted
        understand(text, directory)
        took.append((time.thread_time() - start) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=100)[-1]


def _misspelt(
    directory: Directory, chance: random.Random, edits: tuple[Edit, ...], *, lower: bool
) -> Iterator[tuple[str, str]]:
    for place in directory.municipalities.values():
        name = place.name.lower() if lower else place.name
        for _ in range(A_SEED):
            yield place.code, chance.choice(edits)(name, chance)


def _parted(name: str) -> Iterator[str]:
    for at in range(1, len(name)):
        if name[at - 1 : at + 1].isalpha():
            yield f"{name[:at]} {name[at:]}"


def _figures(typed: list[tuple[str, Place]]) -> Figures:
    return Figures(
        right_first=_percent(_shown(place)[:1] == [code] for code, place in typed),
        among_shown=_percent(code in _shown(place) for code, place in typed),
        taken=_percent(_is_taken(place) for _, place in typed),
        asked=_percent(bool(place.candidates) for _, place in typed),
    )


def _shown(place: Place) -> list[str]:
    if place.municipality:
        return [place.municipality.code]
    return [candidate.code[:4] for candidate in place.candidates]


def _is_taken(place: Place) -> bool:
    return bool(place.municipality or place.county)


def _percent(cases: Iterable[bool]) -> float:
    return 100 * statistics.fmean(cases)


def _rows(directory: Directory, seeds: int) -> Iterator[str]:
    yield "one letter wrong            right first  among shown    taken    asked"
    kinds = {"of any kind": EDITS} | {f"only: {edit.__name__}": (edit,) for edit in EDITS}
    for lower in (False, True):
        for kind, edits in kinds.items():
            found = of_misspellings(directory, range(seeds), edits=edits, lower=lower)
            yield _row(f"{kind}{', lower case' if lower else ''}", found)
    yield _row("parted in two", of_parted(directory, "{}", str))
    yield _row("parted, in a sentence", of_parted(directory, "jag bor i {}", str.lower))
    yield _row("in sentences", of_sentences(directory, str))
    yield _row("in sentences, lower case", of_sentences(directory, str.lower))
    yield f"\nno places: {len(NO_PLACES):,} words and names                  taken    asked"
    unlisted = [word for word in NO_PLACES if word not in directory.ordinary_words]
    for label, words in (("all", NO_PLACES), ("those not in ordinary_words.csv", unlisted)):
        for case, typed in (("", words), (", with a capital", map(str.capitalize, words))):
            found = of_no_places(directory, typed)
            yield f"{label + case:<52}{found.taken:7.2f} %{found.asked:7.2f} %"
    yield "\ntime                                   median         p99"
    for kind, texts in queries(directory, random.Random(1)).items():
        median, p99 = milliseconds(directory, texts)
        yield f"{kind:<34}{median:8.3f} ms {p99:8.3f} ms"


def _row(label: str, found: Figures) -> str:
    return (
        f"{label:<28}{found.right_first:10.2f} %{found.among_shown:11.2f} %"
        f"{found.taken:7.2f} %{found.asked:7.2f} %"
    )


def main() -> None:
    directory = load()
    understand("", directory)
    for row in _rows(directory, int(sys.argv[1]) if len(sys.argv) > 1 else 50):
        print(row, flush=True)


if __name__ == "__main__":
    main()
