"""How easily somebody could be recognised in an evaluation set by what others may know of them.

The measure is k-anonymity (Sweeney 2002): of all who are alike in what is known, how many are
there at least? Whoever is alone (k = 1) is found by whoever knows that much.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flows.counting import percent
from flows.evaluation import EvaluationSet
from flows.hiding import FEW
from flows.swedish import listed, number, sentence

ALL = 100
"""Percent."""

CROWD = 11
"""A group under this is no crowd: whoever knows ten of it knows the last one."""

WORDS: Mapping[str, str] = {
    "period": "månad",
    "county": "län",
    "gender": "kön",
    "age": "ålder i band",
    "born_in_sweden": "om personen är född i Sverige",
    "language": "språk",
    "role": "vem personen är (roll)",
    "profession": "var en yrkesverksam arbetar",
    "children": "om det finns barn",
}
"""What others may know of a person without a secret having been told: quasi-identifiers."""

KNOWN: tuple[tuple[str, ...], ...] = (
    ("county",),
    ("period", "county"),
    ("county", "gender", "age"),
    ("county", "gender", "age", "children"),
    ("gender", "age", "born_in_sweden", "language"),
    ("county", "role", "profession"),
    tuple(WORDS),
)
"""What somebody may know together: a little, more, and all of it."""


@dataclass(frozen=True, slots=True)
class Anonymity:
    """What knowing these fields leads to: the records by the size of the group they are in."""

    fields: tuple[str, ...]
    records: int
    groups: int
    smallest: int
    alone: int
    under_5: int
    under_11: int


def anonymity(found: EvaluationSet, fields: Sequence[str]) -> Anonymity:
    """Measure one set of fields. Without records the smallest group has 0."""
    places = [found.names.index(name) for name in fields]
    sizes = Counter(tuple(row[place] for place in places) for row in found.rows).values()
    return Anonymity(
        fields=tuple(fields),
        records=len(found.rows),
        groups=len(sizes),
        smallest=min(sizes, default=0),
        alone=sum(n for n in sizes if n == 1),
        under_5=sum(n for n in sizes if n < FEW),
        under_11=sum(n for n in sizes if n < CROWD),
    )


def anonymities(found: EvaluationSet) -> tuple[Anonymity, ...]:
    """Measure every set of fields in KNOWN, in that order."""
    return tuple(anonymity(found, fields) for fields in KNOWN)


def as_json(measured: Sequence[Anonymity]) -> list[dict[str, Any]]:
    return [asdict(each) for each in measured]


def as_text(measured: Sequence[Anonymity], *, heading: str) -> str:
    """Say it in plain Swedish."""
    paragraphs = [_paragraph(each) for each in measured]
    return "\n\n".join((heading, _WHY, *paragraphs, _WHAT_FOLLOWS)) + "\n"


def known_words(fields: Sequence[str]) -> str:
    """Name the fields: "Län, kön och ålder i band"."""
    return sentence(listed([WORDS[name] for name in fields]))


def _paragraph(found: Anonymity) -> str:
    return (
        f"{known_words(found.fields)}\n"
        f"  Grupper: {number(found.groups)}. Minsta gruppen: {number(found.smallest)}.\n"
        f"  Ensamma i sin grupp: {_share(found.alone, found.records)}.\n"
        f"  I grupper under {FEW}: {_share(found.under_5, found.records)}.\n"
        f"  I grupper under {CROWD}: {_share(found.under_11, found.records)}."
    )


def _share(n: int, of: int) -> str:
    percentage = f" ({_percentage(n, of)})" if of else ""
    return f"{number(n)} av {number(of)}{percentage}"


def _percentage(n: int, of: int) -> str:
    """Say nought of nobody and a hundred of everybody only."""
    rounded = percent(n, of)
    if n and not rounded:
        return "under 1 %"
    return "över 99 %" if n < of and rounded == ALL else f"{rounded} %"


_WHY = (
    "Hur lätt någon kan kännas igen\n"
    "Här står, för olika saker som någon utomstående kan känna till om en person, hur många\n"
    "kontakter som är lika varandra i just det. Den som är ensam i sin grupp kan pekas ut av\n"
    "den som känner till så mycket, och då går det att läsa resten av raden."
)

_WHAT_FOLLOWS = (
    "Vad det betyder\n"
    "Uppgifterna är inte anonyma. De är för den som ska utvärdera verksamheten och får inte\n"
    "lämnas vidare. Det som publiceras ska bygga på grupper om minst tio."
)
