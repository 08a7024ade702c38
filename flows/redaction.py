"""Finds what could identify somebody in free text.

In a chat hard identifiers are masked and both sides are told; a note that holds one is refused.
What a note is warned of besides stands in :mod:`flows.redaction_notes`. The text is first brought
into one form (:mod:`flows.normal_form`); then the patterns of each kind are laid over it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from flows.normal_form import NormalForm, normal_form
from flows.redaction_addresses import addresses
from flows.redaction_codes import codes
from flows.redaction_numbers import numbers

HardKind = Literal["phone", "mail", "url", "handle", "personnummer", "iban", "account", "plate"]
Kind = HardKind | Literal["name", "address", "school", "employer", "place"]
Level = Literal["block", "warn"]

MASKS: Mapping[str, str] = {
    "phone": "[telefonnummer]",
    "mail": "[mejladress]",
    "url": "[länk]",
    "handle": "[användarnamn]",
    "personnummer": "[personnummer]",
    "iban": "[kontonummer]",
    "account": "[kontonummer]",
    "plate": "[registreringsnummer]",
}
"""What stands in a masked text instead of a finding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What could identify somebody; ``start`` and ``end`` count characters of the original text."""

    start: int
    end: int
    kind: Kind
    level: Level = "block"


def find(text: str) -> tuple[Finding, ...]:
    """Find the hard identifiers, in order and without overlap."""
    view = normal_form(text)
    found: list[Finding] = []
    taken = bytearray(len(text))
    for kind, start, end in _candidates(view, text):
        finding = Finding(view.starts[start], view.ends[end - 1], kind)
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"x" * (finding.end - finding.start)
            found.append(finding)
    return tuple(sorted(found, key=lambda finding: finding.start))


def mask(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Give the text with every finding replaced by its word, and the findings."""
    findings = find(text)
    parts: list[str] = []
    at = 0
    for finding in findings:
        parts += text[at : finding.start], MASKS[finding.kind]
        at = finding.end
    return "".join([*parts, text[at:]]), findings


def _candidates(view: NormalForm, text: str) -> Iterator[tuple[HardKind, int, int]]:
    """Give kind and place in normal form; where two overlap, the first given counts."""
    yield from addresses(view.text)
    yield from codes(view, text)
    yield from numbers(view.text)
